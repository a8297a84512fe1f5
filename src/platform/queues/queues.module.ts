import { BullModule, getQueueToken } from '@nestjs/bull';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Queue } from 'bull';
import { Config } from '../config';
import { QueueMetrics } from './queue-metrics';
import { RedisConnections } from './redis-connections';
import { WorkQueues } from './work-queues';

/** A job whose worker has not renewed its lock for this long counts as stalled. */
const LOCK_MS = 30_000;

@Global()
@Module({ providers: [RedisConnections], exports: [RedisConnections] })
class RedisModule {}

@Global()
@Module({
  imports: [
    RedisModule,
    BullModule.forRootAsync({
      imports: [RedisModule],
      inject: [Config, RedisConnections],
      useFactory: (config: Config, connections: RedisConnections) => ({
        createClient: connections.make,
        prefix: `{${config.REDIS_PREFIX}}`,
        settings: { lockDuration: LOCK_MS, stalledInterval: LOCK_MS, maxStalledCount: 1_000 },
      }),
    }),
  ],
  providers: [WorkQueues, QueueMetrics],
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
