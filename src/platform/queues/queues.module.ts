import { BullModule, getQueueToken } from '@nestjs/bull';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Queue } from 'bull';
import Redis, { type RedisOptions } from 'ioredis';
import { createEmbeddedRedisClient } from '#libs/embedded-redis';
import { Config } from '../config';
import { WorkQueues } from './work-queues';

/** A job whose worker has not renewed its lock for this long counts as stalled. */
const LOCK_MS = 30_000;

/** Makes Bull's connections; all queues share two, and each has one more for waiting. */
function clientMaker(config: Config) {
  const shared = new Map<string, Redis>();
  const connect = (options: RedisOptions): Redis =>
    config.EMBEDDED_STORES ? createEmbeddedRedisClient(config.REDIS_URL, options) : new Redis(config.REDIS_URL, options);
  return (type: 'client' | 'subscriber' | 'bclient', options?: RedisOptions): Redis => {
    const patient = { ...options, retryStrategy: (times: number) => Math.min(times * 100, 1_000) };
    if (type === 'bclient') return connect({ ...patient, maxRetriesPerRequest: null });
    const known = shared.get(type);
    if (known) return known;
    const client = connect({ ...patient, maxRetriesPerRequest: null, enableReadyCheck: false });
    client.setMaxListeners(0);
    shared.set(type, client);
    return client;
  };
}

@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        createClient: clientMaker(config),
        prefix: `{${config.REDIS_PREFIX}}`,
        settings: { lockDuration: LOCK_MS, stalledInterval: LOCK_MS, maxStalledCount: 1_000 },
      }),
    }),
  ],
  providers: [WorkQueues],
  exports: [WorkQueues],
})
export class QueuesModule {
  /** One queue for one kind of work. */
  static queue(name: string): DynamicModule {
    const declared = `declared:${name}`;
    return {
      module: class QueueOfOneKind {},
      imports: [BullModule.registerQueue({ name })],
      providers: [
        {
          provide: declared,
          inject: [WorkQueues, getQueueToken(name)],
          useFactory: (queues: WorkQueues, queue: Queue) => queues.declare(queue),
        },
      ],
    };
  }
}
