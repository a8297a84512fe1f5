// What a noisy workspace costs a quiet one on the same processes: the p95 of what the quiet one waits for, alone and
// beside each kind of noise. Bulk calls: lists of 2,000 leads without end, against single calls. A hung bridge: 200 lines
// on it with a message each, against how long a direct send takes from the call to `sent`. A dripping file server: sends
// with attachments from it, against sends with an attachment from a quick one. Of the noisy workspace's bulk calls as many are
// taken as the default limit allows. Goal: at most 1.5 times. BENCH_SAMPLES (60), BENCH_ONLY names one kind (bulk, bridge, files).
import { createServer as createHttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { request } from 'undici';
import { figure, product, start, stores } from './support.mjs';

/** `RATE_LIMIT_PER_MINUTE`, as it is by default. */
const CALLS_A_MINUTE = 200;
const SAMPLES = Number(process.env.BENCH_SAMPLES ?? 60);
const EVERY_MS = 250;
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(2_000)]);
const NO_LIMIT = {
  dailyNewConversationsLimit: 1_000_000,
  hourlyNewConversationsLimit: 1_000_000,
  dailyTotalMessagesLimit: 1_000_000,
};
const { localSessionToken } = createRequire(import.meta.url)('../dist/src/auth/infrastructure/local-issuer.js');

const running = await stores();
const server = await product({
  ...running.env,
  DEVICE_GAP_SECONDS: '0',
  CONTACT_GAP_SECONDS: '0',
  SEND_EDGE_SECONDS: '0',
  TICK_MS: '500',
});
const bridge = await start(
  'libs/bluebubbles-simulator/dist/main.js',
  ['--password', 'one', '--times', 'quick', '--latency-ms', '0'],
  {},
  /ready (\S+)/,
);
const listening = (server, onPort) =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done(onPort(server.address().port))));
/** Takes connections, and never says anything. */
const held = new Set();
const hung = createServer((socket) => held.add(socket.on('error', () => undefined)));
const hungUrl = await listening(hung, (port) => `http://127.0.0.1:${port}`);
/** `/quick.png` at once; everything else a byte a second. */
const files = createHttpServer((call, answer) => {
  answer.writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length });
  if (call.url === '/quick.png') return void answer.end(PNG);
  let at = 0;
  const drip = setInterval(() => answer.write(PNG.subarray(at, (at += 1))), 1_000);
  answer.on('close', () => clearInterval(drip));
});
const filesUrl = await listening(files, (port) => `http://127.0.0.1:${port}`);

/** Calls of a workspace. */
function tenant(name) {
  const authorization = `Bearer ${localSessionToken(running.dataDir, `org_${name}`, new Date())}`;
  const headers = { 'content-type': 'application/json', authorization };
  return async function call(method, path, body) {
    const answer = await request(`${server.url}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
    const json = await answer.body.json();
    if (answer.statusCode === 429) {
      await pause(Number(answer.headers['retry-after']) * 1_000);
      return call(method, path, body);
    }
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${JSON.stringify(json).slice(0, 300)}`);
    return json;
  };
}
const [quiet, noisy] = [tenant('quiet'), tenant('noisy')];
let made = 0;
const line = (call, bridgeUrl) => {
  made += 1;
  const phone = `+1202555${1_000 + made}`;
  return call('POST', '/lines', { ...NO_LIMIT, phone, deviceId: `mac-${made}`, bridgeUrl, bridgePassword: 'one' });
};
/** Ends in 77: nothing special for the bridge. */
const somebody = () => `+1646${2_000_077 + (made += 1) * 100}`;

/** @returns the p95 of the samples, each taken a quarter of a second after the one before */
async function p95Of(sample) {
  const taken = [];
  const under = [];
  for (let turn = 0; turn < SAMPLES; turn += 1) {
    under.push(sample(turn).then((milliseconds) => taken.push(milliseconds)));
    await pause(EVERY_MS);
  }
  await Promise.all(under);
  return taken.sort((a, b) => a - b)[Math.floor(taken.length * 0.95)];
}

/** Milliseconds of one call: a lead read or saved. */
async function calls(turn) {
  const from = performance.now();
  if (turn % 2) await quiet('GET', '/leads?limit=20');
  else await quiet('POST', '/leads', { leads: [{ phone: somebody() }] });
  return performance.now() - from;
}

/** Milliseconds from the call to what the product says when it was sent. */
const sends = (attachmentUrls) => async () => {
  const from = Date.now();
  const { message } = await quiet('POST', '/messages', { message: 'Hi', recipientPhone: somebody(), attachmentUrls });
  for (;;) {
    const now = await quiet('GET', `/messages/${message._id}`);
    if (now.sentAt) return new Date(now.sentAt).getTime() - from;
    if (['failed', 'cancelled'].includes(now.status)) throw new Error(JSON.stringify(now));
    await pause(100);
  }
};

async function compare(kind, name, sample, noise) {
  if (process.env.BENCH_ONLY && process.env.BENCH_ONLY !== kind) return;
  await p95Of(sample);
  const alone = await p95Of(sample);
  const stop = await noise();
  const beside = await p95Of(sample);
  await stop();
  figure({
    name: `neighbours, ${name}`,
    samples: SAMPLES,
    p95: Math.round(beside),
    baseline: Math.round(alone),
    ratio: +(beside / alone).toFixed(2),
    goal: '<= 1.5',
    load: +loadavg()[0].toFixed(1),
  });
}

await line(quiet, bridge.match[1]);
await compare('bulk', 'bulk calls', calls, async () => {
  const store = await MongoClient.connect(running.mongo);
  const limit = (rateLimitPerMinute) =>
    store.db().collection('workspaces').updateOne({ _id: 'org_noisy' }, { $set: { rateLimitPerMinute } });
  await noisy('GET', '/lists');
  await limit(CALLS_A_MINUTE);
  let goesOn = true;
  const bulk = async (lane) => {
    for (let turn = 0; goesOn; turn += 1) {
      const email = (row) => `p${lane}x${turn}x${row}@example.com`;
      await noisy('POST', '/leads', { leads: Array.from({ length: 2_000 }, (_, row) => ({ email: email(row) })) });
    }
  };
  const lanes = [0, 1, 2, 3].map(bulk);
  return async () => {
    goesOn = false;
    await limit(null);
    await Promise.all(lanes);
    await store.close();
  };
});
await compare('bridge', 'a hung bridge', sends(undefined), async () => {
  for (let one = 0; one < 200; one += 1) await line(noisy, hungUrl);
  for (let one = 0; one < 200; one += 1) await noisy('POST', '/messages', { message: 'Hi', recipientPhone: somebody() });
  await pause(2_000);
  return async () => undefined;
});
await compare('files', 'a dripping file server', sends([`${filesUrl}/quick.png`]), async () => {
  const attachmentUrls = [`${filesUrl}/slow.png`];
  for (let one = 0; one < 40; one += 1)
    await noisy('POST', '/messages', { message: 'Hi', recipientPhone: somebody(), attachmentUrls });
  await pause(2_000);
  return async () => undefined;
});

await server.stop();
await bridge.stop();
for (const socket of held) socket.destroy();
hung.close();
files.closeAllConnections();
files.close();
await running.stop();
