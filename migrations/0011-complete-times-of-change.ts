import type { Db, Document, ObjectId } from 'mongodb';
import type { Migration, MigrationContext } from '../src/platform/migrations';

/** Before they could be read by their changes, documents did not say when they were changed last. */
interface Untimed {
  collection: string;
  field: string;
  /** What they did say: of these times, the latest is that of the last change that is known. */
  known: readonly string[];
}

const UNTIMED: readonly Untimed[] = [
  { collection: 'messages', field: 'changedAt', known: ['updatedAt'] },
  { collection: 'replies', field: 'updatedAt', known: ['receivedAt'] },
  { collection: 'enrollments', field: 'updatedAt', known: ['enrolledAt', 'repliedAt', 'endedAt', 'standing.at'] },
  { collection: 'suppressions', field: 'updatedAt', known: ['createdAt'] },
];
const BATCH_SIZE = 1_000;

export const completeTimesOfChange: Migration = {
  id: '0011-complete-times-of-change',

  async plan(db) {
    const lines = UNTIMED.map(async ({ collection, field }) => {
      const count = await db.collection(collection).countDocuments({ [field]: { $exists: false } });
      return count > 0 ? [`${count.toLocaleString('en-US')} of ${collection} get ${field}.`] : [];
    });
    return (await Promise.all(lines)).flat();
  },

  async run(context) {
    for (const untimed of UNTIMED) await complete(context, untimed);
  },
};

/** What is written meanwhile has a time, and keeps it. */
async function complete({ db, goOn }: MigrationContext, { collection, field, known }: Untimed): Promise<void> {
  const documents = documentsOf(db, collection);
  const lacking = { [field]: { $exists: false } };
  const projection = Object.fromEntries(known.map((path) => [path, 1]));
  const now = new Date();
  let after: ObjectId | null = null;
  for (;;) {
    const filter: Document = after ? { $and: [{ _id: { $gt: after } }, lacking] } : lacking;
    const batch: Document[] = await documents.find(filter, { projection, sort: { _id: 1 }, limit: BATCH_SIZE }).toArray();
    if (batch.length === 0) return;
    goOn();
    const writes = batch.map((document) => ({
      updateOne: {
        filter: { _id: document._id as ObjectId, ...lacking },
        update: { $set: { [field]: latest(document, known, now) } },
      },
    }));
    await documents.bulkWrite(writes, { ordered: false });
    after = batch.at(-1)!._id as ObjectId;
  }
}

/** None that lies ahead: a provider's clock may be fast, and readers would wait for that time. */
function latest(document: Document, known: readonly string[], now: Date): Date {
  const times = known.map((path) =>
    path.split('.').reduce<unknown>((value, name) => (value as Document | null)?.[name], document),
  );
  const dates = times.filter((time) => time instanceof Date).filter((time) => time <= now);
  return dates.length > 0 ? new Date(Math.max(...dates.map((time) => time.getTime()))) : now;
}

const documentsOf = (db: Db, collection: string) => db.collection<Document>(collection);
