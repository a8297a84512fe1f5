// A CSV of BENCH_ROWS (100,000) people imported, with BENCH_CAMPAIGN=1 into a campaign whose first step waits
// for a day, beside insertMany of the same final documents into a collection with the same indexes, in the same
// store.
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { writePeople } from './people-file.mjs';
import { figure, importOver, product, start, stores } from './support.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
const RAW_BATCH = 1_000;

const running = await stores();
const server = await product(running.env);
const client = await new MongoClient(running.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
const db = client.db();
const call = async (path, init = {}) => {
  const answer = await fetch(`${server.url}/api${path}`, {
    ...init,
    headers: { authorization: `Bearer ${server.token}`, ...init.headers },
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(json).slice(0, 300)}`);
  return json;
};
const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

let bridge;
const body = new FormData();
if (process.env.BENCH_CAMPAIGN) {
  const simulator = 'libs/bluebubbles-simulator/dist/main.js';
  bridge = await start(simulator, ['--password', 'one', '--times', 'quick'], {}, /ready (\S+)/);
  await post('/lines', { phone: '+12025550190', bridgeUrl: bridge.match[1], bridgePassword: 'one', deviceId: 'mac' });
  const listId = (await post('/lists', { name: 'Imported' }))._id;
  // Nothing becomes due meanwhile: what is measured is the import, not the sending.
  const steps = [{ template: 'Hi {firstName}', wait: { amount: 1, unit: 'days' } }];
  const { _id } = await post('/campaigns', { name: 'Imported', listId, steps });
  await post(`/campaigns/${_id}/launch`, {});
  body.set('campaignId', _id);
}
const file = join(running.dataDir, 'people.csv');
await writePeople(file, ROWS);
body.set('file', await openAsBlob(file), 'people.csv');
const { importId } = await call('/leads/imports', { method: 'POST', body });
const from = performance.now();
const { now, tenths } = await importOver(call, `/leads/imports/${importId}`);
const ours = performance.now() - from;
if (now.saved !== ROWS) throw new Error(`Of ${ROWS} rows ${now.saved} were saved: ${JSON.stringify(now)}`);

/** Milliseconds of writing all documents of a collection to another with the same indexes. */
async function rawInsert(name) {
  const source = db.collection(name);
  const copy = db.collection(`${name}Copy`);
  const indexes = (await source.listIndexes().toArray()).filter((index) => index.name !== '_id_');
  await copy.createIndexes(indexes.map(({ v: _, ...index }) => index));
  let took = 0;
  let batch = [];
  const write = async () => {
    const began = performance.now();
    if (batch.length > 0) await copy.insertMany(batch);
    took += performance.now() - began;
    batch = [];
  };
  for await (const document of source.find({}, { batchSize: RAW_BATCH })) if (batch.push(document) >= RAW_BATCH) await write();
  await write();
  return took;
}
let raw = await rawInsert('leads');
if (bridge) raw += (await rawInsert('enrollments')) + (await rawInsert('messages'));
figure({
  name: 'import-file',
  what: bridge ? 'with a campaign' : 'leads alone',
  rows: ROWS,
  milliseconds: Math.round(ours),
  rowsPerSecondByTenths: tenths,
  baseline: Math.round(raw),
  ratio: +(ours / raw).toFixed(2),
  goal: '<= 2',
});
await client.close();
await server.stop();
await bridge?.stop();
await running.stop();
