import { Double, Int32, Long } from 'bson';
import type { Document } from 'mongodb';
import { type Cases, collection, each, filled } from './case';

const base = {
  n: new Int32(5),
  d: new Double(5),
  l: Long.fromNumber(5),
  f: 1.5,
  s: 'text',
  a: [3, 1, 2],
  e: [],
  o: { x: 1, y: { z: 2 } },
  nil: null,
  p: [
    { k: 'x', v: 1 },
    { k: 'y', v: 2 },
  ],
  date: new Date(5),
};

/** Applies each update to a fresh copy of the same document. */
const applied =
  (updates: readonly (Document | Document[])[], options: Document = {}) =>
  async (db: import('mongodb').Db) => {
    const things = collection(db);
    let id = 0;
    return each(updates, async (update) => {
      id += 1;
      await things.insertOne({ _id: id, ...base });
      const result = await things.updateOne({ _id: id }, update, options);
      return [result.matchedCount, result.modifiedCount, await things.findOne({ _id: id })];
    });
  };

/** What each operator, and a pipeline, does to one document. */
export const UPDATE_OPERATOR_CASES: Cases = {
  '$set and $unset': applied([
    { $set: { n: 6 } },
    { $set: { n: 5 } },
    { $set: { 'o.x': 9, 'o.new': 1 } },
    { $set: { 'new.deep.path': 1 } },
    { $set: { 'a.1': 9 } },
    { $set: { 'a.5': 9 } },
    { $set: { 'p.0.v': 9 } },
    { $set: { 's.x': 1 } },
    { $set: { 'nil.x': 1 } },
    { $set: { 'a.x': 1 } },
    { $set: { o: { x: 1, y: { z: 2 } } } },
    { $set: { o: { y: { z: 2 }, x: 1 } } },
    { $set: { z: 1, b: 2, c: 3 } },
    { $set: { _id: 99 } },
    { $set: {} },
    { $unset: { n: '' } },
    { $unset: { 'o.y.z': 1 } },
    { $unset: { 'a.0': 1 } },
    { $unset: { none: 1 } },
    { $unset: { 'none.x': 1 } },
    { $unset: { 's.x': 1 } },
    { $unset: { 'p.k': 1 } },
    { $unset: { _id: 1 } },
    { $set: { '': 1 } },
    { $set: { 'a.': 1 } },
    { $set: { $x: 1 } },
    { $set: { 'o.$x': 1 } },
    { $set: { n: 1, 'n.x': 2 } },
    { $set: { n: 1 }, $inc: { n: 1 } },
    { $set: 5 },
    { $nothing: { a: 1 } },
    { $set: { d: new Double(5) } },
    { $set: { d: 5 } },
    { $set: { l: 5 } },
  ]),
  arithmetic: applied([
    { $inc: { n: 1 } },
    { $inc: { n: new Double(1) } },
    { $inc: { n: Long.fromNumber(1) } },
    { $inc: { d: 1 } },
    { $inc: { l: 1 } },
    { $inc: { f: 1 } },
    { $inc: { n: 2147483647 } },
    { $inc: { l: Long.MAX_VALUE } },
    { $inc: { none: 1 } },
    { $inc: { none: new Double(1) } },
    { $inc: { 'o.x': 2, 'o.q': 3 } },
    { $inc: { s: 1 } },
    { $inc: { nil: 1 } },
    { $inc: { n: 'x' } },
    { $inc: { n: 0 } },
    { $mul: { n: 3 } },
    { $mul: { n: 1.5 } },
    { $mul: { none: 3 } },
    { $mul: { none: Long.fromNumber(2) } },
    { $mul: { none: 1.5 } },
    { $mul: { l: 2 } },
    { $mul: { s: 2 } },
    { $mul: { n: 1000000000 } },
    { $inc: { 'a.0': 5 } },
    { $inc: { 'p.1.v': 5 } },
  ]),
  'minimum, maximum, dates and renames': applied([
    { $min: { n: 3 } },
    { $min: { n: 7 } },
    { $max: { n: 7 } },
    { $max: { n: 3 } },
    { $max: { none: 3 } },
    { $min: { s: 5 } },
    { $max: { s: 5 } },
    { $max: { nil: 1 } },
    { $min: { nil: 1 } },
    { $max: { date: new Date(9) } },
    { $max: { date: new Date(1) } },
    { $max: { n: new Double(5) } },
    { $rename: { n: 'm' } },
    { $rename: { n: 'o.n' } },
    { $rename: { 'o.x': 'x' } },
    { $rename: { none: 'x' } },
    { $rename: { n: 's' } },
    { $rename: { n: 'n' } },
    { $rename: { 'a.0': 'x' } },
    { $rename: { n: 'a.0' } },
    { $rename: { n: 5 } },
    { $currentDate: { x: 'nonsense' } },
    { $currentDate: { x: { $type: 'nonsense' } } },
  ]),
  $currentDate: async (db) => {
    const things = await filled(db, [{}]);
    await things.updateOne({ _id: 0 }, { $currentDate: { a: true as never, b: { $type: 'date' }, c: { $type: 'timestamp' } } });
    const found = await things.findOne({ a: { $type: 'date' }, b: { $type: 'date' }, c: { $type: 'timestamp' } });
    return [found !== null, Math.abs((found!.a as Date).getTime() - Date.now()) < 60_000];
  },
  $push: applied([
    { $push: { a: 4 } },
    { $push: { none: 1 } },
    { $push: { a: [4, 5] } },
    { $push: { a: { $each: [4, 5] } } },
    { $push: { a: { $each: [] } } },
    { $push: { none: { $each: [1, 2, 3], $slice: 2 } } },
    { $push: { none: { $each: [3, 1, 2], $slice: -2 } } },
    { $push: { a: { $each: [9], $slice: 0 } } },
    { $push: { a: { $each: [9], $position: 0 } } },
    { $push: { a: { $each: [9], $position: -1 } } },
    { $push: { a: { $each: [9, 8], $position: 99 } } },
    { $push: { a: { $each: [9], $position: -99 } } },
    { $push: { a: { $each: [0], $sort: 1 } } },
    { $push: { a: { $each: [0], $sort: -1, $slice: 2 } } },
    { $push: { p: { $each: [{ k: 'a', v: 0 }], $sort: { v: 1 } } } },
    { $push: { p: { $each: [5, { k: 'z' }], $sort: { v: -1 } } } },
    { $push: { s: 1 } },
    { $push: { nil: 1 } },
    { $push: { a: { $each: 5 } } },
    { $push: { a: { $each: [1], $nonsense: 1 } } },
    { $push: { a: { $slice: 1 } } },
    { $push: { 'o.list': 1 } },
    { $push: { 'p.0.tags': 'x' } },
    { $push: { a: { $each: [1], $slice: 1.5 } } },
    { $push: { a: { $each: [1], $sort: 5 } } },
    { $push: { a: { $each: [null, { a: 1 }, 'x'], $sort: 1 } } },
  ]),
  '$addToSet, $pull, $pullAll, $pop': applied([
    { $addToSet: { a: 3 } },
    { $addToSet: { a: 9 } },
    { $addToSet: { none: 1 } },
    { $addToSet: { a: { $each: [1, 9, 9, 8] } } },
    { $addToSet: { p: { k: 'x', v: 1 } } },
    { $addToSet: { p: { v: 1, k: 'x' } } },
    { $addToSet: { a: [1] } },
    { $addToSet: { s: 1 } },
    { $addToSet: { a: { $each: 5 } } },
    { $addToSet: { a: new Double(3) } },
    { $addToSet: { none: { $each: [1, 1, 2] } } },
    { $pull: { a: 3 } },
    { $pull: { a: { $gte: 2 } } },
    { $pull: { a: { $in: [1, 2] } } },
    { $pull: { p: { k: 'x' } } },
    { $pull: { p: { v: { $gt: 1 } } } },
    { $pull: { p: { k: 'x', v: 1 } } },
    { $pull: { p: { $elemMatch: { k: 'x' } } } },
    { $pull: { none: 1 } },
    { $pull: { s: 1 } },
    { $pull: { a: 99 } },
    { $pull: { a: /x/ } },
    { $pull: { a: null } },
    { $pull: { nil: 1 } },
    { $pullAll: { a: [3, 1] } },
    { $pullAll: { a: [] } },
    { $pullAll: { a: 5 } },
    { $pullAll: { s: [1] } },
    { $pullAll: { none: [1] } },
    { $pullAll: { p: [{ k: 'x', v: 1 }] } },
    { $pop: { a: 1 } },
    { $pop: { a: -1 } },
    { $pop: { e: 1 } },
    { $pop: { none: 1 } },
    { $pop: { a: 2 } },
    { $pop: { s: 1 } },
    { $push: { a: 1 }, $pull: { a: 3 } },
  ]),
  'every element': applied([
    { $set: { 'a.$[]': 0 } },
    { $inc: { 'p.$[].v': 10 } },
    { $set: { 'none.$[]': 1 } },
    { $set: { 's.$[]': 1 } },
    { $unset: { 'p.$[].k': 1 } },
    { $set: { 'a.$[].x': 1 } },
    { $set: { 'e.$[]': 1 } },
    { $set: { 'a.$[x]': 1 } },
  ]),
  'array filters that ask whether a field is there': async (db) => {
    const things = collection(db);
    const filters = [{ 'one.w': { $exists: false } }, { 'one.v': { $exists: true } }, { one: { $exists: false } }];
    return each(filters, async (filter) => {
      await things.deleteMany({});
      await things.insertOne({ _id: 1, p: [{ v: 1 }, { w: 2 }, 3] });
      await things.updateOne({ _id: 1 }, { $set: { 'p.$[one].x': 0 } }, { arrayFilters: [filter] });
      return things.findOne({ _id: 1 });
    });
  },
  'array filters': async (db) => {
    const things = collection(db);
    const runs: [Document, Document[]][] = [
      [{ $set: { 'a.$[big]': 0 } }, [{ big: { $gte: 2 } }]],
      [{ $inc: { 'p.$[one].v': 10 } }, [{ 'one.k': 'x' }]],
      [{ $set: { 'p.$[one].k': 'q' } }, [{ 'one.k': 'x', 'one.v': 2 }]],
      [{ $set: { 'p.$[one].k': 'q' } }, [{ $or: [{ 'one.k': 'x' }, { 'one.v': 2 }] }]],
      [{ $set: { 'a.$[x]': 1 } }, []],
      [{ $set: { n: 1 } }, [{ x: 1 }]],
      [{ $set: { 'a.$[x]': 1 } }, [{ x: 1 }, { x: 2 }]],
      [{ $set: { 'a.$[x]': 1 } }, [{ x: 1, y: 2 }]],
      [{ $unset: { 'a.$[x]': 1 } }, [{ x: 1 }]],
    ];
    let id = 0;
    return each(runs, async ([update, arrayFilters]) => {
      id += 1;
      await things.insertOne({ _id: id, ...base });
      const { modifiedCount } = await things.updateOne({ _id: id }, update, { arrayFilters });
      return [modifiedCount, await things.findOne({ _id: id })];
    });
  },
  pipelines: applied([
    [{ $set: { n: { $add: ['$n', 1] }, s: { $concat: ['$s', '!'] } } }],
    [{ $unset: 'o' }],
    [{ $unset: ['o.x', 'n'] }],
    [{ $project: { n: 1 } }],
    [{ $replaceRoot: { newRoot: '$o' } }],
    [{ $replaceWith: { _id: '$_id', x: '$n' } }],
    [{ $set: { _id: 99 } }],
    [{ $set: { x: '$none' } }],
    [{ $set: { n: '$$REMOVE' } }],
    [{ $set: { x: { $cond: [{ $gt: ['$n', 3] }, 'big', 'small'] } } }, { $set: { y: '$x' } }],
    [{ $set: { 'o.y.w': 1, 'a.q': 2 } }],
    [{ $set: { l: { $ifNull: ['$nil', 'was null'] } } }],
    [{ $match: {} }],
    [{ $nonsense: 1 }],
    [{ $set: { o: { q: 1 } } }],
    [{ $addFields: { list: { $concatArrays: ['$a', [9]] } } }],
    [{ $set: { a: { $filter: { input: '$a', cond: { $ne: ['$$this', 1] } } } } }],
    [{ $set: { 'o.x': { $literal: '$n' } } }],
    [{ $set: { p: { $map: { input: '$p', as: 'one', in: { $mergeObjects: ['$$one', { t: true }] } } } } }],
  ]),
};
