import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../ids';
import { collectionOf, insertFew, type Transaction, Transactions, within } from '../mongo';
import type { CounterRow } from './counter.schema';

/** A change of one count of one subject. */
export interface CountChange {
  subject: string;
  key: string;
  n: number;
}

type Count = Pick<CounterRow, 'workspaceId' | 'subject' | 'key'>;

/** Folding begins when a subject's key has this many rows. */
const FOLD_AT = 64;
/** Counts that this process remembers to have written to; the others are found by `foldAll`. */
const MAX_NOTICED = 50_000;
/** Rows folded in one transaction. */
const FOLD_BATCH_SIZE = 2_000;

/** Exact counts that many writers change at once without waiting for each other. */
@Injectable()
export class Counts {
  private readonly rows: Collection<CounterRow>;
  /** How many rows this process has added since it folded them last. */
  private readonly noticed = new Map<string, { count: Count; rows: number }>();

  constructor(
    @InjectModel('Counter') model: Model<CounterRow>,
    private readonly transactions: Transactions,
  ) {
    this.rows = collectionOf(model);
  }

  /**
   * Adds the changes, in the transaction of what they count. Changes of the same count are joined; zeros are
   * dropped.
   */
  async add(workspaceId: WorkspaceId, changes: readonly CountChange[], transaction: Transaction): Promise<void> {
    const joined = new Map<string, CountChange>();
    for (const { subject, key, n } of changes) {
      const known = joined.get(`${subject} ${key}`);
      if (known) known.n += n;
      else joined.set(`${subject} ${key}`, { subject, key, n });
    }
    const rows = [...joined.values()]
      .filter(({ n }) => n !== 0)
      .map((change) => ({ _id: new ObjectId(), workspaceId, ...change }));
    if (rows.length === 0) return;
    await insertFew(this.rows, rows, transaction);
    transaction.afterCommit(() => rows.forEach((row) => this.notice(row)));
  }

  /** The counts of each subject by key; subjects and keys that were never counted are absent. */
  async read(
    workspaceId: WorkspaceId,
    subjects: readonly string[],
    transaction?: Transaction,
  ): Promise<Map<string, Map<string, number>>> {
    const sums = await this.rows
      .aggregate<{
        _id: { subject: string; key: string };
        n: number;
      }>(
        [
          { $match: { workspaceId, subject: { $in: [...subjects] } } },
          { $group: { _id: { subject: '$subject', key: '$key' }, n: { $sum: '$n' } } },
        ],
        within(transaction),
      )
      .toArray();
    const counts = new Map<string, Map<string, number>>(subjects.map((subject) => [subject, new Map()]));
    for (const { _id, n } of sums) counts.get(_id.subject)?.set(_id.key, n);
    return counts;
  }

  /** Forgets everything counted about a subject. */
  async forget(workspaceId: WorkspaceId, subject: string, transaction?: Transaction): Promise<void> {
    await this.rows.deleteMany({ workspaceId, subject }, within(transaction));
  }

  /**
   * Replaces the rows of counts that this process has added many to by one row each. Harmless at any time and
   * by several at once.
   */
  async fold(): Promise<void> {
    const crowded = [...this.noticed].filter(([, { rows }]) => rows >= FOLD_AT);
    for (const [name, { count }] of crowded) {
      this.noticed.delete(name);
      await this.foldOne(count);
    }
  }

  /** The same for all counts, whoever added to them: reads every row, so it is for once in a while. */
  async foldAll(): Promise<void> {
    const crowded = await this.rows
      .aggregate<{ _id: Count }>([
        { $group: { _id: { workspaceId: '$workspaceId', subject: '$subject', key: '$key' }, rows: { $sum: 1 } } },
        { $match: { rows: { $gte: FOLD_AT } } },
      ])
      .toArray();
    for (const { _id } of crowded) await this.foldOne(_id);
  }

  private notice({ workspaceId, subject, key }: Count): void {
    const name = `${workspaceId} ${subject} ${key}`;
    const known = this.noticed.get(name);
    if (known) known.rows += 1;
    else if (this.noticed.size < MAX_NOTICED) this.noticed.set(name, { count: { workspaceId, subject, key }, rows: 1 });
  }

  private async foldOne(count: Count): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const rows = await this.rows.find(count, { ...within(transaction), limit: FOLD_BATCH_SIZE }).toArray();
      if (rows.length < 2) return;
      const n = rows.reduce((sum, row) => sum + row.n, 0);
      await this.rows.deleteMany({ _id: { $in: rows.map((row) => row._id) } }, within(transaction));
      await this.rows.insertOne({ _id: new ObjectId(), ...count, n }, within(transaction));
    });
  }
}
