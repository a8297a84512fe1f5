import { Double, Long, ObjectId } from 'bson';
import * as fc from 'fast-check';
import type { Document } from 'mongodb';

const FIELDS = ['a', 'b', 'c', 'd', 'd.x', 'd.y', 'e', 'e.x', 'e.0', 'f.0'] as const;
const TOP = ['a', 'b', 'c', 'd', 'e'] as const;
const oids = ['64b000000000000000000001', '64b000000000000000000002'].map((hex) => ObjectId.createFromHexString(hex));

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -2, max: 6 }) },
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'ab', '', 'B', 'é') },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      new Double(2),
      new Double(-1),
      0.5,
      2.5,
      new Double(0),
      Long.fromNumber(3),
      Long.fromString('9007199254740993'),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(new Date(0), new Date(1e12), oids[0], oids[1]) },
);
const flatDocument = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] });
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: flatDocument },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(flatDocument, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(scalar, flatDocument, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }) },
);
/** Positions are changed in this field, which never is a document with other fields: see the README on names that look like numbers. */
const positions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.oneof(scalar, flatDocument), { maxLength: 3 }) },
  { weight: 1, arbitrary: scalar },
);
const id = fc.integer({ min: 0, max: 40 });

export const document: fc.Arbitrary<Document> = fc
  .tuple(id, fc.record({ a: value, b: scalar, c: value, d: value, e: value, f: positions }, { requiredKeys: [] }))
  .map(([_id, fields]) => ({ _id, ...fields }));

const field = fc.constantFrom(...FIELDS);

/** Values to compare with. Ranges from arrays are left out: MongoDB answers them otherwise by an index than without. */
const predicate: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: value },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), scalar)
      .map(([operator, operand]) => ({ [operator]: operand })),
  },
  { weight: 1, arbitrary: fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('$in', '$nin'), fc.array(value, { maxLength: 4 }))
      .map(([operator, list]) => ({ [operator]: list })),
  },
  { weight: 1, arbitrary: fc.boolean().map(($exists) => ({ $exists })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('string', 'number', 'int', 'double', 'long', 'array', 'object', 'null', 'date', 'bool')
      .map(($type) => ({ $type })),
  },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }).map(($size) => ({ $size })) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('$gt', '$lte'), scalar).map(([operator, operand]) => ({ $not: { [operator]: operand } })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('x', 'y'), scalar).map(([key, operand]) => ({ $elemMatch: { [key]: operand } })),
  },
  { weight: 1, arbitrary: fc.tuple(scalar, scalar).map(([low, high]) => ({ $elemMatch: { $gte: low, $lte: high } })) },
  { weight: 1, arbitrary: fc.array(scalar, { minLength: 1, maxLength: 2 }).map(($all) => ({ $all })) },
  { weight: 1, arbitrary: fc.constantFrom({ $regex: '^a' }, { $regex: 'b', $options: 'i' }, { $mod: [2, 1] }) },
);

const simpleFilter: fc.Arbitrary<Document> = fc
  .array(fc.tuple(field, predicate), { maxLength: 3 })
  .map((pairs) => Object.fromEntries(pairs) as Document);
