// Launching a campaign of three steps for 10,000 leads until all are enrolled, beside insertMany of the same
// messages and enrollments into collections with the same indexes. Goal: at most 2.5 times its time.
import { MongoClient } from 'mongodb';
import { enrolled, sendingProduct } from './campaigns.mjs';
import { figure, median } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const LEADS = 10_000;
const STEPS = 3;
const CHUNK = 5_000;

const bench = await sendingProduct();
await bench.lines(1);
const client = await new MongoClient(bench.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
const db = client.db();
const steps = Array.from({ length: STEPS }, (_, n) => ({ template: `Step ${n}`, wait: { amount: 1, unit: 'days' } }));
const [ours, theirs] = [[], []];
for (let round = 0; round <= ROUNDS; round += 1) {
  const listId = await bench.list(`Round ${round}`, LEADS);
  const id = await bench.campaign(listId, steps);
  const from = performance.now();
  await bench.call('POST', `/campaigns/${id}/launch`);
  await enrolled(bench, id);
  const took = performance.now() - from;
  let bare = 0;
  for (const name of ['enrollments', 'messages']) {
    const made = await db
      .collection(name)
      .find({}, { sort: { _id: -1 }, limit: LEADS * (name === 'messages' ? STEPS : 1) })
      .toArray();
    const copy = db.collection(`${name}${round}`);
    const indexes = await db.collection(name).listIndexes().toArray();
    await copy.createIndexes(indexes.filter(({ name: own }) => own !== '_id_').map(({ v: _, ...index }) => index));
    const began = performance.now();
    for (let at = 0; at < made.length; at += CHUNK) await copy.insertMany(made.slice(at, at + CHUNK));
    bare += performance.now() - began;
    await copy.drop();
  }
  // The first round warms up.
  if (round > 0) [took, bare].forEach((ms, index) => [ours, theirs][index].push(ms));
}
figure({
  name: 'enroll',
  leads: LEADS,
  steps: STEPS,
  milliseconds: Math.round(median(ours)),
  baseline: Math.round(median(theirs)),
  ratio: +(median(ours) / median(theirs)).toFixed(2),
  goal: '<= 2.5',
});
await client.close();
await bench.close();
