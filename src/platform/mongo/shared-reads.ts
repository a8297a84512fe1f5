import type { Collection, Document, Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { Gathered } from './gathered';

/** More than any question has for an answer, so that all of it comes at once. */
const BATCH_SIZE = 10_000;

interface Read {
  collection: Collection;
  filter: Filter<Document>;
  projection: Document | undefined;
  limit: number | undefined;
}

/** How much of what is found is wanted: all of it where nothing is said. */
interface Wanted {
  projection?: Document;
  limit?: number;
}

/** A document, and the number of the question that it answers. */
interface Answer {
  question: number;
  document: Document;
}

/**
 * Reads of different collections that come at the same moment, in one command: small ones, each of which an
 * index answers. Each is as fresh as if it had been made by itself (ADR 31). Outside transactions alone.
 */
export class SharedReads {
  private static readonly ofConnections = new WeakMap<Connection, SharedReads>();
  private readonly gathered = new Gathered<Read, Document[]>((reads) => this.ask(reads));

  /** Those of the connection, which all repositories on it share. */
  static of({ db }: { db: Connection }): SharedReads {
    const known = this.ofConnections.get(db) ?? new SharedReads();
    this.ofConnections.set(db, known);
    return known;
  }

  /** In no particular order. */
  find<T extends Document>(collection: Collection<T>, filter: Filter<T>, { projection, limit }: Wanted = {}): Promise<T[]> {
    const read = { collection, filter, projection, limit } as unknown as Read;
    return this.gathered.of(read) as Promise<unknown> as Promise<T[]>;
  }

  private async ask(reads: readonly Read[]): Promise<Document[][]> {
    const [first, ...others] = reads;
    if (others.length === 0) {
      const { collection, filter, projection, limit } = first!;
      return [await collection.find(filter, { projection, limit }).toArray()];
    }
    const pipeline = [
      ...pipelineOf(first!, 0),
      ...others.map((read, index) => ({
        $unionWith: { coll: read.collection.collectionName, pipeline: pipelineOf(read, index + 1) },
      })),
    ];
    const answers: Document[][] = reads.map(() => []);
    const found = await first!.collection.aggregate<Answer>(pipeline, { batchSize: BATCH_SIZE }).toArray();
    for (const { question, document } of found) answers[question]!.push(document);
    return answers;
  }
}

const pipelineOf = ({ filter, projection, limit }: Read, question: number): Document[] => [
  { $match: filter },
  ...(limit === undefined ? [] : [{ $limit: limit }]),
  ...(projection ? [{ $project: projection }] : []),
  { $replaceWith: { question: { $literal: question }, document: '$$ROOT' } },
];
