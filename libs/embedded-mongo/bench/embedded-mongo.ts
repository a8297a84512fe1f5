import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Collection, type Document, MongoClient, ObjectId } from 'mongodb';

/**
 * How fast the embedded server is, and how its costs grow: one line of JSON a figure. The server is a process
 * of its own, as in use; with `--uri` another server is measured instead.
 */
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,100000,1000000' },
    uri: { type: 'string' },
    rounds: { type: 'string', default: '300' },
  },
});
const MAIN = join(dirname(process.argv[1]!), '../main.js');
const ROUNDS = Number(options.rounds);
const BATCH = 10_000;
const list = new ObjectId();

const show = (figure: string, size: number, value: number, unit: string): void => {
  const store = options.uri ? 'given' : 'embedded';
  process.stdout.write(
    `${JSON.stringify({ bench: 'embedded-mongo', store, figure, documents: size, value: Math.round(value * 1000) / 1000, unit })}\n`,
  );
};

const lead = (i: number): Document => ({
  _id: new ObjectId(),
  workspaceId: 'workspace',
  listIds: [list],
  firstName: `First ${i % 1000}`,
  lastName: 'Last',
  phone: `+1555${String(i).padStart(8, '0')}`,
  email: `person${i}@example.com`,
  companyName: null,
  notes: 'x'.repeat(200),
  group: i % 50,
  score: (i * 7919) % 1_000_003,
  createdAt: new Date(1_700_000_000_000 + i),
});

interface Server {
  uri: string;
  child: ChildProcess | undefined;
  startedIn: number;
}

async function start(dataDir: string): Promise<Server> {
  if (options.uri) return { uri: options.uri, child: undefined, startedIn: 0 };
  const before = performance.now();
  const child = fork(MAIN, ['--data', dataDir], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const uri = /^ready (\S+)/.exec(line.toString())![1]!;
  return { uri, child, startedIn: performance.now() - before };
}

async function stop({ child }: Server): Promise<void> {
  if (!child) return;
  const over = once(child, 'exit');
  child.kill('SIGTERM');
  await over;
}

const megabytes = (child: ChildProcess | undefined): number =>
  child ? Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024 : 0;

/** The median of what one call takes, in milliseconds. */
async function median(rounds: number, run: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    await run(round);
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

async function fill(leads: Collection, size: number): Promise<number[]> {
  const times: number[] = [];
  for (let from = 0; from < size; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, size - from) }, (_, i) => lead(from + i));
    const before = performance.now();
    await leads.insertMany(batch, { ordered: true });
    times.push(performance.now() - before);
  }
  return times;
}

async function measure(client: MongoClient, leads: Collection, size: number): Promise<void> {
  const anyone = () => Math.floor(Math.random() * size);
  const phone = (i: number) => `+1555${String(i).padStart(8, '0')}`;
  const base = { workspaceId: 'workspace', listIds: list };
  const ms = async (figure: string, rounds: number, run: (round: number) => Promise<unknown>) =>
    show(figure, size, await median(rounds, run), 'ms');
  await ms('find one by a unique index', ROUNDS, () => leads.findOne({ ...base, phone: phone(anyone()) }));
  await ms('find 50 by range and order of an index', ROUNDS, () =>
    leads.find({ workspaceId: 'workspace', score: { $gt: anyone() } }, { sort: { score: 1 }, limit: 50 }).toArray(),
  );
  await ms('find 50 from the end by order of an index', ROUNDS, () =>
    leads.find({ workspaceId: 'workspace' }, { sort: { score: -1 }, limit: 50 }).toArray(),
  );
  await ms('find 1,000 keys by $in', 20, () =>
    leads.find({ ...base, phone: { $in: Array.from({ length: Math.min(1_000, size) }, () => phone(anyone())) } }).toArray(),
  );
  if (size <= 100_000)
    await ms('sort all without an index, first 50', 3, () =>
      leads.find({}, { sort: { firstName: 1, _id: 1 }, limit: 50 }).toArray(),
    );
  await ms('update one', ROUNDS, (round) =>
    leads.updateOne({ ...base, phone: phone(anyone()) }, { $set: { firstName: `Round ${round}` } }),
  );
  await ms('insert one', ROUNDS, (round) => leads.insertOne(lead(size + 1_000 + round)));
  await ms('transaction of an insert and an update', ROUNDS, async (round) => {
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await leads.insertOne(lead(size + 100_000 + round), { session });
        await leads.updateOne({ ...base, phone: phone(anyone()) }, { $inc: { score: 1 } }, { session });
      }),
    );
  });
  const before = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async (_, i) => {
      for (let n = 0; n < 100; n += 1) await leads.insertOne(lead(size + 200_000 + i * 1_000 + n));
    }),
  );
  show('inserts a second by 16 connections', size, 1_600 / ((performance.now() - before) / 1_000), 'per second');
  await ms('count by an index', 5, () => leads.countDocuments({ workspaceId: 'workspace', score: { $gte: 0 } }));
  await ms('group all', 3, () =>
    leads.aggregate([{ $group: { _id: '$group', n: { $sum: 1 }, score: { $sum: '$score' } } }]).toArray(),
  );
}

async function run(size: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
  try {
    const server = await start(dataDir);
    const client = await MongoClient.connect(server.uri, { writeConcern: { w: 'majority', journal: true } });
    const leads = client.db('bench').collection('leads');
    await client.db('bench').dropDatabase();
    for (const field of ['phone', 'email']) {
      await leads.createIndex(
        { workspaceId: 1, listIds: 1, [field]: 1 },
        { unique: true, partialFilterExpression: { [field]: { $gt: '' } } },
      );
    }
    await leads.createIndex({ workspaceId: 1, score: 1 });
    show('memory at rest', 0, megabytes(server.child), 'MB');
    const times = await fill(leads, size);
    show(`insert ${Math.min(size, BATCH)} with two unique indexes and another, first`, size, times[0]!, 'ms');
    show(`insert ${Math.min(size, BATCH)} with two unique indexes and another, last`, size, times.at(-1)!, 'ms');
    show('memory after the inserts', size, megabytes(server.child), 'MB');
    await measure(client, leads, size);
    show('memory at the end', size, megabytes(server.child), 'MB');
    await client.close();
    await stop(server);
    if (options.uri) return;
    show('size of the file', size, statSync(join(dataDir, 'embedded-mongo.mdb')).size / 2 ** 20, 'MB');
    const again = await start(dataDir);
    show('start with the data', size, again.startedIn, 'ms');
    await stop(again);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  for (const size of options.sizes.split(',').map(Number)) await run(size);
}

void main();
