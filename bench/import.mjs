// POST /api/leads with 10,000 new leads over HTTP, beside insertMany of the same final documents into a
// collection with the same indexes (goal: at most 2.5 times); and the same leads again, all duplicates,
// beside one find of the same keys (at most 5 times).
import { MongoClient } from 'mongodb';
import { request } from 'undici';
import { figure, median, product, stores } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const ROWS = 10_000;

const running = await stores();
const server = await product(running.env);
const client = await new MongoClient(running.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
const db = client.db();
const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.token}` };
const post = async (path, body) => {
  const answer = await request(`${server.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const json = await answer.body.json();
  if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(json).slice(0, 300)}`);
  return json;
};
const timed = async (work) => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};
const rows = (round) =>
  Array.from({ length: ROWS }, (_, index) => ({
    firstName: 'Ann',
    lastName: `N${index}`,
    phone: `+1${202 + round}${String(5_000_000 + index).slice(-7)}`,
    email: `r${round}n${index}x@example.com`,
    companyName: 'Acme Corp',
  }));

const times = { ours: [], insert: [], again: [], find: [] };
for (let round = 0; round <= ROUNDS; round += 1) {
  const listId = (await post('/lists', { name: `Round ${round}` }))._id;
  const leads = rows(round);
  const ours = await timed(() => post('/leads', { leads, listId }));
  const leadsOf = db.collection('leads');
  const documents = await leadsOf.find({ workspaceId: 'org_bench' }, { sort: { _id: -1 }, limit: ROWS }).toArray();
  const copy = db.collection(`copy${round}`);
  const indexes = await leadsOf.listIndexes().toArray();
  await copy.createIndexes(indexes.filter(({ name }) => name !== '_id_').map(({ v: _, ...index }) => index));
  const insert = await timed(() => copy.insertMany(documents));
  const again = await timed(() => post('/leads', { leads, listId }));
  const phones = documents.map(({ phone }) => phone);
  const query = { workspaceId: 'org_bench', listIds: documents[0].listId, phone: { $in: phones } };
  const find = await timed(() => leadsOf.find(query, { batchSize: 5_000 }).toArray());
  await copy.drop();
  // The first round warms up.
  if (round > 0) for (const [name, value] of Object.entries({ ours, insert, again, find })) times[name].push(value);
}
const [ours, insert, again, find] = Object.values(times).map(median);
figure({
  name: 'import',
  rows: ROWS,
  milliseconds: Math.round(ours),
  baseline: Math.round(insert),
  ratio: +(ours / insert).toFixed(2),
  goal: '<= 2.5',
});
figure({
  name: 'import, all duplicates',
  rows: ROWS,
  milliseconds: Math.round(again),
  baseline: Math.round(find),
  ratio: +(again / find).toFixed(2),
  goal: '<= 5',
});
await client.close();
await server.stop();
await running.stop();
