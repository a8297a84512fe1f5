import { CommandError } from '../errors';
import type { Collection } from '../storage/catalog';
import { recordOf } from '../storage/keys';
import type { Entry, Reader } from '../storage/readers';
import { documentKey, recordOfValue, type Found } from '../storage/documents';
import { cutEnd, cutStart, stored } from '../values/ordered-key';
import type { CollectionPlan, IndexPlan, Plan } from './plans';
import { RecordSet } from './record-set';

const TURN_MS = 15;
const FIRST_CHUNK = 32;
const LARGEST_CHUNK = 512;

/** What was looked at, for `explain`. */
export interface Examined {
  keys: number;
  documents: number;
}

/** Handed out instead of a document when the query has had its turn: release the source, let others run, and go on. */
export const PAUSE = Symbol('pause');
export type Next<T> = T | undefined | typeof PAUSE;

/** Hands out documents one by one. */
export interface Source<T> {
  next(): Next<T>;
  /** To be called before others may write: what was read ahead is forgotten, and reading goes on behind what was handed out. */
  release(): void;
}

/** A source that never pauses. */
export interface Scan<T> extends Source<T> {
  next(): T | undefined;
}

/** How long a query may go on before others have their turn, and all its turns together. Time between batches does not count. */
export class Turn {
  private steps = 0;
  private startedAt = Date.now();
  private spent = 0;

  constructor(private readonly most = Infinity) {}

  isOver(): boolean {
    this.steps += 1;
    if (this.steps % 64 !== 0) return false;
    const taken = Date.now() - this.startedAt;
    if (taken <= TURN_MS) return false;
    this.spent += taken;
    return true;
  }

  begin(): void {
    if (this.spent > this.most) throw new CommandError(50, 'operation exceeded time limit');
    this.startedAt = Date.now();
  }
}

/** Reads a range in growing chunks; holds nothing of the store open between them. */
class RangeScan {
  private chunk: Entry[] = [];
  private at = 0;
  private size: number;
  private exhausted = false;
  private start: string;
  private end: string;

  constructor(
    private readonly reader: Reader,
    start: string,
    end: string,
    private readonly reverse: boolean,
    private readonly values: boolean,
    expected = FIRST_CHUNK,
  ) {
    this.start = start;
    this.end = end;
    this.size = Math.max(1, Math.min(expected, LARGEST_CHUNK));
  }

  next(): Entry | undefined {
    if (this.at >= this.chunk.length && !this.fill()) return undefined;
    const entry = this.chunk[this.at]!;
    this.at += 1;
    if (this.reverse) this.end = entry.key;
    else this.start = `${entry.key}\0`;
    return entry;
  }

  release(): void {
    if (this.at < this.chunk.length) this.exhausted = false;
    this.chunk = [];
    this.at = 0;
  }

  private fill(): boolean {
    if (this.exhausted) return false;
    this.chunk = this.reader.range(this.start, this.end, { limit: this.size, reverse: this.reverse, values: this.values });
    this.at = 0;
    this.exhausted = this.chunk.length < this.size;
    this.size = Math.min(this.size * 4, LARGEST_CHUNK);
    return this.chunk.length > 0;
  }
}

class CollectionScan implements Scan<Found> {
  private readonly scan: RangeScan;

  constructor(
    reader: Reader,
    collection: Collection,
    plan: CollectionPlan,
    private readonly examined: Examined,
  ) {
    this.scan = new RangeScan(reader, collection.prefix, collection.end, plan.reverse, true);
  }

  next(): Found | undefined {
    const entry = this.scan.next();
    if (!entry) return undefined;
    this.examined.documents += 1;
    return { record: recordOf(entry.key), raw: entry.value };
  }

  release(): void {
    this.scan.release();
  }
}

