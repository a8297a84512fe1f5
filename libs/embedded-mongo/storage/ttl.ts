import type { Index } from '../indexes/definition';
import { entriesOf } from '../indexes/keys-of';
import { MustWait } from '../transactions/writers';
import { decode } from '../values/decode';
import { inverted, keyOfOne } from '../values/ordered-key';
import { Rank } from '../values/types';
import type { Catalog, Collection } from './catalog';
import { documentKey, recordOfValue, removeDocument } from './documents';
import { recordOf } from './keys';
import type { Writer } from './readers';
import type { Store } from './store';

const AT_ONCE = 1_000;

/**
 * What a sweep needs: the collections, the jobs of the store, and a writer that respects what transactions
 * hold.
 */
export interface SweptStore {
  readonly catalog: Catalog;
  readonly store: Store;
  readonly direct: Writer;
}

/** Removes the documents whose time is over, by the indexes that say so. */
export async function sweepExpired({ catalog, store, direct }: SweptStore): Promise<void> {
  for (const collection of catalog.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      while (
        (await store.write(() => (isCurrent(catalog, collection, index) ? removeSome(direct, collection, index) : 0))) === AT_ONCE
      )
        continue;
    }
  }
}

/** Either may have been dropped while the sweep waited for its turn. */
const isCurrent = (catalog: Catalog, collection: Collection, index: Index): boolean =>
  catalog.get(collection.ns) === collection && collection.indexes.includes(index);

/** @returns how many were removed */
function removeSome(direct: Writer, collection: Collection, index: Index): number {
  const due = new Date(Date.now() - index.expireAfterSeconds! * 1_000);
  const [first, last] = [String.fromCharCode(Rank.date), keyOfOne(due)];
  const ascending = index.fields[0]!.direction === 1;
  const start = index.prefix + (ascending ? first : inverted(last));
  const end = index.prefix + (ascending ? last : inverted(String.fromCharCode(Rank.date - 1)));
  let removed = 0;
  for (const entry of direct.range(start, end, { limit: AT_ONCE, values: index.unique })) {
    const record = index.unique ? recordOfValue(entry.value) : recordOf(entry.key);
    const raw = direct.get(documentKey(collection, record));
    if (!raw || !isDue(index, raw, due)) continue;
    try {
      removeDocument(direct, collection, { record, raw });
      removed += 1;
    } catch (error) {
      // Held by a transaction: its turn comes with the next sweep.
      if (!(error instanceof MustWait)) throw error;
    }
  }
  return removed;
}

const isDue = (index: Index, raw: Buffer, due: Date): boolean =>
  entriesOf(index, decode(raw)).some(([value]) => value instanceof Date && value < due);
