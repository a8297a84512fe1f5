import { Double, Long } from 'bson';
import * as fc from 'fast-check';
import type { Document } from 'mongodb';
import { direction, flatDocument, scalar, value } from './documents';

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

export const expression: fc.Arbitrary<unknown> = fc.oneof(
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
/**
 * A field is set once: where one that a `$set` took away comes back to is MongoDB's accident, see the README.
 */
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
