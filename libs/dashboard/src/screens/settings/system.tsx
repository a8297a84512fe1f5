import { useQuery } from '@tanstack/react-query';
import { TucoError } from '@tuco/client';
import type { ReactNode } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { Badge, Card, layout, Note, Shown } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time, zone } from '../../parts/time';
import { count, many } from '../../parts/words';

const POLL_MS = 5_000;
type System = Schemas['System'];

const ROLES: Readonly<Record<System['role'], string>> = {
  api: 'Answers the API',
  worker: 'Works',
  all: 'Answers the API, and works',
  migrate: 'Migrates',
  reseal: 'Seals anew',
};

/** How the installation is, read again as long as somebody looks. */
export function SystemState(): ReactNode {
  const query = useQuery({
    queryKey: ['system'],
    queryFn: () => ask(tuco.GET('/api/system')),
    refetchInterval: POLL_MS,
    retry: false,
  });
  // Without MongoDB, the API cannot even find out who asks.
  if (query.error instanceof TucoError && query.error.code === 'STORE_UNAVAILABLE') {
    return (
      <Note tone="bad">MongoDB does not answer. Nothing can be read, saved or sent until it does; this page keeps asking.</Note>
    );
  }
  return <Shown query={query}>{(system) => <Parts system={system} />}</Shown>;
}

function Parts({ system: { workers, queues, mongodb, redis, ...server } }: { system: System }): ReactNode {
  return (
    <div className={`${layout.stack} ${layout.loose}`}>
      {workers?.alive === 0 && (
        <Note tone="bad">
          No worker is alive: nothing is sent, imported or checked until whoever runs this server starts one.
        </Note>
      )}
      <div className={`${layout.grid} ${layout.wideGrid}`}>
        <Card title="Server">
          <dl className={layout.facts}>
            <dt>Version</dt>
            <dd>{server.version}</dd>
            <dt>Runs since</dt>
            <dd>
              <Time at={server.startedAt} />
            </dd>
            <dt>Role</dt>
            <dd>{ROLES[server.role]}</dd>
            <dt>Node.js</dt>
            <dd>{server.node}</dd>
          </dl>
        </Card>
        <Card title="Workers">
          <dl className={layout.facts}>
            <dt>Alive</dt>
            <dd>{workers ? count(workers.alive) : 'Not known while Redis is away'}</dd>
            <dt>Last heard</dt>
            <dd>{workers?.newestSeconds == null ? '–' : ago(workers.newestSeconds)}</dd>
            <dt>Silent the longest</dt>
            <dd>{workers?.oldestSeconds == null ? '–' : ago(workers.oldestSeconds)}</dd>
          </dl>
          <p className={`${layout.small} ${layout.muted}`}>Workers send, import and check. Each reports every 5 seconds.</p>
        </Card>
        <Store name="MongoDB" store={mongodb} about="Everything is kept here.">
          <dt>Replica set</dt>
          <dd>{mongodb.replicaSet === null ? '–' : mongodb.replicaSet ? 'Yes' : 'No'}</dd>
        </Store>
        <Store name="Redis" store={redis} about="It carries the work. What it loses is made again from MongoDB." />
        <Card title="Time zones">
          <dl className={layout.facts}>
            <dt>For sending</dt>
            <dd>{server.timeZones.sending}</dd>
            <dt>Of Node.js</dt>
            <dd>{server.timeZones.node ?? '–'}</dd>
            <dt>ICU</dt>
            <dd>{server.timeZones.icu ?? '–'}</dd>
            <dt>Your time zone</dt>
            <dd>{zone}</dd>
          </dl>
        </Card>
      </div>
      {queues && <Queues queues={queues} />}
    </div>
  );
}

interface StoreProps {
  name: string;
  store: Schemas['SystemStore'];
  about: string;
  children?: ReactNode;
}

function Store({ name, store, about, children }: StoreProps): ReactNode {
  const isThere = store.status === 'reachable';
  return (
    <Card title={name} actions={<Badge tone={isThere ? 'good' : 'bad'}>{isThere ? 'Reachable' : 'Unreachable'}</Badge>}>
      <dl className={layout.facts}>
        <dt>Version</dt>
        <dd>
          {store.version ?? '–'}
          {store.embedded && ' (embedded, for trials)'}
        </dd>
        <dt>Ping</dt>
        <dd>{store.latencyMs === null ? '–' : milliseconds.format(store.latencyMs)}</dd>
        {children}
      </dl>
      <p className={`${layout.small} ${layout.muted}`}>{about}</p>
    </Card>
  );
}

function Queues({ queues }: { queues: NonNullable<System['queues']> }): ReactNode {
  return (
    <Card title="Queues" flush>
      <Table
        label="Queues"
        rows={queues}
        keyOf={({ name }) => name}
        columns={[
          { head: 'Queue', cell: ({ name }) => name },
          { head: 'Waiting', number: true, cell: ({ waiting }) => count(waiting) },
          { head: 'Active', number: true, cell: ({ active }) => count(active) },
          { head: 'Delayed', number: true, cell: ({ delayed }) => count(delayed) },
        ]}
      />
    </Card>
  );
}

const milliseconds = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 1 });
const ago = (seconds: number): string => `${many(Math.round(seconds), 'second')} ago`;
