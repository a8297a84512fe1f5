// Prints one line of JSON a figure: npm run bench -w libs/embedded-redis. REDIS_URL names a real Redis to
// compare with.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import Queue from 'bull';
import { Redis, type RedisOptions } from 'ioredis';

const [COMMANDS, JOBS, DELAYED] = [20_000, 5_000, 20_000];
const AT_ONCE = 100;

const show = (what: string, value: number, unit: string): void =>
  console.log(JSON.stringify({ what, value: Math.round(value), unit, store: process.env.REDIS_URL ?? 'embedded Redis' }));

async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - from);
}

/** `count` calls, `AT_ONCE` of them under way. */
async function repeat(count: number, call: (index: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, offset) => call(from + offset)));
  }
}

async function measure(uri: string): Promise<void> {
  const clients: Redis[] = [];
  const createClient = (_type: string, options?: RedisOptions): Redis => {
    const client = new Redis(uri, { ...options, maxRetriesPerRequest: null, enableReadyCheck: false });
    clients.push(client);
    return client;
  };
  const queue = new Queue(`bench-${process.pid}`, { createClient });
  const client = createClient('client');
  show('SET', await perSecond(COMMANDS, () => repeat(COMMANDS, (index) => client.set(`bench:${index}`, 'x'))), 'a second');
  show('GET', await perSecond(COMMANDS, () => repeat(COMMANDS, (index) => client.get(`bench:${index}`))), 'a second');
  const add = (options: Queue.JobOptions) => (index: number) => queue.add({ index }, { removeOnComplete: true, ...options });
  const adding = await perSecond(DELAYED, () => repeat(DELAYED, add({ delay: 3_600_000 })));
  show(`adding ${DELAYED} delayed jobs`, adding, 'a second');
  let done = 0;
  const running = await perSecond(JOBS, async () => {
    const over = new Promise<void>((resolve) => {
      void queue.process(20, () => {
        done += 1;
        if (done === JOBS) resolve();
        return Promise.resolve();
      });
    });
    await repeat(JOBS, add({}));
    await over;
  });
  show('jobs added and run', running, 'a second');
  await queue.obliterate({ force: true });
  await queue.close();
  for (const each of clients) each.disconnect();
}

async function main(): Promise<void> {
  if (process.env.REDIS_URL) return measure(process.env.REDIS_URL);
  const child = fork(resolve(process.argv[1]!, '../../main.js'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  try {
    await measure(/^ready (\S+)/.exec(line.toString())![1]!);
  } finally {
    child.kill();
  }
}

void main();
