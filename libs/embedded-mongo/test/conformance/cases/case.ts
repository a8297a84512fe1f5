import type { Collection, Db, Document } from 'mongodb';
import { failureOf } from '../../support/outcome';

export type Cases = Record<string, (db: Db) => Promise<unknown>>;

/** A document of any form. */
export interface Any extends Document {
  _id: string | number;
}

export const collection = (db: Db, name = 'things'): Collection<Any> => db.collection<Any>(name);

/** A collection with these documents, `_id` by position where there is none. */
export async function filled(db: Db, documents: readonly Document[], name = 'things'): Promise<Collection<Any>> {
  const things = collection(db, name);
  if (documents.length > 0) await things.insertMany(documents.map((document, i): Any => ({ _id: i, ...document })));
  return things;
}

/** Runs several operations, so that one case can show how they all end. */
export async function each<T>(inputs: readonly T[], run: (input: T) => Promise<unknown>): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const input of inputs) outcomes.push(await run(input).catch(failureOf));
  return outcomes;
}

/** The ids of what each filter finds. */
export const found = (things: Collection<Any>, filters: readonly Document[], options = {}): Promise<unknown[]> =>
  each(filters, async (filter) => (await things.find(filter, options).toArray()).map(({ _id }) => _id));

export const all = (things: Collection<Any>): Promise<unknown> => things.find({}, { sort: { _id: 1 } }).toArray();
