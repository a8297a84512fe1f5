import { CommandError, notSupported } from '../errors';
import { type Doc, has, isDoc, Rank, rankOf, setField } from '../values/types';
import { ARITHMETIC } from './arithmetic';
import { ARRAYS } from './arrays';
import { CONVERSIONS } from './conversions';
import { DATES } from './dates';
import { unknownExpression } from './known';
import { LOGIC } from './logic';
import { OBJECTS } from './objects';
import type { Evaluate, Operator } from './runtime';
import { STRINGS } from './strings';

const OPERATORS: Record<string, Operator> = {
  $literal: (argument) => () => argument,
  ...LOGIC,
  ...ARITHMETIC,
  ...ARRAYS,
  ...OBJECTS,
  ...STRINGS,
  ...CONVERSIONS,
  ...DATES,
};

/** Makes an aggregation expression ready to be evaluated. */
export function compileExpression(expression: unknown): Evaluate {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression);
  if (Array.isArray(expression)) {
    const elements = expression.map(compileExpression);
    return (document, variables) => elements.map((element) => element(document, variables) ?? null);
  }
  if (!isDoc(expression)) return () => expression;
  const keys = Object.keys(expression);
  const operator = keys[0];
  if (!operator?.startsWith('$')) return compileObject(expression);
  if (keys.length > 1) {
    throw new CommandError(
      15983,
      `an object representing an expression must have exactly one field: ${JSON.stringify(expression)}`,
    );
  }
  const make = has(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (!make) throw unknownExpression(operator);
  return make(expression[operator], compileExpression, operator);
}

function compileObject(source: Doc): Evaluate {
  const fields = Object.keys(source).map((key) => {
    if (key.includes('.'))
      throw new CommandError(16405, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`);
    if (key.startsWith('$'))
      throw new CommandError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    return [key, compileExpression(source[key])] as const;
  });
  return (document, variables) => {
    const result: Doc = {};
    for (const [key, evaluate] of fields) {
      const value = evaluate(document, variables);
      if (value !== undefined) setField(result, key, value);
    }
    return result;
  };
}

function compilePath(path: string): Evaluate {
  if (!path.startsWith('$$')) {
    const parts = path.slice(1).split('.');
    if (parts.includes(''))
      throw new CommandError(
        path === '$' ? 16872 : 15998,
        path === '$' ? `'$' by itself is not a valid FieldPath` : 'FieldPath field names may not be empty strings.',
      );
    return (document) => follow(document, parts, 0);
  }
  const [name, ...parts] = path.slice(2).split('.') as [string, ...string[]];
  if (name === 'ROOT' || name === 'CURRENT') return (document) => follow(document, parts, 0);
  if (name === 'REMOVE') return () => undefined;
  if (['DESCEND', 'PRUNE', 'KEEP', 'CLUSTER_TIME', 'USER_ROLES', 'SEARCH_META', 'JS_SCOPE', 'IS_MR'].includes(name)) {
    throw notSupported(`The variable $$${name}`);
  }
  return (_document, variables) => {
    if (!(name in variables)) throw new CommandError(17276, `Use of undefined variable: ${name}`);
    return follow(variables[name], parts, 0);
  };
}

/**
 * The value at a path as expressions see it: an array on the way gives the array of what its documents have
 * there.
 */
export function follow(value: unknown, parts: readonly string[], from: number): unknown {
  if (from === parts.length) return value;
  if (Array.isArray(value)) {
    const found: unknown[] = [];
    for (const element of value) {
      if (rankOf(element) !== Rank.object) continue;
      const inner = follow(element, parts, from);
      if (inner !== undefined) found.push(inner);
    }
    return found;
  }
  if (!isDoc(value)) return undefined;
  const name = parts[from]!;
  return has(value, name) ? follow(value[name], parts, from + 1) : undefined;
}
