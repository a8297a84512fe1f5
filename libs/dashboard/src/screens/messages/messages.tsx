import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { campaignsQuery, linesQuery } from '../../app/queries';
import { Button, buttonClass } from '../../parts/button';
import { SelectField } from '../../parts/field';
import { Badge, Card, Empty, Failure, layout, Loading, Page } from '../../parts/layout';
import { SavedViews } from '../../parts/saved-views';
import styles from '../../parts/saved-views.module.css';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { channelName, nameOf, noTextYet, plainWords, sentence, statusTone } from '../../parts/words';
import { Resolve } from '../campaigns/unknown-outcomes';

const route = getRouteApi('/messages');
const PAGE = 50;
const STATUSES = ['scheduled', 'queued', 'sending', 'sent', 'delivered', 'fallback', 'failed', 'cancelled'] as const;
type Status = Schemas['Message']['status'];

/** What the API is asked for. `unknown` stands in the URL for failures whose outcome nobody knows. */
function statusQuery(status: string | undefined): { status?: Status[]; code?: string } {
  if (!status) return {};
  return status === 'unknown' ? { status: ['failed'], code: 'OUTCOME_UNKNOWN' } : { status: [status as Status] };
}

export function Messages(): ReactNode {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/messages' });
  const campaigns = useQuery(campaignsQuery);
  const lines = useQuery(linesQuery);
  const { status, campaign, line } = search;
  const messages = useInfiniteQuery({
    queryKey: ['messages', 'table', status, campaign, line],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const filter = { ...statusQuery(status), campaignId: campaign, lineId: line };
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
      return ask(tuco.GET('/api/messages', { params: { query: { ...given, limit: PAGE, cursor: pageParam } } }));
    },
    getNextPageParam: ({ pagination }) => ('nextCursor' in pagination ? pagination.nextCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = messages.data?.pages.flatMap((page) => page.messages) ?? [];
  const filter = (change: Partial<typeof search>) => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value);
    void navigate({ search: Object.fromEntries(next), replace: true });
  };
  const nameOfCampaign = (id: string | null) => campaigns.data?.campaigns.find(({ _id }) => _id === id)?.name;
  const isFiltered = Boolean(status || campaign || line);
  const { view: opened, ...filters } = search;
  return (
    <Page title="Messages" lead="Everything that is planned, went out, or ended otherwise.">
      <div className={styles.bar}>
        <SavedViews
          table="messages"
          all="All messages"
          now={{ filters, columns: null }}
          opened={opened}
          open={(state, view) => void navigate({ search: { ...state.filters, ...(view && { view }) } })}
        />
        <div className={styles.filters}>
          <SelectField
            bare
            label="Status"
            value={status ?? ''}
            options={[
              ['', 'Any status'],
              ...STATUSES.map((one) => [one, plainWords(one)] as const),
              ['unknown', 'Outcome unknown'],
            ]}
            onPick={(one) => filter({ status: one })}
          />
          <SelectField
            bare
            label="Campaign"
            value={campaign ?? ''}
            options={[['', 'Any campaign'], ...(campaigns.data?.campaigns ?? []).map(({ _id, name }) => [_id, name] as const)]}
            onPick={(one) => filter({ campaign: one })}
          />
          <SelectField
            bare
            label="Line"
            value={line ?? ''}
            options={[['', 'Any line'], ...(lines.data?.lines ?? []).map((one) => [one._id, nameOf(one)] as const)]}
            onPick={(one) => filter({ line: one })}
          />
        </div>
      </div>
      <Card flush>
        {messages.isPending && <Loading rows={8} />}
        {messages.error && <Failure error={messages.error} again={() => void messages.refetch()} />}
        {messages.data && rows.length === 0 && (
          <Empty
            title={isFiltered ? 'No message fits' : 'No messages yet'}
            action={
              isFiltered ? (
                <Button onClick={() => void navigate({ search: {} })}>Clear the filters</Button>
              ) : (
                <Link to="/campaigns" className={buttonClass('primary')}>
                  Go to campaigns
                </Link>
              )
            }
          >
            {isFiltered
              ? 'Others may fit other filters.'
              : 'A campaign plans them, and you can write to one person on their page.'}
          </Empty>
        )}
        {rows.length > 0 && (
          <Table
            label="Messages"
            rows={rows}
            keyOf={({ _id }) => _id}
            columns={[
              {
                head: 'To',
                cell: (one) => (
                  <>
                    <Link to="/messages/$id" params={{ id: one._id }}>
                      {one.recipientName ?? one.recipientPhone ?? one.recipientEmail ?? 'Somebody'}
                    </Link>
                    <div className={`${layout.tiny} ${layout.muted}`}>
                      {nameOfCampaign(one.campaignId) ?? (one.campaignId ? 'Campaign' : 'Direct')}
                      {one.stepIndex !== null && `, step ${one.stepIndex + 1}`}
                    </div>
                    <div className={`${layout.onNarrow} ${layout.tiny}`}>{textOf(one)}</div>
                    <div className={`${layout.onNarrow} ${layout.tiny} ${layout.muted}`}>
                      <Time at={timeOf(one)} none={withoutTime(one)} />
                    </div>
                  </>
                ),
              },
              {
                head: 'Text',
                from: 'wide',
                cell: textOf,
              },
              { head: 'Channel', from: 'medium', nowrap: true, cell: ({ messageType }) => channelName(messageType) },
              {
                head: 'Status',
                cell: (one) =>
                  one.code === 'OUTCOME_UNKNOWN' && one.status === 'failed' ? (
                    <div className={layout.stack}>
                      <Badge tone="warn">Outcome unknown</Badge>
                      <Resolve message={one} />
                    </div>
                  ) : (
                    <Badge tone={statusTone[one.status]}>{plainWords(one.status)}</Badge>
                  ),
              },
              {
                head: 'When',
                from: 'medium',
                nowrap: true,
                times: true,
                cell: (one) => <Time inColumn at={timeOf(one)} none={withoutTime(one)} />,
              },
            ]}
          />
        )}
        {messages.hasNextPage && (
          <div className={layout.item}>
            <Button busy={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </Card>
    </Page>
  );
}

/** A later step is due once the step before it is out. */
const timeOf = ({ sentAt, dueAt }: Schemas['Message']) => sentAt ?? dueAt;
const withoutTime = ({ status }: Schemas['Message']) => (status === 'scheduled' ? 'After the step before' : '–');

/** What it says, or why it says nothing yet. */
const textOf = (one: Schemas['Message']): ReactNode =>
  one.message ?? <span className={layout.muted}>{one.waitingFor ? sentence(one.waitingFor.words) : noTextYet(one)}</span>;
