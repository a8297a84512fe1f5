// The product beside a plain engine (plain-engine.mjs) on the same stores, in turns: messages a second on
// BENCH_LINES (20) lines without gaps, commands to MongoDB and processor time of worker and store for each
// message; commands a message on one line alone; and what the product costs while nothing is to be done. The
// provider answers at once, in the process. BENCH_ROUNDS (3), BENCH_SENDS (1,000), BENCH_IDLE_SECONDS (60).
// With BENCH_RESULTS=yes the figures are written to bench/results as well.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { enrolled, NOW, sendingProduct } from './campaigns.mjs';
import { cpuSeconds, figure, median, start, STORE } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SENDS = Number(process.env.BENCH_SENDS ?? 1_000);
const LINES = Number(process.env.BENCH_LINES ?? 20);
const IDLE_SECONDS = Number(process.env.BENCH_IDLE_SECONDS ?? 60);

const rounded = (number, digits = 2) => +number.toFixed(digits);
const figures = [];
const say = (fields) => {
  const one = { ...fields, load: rounded(loadavg()[0], 1) };
  figures.push(one);
  figure(one);
};

/** Sends a campaign on the lines that there are. @returns what it took */
async function sending(bench, name, leads) {
  const listId = await bench.list(name, leads);
  const id = await bench.campaign(listId, [{ template: 'Hi {firstName|there}', wait: NOW }], { channel: 'instant' });
  await bench.call('POST', `/campaigns/${id}/launch`);
  await bench.call('POST', `/campaigns/${id}/pause`);
  await enrolled(bench, id);
  const counts = async () => (await bench.call('GET', `/campaigns/${id}`)).messageCounts;
  await bench.until(async () => (await counts()).scheduled === 0);
  const early = await counts();
  const before = await bench.taken();
  await bench.commands();
  const pids = [bench.pid, ...bench.pids];
  const spent = cpuSeconds(pids);
  const from = performance.now();
  await bench.call('POST', `/campaigns/${id}/resume`);
  // The API's own questions are none of the engine's: it is asked once all have been handed over.
  await bench.until(async () => (await bench.taken()) >= before + early.queued);
  await bench.until(async () => {
    const { queued, pending = 0, sending: underway = 0 } = await counts();
    return queued + pending + underway === 0;
  }, 100);
  const seconds = (performance.now() - from) / 1_000;
  const sent = early.queued;
  const { claims: _, ...commands } = await bench.commands();
  const all = Object.values(commands).reduce((sum, n) => sum + n, 0);
  return { rate: sent / seconds, cpu: ((cpuSeconds(pids) - spent) / sent) * 1_000, commands: all / sent };
}

/** The plain engine sends as many. */
async function plain(bench, count) {
  const [mongo] = bench.pids;
  const spent = mongo ? cpuSeconds([mongo]) : 0;
  const engine = await start('bench/plain-engine.mjs', [String(count)], bench.env, /seconds (\S+) cpu (\S+) commands (\S+)/);
  const [seconds, cpu, commands] = engine.match.slice(1).map(Number);
  // The store's part holds the seeding too: it is not in the worker's.
  const store = mongo ? cpuSeconds([mongo]) - spent : 0;
  await engine.stop();
  return { rate: count / seconds, cpu: ((cpu + store) / count) * 1_000, commands: commands / count };
}

const bench = await sendingProduct({ BENCH_CHANNEL: 'instant', TICK_MS: '1000' });
await bench.lines(1, undefined, 'instant');
const alone = await sending(bench, 'Alone', Math.min(SENDS, 200));
say({ name: 'peers, commands a message on one line alone', commands: rounded(alone.commands, 1), goal: '<= 12' });
await bench.lines(LINES - 1, undefined, 'instant');
await sending(bench, 'Warm', Math.min(SENDS, 500));
const [ours, theirs] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  ours.push(await sending(bench, `Round ${round}`, SENDS));
  theirs.push(await plain(bench, SENDS));
}
const of = (rows, field) => median(rows.map((row) => row[field]));
say({
  name: 'peers, sending',
  lines: LINES,
  messages: SENDS,
  rounds: ROUNDS,
  messagesASecond: Math.round(of(ours, 'rate')),
  plain: Math.round(of(theirs, 'rate')),
  ratio: rounded(median(ours.map(({ rate }, round) => rate / theirs[round].rate))),
  goal: '>= 0.8',
  commands: rounded(of(ours, 'commands'), 1),
  plainCommands: rounded(of(theirs, 'commands'), 1),
  commandsGoal: '<= 3',
  cpuSecondsFor1000: rounded(of(ours, 'cpu'), 1),
  plainCpuSecondsFor1000: rounded(of(theirs, 'cpu'), 1),
  cpuGoal: '<= 5',
});

// Nothing is to be done any more.
await new Promise((done) => setTimeout(done, 5_000));
await bench.commands();
const pids = [bench.pid, ...bench.pids];
const before = cpuSeconds(pids);
await new Promise((done) => setTimeout(done, IDLE_SECONDS * 1_000));
const { claims: _, ...commands } = await bench.commands();
say({
  name: 'peers, idle',
  seconds: IDLE_SECONDS,
  percentOfACore: rounded(((cpuSeconds(pids) - before) / IDLE_SECONDS) * 100),
  commandsASecond: rounded(Object.values(commands).reduce((sum, n) => sum + n, 0) / IDLE_SECONDS, 1),
  goal: '<= 1',
});
await bench.close();

if (process.env.BENCH_RESULTS) {
  const folder = new URL('./results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const machine = {
    processors: cpus().length,
    model: cpus()[0].model,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
  };
  const text = JSON.stringify({ at, store: STORE, machine, figures }, null, 2);
  writeFileSync(new URL(`peers-${at.slice(0, 10)}.json`, folder), `${text}\n`);
}
