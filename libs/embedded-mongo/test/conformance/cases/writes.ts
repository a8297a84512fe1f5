import { Binary, Double, Long, ObjectId } from 'bson';
import type { AnyBulkWriteOperation, Document } from 'mongodb';
import { all, type Any, type Cases, collection, each, filled } from './case';

export const WRITE_CASES: Cases = {
  'inserts and their errors': async (db) => {
    const things = collection(db);
    const results = await each<Document>(
      [
        { _id: 1 },
        { _id: 1 },
        { _id: 'x', a: 1 },
        { a: 1, _id: 'late' },
        { _id: [1] },
        { _id: /x/ },
        { _id: { a: 1 } },
        { _id: { $x: 1 } },
        { _id: new Double(1) },
        { _id: Long.fromNumber(1) },
        { _id: 1.5 },
      ],
      async (document) => {
        await things.insertOne(document as Any);
        return 'inserted';
      },
    );
    const made = await things.insertOne({ made: true } as never);
    await things.deleteOne({ made: true });
    return [results, (made.insertedId as unknown) instanceof ObjectId, await all(things)];
  },
  'E11000 of every type of value': async (db) => {
    const things = collection(db);
    await things.createIndex({ v: 1 }, { unique: true });
    const values = [
      'text',
      'with "quotes"',
      '',
      1,
      1.5,
      new Double(2),
      Long.fromNumber(3),
      true,
      null,
      new Date(5),
      ObjectId.createFromHexString('64b000000000000000000001'),
      { a: 1, b: 'x' },
      {},
      [],
      [[7, 8]],
      new Binary(Buffer.from('ab')),
      'é\u{1f600}',
      2147483648,
      -0.5,
      1e21,
    ];
    let id = 0;
    return each(values, async (v) => {
      await things.insertOne({ _id: (id += 1), v });
      await things.insertOne({ _id: (id += 1), v });
    });
  },
  'E11000 of compound, dotted and array keys': async (db) => {
    const things = await filled(db, [{ a: 1, b: { c: 'x' }, l: [1, 2], p: 'q' }]);
    await things.createIndex({ a: 1, 'b.c': -1 }, { unique: true });
    await things.createIndex({ l: 1, p: 1 }, { unique: true, name: 'lists', partialFilterExpression: { p: { $gt: '' } } });
    return each<Document>(
      [
        { a: 1, b: { c: 'x' } },
        { a: 1, b: { c: 'y' } },
        { a: 2, l: [2, 3], p: 'q' },
        { a: 3, l: [3, 2, 1], p: 'q' },
        { a: 4, l: [1, 2], p: null },
        { a: 5, l: [1, 2] },
        { a: 6, l: [9, 9], p: 'q' },
        { a: 7, l: 2, p: 'q' },
        { a: 8, l: [], p: 'q' },
        { a: 9, l: [], p: 'q' },
        { b: {} },
        { b: { d: 1 } },
      ],
      async (document) => {
        await things.insertOne({ _id: JSON.stringify(document), ...document });
        return 'inserted';
      },
    );
  },
  'unique keys and updates': async (db) => {
    const things = await filled(db, [{ u: 1 }, { u: 2 }, { u: 3, l: [1] }, { l: [2, 3] }]);
    await things.createIndex({ u: 1 }, { unique: true, sparse: true });
    await things.createIndex({ l: 1 }, { unique: true, partialFilterExpression: { l: { $exists: true } } });
    const results = await each<[Document, Document]>(
      [
        [{ _id: 0 }, { $set: { u: 2 } }],
        [{ _id: 0 }, { $set: { u: 1, x: 1 } }],
        [{ _id: 0 }, { $set: { u: 9 } }],
        [{ _id: 1 }, { $set: { u: 1 } }],
        [{ _id: 2 }, { $push: { l: 3 } }],
        [{ _id: 2 }, { $push: { l: 4 } }],
        [{ _id: 3 }, { $pull: { l: 3 } }],
        [{ _id: 2 }, { $push: { l: 3 } }],
        [{ _id: 0 }, { $unset: { u: 1 } }],
        [{ _id: 3 }, { $set: { u: 9 } }],
      ],
      async ([filter, update]) => (await things.updateOne(filter, update)).modifiedCount,
    );
    const many = await each([0], () => things.updateMany({}, { $set: { u: 5 } }));
    const upserted = await each([0], () => things.updateOne({ _id: 77, l: 1 }, { $set: { x: 1 } }, { upsert: true }));
    const modified = await each([0], () => things.findOneAndUpdate({ _id: 3 }, { $set: { u: 3 } }));
    return [results, many, upserted, modified, await all(things)];
  },
  'bulk inserts with errors in the middle': async (db) => {
    const runs = [true, false].map((ordered) => async () => {
      const things = collection(db, `bulk ${ordered}`);
      await things.createIndex({ u: 1 }, { unique: true });
      const outcome = await each([0], () =>
        things.insertMany(
          [
            { _id: 1, u: 1 },
            { _id: 2, u: 1 },
            { _id: 3, u: 3 },
            { _id: 1, u: 4 },
            { _id: 5, u: 5 },
          ],
          { ordered },
        ),
      );
      return [outcome, await all(things)];
    });
    return each(runs, (run) => run());
  },
  'bulk writes of all kinds': async (db) => {
    const operations: AnyBulkWriteOperation<Any>[] = [
      { insertOne: { document: { _id: 10, u: 10 } } },
      { insertOne: { document: { _id: 11, u: 1 } } },
      { updateOne: { filter: { _id: 0 }, update: { $set: { x: 1 } } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { u: 0 } } } },
      { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { _id: 20 }, update: { $set: { u: 20 } }, upsert: true } },
      { replaceOne: { filter: { _id: 2 }, replacement: { u: 2, replaced: true } } },
      { deleteOne: { filter: { _id: 3 } } },
      { deleteMany: { filter: { u: { $gt: 100 } } } },
      { replaceOne: { filter: { _id: 21 }, replacement: { u: 21 }, upsert: true } },
    ];
    const runs = [true, false].map((ordered) => async () => {
      const things = await filled(
        db,
        [0, 1, 2, 3, 4].map((u) => ({ u })),
        `bulk ${ordered}`,
      );
      await things.createIndex({ u: 1 }, { unique: true });
      const outcome = await each([0], async () => {
        const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds } = await things.bulkWrite(
          operations,
          { ordered },
        );
        return [insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds];
      });
      const good = await things.bulkWrite(
        operations.slice(4).map((operation) => operation),
        { ordered },
      );
      return [outcome, good.modifiedCount, good.upsertedIds, await all(things)];
    });
    return each(runs, (run) => run());
  },
  'raw write commands': async (db) => {
    await filled(db, [{ a: 1 }, { a: 1 }]);
    const commands: Document[] = [
      { insert: 'things', documents: [{ _id: 50 }, { _id: 50 }, { _id: 51 }], ordered: false },
      {
        update: 'things',
        updates: [
          { q: { a: 1 }, u: { $set: { b: 1 } }, multi: true },
          { q: { _id: 90 }, u: { $set: { b: 1 } }, upsert: true },
          { q: { _id: 50 }, u: { $inc: { b: 'x' } } },
        ],
      },
      {
        delete: 'things',
        deletes: [
          { q: { a: 1 }, limit: 1 },
          { q: { _id: 51 }, limit: 0 },
        ],
      },
      { insert: 'things', documents: [] },
      { insert: 'things' },
      { update: 'things', updates: [{ q: {}, u: { a: 1 }, multi: true }] },
      { update: 'things', updates: [{ u: {} }] },
      { update: 'none', updates: [{ q: {}, u: { $set: { x: 1 } } }] },
      { delete: 'none', deletes: [{ q: {}, limit: 0 }] },
      { update: 'things', updates: [{ q: {}, u: { $set: { x: 1 } }, nonsense: 1 }] },
    ];
    return each(commands, async (command) => {
      const { n, nModified, upserted, writeErrors } = await db.command(command);
      const errors = (writeErrors as Document[] | undefined)?.map(
        ({ index, code, keyPattern, keyValue }) => [index, code, keyPattern, keyValue] as unknown[],
      );
      return { n: n as unknown, nModified: nModified as unknown, upserted: upserted as unknown, errors };
    });
  },
  'collections and databases': async (db) => {
    await collection(db, 'one').insertOne({ _id: 1 });
    await db.createCollection('two');
    await db.createCollection('two');
    const names = async () =>
      (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name, type }) => [name, type]).sort();
    const before = await names();
    const filtered = await db.listCollections({ name: 'one' }, { nameOnly: true }).toArray();
    const listed = (await db.admin().listDatabases({ nameOnly: true })).databases.some(({ name }) => name === db.databaseName);
    const dropped = [
      await db.dropCollection('one'),
      await each(['none'], (name) => db.command({ drop: name }).then(({ ok }) => ok as unknown)),
    ];
    const wrong = await each(['', 'a$b', '.a', 'a.'], (name) => db.command({ create: name }));
    await db.dropDatabase();
    return [before, filtered, listed, dropped, wrong, await names()];
  },
  'concerns that drivers ask for': async (db) => {
    const things = db.collection<Any>('things', {
      readConcern: { level: 'majority' },
      writeConcern: { w: 'majority', journal: true },
    });
    await db.createCollection('things', { writeConcern: { w: 'majority', journal: true } });
    const made = await things.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { a: { $gte: 2 } } });
    await things.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ]);
    const double = await each([2, 3], (a) => things.insertOne({ _id: 4, a }));
    const updated = await things.updateOne({ a: { $gte: 3 } }, { $inc: { a: 1 } });
    const modified = await things.findOneAndUpdate({ _id: 1 }, { $set: { a: 5 } }, { returnDocument: 'after' });
    const deleted = await things.deleteMany({ a: 2 });
    const summed = await things.aggregate([{ $group: { _id: null, n: { $sum: '$a' } } }]).toArray();
    const rest = await things.find({ a: { $gte: 2 } }, { sort: { _id: 1 } }).toArray();
    await db.dropDatabase({ writeConcern: { w: 'majority', journal: true } });
    return [made, double, updated, modified, deleted, summed, rest];
  },
};
