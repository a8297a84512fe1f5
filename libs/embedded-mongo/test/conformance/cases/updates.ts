import { ObjectId } from 'bson';
import type { Document } from 'mongodb';
import { all, type Cases, each, filled } from './case';

/** Where several fields come from a query, their order is MongoDB's accident. */
const inOrder = (document: Document): Document =>
  Object.fromEntries(Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What is updated, how often, and what is made where nothing is. */
export const UPDATE_CASES: Cases = {
  replacements: async (db) => {
    const things = await filled(db, [{ a: 1 }, { a: 2 }, { a: 3 }]);
    const runs: [Document, Document][] = [
      [{ a: 1 }, { b: 1 }],
      [{ a: 2 }, { _id: 1, c: 1 }],
      [{ a: 3 }, { _id: 99 }],
      [{ a: 99 }, { d: 1 }],
      [{ _id: 0 }, {}],
    ];
    const results = await each(runs, async ([filter, replacement]) => {
      const { matchedCount, modifiedCount } = await things.replaceOne(filter, replacement);
      return [matchedCount, modifiedCount];
    });
    return [results, await all(things)];
  },
  upserts: async (db) => {
    const things = await filled(db, [{ a: 1 }]);
    const runs: [Document, Document | Document[]][] = [
      [{ _id: 10 }, { $set: { x: 1 }, $setOnInsert: { y: 2 } }],
      [{ _id: 10 }, { $set: { x: 2 }, $setOnInsert: { y: 3 } }],
      [{ _id: 11, a: 5, 'b.c': 6 }, { $inc: { n: 1 } }],
      [{ _id: 12, a: { $gt: 5 }, b: { $eq: 1 } }, { $set: { x: 1 } }],
      [{ _id: 13, $and: [{ q: 1 }, { r: 2 }] }, { $set: { x: 1 } }],
      [{ _id: 14, $or: [{ q: 1 }] }, { $set: { x: 1 } }],
      [{ _id: 15, $or: [{ q: 1 }, { r: 2 }] }, { $set: { x: 1 } }],
      [{ _id: 16, t: { $in: [7] } }, { $set: { x: 1 } }],
      [{ _id: 17, t: { $all: [7] } }, { $set: { x: 1 } }],
      [{ _id: 18, a: 1 }, { $set: { a: 2 } }],
      [{ a: 1 }, { $set: { z: 1 } }],
      [{ _id: 19, a: 1, $expr: { $eq: [1, 1] } }, { $push: { l: 1 } }],
      [{ _id: 20 }, [{ $set: { p: { $add: [1, 2] } } }]],
      [{ _id: 21, a: 1, 'a.b': 2 }, { $set: { x: 1 } }],
      [{ _id: 22 }, { $set: { _id: 23 } }],
      [{ _id: 24, a: 3 }, { $unset: { a: 1 } }],
      [{ _id: 25, o: { k: 1 } }, { $set: { 'o.j': 2 } }],
      [{ _id: [1] }, { $set: { x: 1 } }],
      [{ _id: 26 }, { $setOnInsert: { only: 1 } }],
      [{ a: 30, _id: { $gt: 50 } }, { $set: { _id: 60 } }],
    ];
    const results = await each(runs, async ([filter, update]) => {
      const { matchedCount, modifiedCount, upsertedCount, upsertedId } = await things.updateOne(filter, update, { upsert: true });
      return [matchedCount, modifiedCount, upsertedCount, upsertedId];
    });
    const replaced = await things.replaceOne({ _id: 40, a: 9 }, { b: 1 }, { upsert: true });
    const many = await things.updateMany({ _id: 41 }, { $set: { m: 1 } }, { upsert: true });
    const made = await things.updateOne({ made: 1 }, { $set: { x: 1 } }, { upsert: true });
    await things.deleteOne({ made: 1 });
    return [
      results,
      replaced.upsertedId,
      many.upsertedId,
      (made.upsertedId as unknown) instanceof ObjectId,
      (await things.find({}, { sort: { _id: 1 } }).toArray()).map(inOrder),
    ];
  },
  'many at once': async (db) => {
    const things = await filled(
      db,
      Array.from({ length: 20 }, (_, i) => ({ a: i % 4, n: i })),
    );
    const results = [];
    results.push(
      await things.updateMany({ a: 1 }, { $set: { hit: true } }),
      await things.updateMany({ a: 1 }, { $set: { hit: true } }),
      await things.updateMany({ a: { $lte: 1 } }, { $inc: { a: 10 } }),
      await things.updateMany({ none: 1 }, { $set: { x: 1 } }),
    );
    const wrong = await each([0], () => things.updateMany({}, { x: 1 }).catch(() => 'refused'));
    return [
      results.map(({ matchedCount, modifiedCount }) => [matchedCount, modifiedCount]),
      wrong,
      await things.deleteMany({ a: 3 }),
      await things.deleteOne({ a: 2 }),
      await things.deleteMany({ none: 1 }),
      await all(things),
    ];
  },
  'changes of fields that an index has are not met twice': async (db) => {
    const things = await filled(
      db,
      Array.from({ length: 10 }, (_, i) => ({ n: i })),
    );
    await things.createIndex({ n: 1 });
    const { modifiedCount } = await things.updateMany({ n: { $gte: 0 } }, { $inc: { n: 100 } });
    return [modifiedCount, (await things.find({ n: { $gte: 100 } }, { sort: { n: 1 } }).toArray()).map(({ n }) => n as unknown)];
  },
  'findAndModify in its variants': async (db) => {
    const things = await filled(db, [
      { a: 1, n: 1 },
      { a: 1, n: 2 },
      { a: 2, n: 3 },
      { a: 2, n: 4 },
    ]);
    const meta = { includeResultMetadata: true } as const;
    const plain = (result: Document) => ({ value: result.value as unknown, last: result.lastErrorObject as unknown });
    return [
      await things.findOneAndUpdate({ a: 1 }, { $inc: { n: 10 } }),
      await things.findOneAndUpdate({ a: 1 }, { $inc: { n: 10 } }, { returnDocument: 'after' }),
      plain(await things.findOneAndUpdate({ a: 1 }, { $inc: { n: 1 } }, { sort: { n: -1 }, ...meta })),
      plain(await things.findOneAndUpdate({ a: 9 }, { $inc: { n: 1 } }, meta)),
      plain(await things.findOneAndUpdate({ _id: 50 }, { $set: { x: 1 } }, { upsert: true, ...meta })),
      plain(await things.findOneAndUpdate({ _id: 51 }, { $set: { x: 1 } }, { upsert: true, returnDocument: 'after', ...meta })),
      await things.findOneAndUpdate({ a: 2 }, { $set: { z: 1 } }, { projection: { n: 1, _id: 0 }, sort: { n: -1 } }),
      await things.findOneAndUpdate({ a: 2 }, [{ $set: { t: { $add: ['$n', 1] } } }], {
        returnDocument: 'after',
        sort: { n: 1 },
      }),
      await things.findOneAndReplace({ a: 1 }, { r: 1 }, { sort: { n: 1 }, returnDocument: 'after' }),
      plain(await things.findOneAndDelete({ a: 2 }, { sort: { n: -1 }, ...meta })),
      plain(await things.findOneAndDelete({ a: 99 }, meta)),
      await things.findOneAndDelete({ a: 2 }, { projection: { n: 1 } }),
      await all(things),
      await each(
        [
          { findAndModify: 'things' },
          { findAndModify: 'things', update: { $set: { x: 1 } }, remove: true },
          { findAndModify: 'things', remove: true, new: true },
          { findAndModify: 'things', remove: true, upsert: true },
          { findAndModify: 'things', query: {}, update: { $set: { _id: 77 } } },
        ],
        (command) => db.command(command),
      ),
    ];
  },
};
