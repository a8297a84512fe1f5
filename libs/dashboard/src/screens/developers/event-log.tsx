import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { onEvent, useConnection } from '../../app/live';
import { Badge, Card, Empty, layout, Shown, type Tone } from '../../parts/layout';
import { Time } from '../../parts/time';
import styles from './developers.module.css';
import { EVENTS } from './webhooks';

type Event = Schemas['Event'];
const KEPT = 200;
/** An import makes thousands of the others: these are shown as they happen. */
const TOLD = EVENTS.filter((type) => !type.startsWith('lead.'));

const toneOf = (type: Event['type']): Tone => {
  if (/failed|opted_out|disabled|deleted/.test(type)) return 'bad';
  if (/review|fallback|health/.test(type)) return 'warn';
  return /reply|sent|delivered|finished/.test(type) ? 'good' : 'plain';
};

const field = (of: unknown, ...names: string[]): string | undefined => {
  const fields = (of ?? {}) as Record<string, unknown>;
  return names.map((name) => fields[name]).find((value): value is string => typeof value === 'string' && value !== '');
};

/** Whom or what an event is about, as far as it says so itself. */
const subjectOf = (data: Event['data']): string =>
  field(data.message, 'recipientName', 'recipientPhone', 'recipientEmail') ??
  field(data.line, 'name', 'phone', 'email') ??
  field(data.campaign, 'name') ??
  field(data, 'recipientPhone', 'recipientEmail', 'address', 'fileName', 'name') ??
  '';

/** What happens, as it happens. The newest stands first; what was opened stays where it is read. */
export function EventLog(): ReactNode {
  const connection = useConnection();
  const [live, setLive] = useState<readonly Event[]>([]);
  useEffect(() => onEvent((event) => setLive((events) => [event, ...events].slice(0, KEPT))), []);
  const before = useQuery({
    queryKey: ['events', 'before'],
    staleTime: Infinity,
    queryFn: async () => {
      const query = { cursor: 'latest', limit: KEPT, types: TOLD.join(',') };
      const { events } = await ask(tuco.GET('/api/events', { params: { query } }));
      return events.reverse();
    },
  });
  return (
    <Card
      title="Events"
      actions={<span className={`${layout.small} ${layout.muted}`}>{connection === 'live' ? 'Live' : 'Reconnecting …'}</span>}
      flush
    >
      <Shown query={before}>
        {(older) => {
          const known = new Set(live.map(({ id }) => id));
          const events = [...live, ...older.filter(({ id }) => !known.has(id))];
          if (events.length === 0)
            return <Empty title="Nothing has happened yet">Import people or send a message, and it shows here.</Empty>;
          return (
            <div className={layout.list}>
              {events.map(({ id, type, createdAt, data }) => (
                <details key={id} className={layout.item} style={{ display: 'block' }}>
                  <summary className={styles.event}>
                    <Badge tone={toneOf(type)}>{type}</Badge>
                    {subjectOf(data) && (
                      <span className={`${styles.subject} ${layout.small} ${layout.clip}`}>{subjectOf(data)}</span>
                    )}
                    <span className={`${layout.small} ${layout.muted}`}>
                      <Time at={createdAt} />
                    </span>
                  </summary>
                  <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{JSON.stringify(data, null, 2)}</pre>
                </details>
              ))}
            </div>
          );
        }}
      </Shown>
    </Card>
  );
}
