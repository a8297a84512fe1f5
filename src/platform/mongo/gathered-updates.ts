import { type AnyBulkWriteOperation, type Collection, type Document, type Filter, MongoError, type UpdateFilter } from 'mongodb';
import { Gathered } from './gathered';

/**
 * How writes for several callers go: each for itself, and for a second at most. A document that somebody
 * holds must not hold up those of the others; each is written by itself then.
 */
export const TOGETHER = { ordered: false, maxTimeMS: 1_000 } as const;

const MAX_TIME_EXPIRED = 50;

/** @throws the error, unless the time of `TOGETHER` was over: nobody knows how far the writes came */
export function unlessTimeIsOver(error: unknown): void {
  if (!(error instanceof MongoError) || error.code !== MAX_TIME_EXPIRED) throw error;
}

export interface ConditionalUpdate<T extends Document> {
  filter: Filter<T>;
  /** A pipeline where it is an array. */
  update: UpdateFilter<T> | Document[];
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

  private async make(updates: readonly ConditionalUpdate<T>[]): Promise<(boolean | Promise<boolean>)[]> {
    const [first, ...others] = updates;
    if (others.length === 0) return [this.alone(first!)];
    const writes = updates.map(({ filter, update }) => ({ updateOne: { filter, update } }) as AnyBulkWriteOperation<T>);
    const made = await this.collection.bulkWrite(writes, TOGETHER).catch(unlessTimeIsOver);
    if (!made) return updates.map((one) => this.madeOrAlone(one));
    if (made.modifiedCount === 0) return updates.map(() => false);
    if (made.modifiedCount === updates.length) return updates.map(() => true);
    // The store says how many there were, not which.
    return updates.map(({ proof }) => this.isMade(proof));
  }

  /** Of a group of which nobody knows how far it came. */
  private async madeOrAlone(one: ConditionalUpdate<T>): Promise<boolean> {
    return (await this.isMade(one.proof)) || this.alone(one);
  }

  private async alone({ filter, update }: ConditionalUpdate<T>): Promise<boolean> {
    return (await this.collection.updateOne(filter, update)).modifiedCount > 0;
  }

  /** And will still be so after a failover: it counts as little as an answer that never came before that. */
  private async isMade(proof: Filter<T>): Promise<boolean> {
    return (await this.collection.findOne(proof, { projection: { _id: 1 }, readConcern: { level: 'majority' } })) !== null;
  }
}
