import { type Long } from 'bson';
import { BSONRegExp } from 'bson';
import type { Document } from 'mongodb';
import { type Cases, collection, each, filled, found } from './case';
import { VALUES } from './filters';

const sortable = [...VALUES.filter((value) => !(value instanceof BSONRegExp)).map((v) => ({ v })), {}];
const many = Array.from({ length: 300 }, (_, i) => ({ a: i % 7, b: i % 3, s: `text ${i % 11}`, n: i }));

export const READ_CASES: Cases = {
  'order of all types': async (db) => {
    const things = await filled(db, sortable);
    const ids = async (direction: 1 | -1) =>
      (await things.find({}, { sort: { v: direction, _id: 1 }, projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    return [await ids(1), await ids(-1)];
  },
  'order of all types by an index': async (db) => {
    const things = await filled(db, sortable);
    await things.createIndex({ v: 1, _id: 1 });
    await things.createIndex({ v: -1, _id: 1 });
    const ids = async (direction: 1 | -1) =>
      (await things.find({}, { sort: { v: direction, _id: direction }, projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    return [await ids(1), await ids(-1)];
  },
  'order by several fields, limit and skip': async (db) => {
    const things = await filled(db, many);
    const runs = [
      { sort: { a: 1, b: -1, n: 1 }, limit: 20 },
      { sort: { a: -1, n: 1 }, skip: 5, limit: 10 },
      { sort: { b: 1, n: -1 }, skip: 295 },
      { limit: 3 },
      { skip: 299 },
      { limit: 0, skip: 298 },
      { sort: { s: 1, n: 1 }, limit: 12 },
    ] as const;
    return each(runs, async (options) =>
      (await things.find({}, { ...options, projection: { n: 1 } }).toArray()).map(({ n }) => n as unknown),
    );
  },
  'order by compound indexes, forwards and backwards': async (db) => {
    const things = await filled(db, many);
    await things.createIndex({ a: 1, b: -1, n: 1 });
    await things.createIndex({ s: 1, n: 1 });
    const runs = [
      [{}, { a: 1, b: -1, n: 1 }],
      [{}, { a: -1, b: 1, n: -1 }],
      [{ a: 3 }, { b: -1, n: 1 }],
      [{ a: 3 }, { b: 1, n: -1 }],
      [{ a: { $in: [1, 4, 6] } }, { b: -1, n: 1 }],
      [{ a: { $in: [6, 1] } }, { a: 1, b: -1, n: 1 }],
      [{ a: { $gt: 2, $lte: 4 } }, { a: -1, b: 1, n: -1 }],
      [
        { a: 2, b: { $gte: 1 } },
        { b: -1, n: 1 },
      ],
      [{ s: { $in: ['text 3', 'text 9', 'text 4'] } }, { n: -1 }],
      [{ s: { $in: ['text 3', 'text 9'] } }, { n: 1 }],
      [{ a: 1, b: 1 }, { n: -1 }],
      [{ a: 1, b: { $in: [0, 2] } }, { n: -1 }],
    ] as const;
    return each(runs, async ([filter, sort]) =>
      (await things.find(filter as never, { sort: sort as never, limit: 40, projection: { n: 1, _id: 0 } }).toArray()).map(
        ({ n }) => n as unknown,
      ),
    );
  },
  'sort by arrays': async (db) => {
    const things = await filled(db, [
      { v: [3, 1] },
      { v: 2 },
      { v: [] },
      { v: [5, 0] },
      { v: null },
      {},
      { v: [2, 2] },
      { v: [[9]] },
      { v: ['a', 1] },
    ]);
    return each(
      [
        { v: 1, _id: 1 },
        { v: -1, _id: 1 },
        { 'v.0': 1, _id: 1 },
      ] as const,
      async (sort) => (await things.find({}, { sort: sort as never }).toArray()).map(({ _id }) => _id),
    );
  },
  'sort by arrays of documents': async (db) => {
    const things = await filled(db, [
      { v: [{ x: 3 }, { x: 1 }] },
      { v: { x: 2 } },
      { v: [] },
      { v: [{ y: 1 }] },
      {},
      { v: [{ x: [7, 0] }] },
    ]);
    await things.createIndex({ 'v.x': 1 });
    return each(
      [
        { 'v.x': 1, _id: 1 },
        { 'v.x': -1, _id: 1 },
      ] as const,
      async (sort) => (await things.find({}, { sort: sort as never }).toArray()).map(({ _id }) => _id),
    );
  },
  'wrong sorts': async (db) =>
    each([{ a: 0 }, { a: 2 }, { a: 'x' }] as const, (sort) => db.command({ find: 'things', filter: {}, sort })),
  projections: async (db) => {
    const things = await filled(db, [
      { a: { b: 1, c: 2 }, d: [{ e: 1, f: 2 }, 5, { f: 3 }, [{ e: 4 }]], g: [1, 2, 3, 4], h: 'x' },
      { a: 5 },
      { a: [{ b: 1 }, { c: 1 }] },
    ]);
    const projections = [
      { a: 1 },
      { a: 0 },
      { _id: 0 },
      { _id: 1 },
      { a: 1, _id: 0 },
      { 'a.b': 1 },
      { 'a.b': 0 },
      { 'd.e': 1 },
      { 'd.e': 0 },
      { a: { b: 1 } },
      { g: { $slice: 2 } },
      { g: { $slice: -1 }, a: 1 },
      { g: { $slice: [1, 2] }, _id: 1 },
      { g: { $slice: [-3, 2] }, h: 0 },
      { d: { $elemMatch: { e: 1 } } },
      { h: 1, a: true },
      { h: 1, a: 0 },
      { h: 0, a: 1 },
      { up: { $toUpper: '$h' } },
      { h: 'literal', _id: 0 },
      { up: '$a.b', _id: 0 },
      { 'x.y': { $add: [1, 2] }, h: 1 },
      {},
      { 'a.b': 1, a: 1 },
      { a: 1, 'a.b': 1 },
      { 'a..b': 1 },
    ];
    return each(projections, (projection) => things.find({}, { projection: projection, sort: { _id: 1 } }).toArray());
  },
  'cursors over batches': async (db) => {
    const things = await filled(db, many);
    const sizes = [1, 2, 100, 101, 102, 299, 300, 301, 1000];
    const whole = await each(sizes, async (batchSize) => (await things.find({}, { batchSize }).toArray()).length);
    const limited = await each(sizes, async (batchSize) =>
      (await things.find({}, { batchSize, limit: 150, sort: { n: -1 } }).toArray()).map(({ n }) => n as unknown),
    );
    const first = await db.command({ find: 'things', batchSize: 2, singleBatch: true });
    const none = await db.command({ find: 'things', batchSize: 0 });
    const more = (await db.command({ getMore: none.cursor.id as Long, collection: 'things', batchSize: 3 })) as {
      cursor: { nextBatch: unknown[]; id: Long };
    };
    const killed = await db.command({ killCursors: 'things', cursors: [more.cursor.id] });
    const gone = await each([more.cursor.id], (id) => db.command({ getMore: id, collection: 'things' }));
    return [
      whole,
      limited,
      (first.cursor as { firstBatch: unknown[]; id: unknown }).firstBatch,
      more.cursor.nextBatch,
      (killed.cursorsKilled as unknown[]).length,
      gone,
    ];
  },
  'a cursor goes on while documents come and go': async (db) => {
    const things = await filled(db, many);
    await things.createIndex({ a: 1, n: 1 });
    const cursor = things.find({ a: 3 }, { sort: { n: 1 }, batchSize: 5 });
    const seen: unknown[] = [];
    for (let i = 0; i < 5; i += 1) seen.push((await cursor.next())?.n);
    await things.deleteMany({ n: { $gt: 100, $lt: 200 } });
    await things.insertOne({ _id: 'late', a: 3, n: 1000 });
    for await (const document of cursor) seen.push(document.n);
    return [seen.length > 20, seen.at(-1)];
  },
  'counts and distinct values': async (db) => {
    const things = await filled(db, [
      ...many.slice(0, 50),
      { a: [1, 'x', null] },
      { a: [[1]] },
      { a: { b: 1 } },
      { a: { b: [1, 2] } },
      {},
    ]);
    return [
      await things.countDocuments({}),
      await things.countDocuments({ a: 1 }),
      await things.countDocuments({ a: { $gt: 2 } }, { skip: 3, limit: 5 }),
      await things.estimatedDocumentCount(),
      await things.countDocuments({ a: { $in: [1, 'x'] } }),
      await collection(db, 'none').countDocuments({}),
      await things.distinct('a'),
      await things.distinct('a', { n: { $lt: 3 } }),
      await things.distinct('a.b'),
      await things.distinct('none'),
      await collection(db, 'none').distinct('a'),
      await db.command({ count: 'things', query: { a: 1 }, limit: 2 }),
      await db.command({ count: 'none' }),
    ];
  },
  hints: async (db) => {
    const things = await filled(db, many);
    await things.createIndex({ a: 1 }, { name: 'by a' });
    return each(['by a', { a: 1 }, { $natural: 1 }, { $natural: -1 }, 'none', { b: 1 }], async (hint) =>
      (await things.find({ b: 1 }, { hint, limit: 5 }).toArray()).map(({ n }) => n as unknown),
    );
  },
  'wrong options': async (db) =>
    each(
      [
        { find: 'things', nonsense: 1 },
        { find: 'things', skip: -1 },
        { find: 'things', batchSize: -1 },
        { find: 5 },
        { find: '' },
        { aggregate: 'things', pipeline: [] },
        { aggregate: 'things', pipeline: {}, cursor: {} },
        { nonsense: 1 },
        { distinct: 'things' },
      ],
      (command) => db.command(command),
    ),
  'the plan that is chosen': async (db) => {
    const things = await filled(db, many);
    await things.createIndex({ a: 1, n: 1 });
    await things.createIndex({ s: 1 }, { partialFilterExpression: { s: { $gt: '' } } });
    await things.createIndex({ b: 1 }, { partialFilterExpression: { b: { $type: 'number' } } });
    await things.createIndex({ m: 1 }, { sparse: true });
    const filters = [
      { a: 1 },
      { n: 1 },
      { s: 'text 1' },
      { s: { $in: ['text 1', 'text 2'] } },
      { s: null },
      { s: { $gt: 'a' } },
      { b: 1 },
      { m: 1 },
      { m: null },
      { m: { $exists: true } },
    ];
    return each(filters, async (filter) => {
      const { queryPlanner } = await things.find(filter as never).explain('queryPlanner');
      return /"(IXSCAN|COLLSCAN)"/.exec(JSON.stringify(queryPlanner.winningPlan))?.[1];
    });
  },
  'what a server says of itself': async (db) => {
    const { isWritablePrimary, setName, localTime, maxWireVersion } = await db.admin().command({ hello: 1 });
    const { ok } = await db.admin().command({ ping: 1 });
    return [isWritablePrimary, setName, localTime instanceof Date, maxWireVersion, ok];
  },
  'what a server says of its build': async (db) => {
    const { version, modules, bits, ok } = await db.command({ buildInfo: 1 });
    return [/^7\.0\.\d+$/.test(String(version)), Array.isArray(modules), bits, ok];
  },
  'statistics of a collection and a database': async (db) => {
    const things = await filled(db, many);
    await things.createIndex({ a: 1 });
    const shown = ({ size, count, avgObjSize, capped, nindexes, indexSizes, scaleFactor }: Document) => [
      [size, count, avgObjSize, capped, nindexes, scaleFactor],
      Object.keys(indexSizes as Document),
    ];
    const stage = { $collStats: { storageStats: { scale: 1 }, count: {} } };
    const [statistics] = await things.aggregate([stage, { $match: { count: 300 } }]).toArray();
    const { collections, objects, indexes, ok } = await db.stats();
    return [
      shown(await db.command({ collStats: 'things' })),
      shown(statistics!.storageStats as Document),
      [statistics!.ns, statistics!.count],
      [collections, objects, indexes, ok].map(Number),
      shown(await db.command({ collStats: 'none' })),
      await each([0, 1024], async (scale) => shown(await db.command({ collStats: 'things', scale }))),
    ];
  },
  'a sparse index that is told to be used finds what is in it': async (db) => {
    const things = await filled(db, [{ a: 1 }, { a: null }, { b: 1 }, { a: [1, 2], b: 1 }, { c: 1 }]);
    await things.createIndex({ a: 1 }, { sparse: true });
    await things.createIndex({ c: 1 }, { sparse: true, hidden: true });
    const hint = { a: 1 } as const;
    const filters = [
      {},
      { a: null },
      { b: 1 },
      { a: 1 },
      { a: { $exists: false } },
      { a: { $ne: 1 } },
      { $or: [{ a: 1 }, { b: 1 }] },
    ];
    return [
      await found(things, filters, { hint, sort: { _id: 1 } }),
      await found(things, filters, { hint, sort: { a: -1, _id: 1 } }),
      await each(filters, (filter) => things.countDocuments(filter, { hint })),
      await each(filters, (filter) => things.aggregate([{ $match: filter }, { $count: 'n' }], { hint }).toArray()),
      await found(things, [{ c: 1 }], { hint: { c: 1 } }),
    ];
  },
  'count of what a majority has': async (db) => {
    await filled(db, [{ n: 1 }, { n: 2 }, { n: 2 }]);
    const readConcern = { level: 'majority' };
    return each([{}, { n: 2 }, { n: 9 }], (query) =>
      db.command({ count: 'things', query, readConcern }).then(({ n }) => n as unknown),
    );
  },
};
