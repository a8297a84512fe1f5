import { Double, Long } from 'bson';
import type { Document } from 'mongodb';
import { all, type Cases, collection, each, filled, found } from './case';

/** What the differential test found to be different once. */
export const CHANCE_CASES: Cases = {
  'sorts by arrays that are not the same': async (db) => {
    const things = await filled(db, [
      { a: [1, 2], c: [3] },
      { a: 1, c: [2, 1] },
      {
        e: [
          { x: 2, y: 1 },
          { x: 1, y: 5 },
        ],
      },
      { e: [{ x: 1, y: 4 }] },
    ]);
    const runs: [Document, Document, number][] = [
      [{}, { a: 1, c: 1 }, 0],
      [{ _id: 0 }, { a: 1, c: -1 }, 0],
      [{ _id: 0 }, { a: 1, c: -1 }, 2],
      [{ _id: { $gt: 0 } }, { a: 1, c: 1, _id: 1 }, 0],
      [{ _id: { $gt: 1 } }, { 'e.x': 1, 'e.y': 1 }, 0],
      [{ _id: { $gt: 1 } }, { 'e.y': -1, 'e.x': 1 }, 0],
    ];
    const sorted = await each(runs, ([filter, sort, skip]) => things.find(filter, { sort: sort as never, skip }).toArray());
    const pipelines: Document[][] = [
      [{ $sort: { a: 1, c: 1 } }, { $match: { _id: 99 } }],
      [{ $sort: { a: 1, c: 1 } }, { $sort: { _id: -1 } }],
    ];
    return [sorted, await each(pipelines, (pipeline) => things.aggregate(pipeline).toArray())];
  },
  'positions in arrays': async (db) => {
    const values = [
      [],
      [[]],
      [{}],
      [{ x: 1 }],
      [null],
      [1],
      [[null]],
      [[1]],
      {},
      5,
      null,
      { 0: null },
      [{ 0: null }],
      [{ 0: 1 }],
      [[], {}],
      [1, {}],
      [1, 2],
    ];
    const things = await filled(
      db,
      values.map((e) => ({ e })),
    );
    return found(things, [
      { 'e.0': null },
      { 'e.0': { $ne: null } },
      { 'e.0': 1 },
      { 'e.0': { $exists: true } },
      { 'e.0': { $in: [null] } },
      { 'e.1': null },
      { 'e.0': { $size: 0 } },
      { 'e.0': { $type: 'array' } },
      { 'e.0': { $type: 'number' } },
      { 'e.0': [] },
      { 'e.0.x': 1 },
      { 'e.0.x': null },
    ]);
  },
  renames: async (db) => {
    const things = await filled(db, [
      { b: 1, c: 'q', d: [1] },
      { b: 2, d: { x: 1 } },
      { b: 3, d: 5 },
    ]);
    await things.createIndex({ 'd.y': -1, 'd.x': 1 });
    const runs: [number, Document][] = [
      [0, { $rename: { b: 'd.y' } }],
      [0, { $rename: { 'd.x': 'm' } }],
      [1, { $rename: { b: 'd.y' } }],
      [2, { $rename: { 'd.x': 'm' } }],
      [2, { $rename: { b: 'd.x' } }],
      [0, { $set: { 'z.y': 1 }, $rename: { c: 'm' } }],
    ];
    const outcomes = await each(runs, async ([_id, update]) => (await things.updateOne({ _id }, update)).modifiedCount);
    const { valid } = await db.command({ validate: 'things' });
    return [outcomes, await all(things), await found(things, [{ 'd.y': 2 }], { hint: { 'd.y': -1, 'd.x': 1 } }), valid];
  },
  'paths that cannot be there': async (db) => {
    const updates: Document[] = [
      { $pull: { 'd.x': 1 } },
      { $pullAll: { 'd.x': [] } },
      { $pop: { 'd.x': 1 } },
      { $unset: { 'd.x': 1 } },
      { $pull: { 'l.x': 1 } },
      { $pop: { 'l.x': 1 } },
      { $unset: { 'l.x': 1 } },
      { $pull: { 'n.x.y': 1 } },
    ];
    const things = await filled(db, [{ d: 0, l: [1] }]);
    return each(updates, async (update) => (await things.updateOne({ _id: 0 }, update)).modifiedCount);
  },
  'sparse indexes over arrays': async (db) => {
    const things = collection(db);
    await things.createIndex({ 'd.x': 1, 'e.x': 1 }, { unique: true, sparse: true });
    const documents: Document[] = [
      { d: [1, 2], e: [1] },
      { d: [{ y: 1 }], e: { x: null } },
      { e: [1, { y: 2 }] },
      { e: [{ y: 1 }, 5] },
      { d: [], e: [] },
      { d: [{ x: 1 }] },
      { d: [{ x: 1 }, { x: 2 }] },
      { e: { x: null } },
    ];
    return each(
      documents,
      async (document) => (await things.insertOne({ _id: JSON.stringify(document), ...document })).acknowledged,
    );
  },
  'two fields with the same array in them': async (db) => {
    const things = await filled(db, [{ a: [1, 5] }]);
    await things.createIndex({ e: -1, a: 1 });
    return each<Document[]>(
      [[{ $set: { e: '$a' } }], [{ $set: { e: { $arrayElemAt: ['$a', 0] } } }]],
      async (update) => (await things.updateOne({ _id: 0 }, update)).modifiedCount,
    );
  },
  'patterns by a descending index': async (db) => {
    const things = await filled(
      db,
      ['a', 'ab', 'b', 'A', '', 'a\0', 'az'].map((s) => ({ s })),
    );
    await things.createIndex({ s: -1 });
    return found(
      things,
      [{ s: /^a/ }, { s: /^ab/ }, { s: 'a' }, { s: { $gt: 'a' } }, { s: { $lte: 'a' } }, { s: { $in: ['a', 'ab'] } }],
      { sort: { _id: 1 } },
    );
  },
  'the double that a build names': async (db) => {
    const things = await filled(db, [{ a: 5 }, { a: 3 }, { a: 5 }, { a: 3 }, { a: 1, b: 2 }]);
    return each<Document>([{ a: 1 }, { a: -1 }, { b: 1 }], (key) => things.createIndex(key, { unique: true }));
  },
  'the first of several errors': async (db) => {
    const things = collection(db);
    await things.createIndex({ a: 1, b: 1 }, { unique: true });
    await things.insertOne({ _id: 1, a: 1, b: 1 });
    return each<Document>(
      [
        { _id: 1, a: [1], b: [1] },
        { _id: 1, a: 1, b: 1 },
        { _id: 2, a: [3, 1, 2], b: 1 },
      ],
      (document) => things.insertOne(document as never),
    );
  },
  'sums that lose nothing': async (db) => {
    const things = await filled(db, [
      { v: Long.fromString('9007199254740993') },
      { v: 0.5 },
      { v: Long.fromString('-9007199254740993') },
      { v: new Double(1e100) },
      { v: new Double(-1e100) },
      { v: 2147483647 },
      { v: 1 },
      { v: new Double(0.1) },
      { v: new Double(0.2) },
    ]);
    const sums = { s: { $sum: '$v' }, a: { $avg: '$v' } };
    return each<Document>(
      [
        {},
        { _id: { $in: [0, 1] } },
        { _id: { $in: [5, 6] } },
        { _id: { $gte: 7 } },
        { _id: { $in: [0, 2] } },
        { _id: { $in: [3, 4, 7] } },
      ],
      (filter) => things.aggregate([{ $match: filter }, { $group: { _id: null, ...sums } }]).toArray(),
    );
  },
  'changes that count though they change nothing': async (db) => {
    const things = collection(db);
    const runs: [Document, Document][] = [
      [{ e: [null, 1] }, { $unset: { 'e.0': 1 } }],
      [{ e: [null] }, { $unset: { 'e.$[]': 1 } }],
      [{ e: [1] }, { $unset: { 'e.1': 1 } }],
      [{ e: [null] }, { $set: { 'e.$[]': null } }],
      [{ e: [1, 2] }, { $push: { e: { $each: [], $sort: 1 } } }],
      [{ e: [] }, { $push: { e: { $each: [], $sort: 1 } } }],
      [{}, { $push: { e: { $each: [], $sort: 1 } } }],
      [{ e: [1, 2] }, { $push: { e: { $each: [3], $sort: 1, $slice: 2 } } }],
      [{ e: [1, 2] }, { $push: { e: { $each: [3], $slice: 2 } } }],
      [{ e: [1, 2] }, { $push: { e: { $each: [], $slice: 2 } } }],
      [{ e: [1, 1] }, { $push: { e: { $each: [2], $position: 0, $slice: -2 } } }],
      [{ e: [] }, { $push: { e: { $each: [1], $slice: 0 } } }],
      [{ e: [1] }, { $addToSet: { e: 1 } }],
      [{ e: [1] }, { $pull: { e: 2 } }],
      [{ e: [] }, { $pop: { e: 1 } }],
      [{ e: 1 }, { $inc: { e: new Double(0) } }],
    ];
    return each(runs, async ([document, update]) => {
      await things.replaceOne({ _id: 1 }, document, { upsert: true });
      const { modifiedCount } = await things.updateMany({}, update);
      return [modifiedCount, await things.findOne({})];
    });
  },
  'fields that come back in a pipeline': async (db) => {
    const things = collection(db);
    const pipelines: Document[][] = [
      [{ $unset: 'a' }, { $set: { a: 9 } }],
      [{ $unset: 'a' }, { $set: { a: 1 } }],
      [{ $unset: ['a', 'b'] }, { $set: { b: 9, a: 8 } }],
      [{ $unset: 'b' }, { $set: { z: 9 } }, { $set: { 'b.x': 7 } }],
      [{ $unset: 'b.x' }, { $set: { 'b.x': 9 } }],
      [{ $project: { c: 1 } }, { $set: { b: 9, a: 8 } }],
      [{ $project: { a: 0 } }, { $set: { b: 9, a: 8 } }],
    ];
    return each(pipelines, async (pipeline) => {
      await things.replaceOne({ _id: 1 }, { a: 1, b: { x: 1, y: 2 }, c: 3 }, { upsert: true });
      const { modifiedCount } = await things.updateOne({ _id: 1 }, pipeline);
      const after = (await things.findOne({}))!;
      return [modifiedCount, after, Object.keys(after)];
    });
  },
  'what is found by its id is sorted unless that is all that was asked': async (db) => {
    const things = await filled(db, [{ a: [], c: [] }, {}]);
    const filters = [
      { _id: 0 },
      { _id: { $eq: 0 } },
      { _id: { $in: [0] } },
      { _id: { $in: [0, 7] } },
      { _id: { $gte: 0, $lte: 0 } },
      { $and: [{ _id: 0 }] },
      { $or: [{ _id: 0 }] },
      { _id: 0, b: null },
    ];
    const sort = { c: 1, a: 1 } as const;
    return [
      await found(things, filters, { sort }),
      await each(filters, ($match) => things.aggregate([{ $match }, { $sort: sort }]).toArray()),
      await each(filters, (filter) => things.findOneAndUpdate(filter, { $set: { z: 1 } }, { sort })),
    ];
  },
  'zeros with a sign': async (db) => {
    const zeros = [0, new Double(0), new Double(-0), Long.fromNumber(0)];
    const things = await filled(
      db,
      zeros.map((e) => ({ e })),
    );
    const updates: Document[] = [
      { $mul: { e: -2 } },
      { $mul: { e: Long.fromNumber(-2) } },
      { $mul: { e: new Double(-2) } },
      { $inc: { e: new Double(-0) } },
      { $mul: { missing: -1 } },
      { $set: { e: new Double(-0) } },
      { $min: { e: new Double(-0) } },
      { $set: { e: new Double(0) } },
    ];
    const counts = await each(updates, async (update) => [
      (await things.updateMany({}, update)).modifiedCount,
      await all(things),
    ]);
    const negated = { $project: { v: { $multiply: ['$e', -1] }, w: { $multiply: [{ $literal: 0 }, -1] } } };
    return [counts, await things.aggregate([{ $sort: { _id: 1 } }, negated]).toArray()];
  },
};
