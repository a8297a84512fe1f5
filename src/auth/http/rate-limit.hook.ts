import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock, TtlCache } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type Consumed, RateLimits, WINDOW_SECONDS } from '../../platform/rate-limits';
import { fingerprint } from '../../platform/secrets';
import { RateLimitExceeded } from '../domain/auth.errors';
import type { Workspace } from '../domain/workspace';

declare module 'fastify' {
  interface FastifyRequest {
    /** The buckets out of which the call is paid. */
    buckets?: Bucket[];
  }
}

interface Bucket {
  /** What its limit is called in headers. */
  name: 'key' | 'workspace';
  id: string;
  perMinute: number;
}

const ROWS_PER_COST = 100;
const MAX_COST = 20;
/** A token that was good so long ago is looked up even where its address has brought too many bad ones. */
const GOOD_FOR_MS = 10 * 60_000;

/**
 * Counts calls. A call costs 1; one with a list in its body 1 for each 100 entries that are begun, 20 at
 * most: the first of it before the body is read, the rest once it is known. Calls without a good key or
 * session are counted by address.
 */
@Injectable()
export class RateLimitHook {
  /** Addresses that have brought too many bad tokens, as far as this process knows, and until when. */
  private readonly refusedUntil = new Map<string, number>();
  private readonly goodTokens: TtlCache<true>;

  constructor(
    private readonly rateLimits: RateLimits,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.goodTokens = new TtlCache(clock, GOOD_FOR_MS);
  }

  /** Before a token is looked up. @throws RateLimitExceeded */
  admitAddress({ ip, headers }: FastifyRequest): void {
    const until = this.refusedUntil.get(ip);
    if (until === undefined) return;
    const now = this.clock.now().getTime();
    if (now >= until) {
      this.refusedUntil.delete(ip);
      return;
    }
    const token = headers.authorization;
    if (token && this.goodTokens.peek(fingerprint(token))) return;
    if (this.enforces) throw new RateLimitExceeded((until - now) / 1_000);
  }

  /** A token was refused, or there was none. */
  async countRefusal({ ip }: FastifyRequest): Promise<void> {
    const perMinute = this.config.RATE_LIMIT_PER_MINUTE;
    if (perMinute === 0) return;
    const { isAllowed, msLeft } = await this.rateLimits.consume(`address:${ip}`, perMinute, 1);
    if (isAllowed) return;
    if (this.refusedUntil.size >= MAX_ADDRESSES) this.refusedUntil.clear();
    this.refusedUntil.set(ip, this.clock.now().getTime() + msLeft);
  }

  /** A call by somebody who is known; its headers say how much is left. @throws RateLimitExceeded */
  async admitCaller(request: FastifyRequest, reply: FastifyReply, workspace: Workspace): Promise<void> {
    const perMinute = workspace.rateLimitPerMinute ?? this.config.RATE_LIMIT_PER_MINUTE;
    this.goodTokens.set(fingerprint(request.headers.authorization!), true, this.clock.now());
    const { principal } = request;
    const buckets: Bucket[] = [];
    if (principal?.via === 'key' && principal.rateLimitPerMinute !== null) {
      buckets.push({ name: 'key', id: principal.keyId, perMinute: principal.rateLimitPerMinute });
    }
    if (perMinute > 0) buckets.push({ name: 'workspace', id: workspace.id, perMinute });
    request.buckets = buckets;
    await this.pay(request, reply, 1);
  }

  /** What a long list in the body costs beside the call. @throws RateLimitExceeded */
  readonly preValidation = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const more = Math.min(MAX_COST, Math.ceil(longestList(request.body) / ROWS_PER_COST)) - 1;
    if (more > 0) await this.pay(request, reply, more);
  };

  private get enforces(): boolean {
    return this.config.RATE_LIMIT_MODE === 'enforce';
  }

  /** The key's own bucket comes first: what it refuses costs the workspace nothing. */
  private async pay({ buckets = [] }: FastifyRequest, reply: FastifyReply, cost: number): Promise<void> {
    const outcomes: { bucket: Bucket; consumed: Consumed }[] = [];
    for (const bucket of buckets) {
      const consumed = await this.rateLimits.consume(`${bucket.name}:${bucket.id}`, bucket.perMinute, cost);
      outcomes.push({ bucket, consumed });
      if (!consumed.isAllowed && this.enforces) break;
    }
    if (outcomes.length === 0) return;
    const said = outcomes.map(
      ({ bucket, consumed }) => `"${bucket.name}";r=${consumed.remaining};t=${Math.ceil(consumed.msLeft / 1_000)}`,
    );
    void reply.header('ratelimit', said.join(', '));
    void reply.header(
      'ratelimit-policy',
      buckets.map(({ name, perMinute }) => `"${name}";q=${perMinute};w=${WINDOW_SECONDS}`).join(', '),
    );
    const refused = outcomes.find(({ consumed }) => !consumed.isAllowed);
    if (refused && this.enforces) throw new RateLimitExceeded(refused.consumed.msLeft / 1_000);
  }
}

const MAX_ADDRESSES = 10_000;

/** How many entries the longest list has that a body begins with. */
function longestList(body: unknown): number {
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return 0;
  const lengths = Object.values(body).map((value) => (Array.isArray(value) ? value.length : 0));
  return lengths.reduce((longest, length) => Math.max(longest, length), 0);
}
