// GET /api/campaigns/:id/report of a campaign with BENCH_MESSAGES (100,000; the goal is stated for 1,000,000)
// messages. Goal: at most 100 ms, and the same at any size, since counts are kept as they change.
import { MongoClient, ObjectId } from 'mongodb';
import { enrolled, sendingProduct } from './campaigns.mjs';
import { figure, median } from './support.mjs';

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 100_000);
const ROUNDS = 20;
const DAYS = 365;

const bench = await sendingProduct();
await bench.lines(3);
const client = await new MongoClient(bench.mongo, { writeConcern: { w: 1, journal: false } }).connect();
const db = client.db();
const listId = await bench.list('Reported', 1);
const far = { amount: 100, unit: 'days' };
const id = await bench.campaign(
  listId,
  [1, 2, 3].map((n) => ({ template: `Step ${n}`, wait: far })),
);
await bench.call('POST', `/campaigns/${id}/launch`);
await enrolled(bench, id);
const made = await db
  .collection('messages')
  .find({}, { sort: { stepIndex: 1 } })
  .toArray();
// The others are copies, as if they had been sent day by day, with the rows that would count them.
const counters = new Map();
const add = (subject, key) => counters.set(`${subject} ${key}`, (counters.get(`${subject} ${key}`) ?? 0) + 1);
for (let from = 0; from < MESSAGES; from += 10_000) {
  const copies = Array.from({ length: Math.min(10_000, MESSAGES - from) }, (_, index) => {
    const model = made[index % made.length];
    const sentAt = new Date(Date.now() - ((from + index) % DAYS) * 86_400_000);
    add(`campaign:${id}`, `${model.stepId}:sent`);
    add(`daily:${id}`, `${sentAt.toISOString().slice(0, 10)}:sent`);
    return {
      ...model,
      _id: new ObjectId(),
      enrollmentId: new ObjectId(),
      leadId: new ObjectId(),
      status: 'sent',
      dueAt: sentAt,
      sentAt,
    };
  });
  await db.collection('messages').insertMany(copies);
}
const rows = [...counters].map(([name, n]) => {
  const [subject, key] = name.split(' ');
  return { _id: new ObjectId(), workspaceId: 'org_bench', subject, key, n };
});
await db.collection('counters').insertMany(rows);
const times = [];
for (let round = 0; round <= ROUNDS; round += 1) {
  const from = performance.now();
  const report = await bench.call('GET', `/campaigns/${id}/report`);
  if (round > 0) times.push(performance.now() - from);
  if (report.total.sent !== MESSAGES) throw new Error(`The report counts ${report.total.sent} sent`);
}
figure({ name: 'report', messages: MESSAGES, days: DAYS, milliseconds: +median(times).toFixed(1), goal: '<= 100' });
await client.close();
await bench.close();
