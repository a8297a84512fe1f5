import type { Collection, Document } from 'mongodb';
import { type Outcome, outcomeOf } from '../support/outcome';
import type { TestServer } from '../support/servers';
import type { Operation, Scenario } from './generators';

interface Any extends Document {
  _id: number;
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Runs an operation; what has no order of its own is put into one. */
async function perform(things: Collection<Any>, operation: Operation): Promise<unknown> {
  switch (operation.kind) {
    case 'insert':
      return (await things.insertMany(operation.documents as Any[], { ordered: operation.ordered })).insertedCount;
    case 'find': {
      const { filter, sort, skip, limit, projection } = operation;
      return things.find(filter, { sort: sort as never, skip, limit, projection }).toArray();
    }
    case 'aggregate': {
      const result = await things.aggregate(operation.pipeline).toArray();
      return operation.pipeline.some((stage) => '$group' in stage) ? result.sort(byText) : result;
    }
    case 'updateOne': {
      const filter = { ...operation.filter, _id: operation.id };
      const { matchedCount, modifiedCount, upsertedId } = await things.updateOne(
        operation.upsert ? { _id: operation.id } : filter,
        operation.update,
        { upsert: operation.upsert },
      );
      return [matchedCount, modifiedCount, upsertedId];
    }
    case 'updateMany': {
      const { matchedCount, modifiedCount } = await things.updateMany(operation.filter, operation.update);
      return [matchedCount, modifiedCount];
    }
    case 'modify': {
      const { filter, update, sort, after } = operation;
      return things.findOneAndUpdate(filter, update, { sort: sort, returnDocument: after ? 'after' : 'before' });
    }
    case 'replace': {
      const { matchedCount, modifiedCount } = await things.replaceOne({ _id: operation.id }, operation.document);
      return [matchedCount, modifiedCount];
    }
    case 'delete':
      return (await things.deleteMany(operation.filter)).deletedCount;
    case 'count':
      return things.countDocuments(operation.filter);
    case 'index':
      return things.createIndex(operation.index.key, operation.index.options);
  }
}

/**
 * An update of many that fails ends where the plan leads first: which document's error it is, and what was
 * changed before.
 */
const FAILED_ON_THE_WAY = 'failed on the way';
const failed = (outcome: Outcome): boolean => 'error' in (outcome as object);

/** Of this run alone, so that several may go on at once. */
export const DATABASE = `differential_${process.pid}`;

/** What every step of a scenario came to on a server, and what there was at the end. */
export async function replay(server: TestServer, name: string, scenario: Scenario): Promise<Outcome[]> {
  const db = server.client.db(DATABASE);
  const things = db.collection<Any>(name);
  await things.drop();
  const outcomes: Outcome[] = [];
  const step = async (run: () => Promise<unknown>) => outcomes.push(await outcomeOf(db, run));
  const validate = async () => {
    const { valid, errors } = await db.command({ validate: name });
    return { valid: valid as unknown, errors: errors as unknown };
  };
  for (const { key, options } of scenario.indexes) await step(() => things.createIndex(key, options));
  await step(async () => (await things.insertMany(scenario.documents as Any[], { ordered: false })).insertedCount);
  for (const operation of scenario.operations) {
    await step(() => perform(things, operation));
    if (operation.kind === 'updateMany' && failed(outcomes.at(-1))) {
      outcomes.splice(-1, 1, FAILED_ON_THE_WAY);
      await step(validate);
      return outcomes;
    }
  }
  await step(validate);
  await step(() => things.find({}, { sort: { _id: 1 } }).toArray());
  return outcomes;
}
