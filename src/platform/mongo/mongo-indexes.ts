import { EJSON, type ObjectId } from 'bson';
import { type CreateIndexesOptions, type Db, type Document, type Filter, MongoServerError } from 'mongodb';
import type { Schema } from 'mongoose';

const DUPLICATE_KEY = 11_000;
/** An index of that name, or on that key, is there with other options. */
const CONFLICTS = [85, 86];
const OPTIONS = ['unique', 'partialFilterExpression', 'expireAfterSeconds'] as const;

type Options = Pick<CreateIndexesOptions, (typeof OPTIONS)[number]>;

/** An index that a schema declares. */
interface DeclaredIndex {
  collection: string;
  name: string;
  key: Record<string, 1 | -1>;
  options: Options;
}

/**
 * What the schemas need: their collections, since a transaction must never be the first to touch one, and
 * their indexes.
 */
export interface Declared {
  collections: string[];
  indexes: DeclaredIndex[];
}

/**
 * An index cannot be built on the data that is there. The message says which one, why, and what a person can
 * do.
 */
export class IndexNotBuildable extends Error {
  override readonly name = 'IndexNotBuildable';
}

export function declaredBy(schemas: Iterable<Schema>): Declared {
  const collections = [...schemas].map((schema) => ({ schema, collection: String(schema.get('collection')) }));
  return {
    collections: collections.map(({ collection }) => collection),
    indexes: collections.flatMap(({ schema, collection }) =>
      schema.indexes().map(([key, options]) => ({
        collection,
        name: nameOf(key as DeclaredIndex['key']),
        key: key as DeclaredIndex['key'],
        options: optionsOf(options),
      })),
    ),
  };
}

/** Of so many collections the indexes are read at the same time. */
const READ_AT_ONCE = 5;

/** What is declared and not there, or there with other options. */
export async function missing(db: Db, { collections, indexes }: Declared): Promise<Declared> {
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const absent = collections.filter((name) => !there.has(name));
  const present = collections.filter((name) => there.has(name));
  const built = new Set<string>();
  // A start is not to need a connection for each collection at once.
  for (let from = 0; from < present.length; from += READ_AT_ONCE) {
    const some = present.slice(from, from + READ_AT_ONCE).map((collection) => identitiesIn(db, collection));
    for (const identities of await Promise.all(some)) identities.forEach((one) => built.add(one));
  }
  return { collections: absent, indexes: indexes.filter((index) => !built.has(identity(index))) };
}

async function identitiesIn(db: Db, collection: string): Promise<string[]> {
  const found = await db.collection(collection).listIndexes().toArray();
  return found.map(({ key, ...options }: { key: Document }) => identity({ collection, key, options: optionsOf(options) }));
}

/**
 * Makes the collections, and builds all indexes of a collection in one go: its documents are read once.
 * @throws IndexNotBuildable when the data violates a unique index, or an index of that name has other options
 */
export async function build(db: Db, { collections, indexes }: Declared, say: (line: string) => void): Promise<void> {
  await Promise.all(collections.map((collection) => db.createCollection(collection)));
  const byCollection = await Promise.all(
    [...new Set(indexes.map(({ collection }) => collection))].map(async (collection) => ({
      collection,
      own: indexes.filter((index) => index.collection === collection),
      documents: await db.collection(collection).estimatedDocumentCount(),
    })),
  );
  await Promise.all(byCollection.filter(({ documents }) => documents === 0).map(({ own }) => buildTogether(db, own)));
  // One after the other where that is work for the server.
  for (const { collection, own, documents } of byCollection.filter((one) => one.documents > 0)) {
    say(`Building ${counted(own.length, 'index', 'indexes')} of ${collection} (${counted(documents, 'document')}) …`);
    await buildTogether(db, own);
  }
}

async function buildTogether(db: Db, indexes: readonly DeclaredIndex[]): Promise<void> {
  const { collection } = indexes[0]!;
  try {
    await db.collection(collection).createIndexes(indexes.map(({ key, name, options }) => ({ key, name, ...options })));
  } catch (error) {
    throw await inWords(db, indexes, error);
  }
}

/** `1 document`, `12,000 documents`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

async function inWords(db: Db, own: readonly DeclaredIndex[], error: unknown): Promise<unknown> {
  if (!(error instanceof MongoServerError)) return error;
  const name = /index: (\S+)/.exec(error.message)?.[1];
  const index = own.find((one) => one.name === name) ?? own.find(({ key }) => sameKey(key, error.keyPattern as Document));
  const { collection } = own[0]!;
  if (error.code === DUPLICATE_KEY) {
    const example = error.keyValue as Document | undefined;
    const ids = example ? await holdersOf(db, collection, { ...index?.options }, example) : [];
    const who = ids.length > 1 ? ` (${ids.map((id) => EJSON.stringify(id)).join(' and ')} are two of them)` : '';
    return new IndexNotBuildable(
      `The unique index ${index?.name ?? name} of ${collection} cannot be built: several documents have ` +
        `${example ? JSON.stringify(example) : 'the same key'}${who}. Change or remove all but one of them, then run the migrations again.`,
    );
  }
  if (CONFLICTS.includes(Number(error.code))) {
    return new IndexNotBuildable(
      `An index of ${collection} cannot be built, since another one with its name or key is there: ${error.message}. ` +
        'Drop that index, then run the migrations again.',
    );
  }
  return error;
}

async function holdersOf(
  db: Db,
  collection: string,
  { partialFilterExpression }: Options,
  example: Document,
): Promise<ObjectId[]> {
  const filter = { $and: [example, partialFilterExpression ?? {}] } as Filter<Document>;
  const found = await db
    .collection(collection)
    .find(filter, { projection: { _id: 1 }, limit: 2 })
    .toArray();
  return found.map(({ _id }) => _id);
}

const nameOf = (key: DeclaredIndex['key']): string =>
  Object.entries(key)
    .map(([field, order]) => `${field}_${order}`)
    .join('_');

const optionsOf = (given: Document): Options =>
  Object.fromEntries(
    OPTIONS.filter((name) => given[name] !== undefined && given[name] !== false).map((name) => [name, given[name]]),
  );

const identity = ({ collection, key, options }: Omit<DeclaredIndex, 'name'>): string =>
  EJSON.stringify([collection, Object.entries(key), options], { relaxed: false });

const sameKey = (a: Document, b: Document | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
