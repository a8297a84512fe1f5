import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type Redis from 'ioredis';
import type { Connection } from 'mongoose';
import { Config } from '../config';
import { RedisConnections } from '../queues';
import { WrittenCollections } from './written-collections';

/** What was written within this time is said together, in milliseconds. */
const SAID_AFTER_MS = 50;
/** What could not be said is said again, in milliseconds. */
const SAID_AGAIN_AFTER_MS = 1_000;
/** Of a tick's time, how long the stamps that one of them has read are good for the others. */
const SHARED_FOR = 0.25;

/**
 * Says whether anybody, in whatever process, has changed something in a collection since: each process counts
 * its committed writes in Redis, and whoever waits for work looks there instead of asking MongoDB (ADR 29).
 * It is a hint: a process that dies between its write and the count says nothing.
 */
@Injectable()
export class Activity implements OnModuleInit, OnApplicationShutdown {
  private readonly redis: Redis;
  private readonly key: string;
  private readonly unsaid = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private read: { at: number; counts: Promise<Record<string, string> | null> } | null = null;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    connections: RedisConnections,
    private readonly config: Config,
  ) {
    this.redis = connections.makeImpatient();
    this.key = `{${config.REDIS_PREFIX}}:activity`;
  }

  onModuleInit(): void {
    new WrittenCollections((collection) => this.mark(collection)).watch(this.connection.getClient());
  }

  onApplicationShutdown(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  /**
   * A text that is another one once something was changed in one of the collections.
   * @returns `null` when that cannot be known now
   */
  async stampOf(collections: readonly string[]): Promise<string | null> {
    const counts = await this.counts();
    // What this process has not said yet is as new as what it has.
    return counts && collections.map((name) => `${counts[name] ?? '-'}+${this.unsaid.get(name) ?? 0}`).join(' ');
  }

  private counts(): Promise<Record<string, string> | null> {
    const now = performance.now();
    if (!this.read || now - this.read.at > this.config.TICK_MS * SHARED_FOR) {
      this.read = { at: now, counts: this.redis.hgetall(this.key).catch(() => null) };
    }
    return this.read.counts;
  }

  private mark(collection: string): void {
    this.unsaid.set(collection, (this.unsaid.get(collection) ?? 0) + 1);
    this.timer ??= setTimeout(() => void this.say(), SAID_AFTER_MS).unref();
  }

  private async say(): Promise<void> {
    const said = [...this.unsaid];
    try {
      const pipeline = this.redis.pipeline();
      for (const [collection, writes] of said) pipeline.hincrby(this.key, collection, writes);
      const answers = (await pipeline.exec()) ?? [];
      if (answers.some(([error]) => error)) throw new Error('A count was not taken');
      for (const [collection, writes] of said) this.forget(collection, writes);
      this.timer = this.unsaid.size > 0 ? setTimeout(() => void this.say(), SAID_AFTER_MS).unref() : null;
    } catch {
      // Counted twice is no harm.
      this.timer = setTimeout(() => void this.say(), SAID_AGAIN_AFTER_MS).unref();
    }
  }

  private forget(collection: string, writes: number): void {
    const rest = this.unsaid.get(collection)! - writes;
    if (rest > 0) this.unsaid.set(collection, rest);
    else this.unsaid.delete(collection);
  }
}
