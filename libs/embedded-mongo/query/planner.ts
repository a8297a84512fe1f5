import { badValue } from '../errors';
import type { Index } from '../indexes/definition';
import { implies } from '../indexes/partial';
import type { Collection } from '../storage/catalog';
import { equal, toNumber } from '../values/compare';
import { END, inverted, isCut } from '../values/ordered-key';
import { type Doc, isDoc } from '../values/types';
import { arePoints, type Bounds, boundsOf, intersection, type KeyRange, keyRange, matchesMissing } from './bounds';
import type { Filter, FilterNode, Predicate } from './filter';
import type { SortField } from './order';
import type { IndexPlan, Plan, Spread, UnionPlan } from './plans';

/** A predicate that an index may answer. */
interface Candidate {
  predicate: Predicate;
  /** The part of the filter that is done with when the index answers the predicate exactly. */
  conjunct: FilterNode | undefined;
  /** The `$elemMatch` it is in: two predicates about the same array go together only inside one. */
  group: FilterNode | undefined;
}

const MOST_RANGES = 200_000;
const MOST_MERGED = 64;

export interface PlanOptions {
  sort?: readonly SortField[];
  hint?: unknown;
  skip?: number;
}

export function plan(collection: Collection, filter: Filter, { sort = [], hint, skip = 0 }: PlanOptions = {}): Plan {
  const conjuncts = conjunctsOf(filter.node);
  const natural = naturalHint(hint) ?? (sort.length === 1 && sort[0]!.path === '$natural' ? sort[0]!.direction : undefined);
  if (natural !== undefined) return { kind: 'collection', residual: conjuncts, sorted: sort.length === 0, reverse: natural < 0 };
  if (hint !== undefined) {
    const index = hinted(collection, hint);
    return planIndex(index, conjuncts, sort, true) ?? { kind: 'collection', residual: conjuncts, sorted: false, reverse: false };
  }
  let best: IndexPlan | undefined;
  for (const index of collection.indexes) {
    if (index.hidden) continue;
    const candidate = planIndex(index, conjuncts, sort, false);
    if (candidate?.direct && index.isId && filter.idAlone && skip === 0) candidate.sorted = true;
    if (candidate && (!best || candidate.score > best.score)) best = candidate;
  }
  const union = !best || best.score < 10 ? planUnion(collection, conjuncts, sort) : undefined;
  return union ?? best ?? { kind: 'collection', residual: conjuncts, sorted: sort.length === 0, reverse: false };
}

const conjunctsOf = (node: FilterNode): FilterNode[] => (node.kind === 'and' ? node.children.flatMap(conjunctsOf) : [node]);

const naturalHint = (hint: unknown): number | undefined =>
  isDoc(hint) && '$natural' in hint ? toNumber(hint.$natural) : undefined;

function hinted(collection: Collection, hint: unknown): Index {
  const named = (index: Index): boolean =>
    typeof hint === 'string' ? index.name === hint : isDoc(hint) && sameKey(index.key, hint);
  const found = collection.indexes.find((index) => !index.hidden && named(index));
  if (!found)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return found;
}

const sameKey = (a: Doc, b: Doc): boolean => equal(a, b);

function candidatesOf(conjuncts: readonly FilterNode[]): Candidate[] {
  const found: Candidate[] = [];
  for (const conjunct of conjuncts) {
    if (conjunct.kind !== 'predicate') continue;
    found.push({ predicate: conjunct, conjunct, group: undefined });
    if (conjunct.operator === '$elemMatch') collectInside(conjunct, conjunct.path, conjunct.inner!, found);
  }
  return found;
}

function collectInside(group: FilterNode, path: string, node: FilterNode, found: Candidate[]): void {
  for (const inner of conjunctsOf(node)) {
    if (inner.kind !== 'predicate') continue;
    const full = inner.path === '' ? path : `${path}.${inner.path}`;
    found.push({ predicate: { ...inner, path: full }, conjunct: undefined, group });
  }
}

