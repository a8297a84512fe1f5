import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, tuco } from '../../app/api';
import { Badge, Card, layout, Note, Shown } from '../../parts/layout';
import { zone } from '../../parts/time';
import { count, many } from '../../parts/words';

const POLL_MS = 10_000;

export function SystemState(): ReactNode {
  const workers = useQuery({
    queryKey: ['system', 'workers'],
    queryFn: () => ask(tuco.GET('/health/workers')),
    refetchInterval: POLL_MS,
  });
  const ready = useQuery({
    queryKey: ['system', 'ready'],
    queryFn: () => ask(tuco.GET('/health/ready')),
    refetchInterval: POLL_MS,
  });
  return (
    <div className={layout.grid}>
      <Card title="Workers">
        <Shown query={workers}>
          {({ alive, newestSeconds }) => (
            <>
              {alive === 0 && <Note tone="bad">No worker runs: nothing is sent, imported or checked until one does.</Note>}
              <dl className={layout.facts}>
                <dt>Alive</dt>
                <dd>{count(alive)}</dd>
                <dt>Last heard</dt>
                <dd>{alive > 0 ? `${many(Math.round(newestSeconds), 'second')} ago` : '–'}</dd>
              </dl>
            </>
          )}
        </Shown>
      </Card>
      <Card title="Server">
        <Shown query={ready}>
          {({ timezoneData }) => (
            <>
              <div>
                <Badge tone="good">Ready</Badge>
              </div>
              <dl className={layout.facts}>
                <dt>Time-zone data</dt>
                <dd>{String(timezoneData)}</dd>
                <dt>Your time zone</dt>
                <dd>{zone}</dd>
              </dl>
            </>
          )}
        </Shown>
      </Card>
    </div>
  );
}
