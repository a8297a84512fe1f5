import { type Cases, filled, found } from './case';

const nested = [
  { a: { b: 1 } },
  { a: { b: null } },
  { a: {} },
  { a: null },
  {},
  { a: 5 },
  { a: [] },
  { a: [1, 2] },
  { a: [{ b: 1 }] },
  { a: [{ b: 1 }, { b: 2 }] },
  { a: [{ b: 1 }, {}] },
  { a: [{ b: null }] },
  { a: [{ c: 1 }] },
  { a: [[{ b: 1 }]] },
  { a: { b: [1, 2] } },
  { a: [{ b: [1, 2] }, { b: 3 }] },
  { a: [5, { b: 1 }] },
  { a: { b: [] } },
  { a: [{ b: [] }] },
  { a: { 0: { b: 1 } } },
  { a: [{ b: { c: 1 } }] },
];

/** Filters that go down into documents and arrays. */
export const PATH_CASES: Cases = {
  'dotted paths, arrays, null and missing': async (db) => {
    const things = await filled(db, nested);
    return found(things, [
      { 'a.b': 1 },
      { 'a.b': null },
      { 'a.b': { $exists: true } },
      { 'a.b': { $exists: false } },
      { 'a.b': { $ne: 1 } },
      { 'a.b': { $gt: 1 } },
      { 'a.b': { $in: [1, null] } },
      { 'a.b': { $nin: [null] } },
      { 'a.0': 1 },
      { 'a.0.b': 1 },
      { 'a.1': { $exists: true } },
      { 'a.5': null },
      { a: null },
      { a: [] },
      { 'a.b': [1, 2] },
      { 'a.b': { $size: 2 } },
      { a: { $size: 0 } },
      { a: { $size: 2 } },
      { 'a.b': { $type: 'null' } },
      { 'a.b.c': 1 },
      { 'a.b.c': null },
      { a: { b: 1 } },
      { 'a.b': { $elemMatch: { $gt: 1 } } },
      { 'a.b': [] },
      { 'a.b': { $not: { $gt: 0 } } },
    ]);
  },
  'dotted paths, arrays, null and missing by an index': async (db) => {
    const things = await filled(db, nested);
    await things.createIndex({ 'a.b': 1 });
    const filters = [
      { 'a.b': 1 },
      { 'a.b': null },
      { 'a.b': { $gt: 1 } },
      { 'a.b': { $gte: 1, $lt: 3 } },
      { 'a.b': { $in: [1, null] } },
      { 'a.b': [1, 2] },
      { 'a.b': { $lte: null } },
      { 'a.b': [] },
    ];
    return found(things, filters, { sort: { _id: 1 }, hint: { 'a.b': 1 } });
  },
  '$elemMatch and $all': async (db) => {
    const things = await filled(db, [
      {
        f: [
          { k: 'x', v: 1 },
          { k: 'y', v: 2 },
        ],
      },
      {
        f: [
          { k: 'x', v: 2 },
          { k: 'y', v: 1 },
        ],
      },
      { f: [] },
      { f: [1, 5, 9] },
      { f: 5 },
      { f: [[1, 5]] },
      { f: ['a', 'b'] },
      {},
    ]);
    return found(things, [
      { f: { $elemMatch: { k: 'x', v: 1 } } },
      { 'f.k': 'x', 'f.v': 1 },
      { f: { $elemMatch: { $gt: 4, $lt: 6 } } },
      { f: { $gt: 4, $lt: 6 } },
      { f: { $all: [1, 5] } },
      { f: { $all: [[1, 5]] } },
      { f: { $all: [] } },
      { f: { $all: [{ $elemMatch: { k: 'x' } }, { $elemMatch: { v: 2 } }] } },
      { f: { $not: { $elemMatch: { k: 'x' } } } },
      { f: { $elemMatch: { $in: ['a'] } } },
      { f: { $elemMatch: { $or: [{ k: 'y', v: 1 }, { v: 1 }] } } },
      { f: { $elemMatch: 5 } },
      { f: { $all: 5 } },
      { f: { $elemMatch: { $not: { $gt: 4 } } } },
    ]);
  },
  '$elemMatch by an index on pairs': async (db) => {
    const things = await filled(db, [
      {
        w: 1,
        f: [
          { k: 'x', v: 1 },
          { k: 'y', v: 2 },
        ],
      },
      {
        w: 1,
        f: [
          { k: 'x', v: 2 },
          { k: 'y', v: 1 },
        ],
      },
      { w: 2, f: [{ k: 'x', v: 1 }] },
      { w: 1, f: [] },
      { w: 1 },
      {
        w: 1,
        f: [
          { k: 'x', v: 1 },
          { k: 'x', v: 1 },
        ],
      },
    ]);
    await things.createIndex({ w: 1, 'f.k': 1, 'f.v': 1 });
    return found(
      things,
      [
        { w: 1, f: { $elemMatch: { k: 'x', v: 1 } } },
        { w: 1, 'f.k': 'x', 'f.v': 1 },
        { w: 1, 'f.k': 'x' },
        { w: 1, 'f.v': 1 },
        { w: 1, 'f.k': null },
      ],
      { sort: { _id: 1 } },
    );
  },
};
