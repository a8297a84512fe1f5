import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { type EmbeddedRedis, startEmbeddedRedis } from './index';

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('startEmbeddedRedis', () => {
  let redis: EmbeddedRedis;
  const clients: Redis[] = [];
  const client = (): Redis => {
    const made = new Redis(redis.uri, { retryStrategy: () => null, disconnectTimeout: 50 });
    made.on('error', () => undefined);
    clients.push(made);
    return made;
  };

  beforeEach(async () => {
    redis = await startEmbeddedRedis();
  });
  afterEach(async () => {
    for (const each of clients.splice(0)) each.disconnect();
    await redis.stop();
  });

  it('says where it is and answers there', async () => {
    expect(redis.port).toBeGreaterThan(0);
    expect(redis.uri).toBe(`redis://127.0.0.1:${redis.port}`);
    expect(await client().ping()).toBe('PONG');
  });

  it('refuses a port that is taken', async () => {
    await expect(startEmbeddedRedis({ port: redis.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('waits with brpoplpush and gets the oldest', async () => {
    const [waiting, pushing] = [client(), client()];
    const got = waiting.brpoplpush('from', 'to', 10);
    await pushing.lpush('from', 'first', 'second');
    expect(await got).toBe('first');
    expect(await pushing.lrange('from', 0, -1)).toEqual(['second']);
    expect(await pushing.lrange('to', 0, -1)).toEqual(['first']);
  });

  it('gives null when nothing came in time', async () => {
    expect(await client().brpoplpush('nothing', 'to', '0.05')).toBeNull();
  });

  it('takes brpoplpush with its three arguments and no others, in a transaction without waiting', async () => {
    const redis = client();
    await expect(redis.call('BRPOPLPUSH', 'from', 'to')).rejects.toThrow("wrong number of arguments for 'brpoplpush' command");
    await expect(redis.call('BRPOPLPUSH', 'from', 'to', '0', 'more')).rejects.toThrow('wrong number of arguments');
    await expect(redis.call('BRPOPLPUSH', 'from', 'to', 'soon')).rejects.toThrow('timeout is not a float');
    expect(await redis.multi().brpoplpush('from', 'to', 0).exec()).toEqual([[null, null]]);
  });

  it('hands nothing to a waiting client that is gone', async () => {
    const other = client();
    const gone = connect(redis.port, '127.0.0.1');
    let answered = '';
    gone.on('data', (chunk) => (answered += chunk.toString()));
    const connected = async () =>
      String(await other.client('LIST'))
        .trim()
        .split('\n').length;
    gone.write('*1\r\n$4\r\nPING\r\n*6\r\n$6\r\nBLMOVE\r\n$4\r\nfrom\r\n$2\r\nto\r\n$5\r\nRIGHT\r\n$4\r\nLEFT\r\n$2\r\n30\r\n');
    await until(async () => answered === '+PONG\r\n' && (await connected()) === 2);
    gone.destroy();
    await until(async () => (await connected()) === 1);
    await other.lpush('from', 'job');
    await other.ping();
    expect(await other.lrange('from', 0, -1)).toEqual(['job']);
    expect(await other.llen('to')).toBe(0);
  });

  it('takes commands in small pieces and many at once', async () => {
    const socket = connect(redis.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    for (const byte of '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n*2\r\n$4\r\nINCR\r\n$1\r\na\r\n') {
      await new Promise<void>((resolve) => socket.write(byte, () => resolve()));
    }
    await until(() => answer === '+OK\r\n:2\r\n');
    socket.destroy();
    const other = client();
    const big = 'x'.repeat(3_000_000);
    const pipeline = other.pipeline();
    for (let n = 0; n < 5; n++) pipeline.set(`big${n}`, big).get(`big${n}`);
    const answers = (await pipeline.exec())!;
    expect(answers.map(([error, value]) => [error, value === big || value])).toEqual(
      Array.from({ length: 10 }, (_, n) => [null, n % 2 === 1 ? true : 'OK']),
    );
  });

  it('keeps sorted sets in order through every kind of change', async () => {
    const redis = client();
    await redis.zadd('z', 3, 'c', 1, 'b', 1, 'a', 2, 'x');
    await redis.zadd('z', 0, 'x');
    expect(await redis.zrange('z', 0, -1, 'WITHSCORES')).toEqual(['x', '0', 'a', '1', 'b', '1', 'c', '3']);
    expect(await redis.zrangebyscore('z', 1, '(3', 'LIMIT', 1, 5)).toEqual(['b']);
    expect(await redis.zrevrange('z', 0, 0)).toEqual(['c']);
    await redis.rename('z', 'renamed');
    await redis.zincrby('renamed', 5, 'a');
    expect(await redis.zrange('renamed', 0, -1)).toEqual(['x', 'b', 'c', 'a']);
    await redis.zadd('other', 10, 'x', 20, 'new');
    expect(await redis.zunionstore('other', 2, 'other', 'renamed')).toBe(5);
    expect(await redis.zrange('other', 0, -1, 'WITHSCORES')).toEqual(['b', '1', 'c', '3', 'a', '6', 'x', '10', 'new', '20']);
    expect(await redis.zrange('renamed', 0, -1)).toEqual(['x', 'b', 'c', 'a']);
    await redis.copy('renamed', 'copied');
    await redis.zrem('copied', 'x');
    expect(await redis.zremrangebyrank('renamed', 0, 1)).toBe(2);
    expect(await redis.zremrangebyscore('renamed', '-inf', 3)).toBe(1);
    expect(await redis.zrange('renamed', 0, -1)).toEqual(['a']);
    expect(await redis.zrange('copied', 0, -1)).toEqual(['b', 'c', 'a']);
    await redis.zrem('renamed', 'a');
    expect(await redis.exists('renamed')).toBe(0);
    expect(await redis.zadd('renamed', 1, 'again')).toBe(1);
    await expect(redis.lpush('copied', 'x')).rejects.toThrow('WRONGTYPE');
  });

  it('answers with collections as they were at the time', async () => {
    const redis = client();
    await redis.rpush('list', 'a', 'b');
    await redis.hset('hash', { a: '1', b: '2' });
    const answers = await redis
      .multi()
      .lrange('list', 0, -1)
      .hgetall('hash')
      .lpush('list', 'c')
      .hset('hash', 'a', '3')
      .rename('list', 'moved')
      .copy('hash', 'copied')
      .hset('copied', 'a', '4')
      .rpush('moved', 'd')
      .lrange('moved', 0, -1)
      .hget('hash', 'a')
      .exec();
    expect(answers!.map(([, answer]) => answer)).toEqual([
      ['a', 'b'],
      { a: '1', b: '2' },
      3,
      0,
      'OK',
      1,
      0,
      4,
      ['c', 'a', 'b', 'd'],
      '3',
    ]);
  });

  it('tells a watching client of a change', async () => {
    const [watching, changing] = [client(), client()];
    await watching.hset('hash', 'a', '1');
    await watching.watch('hash');
    await changing.hset('hash', 'a', '2');
    expect(await watching.multi().hset('hash', 'a', '3').exec()).toBeNull();
    expect(await watching.hget('hash', 'a')).toBe('2');
  });

  it('finds an expired key gone', async () => {
    const redis = client();
    await redis.hset('hash', 'a', '1');
    await redis.pexpire('hash', 20);
    await until(async () => (await redis.exists('hash')) === 0);
    expect(await redis.hgetall('hash')).toEqual({});
  });

  it('stops with clients connected, twice, and starts empty on the same port', async () => {
    const before = client();
    await before.set('a', '1');
    await Promise.all([redis.stop(), redis.stop()]);
    await until(() => before.status === 'end');
    redis = await startEmbeddedRedis({ port: redis.port });
    expect(await client().get('a')).toBeNull();
  });
});
