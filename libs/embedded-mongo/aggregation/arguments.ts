import { CommandError } from '../errors';
import type { Doc } from '../values/types';
import { has, isDoc } from '../values/types';
import type { Evaluate, Operator } from './runtime';

/** An operator of a fixed number of values. */
export const values =
  (count: number | readonly [number, number], apply: (...values: unknown[]) => unknown): Operator =>
  (argument, compile, name) => {
    const given: unknown[] = Array.isArray(argument) ? argument : [argument];
    const [least, most] = typeof count === 'number' ? [count, count] : count;
    if (given.length < least || given.length > most) {
      const expected = least === most ? `exactly ${least} arguments` : `at least ${least} arguments, and at most ${most}`;
      throw new CommandError(16020, `Expression ${name} takes ${expected}. ${given.length} were passed in.`);
    }
    const evaluated = given.map(compile);
    if (evaluated.length === 1) return (document, variables) => apply(evaluated[0]!(document, variables));
    return (document, variables) => apply(...evaluated.map((one) => one(document, variables)));
  };

/** An operator of any number of values. */
export const anyValues =
  (apply: (values: unknown[]) => unknown): Operator =>
  (argument, compile) => {
    const evaluated = (Array.isArray(argument) ? argument : [argument]).map(compile);
    return (document, variables) => apply(evaluated.map((one) => one(document, variables)));
  };

/** Clients see a code of its own for some missing arguments. */
const MISSING_CODES: Record<string, number> = {
  '$cond.if': 17080,
  '$cond.then': 17081,
  '$cond.else': 17082,
  '$filter.cond': 28650,
};

/** The named arguments of an operator, made ready. */
export function named(
  argument: unknown,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  compile: (expression: unknown) => Evaluate,
): Record<string, Evaluate | undefined> {
  const source = namedSource(argument, name, required, optional);
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, compile(value)]));
}

export function namedSource(argument: unknown, name: string, required: readonly string[], optional: readonly string[]): Doc {
  if (!isDoc(argument)) throw new CommandError(28646, `${name} only supports an object as its argument`);
  for (const key of Object.keys(argument)) {
    if (!required.includes(key) && !optional.includes(key))
      throw new CommandError(28647, `Unrecognized parameter to ${name}: ${key}`);
  }
  for (const key of required)
    if (!has(argument, key))
      throw new CommandError(MISSING_CODES[`${name}.${key}`] ?? 28648, `Missing '${key}' parameter to ${name}`);
  return argument;
}
