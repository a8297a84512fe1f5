import * as fc from 'fast-check';
import type { Document } from 'mongodb';
import { direction, document, filter, id, simpleFilter, sort } from './documents';
import { expression, update } from './updates';

const accumulator = fc.constantFrom<Document>(
  { $sum: 1 },
  { $sum: '$a' },
  { $min: '$_id' },
  { $max: '$_id' },
  { $push: '$b' },
  { $first: '$a' },
  { $last: '$d.x' },
  { $avg: '$b' },
  { $sum: { $cond: [{ $gt: ['$a', 1] }, 1, 0] } },
);
/**
 * By one path: two may both be arrays, and whether that is met depends on what MongoDB moves before the sort,
 * see the README.
 */
const stageSort = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd.x', 'e'), direction, direction)
  .map(([name, first, second]): Document => ({ [name]: first, _id: second }));
const stage: fc.Arbitrary<Document> = fc.oneof(
  filter.map(($match) => ({ $match })),
  stageSort.map(($sort) => ({ $sort })),
  fc.integer({ min: 1, max: 10 }).map(($limit) => ({ $limit })),
  fc.integer({ min: 0, max: 5 }).map(($skip) => ({ $skip })),
  fc.constantFrom<Document>(
    { $project: { a: 1, 'd.x': 1 } },
    { $project: { c: 0, 'e.x': 0 } },
    { $project: { _id: 1, z: '$d.x', w: { $ifNull: ['$b', 'none'] } } },
    { $unwind: '$e' },
    { $unwind: { path: '$e', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
    { $unset: ['a', 'd.y'] },
  ),
  fc
    .tuple(fc.constantFrom('n', 'd.x', 'e.y'), expression)
    .map(([name, value]) => ({ $set: { [name]: { $ifNull: [value, null] } } })),
);
/** Documents are in order of `_id` before whatever depends on their order. */
const pipeline: fc.Arbitrary<Document[]> = fc
  .tuple(
    filter,
    fc.array(stage, { maxLength: 3 }),
    fc.option(fc.tuple(fc.constantFrom<unknown>('$a', '$b', null, '$e', '$d', { a: '$a', b: '$b' }), accumulator, accumulator)),
  )
  .map(([$match, stages, group]) => [
    { $match },
    { $sort: { _id: 1 } },
    ...stages,
    ...(group ? [{ $group: { _id: group[0], x: group[1], y: group[2] } }] : []),
  ]);

export interface IndexSpec {
  key: Document;
  options: Document;
}
const INDEXED = ['a', 'b', 'c', 'd', 'd.x', 'd.y', 'e', 'e.x'];
const partial = fc.constantFrom<Document>(
  { b: { $gt: '' } },
  { a: { $gte: 1 } },
  { b: { $exists: true } },
  { a: { $type: 'number' } },
  { 'd.x': { $gt: 0 } },
);
const index: fc.Arbitrary<IndexSpec> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...INDEXED), { minLength: 1, maxLength: 3 }),
    fc.array(direction, { minLength: 3, maxLength: 3 }),
    fc.record({ unique: fc.constant(true), sparse: fc.constant(true) }, { requiredKeys: [] }),
    fc.option(partial, { freq: 2 }),
  )
  .map(([paths, directions, flags, filterExpression]) => ({
    key: Object.fromEntries(paths.map((name, i) => [name, directions[i]!])),
    options: filterExpression ? { ...(flags.unique && { unique: true }), partialFilterExpression: filterExpression } : flags,
  }));

export type Operation =
  | { kind: 'insert'; documents: Document[]; ordered: boolean }
  | { kind: 'find'; filter: Document; sort: Document; skip: number; limit: number; projection: Document }
  | { kind: 'aggregate'; pipeline: Document[] }
  | { kind: 'updateOne'; id: number; filter: Document; update: Document | Document[]; upsert: boolean }
  | { kind: 'updateMany'; filter: Document; update: Document | Document[] }
  | { kind: 'modify'; filter: Document; update: Document | Document[]; sort: Document; after: boolean }
  | { kind: 'replace'; id: number; document: Document }
  | { kind: 'delete'; filter: Document }
  | { kind: 'count'; filter: Document }
  | { kind: 'index'; index: IndexSpec };

const projection = fc.constantFrom<Document>(
  {},
  {},
  {},
  { a: 1 },
  { 'd.x': 1, _id: 0 },
  { c: 0 },
  { 'e.x': 0, 'd.y': 0 },
  { e: { $slice: 1 } },
  { e: { $elemMatch: { x: 1 } } },
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      documents: fc.array(document, { minLength: 1, maxLength: 4 }),
      ordered: fc.boolean(),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('find' as const),
      filter,
      sort,
      skip: fc.constantFrom(0, 0, 0, 2),
      limit: fc.constantFrom(0, 0, 3, 10),
      projection,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('aggregate' as const), pipeline }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('updateOne' as const),
      id,
      filter: fc.oneof(fc.constant({}), simpleFilter),
      update,
      upsert: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('updateMany' as const), filter, update }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('modify' as const), filter, update, sort, after: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(id, document)
      .map(([wanted, { _id: _, ...rest }]) => ({ kind: 'replace' as const, id: wanted, document: rest })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), filter: simpleFilter }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('count' as const), filter }) },
  { weight: 1, arbitrary: index.map((spec) => ({ kind: 'index' as const, index: spec })) },
);

export interface Scenario {
  indexes: IndexSpec[];
  documents: Document[];
  operations: Operation[];
}
export const scenario = (operations: number): fc.Arbitrary<Scenario> =>
  fc.record({
    indexes: fc.array(index, { maxLength: 3 }),
    documents: fc.uniqueArray(document, { minLength: 5, maxLength: 25, selector: ({ _id }) => _id as number }),
    operations: fc.array(operation, { minLength: operations, maxLength: operations }),
  });
