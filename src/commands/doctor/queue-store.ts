import type Redis from 'ioredis';
import { workersIn } from '../../platform/workers';
import type { Finding } from './finding';

const POLICY = 'maxmemory-policy';

/** Does Redis keep what it is given, and is anybody there who works? */
export async function examineRedis(redis: Redis, prefix: string): Promise<Finding[]> {
  const [policy, { alive }] = await Promise.all([policyOf(redis), workersIn(redis, prefix)]);
  const findings: Finding[] = [];
  if (policy !== null && policy !== 'noeviction') {
    findings.push({
      problem: `Redis throws keys away when its memory is full (${POLICY} is ${policy}): jobs and limits are lost`,
      cure: `Set ${POLICY} to noeviction in its configuration, and now: redis-cli CONFIG SET ${POLICY} noeviction`,
    });
  }
  if (alive.length === 0) {
    findings.push({
      problem: 'No worker is alive: nothing is sent, imported or checked',
      cure: 'Start a process with APP_ROLE=worker (or all) on the same MONGODB_URI, REDIS_URL and REDIS_PREFIX; its log says why it ended',
    });
  }
  return findings;
}

/** Hosted ones refuse CONFIG; most say it under INFO. @returns null where neither does */
async function policyOf(redis: Redis): Promise<string | null> {
  const asked = await redis.config('GET', POLICY).catch(() => null);
  if (Array.isArray(asked) && typeof asked[1] === 'string') return asked[1];
  const info = await redis.info('memory').catch(() => '');
  return /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? null;
}