export const filter: fc.Arbitrary<Document> = fc.oneof(
  { weight: 6, arbitrary: simpleFilter },
  { weight: 1, arbitrary: fc.array(simpleFilter, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(simpleFilter, fc.array(simpleFilter, { minLength: 1, maxLength: 2 }))
      .map(([first, $or]) => ({ ...first, $or })),
  },
  { weight: 1, arbitrary: fc.array(simpleFilter, { minLength: 1, maxLength: 2 }).map(($and) => ({ $and })) },
  { weight: 1, arbitrary: fc.array(simpleFilter, { minLength: 1, maxLength: 2 }).map(($nor) => ({ $nor })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$gt', '$eq', '$lte'), fc.constantFrom(...TOP), fc.constantFrom(...TOP))
      .map(([operator, a, b]) => ({ $expr: { [operator]: [`$${a}`, `$${b}`] } })),
  },
  { weight: 1, arbitrary: id.map((_id) => ({ _id })) },
  { weight: 1, arbitrary: fc.array(id, { maxLength: 5 }).map(($in) => ({ _id: { $in } })) },
);

const direction = fc.constantFrom(1 as const, -1 as const);
/** Ends with `_id`, so that there is one right order. */
export const sort: fc.Arbitrary<Document> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd.x', 'e'), { maxLength: 2 }),
    fc.array(direction, { minLength: 3, maxLength: 3 }),
  )
  .map(
    ([paths, directions]) =>
      Object.fromEntries([...paths.map((path, i) => [path, directions[i]] as const), ['_id', directions[2]]]) as Document,
  );

const path = fc.constantFrom('a', 'b', 'c', 'd', 'd.x', 'd.y', 'e', 'e.x', 'f.0', 'n');
const modifier: fc.Arbitrary<readonly [string, Document]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(path, value).map(([name, operand]) => ['$set', { [name]: operand }] as const) },
  { weight: 2, arbitrary: path.map((name) => ['$unset', { [name]: '' }] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('$inc', '$mul'), path, fc.constantFrom<unknown>(1, -2, 0.5, new Double(2), Long.fromNumber(2)))
      .map(([operator, name, operand]) => [operator, { [name]: operand }] as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$min', '$max'), path, scalar)
      .map(([operator, name, operand]) => [operator, { [name]: operand }] as const),
  },
  { weight: 2, arbitrary: fc.tuple(path, scalar).map(([name, operand]) => ['$push', { [name]: operand }] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        path,
        fc.array(scalar, { maxLength: 3 }),
        fc.record(
          { $slice: fc.integer({ min: -3, max: 3 }), $position: fc.integer({ min: -3, max: 3 }), $sort: direction },
          { requiredKeys: [] },
        ),
      )
      .map(([name, $each, options]) => ['$push', { [name]: { $each, ...options } }] as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(path, fc.array(scalar, { maxLength: 3 }))
      .map(([name, $each]) => ['$addToSet', { [name]: { $each } }] as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        path,
        fc.oneof(
          scalar,
          scalar.map(($gte) => ({ $gte })),
          flatDocument,
        ),
      )
      .map(([name, operand]) => ['$pull', { [name]: operand }] as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(path, fc.array(scalar, { maxLength: 2 }))
      .map(([name, operand]) => ['$pullAll', { [name]: operand }] as const),
  },
  { weight: 1, arbitrary: fc.tuple(path, direction).map(([name, end]) => ['$pop', { [name]: end }] as const) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('a', 'b', 'c', 'd.x'), fc.constantFrom('n', 'd.y', 'm'))
      .map(([from, to]) => ['$rename', { [from]: to }] as const),
  },
  { weight: 1, arbitrary: fc.tuple(path, value).map(([name, operand]) => ['$setOnInsert', { [name]: operand }] as const) },
);
const operators: fc.Arbitrary<Document> = fc.array(modifier, { minLength: 1, maxLength: 3 }).map((modifiers) => {
  const update: Document = {};
  for (const [operator, fields] of modifiers) update[operator] = { ...(update[operator] as Document | undefined), ...fields };
  return update;
});

const expression: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom('$a', '$b', '$d.x', '$e', '$e.x', '$none'),
  scalar.map(($literal) => ({ $literal })),
  fc.tuple(fc.constantFrom('$a', '$b'), fc.integer({ min: 0, max: 3 })).map(([name, n]) => ({ $ifNull: [name, n] })),
  fc.constantFrom<unknown>(
    { $cond: [{ $gt: ['$a', '$b'] }, '$a', '$b'] },
    { $eq: ['$a', '$c'] },
    { $cmp: ['$a', '$b'] },
    { $type: '$a' },
    { $isArray: '$e' },
    { $and: ['$a', '$b'] },
    { $mergeObjects: [{ q: 1 }, null] },
    { $max: ['$a', '$b'] },
    { $sum: '$e' },
    { $sum: ['$a', '$b', 1] },
    { $avg: '$e' },
    ['$a', '$none'],
  ),
);
const ASSIGNED = ['a', 'b', 'c', 'd', 'd.x', 'e', 'e.x', 'n'] as const;
/** A field is set once: where one that a `$set` took away comes back to is MongoDB's accident, see the README. */
const updatePipeline: fc.Arbitrary<Document[]> = fc
  .tuple(
    fc.array(fc.constantFrom(...ASSIGNED), { maxLength: 2 }),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...ASSIGNED), expression), {
      maxLength: 2,
      selector: ([name]) => name.split('.')[0],
    }),
    fc.boolean(),
  )
  .filter(([gone, assigned]) => gone.length + assigned.length > 0)
  .map(([gone, assigned, first]) => {
    const unset = gone.map((name) => ({ $unset: name }));
    const set = assigned.map(([name, value]) => ({ $set: { [name]: value } }));
    return first ? [...unset, ...set] : [...set, ...unset];
  });
export const update: fc.Arbitrary<Document | Document[]> = fc.oneof(
  { weight: 5, arbitrary: operators },
  { weight: 1, arbitrary: updatePipeline },
);

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
/** By one path: two may both be arrays, and whether that is met depends on what MongoDB moves before the sort, see the README. */
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
export const pipeline: fc.Arbitrary<Document[]> = fc
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
export const index: fc.Arbitrary<IndexSpec> = fc
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
export const operation: fc.Arbitrary<Operation> = fc.oneof(
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
