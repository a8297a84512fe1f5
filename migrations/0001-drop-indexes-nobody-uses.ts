import type { Db } from 'mongodb';
import type { Migration } from '../src/platform/migrations';

/** Each was replaced by one with other fields, and has since been kept up to date for nobody. */
const UNUSED: readonly [collection: string, index: string][] = [
  ['leads', 'workspaceId_1_search_1'],
  ['availabilityTargets', 'workspaceId_1_batch_1_lastId_1'],
];

export const dropIndexesNobodyUses: Migration = {
  id: '0001-drop-indexes-nobody-uses',

  async plan(db) {
    return (await found(db)).map(([collection, index]) => `The index ${index} of ${collection} is dropped; no query uses it.`);
  },

  async run({ db }) {
    for (const [collection, index] of await found(db)) await db.collection(collection).dropIndex(index);
  },
};

async function found(db: Db): Promise<typeof UNUSED> {
  const there = await Promise.all(
    UNUSED.map(async ([collection, index]) => {
      const isThere = await db.listCollections({ name: collection }).hasNext();
      return isThere && (await db.collection(collection).listIndexes().toArray()).some(({ name }) => name === index);
    }),
  );
  return UNUSED.filter((_, at) => there[at]);
}
