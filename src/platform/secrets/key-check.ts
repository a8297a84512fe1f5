import type { Db, Document } from 'mongodb';
import { isDuplicateKey } from '../mongo';
import { SETTINGS_COLLECTION } from '../sending-format/settings-document';
import type { KeyRing, SealForm } from './key-ring';

const KEY_CHECK_ID = 'encryptionKey';

/** Where sealed values are kept: fields of a collection that are null or sealed. */
export interface SealedFields {
  collection: string;
  fields: readonly string[];
}

/** What MongoDB keeps of the key that everything is sealed under: a process with another one stops. */
interface KeyCheck {
  _id: string;
  /** Of the key. */
  value: string;
  /** How new values are sealed. */
  form: SealForm;
}

/** This process would read nothing that is sealed, or seal what others cannot read. */
export class WrongEncryptionKey extends Error {
  override readonly name = 'WrongEncryptionKey';

  constructor() {
    super(
      'ENCRYPTION_KEY is not the key that the secrets in this database are sealed with. Set the right one, or, where the key was ' +
        'changed, add the one before to ENCRYPTION_KEYS_OLD. Nothing was changed.',
    );
  }
}

/**
 * Compares the keys of this process with the one that the database was sealed under; the first process ever
 * writes down its own.
 * @returns how values are to be sealed
 * @throws WrongEncryptionKey
 */
export async function verifyKeys(db: Db, keys: KeyRing, sealed: readonly SealedFields[]): Promise<SealForm> {
  const known = await keyCheckOf(db);
  if (!known) await firstCheck(db, keys, sealed);
  const check = known ?? (await keyCheckOf(db));
  if (!check || !keys.knows(check.value)) throw new WrongEncryptionKey();
  return check.form;
}

/** What a database of an earlier version holds was sealed under its key, which nobody has written down. */
async function firstCheck(db: Db, keys: KeyRing, sealed: readonly SealedFields[]): Promise<void> {
  for (const { collection, fields } of sealed) {
    const found = await db.collection(collection).findOne({ [fields[0]!]: { $type: 'string' } }, { sort: { _id: 1 } });
    if (found && !opens(keys, found[fields[0]!] as string)) throw new WrongEncryptionKey();
  }
  await writeCheck(db, { $setOnInsert: { value: keys.presentCheck, form: 'v1' } });
}

/** From now on everything is sealed under the present key, and names it. */
export async function recordPresentKey(db: Db, keys: KeyRing): Promise<void> {
  await writeCheck(db, { $set: { value: keys.presentCheck, form: 'v2' } });
}

/** Several processes may start at once; one of them writes. */
async function writeCheck(db: Db, change: Document): Promise<void> {
  try {
    await db.collection<KeyCheck>(SETTINGS_COLLECTION).updateOne({ _id: KEY_CHECK_ID }, change, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/**
 * Is one of the keys the one that the database was sealed under? Writes nothing.
 * @returns null where nothing says it
 */
export async function knowsKeyOf(db: Db, keys: KeyRing): Promise<boolean | null> {
  const check = await keyCheckOf(db);
  return check && keys.knows(check.value);
}

async function keyCheckOf(db: Db): Promise<KeyCheck | null> {
  return db.collection<KeyCheck>(SETTINGS_COLLECTION).findOne({ _id: KEY_CHECK_ID });
}

function opens(keys: KeyRing, sealed: string): boolean {
  try {
    keys.open(sealed);
    return true;
  } catch {
    return false;
  }
}
