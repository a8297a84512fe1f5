import type { Db, Document, Filter } from 'mongodb';
import { KeyRing, knowsKeyOf } from '../../platform/secrets';
import { SEALED_FIELDS } from '../../sealed-fields';
import { type Finding, some } from './finding';

const BATCH_SIZE = 500;
const CURE = 'Add the key that sealed them to ENCRYPTION_KEYS_OLD, or enter them again (docs/encryption-keys.md)';

/** Do the keys open all that is sealed? Reads every sealed field, batch by batch, and writes nothing. */
export async function examineKeys(db: Db, present: string, old: readonly string[] = []): Promise<Finding[]> {
  const keys = new KeyRing(present, old);
  if ((await knowsKeyOf(db, keys)) === false) {
    return [
      {
        problem: 'ENCRYPTION_KEY is not the key that the secrets in this database are sealed with',
        cure: 'Set the right one, or, where the key was changed, add the one before to ENCRYPTION_KEYS_OLD. No process starts until then',
      },
    ];
  }
  const unopened = new Map<string, string[]>();
  for (const { collection, fields } of SEALED_FIELDS) {
    for await (const document of batched(db, collection, fields)) {
      for (const field of fields) {
        const sealed: unknown = document[field];
        if (typeof sealed !== 'string' || opens(keys, sealed)) continue;
        const group = `${field} of ${collection}${keyIn(sealed)}`;
        unopened.set(group, [...(unopened.get(group) ?? []), String(document._id)]);
      }
    }
  }
  return [...unopened].map(([group, ids]) => ({
    problem: `None of the keys opens ${ids.length} ${ids.length === 1 ? 'value' : 'values'} of ${group}: ${some(ids)}`,
    cure: CURE,
  }));
}

/** Values of the second form name their key. */
function keyIn(sealed: string): string {
  const [form, id] = sealed.split('.');
  return form === 'v2' ? ` (sealed under the key ${id})` : '';
}

async function* batched(db: Db, collection: string, fields: readonly string[]): AsyncGenerator<Document> {
  const projection = Object.fromEntries(fields.map((field) => [field, 1]));
  for (let after: unknown = null; ;) {
    const filter = (after === null ? {} : { _id: { $gt: after } }) as Filter<Document>;
    const batch = await db
      .collection(collection)
      .find(filter, { projection, sort: { _id: 1 }, limit: BATCH_SIZE })
      .toArray();
    yield* batch;
    if (batch.length < BATCH_SIZE) return;
    after = batch.at(-1)!._id;
  }
}

function opens(keys: KeyRing, sealed: string): boolean {
  try {
    keys.open(sealed);
    return true;
  } catch {
    return false;
  }
}
