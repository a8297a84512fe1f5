import type { Db, Document, Filter, ObjectId } from 'mongodb';
import type { MigrationContext } from '../src/platform/migrations';

const BATCH_SIZE = 1_000;
/** One line for so many documents. */
const TELL_EVERY = 50_000;

/** Fields that documents of a collection may lack, with what their absence has meant until now. */
export interface Completion {
  collection: string;
  fields: Record<string, unknown>;
}

export async function planOf(db: Db, completion: Completion): Promise<string[]> {
  const { collection, fields } = completion;
  const count = await db.collection(collection).countDocuments(lacking(completion));
  return count > 0 ? [`${count.toLocaleString('en-US')} of ${collection} get ${Object.keys(fields).join(', ')}.`] : [];
}

/**
 * Fills the fields in, batch by batch in the order of the ids. A field that was written meanwhile is left as
 * it is, so the product may go on writing while this runs.
 */
export async function complete({ db, say, goOn }: MigrationContext, completion: Completion): Promise<void> {
  const documents = db.collection<Document>(completion.collection);
  let after: ObjectId | null = null;
  for (let done = 0; ;) {
    const filter = (after ? { $and: [{ _id: { $gt: after } }, lacking(completion)] } : lacking(completion)) as Filter<Document>;
    const batch = await documents.find(filter, { projection: { _id: 1 }, sort: { _id: 1 }, limit: BATCH_SIZE }).toArray();
    if (batch.length === 0) return;
    goOn();
    const ids = batch.map(({ _id }) => _id);
    for (const [field, value] of Object.entries(completion.fields)) {
      await documents.updateMany({ _id: { $in: ids }, [field]: { $exists: false } }, { $set: { [field]: value } });
    }
    after = ids.at(-1)!;
    if (Math.floor((done + ids.length) / TELL_EVERY) > Math.floor(done / TELL_EVERY)) {
      say(`${(done + ids.length).toLocaleString('en-US')} of ${completion.collection} are complete …`);
    }
    done += ids.length;
  }
}

const lacking = ({ fields }: Completion): Document => ({
  $or: Object.keys(fields).map((field) => ({ [field]: { $exists: false } })),
});
