import { Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config';
import { Gathered } from '../mongo';
import { RedisConnections } from '../queues';
import { TOKEN_BUCKET } from './token-bucket.lua';

/** All limits are so much in a minute. */
export const WINDOW_SECONDS = 60;
/** While Redis is away it is said at most this often, in milliseconds. */
const QUIET_FOR_MS = 60_000;

/** What a bucket says of a call. */
export interface Consumed {
  isAllowed: boolean;
  /** What is left after it. */
  remaining: number;
  /** Milliseconds until it is all there again, or, for a call that is not allowed, until that one is. */
  msLeft: number;
}

/** What a call is to pay. */
interface Payment {
  bucket: string;
  perMinute: number;
  cost: number;
}

interface Limiters {
  shared: RateLimiterRedis;
  own: RateLimiterMemory;
}

/**
 * Token buckets in Redis, which all processes share. While Redis is away or slow each process counts for
 * itself, in its memory: no call fails for want of Redis. Calls that come at once are paid together.
 */
@Injectable()
export class RateLimits {
  private readonly logger = new Logger(RateLimits.name);
  private readonly limiters = new Map<number, Limiters>();
  private readonly client: Redis;
  private readonly payments = new Gathered<Payment, Consumed>((payments) => this.payAll(payments));
  private quietUntil = 0;

  constructor(
    private readonly config: Config,
    connections: RedisConnections,
  ) {
    this.client = connections.makeImpatient();
  }

  /**
   * Takes `cost` out of the bucket.
   * @param bucket whose calls are counted, such as `workspace:org_1`
   * @param perMinute the size of the bucket, which fills in a minute; at least 1
   * @param cost at most all of it: more would never be allowed
   */
  consume(bucket: string, perMinute: number, cost: number): Promise<Consumed> {
    return this.payments.of({ bucket, perMinute, cost: Math.min(cost, perMinute) });
  }

  /** Buckets wait for each other, not for themselves: whoever pays out of the same one is in one group. */
  private async payAll(payments: readonly Payment[]): Promise<Consumed[]> {
    const groups = new Map<string, Payment[]>();
    for (const payment of payments) {
      const key = `${payment.perMinute} ${payment.bucket}`;
      groups.set(key, [...(groups.get(key) ?? []), payment]);
    }
    const answers = new Map<Payment, Consumed>();
    await Promise.all([...groups.values()].map((group) => this.payTogether(group, answers)));
    return payments.map((payment) => answers.get(payment)!);
  }

  /** All at once where the bucket has enough for all; else one after the other, so that it is emptied. */
  private async payTogether(group: readonly Payment[], answers: Map<Payment, Consumed>): Promise<void> {
    const [{ bucket, perMinute }] = group as [Payment];
    const cost = group.reduce((sum, payment) => sum + payment.cost, 0);
    let where: keyof Limiters = 'shared';
    if (group.length > 1 && cost <= perMinute) {
      const together = await this.take({ bucket, perMinute, cost }, where);
      if (together?.isAllowed) return share(together, group, answers);
      if (!together) where = 'own';
    }
    for (const payment of group) {
      let paid = await this.take(payment, where);
      // Nobody waits for Redis twice.
      if (!paid && where === 'shared') paid = await this.take(payment, (where = 'own'));
      answers.set(payment, paid ?? allOf(payment));
    }
  }

  /** @returns `null` where it could not be counted */
  private async take({ bucket, perMinute, cost }: Payment, where: keyof Limiters): Promise<Consumed | null> {
    const outcome = await this.limitersOf(perMinute)
      [where].consume(bucket, cost)
      .catch((refusal: unknown) => {
        if (refusal instanceof RateLimiterRes) return refusal;
        this.complain(refusal as Error);
        return null;
      });
    if (!outcome) return null;
    const { consumedPoints, msBeforeNext } = outcome;
    const isAllowed = consumedPoints <= perMinute;
    return { isAllowed, remaining: isAllowed ? perMinute - consumedPoints : 0, msLeft: Math.max(0, msBeforeNext) };
  }

  private limitersOf(points: number): Limiters {
    const known = this.limiters.get(points);
    if (known) return known;
    const limits = { points, duration: WINDOW_SECONDS, keyPrefix: `{${this.config.REDIS_PREFIX}}:rate` };
    const shared = new RateLimiterRedis({
      ...limits,
      storeClient: this.client,
      customIncrTtlLuaScript: TOKEN_BUCKET,
      rejectIfRedisNotReady: true,
    });
    const limiters = { shared, own: new RateLimiterMemory(limits) };
    this.limiters.set(points, limiters);
    return limiters;
  }

  private complain(error: Error): void {
    const now = Date.now();
    if (now < this.quietUntil) return;
    this.quietUntil = now + QUIET_FOR_MS;
    this.logger.warn({ err: error }, 'Redis cannot count calls: each process counts for itself');
  }
}

/** What each of those hears who paid together: as if they had paid in turn. */
function share(together: Consumed, group: readonly Payment[], answers: Map<Payment, Consumed>): void {
  let later = group.reduce((sum, { cost }) => sum + cost, 0);
  for (const payment of group) {
    later -= payment.cost;
    answers.set(payment, { ...together, remaining: together.remaining + later });
  }
}

/** For when neither Redis nor memory can say. */
const allOf = ({ perMinute, cost }: Payment): Consumed => ({
  isAllowed: true,
  remaining: perMinute - cost,
  msLeft: WINDOW_SECONDS * 1_000,
});