interface FieldBounds {
  bounds: Bounds;
  used: Candidate[];
}

/** The plan for one index, or none when it cannot answer or does not help. */
function planIndex(
  index: Index,
  conjuncts: readonly FilterNode[],
  sort: readonly SortField[],
  forced: boolean,
): IndexPlan | undefined {
  const candidates = candidatesOf(conjuncts);
  const top = candidates.filter(({ group }) => !group).map(({ predicate }) => predicate);
  if (index.partial && !implies(top, index.partial.node)) return forced ? noAnswer() : undefined;
  // One that is told to is used nevertheless, and finds what is in it.
  if (!forced && index.sparse && !index.fields.some(({ path }) => top.some((one) => one.path === path && !matchesMissing(one))))
    return undefined;
  const fields: FieldBounds[] = [];
  for (let i = 0; i < index.fields.length; i += 1) {
    const bounds = fieldBounds(index, i, candidates, fields);
    if (!bounds) break;
    fields.push(bounds);
    if (!arePoints(bounds.bounds)) break;
  }
  const placed = place(index, fields);
  const order = sortOrder(index, fields, placed.prefixes, sort);
  if (fields.length === 0 && !(order && sort.length > 0) && !forced && !index.sparse) return undefined;
  const points = fields.filter(({ bounds }) => arePoints(bounds)).length;
  const direct = index.unique && points === index.fields.length && placed.whole;
  const done = new Set(
    placed.cut ? [] : fields.flatMap(({ bounds, used }) => (bounds.exact ? used : [])).map(({ conjunct }) => conjunct),
  );
  return {
    kind: 'index',
    index,
    ranges: placed.ranges,
    direct,
    mergeAfter: order?.merge ? placed.prefixes.map((prefix) => prefix.length) : undefined,
    reverse: order?.reverse ?? false,
    sorted: order !== undefined,
    repeats: index.record.multikey.some((multikey, i) => multikey && !(i < fields.length && single(fields[i]!.bounds))),
    also: direct ? [] : alsoIn(index, fields, candidates),
    residual: conjuncts.filter((conjunct) => !done.has(conjunct)),
    spread: sort.length > 0 && !direct && !placed.cut ? spreadOf(index, fields, candidates, conjuncts, sort) : undefined,
    score: score(fields, points, direct, sort.length > 0 && order !== undefined, index),
  };
}

/**
 * Predicates about an array whose bounds cannot be put together, since different elements may satisfy them:
 * one has given the bounds of the scan; these are those of the others.
 */
function alsoIn(index: Index, fields: readonly FieldBounds[], candidates: readonly Candidate[]): KeyRange[][] {
  const last = fields.length - 1;
  const before = fields.slice(0, last);
  if (last < 0 || !index.record.multikey[last] || !before.every(({ bounds }) => single(bounds))) return [];
  const { path } = index.fields[last]!;
  const { used } = fields[last]!;
  const others = candidates.filter(
    (candidate) => candidate.predicate.path === path && !used.includes(candidate) && goesWith(index, last, candidate, before),
  );
  return others.flatMap(({ predicate }) => {
    const bounds = boundsOf(predicate, true);
    return bounds ? [place(index, [...before, { bounds, used: [] }]).ranges] : [];
  });
}

/**
 * Would the index give the wanted order if the texts with a beginning were one text? Or does it give the
 * order of what follows some texts, of which other words have entries, too?
 */
