import { type Db, type Document, MongoBulkWriteError } from 'mongodb';
import type { Migration } from '../src/platform/migrations';

/** Who got a step, and whom a line knows, stood in two collections once. */
const FORMER = ['recipientClaims', 'lineContacts'] as const;
const BATCH_SIZE = 1_000;
const DUPLICATE_KEY = 11_000;

export const joinRecipients: Migration = {
  id: '0005-join-recipients',

  async plan(db) {
    const found = await countsOf(db);
    return found.map(([name, count]) => `${count.toLocaleString('en-US')} of ${name} are copied to recipients.`);
  },

  /**
   * The copies keep their ids; where the product has written one meanwhile, its own stands. The former
   * collections stay until a later version.
   */
  async run({ db, goOn }) {
    for (const [name] of await countsOf(db)) {
      for (let after = ''; ;) {
        const batch = await db
          .collection<{ _id: string } & Document>(name)
          .find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit: BATCH_SIZE })
          .toArray();
        if (batch.length === 0) break;
        goOn();
        await db
          .collection('recipients')
          .insertMany(batch as Document[], { ordered: false })
          .catch(unlessThere);
        after = batch.at(-1)!._id;
      }
    }
  },
};

async function countsOf(db: Db): Promise<[name: string, count: number][]> {
  const counts = await Promise.all(
    FORMER.map(async (name): Promise<[string, number]> => [name, await db.collection(name).countDocuments()]),
  );
  return counts.filter(([, count]) => count > 0);
}

function unlessThere(error: unknown): void {
  const { writeErrors } = error as MongoBulkWriteError;
  if (!(error instanceof MongoBulkWriteError) || [writeErrors].flat().some(({ code }) => code !== DUPLICATE_KEY)) throw error;
}
