import { badValue } from '../errors';
import type { Index } from '../indexes/definition';
import { implies } from '../indexes/partial';
import type { Collection } from '../storage/catalog';
import { equal, toNumber } from '../values/compare';
import { END } from '../values/ordered-key';
import { type Doc, isDoc } from '../values/types';
import { arePoints, boundsOf, type KeyRange, keyRange, matchesMissing } from './bounds';
import { type Candidate, candidatesOf, conjunctsOf, type FieldBounds, fieldBounds, goesWith, single } from './candidates';
import type { Filter, FilterNode } from './filter';
import type { SortField } from './order';
import { place, sortOrder } from './placing';
import type { IndexPlan, Plan, Spread, UnionPlan } from './plans';

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

function score(fields: readonly FieldBounds[], points: number, direct: boolean, sorts: boolean, index: Index): number {
  if (direct) return 1_000 + points;
  return points * 10 + (fields.length - points) * 5 + (sorts ? 3 : 0) - index.fields.length * 0.1;
}

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
