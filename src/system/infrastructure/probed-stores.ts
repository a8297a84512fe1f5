import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { withTimeout } from '../../platform/clock';
import { WorkQueues } from '../../platform/queues';
import { type MongoState, Stores, type StoreState } from '../domain';

const STORE_ANSWERS_WITHIN_MS = 1_500;
/** How the embedded stores call themselves in `buildInfo` and `INFO`. */
const EMBEDDED = { mongodb: 'embedded', redis: 'mocked redis' } as const;

/** Asks the stores over the connections that the product itself uses. */
@Injectable()
export class ProbedStores extends Stores {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly workQueues: WorkQueues,
  ) {
    super();
  }

  mongodb(): Promise<MongoState | null> {
    return inTime(this.askMongodb());
  }

  redis(): Promise<StoreState | null> {
    return inTime(this.askRedis());
  }

  private async askMongodb(): Promise<MongoState> {
    const db = this.connection.db!;
    const latencyMs = await timeOf(() => db.command({ ping: 1 }));
    const [build, hello] = await Promise.all([db.command({ buildInfo: 1 }), db.command({ hello: 1 })]);
    const modules = (build.modules ?? []) as string[];
    return {
      version: String(build.version),
      latencyMs,
      embedded: modules.includes(EMBEDDED.mongodb),
      replicaSet: typeof hello.setName === 'string',
    };
  }

  private async askRedis(): Promise<StoreState | null> {
    const client = this.workQueues.all()[0]?.client;
    // A command would wait in the client for Redis to come back.
    if (client?.status !== 'ready') return null;
    const latencyMs = await timeOf(() => client.ping());
    const info = await client.info('server');
    const field = (name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
    return { version: field('redis_version'), latencyMs, embedded: field('os') === EMBEDDED.redis };
  }
}

/** Errors of drivers may name hosts: that a store does not answer is all that is passed on. */
const inTime = <T>(asked: Promise<T | null>): Promise<T | null> =>
  withTimeout(
    asked.catch(() => null),
    STORE_ANSWERS_WITHIN_MS,
    null,
  );

async function timeOf(ask: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await ask();
  return Math.round((performance.now() - from) * 10) / 10;
}