/** The records that an index names, in its order. */
export class IndexScan implements Scan<number> {
  private at = 0;
  private current: RangeScan | undefined;
  private merged: Merge | undefined;
  private readonly seen: RecordSet | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly plan: IndexPlan,
    private readonly examined: Examined,
    private readonly expected?: number,
  ) {
    if (plan.repeats) this.seen = new RecordSet();
    if (plan.mergeAfter)
      this.merged = new Merge(
        plan.ranges.map((_, i) => this.open(i)),
        plan.mergeAfter,
        plan,
      );
  }

  next(): number | undefined {
    for (;;) {
      const record = this.plan.direct ? this.nextDirect() : this.nextScanned();
      if (record === undefined) return undefined;
      this.examined.keys += 1;
      if (!this.seen || this.seen.add(record)) return record;
    }
  }

  release(): void {
    this.current?.release();
    this.merged?.release();
  }

  private nextDirect(): number | undefined {
    const { ranges, index, reverse } = this.plan;
    while (this.at < ranges.length) {
      const { start } = ranges[reverse ? ranges.length - 1 - this.at : this.at]!;
      this.at += 1;
      const value = this.reader.get(index.prefix + stored(start));
      if (value) return recordOfValue(value);
    }
    return undefined;
  }

  private nextScanned(): number | undefined {
    if (this.merged) return this.recordIn(this.merged.next());
    for (;;) {
      const entry = this.current?.next();
      if (entry) return this.recordIn(entry);
      if (this.at >= this.plan.ranges.length) return undefined;
      this.current = this.open(this.plan.reverse ? this.plan.ranges.length - 1 - this.at : this.at);
      this.at += 1;
    }
  }

  private open(i: number): RangeScan {
    const { ranges, index, reverse } = this.plan;
    const { start, end } = ranges[i]!;
    const expected = this.expected ?? (ranges.length > 100 ? 4 : undefined);
    return new RangeScan(
      this.reader,
      index.prefix + cutStart(start),
      index.prefix + cutEnd(end),
      reverse,
      index.unique,
      expected,
    );
  }

  private recordIn(entry: Entry | undefined): number | undefined {
    if (!entry) return undefined;
    return this.plan.index.unique ? recordOfValue(entry.value) : recordOf(entry.key);
  }
}

/** Several ranges read side by side, in the order of what follows their fixed beginnings. */
class Merge {
  private readonly heads: (Entry | undefined)[];

  constructor(
    private readonly scans: RangeScan[],
    private readonly lengths: readonly number[],
    private readonly plan: IndexPlan,
  ) {
    this.heads = scans.map((scan) => scan.next());
  }

  next(): Entry | undefined {
    let best = -1;
    for (let i = 0; i < this.heads.length; i += 1) {
      if (!this.heads[i]) continue;
      if (best < 0 || (this.plan.reverse ? this.suffix(i) > this.suffix(best) : this.suffix(i) < this.suffix(best))) best = i;
    }
    if (best < 0) return undefined;
    const entry = this.heads[best];
    this.heads[best] = this.scans[best]!.next();
    return entry;
  }

  release(): void {
    this.scans.forEach((scan) => scan.release());
  }

  private suffix(i: number): string {
    return this.heads[i]!.key.slice(this.plan.index.prefix.length + this.lengths[i]!);
  }
}

/** Turns the records of an index into documents; one that is gone meanwhile is passed over. */
class Fetch implements Source<Found> {
  constructor(
    private readonly reader: Reader,
    private readonly collection: Collection,
    private readonly records: Source<number>,
    private readonly examined: Examined,
  ) {}

  next(): Next<Found> {
    for (;;) {
      const record = this.records.next();
      if (record === undefined || record === PAUSE) return record;
      const raw = this.reader.get(documentKey(this.collection, record));
      if (!raw) continue;
      this.examined.documents += 1;
      return { record, raw };
    }
  }

  release(): void {
    this.records.release();
  }
}

/** Passes over the first records without reading their documents. */
class SkipFirst implements Scan<number> {
  constructor(
    private readonly records: Scan<number>,
    private left: number,
  ) {}

  next(): number | undefined {
    for (; this.left > 0; this.left -= 1) if (this.records.next() === undefined) return undefined;
    return this.records.next();
  }

  release(): void {
    this.records.release();
  }
}

/** One index scan after the other, each document once. */
class Union implements Scan<number> {
  private readonly seen = new RecordSet();
  private at = 0;

