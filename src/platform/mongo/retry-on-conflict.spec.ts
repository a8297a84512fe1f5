import { ConcurrentWrite, Transaction } from '../transaction';
import { retryOnConflict } from './retry-on-conflict';

class ListMade extends ConcurrentWrite {}
class FakeTransaction extends Transaction {}

/** Opens a new transaction for each run, as the store does, and counts them. */
class FakeTransactions {
  opened: Transaction[] = [];

  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const transaction = new FakeTransaction();
    this.opened.push(transaction);
    return work(transaction);
  }
}

describe('work that may lose a race', () => {
  it('runs once where nobody was faster', async () => {
    const transactions = new FakeTransactions();
    await expect(retryOnConflict(transactions, async (_, attempt) => attempt)).resolves.toBe(1);
    expect(transactions.opened).toHaveLength(1);
  });

  it('runs again in a new transaction, and is told which attempt it is', async () => {
    const transactions = new FakeTransactions();
    const attempts: [Transaction, number][] = [];
    const work = async (transaction: Transaction, attempt: number) => {
      attempts.push([transaction, attempt]);
      if (attempt < 3) throw new ListMade();
      return 'saved';
    };
    await expect(retryOnConflict(transactions, work)).resolves.toBe('saved');
    expect(attempts).toEqual(transactions.opened.map((transaction, index) => [transaction, index + 1]));
    expect(new Set(transactions.opened).size).toBe(3);
  });

  it('gives up after five races', async () => {
    const transactions = new FakeTransactions();
    const work = () => Promise.reject(new ListMade());
    await expect(retryOnConflict(transactions, work)).rejects.toBeInstanceOf(ListMade);
    expect(transactions.opened).toHaveLength(5);
  });

  it('does not repeat what failed for any other reason', async () => {
    const transactions = new FakeTransactions();
    await expect(retryOnConflict(transactions, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    expect(transactions.opened).toHaveLength(1);
  });
});
