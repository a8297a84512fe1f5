import { type Db, type Document, ObjectId } from 'mongodb';
import type { Migration, MigrationContext } from '../src/platform/migrations';

const BATCH_SIZE = 1_000;

/** Lines on bridges that are on no account yet; other channels had no adapter of the product's own. */
const LACKING = { channel: 'imessage', bridgeUrl: { $type: 'string' }, accountId: null };

/** A bridge and its device. Their lines have one password: the bridge has no more. */
interface Place {
  workspaceId: string;
  bridgeUrl: string;
  deviceId: string;
}

/**
 * Makes the accounts behind lines, one for each bridge and device of a workspace. No secret is opened: the
 * account gets the sealed password of one of its lines, and each line keeps its own, which goes on counting
 * for it. Fields that the version before reads stay as they are.
 */
export const accountsOfLines: Migration = {
  id: '0012-accounts-of-lines',

  async plan(db) {
    const count = await linesOf(db).countDocuments(LACKING);
    return count > 0 ? [`${count.toLocaleString('en-US')} lines get accounts, one for each bridge and device.`] : [];
  },

  async run(context) {
    await context.db.collection('accounts').createIndex({ workspaceId: 1, place: 1, nth: 1 }, { unique: true });
    let after: ObjectId | null = null;
    for (;;) {
      const filter: Document = after ? { ...LACKING, _id: { $gt: after } } : LACKING;
      const batch: Document[] = await linesOf(context.db)
        .find(filter, { sort: { _id: 1 }, limit: BATCH_SIZE })
        .toArray();
      if (batch.length === 0) return;
      const places = new Map(batch.map((line) => [JSON.stringify(placeOf(line)), placeOf(line)]));
      for (const place of places.values()) await putOnAccount(context, place);
      after = batch.at(-1)!._id as ObjectId;
    }
  },
};

const linesOf = (db: Db) => db.collection<Document>('lines');

function placeOf(line: Document): Place {
  const { workspaceId, bridgeUrl, deviceId } = line as unknown as Place;
  return { workspaceId, bridgeUrl, deviceId };
}

/** Run again, it finds the account that it made before. */
async function putOnAccount({ db, goOn }: MigrationContext, { workspaceId, bridgeUrl, deviceId }: Place): Promise<void> {
  goOn();
  const there = { ...LACKING, workspaceId, bridgeUrl, deviceId };
  const password = await passwordAt(db, there);
  const place = { workspaceId, place: `imessage ${bridgeUrl} ${deviceId}`, nth: 0 };
  const now = new Date();
  await db.collection<Document>('accounts').updateOne(
    place,
    {
      $setOnInsert: {
        _id: new ObjectId(),
        channel: 'imessage',
        provider: 'bluebubbles',
        name: null,
        deviceId,
        settings: { bridgeUrl },
        secrets: null,
        bridgePassword: password,
        secretNames: password === null ? [] : ['bridgePassword'],
        inboundSecret: null,
        secretFingerprint: null,
        pace: null,
        isImplicit: true,
        holds: 0,
        health: { status: 'unknown', lastCheckedAt: null, reason: null },
        createdAt: now,
        updatedAt: now,
      },
    },
    { upsert: true },
  );
  const account = await db.collection<Document>('accounts').findOne(place, { projection: { _id: 1 } });
  const $set = { accountId: account!._id, accountSettings: { bridgeUrl }, accountSecrets: null, accountPace: null };
  await linesOf(db).updateMany(there, { $set });
}

/** One that is known to be right, where there is such a line; else that of the oldest. */
async function passwordAt(db: Db, there: Document): Promise<string | null> {
  const withPassword = { ...there, bridgePassword: { $type: 'string' } };
  const options = { sort: { _id: 1 as const }, projection: { bridgePassword: 1 } };
  const line =
    (await linesOf(db).findOne({ ...withPassword, 'health.status': 'healthy' }, options)) ??
    (await linesOf(db).findOne(withPassword, options));
  return (line?.bridgePassword as string | undefined) ?? null;
}
