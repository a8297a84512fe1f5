// Launching a campaign of BENCH_ENROLL_STEPS (3) steps for BENCH_ENROLL_LEADS (10,000) leads until all are
// enrolled, beside insertMany of the same messages and enrollments into collections with the same indexes. The
// first step is due after a day, or at once with BENCH_ENROLL_NOW. Goal: at most 1.5 times the insert's time.
import { MongoClient } from 'mongodb';
import { enrolled, NOW, sendingProduct } from './campaigns.mjs';
import { cpuSeconds, figure, median } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const LEADS = Number(process.env.BENCH_ENROLL_LEADS ?? 10_000);
const STEPS = Number(process.env.BENCH_ENROLL_STEPS ?? 3);
/** The round that warms up need not take as long as the others. */
const WARM_UP_LEADS = Math.min(LEADS, 10_000);
const CHUNK = 5_000;

const bench = await sendingProduct();
// One message a day: what is due at once would be sent meanwhile.
const AT_MOST_ONE = { dailyNewConversationsLimit: 1, hourlyNewConversationsLimit: 1, dailyTotalMessagesLimit: 1 };
await bench.lines(1, AT_MOST_ONE);
const client = await new MongoClient(bench.mongo, { writeConcern: { w: 'majority', journal: true } }).connect();
const db = client.db();
const steps = Array.from({ length: STEPS }, (_, n) => ({
  template: `Step ${n}`,
  wait: n === 0 && process.env.BENCH_ENROLL_NOW ? NOW : { amount: 1, unit: 'days' },
}));
const [ours, theirs, cpu] = [[], [], []];
for (let round = 0; round <= ROUNDS; round += 1) {
  const leads = round > 0 ? LEADS : WARM_UP_LEADS;
  const listId = await bench.list(`Round ${round}`, leads);
  const id = await bench.campaign(listId, steps);
  const from = performance.now();
  const spent = cpuSeconds([bench.pid, ...bench.pids]);
  await bench.call('POST', `/campaigns/${id}/launch`);
  await enrolled(bench, id);
  const took = performance.now() - from;
  // The work is over when what is due at once waits for a line, whoever puts it there.
  if (process.env.BENCH_ENROLL_NOW)
    await bench.until(async () => (await bench.call('GET', `/campaigns/${id}`)).messageCounts.scheduled === 0, 100);
  const used = cpuSeconds([bench.pid, ...bench.pids]) - spent;
  let bare = 0;
  for (const name of ['enrollments', 'messages']) {
    const made = await db
      .collection(name)
      .find({}, { sort: { _id: -1 }, limit: leads * (name === 'messages' ? STEPS : 1) })
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
  if (round > 0) [took, bare, used].forEach((figure, index) => [ours, theirs, cpu][index].push(figure));
}
figure({
  name: 'enroll',
  leads: LEADS,
  steps: STEPS,
  firstStep: process.env.BENCH_ENROLL_NOW ? 'due at once' : 'due after a day',
  milliseconds: Math.round(median(ours)),
  baseline: Math.round(median(theirs)),
  ratio: +(median(ours) / median(theirs)).toFixed(2),
  cpuSeconds: +median(cpu).toFixed(1),
  goal: '<= 1.5',
});
await client.close();
await bench.close();
