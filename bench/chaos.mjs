// What a fault costs while messages are due at a steady rate, whether they can be sent or not (an offered load). A cell a
// fault: a worker killed, a worker asleep for 20 s, MongoDB killed, its connections cut, its connections hanging until
// none of the pool is left, Redis killed with all its jobs, a burst of half as much again, a noisy workspace. Of each:
// what was lost, sent twice or ended unknown; how late the messages were before the fault, and from a minute
// after it; the share of the offered rate that went out in the 15 s from a minute after it (goal: at least 0.95); and
// when the last that was late because of it had gone out.
// BENCH_CHAOS_RATE (10 a second), BENCH_CHAOS_WORKERS (2), BENCH_ONLY names one cell. A cell takes two minutes.
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { chaosCluster } from './chaos-cluster.mjs';
import { figure } from './support.mjs';

const RATE = Number(process.env.BENCH_CHAOS_RATE ?? 10);
const LINES = 10;
const WORKERS = Number(process.env.BENCH_CHAOS_WORKERS ?? 2);
/** Of a cell, in seconds: before the fault; at which the window of recovery begins after it, and how long that is. */
const [BEFORE, RECOVERED_AFTER, WINDOW] = [20, 60, 15];
/** Faults last for so long at most, in seconds. */
const LONGEST = 20;
/** Of the second workspace: messages that are due at once. */
const NOISE = 1_000;
/** Messages that say how quickly the product takes them. */
const TRIED = 200;
const DRAINED_WITHIN_MS = 120_000;
const NO_LIMIT = {
  dailyNewConversationsLimit: 1_000_000,
  hourlyNewConversationsLimit: 1_000_000,
  dailyTotalMessagesLimit: 1_000_000,
};
const rounded = (number, digits = 2) => +number.toFixed(digits);
const p95 = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * 0.95)] ?? null;

const cluster = await chaosCluster(
  {
    DEVICE_GAP_SECONDS: '0',
    CONTACT_GAP_SECONDS: '0',
    SEND_EDGE_SECONDS: '0',
    PROVIDER_TIMEOUT_SECONDS: '5',
    OUTCOME_GIVE_UP_SECONDS: '30',
    CLAIM_LEASE_SECONDS: '10',
    TICK_MS: '500',
  },
  WORKERS,
);
const calls = { quiet: cluster.tenant('quiet'), noisy: cluster.tenant('noisy') };
let made = 0;
for (const name of ['quiet', 'noisy']) {
  for (let line = 0; line < LINES; line += 1) {
    made += 1;
    const bridge = { bridgeUrl: cluster.bridgeUrl(name), bridgePassword: name === 'quiet' ? 'one' : 'two' };
    await calls[name]('POST', '/lines', { ...NO_LIMIT, ...bridge, phone: `+1202555${1_000 + made}`, deviceId: `mac-${made}` });
  }
}

/** Messages of somebody each, due at these times; eight calls at once. @returns when each address is due */
async function offer(name, dueAt) {
  const due = new Map();
  const waiting = dueAt.map((at) => [`chaos.x${(made += 1)}y@example.com`, at]);
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [recipientEmail, at] = next;
      await calls[name]('POST', '/messages', { message: 'Hi', recipientEmail, scheduledDate: new Date(at).toISOString() });
      due.set(recipientEmail, at);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return due;
}

/** How many messages the product takes in a second: all of a cell's are given before the first of them is due. */
const began = performance.now();
await offer(
  'quiet',
  Array.from({ length: TRIED }, () => Date.now() + 5_000),
);
const takenASecond = (TRIED * 1_000) / (performance.now() - began);

const steady = (from, seconds, rate = RATE) =>
  Array.from({ length: Math.round(seconds * rate) }, (_, index) => Math.round(from + (index * 1_000) / rate));

