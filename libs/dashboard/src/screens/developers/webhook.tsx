import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { useSession } from '../../app/session';
import { Button, CopyText } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { SelectField } from '../../parts/field';
import { Badge, Card, Empty, Failure, layout, Loading, Note, Page, Shown } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { many, plainWords } from '../../parts/words';
import { EventPicker, NotForViewers } from './webhooks';

const route = getRouteApi('/developers/webhooks/$id');
const STATES = { pending: 'info', delivered: 'good', failed: 'bad' } as const;
const DAY_MS = 86_400_000;
type Webhook = Schemas['Webhook'];

export function WebhookPage(): ReactNode {
  const { id } = route.useParams();
  const { canWrite } = useSession();
  const webhook = useQuery({
    queryKey: ['webhooks', id],
    enabled: canWrite,
    queryFn: () => ask(tuco.GET('/api/webhooks/{id}', { params: { path: { id } } })),
  });
  if (webhook.data) return <One webhook={webhook.data} />;
  return (
    <Page
      title="Webhook"
      crumb={
        <Link to="/developers" search={{ show: 'webhooks' }}>
          Webhooks
        </Link>
      }
    >
      {!canWrite && <NotForViewers />}
      {canWrite && webhook.isLoading && <Loading />}
      {webhook.error && <Failure error={webhook.error} again={() => void webhook.refetch()} />}
    </Page>
  );
}

function One({ webhook }: { webhook: Webhook }): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState<'delete' | 'rotate' | 'events' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [events, setEvents] = useState(webhook.events);
  const params = { path: { id: webhook.id } };
  const again = () => queries.invalidateQueries({ queryKey: ['webhooks'] });
  const check = useMutation({
    mutationFn: () => ask(tuco.POST('/api/webhooks/{id}/health-check', { params })),
    onSuccess: (answer) => toast(answer.message, answer.success ? 'plain' : 'bad'),
    onError: toastError,
    onSettled: again,
  });
  const replay = useMutation({
    mutationFn: () => {
      const from = new Date(Date.now() - DAY_MS).toISOString();
      return ask(tuco.POST('/api/webhooks/{id}/replay', { params, body: { from, state: 'failed' } }));
    },
    onSuccess: ({ replayedCount }) => toast(`${many(replayedCount, 'delivery', 'deliveries')} made again.`),
    onError: toastError,
    onSettled: again,
  });
  const change = (body: Schemas['WebhookRequest']) => ask(tuco.PATCH('/api/webhooks/{id}', { params, body })).then(again);
  return (
    <Page
      title={webhook.name}
      crumb={
        <Link to="/developers" search={{ show: 'webhooks' }}>
          Webhooks
        </Link>
      }
      badge={<Badge tone={webhook.isActive ? 'good' : 'plain'}>{webhook.isActive ? 'Active' : 'Disabled'}</Badge>}
      lead={`${webhook.url} · ${many(webhook.events.length, 'event')}`}
      actions={
        <>
          <Button busy={check.isPending} onClick={() => check.mutate()}>
            Send a test
          </Button>
          <Button onClick={() => setAsks('events')}>Change events</Button>
          <Button onClick={() => setAsks('rotate')}>Rotate the secret</Button>
          <Button onClick={() => void change({ isActive: !webhook.isActive }).catch(toastError)}>
            {webhook.isActive ? 'Disable' : 'Enable'}
          </Button>
          <Button kind="danger" onClick={() => setAsks('delete')}>
            Delete
          </Button>
        </>
      }
    >
      {webhook.disabledReason && webhook.disabledReason !== 'by_user' && (
        <Note tone="warn">
          {webhook.disabledReason === 'gone' ? 'Your endpoint said that it is gone (410).' : 'Its calls failed for five days.'}{' '}
          Mend it, send a test, enable it, and replay what failed.
        </Note>
      )}
      <Card
        title="Deliveries"
        actions={
          <Button small busy={replay.isPending} onClick={() => replay.mutate()}>
            Replay failures of the last day
          </Button>
        }
        flush
      >
        <Deliveries id={webhook.id} />
      </Card>
      {asks === 'events' && (
        <Dialog
          title="Events"
          submit="Save events"
          disabled={events.length === 0}
          close={() => setAsks(null)}
          onSubmit={() => change({ events })}
        >
          <EventPicker events={events} change={setEvents} />
        </Dialog>
      )}
      {asks === 'rotate' && <Rotate id={webhook.id} close={() => setAsks(null)} made={setSecret} />}
      {asks === 'delete' && (
        <Dialog
          title={`Delete ${webhook.name}?`}
          submit="Delete the webhook"
          danger
          close={() => setAsks(null)}
          onSubmit={async () => {
            await ask(tuco.DELETE('/api/webhooks/{id}', { params }));
            await navigate({ to: '/developers', search: { show: 'webhooks' } });
            await again();
          }}
        >
          <p>{webhook.url} is told of nothing more, and the log of its deliveries goes. This cannot be undone.</p>
        </Dialog>
      )}
      {secret && (
        <Dialog title="The new secret" close={() => setSecret(null)}>
          <Note tone="warn">Copy it now: it is not shown again.</Note>
          <CopyText text={secret} label="the secret" />
        </Dialog>
      )}
    </Page>
  );
}