function spreadOf(
  index: Index,
  fields: readonly FieldBounds[],
  candidates: readonly Candidate[],
  filter: readonly FilterNode[],
  sort: readonly SortField[],
): Spread | undefined {
  const prefixes = candidates.filter(({ predicate }) => predicate.operator === '$regex');
  if (prefixes.length === 0) return undefined;
  const isOrdered = sortOrder(index, fields, place(index, fields).prefixes, sort) !== undefined;
  const i = isOrdered ? fields.findLastIndex((_, j) => index.record.multikey[j]) : fields.length - 1;
  const field = fields[i];
  const before = fields.slice(0, i);
  if (!field || index.fields[i]!.direction !== 1 || !before.every(({ bounds }) => single(bounds))) return undefined;
  const upTo = fields.slice(0, i + 1);
  const others = alsoIn(index, upTo, candidates);
  const isUsed = isOrdered
    ? arePoints(field.bounds) && prefixes.some(({ predicate }) => predicate.path === index.fields[i]!.path)
    : field.used.some((one) => prefixes.includes(one));
  const [interval] = field.bounds.intervals;
  if (!isUsed || !interval) return undefined;
  const { low } = interval;
  const asOne: FieldBounds = { bounds: { intervals: [{ low, lowIn: true, high: low, highIn: true }], exact: false }, used: [] };
  const order = sortOrder(index, [...before, asOne], [''], sort);
  if (!order) return undefined;
  return {
    at: place(index, before).prefixes[0]!.length,
    texts: isOrdered ? place(index, upTo).prefixes : undefined,
    others,
    ...edgesOf(index, i + 1, candidates),
    reverse: order.reverse,
    filter: [...filter],
  };
}

/** The stretch of the field behind. */
function edgesOf(index: Index, i: number, candidates: readonly Candidate[]): { low: string; high: string } {
  const whole = { low: '', high: END };
  const field = index.fields[i];
  if (!field || index.record.multikey[i]) return whole;
  const { intervals } = fieldBounds(index, i, candidates, [])?.bounds ?? { intervals: [] };
  if (intervals.length !== 1) return whole;
  const { start, end } = keyRange('', intervals[0]!, field.direction);
  return { low: start, high: end };
}

function noAnswer(): never {
  throw badValue(
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an index that can answer',
  );
}

const single = ({ intervals }: Bounds): boolean => intervals.length === 1 && intervals[0]!.low === intervals[0]!.high;

function score(fields: readonly FieldBounds[], points: number, direct: boolean, sorts: boolean, index: Index): number {
  if (direct) return 1_000 + points;
  return points * 10 + (fields.length - points) * 5 + (sorts ? 3 : 0) - index.fields.length * 0.1;
}

function fieldBounds(
  index: Index,
  i: number,
  candidates: readonly Candidate[],
  before: readonly FieldBounds[],
): FieldBounds | undefined {
  const { path } = index.fields[i]!;
  const multikey = index.record.multikey[i]!;
  let found: FieldBounds | undefined;
  for (const candidate of candidates) {
    if (candidate.predicate.path !== path) continue;
    const bounds = boundsOf(candidate.predicate, multikey);
    if (!bounds) continue;
    if (!multikey || isOfSameElement(candidate, found))
      found = found
        ? { bounds: intersection(found.bounds, bounds), used: [...found.used, candidate] }
        : { bounds, used: [candidate] };
    else if (goesWith(index, i, candidate, before) && (!found || narrower(bounds, found.bounds)))
      found = { bounds, used: [candidate] };
  }
  if (!found && multikey) return undefined;
  return found;
}

/** Predicates inside one `$elemMatch` about the elements themselves are all satisfied by one of them. */
const isOfSameElement = ({ predicate, group }: Candidate, found: FieldBounds | undefined): boolean =>
  found !== undefined &&
  group?.kind === 'predicate' &&
  group.path === predicate.path &&
  found.used.every((one) => one.group === group);

/**
 * One element of an array may satisfy one predicate and another element the next: entries hold both for one
 * element only.
 */
function goesWith(index: Index, i: number, candidate: Candidate, before: readonly FieldBounds[]): boolean {
  const root = index.fields[i]!.parts[0];
  return before.every(({ used }, j) => {
    if (!index.record.multikey[j] || index.fields[j]!.parts[0] !== root) return true;
    return candidate.group !== undefined && used.every(({ group }) => group === candidate.group);
  });
}

const narrower = (a: Bounds, b: Bounds): boolean =>
  (arePoints(a) ? 0 : 1) - (arePoints(b) ? 0 : 1) < 0 ||
  (arePoints(a) && arePoints(b) && a.intervals.length < b.intervals.length);

