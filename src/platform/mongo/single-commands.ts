import {
  type Collection,
  type Document,
  type Filter,
  MongoServerError,
  type OptionalUnlessRequiredId,
  type WithId,
} from 'mongodb';
import type { Transaction } from '../transaction';
import { sessionOf } from './mongo-transaction';

/**
 * Inserts a few documents by one command. The driver's `insertMany` gets ready for any number of them in any
 * number of commands, which costs a request that saves one lead more than all the rest of its inserts.
 * @throws MongoServerError of the first document that is refused
 */
export async function insertFew<T extends Document>(
  collection: Collection<T>,
  documents: readonly OptionalUnlessRequiredId<T>[],
  transaction: Transaction,
): Promise<void> {
  const command = { insert: collection.collectionName, documents, ordered: true };
  const { writeErrors } = await collection.db.command(command, { session: sessionOf(transaction) });
  const [refused] = (writeErrors ?? []) as Document[];
  if (refused) throw new MongoServerError(refused);
}

/** The first document that the filter finds, by one command and without a cursor. */
export async function findFirst<T extends Document>(
  collection: Collection<T>,
  filter: Filter<T>,
  transaction: Transaction,
): Promise<WithId<T> | null> {
  const command = { find: collection.collectionName, filter, limit: 1, singleBatch: true };
  const { cursor } = await collection.db.command(command, { session: sessionOf(transaction) });
  return ((cursor as Document).firstBatch as WithId<T>[])[0] ?? null;
}
