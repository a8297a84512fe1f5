import type { AnyBulkWriteOperation, Collection, Document, Filter, UpdateFilter } from 'mongodb';
import { Gathered } from './gathered';

export interface ConditionalUpdate<T extends Document> {
  filter: Filter<T>;
  update: UpdateFilter<T>;
  /** Finds the document if this very update, of all that there are, was made: by a token of its own. */
  proof: Filter<T>;
}

/**
 * Conditional updates of single documents for many callers, in one command. Each is a compare-and-set of its
 * own: those whose condition did not hold change nothing. Outside transactions alone.
 */
export class GatheredUpdates<T extends Document> {
  private readonly gathered = new Gathered<ConditionalUpdate<T>, boolean>((updates) => this.make(updates));

  constructor(private readonly collection: Collection<T>) {}

  /** @returns whether the condition held, and the update was made. It must change the document */
  of(update: ConditionalUpdate<T>): Promise<boolean> {
    return this.gathered.of(update);
  }

  private async make(updates: readonly ConditionalUpdate<T>[]): Promise<boolean[]> {
    const writes = updates.map(({ filter, update }) => ({ updateOne: { filter, update } }) as AnyBulkWriteOperation<T>);
    const { modifiedCount } = await this.collection.bulkWrite(writes, { ordered: false });
    if (modifiedCount === 0) return updates.map(() => false);
    if (modifiedCount === updates.length) return updates.map(() => true);
    // The store says how many there were, not which.
    return Promise.all(updates.map(({ proof }) => this.isMade(proof)));
  }

  private async isMade(proof: Filter<T>): Promise<boolean> {
    return (await this.collection.findOne(proof, { projection: { _id: 1 } })) !== null;
  }
}
