import type { Engine } from '../engine';
import { CommandError } from '../errors';
import type { Collection } from '../storage/catalog';
import { duplicateKey, entryIn, entryValue } from '../storage/documents';
import { recordOf } from '../storage/keys';
import { equal } from '../values/compare';
import { decode } from '../values/decode';
import type { Doc } from '../values/types';
import { checkedSpec, Index, type IndexRecord, sameOptions } from './definition';
import { entryKeys } from './keys-of';

/** Documents whose entries are written in one commit while an index is built. */
const AT_ONCE = 2_000;
const MOST_INDEXES = 64;

/** Makes the indexes that are not there yet. All of them, or none. */
export async function createIndexes(engine: Engine, collection: Collection, given: readonly Doc[]): Promise<void> {
  const specs = given.map(checkedSpec);
  await engine
    .changeCatalog(collection, () => {
      const fresh = newOnes(collection, specs);
      if (fresh.length === 0) return;
      if (collection.indexes.length + fresh.length > MOST_INDEXES)
        throw new CommandError(67, `add index fails, too many indexes for ${collection.ns}`);
      const records = fresh.map((spec): IndexRecord => {
        const tree = engine.catalog.takeTree();
        return { spec, tree, multikey: Object.keys(spec.key as Doc).map(() => false) };
      });
      try {
        const indexes = records.map((record) => new Index(record));
        for (const index of indexes) fill(engine, collection, index);
      } catch (error) {
        for (const { tree } of records) engine.catalog.discard(tree);
        if (error instanceof CommandError) return error;
        throw error;
      }
      engine.catalog.addIndexes(collection, records);
      return undefined;
    })
    .then((error) => {
      if (error) throw error;
    });
}

/** @throws when one of the same name or key is another index */
function newOnes(collection: Collection, specs: readonly Doc[]): Doc[] {
  const fresh: Doc[] = [];
  for (const spec of specs) {
    const known = [...collection.indexes.map(({ record }) => record.spec), ...fresh];
    const sameName = known.find(({ name }) => name === spec.name);
    const sameKey = known.find(({ key }) => equal(Object.entries(key as Doc), Object.entries(spec.key as Doc)));
    const isId = equal(Object.entries(spec.key as Doc), [['_id', 1]]);
    if (isId) continue;
    if (sameName && equal(sameName.key, spec.key) && sameOptions(sameName, spec)) continue;
    if (sameName) {
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${spec.name as string}`,
      );
    }
    if (sameKey && equal(sameKey.partialFilterExpression ?? null, spec.partialFilterExpression ?? null)) {
      throw new CommandError(
        85,
        sameOptions(sameKey, spec)
          ? `Index already exists with a different name: ${sameKey.name as string}`
          : `An equivalent index already exists with a different name and options. Requested index: ${spec.name as string}`,
      );
    }
    fresh.push(spec);
  }
  return fresh;
}

function fill(engine: Engine, collection: Collection, index: Index): void {
  const { direct } = engine;
  // Of several doubles the one with the least key is named.
  let double: { key: string; document: Doc } | undefined;
  for (let start = collection.prefix; ;) {
    const found = direct.range(start, collection.end, { limit: AT_ONCE, values: true });
    for (const { key: place, value } of found) {
      const record = recordOf(place);
      const document = decode(value);
      for (const key of entryKeys(index, document)) {
        if (index.unique && direct.get(key) !== undefined) {
          if (!double || key < double.key) double = { key, document };
        } else direct.put(entryIn(index, key, record), entryValue(index, record));
      }
    }
    if (found.length < AT_ONCE) break;
    start = `${found.at(-1)!.key}\0`;
  }
  if (double) throw duplicateKey(collection.ns, index, double.key, double.document);
}
