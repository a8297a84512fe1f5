import { Redis } from 'ioredis';
import { removeCompiled, type ServerProcess, startServerProcess } from './server-process';

describe('the embedded Redis as a process', () => {
  const started: ServerProcess[] = [];
  const start = async (port?: number): Promise<ServerProcess> => {
    const server = await startServerProcess(port);
    started.push(server);
    return server;
  };

  afterEach(() => Promise.all(started.splice(0).map((server) => server.stop('SIGKILL'))));
  afterAll(removeCompiled);

  it('runs Lua with keys, arguments and numbers, by text and by digest', async () => {
    const client = new Redis((await start()).uri);
    try {
      const script = "redis.call('zadd', KEYS[1], ARGV[1], 'a'); return redis.call('zscore', KEYS[1], 'a')";
      expect(await client.eval(script, 1, 'z', '12.5')).toBe('12.5');
      const digest = String(await client.script('LOAD', script));
      expect(await client.evalsha(digest, 1, 'z', '13')).toBe('13');
    } finally {
      client.disconnect();
    }
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s', async (signal) => {
    expect(await (await start()).stop(signal)).toBe(0);
  });

  it('ends when its parent is gone', async () => {
    const { child } = await start();
    const exited = new Promise((done) => child.once('exit', done));
    child.disconnect();
    expect(await exited).toBe(0);
  });

  it('says why it cannot start', async () => {
    const { port } = await start();
    await expect(start(port)).rejects.toThrow(/cannot start: .*EADDRINUSE/);
    await expect(start(70_000)).rejects.toThrow(/--port must be 0 to 65535, not "70000"/);
  });
});
