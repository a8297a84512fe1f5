import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { linesQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Button, CopyText } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { CheckField, TextField } from '../../parts/field';
import { Badge, Card, Failure, layout, Loading, Note, Page, Stat } from '../../parts/layout';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { channelName, count, healthTone, healthWords, nameOf } from '../../parts/words';
import { Pair } from '../leads/lead';

const route = getRouteApi('/lines/$id');
type Line = Awaited<ReturnType<typeof linesQuery.queryFn>>['lines'][number];

const LIMITS = [
  ['dailyTotalMessagesLimit', 'Messages a day'],
  ['dailyNewConversationsLimit', 'First touches a day'],
  ['hourlyNewConversationsLimit', 'First touches an hour'],
] as const;

export function LinePage(): ReactNode {
  const { id } = route.useParams();
  const lines = useQuery(linesQuery);
  const line = lines.data?.lines.find(({ _id }) => _id === id);
  if (line) return <One line={line} />;
  return (
    <Page title="Line" crumb={<Link to="/lines">Lines</Link>}>
      {lines.isPending && <Loading />}
      {lines.error && <Failure error={lines.error} again={() => void lines.refetch()} />}
      {lines.data && <p>This line is not here any more.</p>}
    </Page>
  );
}

function One({ line }: { line: Line }): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { canWrite } = useSession();
  const [asks, setAsks] = useState<'delete' | 'limits' | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: ['lines'] });
  const params = { path: { id: line._id } };
  const change = (body: Schemas['LineRequest']) => ask(tuco.PATCH('/api/lines/{id}', { params, body })).then(again);
  const probe = useMutation({
    mutationFn: () => ask(tuco.GET('/api/lines/check-availability', { params: { query: { id: line._id } } })),
    onSuccess: ({ available, healthCheck }) =>
      toast(available ? 'The line works.' : (healthCheck.reason ?? 'The line cannot send.')),
    onError: toastError,
    onSettled: again,
  });
  const remove = async () => {
    await ask(tuco.DELETE('/api/lines/{id}', { params }));
    toast('The line is removed.');
    await navigate({ to: '/lines' });
    await again();
  };
  const { healthCheck: health, usage } = line;
  return (
    <Page
      title={nameOf(line)}
      crumb={<Link to="/lines">Lines</Link>}
      badge={
        <Badge tone={line.isActive ? healthTone[health.status] : 'plain'}>
          {line.isActive ? healthWords[health.status] : 'Switched off'}
        </Badge>
      }
      lead={`${channelName(line.channel)} · ${line.phone ?? line.email ?? ''}`}
      actions={
        <>
          <Button busy={probe.isPending} onClick={() => probe.mutate()}>
            Probe now
          </Button>
          <Button writes kind="danger" onClick={() => setAsks('delete')}>
            Remove
          </Button>
        </>
      }
    >
      {health.status === 'unhealthy' && (
        <Note tone="bad">
          {health.reason ?? 'The line cannot send.'}
          {health.unhealthySince && (
            <>
              {' '}
              Since <Time at={health.unhealthySince} />. It is probed again by itself, and sends as soon as it works.
            </>
          )}
        </Note>
      )}
      {probe.data?.warnings.map(({ problem, cure }) => (
        <Note key={problem} tone="warn">
          {problem} {cure}
        </Note>
      ))}
      <div className={layout.stats}>
        <Stat label="Sent today">
          {count(usage.totalMessagesCount)}
          {line.dailyLimitToday !== null && ` / ${count(line.dailyLimitToday)}`}
        </Stat>
        <Stat label="First touches today">
          {count(usage.newConversationsCount)}
          {line.dailyNewConversationsLimit !== null && ` / ${count(line.dailyNewConversationsLimit)}`}
        </Stat>
      </div>
      <div className={layout.grid}>
        <Card title="Sending">
          <CheckField
            label="This line sends"
            checked={line.isActive}
            disabled={!canWrite}
            onCheck={(isActive) => void change({ isActive }).catch(toastError)}
          />
          <dl className={layout.facts}>
            {LIMITS.map(([limit, label]) => (
              <Pair key={limit} label={label}>
                {line[limit] === null ? 'No limit' : count(line[limit])}
              </Pair>
            ))}
            {line.pace && <Pair label="Pace">{line.pace.perSecond} a second</Pair>}
            <Pair label="Health checked">
              <Time at={health.lastCheckedAt} none="Not yet" />
            </Pair>
          </dl>
          <div>
            <Button writes onClick={() => setAsks('limits')}>
              Change limits
            </Button>
          </div>
        </Card>
        {line.inboundUrl && (
          <Card title="Replies">
            <p className={layout.muted}>
              The provider calls this URL when somebody answers. Set it there as the webhook of{' '}
              {line.phone ?? line.email ?? 'the line'}. It is a secret: whoever has it can send replies in.
            </p>
            <CopyText text={line.inboundUrl} label="the inbound URL" />
            {line.reading && (
              <p className={`${layout.small} ${layout.muted}`}>
                {line.reading.words ?? 'Replies are also read from the provider.'} Last read{' '}
                <Time at={line.reading.lastReadAt} none="never" />
              </p>
            )}
          </Card>
        )}
      </div>
      {asks === 'limits' && <LimitsDialog line={line} close={() => setAsks(null)} save={change} />}
      {asks === 'delete' && (
        <Dialog title={`Remove ${nameOf(line)}?`} submit="Remove the line" danger close={() => setAsks(null)} onSubmit={remove}>
          <p>
            It sends no more. What is planned for it goes out by other lines of its channel, or waits for one. What it sent stays
            in the history.
          </p>
        </Dialog>
      )}
    </Page>
  );
}

interface LimitsProps {
  line: Line;
  close: () => void;
  save: (body: Schemas['LineRequest']) => Promise<unknown>;
}

function LimitsDialog({ line, close, save }: LimitsProps): ReactNode {
  const [limits, setLimits] = useState<Record<string, string>>(
    Object.fromEntries(LIMITS.map(([limit]) => [limit, String(line[limit] ?? '')])),
  );
  const body = Object.fromEntries(LIMITS.map(([limit]) => [limit, limits[limit] ? Number(limits[limit]) : null]));
  return (
    <Dialog title="Change limits" submit="Save limits" close={close} onSubmit={() => save(body)}>
      {LIMITS.map(([limit, label]) => (
        <TextField
          key={limit}
          label={label}
          type="number"
          min={1}
          value={limits[limit] ?? ''}
          onText={(text) => setLimits({ ...limits, [limit]: text })}
        />
      ))}
      <p className={layout.muted}>
        A limit that is left empty is that of the channel. What is beyond a limit waits, and nothing is lost.
      </p>
    </Dialog>
  );
}
