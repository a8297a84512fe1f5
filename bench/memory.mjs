// A generated file of BENCH_ROWS rows (1,000,000) streamed in by `npm start`, streamed out, and in again:
// memory of all processes at its highest against before, rows a second by tenths of the file, nobody saved
// the second time; then search and pages among so many leads.
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as fs from 'node:fs';
import { figure, freePort, importOver, KEY, median, rssAnon, start } from './support.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const FIRST = ['Ann', 'Tariq', 'Zoë', 'Marius', 'Ngọc', 'Arlo', 'Mireille', 'Maeve', 'Kenji', 'Ludo', 'Calla', 'Xenia'];
const LAST = ['Lee', 'Halentham', 'Ulverberg', 'Okafor', 'Rivera', 'Fenaard', 'Veseshaw', 'Ormendale', 'Caleovic', 'Talaard'];
const WORDS = ['Tall', 'Pines', 'Bikes', 'Copper', 'Leaf', 'Gravel', 'Road', 'Harbor', 'Violet', 'Ember', 'Sunday', 'Field'];
const pick = (words, n) => words[n % words.length];

const dataDir = mkdtempSync(join(tmpdir(), 'tuco-memory-'));
const file = join(dataDir, 'people.csv');
const out = createWriteStream(file);
out.write('Record ID,First Name,Last Name,Email,Phone Number,Company Name,Notes,City\n');
for (let n = 0; n < ROWS;) {
  let block = '';
  for (const end = Math.min(ROWS, n + 5_000); n < end; n += 1) {
    const spread = Math.imul(n, 2_654_435_761) >>> 0;
    const phone = `+1${200 + (n % 700)}${String(2_000_000 + Math.floor(n / 700)).padStart(7, '0')}`;
    const company = `"${pick(WORDS, spread)} ${pick(WORDS, spread >>> 8)}, Inc. ${spread % 5_000}"`;
    block += `${n},${pick(FIRST, spread >>> 4)},${pick(LAST, spread >>> 12)}${n % 997},person.${n}@example.com,${phone},${company},"Met at the fair.\nCall ""later""",Rome\n`;
  }
  if (!out.write(block)) await once(out, 'drain');
}
out.end();
await once(out, 'finish');

const port = await freePort();
const env = {
  DATA_DIR: join(dataDir, 'data'),
  PORT: String(port),
  BOOTSTRAP_API_KEY: KEY,
  MONGODB_URI: '',
  REDIS_URL: '',
  LOG_LEVEL: 'fatal',
};
// As `npm start` does. BENCH_V8_OPTIONS= (empty): as Node does by itself.
env.NODE_OPTIONS = process.env.BENCH_V8_OPTIONS ?? '--max-semi-space-size=4 --max-old-space-size=768';
const server = await start('dist/src/local/start.js', [], env, /Ready/);
const pids = [
  String(server.child.pid),
  ...execFileSync('pgrep', ['-P', String(server.child.pid)])
    .toString()
    .trim()
    .split('\n'),
];
const memory = () => pids.reduce((sum, pid) => sum + rssAnon(pid), 0);
const call = async (path, init = {}) => {
  const answer = await fetch(`http://127.0.0.1:${port}/api${path}`, {
    ...init,
    headers: { authorization: `Bearer ${KEY}`, ...init.headers },
  });
  return answer;
};
await pause(3_000);
const before = memory();
let highest = before;
const watching = setInterval(() => {
  const m = memory();
  if (m > highest) {
    highest = m;
    if (process.env.BENCH_DETAIL) console.error(pids.map((p) => Math.round(rssAnon(p))));
  }
}, 200);

async function importFile(path, what) {
  const body = new FormData();
  body.set('file', await openAsBlob(path), 'people.csv');
  highest = before;
  const began = performance.now();
  const started = await (await call('/leads/imports', { method: 'POST', body })).json();
  const uploaded = performance.now();
  const get = async (of) => (await call(of)).json();
  const { now, tenths } = await importOver(get, `/leads/imports/${started.importId}`);
  figure({
    name: 'memory',
    what,
    megabytes: Math.round(statSync(path).size / 1e6),
    state: now.state,
    rows: now.rows,
    saved: now.saved,
    duplicate: now.duplicate,
    invalid: now.invalid,
    uploadSeconds: +((uploaded - began) / 1_000).toFixed(1),
    seconds: +((performance.now() - uploaded) / 1_000).toFixed(1),
    rowsPerSecondByTenths: tenths,
    rssAnonMbBefore: Math.round(before),
    growthMb: Math.round(highest - before),
    goal: '<= 150 MB',
  });
}

await importFile(file, 'import');
highest = before;
const began = performance.now();
const exported = await call('/leads/export');
const back = join(dataDir, 'export.csv');
await fs.promises.writeFile(back, exported.body);
figure({
  name: 'memory',
  what: 'export',
  megabytes: Math.round(statSync(back).size / 1e6),
  seconds: +((performance.now() - began) / 1_000).toFixed(1),
  growthMb: Math.round(highest - before),
  goal: '<= 150 MB',
});
for (const path of [
  '?search=tariq',
  '?search=person.77',
  '?search=77777',
  '?search=tall%20ember',
  '?search=%2B1200',
  '?search=zzz',
  '?limit=50&cursor=',
  '?limit=50&page=200',
]) {
  const times = [];
  for (let round = 0; round < 7; round += 1) {
    const from = performance.now();
    await (await call(`/leads${path}`)).text();
    times.push(performance.now() - from);
  }
  figure({ name: 'search', among: ROWS, path, milliseconds: +median(times).toFixed(1), goal: '<= 20 ms' });
}
await importFile(file, 'the same again');
clearInterval(watching);
await server.stop();
rmSync(dataDir, { recursive: true, force: true });
