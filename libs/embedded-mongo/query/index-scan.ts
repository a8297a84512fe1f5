import { recordOf } from '../storage/keys';
import { recordOfValue } from '../storage/documents';
import type { Entry, Reader } from '../storage/readers';
import { cutEnd, cutStart, stored } from '../values/ordered-key';
import type { IndexPlan } from './plans';
import { RangeScan } from './range-scan';
import { RecordSet } from './record-set';
import type { Examined, Scan } from './source';

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
