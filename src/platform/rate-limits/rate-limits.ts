import { Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config';
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

/**
 * Token buckets in Redis, which all processes share. While Redis is away or slow each process counts for
 * itself, in its memory: no call fails for want of Redis.
 */
@Injectable()
export class RateLimits {
  private readonly logger = new Logger(RateLimits.name);
  private readonly limiters = new Map<number, RateLimiterRedis>();
  private readonly client: Redis;
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
  async consume(bucket: string, perMinute: number, cost: number): Promise<Consumed> {
    const limiter = this.limiterOf(perMinute);
    const asked = Math.min(cost, perMinute);
    const outcome = await limiter.consume(bucket, asked).catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal;
      this.complain(refusal as Error);
      return null;
    });
    // Neither Redis nor memory could say.
    if (!outcome) return { isAllowed: true, remaining: perMinute - asked, msLeft: WINDOW_SECONDS * 1_000 };
    const { consumedPoints, msBeforeNext } = outcome;
    const isAllowed = consumedPoints <= perMinute;
    return { isAllowed, remaining: isAllowed ? perMinute - consumedPoints : 0, msLeft: Math.max(0, msBeforeNext) };
  }

  private limiterOf(points: number): RateLimiterRedis {
    const known = this.limiters.get(points);
    if (known) return known;
    const limits = { points, duration: WINDOW_SECONDS, keyPrefix: `{${this.config.REDIS_PREFIX}}:rate` };
    const limiter = new RateLimiterRedis({
      ...limits,
      storeClient: this.client,
      customIncrTtlLuaScript: TOKEN_BUCKET,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(limits),
    });
    this.limiters.set(points, limiter);
    return limiter;
  }

  private complain(error: Error): void {
    const now = Date.now();
    if (now < this.quietUntil) return;
    this.quietUntil = now + QUIET_FOR_MS;
    this.logger.warn({ err: error }, 'Calls could not be counted');
  }
}
