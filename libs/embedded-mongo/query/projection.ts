import { compileExpression } from '../aggregation/expressions';
import { type Evaluate, isTruthy, type Variables } from '../aggregation/runtime';
import { CommandError, notSupported } from '../errors';
import { toNumber } from '../values/compare';
import { type Doc, has, isDoc, isNumber, isOperators, setField } from '../values/types';
import { parseFilter } from './filter';

export type Project = (document: Doc, variables: Variables) => Doc;

/** What a projection says about one field. */
interface Field {
  children: Map<string, Field>;
  /** `true`: keep or drop (by the mode) the whole field. */
  whole: boolean;
  compute: Compute | undefined;
}

/** From the document, and the field's present value, to its new one; `undefined` leaves the field out. */
type Compute = (document: Doc, variables: Variables, value: unknown) => unknown;

const newField = (): Field => ({ children: new Map(), whole: false, compute: undefined });
const wrong = (code: number, message: string): CommandError => new CommandError(code, message);

interface Parsed {
  root: Field;
  keepsId: boolean | undefined;
  /** Fields named to be kept, to be dropped, and computed. */
  included: number;
  excluded: number;
  computed: number;
  /** `$slice` and `$elemMatch` of find. */
  array: number;
}

/** Makes the projection of a find, or of a `$project` stage, ready. */
export function compileProjection(source: Doc, ofStage = false): Project {
  const parsed: Parsed = { root: newField(), keepsId: undefined, included: 0, excluded: 0, computed: 0, array: 0 };
  if (ofStage && Object.keys(source).length === 0)
    throw wrong(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  for (const [path, value] of Object.entries(source)) parse(parsed, path.split('.'), value, ofStage, path);
  const including = parsed.included > 0 || parsed.computed > 0 || (parsed.excluded === 0 && parsed.keepsId === true);
  if (including && parsed.excluded > 0) {
    throw wrong(31254, 'Cannot do exclusion on a field in inclusion projection');
  }
  if (including) {
    if (parsed.keepsId !== false && !parsed.root.children.has('_id'))
      parsed.root.children.set('_id', { ...newField(), whole: true });
    return (document, variables) => include(document, parsed.root, document, variables);
  }
  if (parsed.keepsId === false) parsed.root.children.set('_id', { ...newField(), whole: true });
  return (document, variables) => exclude(document, parsed.root, document, variables);
}

/** The top-level fields of a projection that does nothing but keep some; `undefined` of any other. */
export function fieldsKept(projection: Doc): Set<string> | undefined {
  const isKept = (value: unknown) => (typeof value === 'boolean' || isNumber(value)) && isTruthy(value);
  const { _id: id = true, ...others } = projection;
  const kept = Object.values(others);
  if (!kept.every(isKept) || (kept.length === 0 && !isKept(id)) || !(typeof id === 'boolean' || isNumber(id))) return undefined;
  return new Set(['_id', ...Object.keys(others).map((path) => path.split('.')[0]!)]);
}

function parse(parsed: Parsed, parts: string[], value: unknown, ofStage: boolean, path: string): void {
  if (parts.includes('')) throw wrong(15998, 'FieldPath field names may not be empty strings.');
  if (parts.includes('$')) throw notSupported('The positional operator in a projection');
  if (parts.some((part) => part.startsWith('$')))
    throw wrong(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  if (isDoc(value) && !isOperators(value)) {
    if (Object.keys(value).length === 0)
      throw wrong(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    for (const [key, inner] of Object.entries(value))
      parse(parsed, [...parts, ...key.split('.')], inner, ofStage, `${path}.${key}`);
    return;
  }
  if (typeof value === 'boolean' || isNumber(value)) {
    const keep = isTruthy(value);
    if (parts.length === 1 && parts[0] === '_id') {
      parsed.keepsId = keep;
      return;
    }
    if (keep) parsed.included += 1;
    else parsed.excluded += 1;
    if (parsed.included > 0 && parsed.excluded > 0) {
      throw keep
        ? wrong(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
        : wrong(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    fieldAt(parsed.root, parts, path).whole = true;
    return;
  }
  const field = fieldAt(parsed.root, parts, path);
  if (!ofStage && isDoc(value) && (has(value, '$slice') || has(value, '$elemMatch'))) {
    parsed.array += 1;
    if (has(value, '$elemMatch')) parsed.included += 1;
    field.compute = has(value, '$slice') ? sliceOf(value.$slice) : elemMatchOf(value.$elemMatch);
    return;
  }
  if (isDoc(value) && has(value, '$meta')) throw notSupported('$meta');
  if (parts[0] !== '_id') parsed.computed += 1;
  else parsed.keepsId = true;
  const evaluate: Evaluate = compileExpression(value);
  field.compute = (document, variables) => evaluate(document, variables);
}

function fieldAt(root: Field, parts: readonly string[], path: string): Field {
  let field = root;
  for (const part of parts) {
    if (field.whole || field.compute) throw wrong(31249, `Path collision at ${path} remaining portion ${part}`);
    let child = field.children.get(part);
    if (!child) field.children.set(part, (child = newField()));
    field = child;
  }
  if (field.whole || field.compute || field.children.size > 0) throw wrong(31250, `Path collision at ${path}`);
  return field;
}

function sliceOf(argument: unknown): Compute {
  const [first, count] = Array.isArray(argument) ? argument.map(toNumber) : [toNumber(argument)];
  return (_document, _variables, value) => {
    if (!Array.isArray(value)) return value;
    if (count === undefined) return first! >= 0 ? value.slice(0, first) : value.slice(first);
    const start = first! >= 0 ? first! : Math.max(0, value.length + first!);
    return value.slice(start, start + count);
  };
}

function elemMatchOf(argument: unknown): Compute {
  const filter = parseFilter({ array: { $elemMatch: argument } });
  return (_document, _variables, value) => {
    if (!Array.isArray(value)) return undefined;
    const at = value.findIndex((element) => filter.matches({ array: [element] }));
    return at < 0 ? undefined : [value[at]];
  };
}

function include(value: Doc, node: Field, document: Doc, variables: Variables): Doc {
  const result: Doc = {};
  for (const key of Object.keys(value)) {
    const field = node.children.get(key);
    if (!field) continue;
    const kept = field.whole
      ? value[key]
      : field.compute
        ? field.compute(document, variables, value[key])
        : includeIn(value[key], field, document, variables);
    if (kept !== undefined) setField(result, key, kept);
  }
  for (const [key, field] of node.children) {
    if (has(value, key)) continue;
    const computed = field.compute
      ? field.compute(document, variables, undefined)
      : hasComputed(field)
        ? include({}, field, document, variables)
        : undefined;
    if (computed !== undefined) setField(result, key, computed);
  }
  return result;
}

function includeIn(value: unknown, field: Field, document: Doc, variables: Variables): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => includeIn(element, field, document, variables)).filter((element) => element !== undefined);
  }
  if (isDoc(value)) return include(value, field, document, variables);
  return hasComputed(field) ? include({}, field, document, variables) : undefined;
}

const hasComputed = (field: Field): boolean =>
  [...field.children.values()].some((child) => child.compute !== undefined || hasComputed(child));

function exclude(value: Doc, node: Field, document: Doc, variables: Variables): Doc {
  const result: Doc = {};
  for (const key of Object.keys(value)) {
    const field = node.children.get(key);
    if (!field) setField(result, key, value[key]);
    else if (!field.whole) {
      const kept = field.compute
        ? field.compute(document, variables, value[key])
        : excludeIn(value[key], field, document, variables);
      if (kept !== undefined) setField(result, key, kept);
    }
  }
  return result;
}

function excludeIn(value: unknown, field: Field, document: Doc, variables: Variables): unknown {
  if (Array.isArray(value)) return value.map((element) => excludeIn(element, field, document, variables));
  return isDoc(value) ? exclude(value, field, document, variables) : value;
}

/** Sets computed fields, as `$addFields` does; a missing value removes nothing unless it is `$$REMOVE`. */
export function compileAddFields(source: Doc): Project {
  const root = newField();
  const collect = (parts: string[], value: unknown, path: string): void => {
    if (parts.some((part) => part === '' || part.startsWith('$')))
      throw wrong(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
    if (isDoc(value) && !isOperators(value) && Object.keys(value).length > 0) {
      for (const [key, inner] of Object.entries(value)) collect([...parts, ...key.split('.')], inner, `${path}.${key}`);
      return;
    }
    const evaluate = compileExpression(value);
    fieldAt(root, parts, path).compute = (document, variables) => evaluate(document, variables);
  };
  for (const [path, value] of Object.entries(source)) collect(path.split('.'), value, path);
  return (document, variables) => add(document, root, document, variables);
}

function add(value: Doc, node: Field, document: Doc, variables: Variables): Doc {
  const result: Doc = { ...value };
  for (const [key, field] of node.children) {
    const computed = field.compute
      ? field.compute(document, variables, undefined)
      : addIn(value[key], field, document, variables);
    if (computed !== undefined) setField(result, key, computed);
    else delete result[key];
  }
  return result;
}

function addIn(value: unknown, field: Field, document: Doc, variables: Variables): unknown {
  if (Array.isArray(value)) return value.map((element) => addIn(element, field, document, variables));
  return add(isDoc(value) ? value : {}, field, document, variables);
}
