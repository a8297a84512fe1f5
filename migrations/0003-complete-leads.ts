import type { Collection, Db, Document, Filter, ObjectId, WithId } from 'mongodb';
import { SEARCHED_FIELDS, searchTokens } from '../src/leads/domain/search/tokens';
import type { Migration, MigrationContext } from '../src/platform/migrations';
import { complete, type Completion, planOf } from './complete-fields';

/** Before there were imports and reasons of checks, leads had no such fields. */
const LEADS: Completion = { collection: 'leads', fields: { importId: null, availabilityReason: null } };
/** Before leads could be searched by words, they had no tokens, and no search has found them since. */
const UNSEARCHABLE = { search: { $exists: false } };
const BATCH_SIZE = 500;

type Names = Parameters<typeof searchTokens>[0];

export const completeLeads: Migration = {
  id: '0003-complete-leads',

  async plan(db) {
    const count = await leadsOf(db).countDocuments(UNSEARCHABLE);
    const search = count > 0 ? [`${count.toLocaleString('en-US')} of leads become searchable.`] : [];
    return [...(await planOf(db, LEADS)), ...search];
  },

  async run(context) {
    await complete(context, LEADS);
    await makeSearchable(context);
  },
};

async function makeSearchable({ db, goOn }: MigrationContext): Promise<void> {
  const leads = leadsOf(db);
  const projection = Object.fromEntries(SEARCHED_FIELDS.map((field) => [field, 1]));
  let after: ObjectId | null = null;
  for (;;) {
    const filter: Filter<Document> = after ? { ...UNSEARCHABLE, _id: { $gt: after } } : UNSEARCHABLE;
    const batch: WithId<Document>[] = await leads.find(filter, { projection, sort: { _id: 1 }, limit: BATCH_SIZE }).toArray();
    if (batch.length === 0) return;
    goOn();
    const writes = batch.map(({ _id, ...names }) => ({
      updateOne: { filter: { _id, ...UNSEARCHABLE }, update: { $set: { search: searchTokens(names as unknown as Names) } } },
    }));
    await leads.bulkWrite(writes, { ordered: false });
    after = batch.at(-1)!._id;
  }
}

const leadsOf = (db: Db): Collection<Document> => db.collection('leads');