  constructor(private readonly scans: IndexScan[]) {}

  next(): number | undefined {
    while (this.at < this.scans.length) {
      const record = this.scans[this.at]!.next();
      if (record === undefined) this.at += 1;
      else if (this.seen.add(record)) return record;
    }
    return undefined;
  }

  release(): void {
    this.scans.forEach((scan) => scan.release());
  }
}

/** So many documents are read before it is worth finding out which of the others need not be. */
const READ_ANYWAY = 100;
/** Reading a document and looking at it takes as long as reading so many index entries. */
const ENTRIES_A_DOCUMENT = 8;

/** Where a stretch of the index has been read to the end: the records in it. */
interface Others {
  scan: IndexScan;
  records: RecordSet;
  isWhole: boolean;
}

/**
 * Passes over the records that are not in other stretches of the index where they have to be, without reading their documents. Reads these
 * stretches beside its own, and gives up one that is so long that looking at the documents is quicker.
 */
class AlsoIn implements Source<number> {
  private passed = 0;
  private readonly ahead: number[] = [];
  private at = 0;
  private others: Others[];
  private compared = false;

  constructor(
    reader: Reader,
    plan: IndexPlan,
    examined: Examined,
    private readonly records: IndexScan,
    private readonly turn: Turn | undefined,
  ) {
    this.others = plan.also.map((ranges) => ({
      scan: new IndexScan(reader, { ...plan, ranges, mergeAfter: undefined, repeats: false, reverse: false }, examined),
      records: new RecordSet(),
      isWhole: false,
    }));
  }

  next(): Next<number> {
    if (this.passed < READ_ANYWAY) {
      this.passed += 1;
      return this.records.next();
    }
    if (!this.compared && this.compare() === PAUSE) return PAUSE;
    for (;;) {
      if (this.turn?.isOver()) return PAUSE;
      const record = this.at < this.ahead.length ? this.ahead[this.at++] : this.records.next();
      if (record === undefined || this.others.every(({ records }) => records.has(record))) return record;
    }
  }

  release(): void {
    this.records.release();
    this.others.forEach(({ scan }) => scan.release());
  }

  /** Until the other stretches have been read to their ends, or this one has, and they are not worth more. */
  private compare(): typeof PAUSE | undefined {
    while (this.others.some(({ isWhole }) => !isWhole)) {
      if (this.turn?.isOver()) return PAUSE;
      const record = this.records.next();
      if (record === undefined) break;
      this.ahead.push(record);
      for (const one of this.others) readOn(one);
    }
    this.others = this.others.filter(({ isWhole }) => isWhole);
    this.compared = true;
    return undefined;
  }
}

function readOn(others: Others): void {
  for (let read = 0; !others.isWhole && read < ENTRIES_A_DOCUMENT; read += 1) {
    const record = others.scan.next();
    if (record === undefined) others.isWhole = true;
    else others.records.add(record);
  }
}

export interface ScanOptions {
  /** How many documents will be taken, when known. */
  expected?: number;
  /** How many are passed over; only where the index answers the whole filter, in the wanted order. */
  skip?: number;
  /** Absent: it never pauses. */
  turn?: Turn;
}

/** The documents that a plan leads to, before what is left of the filter. */
export function openScan(
  reader: Reader,
  collection: Collection,
  plan: Plan,
  examined: Examined,
  { expected, skip = 0, turn }: ScanOptions = {},
): Source<Found> {
  if (plan.kind === 'collection') return new CollectionScan(reader, collection, plan, examined);
  if (plan.kind === 'index' && plan.also.length > 0) {
    const records = new AlsoIn(reader, plan, examined, new IndexScan(reader, plan, examined, expected), turn);
    return new Fetch(reader, collection, records, examined);
  }
  const records =
    plan.kind === 'index'
      ? new IndexScan(reader, plan, examined, expected)
      : new Union(plan.plans.map((one) => new IndexScan(reader, one, examined)));
  return new Fetch(reader, collection, skip > 0 ? new SkipFirst(records, skip) : records, examined);
}
