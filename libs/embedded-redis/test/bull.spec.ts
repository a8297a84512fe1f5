import Queue from 'bull';
import { Redis, type RedisOptions } from 'ioredis';
import { removeCompiled, type ServerProcess, startServerProcess } from './server-process';

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('Bull on the embedded Redis', () => {
  let redis: ServerProcess;
  let queues: Queue.Queue[];
  let clients: Redis[];

  /** A queue with connections of its own, as a process of its own would have. */
  const queueOf = (name: string, settings: Queue.AdvancedSettings = {}): Queue.Queue => {
    const createClient = (_type: string, options?: RedisOptions): Redis => {
      const client = new Redis(redis.uri, {
        ...options,
        maxRetriesPerRequest: null,
        enableReadyCheck: false,
        retryStrategy: () => 50,
        disconnectTimeout: 50,
      });
      clients.push(client);
      return client;
    };
    const queue = new Queue(name, { createClient, settings });
    queue.on('error', () => undefined);
    queues.push(queue);
    return queue;
  };

  beforeEach(async () => {
    queues = [];
    clients = [];
    redis = await startServerProcess();
  });

  afterEach(async () => {
    await Promise.all(queues.map((queue) => queue.close(true)));
    for (const client of clients) client.disconnect();
    await redis.stop('SIGKILL');
  });

  afterAll(removeCompiled);

  it('runs each job once with two workers and keeps none that is complete', async () => {
    const runs: number[] = [];
    const [one, two] = [queueOf('jobs'), queueOf('jobs')];
    const by = new Set<string>();
    void one.process(2, async (job) => void (runs.push(job.data.n), by.add('one')));
    void two.process(2, async (job) => void (runs.push(job.data.n), by.add('two')));
    const adding = queueOf('jobs');
    for (let n = 0; n < 100; n++) await adding.add({ n }, { removeOnComplete: true });
    await until(async () => runs.length >= 100 && (await adding.getActiveCount()) === 0);
    expect(runs.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect([...by].sort()).toEqual(['one', 'two']);
    expect(await adding.getJobCounts()).toMatchObject({ waiting: 0, active: 0, completed: 0, failed: 0, delayed: 0 });
  });

  it('holds a delayed job back and ignores a second one of the same id', async () => {
    const queue = queueOf('later');
    const due = Date.now() + 300;
    await queue.add({ n: 1 }, { jobId: 'same', delay: 300 });
    await queue.add({ n: 2 }, { jobId: 'same', delay: 0 });
    expect(await queue.getDelayedCount()).toBe(1);
    const ran: { n: number; at: number }[] = [];
    void queue.process(async (job) => void ran.push({ n: job.data.n, at: Date.now() }));
    await until(() => ran.length > 0);
    expect(ran[0]!.n).toBe(1);
    expect(ran[0]!.at).toBeGreaterThanOrEqual(due);
  });

  it('gives a job of a worker that fell silent to another', async () => {
    const settings = { lockDuration: 400, lockRenewTime: 100_000, stalledInterval: 200, maxStalledCount: 5 };
    const silent = queueOf('stalled', settings);
    let release: () => void = () => undefined;
    let taken = false;
    void silent.process(() => {
      taken = true;
      return new Promise<void>((resolve) => (release = resolve));
    });
    await silent.add({ n: 1 });
    await until(() => taken);
    const other = queueOf('stalled', settings);
    const ran: number[] = [];
    void other.process(async (job) => void ran.push(job.data.n));
    await until(() => ran.length > 0);
    expect(ran).toEqual([1]);
    release();
  });

  it('fails, retries and keeps the failed', async () => {
    const queue = queueOf('failing');
    let tries = 0;
    void queue.process(() => {
      tries++;
      return Promise.reject(new Error('no luck'));
    });
    const job = await queue.add({}, { attempts: 3, backoff: 10 });
    await until(async () => (await queue.getFailedCount()) === 1);
    expect(tries).toBe(3);
    expect((await queue.getJob(job.id))!.failedReason).toBe('no luck');
  });

  it('goes on after FLUSHALL', async () => {
    const queue = queueOf('flushed');
    const ran: number[] = [];
    void queue.process(async (job) => void ran.push(job.data.n));
    await queue.add({ n: 1 });
    await until(() => ran.length === 1);
    await queue.add({ n: 2 }, { delay: 60_000 });
    await queue.client.flushall();
    expect(await queue.getDelayedCount()).toBe(0);
    await queue.add({ n: 3 });
    await until(() => ran.length === 2);
    expect(ran).toEqual([1, 3]);
  });

  it('goes on after the server was stopped and started again on its port', async () => {
    const queue = queueOf('again');
    const ran: number[] = [];
    void queue.process(async (job) => void ran.push(job.data.n));
    await queue.add({ n: 1 });
    await until(() => ran.length === 1);
    await redis.stop();
    redis = await startServerProcess(redis.port);
    await queue.add({ n: 2 });
    await until(() => ran.length === 2);
    await queue.add({ n: 3 }, { delay: 50 });
    await until(() => ran.length === 3);
    expect(ran).toEqual([1, 2, 3]);
  });
});
