import { Injectable } from '@nestjs/common';
import { TIMEZONE_DATA_RELEASE } from '#libs/send-window';
import { Clock, withTimeout } from '../../platform/clock';
import { Config } from '../../platform/config';
import { forASecond } from '../../platform/health';
import { WorkQueues } from '../../platform/queues';
import { VERSION } from '../../platform/version';
import { Workers } from '../../platform/workers';
import { Stores } from '../domain';

const REDIS_ANSWERS_WITHIN_MS = 1_500;

/** The jobs of one queue in each state. */
export interface QueueDepth {
  name: string;
  waiting: number;
  active: number;
  delayed: number;
}

/** How the installation is: the process that answers, the workers, the stores. It keeps nothing. */
@Injectable()
export class SystemService {
  private readonly startedAt: Date;
  readonly state: () => ReturnType<SystemService['look']>;

  constructor(
    private readonly stores: Stores,
    private readonly workers: Workers,
    private readonly workQueues: WorkQueues,
    private readonly config: Config,
    clock: Clock,
  ) {
    this.startedAt = clock.now();
    this.state = forASecond(() => this.look());
  }

  private async look() {
    const [mongodb, redis, workers, queues] = await Promise.all([
      this.stores.mongodb(),
      this.stores.redis(),
      this.workers.seen().catch(() => null),
      // They are those of all workspaces together (ADR 39).
      this.config.LOCAL_ISSUER ? this.depths() : null,
    ]);
    return {
      version: VERSION,
      role: this.config.APP_ROLE,
      startedAt: this.startedAt,
      node: process.versions.node,
      timeZones: { sending: TIMEZONE_DATA_RELEASE, node: process.versions.tz ?? null, icu: process.versions.icu ?? null },
      workerAges: workers?.map(({ agoMs }) => agoMs / 1_000) ?? null,
      stores: { mongodb, redis },
      queues,
    };
  }

  /** `null`: Redis does not answer in time. */
  private async depths(): Promise<QueueDepth[] | null> {
    const asked = this.workQueues.depths().catch(() => null);
    const found = await withTimeout(asked, REDIS_ANSWERS_WITHIN_MS, null);
    if (!found) return null;
    const byName = new Map<string, QueueDepth>();
    for (const { queue: name, state, jobs } of found) {
      const depth = byName.get(name) ?? { name, waiting: 0, active: 0, delayed: 0 };
      byName.set(name, { ...depth, [state]: jobs });
    }
    return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

export type SystemState = Awaited<ReturnType<SystemService['state']>>;
