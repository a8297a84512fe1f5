import type { CreateIndexesOptions, Document } from 'mongodb';
import { all, type Cases, collection, each, filled, found } from './case';

export const INDEX_CASES: Cases = {
  'making, listing and dropping indexes': async (db) => {
    const things = await filled(db, [{ a: 1, b: [1], c: [2] }, { a: 1 }]);
    const specs: [Document, CreateIndexesOptions][] = [
      [{ a: 1 }, {}],
      [{ a: 1 }, {}],
      [{ a: 1 }, { unique: true }],
      [{ a: 1 }, { name: 'other' }],
      [{ a: -1 }, { name: 'a_1' }],
      [{ a: 1, 'x.y': -1 }, { sparse: true }],
      [{ t: 1 }, { expireAfterSeconds: 100 }],
      [{ t: 1, u: 1 }, { expireAfterSeconds: 100 }],
      [{ p: 1 }, { partialFilterExpression: { p: { $gt: '' } } }],
      [{ p: 1 }, { partialFilterExpression: { p: { $ne: '' } } }],
      [
        { p: 1, q: 1 },
        { partialFilterExpression: { p: 1 }, sparse: true },
      ],
      [{ b: 1, c: 1 }, {}],
      [{ a: 1, z: 1 }, { unique: true }],
      [{}, {}],
      [{ '': 1 }, {}],
      [{ 'a.': 1 }, {}],
      [{ a: 0 }, {}],
      [{ a: true }, {}],
      [{ $a: 1 }, {}],
      [{ _id: 1 }, {}],
      [{ u: 1 }, { unique: true }],
      [{ p: 1 }, { name: 'p text', partialFilterExpression: { p: { $type: 'string' } } }],
      [{ h: 1 }, { hidden: true }],
      [{ n: 1 }, { expireAfterSeconds: 'x' as never }],
    ];
    const made = await each(specs, ([key, options]) => things.createIndex(key as never, options));
    const listed = await things.indexes();
    const dropped = await each(['a_1', 'none', '_id_', { t: 1 }], (index) => db.command({ dropIndexes: 'things', index }));
    const rest = (await things.indexes()).map(({ name }) => name as unknown);
    await things.dropIndexes();
    return [
      made,
      listed,
      dropped.map((one) => (one as Document).error ?? (one as Document).nIndexesWas),
      rest,
      (await things.indexes()).length,
      await each(['none'], (name) => collection(db, name).indexes()),
      await each(['x_1'], (name) => collection(db, 'none').dropIndex(name)),
    ];
  },
  'parallel arrays': async (db) => {
    const things = collection(db);
    await things.createIndex({ 'a.x': 1, 'b.y': 1 });
    return each<Document>(
      [
        { a: [{ x: 1 }], b: [{ y: 1 }] },
        { a: [{ x: 1 }], b: { y: 1 } },
        { a: { x: [1] }, b: { y: [1] } },
        { a: [], b: [] },
        { a: { x: 1 }, b: { y: [1, 2] } },
      ],
      async (document) => (await things.insertOne({ _id: JSON.stringify(document), ...document })).acknowledged,
    );
  },
  'keys of array indexes': async (db) => {
    const things = await filled(db, [
      { a: [{ b: [1, 2] }, { b: 3 }, { c: 1 }, 5] },
      { a: { b: [] } },
      { a: [] },
      { a: [[{ b: 7 }]] },
      { a: [{ b: { c: 1 } }] },
      {},
      { a: [{ b: [[4, 5]] }] },
    ]);
    await things.createIndex({ 'a.b': 1 });
    const filters = [1, 2, 3, null, 7, [], [1, 2], 4, [4, 5], [[4, 5]], { c: 1 }].map((value) => ({ 'a.b': value }));
    return found(things, filters, { hint: { 'a.b': 1 }, sort: { _id: 1 } });
  },
  'partial and sparse indexes and queries': async (db) => {
    const things = await filled(db, [
      { p: 'a', n: 1 },
      { p: null, n: 2 },
      { n: 3 },
      { p: 5, n: 4 },
      { p: 'b', n: 5 },
      { p: ['c', 1], n: 6 },
      { p: '', n: 7 },
    ]);
    await things.createIndex({ p: 1 }, { partialFilterExpression: { p: { $gt: '' } } });
    await things.createIndex({ n: 1 }, { sparse: true });
    return found(
      things,
      [
        { p: 'a' },
        { p: null },
        { p: { $gt: '' } },
        { p: { $gte: 'b' } },
        { p: { $in: ['a', 'b', null] } },
        { p: { $in: ['a', 'c'] } },
        { p: { $ne: 'a' } },
        { p: { $gt: 'a', $lt: 'c' } },
        { p: 5 },
        { n: null },
        { n: { $gt: 2 } },
        { n: { $exists: false } },
        {},
      ],
      { sort: { _id: 1 } },
    );
  },
  'long keys': async (db) => {
    const long = (end: string) => 'x'.repeat(3_000) + end;
    const things = await filled(
      db,
      ['a', 'b', 'c'].map((end) => ({ s: long(end), t: [long(end), 'short'] })),
    );
    await things.createIndex({ s: 1 }, { unique: true });
    await things.createIndex({ t: 1 });
    const taken = await each(['a', 'd'], async (end) => (await things.insertOne({ _id: end, s: long(end) })).acknowledged).then(
      (outcomes) => outcomes.map((one) => (one as Document).error?.code ?? one) as unknown,
    );
    return [
      taken,
      await found(
        things,
        [
          { s: long('b') },
          { s: long('z') },
          { s: { $gt: long('b') } },
          { s: { $gte: 'x', $lt: long('b') } },
          { t: long('c') },
          { t: 'short' },
          { s: { $in: [long('a'), long('c')] } },
        ],
        { sort: { _id: 1 } },
      ),
    ];
  },
  'updates and deletes told which index to use': async (db) => {
    const things = await filled(db, [{ a: 1 }, { a: 2 }, { a: 2 }, { b: 1 }]);
    await things.createIndex({ a: 1 }, { sparse: true });
    const options = { hint: { a: 1 } };
    return [
      await things.updateOne({ a: 2 }, { $set: { c: 1 } }, options),
      await things.updateMany({}, { $set: { d: 1 } }, options),
      await things.updateMany({ a: 2 }, { $inc: { d: 1 } }, { hint: 'a_1' }),
      await things.deleteMany({ b: 1 }, options),
      await each(['none', { b: 1 }], (hint) => things.updateOne({ a: 1 }, { $set: { c: 2 } }, { hint })),
      await each(['none', { b: 1 }], (hint) => things.deleteOne({ a: 1 }, { hint })),
      await things.findOneAndUpdate({}, { $set: { e: 1 } }, { ...options, returnDocument: 'after' }),
      await all(things),
    ];
  },
};
