import { Redis, type RedisOptions } from 'ioredis';

/**
 * A client for the embedded server, for Bull's `createClient`. The server lacks BRPOPLPUSH, which Bull waits for jobs with; BLMOVE from
 * the right to the left is the same command under its newer name (Redis 6.2 deprecates the former for it).
 * @param options as for ioredis; `timeout` of the waiting command is in seconds, as in Redis
 */
export function createEmbeddedRedisClient(uri: string, options: RedisOptions = {}): Redis {
  const client = new Redis(uri, options);
  return Object.assign(client, {
    brpoplpush: (source: string, destination: string, timeout: number | string): Promise<string | null> =>
      client.blmove(source, destination, 'RIGHT', 'LEFT', timeout),
  });
}
