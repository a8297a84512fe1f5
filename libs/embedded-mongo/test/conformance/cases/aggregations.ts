import { Double, Long } from 'bson';
import type { Document } from 'mongodb';
import { type Cases, each, filled } from './case';

const documents = Array.from({ length: 30 }, (_, i) => ({
  n: i,
  g: i % 3,
  s: `Name ${i % 5}`,
  d: new Date(1_700_000_000_000 + i * 3_600_000),
  l: Long.fromNumber(i * 1000),
  f: i / 4,
  tags: i % 4 === 0 ? [] : ['a', `t${i % 3}`],
  o: { x: i % 2, y: null },
  ...(i % 7 === 0 && { rare: true }),
  mixed: [null, 1, 'x', new Double(2), undefined][i % 5] ?? null,
}));
const byId = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const pipelines = (list: readonly Document[][]) => async (db: import('mongodb').Db) => {
  const things = await filled(db, documents);
  return each(list, async (pipeline) => {
    const result = await things.aggregate(pipeline).toArray();
    return pipeline.some((stage) => '$sort' in stage) ? result : result.sort(byId);
  });
};

export const AGGREGATION_CASES: Cases = {
  stages: pipelines([
    [],
    [{ $match: { g: 1 } }, { $sort: { n: -1 } }, { $limit: 3 }],
    [{ $sort: { n: 1 } }, { $skip: 28 }],
    [{ $match: { g: 1 } }, { $match: { n: { $gt: 10 } } }, { $count: 'many' }],
    [{ $match: { g: 99 } }, { $count: 'many' }],
    [{ $count: 'all' }],
    [{ $project: { n: 1, _id: 0 } }, { $sort: { n: -1 } }, { $limit: 2 }],
    [{ $match: { n: 4 } }, { $project: { o: { x: 1 }, up: { $toUpper: '$s' } } }],
    [{ $match: { n: 4 } }, { $addFields: { 'o.w': 1, k: '$n' } }],
    [{ $match: { n: 4 } }, { $set: { tags: { $size: '$tags' } } }, { $unset: ['l', 'o.x'] }],
    [{ $match: { n: 4 } }, { $replaceRoot: { newRoot: '$o' } }],
    [{ $match: { n: 4 } }, { $replaceWith: { $mergeObjects: ['$o', { n: '$n' }] } }],
    [{ $match: { n: { $lt: 6 } } }, { $unwind: '$tags' }, { $project: { tags: 1 } }, { $sort: { _id: 1, tags: 1 } }],
    [
      { $match: { n: { $lt: 5 } } },
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $project: { tags: 1, i: 1 } },
      { $sort: { _id: 1, i: 1 } },
    ],
    [{ $match: { n: 1 } }, { $unwind: '$s' }, { $project: { s: 1 } }],
    [{ $match: { n: 1 } }, { $unwind: '$none' }],
    [{ $sortByCount: '$g' }],
    [{ $sort: { g: 1, n: -1 } }, { $limit: 5 }, { $project: { n: 1 } }],
    [{ $limit: 0 }],
    [{ $skip: -1 }],
    [{ $nonsense: 1 }],
    [{ $match: 5 }],
    [{ $sort: {} }],
    [{ $group: {} }],
    [{ $match: {}, $limit: 1 }],
    [{ $project: {} }],
    [{ $unwind: 'tags' }],
    [{ $count: '' }],
    [
      {
        $facet: { a: [{ $match: { g: 1 } }, { $count: 'n' }], b: [{ $sort: { n: -1 } }, { $limit: 2 }, { $project: { n: 1 } }] },
      },
    ],
    [{ $project: { n: 0, g: 0, s: 0, d: 0, l: 0, f: 0, o: 0, mixed: 0, tags: 0 } }, { $match: { rare: true } }],
    [{ $project: { a: 1, b: 0 } }],
    [{ $project: { x: { $nonsense: 1 } } }],
  ]),
  groups: pipelines([
    [
      {
        $group: {
          _id: '$g',
          n: { $sum: 1 },
          total: { $sum: '$n' },
          longs: { $sum: '$l' },
          reals: { $sum: '$f' },
          avg: { $avg: '$n' },
        },
      },
    ],
    [
      {
        $group: {
          _id: null,
          first: { $min: '$d' },
          last: { $max: '$d' },
          small: { $min: '$mixed' },
          large: { $max: '$mixed' },
          sum: { $sum: '$mixed' },
          avg: { $avg: '$s' },
        },
      },
    ],
    [{ $group: { _id: { g: '$g', x: '$o.x' }, n: { $count: {} } } }],
    [{ $group: { _id: '$none', n: { $sum: 1 } } }],
    [{ $group: { _id: '$mixed', n: { $sum: 1 } } }],
    [{ $group: { _id: '$rare', n: { $sum: '$n' } } }],
    [
      { $sort: { n: 1 } },
      { $group: { _id: '$g', first: { $first: '$n' }, last: { $last: '$s' }, all: { $push: '$n' }, none: { $push: '$rare' } } },
      { $sort: { _id: 1 } },
    ],
    [{ $match: { g: 99 } }, { $group: { _id: null, n: { $sum: 1 } } }],
    [{ $group: { _id: '$tags', n: { $sum: 1 } } }],
    [{ $group: { _id: '$g', n: { $sum: { $cond: [{ $gt: ['$n', 10] }, 1, 0] } } } }, { $match: { n: { $gte: 6 } } }],
    [{ $group: { _id: { $dateTrunc: { date: '$d', unit: 'day' } }, n: { $sum: 1 } } }],
    [{ $sort: { n: 1 } }, { $group: { _id: 1, n: { $sum: 1 } } }],
    [{ $group: { _id: null, n: { $nonsense: 1 } } }],
    [{ $group: { _id: null, n: 5 } }],
    [{ $group: { _id: null, 'a.b': { $sum: 1 } } }],
    [{ $group: { _id: '$g', o: { $mergeObjects: '$o' } } }],
    [{ $group: { _id: { $mod: ['$n', 2] }, n: { $sum: 1 } } }, { $group: { _id: null, groups: { $sum: 1 } } }],
    [{ $group: { _id: '$g', set: { $addToSet: '$o.x' } } }, { $project: { set: { $sortArray: { input: '$set', sortBy: 1 } } } }],
  ]),
  unions: async (db) => {
    const things = await filled(db, documents.slice(0, 6));
    await filled(
      db,
      [
        { g: 0, v: 'zero' },
        { g: 1, v: 'one' },
        { g: 1, v: 'uno' },
      ],
      'groups',
    );
    const few = [{ $match: { n: { $lt: 2 } } }, { $project: { n: 1 } }];
    const found = await each<Document[]>(
      [
        [...few, { $unionWith: 'groups' }],
        [...few, { $unionWith: { coll: 'groups' } }],
        [...few, { $unionWith: { coll: 'groups', pipeline: [{ $match: { g: 1 } }, { $project: { d: '$$ROOT' } }] } }],
        [...few, { $unionWith: { coll: 'groups', pipeline: [{ $match: { g: 1 } }, { $limit: 1 }] } }, { $match: { g: 1 } }],
        [...few, { $unionWith: 'groups' }, { $sort: { g: -1, n: 1, v: 1 } }, { $limit: 3 }],
        [...few, { $unionWith: 'nowhere' }, { $unionWith: { coll: 'groups', pipeline: [{ $count: 'many' }] } }],
        [{ $match: { n: 99 } }, { $unionWith: { coll: 'groups', pipeline: [{ $unionWith: 'groups' }, { $project: { v: 1 } }] } }],
        [
          { $match: { n: 3 } },
          { $replaceWith: { q: { $literal: 0 }, d: '$$ROOT' } },
          {
            $unionWith: {
              coll: 'groups',
              pipeline: [{ $match: { v: 'one' } }, { $replaceWith: { q: { $literal: 1 }, d: '$$ROOT' } }],
            },
          },
        ],
        [{ $unionWith: 5 }],
        [{ $unionWith: { coll: 5 } }],
        [{ $unionWith: { coll: 'groups', pipeline: {} } }],
        [{ $unionWith: { coll: 'groups', limit: 1 } }],
      ],
      (pipeline) => things.aggregate(pipeline).toArray(),
    );
    const ofNone = await each([[{ $match: { g: 1 } }, { $unionWith: 'groups' }]], (pipeline) =>
      db.collection('nowhere').aggregate(pipeline).toArray(),
    );
    return [...found, ...ofNone];
  },
  lookups: async (db) => {
    const things = await filled(db, documents.slice(0, 6));
    await filled(db, [{ g: 0, v: 'zero' }, { g: 1, v: 'one' }, { g: 1, v: 'uno' }, { v: 'none' }], 'groups');
    const lookup = (localField: string, from = 'groups') => [
      { $lookup: { from, localField, foreignField: 'g', as: 'found' } },
      { $project: { found: 1 } },
      { $sort: { _id: 1 } },
    ];
    return each([lookup('g'), lookup('none'), lookup('tags'), lookup('g', 'nowhere')], (pipeline) =>
      things.aggregate(pipeline).toArray(),
    );
  },
};
