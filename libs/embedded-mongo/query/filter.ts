import { compileExpression } from '../aggregation/expressions';
import { isTruthy, type Variables, variablesOf } from '../aggregation/runtime';
import { badValue, notSupported } from '../errors';
import { type Doc, has, isDoc, isOperators, Rank, rankOf } from '../values/types';
import { isPosition, visitPath } from './paths';
import { compileLeaf, compileRegex, type Leaf } from './predicates';

export interface Predicate {
  kind: 'predicate';
  path: string;
  operator: string;
  operand: unknown;
  /** For `$not` and `$elemMatch`: what is inside. */
  inner?: FilterNode;
}

export type FilterNode =
  Predicate | { kind: 'and' | 'or' | 'nor'; children: FilterNode[] } | { kind: 'expr'; expression: unknown };

type Test = (document: Doc) => boolean;

export interface Filter {
  node: FilterNode;
  paths: string[];
  /** Is it `{ _id: value }`, written just so? What it finds is not sorted, as on MongoDB. */
  idAlone: boolean;
  matches: Test;
}

const LOGICAL: Record<string, 'and' | 'or' | 'nor'> = { $and: 'and', $or: 'or', $nor: 'nor' };
const UNSUPPORTED_TOP = new Set(['$where', '$text', '$jsonSchema', '$sampleRate', '$alwaysTrue', '$alwaysFalse']);
const COMPARISONS = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$mod', '$size']);
const LISTS = new Set(['$in', '$nin', '$all']);
const UNSUPPORTED = new Set([
  '$bitsAllSet',
  '$bitsAnySet',
  '$bitsAllClear',
  '$bitsAnyClear',
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$within',
]);

/** Reads a filter. Its parts are for the planner, `matches` for documents. */
export function parseFilter(source: Doc, variables?: Variables): Filter {
  const node = parseDoc(source);
  const paths: string[] = [];
  collectPaths(node, paths);
  const idAlone = Object.keys(source).length === 1 && has(source, '_id') && !isOperators(source._id);
  return { node, paths, idAlone, matches: compile(node, variables ?? variablesOf()) };
}

/** A filter of some parts of another, for what an index has not answered. */
export const filterOf = (nodes: FilterNode[], variables?: Variables): Test =>
  compile({ kind: 'and', children: nodes }, variables ?? variablesOf());

/** The top-level fields that decide about the nodes; `undefined` where an expression may look at any. */
export function fieldsOf(nodes: readonly FilterNode[]): ReadonlySet<string> | undefined {
  const fields = new Set<string>();
  for (const node of nodes) {
    if (node.kind === 'expr') return undefined;
    if (node.kind === 'predicate') {
      fields.add(node.path.split('.')[0]!);
      continue;
    }
    const inside = fieldsOf(node.children);
    if (!inside) return undefined;
    inside.forEach((field) => fields.add(field));
  }
  return fields;
}

