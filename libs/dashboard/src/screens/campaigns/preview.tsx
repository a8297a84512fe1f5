import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask, tuco } from '../../app/api';
import { SelectField, TextField } from '../../parts/field';
import { Card, Failure, layout, Loading, Note } from '../../parts/layout';
import { Time } from '../../parts/time';
import { nameOf, plainWords } from '../../parts/words';
import { ChannelPreview } from './channel-preview';

const OFFERED = 20;

interface Props {
  campaignId: string;
  listId: string;
  /** Changes with what was saved last: the preview is of that. */
  version: string;
  hasSteps: boolean;
  /** Some step goes out by e-mail, so that somebody with an address of that kind shows more. */
  hasMail: boolean;
  /** Keys of custom fields of the chosen lead, for completion. */
  fieldsFound: (fields: readonly string[]) => void;
}

/** What a chosen lead would get, and when. Nothing is saved by it. */
export function CampaignPreview({ campaignId, listId, version, hasSteps, hasMail, fieldsFound }: Props): ReactNode {
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState('');
  const leads = useQuery({
    queryKey: ['leads', 'for-preview', listId, search],
    queryFn: async () => {
      const query = { listId, limit: OFFERED, ...(search && { search }) };
      const page = await ask(tuco.GET('/api/leads', { params: { query } }));
      const found = 'leads' in page ? page.leads : [];
      fieldsFound([...new Set(found.flatMap((lead) => Object.keys(lead.customFields)))]);
      return found;
    },
    placeholderData: keepPreviousData,
  });
  const offered = hasMail ? leads.data?.find(({ email }) => email !== null) : undefined;
  const chosen = leads.data?.find(({ _id }) => _id === picked) ?? offered ?? leads.data?.[0];
  const preview = useQuery({
    queryKey: ['campaigns', campaignId, 'preview', chosen?._id, version],
    enabled: hasSteps && chosen !== undefined,
    queryFn: () =>
      ask(tuco.POST('/api/campaigns/{id}/preview', { params: { path: { id: campaignId } }, body: { leadId: chosen!._id } })),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title="Preview">
      {leads.data && leads.data.length === 0 && search === '' ? (
        <p className={layout.muted}>The list is empty: bring people in, and what they would get is shown here.</p>
      ) : (
        <>
          <TextField
            bare
            type="search"
            label="Find a lead of the list"
            placeholder="Find a lead of the list"
            value={search}
            onText={setSearch}
          />
          <SelectField
            bare
            label="Lead"
            value={chosen?._id ?? ''}
            options={
              leads.data?.map(
                (lead) => [lead._id, `${nameOf(lead)}${lead.companyName ? `, ${lead.companyName}` : ''}`] as const,
              ) ?? []
            }
            onPick={setPicked}
          />
        </>
      )}
      {!hasSteps && <p className={layout.muted}>Write the first step, and it is shown here as this person would get it.</p>}
      {preview.error && <Failure error={preview.error} again={() => void preview.refetch()} />}
      {hasSteps && chosen && preview.isPending && <Loading rows={3} />}
      {preview.data?.skipped && (
        <Note tone="warn">This person would get nothing: {plainWords(preview.data.skipped).toLowerCase()}.</Note>
      )}
      {hasSteps && preview.data && (
        <ol className={layout.stack}>
          {preview.data.steps.map(({ stepId, channels, plannedAt }, index) => (
            <li key={stepId} className={`${layout.stack} ${layout.tight}`}>
              <span className={`${layout.tiny} ${layout.muted}`}>
                Step {index + 1}, at the earliest <Time at={plannedAt} />
              </span>
              {channels.map((one) => (
                <ChannelPreview key={one.channel} content={one} isAlone={channels.length === 1} place={index + 1} />
              ))}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
