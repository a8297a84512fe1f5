import { recordOfValue } from '../storage/documents';
import type { Reader } from '../storage/readers';
import { cutEnd, cutStart, stored } from '../values/ordered-key';
import { Merge } from './merge';
import type { IndexPlan } from './plans';
import { RangeScan, RecordScan } from './range-scan';
import { RecordSet } from './record-set';
import type { Examined, Scan } from './source';

/** The records that an index names, in its order. */
export class IndexScan implements Scan<number> {
  private at = 0;
  private current: Scan<number> | undefined;
  private merged: Merge | undefined;
  private readonly seen: RecordSet | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly plan: IndexPlan,
    private readonly examined: Examined,
    private readonly expected?: number,
  ) {
    if (plan.repeats) this.seen = new RecordSet();
    if (plan.mergeAfter && plan.ranges.length > 1)
      this.merged = new Merge(
        plan.ranges.map((_, i) => this.entriesOf(i)),
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
    if (this.merged) return this.merged.next();
    for (;;) {
      const record = this.current?.next();
      if (record !== undefined) return record;
      if (this.at >= this.plan.ranges.length) return undefined;
      this.current = this.recordsOf(this.plan.reverse ? this.plan.ranges.length - 1 - this.at : this.at);
      this.at += 1;
    }
  }

  private recordsOf(i: number): Scan<number> {
    if (this.plan.index.unique) return new RecordsOfValues(this.entriesOf(i));
    return new RecordScan(this.reader, ...this.placeOf(i));
  }

  private entriesOf(i: number): RangeScan {
    return new RangeScan(this.reader, ...this.placeOf(i), this.plan.index.unique);
  }

  private placeOf(i: number) {
    const { ranges, index, reverse } = this.plan;
    const { start, end } = ranges[i]!;
    const expected = this.expected ?? (ranges.length > 100 ? 4 : undefined);
    return [index.prefix + cutStart(start), index.prefix + cutEnd(end), { reverse, expected }] as const;
  }
}

class RecordsOfValues implements Scan<number> {
  constructor(private readonly entries: RangeScan) {}

  next(): number | undefined {
    const entry = this.entries.next();
    return entry && recordOfValue(entry.value);
  }

  release(): void {
    this.entries.release();
  }
}