function parseDoc(source: Doc): FilterNode {
  const children: FilterNode[] = [];
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (!key.startsWith('$')) children.push(...parseField(key, value));
    else if (LOGICAL[key]) children.push({ kind: LOGICAL[key], children: parseList(key, value) });
    else if (key === '$expr') children.push({ kind: 'expr', expression: value });
    else if (key === '$comment') continue;
    else if (UNSUPPORTED_TOP.has(key)) throw notSupported(`The query operator ${key}`);
    else
      throw badValue(
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
  return children.length === 1 ? children[0]! : { kind: 'and', children };
}

function parseList(operator: string, value: unknown): FilterNode[] {
  if (!Array.isArray(value)) throw badValue(`${operator} must be an array`);
  if (value.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
  return value.map((entry) => {
    if (!isDoc(entry)) throw badValue('$or/$and/$nor entries need to be full objects');
    return parseDoc(entry);
  });
}

function parseField(path: string, value: unknown): FilterNode[] {
  if (isOperators(value)) return parseOperators(path, value);
  if (rankOf(value) === Rank.regex) return [{ kind: 'predicate', path, operator: '$regex', operand: compileRegex(value) }];
  return [{ kind: 'predicate', path, operator: '$eq', operand: value }];
}

function parseOperators(path: string, operators: Doc): FilterNode[] {
  const nodes: FilterNode[] = [];
  for (const operator of Object.keys(operators)) {
    const operand = operators[operator];
    if (!operator.startsWith('$')) throw badValue(`unknown operator: ${operator}`);
    if (operator === '$options') {
      if (!has(operators, '$regex')) throw badValue('$options needs a $regex');
    } else if (operator !== '$comment') nodes.push(...parseOperator(path, operator, operand, operators));
  }
  return nodes;
}

const predicate = (path: string, operator: string, operand: unknown, inner?: FilterNode): Predicate => ({
  kind: 'predicate',
  path,
  operator,
  operand,
  ...(inner && { inner }),
});

function parseOperator(path: string, operator: string, operand: unknown, all: Doc): FilterNode[] {
  if (COMPARISONS.has(operator)) return [checkedComparison(path, operator, operand)];
  if (LISTS.has(operator)) return parseListOperator(path, operator, operand);
  switch (operator) {
    case '$ne':
      if (rankOf(operand) === Rank.regex) throw badValue("Can't have regex as arg to $ne.");
      return [predicate(path, '$not', null, predicate(path, '$eq', operand))];
    case '$regex':
      return [predicate(path, '$regex', compileRegex(operand, all.$options))];
    case '$not':
      return [predicate(path, '$not', null, parseNot(path, operand))];
    case '$elemMatch':
      return [parseElemMatch(path, operand)];
    default:
      if (UNSUPPORTED.has(operator)) throw notSupported(`The query operator ${operator}`);
      throw badValue(`unknown operator: ${operator}`);
  }
}

function checkedComparison(path: string, operator: string, operand: unknown): Predicate {
  if (operator === '$eq' && rankOf(operand) === Rank.regex)
    throw badValue("Can't have RegEx as arg to predicate over field '" + path + "'.");
  if (operator.length <= 4 && operator.startsWith('$') && '$gt$gte$lt$lte'.includes(operator) && rankOf(operand) === Rank.regex)
    throw badValue("Can't have RegEx as arg to predicate over field '" + path + "'.");
  if (operator === '$exists') return predicate(path, operator, isTruthy(operand));
  return predicate(path, operator, operand);
}

function parseListOperator(path: string, operator: string, operand: unknown): FilterNode[] {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  if (operator !== '$all') {
    for (const value of operand) if (isOperators(value)) throw badValue(`cannot nest $ under ${operator}`);
    const within = predicate(path, '$in', operand);
    return [operator === '$in' ? within : predicate(path, '$not', null, within)];
  }
  if (operand.length === 0) return [predicate(path, '$in', [])];
  return operand.map((value) =>
    isDoc(value) && Object.keys(value)[0] === '$elemMatch' ? parseElemMatch(path, value.$elemMatch) : parseField(path, value)[0]!,
  );
}

function parseNot(path: string, operand: unknown): FilterNode {
  if (rankOf(operand) === Rank.regex) return predicate(path, '$regex', compileRegex(operand));
  if (!isDoc(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  return { kind: 'and', children: parseOperators(path, operand) };
}

const DOCUMENT_OPERATORS = new Set(['$and', '$or', '$nor', '$expr', '$where']);

function parseElemMatch(path: string, operand: unknown): Predicate {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(operand)[0];
  const ofValues = first !== undefined && first.startsWith('$') && !DOCUMENT_OPERATORS.has(first);
  const inner: FilterNode = ofValues ? { kind: 'and', children: parseOperators('', operand) } : parseDoc(operand);
  return predicate(path, '$elemMatch', ofValues ? 'value' : 'document', inner);
}

function collectPaths(node: FilterNode, paths: string[]): void {
  if (node.kind === 'predicate') paths.push(node.path);
  else if (node.kind !== 'expr') node.children.forEach((child) => collectPaths(child, paths));
}

function compile(node: FilterNode, variables: Variables): Test {
  switch (node.kind) {
    case 'and': {
      const tests = node.children.map((child) => compile(child, variables));
      if (tests.length === 1) return tests[0]!;
      return (document) => tests.every((test) => test(document));
    }
    case 'or':
    case 'nor': {
      const tests = node.children.map((child) => compile(child, variables));
      const wanted = node.kind === 'or';
      return (document) => tests.some((test) => test(document)) === wanted;
    }
    case 'expr': {
      const evaluate = compileExpression(node.expression);
      return (document) => isTruthy(evaluate(document, variables));
    }
    case 'predicate':
      return compilePredicate(node, variables);
  }
}

function compilePredicate({ path, operator, operand, inner }: Predicate, variables: Variables): Test {
  const parts = path.split('.');
  if (operator === '$not') {
    const test = compile(inner!, variables);
    return (document) => !test(document);
  }
  if (operator === '$exists') {
    const exists: Test = (document) => visitPath(document, parts, (value) => typeof value !== 'symbol');
    return operand ? exists : (document) => !exists(document);
  }
  if (operator === '$elemMatch') {
    const leaf = elemMatch(operand === 'value', inner!, variables);
    return (document) => visitPath(document, parts, leaf);
  }
  const leaf = compileLeaf(operator, operand, path === '');
  if (!parts.some(isPosition)) return (document) => visitPath(document, parts, leaf);
  // An array that a position leads to is not taken apart once more.
  const alone = compileLeaf(operator, operand, true);
  return (document) => visitPath(document, parts, (value, atPosition) => (atPosition ? alone : leaf)(value));
}

function elemMatch(ofValues: boolean, inner: FilterNode, variables: Variables): Leaf {
  const test = compile(inner, variables);
  return (value) =>
    Array.isArray(value) &&
    value.some((element) =>
      // A value is looked at as the field '' of a document, so that its operators are the usual ones.
      ofValues ? test({ '': element }) : (isDoc(element) && test(element)) || (Array.isArray(element) && test({ ...element })),
    );
}
