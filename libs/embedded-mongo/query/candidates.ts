import type { Index } from '../indexes/definition';
import { arePoints, type Bounds, boundsOf, intersection } from './bounds';
import type { FilterNode, Predicate } from './filter';

/** A predicate that an index may answer. */
export interface Candidate {
  predicate: Predicate;
  /** The part of the filter that is done with when the index answers the predicate exactly. */
  conjunct: FilterNode | undefined;
  /** The `$elemMatch` it is in: two predicates about the same array go together only inside one. */
  group: FilterNode | undefined;
}

export interface FieldBounds {
  bounds: Bounds;
  used: Candidate[];
}

export const conjunctsOf = (node: FilterNode): FilterNode[] =>
  node.kind === 'and' ? node.children.flatMap(conjunctsOf) : [node];

export function candidatesOf(conjuncts: readonly FilterNode[]): Candidate[] {
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

/** What the predicates about a field of an index leave of it; none where they say nothing about it. */
export function fieldBounds(
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
export function goesWith(index: Index, i: number, candidate: Candidate, before: readonly FieldBounds[]): boolean {
  const root = index.fields[i]!.parts[0];
  return before.every(({ used }, j) => {
    if (!index.record.multikey[j] || index.fields[j]!.parts[0] !== root) return true;
    return candidate.group !== undefined && used.every(({ group }) => group === candidate.group);
  });
}

const narrower = (a: Bounds, b: Bounds): boolean =>
  (arePoints(a) ? 0 : 1) - (arePoints(b) ? 0 : 1) < 0 ||
  (arePoints(a) && arePoints(b) && a.intervals.length < b.intervals.length);

/** Do the bounds leave a single value? */
export const single = ({ intervals }: Bounds): boolean => intervals.length === 1 && intervals[0]!.low === intervals[0]!.high;
