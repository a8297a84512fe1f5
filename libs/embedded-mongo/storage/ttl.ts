import type { Engine } from '../engine';
import type { Index } from '../indexes/definition';
import { decode } from '../values/decode';
import { keyOfOne, inverted } from '../values/ordered-key';
import { MustWait } from '../transactions/writers';
import type { Collection } from './catalog';
import { documentKey, recordOfValue, removeDocument } from './documents';
import { recordOf } from './keys';
import { entriesOf } from '../indexes/keys-of';
import { Rank } from '../values/types';

const AT_ONCE = 1_000;

/** Removes the documents whose time is over, by the indexes that say so. */
export async function sweepExpired(engine: Engine): Promise<void> {
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      while ((await engine.store.write(() => removeSome(engine, collection, index))) === AT_ONCE) continue;
    }
  }
}

/** @returns how many were removed */
function removeSome(engine: Engine, collection: Collection, index: Index): number {
  if (engine.catalog.get(collection.ns) !== collection || !collection.indexes.includes(index)) return 0;
  const due = new Date(Date.now() - index.expireAfterSeconds! * 1_000);
  const [first, last] = [String.fromCharCode(Rank.date), keyOfOne(due)];
  const ascending = index.fields[0]!.direction === 1;
  const start = index.prefix + (ascending ? first : inverted(last));
  const end = index.prefix + (ascending ? last : inverted(String.fromCharCode(Rank.date - 1)));
  let removed = 0;
  for (const entry of engine.direct.range(start, end, { limit: AT_ONCE, values: index.unique })) {
    const record = index.unique ? recordOfValue(entry.value) : recordOf(entry.key);
    const raw = engine.direct.get(documentKey(collection, record));
    if (!raw || !isDue(index, raw, due)) continue;
    try {
      removeDocument(engine.direct, collection, { record, raw });
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
