// What hostile input costs everybody else: for how long the event loop of the server is blocked at most,
// measured within it, by JSON of each shape from 30 KB to 20 MB, with and without a key, by CSV bombs, and by
// pages of maximal documents. Goal: at most 50 ms, 100 ms for the 20 MB of POST /leads. Then how much memory it
// has taken, and whether it died. BENCH_HOSTILE (1,000) requests, 10,000 in full; BENCH_ROUNDS (3): the smallest
// of so many maxima counts, since a busy machine only ever adds to it.
import { createRequire } from 'node:module';
import { Pool } from 'undici';
import { figure, product, rssAnon, stores } from './support.mjs';

const { SHAPES, csvBombs } = createRequire(import.meta.url)('./hostile-bodies.cjs');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const REQUESTS = Number(process.env.BENCH_HOSTILE ?? 1_000);

const running = await stores();
const server = await product({ ...running.env, BENCH_BLOCKED: 'yes', NODE_OPTIONS: '--max-old-space-size=768' });
let deaths = 0;
server.child.once('exit', () => (deaths += 1));
const pool = new Pool(server.url, { connections: 8, headersTimeout: 120_000, bodyTimeout: 120_000 });
const authorization = `Bearer ${server.token}`;
const json = { 'content-type': 'application/json' };
let most = 0;
const weigh = setInterval(() => (most = Math.max(most, rssAnon(server.pid))), 20);

const blocked = () =>
  new Promise((done) => {
    server.child.once('message', (said) => done(said.blocked));
    server.child.send('blocked');
  });
const statuses = {};
async function call(method, path, { body, headers = {}, key = true } = {}) {
  try {
    const answer = await pool.request({ method, path, body, headers: { ...json, ...(key && { authorization }), ...headers } });
    statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
    const text = await answer.body.text();
    return { status: answer.statusCode, bytes: text.length, text };
  } catch (error) {
    // A refused body's connection is closed before all of it was sent.
    if (!['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(error.code)) throw error;
    return { status: 0, bytes: 0, text: '' };
  }
}
/** The largest block while `work` runs: the smallest of some rounds. */
async function block(work) {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    await blocked();
    await work();
    least = Math.min(least, await blocked());
  }
  return Math.round(least);
}

const { text } = await call('POST', '/api/lists', { body: '{"name":"Hostile"}' });
const listId = JSON.parse(text)._id;
await call('POST', '/api/lines', {
  body: JSON.stringify({ phone: '+12025550190', deviceId: 'mac', bridgeUrl: 'http://127.0.0.1:9', bridgePassword: 'x' }),
});

const ROUTES = [
  ['POST', '/api/lists', 'name'],
  ['POST', '/api/campaigns', 'steps'],
  ['POST', '/api/messages', 'attachmentUrls'],
  ['POST', '/api/leads/check-availability', 'leadIds'],
  ['POST', '/api/suppressions', 'suppressions'],
  ['POST', '/api/check-availability-rr', 'phones'],
  ['PATCH', '/api/leads', 'leads'],
  ['DELETE', '/api/leads', 'ids'],
  ['PATCH', '/api/workspace', 'optOutWords'],
];
const LEADS = [['POST', '/api/leads', 'leads']];
const NO_KEY = [
  ['POST', '/zzz', 'a'],
  ['POST', '/health/live', 'a'],
  ['POST', '/api/leads', 'leads'],
  ['POST', '/api/inbound/bluebubbles/wrong', 'data'],
  ['POST', '/api/inbound/clerk/events', 'data'],
];
async function bodies(what, routes, bytes, goal, key = true) {
  const rows = [];
  for (const [method, path, field] of routes) {
    for (const [shape, make] of Object.entries(SHAPES)) {
      const body = Buffer.from(make(bytes, field));
      rows.push({ path, shape, ms: await block(() => call(method, path, { body, key })) });
    }
  }
  rows.sort((a, b) => b.ms - a.ms);
  const worst = rows.slice(0, 3).map(({ path, shape, ms }) => `${ms} ms: ${shape}, ${path}`);
  figure({ name: 'hostile', what, bytes, requests: rows.length * ROUNDS, largestBlockMs: rows[0].ms, worst, goal: `<= ${goal}` });
}

await bodies('warm-up', ROUTES, 3_000, 50);
await bodies('JSON with a key', ROUTES, 30_000, 50);
await bodies('JSON with a key', ROUTES, 1_000_000, 50);
await bodies('JSON with a key', [...ROUTES.slice(0, 2), ...LEADS], 5_000_000, 50);
await bodies('JSON to POST /leads', LEADS, 19_900_000, 100);
for (const bytes of [1_000_000, 19_900_000]) await bodies('JSON without a key', NO_KEY, bytes, 50, false);

for (const bytes of [100_000, 2_000_000]) {
  const rows = [];
  for (const [bomb, make] of Object.entries(csvBombs)) {
    const file = make(bytes);
    const upload = async () => {
      const body = new FormData();
      body.set('file', new Blob([file]), 'bomb.csv');
      const answer = await fetch(`${server.url}/api/leads/imports?dryRun=true`, {
        method: 'POST',
        headers: { authorization },
        body,
      });
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      await answer.text();
    };
    rows.push({ bomb, ms: await block(upload) });
  }
  rows.sort((a, b) => b.ms - a.ms);
  const worst = rows.slice(0, 3).map(({ bomb, ms }) => `${ms} ms: ${bomb}`);
  figure({ name: 'hostile', what: 'CSV, looked at', bytes, largestBlockMs: rows[0].ms, worst, goal: '<= 50' });
}

const customFields = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`k${n}`, 'v'.repeat(500)]));
for (let n = 0; n < 2; n += 1) {
  const leads = Array.from({ length: 100 }, (_, row) => ({
    email: `m${n}r${row}@example.com`,
    notes: 'n'.repeat(10_000),
    customFields,
  }));
  await call('POST', '/api/leads', { body: JSON.stringify({ leads, listId }) });
}
const steps = Array.from({ length: 50 }, () => ({ template: 't'.repeat(10_000), wait: { amount: 1, unit: 'days' } }));
for (let n = 0; n < 100; n += 1)
  await call('POST', '/api/campaigns', { body: JSON.stringify({ name: `M ${n}`, listId, steps }) });
