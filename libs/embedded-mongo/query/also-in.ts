import type { Reader } from '../storage/readers';
import { IndexScan } from './index-scan';
import type { IndexPlan } from './plans';
import { RecordSet } from './record-set';
import { type Examined, type Next, PAUSE, type Source, type Turn } from './source';

/**
 * So many documents are read before it is worth finding out which of the others need not be; more where the
 * first ones may be all that are wanted.
 */
const READ_ANYWAY = 100;
const READ_ANYWAY_IN_ORDER = 600;
/** Reading a document and looking at it takes as long as reading so many index entries. */
const ENTRIES_A_DOCUMENT = 8;

/** Where a stretch of the index has been read to the end: the records in it. */
interface Others {
  scan: IndexScan;
  records: RecordSet;
  isWhole: boolean;
}

/**
 * Passes over the records that are not in other stretches of the index where they have to be, without reading
 * their documents. Reads these stretches beside its own, and gives up one that is so long that looking at the
 * documents is quicker.
 */
export class AlsoIn implements Source<number> {
  private passed = 0;
  private readonly readAnyway: number;
  private readonly ahead: number[] = [];
  private at = 0;
  private others: Others[];
  private compared = false;

  constructor(
    reader: Reader,
    plan: IndexPlan,
    examined: Examined,
    private readonly records: Source<number>,
    private readonly turn: Turn | undefined,
  ) {
    this.readAnyway = plan.sorted ? READ_ANYWAY_IN_ORDER : READ_ANYWAY;
    this.others = plan.also.map((ranges) => ({
      scan: new IndexScan(reader, { ...plan, ranges, mergeAfter: undefined, repeats: false, reverse: false }, examined),
      records: new RecordSet(),
      isWhole: false,
    }));
  }

  next(): Next<number> {
    if (this.passed < this.readAnyway) {
      this.passed += 1;
      return this.records.next();
    }
    if (!this.compared && this.compare() === PAUSE) return PAUSE;
    for (;;) {
      if (this.turn?.isOver()) return PAUSE;
      const record = this.at < this.ahead.length ? this.ahead[this.at++] : this.records.next();
      if (record === undefined || record === PAUSE || this.others.every(({ records }) => records.has(record))) return record;
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
      if (record === PAUSE) return PAUSE;
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
