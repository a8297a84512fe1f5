import { toNumber } from '../values/compare';
import { type Doc, isDecimal, isNumber } from '../values/types';

/** The variables of an expression: `NOW`, those of `let`, and those that operators bind. */
export type Variables = Readonly<Record<string, unknown>>;

/** An expression made ready; `undefined` is a missing value. */
export type Evaluate = (document: Doc, variables: Variables) => unknown;

/** Makes one operator ready; `compile` is handed over because operators hold expressions. */
export type Operator = (argument: unknown, compile: (expression: unknown) => Evaluate, name: string) => Evaluate;

export const variablesOf = (given: Doc = {}): Variables => ({ NOW: new Date(), ...given });

/** What counts as true: everything but false, zero, null and missing. */
export function isTruthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  if (isNumber(value)) return isDecimal(value) || toNumber(value) !== 0;
  return true;
}

export const isNil = (value: unknown): value is null | undefined => value === null || value === undefined;
