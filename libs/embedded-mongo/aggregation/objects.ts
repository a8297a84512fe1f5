import { CommandError } from '../errors';
import { type Doc, has, isDoc, setField, typeName } from '../values/types';
import { anyValues, namedSource, values } from './arguments';
import { isNil, type Operator, type Variables } from './runtime';

function pair(entry: unknown): readonly [string, unknown] {
  if (Array.isArray(entry) && entry.length === 2) return [String(entry[0]), entry[1]];
  if (isDoc(entry) && has(entry, 'k') && has(entry, 'v')) return [String(entry.k), entry.v];
  throw new CommandError(40392, '$arrayToObject requires an array of key-value pairs');
}

export const OBJECTS: Record<string, Operator> = {
  $mergeObjects: anyValues((all) => {
    const result: Doc = {};
    const sources = all.length === 1 && Array.isArray(all[0]) ? (all[0] as unknown[]) : all;
    for (const source of sources) {
      if (isNil(source)) continue;
      if (!isDoc(source))
        throw new CommandError(
          40400,
          `$mergeObjects requires object inputs, but input ${JSON.stringify(source)} is of type ${typeName(source)}`,
        );
      for (const key of Object.keys(source)) setField(result, key, source[key]);
    }
    return result;
  }),
  $objectToArray: values(1, (value) => {
    if (isNil(value)) return null;
    if (!isDoc(value)) throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
    return Object.entries(value).map(([k, v]) => ({ k, v }));
  }),
  $arrayToObject: values(1, (value) => {
    if (isNil(value)) return null;
    if (!Array.isArray(value)) throw new CommandError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
    const result: Doc = {};
    for (const [key, field] of value.map(pair)) setField(result, key, field);
    return result;
  }),
  $getField: (argument, compile, name) => {
    const source = isDoc(argument) ? namedSource(argument, name, ['field'], ['input']) : { field: argument };
    const input = compile('input' in source ? source.input : '$$CURRENT');
    const field = typeof source.field === 'string' && !source.field.startsWith('$') ? () => source.field : compile(source.field);
    return (document, variables) => {
      const value = input(document, variables);
      const key = field(document, variables);
      return isDoc(value) && typeof key === 'string' && has(value, key) ? value[key] : isNil(value) ? value : undefined;
    };
  },
  $let: (argument, compile, name) => {
    const source = namedSource(argument, name, ['vars', 'in'], []);
    if (!isDoc(source.vars)) throw new CommandError(16876, '$let only supports an object as its vars');
    const bound = Object.entries(source.vars).map(([key, value]) => [key, compile(value)] as const);
    const inner = compile(source.in);
    return (document, variables) => {
      const inside: Variables = {
        ...variables,
        ...Object.fromEntries(bound.map(([key, one]) => [key, one(document, variables)])),
      };
      return inner(document, inside);
    };
  },
};
