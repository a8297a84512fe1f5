import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../support/free-port';
import { startStore, type StoreProcess } from '../support/processes';

/** How a stack looks. */
const STACK = /^\s+at .+:\d+:\d+\)?$/m;
const SECRETS = ['geheim', 'anna', 'ab'.repeat(32)];

/** Somebody starts a process that cannot start: a sentence says why, and the log stays one of JSON lines. */
describe('a start that fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuco-start-'));
  let taken: Server;
  let mongo: StoreProcess;
  let redis: StoreProcess;

  beforeAll(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    writeFileSync(join(folder, 'file'), '');
    [mongo, redis] = await Promise.all([startStore('embedded-mongo', ['--data', ':memory:']), startStore('embedded-redis')]);
    expect(await run('main.js', { APP_ROLE: 'migrate', MONGODB_URI: mongo.uri })).toMatchObject({ code: 0 });
  }, 120_000);
  afterAll(async () => {
    taken.close();
    await Promise.all([mongo.stop(), redis.stop()]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const run = async (script: string, settings: Record<string, string>) => {
    const env = { PATH: process.env.PATH, ...settings };
    const child = spawn(process.execPath, [resolve('dist', 'src', script)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  };
  const serving = (more: Record<string, string>) => ({
    HOST: '127.0.0.1',
    PORT: '0',
    MONGODB_URI: mongo.uri,
    REDIS_URL: redis.uri,
    ENCRYPTION_KEY: 'ab'.repeat(32),
    LOCAL_ISSUER: 'true',
    DATA_DIR: folder,
    ...more,
  });
  const lines = (text: string) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore

  it.each([
    [
      'a port that is taken',
      () => ({ PORT: String((taken.address() as AddressInfo).port) }),
      /^It cannot listen on 127\.0\.0\.1 port \d+: something listens there already/,
    ],
    [
      'a port of operations that is taken',
      () => ({ METRICS_PORT: String((taken.address() as AddressInfo).port) }),
      /^It cannot listen on 127\.0\.0\.1 port \d+: something listens/,
    ],
    ['a host that is not known', () => ({ HOST: 'nowhere.invalid' }), /^It cannot listen on nowhere\.invalid: the name /],
    [
      'an address of another machine',
      () => ({ HOST: '192.0.2.1' }),
      /^It cannot listen on 192\.0\.2\.1( port \d+)?: this machine does not have/,
    ],
    [
      'a data folder that is a file',
      () => ({ DATA_DIR: join(folder, 'file', 'below') }),
      /^DATA_DIR=\S+ cannot be used: \S+file is a file/,
    ],
    [
      'a data folder where none can be',
      () => ({ DATA_DIR: '/proc/tuco' }),
      /^DATA_DIR=\/proc\/tuco cannot be used: nothing can be made/,
    ],
  ])('main.js, %s: a sentence, and a line of the log', async (_what, settings, words) => {
    const { code, stdout, stderr } = await run('main.js', serving(settings()));
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    const reason = { level: 60, msg: 'The process could not start', reason: stderr.trim() };
    expect(lines(stdout)).toContainEqual(expect.objectContaining(reason));
    for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
  });

  it.each(['main.js', join('local', 'start.js')])(
    '%s, a data folder in which nothing can be made: a sentence',
    async (script) => {
      const settings = {
        ...serving({ DATA_DIR: '/proc/self' }),
        ...(script !== 'main.js' && { MONGODB_URI: '', REDIS_URL: '' }),
      };
      const { code, stdout, stderr } = await run(script, settings);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^\/proc\/\S+ cannot be used: nothing can be made there\n$/)]);
      expect(stdout + stderr).not.toMatch(STACK);
    },
  );

  it('main.js without stores: JSON alone, and nothing of how one signs in there', async () => {
    const port = await freePort();
    const MONGODB_URI = `mongodb://anna:geheim@127.0.0.1:${port}/tuco?replicaSet=rs0`;
    const REDIS_URL = `redis://anna:geheim@127.0.0.1:${port}`;
    for (const [settings, words] of [
      [{ MONGODB_URI, REDIS_URL }, /^MongoDB \(MONGODB_URI\) does not answer: /],
      [
        { MONGODB_URI: `mongodb://anna:geheim@nowhere.invalid/tuco?replicaSet=rs0`, REDIS_URL },
        /^MongoDB \(MONGODB_URI\) does not answer: /,
      ],
    ] as const) {
      const { code, stdout, stderr } = await run('main.js', serving({ ...settings, STORE_TIMEOUT_MS: '1000' }));
      expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
      expect(stdout + stderr).not.toMatch(STACK);
      expect(lines(stdout)).toContainEqual(expect.objectContaining({ level: 60, reason: stderr.trim() }));
      for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
    }
    const brief = `${MONGODB_URI}&serverSelectionTimeoutMS=1000`;
    const migrating = await run('main.js', { APP_ROLE: 'migrate', MONGODB_URI: brief });
    expect([migrating.code, migrating.stderr]).toEqual([1, expect.stringMatching(/^MongoDB \(MONGODB_URI\) does not answer: /)]);
    expect(migrating.stdout + migrating.stderr).not.toMatch(STACK);
  }, 120_000);

  it.each([
    [
      'a data folder that is a file',
      () => ({ DATA_DIR: join(folder, 'file') }),
      /^DATA_DIR=\S+ cannot be used: \S+file is a file\n$/,
    ],
    [
      'a data folder where none can be',
      () => ({ DATA_DIR: '/proc/tuco' }),
      /^DATA_DIR=\/proc\/tuco cannot be used: nothing can be made there\n$/,
    ],
    [
      'a host that is not known',
      () => ({ HOST: 'nowhere.invalid', DATA_DIR: join(folder, 'a') }),
      /^Port 0 of nowhere\.invalid cannot be used: /,
    ],
    [
      'a port of operations that is taken',
      () => ({ DATA_DIR: join(folder, 'b'), METRICS_PORT: String((taken.address() as AddressInfo).port) }),
      /It cannot listen on 127\.0\.0\.1 port \d+: something listens/,
    ],
  ])('npm start, %s: a sentence', async (_what, settings, words) => {
    const { code, stdout, stderr } = await run(join('local', 'start.js'), { PORT: '0', ...settings() });
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
    expect(stdout + stderr).not.toMatch(STACK);
  });
});
