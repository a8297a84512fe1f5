import type { Reader } from '../storage/readers';
import { Merge } from './merge';
import type { IndexPlan, Meets } from './plans';
import { RangeScan } from './range-scan';
import { RecordSet } from './record-set';
import { type Examined, type Next, PAUSE, type Source, type Turn } from './source';

/** Windows grow, since most queries want no more than a first page. */
const FIRST_WINDOW = 64;
const LARGEST_WINDOW = 4_096;
/** Reading a document and looking at it takes as long as reading so many index entries. */
const ENTRIES_A_DOCUMENT = 40;

/**
 * Some records in the wanted order, and what follows the text in the last one's entry; absent: there are no
 * more.
 */
interface Window {
  records: number[];
  last: string | undefined;
}

interface Windows {
  read(size: number): Window;
  release(): void;
}

/**
 * The records that have an entry for each of several words. The entries of a text are in the order of what
 * follows it, which is the wanted one: so a window of the first word's is compared with the same stretch of
 * the others', and no more is read than it takes to find what is wanted. A word that has very many entries
 * for each record is given up: looking at the documents is quicker.
 */
export class Meeting implements Source<number> {
  private met: number[] = [];
  private at = 0;
  private size = FIRST_WINDOW;
  private edge: string;
  private ended = false;
  private readonly windows: Windows;
  private others: readonly string[][];

  constructor(
    private readonly reader: Reader,
    private readonly plan: IndexPlan,
    private readonly meets: Meets,
    private readonly examined: Examined,
    private readonly turn: Turn | undefined,
  ) {
    this.windows = plan.ranges.length === 1 ? new OneText(reader, plan, meets) : new SeveralTexts(reader, plan);
    this.edge = plan.reverse ? meets.high : meets.low;
    this.others = meets.others;
  }

  next(): Next<number> {
    for (;;) {
      if (this.at < this.met.length) return this.met[this.at++];
      if (this.ended) return undefined;
      const { records, last } = this.windows.read(this.size);
      this.examined.keys += records.length;
      this.ended = last === undefined;
      this.met = this.metIn(records, last);
      this.at = 0;
      this.size = Math.min(this.size * 2, LARGEST_WINDOW);
      if (this.turn?.isOver(this.size)) return PAUSE;
    }
  }

  release(): void {
    this.windows.release();
  }

  private metIn(records: number[], last: string | undefined): number[] {
    const [from, to] = this.stretchUpTo(last);
    let met = records;
    for (const other of this.others) {
      if (met.length === 0) break;
      const there = this.recordsOf(other, from, to, met.length * ENTRIES_A_DOCUMENT);
      if (there) met = met.filter((record) => there.has(record));
      else this.others = this.others.filter((one) => one !== other);
    }
    return met;
  }

  /** From the edge of the last window on: start ≤ what follows the text < end. */
  private stretchUpTo(last: string | undefined): [start: string, end: string] {
    const { edge } = this;
    if (this.plan.reverse) {
      this.edge = last ?? this.meets.low;
      return [this.edge, edge];
    }
    this.edge = last === undefined ? this.meets.high : `${last}\0`;
    return [edge, this.edge];
  }

  private recordsOf(texts: readonly string[], from: string, to: string, most: number): RecordSet | undefined {
    const found = new RecordSet();
    let left = most;
    for (const text of texts) {
      const start = this.plan.index.prefix + text;
      const { records } = this.reader.records(start + from, start + to, { limit: left + 1 });
      this.examined.keys += records.length;
      left -= records.length;
      if (left < 0) return undefined;
      for (const record of records) found.add(record);
    }
    return found;
  }
}

class OneText implements Windows {
  private start: string;
  private end: string;
  private readonly fixed: number;

  constructor(
    private readonly reader: Reader,
    private readonly plan: IndexPlan,
    { low }: Meets,
  ) {
    const { prefix } = plan.index;
    const [{ start, end }] = plan.ranges as [{ start: string; end: string }];
    this.start = prefix + start;
    this.end = prefix + end;
    this.fixed = this.start.length - low.length;
  }

  read(size: number): Window {
    const { reverse } = this.plan;
    const { records, last } = this.reader.records(this.start, this.end, { limit: size, reverse });
    if (last !== undefined) {
      if (reverse) this.end = last;
      else this.start = `${last}\0`;
    }
    return { records, last: last?.slice(this.fixed) };
  }

  /** Nothing is read ahead. */
  release(): void {
    return;
  }
}

class SeveralTexts implements Windows {
  private readonly merge: Merge;
  private readonly seen = new RecordSet();

  constructor(reader: Reader, plan: IndexPlan) {
    const { prefix, unique } = plan.index;
    this.merge = new Merge(
      plan.ranges.map(({ start, end }) => new RangeScan(reader, prefix + start, prefix + end, plan, unique)),
      plan.mergeAfter!,
      plan,
    );
  }

  read(size: number): Window {
    const records: number[] = [];
    for (let taken = 0; taken < size; taken += 1) {
      const record = this.merge.next();
      if (record === undefined) return { records, last: undefined };
      if (this.seen.add(record)) records.push(record);
    }
    return { records, last: this.merge.suffix };
  }

  release(): void {
    this.merge.release();
  }
}
