import type { ClientSession } from 'mongodb';
import { Transaction } from '../transaction';

/** A transaction of the store. */
export class MongoTransaction extends Transaction {
  constructor(
    readonly session: ClientSession,
    wasOvertaken = false,
  ) {
    super(wasOvertaken);
  }
}

/**
 * The session that a transaction runs in.
 * @throws Error for a transaction of another store, such as a test's
 */
export function sessionOf(transaction: Transaction): ClientSession {
  if (transaction instanceof MongoTransaction) return transaction.session;
  throw new Error('The transaction is not one of this store');
}