function Rotate({ id, close, made }: { id: string; close: () => void; made: (secret: string) => void }): ReactNode {
  const [hours, setHours] = useState('24');
  const rotate = async () => {
    const params = { path: { id } };
    made((await ask(tuco.POST('/api/webhooks/{id}/rotate-secret', { params, body: { overlapHours: Number(hours) } }))).secret);
  };
  return (
    <Dialog title="Rotate the secret?" submit="Rotate" close={close} onSubmit={rotate}>
      <p>Calls are signed with both secrets until the old one ends, so that your endpoint can change over in between.</p>
      <SelectField
        label="The old secret"
        value={hours}
        options={[
          ['0', 'Ends at once'],
          ['24', 'Signs for a day more'],
          ['168', 'Signs for a week more'],
        ]}
        onPick={setHours}
      />
    </Dialog>
  );
}

function Deliveries({ id }: { id: string }): ReactNode {
  const queries = useQueryClient();
  const deliveries = useQuery({
    queryKey: ['webhooks', id, 'deliveries'],
    queryFn: () => ask(tuco.GET('/api/webhooks/{id}/deliveries', { params: { path: { id }, query: { limit: 50 } } })),
    refetchInterval: 5_000,
  });
  const replay = (deliveryId: string) =>
    ask(tuco.POST('/api/webhooks/{id}/deliveries/{deliveryId}/replay', { params: { path: { id, deliveryId } } }))
      .then(() => queries.invalidateQueries({ queryKey: ['webhooks', id] }))
      .catch(toastError);
  return (
    <Shown query={deliveries}>
      {({ deliveries: rows }) =>
        rows.length === 0 ? (
          <Empty title="No deliveries yet">Each event is listed here with the answer of your endpoint, for 30 days.</Empty>
        ) : (
          <Table
            label="Deliveries"
            rows={rows}
            keyOf={({ _id }) => _id}
            columns={[
              { head: 'Event', cell: ({ event, replayOf }) => `${event}${replayOf ? ' (replay)' : ''}` },
              { head: 'State', cell: ({ state }) => <Badge tone={STATES[state]}>{plainWords(state)}</Badge> },
              {
                head: 'Answer',
                from: 'wide',
                cell: ({ statusCode, error, attempts }) => (
                  <>
                    {statusCode ?? '–'} {error}
                    <div className={`${layout.tiny} ${layout.muted}`}>{many(attempts, 'attempt')}</div>
                  </>
                ),
              },
              {
                head: 'When',
                from: 'medium',
                nowrap: true,
                times: true,
                cell: ({ createdAt }) => <Time inColumn at={createdAt} />,
              },
              {
                head: '',
                number: true,
                cell: ({ _id }) => (
                  <Button small kind="quiet" onClick={() => void replay(_id)}>
                    Replay
                  </Button>
                ),
              },
            ]}
          />
        )
      }
    </Shown>
  );
}
