import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { Button, CopyText } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { CheckField, Choice, TextField } from '../../parts/field';
import { Badge, Card, Empty, layout, Note, Shown } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { many } from '../../parts/words';

export type EventName = Schemas['Webhook']['events'][number];

/** Each event of the API in words; one that is missing here does not compile. */
const WORDS: Readonly<Record<EventName, string>> = {
  'message.sent': 'the provider took it',
  'message.delivered': 'it arrived',
  'message.opened': 'it was read',
  'message.reply': 'somebody answered',
  'message.failed': 'it could not be sent',
  'message.fallback': 'another channel is needed',
  'message.cancelled': 'it will not be sent',
  'reply.needs_review': 'a reply may be an opt-out',
  'contact.opted_out': 'somebody wants no more',
  'contact.opted_in': 'somebody wants messages again',
  'lead.created': 'a lead was added',
  'lead.updated': 'a lead was changed',
  'lead.deleted': 'a lead was deleted',
  'line.health_changed': 'a line works, or not',
  'campaign.finished': 'nothing waits in it',
  'import.finished': 'a file was dealt with',
  'availability.finished': 'a batch was checked',
  'webhook.disabled': 'an endpoint was given up',
};
export const EVENTS = Object.keys(WORDS) as EventName[];

export function Webhooks(): ReactNode {
  const webhooks = useQuery({ queryKey: ['webhooks'], queryFn: () => ask(tuco.GET('/api/webhooks')) });
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const action = (
    <Button kind="primary" onClick={() => setNew(true)}>
      New webhook
    </Button>
  );
  return (
    <Card title="Webhooks" actions={action} flush>
      <Shown query={webhooks}>
        {({ webhooks: rows }) =>
          rows.length === 0 ? (
            <Empty title="No webhooks yet">
              An endpoint of yours is told of each event, at least once, and again for days until it answers.
            </Empty>
          ) : (
            <Table
              label="Webhooks"
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: 'Name',
                  cell: ({ id, name, url }) => (
                    <>
                      <Link to="/developers/webhooks/$id" params={{ id }}>
                        {name}
                      </Link>
                      <div className={`${layout.tiny} ${layout.muted}`}>{url}</div>
                    </>
                  ),
                },
                {
                  head: 'State',
                  cell: ({ isActive, failureCount }) => (
                    <Badge tone={!isActive ? 'plain' : failureCount > 0 ? 'warn' : 'good'}>
                      {!isActive ? 'Disabled' : failureCount > 0 ? 'Failing' : 'Active'}
                    </Badge>
                  ),
                },
                { head: 'Events', from: 'wide', cell: ({ events }) => many(events.length, 'event') },
                {
                  head: 'Last success',
                  from: 'medium',
                  nowrap: true,
                  times: true,
                  cell: ({ lastSuccessAt }) => <Time inColumn at={lastSuccessAt} none="Not yet" />,
                },
              ]}
            />
          )
        }
      </Shown>
      {isNew && <NewWebhook close={() => setNew(false)} made={setSecret} />}
      {secret && (
        <Dialog title="The secret of your webhook" close={() => setSecret(null)}>
          <Note tone="warn">Copy it now: it is not shown again. Your endpoint checks with it that a call is from here.</Note>
          <CopyText text={secret} label="the secret" />
        </Dialog>
      )}
    </Card>
  );
}

function NewWebhook({ close, made }: { close: () => void; made: (secret: string) => void }): ReactNode {
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly EventName[]>(['message.sent', 'message.reply']);
  const queries = useQueryClient();
  const create = async () => {
    const { secret } = await ask(tuco.POST('/api/webhooks', { body: { name, url, events: [...events] } }));
    await queries.invalidateQueries({ queryKey: ['webhooks'] });
    made(secret);
  };
  return (
    <Dialog
      title="New webhook"
      submit="Create webhook"
      disabled={!name.trim() || !url.trim() || events.length === 0}
      close={close}
      onSubmit={create}
    >
      <TextField label="Name" autoFocus placeholder="CRM" value={name} onText={setName} />
      <TextField label="URL" type="url" placeholder="https://example.com/tuco" value={url} onText={setUrl} />
      <EventPicker events={events} change={setEvents} />
    </Dialog>
  );
}

export function EventPicker({
  events,
  change,
}: {
  events: readonly EventName[];
  change: (events: EventName[]) => void;
}): ReactNode {
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend className={layout.strong}>Events</legend>
      <div className={layout.grid} style={{ gap: '0.25rem', gridTemplateColumns: 'repeat(auto-fill, minmax(14rem, 1fr))' }}>
        {EVENTS.map((event) => (
          <CheckField
            key={event}
            label={<Choice name={event} words={WORDS[event]} />}
            checked={events.includes(event)}
            onCheck={(isIn) => change(isIn ? [...events, event] : events.filter((one) => one !== event))}
          />
        ))}
      </div>
    </fieldset>
  );
}

export function NotForViewers(): ReactNode {
  return (
    <Card>
      <Empty title="Not for viewers">Webhooks are seen and made by those who may change things.</Empty>
    </Card>
  );
}
