import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, tuco } from '../../app/api';
import { useSession } from '../../app/session';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { SelectField, TextField } from '../../parts/field';
import { useFirst } from '../../parts/first';
import { Badge, Card, Empty, layout, Note, Page, Progress, Shown } from '../../parts/layout';
import { SavedViews } from '../../parts/saved-views';
import { Table } from '../../parts/table';
import { Tabs } from '../../parts/tabs';
import { Time } from '../../parts/time';
import { campaignTone, channelName, count, many, plainWords } from '../../parts/words';
import { listsQuery } from '../leads/leads';
import { outOf, progressWords } from './counts';

const route = getRouteApi('/campaigns');
const STATUSES = ['active', 'paused', 'draft', 'archived'] as const;
const TABS = [
  ['all', 'All'],
  ['active', 'Running'],
  ['paused', 'Paused'],
  ['draft', 'Drafts'],
  ['archived', 'Archived'],
] as const;
type Status = (typeof STATUSES)[number];

export const channelsQuery = { queryKey: ['channels'], queryFn: () => ask(tuco.GET('/api/channels')), staleTime: Infinity };

export function Campaigns(): ReactNode {
  const { status, dialog, view } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns' });
  const [isNew, setNew] = useState(dialog === 'new');
  const { canWrite } = useSession();
  const shown = STATUSES.find((one) => one === status);
  const campaigns = useQuery({
    queryKey: ['campaigns', 'table', shown ?? ''],
    queryFn: () => ask(tuco.GET('/api/campaigns', { params: { query: { limit: 200, ...(shown && { status: shown }) } } })),
  });
  const action = (
    <Button writes kind="primary" onClick={() => setNew(true)}>
      New campaign
    </Button>
  );
  return (
    <Page
      title="Campaigns"
      actions={
        <>
          <SavedViews
            table="campaigns"
            all="All campaigns"
            opens="below-right"
            now={{ filters: shown ? { status: shown } : {}, columns: null }}
            opened={view}
            open={({ filters }, id) => void navigate({ search: { ...filters, ...(id && { view: id }) } })}
          />
          {action}
        </>
      }
    >
      <Tabs label="Campaigns by status" to="/campaigns" name="status" tabs={TABS} chosen={status} />
      <Card flush>
        <Shown query={campaigns}>
          {({ campaigns: rows }) =>
            rows.length === 0 ? (
              <Empty title={shown ? `No campaign is ${wordOf(shown)}` : 'No campaigns yet'} action={shown ? undefined : action}>
                A campaign is a list and a few steps, each with a text and a wait before it. It stops for whoever answers, and
                never writes twice to one person.
              </Empty>
            ) : (
              <Table
                label="Campaigns"
                rows={rows}
                keyOf={({ _id }) => _id}
                columns={[
                  {
                    head: 'Name',
                    cell: ({ _id, name, steps }) => (
                      <>
                        <Link to="/campaigns/$id" params={{ id: _id }}>
                          {name}
                        </Link>
                        <div className={`${layout.tiny} ${layout.muted}`}>{many(steps.length, 'step')}</div>
                      </>
                    ),
                  },
                  {
                    head: 'Status',
                    cell: ({ status: one, finished }) => (
                      <Badge tone={finished ? 'info' : campaignTone[one]}>
                        {finished ? 'Finished' : plainWords(wordOf(one))}
                      </Badge>
                    ),
                  },
                  { head: 'Channel', from: 'medium', cell: ({ channel }) => channelName(channel) },
                  {
                    head: 'Progress',
                    from: 'wide',
                    cell: ({ messageCounts, name }) => (
                      <div className={`${layout.stack} ${layout.tight}`}>
                        <Progress percent={outOf(messageCounts) * 100} label={`Progress of ${name}`} />
                        <span className={`${layout.tiny} ${layout.muted}`}>{progressWords(messageCounts)}</span>
                      </div>
                    ),
                  },
                  { head: 'Replies', number: true, cell: ({ replies }) => count(replies) },
                  {
                    head: 'Launched',
                    from: 'medium',
                    nowrap: true,
                    times: true,
                    cell: ({ launchedAt }) => <Time inColumn at={launchedAt} none="Not yet" />,
                  },
                ]}
              />
            )
          }
        </Shown>
      </Card>
      {isNew && canWrite && <NewCampaign close={() => setNew(false)} />}
    </Page>
  );
}

const wordOf = (status: Status): string => (status === 'active' ? 'running' : status);

function NewCampaign({ close }: { close: () => void }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const lists = useQuery(listsQuery);
  const channels = useQuery(channelsQuery);
  const [name, setName] = useState('');
  const [list, setList] = useState('');
  const [channel, setChannel] = useState('');
  const listOptions = (lists.data?.lists ?? []).map(
    ({ _id, name: listName, leadCount }) => [_id, `${listName} (${count(leadCount)})`] as const,
  );
  const channelOptions = (channels.data?.channels ?? []).map((one) => [one.name, channelName(one.name)] as const);
  const firstList = useFirst(listOptions[0]?.[0]);
  const listId = list || firstList || '';
  const create = async () => {
    const body = { name, listId, channel: channel || channelOptions[0]?.[0] };
    const { _id } = await ask(tuco.POST('/api/campaigns', { body }));
    await queries.invalidateQueries({ queryKey: ['campaigns'] });
    await navigate({ to: '/campaigns/$id/edit', params: { id: _id } });
  };
  return (
    <Dialog title="New campaign" submit="Create draft" disabled={name.trim() === '' || !listId} close={close} onSubmit={create}>
      <TextField label="Name" autoFocus value={name} onText={setName} help="People whom you write to do not see it." />
      {lists.data && listOptions.length === 0 ? (
        <Note tone="warn" action={<Link to="/imports/new">Import a file</Link>}>
          A campaign writes to a list, and there is none yet.
        </Note>
      ) : (
        <SelectField label="List" value={listId} options={listOptions} onPick={setList} />
      )}
      <SelectField label="Channel" value={channel || channelOptions[0]?.[0] || ''} options={channelOptions} onPick={setChannel} />
    </Dialog>
  );
}
