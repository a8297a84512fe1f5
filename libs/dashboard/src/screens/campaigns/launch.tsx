import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { linesQuery } from '../../app/queries';
import { Dialog } from '../../parts/dialog';
import { Note } from '../../parts/layout';
import { toast } from '../../parts/toasts';
import { channelName, many } from '../../parts/words';
import type { Campaign } from './draft';

interface Props {
  campaign: Campaign;
  list: Schemas['List'] | undefined;
  warnings: readonly Schemas['StepWarning'][];
  close: () => void;
}

/** Says in numbers what a launch does, and what speaks against it. */
export function LaunchDialog({ campaign, list, warnings, close }: Props): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const lines = useQuery(linesQuery);
  const suppressed = useQuery({
    queryKey: ['leads', 'count', { listId: campaign.listId, suppressed: true }],
    queryFn: () => ask(tuco.GET('/api/leads/count', { params: { query: { listId: campaign.listId, suppressed: true } } })),
  });
  const usable = (lines.data?.lines ?? []).filter(
    ({ _id, channel }) => channel === campaign.channel && (campaign.lineIds.length === 0 || campaign.lineIds.includes(_id)),
  );
  const isEmpty = list?.leadCount === 0;
  const launch = async () => {
    const params = { path: { id: campaign._id } };
    const launched = await ask(tuco.POST('/api/campaigns/{id}/launch', { params, body: isEmpty ? { allowEmpty: true } : {} }));
    for (const { message } of launched.warnings ?? []) toast(message);
    toast(`${campaign.name} is running.`);
    await queries.invalidateQueries({ queryKey: ['campaigns'] });
    await navigate({ to: '/campaigns/$id', params: params.path });
  };
  return (
    <Dialog title={`Launch ${campaign.name}?`} submit="Launch" close={close} onSubmit={launch}>
      <p>
        {many(list?.leadCount ?? 0, 'lead')} of {list?.name ?? 'the list'} will get up to {many(campaign.steps.length, 'message')}{' '}
        each by {channelName(campaign.channel)}, from {many(usable.length, 'line')}.
      </p>
      {suppressed.data && suppressed.data.count > 0 && (
        <p>{many(suppressed.data.count, 'lead')} of them must not be written to, and will get nothing.</p>
      )}
      {isEmpty && <Note tone="warn">The list is empty. The campaign then waits for people who are added to it.</Note>}
      {lines.data && usable.length === 0 && (
        <Note tone="warn">No line sends on this channel: messages wait until there is one.</Note>
      )}
      {usable.some(({ healthCheck }) => healthCheck.status === 'unhealthy') && (
        <Note tone="warn">Not all of its lines are healthy. The others send in their place.</Note>
      )}
      {warnings.map(({ field, key, message }) => (
        <Note key={`${field} ${key}`} tone="warn">
          {message}
        </Note>
      ))}
      <p>You can pause it at any time. What went out cannot be taken back.</p>
    </Dialog>
  );
}
