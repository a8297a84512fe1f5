import type { Db, Document, Filter } from 'mongodb';

const BATCH_SIZE = 500;

/** What to read of a collection. */
export interface Reading {
  collection: string;
  projection?: Document;
  query?: Filter<Document>;
}

/** Reads a collection in the order of its ids, some hundred documents at a time. */
export async function* batchesOf<T extends { _id: unknown }>(db: Db, reading: Reading): AsyncGenerator<T[]> {
  const { collection, projection, query = {} } = reading;
  for (let after: unknown = null; ;) {
    const filter = { ...query, ...(after !== null && { _id: { $gt: after } }) } as Filter<Document>;
    const batch = (await db
      .collection(collection)
      .find(filter, { projection, sort: { _id: 1 }, limit: BATCH_SIZE })
      .toArray()) as unknown as T[];
    if (batch.length === 0) return;
    yield batch;
    after = batch.at(-1)!._id;
  }
}

export const counted = (n: number): string => n.toLocaleString('en-US');
