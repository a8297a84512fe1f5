import { createWriteStream, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientSession, Db, MongoClient } from 'mongodb';
import { makeDataFolder } from '../../platform/data-folder';
import { VERSION } from '../../platform/version';
import { CommandRefused } from '../run-command';
import { fileOf, MANIFEST, type Manifest } from './format';

const BATCH_SIZE = 1_000;

/**
 * Writes all that the database holds at one moment into a folder, while the product goes on. Large databases
 * are for the tools of MongoDB: a replica set keeps a moment readable for five minutes.
 * @param folder does not exist yet, or is empty
 * @throws CommandRefused
 */
export async function backUp(client: MongoClient, folder: string): Promise<Manifest> {
  makeDataFolder(folder, folder);
  if (readdirSync(folder).length > 0) throw new CommandRefused(`${folder} is not empty: a backup gets a folder of its own`);
  const db = client.db();
  const takenAt = new Date().toISOString();
  const counts = await atOneMoment(client, async (session) => {
    const found = await db.listCollections({}, { nameOnly: true }).toArray();
    const names = found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
    const counted: Record<string, number> = {};
    for (const name of names.sort()) counted[name] = await copy(db, name, join(folder, fileOf(name)), session);
    return counted;
  });
  const manifest: Manifest = { form: 1, version: VERSION, takenAt, counts };
  // Last: a folder without it is no backup.
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
}

/** Everything that is read is of the moment of the first read. */
async function atOneMoment<T>(client: MongoClient, read: (session: ClientSession) => Promise<T>): Promise<T> {
  const { storageEngines } = (await client.db().admin().command({ buildInfo: 1 })) as { storageEngines?: string[] };
  // The embedded store reads at one moment in transactions alone.
  if (!storageEngines?.includes('lmdb')) return client.withSession({ snapshot: true }, read);
  return client.withSession(async (session) => {
    session.startTransaction({ readConcern: { level: 'snapshot' } });
    const result = await read(session);
    await session.abortTransaction();
    return result;
  });
}

async function copy(db: Db, name: string, file: string, session: ClientSession): Promise<number> {
  const cursor = db.collection(name).find({}, { session, raw: true, sort: { _id: 1 }, batchSize: BATCH_SIZE });
  let count = 0;
  async function* documents(): AsyncGenerator<Buffer> {
    for await (const document of cursor) {
      count += 1;
      yield document as unknown as Buffer;
    }
  }
  await pipeline(Readable.from(documents()), createGzip({ level: 4 }), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  return count;
}
