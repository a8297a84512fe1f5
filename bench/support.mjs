// What the benchmarks share: stores and the product in processes of their own, on free ports, and figures as
// JSON lines.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool, request } from 'undici';

const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
export const KEY = `tuco_sk_${'b'.repeat(43)}`;
export const STORE = process.env.MONGODB_URI ? 'the MongoDB of MONGODB_URI' : 'embedded MongoDB';

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
export const figure = (fields) => console.log(JSON.stringify({ store: STORE, ...fields }));

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** BENCH_PROFILE names a folder that takes a CPU profile of every process that a benchmark starts. */
const PROFILING = process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];

/** Starts a script of dist or bench and waits for its line with `pattern`. */
export async function start(script, args, env, pattern) {
  const child = spawn(process.execPath, [...PROFILING, join(ROOT, script), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    cwd: ROOT,
  });
  let said = '';
  const match = await new Promise((done, fail) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = pattern.exec(said);
      if (found) done(found);
    });
    child.once('exit', (code) => fail(new Error(`${script} ended with ${code}: ${said}`)));
  });
  return {
    child,
    match,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Settings of the product that is measured, on these stores. */
export const settingsFor = ({ mongo, redis, dataDir }) => ({
  MONGODB_URI: mongo,
  REDIS_URL: redis,
  LOCAL_ISSUER: 'true',
  RATE_LIMIT_PER_MINUTE: '10000000',
  ALLOW_PRIVATE_TARGETS: 'true',
  ENCRYPTION_KEY: '0'.repeat(64),
  DATA_DIR: dataDir,
  LOG_LEVEL: 'fatal',
});

/** MongoDB and Redis: those of the environment, or embedded ones on disk. */
export async function stores() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuco-bench-'));
  const running = [];
  const serve = async (name, args) => {
    const store = await start(`libs/${name}/dist/main.js`, args, {}, /ready (\S+)/);
    running.push(store);
    return store.match[1];
  };
  const mongo = process.env.MONGODB_URI ?? (await serve('embedded-mongo', ['--data', join(dataDir, 'mongo')]));
  const redis = process.env.REDIS_URL ?? (await serve('embedded-redis', []));
  const uri = new URL(mongo);
  uri.pathname = `/bench${Date.now()}`;
  return {
    dataDir,
    mongo: uri.toString(),
    /** Of the embedded stores. */
    pids: running.map(({ child }) => child.pid),
    env: { ...settingsFor({ mongo: uri.toString(), redis, dataDir }), APP_ROLE: 'all' },
    stop: async () => {
      for (const store of running) await store.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The product, with a session's token. */
export async function product(env, chosen) {
  const port = chosen ?? (await freePort());
  const server = await start('bench/product.mjs', [], { ...env, PORT: String(port) }, /listening (\S+)/);
  return {
    url: `http://127.0.0.1:${port}`,
    token: server.match[1],
    stop: server.stop,
    pid: server.child.pid,
    child: server.child,
  };
}

/** Calls the API of the product. @throws Error when it refuses */
export async function callApi({ url, token }, { method, path, body }) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await request(`${url}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  const json = await answer.body.json();
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${JSON.stringify(json)}`);
  return json;
}

/** Sends requests over `connections` connections for `milliseconds`. @returns requests a second */
export async function load(url, { connections, milliseconds, path, headers, body, method = 'POST' }) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const ends = Date.now() + milliseconds;
  let done = 0;
  const one = async () => {
    while (Date.now() < ends) {
      const answer = await pool.request({ method, path, headers, body: body?.() });
      await answer.body.dump();
      if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}`);
      done += 1;
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - from) / 1000;
  await pool.close();
  return done / seconds;
}

/** Asks `path` until the import there is over, and notes its speed by tenths of the file. */
export async function importOver(get, path) {
  const tenths = [];
  let last = { percent: 0, rows: 0, at: performance.now() };
  for (;;) {
    const now = await get(path);
    if (now.percent - last.percent >= 10 || now.finishedAt) {
      const at = performance.now();
      if (now.rows > last.rows) tenths.push(Math.round(((now.rows - last.rows) / (at - last.at)) * 1_000));
      last = { percent: now.percent, rows: now.rows, at };
      if (process.env.BENCH_DETAIL) console.error(now.percent, tenths.at(-1));
    }
    if (now.finishedAt) return { now, tenths };
    await pause(250);
  }
}

/** What the processes have used of the processors so far, in seconds. */
export const cpuSeconds = (pids) =>
  pids
    .flatMap((pid) =>
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
        .slice(11, 13),
    )
    .reduce((sum, ticks) => sum + Number(ticks) / 100, 0);

/** RssAnon of a process, in megabytes. */
export const rssAnon = (pid) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** Shorter stretches say more of how long a hand-over took to begin than of the rate, in milliseconds. */
const STRETCH_MS = 10_000;

/** By how much more than burst and time allow was sent in any stretch of a line's time, in parts of what was allowed. */
export function overPace(times, { perSecond, burst }) {
  let over = 0;
  for (let from = 0; from < times.length; from += 1) {
    for (let to = from; to < times.length; to += 1) {
      if (times[to] - times[from] < STRETCH_MS) continue;
      const allowed = burst + ((times[to] - times[from]) / 1_000) * perSecond;
      over = Math.max(over, (to - from + 1 - allowed) / allowed);
    }
  }
  return over;
}
