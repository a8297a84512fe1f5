import type { SystemState } from '../application/system.service';
import type { StoreState } from '../domain';

/** @schema SystemStore */
const toStoreResponse = (store: StoreState | null) => ({
  /** `unreachable`: it has not answered in time; the rest is `null` then. */
  status: store ? ('reachable' as const) : ('unreachable' as const),
  version: store?.version ?? null,
  /** How long a ping took, in milliseconds. */
  latencyMs: store?.latencyMs ?? null,
  /** Is it the one that comes with the product, for a trial? */
  embedded: store?.embedded ?? null,
});

/**
 * How the installation is. `version`, `role`, `startedAt` and `node` are those of the process that answers.
 * `workers` is `null` while Redis, where they give signs of life, does not answer. `queues` has the jobs of
 * all workspaces together: it is `null` unless the installation is a local one, and while Redis is away.
 * @schema System
 */
export function toSystemResponse({ workerAges, stores: { mongodb, redis }, timeZones, ...state }: SystemState) {
  return {
    version: state.version,
    role: state.role,
    startedAt: state.startedAt,
    node: state.node,
    timeZones: {
      /** The release of the time-zone database that send windows are computed with. */
      sending: timeZones.sending,
      /** That of Node. */
      node: timeZones.node,
      icu: timeZones.icu,
    },
    workers: workerAges && {
      alive: workerAges.length,
      /** How many seconds ago the one that was heard of last gave a sign of life. */
      newestSeconds: workerAges.length > 0 ? Math.min(...workerAges) : null,
      /** How many seconds ago the one did that has been silent for the longest time. */
      oldestSeconds: workerAges.length > 0 ? Math.max(...workerAges) : null,
    },
    mongodb: { ...toStoreResponse(mongodb), replicaSet: mongodb?.replicaSet ?? null },
    redis: toStoreResponse(redis),
    queues: state.queues,
  };
}