interface Placed {
  ranges: KeyRange[];
  /** The bytes of the fields that are points, per range. */
  prefixes: string[];
  /** Are the ranges single keys? */
  whole: boolean;
  /** Were keys so long that what is found must be looked at again? */
  cut: boolean;
}

function place(index: Index, fields: readonly FieldBounds[]): Placed {
  let prefixes = [''];
  let ranges: KeyRange[] | undefined;
  fields.forEach(({ bounds: { intervals } }, i) => {
    const { direction } = index.fields[i]!;
    const ordered = direction === 1 ? intervals : [...intervals].reverse();
    if (ordered.length * prefixes.length > MOST_RANGES) throw badValue('Too many combinations of values for an index');
    if (ordered.every(({ low, high }) => low === high)) {
      const keys = ordered.map(({ low }) => (direction === 1 ? low : inverted(low)));
      prefixes =
        prefixes.length === 1 && prefixes[0] === '' ? keys : prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
    } else ranges = prefixes.flatMap((prefix) => ordered.map((interval) => keyRange(prefix, interval, direction)));
  });
  const whole = ranges === undefined;
  ranges ??= prefixes.map((prefix) => ({ start: prefix, end: prefix === '' ? '\xff' : `${prefix}\xfd` }));
  return {
    ranges,
    prefixes,
    whole,
    cut: ranges.some(({ start, end }) => isCut(start) || isCut(end)),
  };
}

/**
 * Does the index give the documents in the order asked for, as it is, backwards, or by reading its ranges
 * side by side?
 */
function sortOrder(index: Index, fields: readonly FieldBounds[], prefixes: readonly string[], sort: readonly SortField[]) {
  const fixed = (i: number) => i < fields.length && single(fields[i]!.bounds);
  const constant = ({ path }: SortField) =>
    index.fields.some((field, i) => field.path === path && fixed(i) && !index.record.multikey[i]);
  const wanted = sort.filter((field) => !constant(field));
  let merge = false;
  let sign = 0;
  let k = 0;
  for (let i = 0; i < index.fields.length && k < wanted.length; i += 1) {
    const field = index.fields[i]!;
    const sorting = wanted[k]!;
    if (field.path === sorting.path) {
      const direction = field.direction * sorting.direction;
      if (index.record.multikey[i] || (sign !== 0 && sign !== direction)) return undefined;
      sign = direction;
      k += 1;
    } else if (!fixed(i)) {
      if (k > 0 || i >= fields.length || !arePoints(fields[i]!.bounds) || prefixes.length > MOST_MERGED) return undefined;
      merge = true;
    }
  }
  if (k < wanted.length) return undefined;
  if (merge && wanted.some(({ path }) => index.fields.findIndex((field) => field.path === path) < pointsOf(fields)))
    return undefined;
  return { merge: merge && wanted.length > 0, reverse: sign < 0 };
}

const pointsOf = (fields: readonly FieldBounds[]): number => fields.filter(({ bounds }) => arePoints(bounds)).length;

/** A single `$or` beside other parts: each branch together with them by an index. */
function planUnion(collection: Collection, conjuncts: readonly FilterNode[], sort: readonly SortField[]): UnionPlan | undefined {
  const or = conjuncts.find((conjunct) => conjunct.kind === 'or');
  if (!or || or.kind !== 'or') return undefined;
  const others = conjuncts.filter((conjunct) => conjunct !== or);
  const plans: IndexPlan[] = [];
  for (const branch of or.children) {
    const parts = [...others, ...conjunctsOf(branch)];
    let best: IndexPlan | undefined;
    for (const index of collection.indexes) {
      const candidate = index.hidden ? undefined : planIndex(index, parts, [], false);
      if (candidate && (!best || candidate.score > best.score)) best = candidate;
    }
    if (!best) return undefined;
    plans.push(best);
  }
  return { kind: 'union', plans, residual: [...conjuncts], sorted: sort.length === 0 };
}
