import { CommandError } from '../errors';
import { compareValues } from '../values/compare';
import { isDoc } from '../values/types';
import { namedSource, values } from './arguments';
import { isNil, isTruthy, type Operator } from './runtime';

const comparison = (accepts: (order: number) => unknown): Operator => values(2, (a, b) => accepts(compareValues(a, b)));

const branches = (argument: unknown): unknown[] => (Array.isArray(argument) ? argument : [argument]);

/** Comparisons, truth and choice. What is not chosen is not evaluated. */
export const LOGIC: Record<string, Operator> = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison(Math.sign),
  $and: (argument, compile) => {
    const all = branches(argument).map(compile);
    return (document, variables) => all.every((one) => isTruthy(one(document, variables)));
  },
  $or: (argument, compile) => {
    const all = branches(argument).map(compile);
    return (document, variables) => all.some((one) => isTruthy(one(document, variables)));
  },
  $not: values(1, (value) => !isTruthy(value)),
  $ifNull: (argument, compile) => {
    const all = branches(argument).map(compile);
    if (all.length < 2) throw new CommandError(1257300, `$ifNull needs at least two arguments, had: ${all.length}`);
    return (document, variables) => {
      let value: unknown;
      for (const one of all) {
        value = one(document, variables);
        if (!isNil(value)) return value;
      }
      return value;
    };
  },
  $cond: (argument, compile) => {
    const source = isDoc(argument) ? namedSource(argument, '$cond', ['if', 'then', 'else'], []) : undefined;
    const parts = source ? [source.if, source.then, source.else] : branches(argument);
    if (parts.length !== 3)
      throw new CommandError(16020, `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`);
    const [test, yes, no] = parts.map(compile);
    return (document, variables) => (isTruthy(test!(document, variables)) ? yes! : no!)(document, variables);
  },
  $switch: (argument, compile) => {
    const source = namedSource(argument, '$switch', ['branches'], ['default']);
    const cases = branches(source.branches).map((branch) => {
      const { case: test, then } = namedSource(branch, '$switch', ['case', 'then'], []);
      return { test: compile(test), then: compile(then) };
    });
    const otherwise = 'default' in source ? compile(source.default) : undefined;
    return (document, variables) => {
      const chosen = cases.find(({ test }) => isTruthy(test(document, variables)))?.then ?? otherwise;
      if (!chosen)
        throw new CommandError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
      return chosen(document, variables);
    };
  },
};
