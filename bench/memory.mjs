// A generated file of BENCH_ROWS rows (1,000,000) streamed in by `npm start`, streamed out, and in again:
// memory of all processes at its highest against before, rows a second by tenths of the file, nobody saved
// the second time; then search and pages among so many leads.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as fs from 'node:fs';
import { writePeople } from './people-file.mjs';
import { figure, freePort, importOver, KEY, median, rssAnon, start } from './support.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);

const dataDir = mkdtempSync(join(tmpdir(), 'tuco-memory-'));
const file = join(dataDir, 'people.csv');
await writePeople(file, ROWS);

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
