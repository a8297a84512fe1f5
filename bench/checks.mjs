// A batch of BENCH_LEADS (100,000) leads checked in the background: how long the call that starts it takes,
// by list and by ids, beside one of a hundred; the memory of all processes at its highest against before; and
// whether the progress adds up. The answers are known before, all but a few, as after an earlier batch: a
// bridge takes seventy questions a day. Goal: the call by list takes as long for all as for a hundred (by ids
// it has to read them), + 60 MB at most, exact counts.
import { MongoClient, ObjectId } from 'mongodb';
import { request } from 'undici';
import { figure, median, product, rssAnon, start, stores } from './support.mjs';

const LEADS = Number(process.env.BENCH_LEADS ?? 100_000);
const FEW = 100;
const ROUNDS = 9;

const running = await stores();
const bridge = await start(
  'libs/bluebubbles-simulator/dist/main.js',
  ['--password', 'one', '--times', 'quick'],
  {},
  /ready (\S+)/,
);
const server = await product({
  ...running.env,
  ALLOW_PRIVATE_TARGETS: 'true',
  DEVICE_GAP_SECONDS: '0',
  AVAILABILITY_DAILY_CAP: '1000000',
  BODY_LIMIT_BYTES: '20000000',
});
const client = await new MongoClient(running.mongo).connect();
const database = client.db();
const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
const call = async (path, body, method = body ? 'POST' : 'GET') => {
  const answer = await request(`${server.url}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  const json = await answer.body.json();
  if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode} ${JSON.stringify(json).slice(0, 300)}`);
  return json;
};
await call('/lines', { phone: '+12025550190', bridgeUrl: bridge.match[1], bridgePassword: 'one', deviceId: 'mac' });

const phoneOf = (n) => `+1${200 + (n % 700)}${String(2_000_000 + Math.floor(n / 700)).padStart(7, '0')}`;
async function list(name, size, from) {
  const listId = (await call('/lists', { name }))._id;
  const ids = [];
  for (let start = 0; start < size; start += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, size - start) }, (_, index) => ({ phone: phoneOf(from + start + index) }));
    ids.push(...(await call('/leads', { leads: rows, listId })).leadIds);
  }
  return { listId, ids };
}
const few = await list('Few', FEW, 0);
const many = await list('Many', LEADS, FEW);
const { workspaceId } = await database.collection('leads').findOne({ _id: ObjectId.createFromHexString(many.ids[0]) });
const now = new Date();
const expiresAt = new Date(now.getTime() + 86_400_000);
for (let start = 0; start < LEADS; start += 5_000) {
  const answers = [];
  for (let n = start; n < Math.min(LEADS, start + 5_000); n += 1) {
    // One in a hundred has to be asked.
    if (n % 100 > 0) answers.push({ _id: `${workspaceId} ${phoneOf(FEW + n)}`, available: n % 3 > 0, checkedAt: now, expiresAt });
  }
  await database.collection('availabilityAnswers').insertMany(answers);
}
const cancel = (jobId) => call(`/leads/check-availability/jobs/${jobId}`, undefined, 'DELETE');
const kinds = { few: { listId: few.listId }, list: { listId: many.listId }, ids: { leadIds: many.ids } };
const times = { few: [], list: [], ids: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [kind, body] of Object.entries(kinds)) {
    const from = performance.now();
    const { jobId } = await call('/leads/check-availability', body);
    times[kind].push(performance.now() - from);
    await cancel(jobId);
    // A chunk of it may be under way.
    await new Promise((done) => setTimeout(done, 300));
  }
}
const [byFew, byList, byIds] = [median(times.few), median(times.list), median(times.ids)];
figure({
  name: 'checks',
  what: 'starting a batch',
  leads: LEADS,
  [`millisecondsOf${FEW}`]: +byFew.toFixed(1),
  millisecondsByList: +byList.toFixed(1),
  ratio: +(byList / byFew).toFixed(2),
  millisecondsByIds: +byIds.toFixed(1),
  goal: 'ratio <= 1.5',
});

const { jobId } = await call('/leads/check-availability', { listId: many.listId });
const before = rssAnon(server.pid);
let highest = before;
let last;
let wrong = 0;
let checked = 0;
const from = performance.now();
for (;;) {
  last = await call(`/leads/check-availability/jobs/${jobId}`);
  highest = Math.max(highest, rssAnon(server.pid));
  const { available, unavailable, errors, missing } = last;
  // At every look, not just at the end.
  if (available + unavailable + errors + missing !== last.checked || last.checked < checked || last.checked > LEADS) wrong += 1;
  checked = last.checked;
  if (last.finishedAt) break;
  await new Promise((done) => setTimeout(done, 500));
}
const seconds = (performance.now() - from) / 1_000;
const leads = database.collection('leads');
const count = (availabilityStatus) =>
  leads.countDocuments({ listIds: ObjectId.createFromHexString(many.listId), availabilityStatus });
const asked = (await (await request(`${bridge.match[1]}/ledger?kind=availability`)).body.json()).map(({ address }) => address);
figure({
  name: 'checks',
  what: 'working it off',
  leads: LEADS,
  state: last.state,
  seconds: +seconds.toFixed(1),
  leadsPerSecond: Math.round(LEADS / seconds),
  asked: asked.length,
  askedTwice: asked.length - new Set(asked).size,
  progress: { checked: last.checked, available: last.available, unavailable: last.unavailable, errors: last.errors },
  onTheLeads: { available: await count('available'), unavailable: await count('unavailable') },
  looksThatDidNotAddUp: wrong,
  growthMb: Math.round(highest - before),
  goal: '<= 60 MB',
});
await client.close();
await server.stop();
await bridge.stop();
await running.stop();