const CELLS = {
  'worker-killed': { name: 'a worker killed and started again', strike: () => cluster.killWorker() },
  'worker-asleep': { name: 'a worker asleep for 20 s', strike: () => cluster.stopWorker(20_000) },
  'store-killed': { name: 'MongoDB killed and started again', strike: () => cluster.killMongo() },
  'store-cut': { name: 'connections to MongoDB cut for 5 s', strike: () => cluster.proxy.cut(5_000) },
  'pool-exhausted': { name: 'connections to MongoDB hanging for 10 s', strike: () => cluster.proxy.hang(10_000) },
  'redis-killed': { name: 'Redis killed, its jobs lost', strike: () => cluster.killRedis() },
  burst: {
    name: 'a burst of half as much again for 20 s',
    more: (at) => steady(at + 1, LONGEST, RATE / 2),
    strike: () => pause(LONGEST * 1_000),
  },
  noise: {
    name: `another workspace with ${NOISE} messages due at once`,
    noise: (at) => Array.from({ length: NOISE }, () => at),
    strike: () => pause(LONGEST * 1_000),
  },
};

/** Runs one cell, and waits until all that was offered has gone out, or for two minutes. */
async function run({ name, strike, more, noise }) {
  const seconds = BEFORE + LONGEST + RECOVERED_AFTER + WINDOW;
  const from = Date.now() + 10_000 + (1.5 * (seconds * RATE + (noise ? NOISE : 0)) * 1_000) / takenASecond;
  const strikeAt = from + BEFORE * 1_000;
  const due = await offer('quiet', [...steady(from, seconds), ...(more?.(strikeAt) ?? [])]);
  if (noise) await offer('noisy', noise(strikeAt));
  if (Date.now() > from) throw new Error('The messages were due before all of them had been given');
  await pause(strikeAt - Date.now());
  const load = rounded(loadavg()[0], 1);
  await strike();
  const over = Date.now();
  const sent = async () => (await cluster.book('quiet')).filter(({ address }) => due.has(address));
  await pause(from + seconds * 1_000 - Date.now());
  for (const giveUpAt = Date.now() + DRAINED_WITHIN_MS; Date.now() < giveUpAt; await pause(1_000)) {
    if (new Set((await sent()).map(({ address }) => address)).size === due.size) break;
  }
  const book = await sent();
  const went = new Map(book.map(({ address, at }) => [address, at]));
  const { pagination } = await calls.quiet('GET', '/messages?code=OUTCOME_UNKNOWN&limit=1');
  const late = [...went].map(([address, at]) => ({ due: due.get(address), at, ms: at - due.get(address) }));
  const before = late.filter((one) => one.due < strikeAt - 1_000).map(({ ms }) => ms);
  const usual = p95(before);
  const window = [over + RECOVERED_AFTER * 1_000, over + (RECOVERED_AFTER + WINDOW) * 1_000];
  const within = (at) => at >= window[0] && at < window[1];
  const held = late.filter((one) => one.due < window[0] && one.ms > 2 * usual + 1_000).map(({ at }) => at);
  figure({
    name: `chaos, ${name}`,
    offeredASecond: RATE,
    lines: LINES,
    workers: WORKERS,
    messages: due.size,
    lost: due.size - went.size,
    twice: book.length - went.size,
    unknownSoFar: pagination.total,
    faultSeconds: rounded((over - strikeAt) / 1_000, 1),
    p95BeforeMs: usual,
    p95AfterMs: p95(late.filter((one) => within(one.due)).map(({ ms }) => ms)),
    recovery: rounded(late.filter(({ at }) => within(at)).length / [...due.values()].filter(within).length),
    recoveryGoal: '>= 0.95',
    drainedAfterSeconds: held.length === 0 ? 0 : rounded((Math.max(...held) - over) / 1_000, 1),
    ...(noise && { p95BesideMs: p95(late.filter((one) => one.due >= strikeAt && one.due < over).map(({ ms }) => ms)) }),
    load,
  });
}

await run({ name: 'no fault', strike: () => pause(1_000) });
for (const [key, cell] of Object.entries(CELLS)) {
  if (!process.env.BENCH_ONLY || process.env.BENCH_ONLY === key) await run(cell);
}
await cluster.close();
