import { ConcurrentWrite, type Transaction } from '../transaction';
import type { Transactions } from './transactions';

/** A call that loses this many races in a row is not racing: something else is wrong. */
const MAX_ATTEMPTS = 5;

/**
 * Runs `work` in a transaction, and again in a new one when a port says that another call wrote the same
 * thing first. The attempts count from 1, for work that looks more closely after it lost a race.
 * @throws ConcurrentWrite when the last attempt lost too, and whatever `work` or `Transactions.run` throws
 */
export async function retryOnConflict<T>(
  transactions: Pick<Transactions, 'run'>,
  work: (transaction: Transaction, attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transactions.run((transaction) => work(transaction, attempt));
    } catch (error) {
      if (!(error instanceof ConcurrentWrite) || attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}
