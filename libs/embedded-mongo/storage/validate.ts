import type { Engine } from '../engine';
import { entryKeys } from '../indexes/keys-of';
import { decode } from '../values/decode';
import type { Collection } from './catalog';
import { documentKey, entryIn, recordOfValue } from './documents';
import { after, recordOf } from './keys';

export interface Validation {
  valid: boolean;
  errors: string[];
  documents: number;
  keysPerIndex: Record<string, number>;
}

const MOST_ERRORS = 100;
const AT_ONCE = 1_000;

/** Compares every index with the documents, both ways. */
export function validate(engine: Engine, collection: Collection): Validation {
  const { latest } = engine;
  const errors: string[] = [];
  const complain = (error: string) => errors.length < MOST_ERRORS && errors.push(error);
  const expected = new Map(collection.indexes.map((index) => [index.name, 0]));
  let documents = 0;
  each(engine, collection.prefix, collection.end, (place, raw) => {
    const record = recordOf(place);
    const document = decode(raw);
    documents += 1;
    for (const index of collection.indexes) {
      for (const key of entryKeys(index, document)) {
        expected.set(index.name, expected.get(index.name)! + 1);
        const value = latest.get(entryIn(index, key, record));
        if (value === undefined) complain(`${index.name}: no entry for record ${record}`);
        else if (index.unique && recordOfValue(value) !== record)
          complain(`${index.name}: an entry of record ${record} leads to ${recordOfValue(value)}`);
      }
    }
  });
  const keysPerIndex: Record<string, number> = {};
  for (const index of collection.indexes) {
    let entries = 0;
    each(engine, index.prefix, after(index.prefix), (key, value) => {
      entries += 1;
      const record = index.unique ? recordOfValue(value) : recordOf(key);
      if (latest.get(documentKey(collection, record)) === undefined)
        complain(`${index.name}: an entry leads to record ${record}, which is not there`);
    });
    keysPerIndex[index.name] = entries;
    if (entries !== expected.get(index.name))
      complain(`${index.name}: ${entries} entries instead of ${expected.get(index.name)}`);
  }
  return { valid: errors.length === 0, errors, documents, keysPerIndex };
}

function each(engine: Engine, start: string, end: string, visit: (key: string, value: Buffer) => void): void {
  for (let from = start; ;) {
    const found = engine.latest.range(from, end, { limit: AT_ONCE, values: true });
    for (const { key, value } of found) visit(key, value);
    if (found.length < AT_ONCE) return;
    from = `${found.at(-1)!.key}\0`;
  }
}
