import { Double, Long, ObjectId } from 'bson';
import * as fc from 'fast-check';
import type { Document } from 'mongodb';

const FIELDS = ['a', 'b', 'c', 'd', 'd.x', 'd.y', 'e', 'e.x', 'e.0', 'f.0'] as const;
const TOP = ['a', 'b', 'c', 'd', 'e'] as const;
const oids = ['64b000000000000000000001', '64b000000000000000000002'].map((hex) => ObjectId.createFromHexString(hex));

export const scalar: fc.Arbitrary<unknown> = fc.oneof(
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
export const flatDocument = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] });
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: scalar },
  { weight: 2, arbitrary: flatDocument },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(flatDocument, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(scalar, flatDocument, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }) },
);
/**
 * Positions are changed in this field, which never is a document with other fields: see the README on names
 * that look like numbers.
 */
const positions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.oneof(scalar, flatDocument), { maxLength: 3 }) },
  { weight: 1, arbitrary: scalar },
);
export const id = fc.integer({ min: 0, max: 40 });

export const document: fc.Arbitrary<Document> = fc
  .tuple(id, fc.record({ a: value, b: scalar, c: value, d: value, e: value, f: positions }, { requiredKeys: [] }))
  .map(([_id, fields]) => ({ _id, ...fields }));

const field = fc.constantFrom(...FIELDS);

/**
 * Values to compare with. Ranges from arrays are left out: MongoDB answers them otherwise by an index than
 * without.
 */
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

export const simpleFilter: fc.Arbitrary<Document> = fc
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

export const direction = fc.constantFrom(1 as const, -1 as const);
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