for (const path of ['/api/leads?limit=200', '/api/campaigns?limit=200', '/api/events?limit=200']) {
  let bytes = 0;
  const alone = await block(async () => ({ bytes } = await call('GET', path)));
  most = 0;
  const together = await block(() => Promise.all(Array.from({ length: 8 }, () => call('GET', path))));
  figure({
    name: 'hostile',
    what: `maximal pages, ${path}`,
    megabytes: +(bytes / 1e6).toFixed(1),
    largestBlockMs: alone,
    eightTogetherMs: together,
    eightTogetherMb: Math.round(most),
    goal: '<= 50',
  });
}

most = 0;
const shapes = Object.entries(SHAPES);
let sent = 0;
await Promise.all(
  Array.from({ length: 4 }, async () => {
    while (sent < REQUESTS && deaths === 0) {
      const turn = (sent += 1);
      const [method, path, field] = turn % 10 ? ROUTES[turn % ROUTES.length] : LEADS[0];
      const bytes = turn % 10 ? 30_000 + (turn % 7) * 100_000 : 19_900_000 / (1 + (turn % 3));
      await call(method, path, { body: shapes[turn % shapes.length][1](bytes, field), key: turn % 4 !== 0 });
    }
  }),
);
const sample = await call('GET', '/health/ready');
await new Promise((done) => setTimeout(done, 2_000));
figure({
  name: 'hostile',
  what: 'all of it, four at a time',
  requests: REQUESTS,
  deaths,
  readyAfterwards: sample.status === 200,
  mostRssAnonMb: Math.round(most),
  restingRssAnonMb: Math.round(rssAnon(server.pid)),
  statuses,
  goal: '0 deaths',
});
clearInterval(weigh);
await pool.destroy();
await server.stop();
await running.stop();
