import { mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import { join } from 'node:path';
import { GridFSBucket, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../index';
import { embedded, type TestServer } from '../support/servers';

const OPTIONS = { runtimeAdapters: { os }, serverSelectionTimeoutMS: 5_000 };

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await embedded({});
  });
  afterAll(() => server.stop());

  it('greets as the primary of a replica set of one', async () => {
    const hello = await server.client.db('admin').command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, setName: 'rs0', logicalSessionTimeoutMinutes: 30 });
    expect(hello.hosts).toEqual([hello.me]);
    for (const command of ['ping', 'buildInfo', 'hostInfo', 'connectionStatus', 'usersInfo', 'rolesInfo']) {
      expect(await server.client.db('admin').command({ [command]: 1 })).toMatchObject({ ok: 1 });
    }
  });

  it('takes the connection options that people use', async () => {
    for (const options of [
      { directConnection: false },
      { retryWrites: false },
      { maxPoolSize: 2, minPoolSize: 1 },
      { compressors: ['zlib' as const] },
      { readPreference: 'secondaryPreferred' as const },
    ]) {
      const client = await MongoClient.connect(server.uri, { ...OPTIONS, ...options });
      await client.db('options').collection('things').insertOne({ x: 1 });
      expect(await client.db('options').collection('things').countDocuments({ x: 1 })).toBe(1);
      await client.db('options').dropDatabase();
      await client.close();
    }
  });

  it('takes writes that want no answer', async () => {
    const things = server.client.db('unacknowledged').collection('things');
    await things.insertOne({ x: 1 }, { writeConcern: { w: 0 } });
    await until(async () => (await things.countDocuments()) === 1);
  });

  it('keeps files for GridFS', async () => {
    const bucket = new GridFSBucket(server.client.db('files'), { chunkSizeBytes: 10_000 });
    const content = Buffer.from(Array.from({ length: 35_000 }, (_, i) => i % 251));
    const upload = bucket.openUploadStream('file', { metadata: { a: 1 } });
    await new Promise((resolve, reject) => upload.on('finish', resolve).on('error', reject).end(content));
    const parts: Buffer[] = [];
    for await (const part of bucket.openDownloadStream(upload.id)) parts.push(part as Buffer);
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    await bucket.delete(upload.id);
    expect(await server.client.db('files').collection('fs.chunks').countDocuments()).toBe(0);
  });

  it('removes documents whose time is over, and only those', async () => {
    const things = server.client.db('ttl').collection('things');
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
    await things.createIndex({ gone: -1 }, { expireAfterSeconds: 0 });
    const past = new Date(Date.now() - 3_600_000);
    const future = new Date(Date.now() + 3_600_000);
    await things.insertMany([
      { at: past },
      { at: future, keep: 1 },
      { at: 'text', keep: 1 },
      { at: null, keep: 1 },
      { keep: 1 },
      { at: [future, past] },
      { gone: past },
      { gone: future, keep: 1 },
    ]);
    await until(async () => (await things.countDocuments({ keep: { $exists: false } })) === 0);
    expect(await things.countDocuments()).toBe(5);
    expect(await server.client.db('ttl').command({ validate: 'things' })).toMatchObject({ valid: true });
  });

  it('undoes the transaction of a client that is gone', async () => {
    const things = server.client.db('gone').collection<{ _id: number; n: number }>('things');
    await things.insertOne({ _id: 1, n: 0 });
    const client = await MongoClient.connect(server.uri, OPTIONS);
    const session = client.startSession();
    session.startTransaction();
    await client
      .db('gone')
      .collection<{ _id: number; n: number }>('things')
      .updateOne({ _id: 1 }, { $inc: { n: 5 } }, { session });
    // The pool is closed without a word to the server.
    (session as unknown as { endSession: () => Promise<void> }).endSession = () => Promise.resolve();
    await client.close(true);
    expect(await things.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnDocument: 'after' })).toEqual({ _id: 1, n: 1 });
  });

  it('gives up a query that takes longer than it may', async () => {
    const things = server.client.db('slow').collection('things');
    await things.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, s: 'x'.repeat(50) })));
    const slow = things.find(
      {
        $expr: {
          $gt: [
            { $strLenCP: { $reduce: { input: { $range: [0, 50] }, initialValue: '', in: { $concat: ['$$value', '$s'] } } } },
            1e9,
          ],
        },
      },
      { maxTimeMS: 30 },
    );
    await expect(slow.toArray()).rejects.toMatchObject({ code: 50 });
  });

  it('answers others while it looks through many documents', async () => {
    const things = server.client.db('fair').collection('things');
    await things.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, s: 'x'.repeat(50) })));
    let slowIsDone = false;
    const slow = things
      .find({
        $expr: {
          $gt: [
            { $strLenCP: { $reduce: { input: { $range: [0, 20] }, initialValue: '', in: { $concat: ['$$value', '$s'] } } } },
            1e9,
          ],
        },
      })
      .toArray();
    void slow.then(() => (slowIsDone = true));
    let answers = 0;
    while (!slowIsDone && answers < 3) {
      await server.client.db('fair').command({ ping: 1 });
      answers += 1;
    }
    expect(slowIsDone).toBe(false);
    expect(await slow).toEqual([]);
  });
});

describe('the data folder', () => {
  it('keeps everything over a restart, and lets one process in at a time', async () => {
    const dataDir = mkdtempSync(join(os.tmpdir(), 'embedded-mongo-test-'));
    try {
      const first = await startEmbeddedMongo({ dataDir });
      await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow('Another process uses the data folder');
      const client = await MongoClient.connect(first.uri, OPTIONS);
      const things = client.db('kept').collection<{ _id: number; l?: number[] }>('things');
      await things.createIndex({ l: 1 }, { unique: true, name: 'lists', sparse: true });
      await things.insertMany([{ _id: 1, l: [1, 2] }, { _id: 2 }]);
      await things.deleteOne({ _id: 2 });
      await client.close();
      await first.stop();
      const second = await startEmbeddedMongo({ dataDir, port: first.port });
      const again = await MongoClient.connect(second.uri, OPTIONS);
      const kept = again.db('kept').collection<{ _id: number; l?: number[] }>('things');
      expect(await kept.find().toArray()).toEqual([{ _id: 1, l: [1, 2] }]);
      await expect(kept.insertOne({ _id: 3, l: [2] })).rejects.toMatchObject({ code: 11_000 });
      expect(await again.db('kept').command({ validate: 'things' })).toMatchObject({ valid: true, keysPerIndex: { lists: 2 } });
      await again.close();
      await second.stop();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it('forgets what is only in memory', async () => {
    const server = await startEmbeddedMongo({ dataDir: ':memory:' });
    await server.stop();
    const again = await startEmbeddedMongo({ dataDir: ':memory:', port: server.port });
    const client = await MongoClient.connect(again.uri, OPTIONS);
    expect((await client.db().admin().listDatabases()).databases).toEqual([]);
    await client.close();
    await again.stop();
  });
});
