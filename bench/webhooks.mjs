// Deliveries a second to one healthy endpoint, from a backlog of BENCH_EVENTS (5,000), beside a bare loop on
// the same store that posts the same bodies with the same signatures over as many connections, and writes
// once for each; and the same with a dead endpoint beside it, which has as much to be told. Medians of
// BENCH_ROUNDS (3) interleaved rounds. Goal: 0.5 of the bare loop; with the dead one, 0.9 of that without.
import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { Pool } from 'undici';
import { figure, freePort, median, product, stores } from './support.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 5_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** Calls to one endpoint at the same time, as the product makes them. */
const AT_ONCE = 8;

const running = await stores();
const server = await product(running.env);
const client = await new MongoClient(running.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
const call = async (method, path, body) => {
  const headers = { authorization: `Bearer ${server.token}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(`${server.url}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  const json = await answer.json();
  if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${JSON.stringify(json).slice(0, 300)}`);
  return json;
};

let arrived = [];
const receiver = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    arrived.push(performance.now());
    response.writeHead(204).end();
  });
});
await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${receiver.address().port}`;

const subscribe = (name, url) => call('POST', '/webhooks', { name, url, events: ['lead.created'] });
const healthy = await subscribe('Healthy', `${origin}/hook`);
const dead = await subscribe('Dead', `http://127.0.0.1:${await freePort()}/hook`);
const began = new Date().toISOString();
for (let start = 0; start < EVENTS; start += 500) {
  const leads = Array.from({ length: Math.min(500, EVENTS - start) }, (_, index) => ({
    email: `p${start + index}@example.com`,
    firstName: `Person ${start + index}`,
  }));
  await call('POST', '/leads', { leads });
}
const until = async (isSo) => {
  while (!isSo()) await pause(10);
};
await until(() => arrived.length >= EVENTS);
const ended = new Date().toISOString();

/** A backlog at once, and how fast it is worked off, in deliveries a second: without its first and last tenth. */
async function replayed(...webhooks) {
  arrived = [];
  for (const { id } of webhooks) await call('POST', `/webhooks/${id}/replay`, { from: began, to: ended });
  await until(() => arrived.length >= EVENTS);
  return rate();
}

function rate() {
  const [from, to] = [Math.floor(EVENTS * 0.1), Math.floor(EVENTS * 0.9)];
  return ((to - from) / (arrived[to] - arrived[from])) * 1_000;
}

const body = (await client.db().collection('webhookDeliveries').findOne({ event: 'lead.created' })).body;
const secret = `whsec_${randomBytes(32).toString('base64')}`;
async function bare() {
  arrived = [];
  const records = client.db().collection('bareDeliveries');
  await records.deleteMany({});
  const rows = Array.from({ length: EVENTS }, (_, index) => ({ _id: index, state: 'pending', body }));
  await records.insertMany(rows);
  const pool = new Pool(origin, { connections: AT_ONCE, pipelining: 1 });
  let next = 0;
  const one = async () => {
    for (let index = next++; index < EVENTS; index = next++) {
      const at = Math.floor(Date.now() / 1_000);
      const sign = (key, text, as) => createHmac('sha256', key).update(text).digest(as);
      const standard = sign(Buffer.from(secret.slice(6), 'base64'), `${index}.${at}.${body}`, 'base64');
      const headers = {
        'content-type': 'application/json',
        'x-tuco-signature': sign(secret, body, 'hex'),
        'webhook-id': String(index),
        'webhook-timestamp': String(at),
        'webhook-signature': `v1,${standard}`,
      };
      const answer = await pool.request({ method: 'POST', path: '/hook', headers, body });
      await answer.body.dump();
      await records.updateOne(
        { _id: index },
        { $set: { state: 'delivered', statusCode: answer.statusCode, endedAt: new Date() } },
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  await pool.close();
  return rate();
}

const rates = { bare: [], alone: [], beside: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  rates.bare.push(await bare());
  rates.alone.push(await replayed(healthy));
  rates.beside.push(await replayed(healthy, dead));
}
const [bareRate, alone, beside] = [median(rates.bare), median(rates.alone), median(rates.beside)];
figure({
  name: 'webhooks',
  events: EVENTS,
  rounds: ROUNDS,
  barePerSecond: Math.round(bareRate),
  perSecond: Math.round(alone),
  ratio: +(alone / bareRate).toFixed(2),
  besideADeadOne: Math.round(beside),
  ratioBeside: +(beside / alone).toFixed(2),
  goal: 'ratio >= 0.5, ratioBeside >= 0.9',
});
await client.close();
await server.stop();
receiver.closeAllConnections();
receiver.close();
await running.stop();
