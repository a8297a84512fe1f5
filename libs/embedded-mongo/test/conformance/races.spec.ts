import { mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientSession, type Collection, Long, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../index';

interface Counted {
  _id: string;
  n: number;
  marks?: number[];
}

/** On disk, where commits take a moment beside the event loop; other clients' commands come meanwhile. */
describe('several clients at once', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-races-'));
  let stop: () => Promise<void>;
  let client: MongoClient;
  let things: Collection<Counted>;

  beforeAll(async () => {
    const server = await startEmbeddedMongo({ dataDir });
    client = await MongoClient.connect(server.uri, { runtimeAdapters: { os }, writeConcern: { w: 'majority', journal: true } });
    things = client.db('races').collection<Counted>('things');
    await things.createIndex({ marks: 1 });
    stop = async () => {
      await client.close();
      await server.stop();
    };
  });
  afterAll(async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Reads in a transaction and writes what it read plus one. @returns whether it committed */
  async function readAndWrite(_id: string): Promise<boolean> {
    const session = client.startSession();
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' } });
      const { n } = (await things.findOne({ _id }, { session }))!;
      await things.updateOne({ _id }, { $set: { n: n + 1 } }, { session });
      await session.commitTransaction();
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 112 });
      return false;
    } finally {
      await session.endSession();
    }
  }

  it('a transaction never writes over what a write outside of transactions did meanwhile', async () => {
    await things.insertOne({ _id: 'counted', n: 0 });
    let done = 0;
    const increments = async () => {
      for (let i = 0; i < 150; i += 1) {
        await things.updateOne({ _id: 'counted' }, { $inc: { n: 1 } });
        done += 1;
      }
    };
    const transactions = async () => {
      for (let i = 0; i < 150; i += 1) if (await readAndWrite('counted')) done += 1;
    };
    await Promise.all([increments(), increments(), transactions(), transactions(), transactions()]);
    expect((await things.findOne({ _id: 'counted' }))!.n).toBe(done);
  });

  it('a write waits for a transaction that holds its document, for maxTimeMS at most', async () => {
    await things.insertMany(['before', 'taken', 'behind'].map((_id) => ({ _id, n: 0 })));
    const session = client.startSession();
    session.startTransaction();
    await things.updateOne({ _id: 'taken' }, { $set: { n: 7 } }, { session });
    const increment = (_id: string) => ({ updateOne: { filter: { _id }, update: { $inc: { n: 1 } } } });
    const writes = ['before', 'taken', 'behind'].map(increment);
    const impatient = things.bulkWrite(writes, { ordered: false, maxTimeMS: 100 });
    await expect(impatient).rejects.toMatchObject({ code: 50 });
    const patient = things.updateOne({ _id: 'taken' }, { $inc: { n: 1 } }, { maxTimeMS: 60_000 });
    await session.commitTransaction();
    await session.endSession();
    expect((await patient).modifiedCount).toBe(1);
    const found = await things.find({ _id: { $in: ['before', 'taken', 'behind'] } }).toArray();
    // The statements before it are done, and those behind it are not.
    expect(Object.fromEntries(found.map(({ _id, n }) => [_id, n]))).toEqual({ before: 1, taken: 8, behind: 0 });
  });

  it('who was told of a write finds it, by its id and by an index', async () => {
    await Promise.all(
      Array.from({ length: 8 }, async (_, who) => {
        for (let i = 0; i < 30; i += 1) {
          const _id = `mine ${who} ${i}`;
          await things.insertOne({ _id, n: i, marks: [who * 1_000 + i] });
          expect(await things.findOne({ _id })).not.toBeNull();
          expect(await things.countDocuments({ marks: who * 1_000 + i })).toBe(1);
        }
      }),
    );
  });

  it('an index that is made while others read and write has all of them, from its first moment on', async () => {
    const early = Array.from({ length: 5_000 }, (_, i) => ({ _id: `early ${i}`, n: 5_000 }));
    await things.insertMany(early);
    let made = false;
    const reading = Array.from({ length: 4 }, async () => {
      while (!made) expect(await things.countDocuments({ n: 5_000 }, { limit: 10 })).toBe(10);
    });
    const writing = Array.from({ length: 4 }, async (_, who) => {
      let written = 0;
      for (; !made || written < 20; written += 1) await things.insertOne({ _id: `late ${who} ${written}`, n: 5_001 });
      return written;
    });
    await things.createIndex({ n: 1 });
    made = true;
    await Promise.all(reading);
    const late = (await Promise.all(writing)).reduce((sum, written) => sum + written, 0);
    expect(await things.countDocuments({ n: { $gte: 5_000 } }, { hint: { n: 1 } })).toBe(early.length + late);
  });

  it('a write that is sent again while its first sending waits for a transaction is done once', async () => {
    await things.insertOne({ _id: 'held', n: 0 });
    const holder = client.startSession();
    holder.startTransaction();
    await things.updateOne({ _id: 'held' }, { $set: { marks: [] } }, { session: holder });
    const sessions = [client.startSession(), client.startSession()] as const;
    const send = (session: ClientSession) =>
      client
        .db('races')
        .command(
          { update: 'things', updates: [{ q: { _id: 'held' }, u: { $inc: { n: 1 } } }], txnNumber: Long.fromNumber(1_000_000) },
          { session },
        );
    // The same session on another connection, as after one that broke.
    const first = send(sessions[0]);
    Object.assign(sessions[1].serverSession, { id: sessions[0].serverSession.id });
    const second = send(sessions[1]);
    // Both wait by now: what is asked after them has been answered.
    await client.db('races').command({ ping: 1 });
    await holder.commitTransaction();
    expect((await Promise.all([first, second])).map(({ n }) => n as number)).toEqual([1, 1]);
    expect((await things.findOne({ _id: 'held' }))!.n).toBe(1);
    await Promise.all([holder, ...sessions].map((session) => session.endSession()));
  });
});
