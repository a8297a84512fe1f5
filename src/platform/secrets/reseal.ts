import type { Db, Document, Filter } from 'mongodb';
import { recordPresentKey, type SealedFields, verifyKeys } from './key-check';
import type { KeyRing } from './key-ring';

const BATCH_SIZE = 500;
/** The product may seal values while this runs; it is gone through again until nothing is left. */
const MAX_PASSES = 10;

/** Links stand in messages, where nobody can seal them anew. */
const OLD_KEYS_NEEDED = 'ENCRYPTION_KEYS_OLD is needed only for the unsubscribe links of messages that were sent before.';

export type ResealMode = 'run' | 'dry-run';

/** Something is sealed under a key that is not here, so the keys that are here must not be called enough. */
export class NotResealed extends Error {
  override readonly name = 'NotResealed';
}

export interface ResealOptions {
  sealed: readonly SealedFields[];
  mode: ResealMode;
  say: (line: string) => void;
}

interface Pass {
  /** Values that another key sealed, or none that is named. */
  found: number;
  unopened: string[];
}

/**
 * Seals every stored secret anew under the present key and then writes down that this is the one, so that the
 * earlier keys can be taken away. It may be ended at any moment and run again.
 * @throws WrongEncryptionKey, NotResealed
 */
export async function reseal(db: Db, keys: KeyRing, { sealed, mode, say }: ResealOptions): Promise<void> {
  await verifyKeys(db, keys, sealed);
  for (let pass = 1; pass <= MAX_PASSES; pass++) {
    const { found, unopened } = await onePass(db, keys, { sealed, mode });
    if (unopened.length > 0) throw new NotResealed(explain(unopened));
    if (mode === 'dry-run') {
      say(`${counted(found)} would be sealed anew. This was a dry run: nothing was changed.`);
      return;
    }
    if (found === 0) {
      await recordPresentKey(db, keys);
      say(`Every secret is sealed under ENCRYPTION_KEY. ${OLD_KEYS_NEEDED}`);
      return;
    }
    say(`${counted(found)} sealed anew.`);
  }
  throw new NotResealed(
    'Secrets are being sealed under another key all the time: restart every process with the present key first.',
  );
}

async function onePass(db: Db, keys: KeyRing, { sealed, mode }: Omit<ResealOptions, 'say'>): Promise<Pass> {
  const pass: Pass = { found: 0, unopened: [] };
  for (const { collection, fields } of sealed) {
    const documents = db.collection(collection);
    const projection = Object.fromEntries(fields.map((field) => [field, 1]));
    for (let after: unknown = null; ;) {
      const filter = (after === null ? {} : { _id: { $gt: after } }) as Filter<Document>;
      const batch = await documents.find(filter, { projection, sort: { _id: 1 }, limit: BATCH_SIZE }).toArray();
      if (batch.length === 0) break;
      after = batch.at(-1)!._id;
      const writes = batch.flatMap((document) => fields.flatMap((field) => renewal(document, field, { collection, keys, pass })));
      if (mode === 'run' && writes.length > 0) await documents.bulkWrite(writes, { ordered: false });
    }
  }
  return pass;
}

/** What seals one field anew, unless it was changed in the meantime. */
function renewal(
  document: Document,
  field: string,
  { collection, keys, pass }: { collection: string; keys: KeyRing; pass: Pass },
) {
  const { [field]: sealed, _id } = document as { _id: never; [field: string]: unknown };
  if (typeof sealed !== 'string' || keys.isCurrent(sealed)) return [];
  try {
    const renewed = keys.seal(keys.open(sealed), 'v2');
    pass.found++;
    return [{ updateOne: { filter: { _id, [field]: sealed }, update: { $set: { [field]: renewed } } } }];
  } catch {
    pass.unopened.push(`${field} of ${collection} ${String(_id)}`);
    return [];
  }
}

const NAMED_AT_MOST = 10;

function explain(unopened: readonly string[]): string {
  const rest = unopened.length - NAMED_AT_MOST;
  const named = [...unopened.slice(0, NAMED_AT_MOST), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return `None of the keys opens these secrets:\n- ${named.join('\n- ')}\nAdd the key that sealed them to ENCRYPTION_KEYS_OLD, or enter them again. All keys are still needed.`;
}

const counted = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'secret' : 'secrets'}`;
