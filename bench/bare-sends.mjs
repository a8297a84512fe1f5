// The baseline of `dispatch`: for each message an empty Bull job, and as many driver calls of each kind as
// the product makes, bare. Arguments: the calls a message by kind, as JSON; how many messages. Prints
// `seconds N`.
import Bull from 'bull';
import Redis from 'ioredis';
import { MongoClient, ObjectId } from 'mongodb';

const [perMessage, count] = [JSON.parse(process.argv[2]), Number(process.argv[3])];
const CONCURRENCY = 20;

const client = await new MongoClient(process.env.MONGODB_URI, { writeConcern: { w: 'majority', journal: true } }).connect();
const things = client.db().collection('bareSends');
const ids = Array.from({ length: 100 }, () => new ObjectId());
await things.deleteMany({});
await things.insertMany(ids.map((_id) => ({ _id, n: 0, text: 'x'.repeat(500) })));
const any = () => ids[Math.floor(Math.random() * ids.length)];
const calls = {
  find: () => things.findOne({ _id: any() }),
  aggregate: () => things.aggregate([{ $match: { _id: any() } }]).toArray(),
  update: () => things.updateOne({ _id: new ObjectId() }, { $set: { n: 1 } }, { upsert: true }),
  insert: () => things.insertOne({ n: 1, text: 'x'.repeat(300) }),
  delete: () => things.deleteOne({ _id: new ObjectId() }),
  findAndModify: () => things.findOneAndUpdate({ _id: any() }, { $set: { n: Math.random() } }),
};
/** A transaction's commit goes with one write inside it. */
async function commit() {
  const session = client.startSession();
  session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
  await things.insertOne({ n: 2, text: 'x'.repeat(300) }, { session });
  await session.commitTransaction();
  await session.endSession();
}
/** Whole calls of a kind for the n-th message, so that their number comes out right over all. */
const share = (rate, n) => Math.floor(rate * (n + 1)) - Math.floor(rate * n);

async function one(n) {
  const commits = share(perMessage.commitTransaction ?? 0, n);
  for (let turn = 0; turn < commits; turn += 1) await commit();
  for (const [kind, rate] of Object.entries(perMessage)) {
    const times = share(rate, n) - (kind === 'insert' ? commits : 0);
    for (let turn = 0; turn < times; turn += 1) await calls[kind]?.();
  }
}

const connect = (_type, options) => new Redis(process.env.REDIS_URL, { ...options, maxRetriesPerRequest: null });
const queue = new Bull('bare', { createClient: connect, prefix: `{bare${process.pid}}` });
let done = 0;
const over = new Promise((resolve) => {
  void queue.process(CONCURRENCY, async ({ data }) => {
    await one(data.n);
    done += 1;
    if (done === count) resolve();
  });
});
const from = performance.now();
for (let n = 0; n < count; n += 1) void queue.add({ n }, { removeOnComplete: true });
await over;
console.log(`seconds ${(performance.now() - from) / 1_000}`);
process.on('SIGTERM', () => process.exit(0));
setInterval(() => undefined, 1_000);
