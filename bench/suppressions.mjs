// A list of BENCH_ROWS people (1,000,000) who must not be written to, imported, exported and imported again:
// rows a second by tenths of the file beside insertMany of the same documents, memory of all processes at its
// highest against before, and what the gate's read costs among so many against among none.
import { createWriteStream, openAsBlob, statSync } from 'node:fs';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { figure, importOver, median, product, rssAnon, stores } from './support.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
/** Documents of the baseline, in batches as large as a chunk of an import. */
const BASELINE_ROWS = Math.min(ROWS, 100_000);
const BATCH_SIZE = 1_000;
const LOOKS = 500;

// As `npm start` does. BENCH_V8_OPTIONS= (empty): as Node does by itself.
process.env.NODE_OPTIONS = process.env.BENCH_V8_OPTIONS ?? '--max-semi-space-size=4 --max-old-space-size=768';
const running = await stores();
const server = await product(running.env);
const client = await new MongoClient(running.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
const suppressions = client.db().collection('suppressions');
const jobs = client.db().collection('backgroundJobs');
const call = (path, init = {}) =>
  fetch(`${server.url}/api${path}`, { ...init, headers: { authorization: `Bearer ${server.token}`, ...init.headers } });
const get = async (path) => (await call(path)).json();
const seconds = (from) => +((performance.now() - from) / 1_000).toFixed(1);

const phoneOf = (n) => `+1${200 + (n % 700)}${String(2_000_000 + Math.floor(n / 700)).padStart(7, '0')}`;
const emailOf = (n) => `person.${n}@example.com`;
const addressOf = (n) => (n % 2 === 0 ? phoneOf(n) : emailOf(n));
const file = join(running.dataDir, 'list.csv');
const out = createWriteStream(file);
out.write('Contact,Reason,Unsubscribed at,Notes\n');
for (let n = 0; n < ROWS;) {
  let block = '';
  for (const end = Math.min(ROWS, n + 5_000); n < end; n += 1) {
    block += `${addressOf(n)},${n % 3 === 0 ? 'Opted out' : 'unsubscribed'},2024-05-01 10:20:30,"Said so.\nAt the fair, ""loudly"""\n`;
  }
  if (!out.write(block)) await once(out, 'drain');
}
out.end();
await once(out, 'finish');

const pids = [server.pid, ...running.pids];
const memory = () => pids.reduce((sum, pid) => sum + rssAnon(pid), 0);
await pause(3_000);
const before = memory();
let highest = before;
const watching = setInterval(() => (highest = Math.max(highest, memory())), 200);

/** What the gate asks of one person with a phone and an e-mail address, half of whom are listed. */
async function gate(among) {
  const question = (n) => ({ workspaceId: 'org_bench', key: { $in: [phoneOf(n), emailOf(n), '@example.com'] } });
  const times = [];
  let found = 0;
  for (let look = 0; look < LOOKS; look += 1) {
    const n = Math.floor((look / LOOKS) * ROWS);
    const from = performance.now();
    found += (await suppressions.find(question(n)).toArray()).length;
    times.push(performance.now() - from);
  }
  const explained = await suppressions.find(question(1)).explain('executionStats');
  const { totalKeysExamined, totalDocsExamined } = explained.executionStats;
  const plan = JSON.stringify(explained.queryPlanner.winningPlan);
  figure({
    name: 'suppressions',
    what: "the gate's read",
    among,
    milliseconds: +median(times).toFixed(2),
    found,
    stages: [...new Set([...plan.matchAll(/"stage":"(\w+)"/g)].map(([, stage]) => stage))],
    index: /"indexName":"([^"]+)"/.exec(plan)?.[1],
    totalKeysExamined,
    totalDocsExamined,
    goal: 'one read, by the index, as fast as among none',
  });
}

async function importFile(path, what) {
  const body = new FormData();
  body.set('file', await openAsBlob(path), 'list.csv');
  highest = before;
  const began = performance.now();
  const started = await (await call('/suppressions/imports', { method: 'POST', body })).json();
  const uploadSeconds = seconds(began);
  const uploaded = performance.now();
  const { now, tenths } = await importOver(get, `/suppressions/imports/${started.importId}`);
  const took = performance.now() - uploaded;
  // Until whoever has messages for the people has been told about each of them.
  while ((await jobs.countDocuments({ finishedAt: null })) > 0) await pause(100);
  const { state, rows, saved, existing, invalid } = now;
  figure({
    name: 'suppressions',
    what,
    megabytes: Math.round(statSync(path).size / 1e6),
    ...{ state, rows, saved, existing, invalid },
    uploadSeconds,
    seconds: +(took / 1_000).toFixed(1),
    toldSeconds: seconds(uploaded),
    rowsPerSecond: Math.round((rows / took) * 1_000),
    rowsPerSecondByTenths: tenths,
    rssAnonMbBefore: Math.round(before),
    growthMb: Math.round(highest - before),
    goal: '<= 150 MB',
  });
  return (rows / took) * 1_000;
}

await suppressions.insertOne({ workspaceId: 'org_other', key: '@example.com', channel: 'all', reason: 'manual' });
await gate(0);
const rate = await importFile(file, 'import');
await gate(ROWS);

const documents = await suppressions.find({ workspaceId: 'org_bench' }, { limit: BASELINE_ROWS }).toArray();
const copy = client.db().collection('copy');
const indexes = await suppressions.listIndexes().toArray();
await copy.createIndexes(indexes.filter(({ name }) => name !== '_id_').map(({ v: _, ...index }) => index));
const inserting = performance.now();
for (let from = 0; from < documents.length; from += BATCH_SIZE) await copy.insertMany(documents.slice(from, from + BATCH_SIZE));
const baseline = (documents.length / (performance.now() - inserting)) * 1_000;
await copy.drop();
figure({
  name: 'suppressions',
  what: 'import beside insertMany',
  rowsPerSecond: Math.round(rate),
  baseline: Math.round(baseline),
  ratio: +(baseline / rate).toFixed(2),
});

highest = before;
const began = performance.now();
const back = join(running.dataDir, 'export.csv');
await writeFile(back, (await call('/suppressions/export')).body);
figure({
  name: 'suppressions',
  what: 'export',
  megabytes: Math.round(statSync(back).size / 1e6),
  seconds: seconds(began),
  growthMb: Math.round(highest - before),
  goal: '<= 150 MB',
});
await importFile(back, 'its export, in again');
clearInterval(watching);
await client.close();
await server.stop();
await running.stop();
