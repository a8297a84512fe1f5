import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import type Redis from 'ioredis';
import { Config } from '../config';
import { Metrics } from '../metrics';
import { RedisConnections } from '../queues';
import { Ticks } from '../ticks';
import { VERSION } from '../version';

/** How often a worker gives a sign of life, and how long one is good, in milliseconds. */
const [BEAT_MS, ALIVE_MS] = [5_000, 20_000];

/** A worker that gave a sign of life. */
interface Seen {
  version: string;
  role: string;
  host: string;
  /** How long ago that was, in milliseconds. */
  agoMs: number;
}

/**
 * Which workers are alive. Each keeps a key in Redis that expires soon after it has died; its age is told by
 * how long it has still to live, so that no two clocks are compared.
 */
@Injectable()
export class Workers implements OnModuleInit, BeforeApplicationShutdown {
  private readonly redis: Redis;
  private readonly id = randomUUID();
  private isOver = false;

  constructor(
    connections: RedisConnections,
    ticks: Ticks,
    metrics: Metrics,
    private readonly config: Config,
  ) {
    this.redis = connections.makeImpatient();
    ticks.every('give a sign of life', BEAT_MS, () => this.beat());
    metrics.gauge('tuco_workers_alive', async () => [{ labels: {}, value: (await this.seen()).length }]);
  }

  onModuleInit(): void {
    // At the start, and when Redis has come back without what it knew.
    if (this.config.APP_ROLE === 'api') return;
    this.redis.on('ready', () => void this.beat());
    void this.beat();
  }

  /** One that ends in order is not missed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isOver = true;
    await this.redis.pipeline().srem(this.all, this.id).del(this.keyOf(this.id)).exec().catch(nothing);
  }

  /** @throws when Redis does not answer */
  async seen(): Promise<Seen[]> {
    const { alive, gone } = await workersIn(this.redis, this.config.REDIS_PREFIX);
    if (gone.length > 0) await this.redis.srem(this.all, ...gone);
    return alive;
  }

  /** That Redis is away is said by the queues. */
  private async beat(): Promise<void> {
    if (this.isOver) return;
    const about = JSON.stringify({ version: VERSION, role: this.config.APP_ROLE, host: os.hostname() });
    await this.redis.pipeline().set(this.keyOf(this.id), about, 'PX', ALIVE_MS).sadd(this.all, this.id).exec().catch(nothing);
  }

  private get all(): string {
    return allIn(this.config.REDIS_PREFIX);
  }

  private readonly keyOf = (id: string): string => keyIn(this.config.REDIS_PREFIX, id);
}

const allIn = (prefix: string): string => `{${prefix}}:workers`;
const keyIn = (prefix: string, id: string): string => `{${prefix}}:worker:${id}`;

/**
 * Reads which workers are alive, and which are only remembered.
 * @throws when Redis does not answer
 */
export async function workersIn(redis: Redis, prefix: string): Promise<{ alive: Seen[]; gone: string[] }> {
  const ids = await redis.smembers(allIn(prefix));
  const asked = redis.pipeline();
  for (const id of ids) asked.get(keyIn(prefix, id)).pttl(keyIn(prefix, id));
  const answers = ((await asked.exec()) ?? []).map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
  const gone = ids.filter((_, at) => typeof answers[2 * at] !== 'string');
  const alive = ids.flatMap((_, at) => {
    const [about, leftMs] = [answers[2 * at], Number(answers[2 * at + 1])];
    if (typeof about !== 'string') return [];
    return [{ ...(JSON.parse(about) as Omit<Seen, 'agoMs'>), agoMs: Math.max(0, ALIVE_MS - leftMs) }];
  });
  return { alive, gone };
}

const nothing = (): undefined => undefined;
