import { recordOfValue } from '../storage/documents';
import { recordOf } from '../storage/keys';
import type { Entry } from '../storage/readers';
import type { IndexPlan } from './plans';
import type { RangeScan } from './range-scan';
import type { Scan } from './source';

interface Head {
  scan: RangeScan;
  /** So many bytes of its keys are the same in all of the range. */
  fixed: number;
  entry: Entry;
  /** What follows them. */
  suffix: string;
}

/**
 * Several ranges read side by side, in the order of what follows their fixed beginnings: a heap of their next
 * entries.
 */
export class Merge implements Scan<number> {
  private readonly heads: Head[] = [];
  private taken = '';

  constructor(
    private readonly scans: RangeScan[],
    lengths: readonly number[],
    private readonly plan: IndexPlan,
  ) {
    scans.forEach((scan, i) => {
      const entry = scan.next();
      const fixed = plan.index.prefix.length + lengths[i]!;
      if (entry) this.heads.push({ scan, fixed, entry, suffix: entry.key.slice(fixed) });
    });
    for (let i = (this.heads.length >> 1) - 1; i >= 0; i -= 1) this.sink(i);
  }

  next(): number | undefined {
    const [head] = this.heads;
    if (!head) return undefined;
    const { entry } = head;
    this.taken = head.suffix;
    const next = head.scan.next();
    if (next) {
      head.entry = next;
      head.suffix = next.key.slice(head.fixed);
    } else {
      const last = this.heads.pop()!;
      if (last !== head) this.heads[0] = last;
    }
    this.sink(0);
    return this.plan.index.unique ? recordOfValue(entry.value) : recordOf(entry.key);
  }

  /** What follows the fixed beginning in the last entry handed out. */
  get suffix(): string {
    return this.taken;
  }

  release(): void {
    this.scans.forEach((scan) => scan.release());
  }

  private sink(from: number): void {
    const { heads } = this;
    for (let at = from; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (left < heads.length && this.isBefore(heads[left]!, heads[first]!)) first = left;
      if (right < heads.length && this.isBefore(heads[right]!, heads[first]!)) first = right;
      if (first === at) return;
      [heads[at], heads[first]] = [heads[first]!, heads[at]!];
      at = first;
    }
  }

  private isBefore(a: Head, b: Head): boolean {
    return this.plan.reverse ? a.suffix > b.suffix : a.suffix < b.suffix;
  }
}
