import { EJSON } from 'bson';
import { type Db, type Document, MongoBulkWriteError, MongoServerError } from 'mongodb';

/**
 * What an operation came to, in a form that two servers can be compared by: types of numbers included, names
 * of databases not.
 */
export type Outcome = unknown;

export async function outcomeOf(db: Db, run: (db: Db) => Promise<unknown>): Promise<Outcome> {
  try {
    return plain(db, { ok: await run(db) });
  } catch (error) {
    return plain(db, failureOf(error));
  }
}

/** A failed build names ids of its own before its reason. */
const wordsOf = (message: string): string => message.replace(/^Index build failed: .* :: caused by :: /, '');

/**
 * An error as the code that meets it sees it: not its words, except those of E11000, which people read and
 * parse.
 */
export function failureOf(error: unknown): Document {
  if (!(error instanceof MongoServerError)) throw error;
  const { code, codeName, keyPattern, keyValue } = error;
  const labels = error.errorLabels.filter((label) => label.includes('Transaction'));
  const bulk = error instanceof MongoBulkWriteError ? bulkOf(error) : {};
  return {
    error: {
      code,
      codeName,
      keyPattern,
      keyValue,
      ...(labels.length > 0 && { labels }),
      ...(Number(code) === 11_000 && { message: wordsOf(error.message) }),
      ...bulk,
    },
  };
}

function bulkOf(error: MongoBulkWriteError): Document {
  const errors = (Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]).map((one) => ({
    index: one.index,
    code: one.code,
    keyPattern: (one.err as Document).keyPattern as unknown,
    keyValue: (one.err as Document).keyValue as unknown,
    ...(Number(one.code) === 11_000 && { message: one.errmsg }),
  }));
  const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount } = error.result;
  return { errors, counts: { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount } };
}

/** The clock of a cluster, which has no meaning here. */
const CLOCKS = new Set(['$clusterTime', 'operationTime']);

const plain = (db: Db, value: unknown): Outcome =>
  JSON.parse(EJSON.stringify(value, { relaxed: false }).replaceAll(db.databaseName, 'db'), (key, inner: unknown) =>
    CLOCKS.has(key) ? undefined : inner,
  );
