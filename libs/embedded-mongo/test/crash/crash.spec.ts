import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import { join, resolve } from 'node:path';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';

const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 100);
const WRITERS = 4;
/** One server lives this long at most before it is killed. */
const LONGEST_LIFE_MS = 250;
const PACKAGE = resolve(expect.getState().testPath!, '../../..');
const MAIN = join(PACKAGE, 'dist/main.js');

interface Server {
  child: ChildProcess;
  client: MongoClient;
}

/**
 * What has been acknowledged, and what was under way when the server was killed: that may be there or not.
 */
interface Expected {
  inserted: Map<number, number>;
  unsure: Map<number, Set<number>>;
  /** Transactions that were acknowledged, by number. */
  moved: Set<number>;
}

async function start(dataDir: string): Promise<Server> {
  const child = fork(MAIN, ['--data', dataDir], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const uri = /^ready (\S+)/.exec(line.toString())![1]!;
  const client = await MongoClient.connect(uri, {
    runtimeAdapters: { os },
    serverSelectionTimeoutMS: 2_000,
    retryWrites: false,
    writeConcern: { w: 'majority', journal: true },
  });
  return { child, client };
}

async function prepare(db: Db): Promise<void> {
  await db.collection('documents').createIndex({ list: 1, n: 1 }, { unique: true, partialFilterExpression: { n: { $gt: -1 } } });
  await db.collection('documents').createIndex({ v: 1 });
  await db.collection('pairs').createIndex({ t: 1, side: 1 }, { unique: true });
  await db.collection('pairs').createIndex({ tags: 1 });
}

/** Inserts, updates, deletes and transactions, until the server is gone. */
async function write(db: Db, expected: Expected, next: () => number): Promise<void> {
  const documents = db.collection<Document & { _id: number }>('documents');
  const pairs = db.collection('pairs');
  try {
    for (;;) {
      const id = next();
      expected.unsure.set(id, new Set([-1, 0]));
      await documents.insertOne({ _id: id, n: id, list: [1, 2], v: 0 });
      expected.inserted.set(id, 0);
      expected.unsure.set(id, new Set([0, 1]));
      await documents.updateOne({ _id: id }, { $inc: { v: 1 }, $push: { list: id as never } });
      expected.inserted.set(id, 1);
      expected.unsure.delete(id);
      const session = db.client.startSession();
      try {
        session.startTransaction();
        await pairs.insertOne({ t: id, side: 'left', tags: [id, 'x'] }, { session });
        await documents.updateOne({ _id: id }, { $set: { pair: true } }, { session });
        await pairs.insertOne({ t: id, side: 'right', tags: ['x', 'y'] }, { session });
        await session.commitTransaction();
        expected.moved.add(id);
      } finally {
        await session.endSession().catch(() => undefined);
      }
    }
  } catch {
    // The server was killed.
  }
}

/** @returns what is wrong */
async function check(db: Db, expected: Expected): Promise<string[]> {
  const wrong: string[] = [];
  const documents: Collection<Document & { _id: number }> = db.collection('documents');
  const found = new Map((await documents.find().toArray()).map((one) => [one._id, one]));
  for (const [id, v] of expected.inserted) {
    const allowed = expected.unsure.get(id) ?? new Set([v]);
    const document = found.get(id);
    if (!document) wrong.push(`document ${id} is lost`);
    else if (!allowed.has(document.v as number)) wrong.push(`document ${id} has v ${String(document.v)}`);
    else if ((document.list as unknown[]).length !== 2 + (document.v as number)) wrong.push(`document ${id} is half changed`);
  }
  const sides = new Map<number, number>();
  for (const { t } of await db.collection('pairs').find().toArray()) sides.set(t as number, (sides.get(t as number) ?? 0) + 1);
  for (const [id, document] of found) {
    const count = sides.get(id) ?? 0;
    if (count !== (document.pair === true ? 2 : 0)) wrong.push(`transaction ${id} is half there`);
    if (expected.moved.has(id) && count !== 2) wrong.push(`transaction ${id} is lost`);
  }
  for (const name of ['documents', 'pairs']) {
    const { valid, errors } = await db.command({ validate: name });
    if (!valid) wrong.push(`${name}: ${JSON.stringify(errors)}`);
  }
  return wrong;
}

describe('a server that is killed at any moment', () => {
  const dataDir = mkdtempSync(join(os.tmpdir(), 'embedded-mongo-crash-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it(`has everything that it acknowledged, and no half transaction, after ${ROUNDS} rounds`, async () => {
    if (!existsSync(MAIN)) throw new Error('Build first: the server that is killed is the built one');
    const expected: Expected = { inserted: new Map(), unsure: new Map(), moved: new Set() };
    let id = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { child, client } = await start(dataDir);
      const db = client.db('crash');
      if (round === 0) await prepare(db);
      const writers = Array.from({ length: WRITERS }, () => write(db, expected, () => (id += 1)));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
      child.kill('SIGKILL');
      await once(child, 'exit');
      await client.close(true);
      await Promise.all(writers);
      if (round % 10 === 9 || round === ROUNDS - 1) {
        const again = await start(dataDir);
        expect(await check(again.client.db('crash'), expected)).toEqual([]);
        await again.client.close();
        const over = once(again.child, 'exit');
        again.child.kill('SIGTERM');
        expect(await over).toEqual([0, null]);
      }
    }
    expect(expected.moved.size).toBeGreaterThan(ROUNDS);
    const figures = {
      figure: 'crash rounds',
      rounds: ROUNDS,
      documents: expected.inserted.size,
      transactions: expected.moved.size,
      lost: 0,
      half: 0,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  }, 900_000);
});
