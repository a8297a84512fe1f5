import type { Collection, Db, Document } from 'mongodb';
import type { MigrationContext } from '../../src/platform/migrations';
import { reformed } from './address-form';
import { batchesOf, counted } from './batches';

/** Records whose id ends with an address. */
const GUARDS = ['recipients', 'recipientSends', 'campaignAnswers'] as const;
/** What is only kept so that it need not be asked for again. */
const CACHES = ['conversations', 'availabilityAnswers'] as const;
const DUPLICATE_KEY = 11_000;

interface StoredRecord extends Document {
  _id: string;
}

/** A record is changed by being written anew; one that is not settled belongs to a message on its way. */
const isChanging = ({ _id, kept }: StoredRecord): boolean => kept !== false && reformed(_id) !== _id;

const recordsOf = (db: Db, name: string): Collection<StoredRecord> => db.collection<StoredRecord>(name);

export async function planKeyed(db: Db): Promise<string[]> {
  const lines: string[] = [];
  for (const collection of [...GUARDS, ...CACHES]) {
    let count = 0;
    for await (const batch of batchesOf<StoredRecord>(db, { collection, projection: { kept: 1 } })) {
      count += batch.filter(isChanging).length;
    }
    const isCache = (CACHES as readonly string[]).includes(collection);
    if (count > 0) lines.push(`${counted(count)} of ${collection} ${isCache ? 'are forgotten' : 'get the form of today'}.`);
  }
  return lines;
}

export async function runKeyed({ db, goOn, say }: MigrationContext): Promise<void> {
  for (const collection of GUARDS) {
    const records = recordsOf(db, collection);
    let left = 0;
    for await (const batch of batchesOf<StoredRecord>(db, { collection })) {
      goOn();
      for (const record of batch) if (isChanging(record) && !(await rename(records, record))) left += 1;
    }
    if (left > 0) say(`${counted(left)} of ${collection} stay beside a record of the new form.`);
  }
  for (const collection of CACHES) {
    for await (const batch of batchesOf<StoredRecord>(db, { collection, projection: { _id: 1 } })) {
      goOn();
      const ids = batch.filter(isChanging).map(({ _id }) => _id);
      if (ids.length > 0) await recordsOf(db, collection).deleteMany({ _id: { $in: ids } });
    }
  }
}

/**
 * The new one is there before the old one goes, so that the guard never opens; a run that ended between the
 * two is ended by the next.
 * @returns false where another record has the new form
 */
async function rename(records: Collection<StoredRecord>, record: StoredRecord): Promise<boolean> {
  const _id = reformed(record._id);
  try {
    await records.insertOne({ ...record, _id });
  } catch (error) {
    if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
    const there = await records.findOne({ _id });
    if (!there || !isSame(there, record)) return false;
  }
  await records.deleteOne({ _id: record._id });
  return true;
}

const isSame = ({ _id: _one, ...one }: StoredRecord, { _id: _other, ...other }: StoredRecord): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
