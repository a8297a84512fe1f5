import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { deserialize, type Document } from 'bson';
import type { Db, MongoClient } from 'mongodb';
import type { WorkspaceDocument } from '../../auth/infrastructure/workspace.schema';
import { migrate } from '../../migrate';
import { CommandRefused } from '../run-command';
import { fileOf, MANIFEST, type Manifest, RESTORED } from './format';

/** Documents and bytes of one insert. */
const [BATCH_SIZE, BATCH_BYTES] = [1_000, 8_000_000];

/** Numbers keep their types, and binary values their subtypes. */
const AS_STORED = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

export interface RestoreOptions {
  /** Whether workspaces may send at once: nothing was sent since the backup was made. */
  sendsAtOnce: boolean;
  say: (line: string) => void;
}

/**
 * Fills an empty database from a backup, builds what this version needs, and counts what is there. Workspaces
 * are read-only after it (`restored`), since what was sent after the backup waits in it to be sent.
 * @throws CommandRefused, also when a count is not that of the backup
 */
export async function restore(client: MongoClient, uri: string, folder: string, options: RestoreOptions): Promise<Manifest> {
  const { sendsAtOnce, say } = options;
  const manifest = manifestOf(folder);
  const db = client.db();
  const there = await db.listCollections({}, { nameOnly: true }).toArray();
  if (there.length > 0)
    throw new CommandRefused(`The database ${db.databaseName} is not empty: a backup is restored into a new one`);
  for (const name of Object.keys(manifest.counts)) await load(db, name, join(folder, fileOf(name)));
  await compare(db, manifest, say);
  await migrate(uri, 'run', { say });
  if (!sendsAtOnce) {
    const workspaces = db.collection<WorkspaceDocument>('workspaces');
    const { modifiedCount } = await workspaces.updateMany({ readOnlyReason: null }, { $set: { readOnlyReason: RESTORED } });
    say(
      `${modifiedCount} workspaces are read-only (${RESTORED}) until you say otherwise: npm run workspace:read-only -- <id> off`,
    );
  }
  return manifest;
}

function manifestOf(folder: string): Manifest {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) throw new CommandRefused(`There is no complete backup in ${folder}`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  if (manifest.form !== 1) throw new CommandRefused(`The backup in ${folder} is of a form that this version does not know`);
  return manifest;
}

async function load(db: Db, name: string, file: string): Promise<void> {
  await db.createCollection(name);
  let batch: Document[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length > 0) await db.collection(name).insertMany(batch);
    [batch, bytes] = [[], 0];
  };
  for await (const document of documentsIn(file)) {
    if (batch.length === BATCH_SIZE || bytes + document.length > BATCH_BYTES) await flush();
    batch.push(deserialize(document, AS_STORED));
    bytes += document.length;
  }
  await flush();
}

/** Documents begin with their length, in four bytes. */
async function* documentsIn(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file).pipe(createGunzip())) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let at = 0;
    while (rest.length - at >= 4 && rest.length - at >= rest.readInt32LE(at)) {
      const end = at + rest.readInt32LE(at);
      yield rest.subarray(at, end);
      at = end;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0) throw new CommandRefused(`${file} ends in the middle of a document`);
}

async function compare(db: Db, { counts }: Manifest, say: (line: string) => void): Promise<void> {
  const wrong: string[] = [];
  for (const [name, expected] of Object.entries(counts)) {
    const count = await db.collection(name).countDocuments();
    if (count !== expected) wrong.push(`${name}: ${count} in place of ${expected}`);
  }
  if (wrong.length > 0) throw new CommandRefused(`The database is not what the backup is:\n- ${wrong.join('\n- ')}`);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  say(
    `${total.toLocaleString('en-US')} documents of ${Object.keys(counts).length} collections are restored; every count is that of the backup.`,
  );
}
