import { isStage, unknownStage } from '../aggregation/known';
import { compileStages } from '../aggregation/per-document';
import type { Variables } from '../aggregation/runtime';
import { CommandError, failedToParse, notSupported } from '../errors';
import { type Filter, parseFilter } from '../query/filter';
import { equal } from '../values/compare';
import { type Doc, has, isDoc, setField } from '../values/types';
import { ARRAY_OPERATORS } from './array-operators';
import { FIELD_OPERATORS } from './field-operators';
import { type Change, eachTarget, type UpdateContext } from './targets';

/**
 * What an update makes of a document: a new one, which top-level fields may be different, and whether it
 * counts though none is.
 */
interface Updated {
  document: Doc;
  touched: ReadonlySet<string> | undefined;
  counts?: boolean;
}

export interface Update {
  /** Does it replace the document as a whole? */
  replaces: boolean;
  apply(document: Doc, options: { inserting: boolean; filter: Filter }): Updated;
}

interface Step {
  operator: string;
  path: string;
  change: Change;
}

const UNSUPPORTED = new Set(['$bit']);
const OPERATORS: Record<string, (operand: unknown, path: string) => Change> = { ...FIELD_OPERATORS, ...ARRAY_OPERATORS };

/** Reads an update: operators, a pipeline, or a replacement. */
export function parseUpdate(source: unknown, arrayFilters: unknown, variables: Variables): Update {
  if (Array.isArray(source)) {
    if (arrayFilters !== undefined) throw failedToParse('arrayFilters may not be specified for pipeline-syle updates');
    return pipelineUpdate(source, variables);
  }
  if (!isDoc(source)) throw failedToParse('Update argument must be either an object or an array');
  const first = Object.keys(source)[0];
  if (!first?.startsWith('$')) return replacement(source);
  const steps = parseSteps(source, variables);
  const filters = parseArrayFilters(arrayFilters, steps);
  return {
    replaces: false,
    apply(document, { inserting }) {
      const context: UpdateContext = { arrayFilters: filters, inserting };
      const touched = new Set<string>();
      const id = document._id;
      for (const { operator, path, change } of steps) {
        if (operator === '$setOnInsert' && !inserting) continue;
        touched.add(path.split('.')[0]!);
        if (change.renameTo !== undefined) touched.add(change.renameTo.split('.')[0]!);
        eachTarget(document, path, change, context);
      }
      refuseNewId(id, document, inserting);
      return { document, touched, counts: context.counts === true };
    },
  };
}

function refuseNewId(id: unknown, document: Doc, inserting: boolean): void {
  if (inserting || (has(document, '_id') && equal(id, document._id))) return;
  throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function parseSteps(source: Doc, variables: Variables): Step[] {
  const steps: Step[] = [];
  for (const [operator, fields] of Object.entries(source)) {
    const make = has(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (!make) {
      if (UNSUPPORTED.has(operator)) throw notSupported(`The update operator ${operator}`);
      throw failedToParse(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(fields))
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
      );
    for (const [path, operand] of Object.entries(fields)) {
      checkPath(path);
      steps.push({ operator, path, change: make(operator === '$currentDate' ? [operand, variables.NOW] : operand, path) });
      if (operator === '$rename') steps.push({ operator: 'target of $rename', path: String(operand), change: {} });
    }
  }
  refuseConflicts(steps);
  const real = steps.filter(({ operator }) => operator !== 'target of $rename');
  // Fields are changed in the order of their names, which is the order in which new ones appear.
  return real.sort((a, b) => compareParts(a.change.renameTo ?? a.path, b.change.renameTo ?? b.path));
}

/** By parts, positions by number. */
function compareParts(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const [x, y] = [left[i]!, right[i]!];
    if (x === y) continue;
    if (/^\d+$/.test(x) && /^\d+$/.test(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function checkPath(path: string): void {
  if (path === '') throw new CommandError(56, 'An empty update path is not valid.');
  const parts = path.split('.');
  if (parts.includes(''))
    throw new CommandError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  if (parts[0]!.startsWith('$') && parts[0] !== '$' && !/^\$\[.*\]$/.test(parts[0]!)) {
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${parts.find((part) => part.startsWith('$'))}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  if (parts.includes('$')) throw notSupported('The positional operator $ in an update');
}

function refuseConflicts(steps: readonly Step[]): void {
  const seen = new Set<string>();
  const inside = new Set<string>();
  for (const { path } of steps) {
    const parts = path.split('.');
    const prefixes = parts.map((_, i) => parts.slice(0, i + 1).join('.'));
    const conflict = prefixes.find((prefix) => seen.has(prefix)) ?? (inside.has(path) ? path : undefined);
    if (conflict !== undefined)
      throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${conflict}'`);
    seen.add(path);
    prefixes.forEach((prefix) => inside.add(prefix));
  }
}

function parseArrayFilters(source: unknown, steps: readonly Step[]): Map<string, Filter> {
  const filters = new Map<string, Filter>();
  for (const one of Array.isArray(source) ? source : []) {
    if (!isDoc(one)) throw failedToParse('arrayFilters must be documents');
    const names = new Set(parseFilter(one).paths.map((path) => path.split('.')[0]!));
    const [name] = names;
    if (names.size !== 1 || name === undefined)
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found ${names.size}`,
      );
    if (filters.has(name)) throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    filters.set(name, parseFilter(one));
  }
  const used = new Set(steps.flatMap(({ path }) => [...path.matchAll(/\$\[([^\]]+)\]/g)].map((match) => match[1]!)));
  for (const name of used)
    if (!filters.has(name)) throw new CommandError(2, `No array filter found for identifier '${name}' in path`);
  for (const name of filters.keys()) {
    if (!used.has(name))
      throw failedToParse(`The array filter for identifier '${name}' was not used in the update { ${steps[0]?.operator ?? ''} }`);
  }
  return filters;
}

function replacement(source: Doc): Update {
  for (const key of Object.keys(source)) {
    if (key.startsWith('$'))
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${key}' in '${key}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  }
  return {
    replaces: true,
    apply(document) {
      if (has(source, '_id') && has(document, '_id') && !equal(source._id, document._id)) {
        throw new CommandError(
          66,
          `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${String(source._id)}`,
        );
      }
      return { document: withId(has(document, '_id') ? document._id : source._id, source), touched: undefined };
    },
  };
}

/** The fields with `_id` first, as the store keeps them. */
function withId(id: unknown, source: Doc): Doc {
  const result: Doc = {};
  if (id !== undefined) result._id = id;
  for (const key of Object.keys(source)) if (key !== '_id') setField(result, key, source[key]);
  return result;
}

const PIPELINE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

function pipelineUpdate(source: unknown[], variables: Variables): Update {
  for (const stage of source) {
    const name = isDoc(stage) ? Object.keys(stage)[0] : undefined;
    if (name === undefined || !PIPELINE_STAGES.has(name)) {
      throw name === undefined || isStage(name)
        ? new CommandError(72, `${name} is not allowed to be used within an update`)
        : unknownStage(name);
    }
  }
  const transform = compileStages(source as Doc[]);
  return {
    replaces: false,
    apply(document, { inserting }) {
      const id = document._id;
      const result = transform(document, variables);
      if (!has(result, '_id') && id !== undefined) return { document: withId(id, result), touched: undefined };
      refuseNewId(id, result, inserting);
      return { document: withId(result._id, result), touched: undefined };
    },
  };
}
