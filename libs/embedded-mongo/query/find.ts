import type { Variables } from '../aggregation/runtime';
import { CommandError } from '../errors';
import type { Collection } from '../storage/catalog';
import { documentKey, type Found } from '../storage/documents';
import type { Reader, Records } from '../storage/readers';
import { decode, decodeSome } from '../values/decode';
import { cutEnd, cutStart } from '../values/ordered-key';
import type { Doc } from '../values/types';
import { fieldsOf, type Filter, filterOf, parseFilter } from './filter';
import { IndexScan } from './index-scan';
import { parseSort, type SortField, sortKeyOf } from './order';
import { plan } from './planner';
import type { IndexPlan, Plan } from './plans';
import { openScan } from './scan';
import { type Examined, type Next, PAUSE, type Source, type Turn } from './source';
import { spreadOut } from './spread';

/**
 * Documents that wait to be sorted are kept up to this many bytes; beyond, they are read again when their
 * turn comes.
 */
const SORT_KEEPS = 16 * 1024 * 1024;
/** The keys of a sort without a limit may take this much. */
const SORT_KEYS = 200 * 1024 * 1024;

/** Index entries. */
const COUNTED_AT_ONCE = 4_096;
/** So many index entries are read in a few milliseconds. */
const SKIPPED_AT_ONCE = 10_000;

export interface QuerySpec {
  filter: Filter;
  sort?: readonly SortField[];
  skip?: number;
  limit?: number;
  hint?: unknown;
  variables?: Variables;
}

export const querySpec = (
  filter: Doc,
  options: { sort?: Doc; skip?: number; limit?: number; hint?: unknown },
  variables?: Variables,
): QuerySpec => ({
  filter: parseFilter(filter, variables),
  sort: options.sort ? parseSort(options.sort) : [],
  skip: options.skip ?? 0,
  limit: options.limit ?? 0,
  hint: options.hint,
  ...(variables && { variables }),
});

/** A document that satisfies a query; decoded when that was necessary anyway, or when asked for. */
export class Match implements Found {
  private decoded: Doc | undefined;

  constructor(
    readonly record: number,
    readonly raw: Buffer,
    document?: Doc,
  ) {
    this.decoded = document;
  }

  get document(): Doc {
    this.decoded ??= decode(this.raw);
    return this.decoded;
  }

  /** With these top-level fields at least. */
  some(fields: ReadonlySet<string>): Doc {
    return this.decoded ?? decodeSome(this.raw, fields);
  }
}

export interface Query {
  plan: Plan;
  examined: Examined;
  source: Source<Match>;
}

/** Opens a query on what `reader` sees. */
export function openQuery(reader: Reader, collection: Collection, spec: QuerySpec, turn?: Turn): Query {
  const { filter, sort = [], skip = 0, limit = 0 } = spec;
  const chosen = spreadOut(reader, plan(collection, filter, { sort, hint: spec.hint, skip }), limit > 0 ? skip + limit : 0);
  const examined: Examined = { keys: 0, documents: 0 };
  const answered = chosen.sorted && chosen.residual.length === 0;
  const expected = limit > 0 && answered ? skip + limit : undefined;
  // Within one turn: what is passed over without a look cannot be interrupted.
  const skipped = answered && chosen.kind === 'index' && skip <= SKIPPED_AT_ONCE ? skip : 0;
  const scan = openScan(reader, collection, chosen, examined, { expected, skip: skipped, turn });
  const residual: Check | undefined =
    chosen.residual.length > 0
      ? { test: filterOf(chosen.residual, spec.variables), fields: fieldsOf(chosen.residual) }
      : undefined;
  const matching = new Matching(scan, residual, { test: filter.matches, fields: fieldsOf([filter.node]) }, turn);
  const ordered =
    chosen.sorted || natural(sort) ? matching : new Sorted(reader, collection, matching, sort, limit > 0 ? skip + limit : 0);
  const source = skip > 0 || limit > 0 ? new Window(ordered, skip - skipped, limit) : ordered;
  return { plan: chosen, examined, source };
}

const natural = (sort: readonly SortField[]): boolean => sort.length === 1 && sort[0]!.path === '$natural';

/** How many documents satisfy the query; without looking at them where an index alone says it. */
export function countMatches(reader: Reader, collection: Collection, spec: QuerySpec): number {
  const chosen = plan(collection, spec.filter, { hint: spec.hint });
  const most = spec.limit ? spec.limit + (spec.skip ?? 0) : Infinity;
  let count = 0;
  if (chosen.kind === 'index' && chosen.residual.length === 0) {
    count = countEntries(reader, chosen, most);
  } else {
    const { source } = openQuery(reader, collection, {
      filter: spec.filter,
      hint: spec.hint,
      ...(spec.variables && { variables: spec.variables }),
    });
    while (count < most && source.next() !== undefined) count += 1;
  }
  return Math.max(0, count - (spec.skip ?? 0));
}

function countEntries(reader: Reader, chosen: IndexPlan, most: number): number {
  const { ranges, repeats, direct, index } = chosen;
  let count = 0;
  if (repeats || direct || index.unique || ranges.length !== 1) {
    const scan = new IndexScan(reader, chosen, { keys: 0, documents: 0 });
    while (count < most && scan.next() !== undefined) count += 1;
    return count;
  }
  const end = index.prefix + cutEnd(ranges[0]!.end);
  for (let start: string | undefined = index.prefix + cutStart(ranges[0]!.start); start !== undefined;) {
    const { records, last }: Records = reader.records(start, end, { limit: Math.min(COUNTED_AT_ONCE, most - count) });
    count += records.length;
    start = count < most && last !== undefined ? `${last}\0` : undefined;
  }
  return count;
}

/**
 * What a document has to satisfy, and the top-level fields that say whether it does; absent: all of it is
 * looked at.
 */
interface Check {
  test(document: Doc): boolean;
  fields: ReadonlySet<string> | undefined;
}

class Matching implements Source<Match> {
  private released = false;

  constructor(
    private readonly scan: Source<Found>,
    private readonly residual: Check | undefined,
    private readonly filter: Check,
    private readonly turn: Turn | undefined,
  ) {}

  next(): Next<Match> {
    // After a pause, what an index entry said when it was read may be out of date: then everything is
    // checked.
    const check = this.released ? this.filter : this.residual;
    for (;;) {
      if (this.turn?.isOver()) return PAUSE;
      const found = this.scan.next();
      if (found === undefined || found === PAUSE) return found;
      if (!check) return new Match(found.record, found.raw);
      const { fields } = check;
      const document = fields ? decodeSome(found.raw, fields) : decode(found.raw);
      if (check.test(document)) return new Match(found.record, found.raw, fields ? undefined : document);
    }
  }

  release(): void {
    this.released = true;
    this.scan.release();
  }
}

export class Window<T> implements Source<T> {
  private left: number;

  constructor(
    private readonly source: Source<T>,
    private skip: number,
    limit: number,
  ) {
    this.left = limit > 0 ? limit : Infinity;
  }

  next(): Next<T> {
    if (this.left <= 0) return undefined;
    for (; this.skip > 0; this.skip -= 1) {
      const skipped = this.source.next();
      if (skipped === undefined || skipped === PAUSE) return skipped;
    }
    const next = this.source.next();
    if (next !== PAUSE) this.left -= 1;
    return next;
  }

  release(): void {
    this.source.release();
  }
}

interface Sortable {
  key: string;
  record: number;
  raw: Buffer | undefined;
}

const byKey = (a: Sortable, b: Sortable): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/**
 * Sorts in memory. With a limit only the best are kept; without, the documents themselves only while they are
 * few.
 */
class Sorted implements Source<Match> {
  private readonly keyOf: (document: Doc) => string;
  private readonly fields: ReadonlySet<string>;
  private sorted: Sortable[] | undefined;
  private kept: Sortable[] = [];
  private bytes = 0;
  private keyBytes = 0;
  private at = 0;

  constructor(
    private readonly reader: Reader,
    private readonly collection: Collection,
    private readonly source: Source<Match>,
    fields: readonly SortField[],
    private readonly most: number,
  ) {
    this.keyOf = sortKeyOf(fields);
    this.fields = new Set(fields.map(({ parts }) => parts[0]!));
  }

  next(): Next<Match> {
    if (!this.sorted && this.collect() === PAUSE) return PAUSE;
    while (this.at < this.sorted!.length) {
      const { record, raw } = this.sorted![this.at]!;
      this.at += 1;
      const bytes = raw ?? this.reader.get(documentKey(this.collection, record));
      if (bytes) return new Match(record, bytes);
    }
    return undefined;
  }

  release(): void {
    this.source.release();
  }

  private collect(): typeof PAUSE | undefined {
    for (;;) {
      const match = this.source.next();
      if (match === PAUSE) return PAUSE;
      if (match === undefined) break;
      const key = this.keyOf(match.some(this.fields));
      this.bytes += match.raw.length;
      this.keyBytes += key.length + 64;
      this.kept.push({ key, record: match.record, raw: this.bytes > SORT_KEEPS ? undefined : match.raw });
      if (this.most > 0 && this.kept.length > this.most * 2 + 1_000) this.dropWorse();
      else if (this.keyBytes > SORT_KEYS) throw tooMuch();
    }
    this.kept.sort(byKey);
    this.sorted = this.most > 0 ? this.kept.slice(0, this.most) : this.kept;
    return undefined;
  }

  private dropWorse(): void {
    this.kept = this.kept.sort(byKey).slice(0, this.most);
    this.keyBytes = this.kept.reduce((sum, one) => sum + one.key.length + 64, 0);
    this.bytes = 0;
  }
}

const tooMuch = (): CommandError =>
  new CommandError(292, 'Executor error during find command :: caused by :: Sort exceeded memory limit of 209715200 bytes');
