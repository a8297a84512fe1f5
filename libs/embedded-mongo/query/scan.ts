import type { Collection } from '../storage/catalog';
import { documentKey, type Found } from '../storage/documents';
import { recordOf } from '../storage/keys';
import type { Reader } from '../storage/readers';
import { AlsoIn } from './also-in';
import { IndexScan } from './index-scan';
import { Meeting } from './meeting';
import type { CollectionPlan, IndexPlan, Plan } from './plans';
import { RangeScan } from './range-scan';
import { RecordSet } from './record-set';
import { type Examined, type Next, PAUSE, type Scan, type Source, type Turn } from './source';

class CollectionScan implements Scan<Found> {
  private readonly scan: RangeScan;

  constructor(
    reader: Reader,
    collection: Collection,
    plan: CollectionPlan,
    private readonly examined: Examined,
  ) {
    this.scan = new RangeScan(reader, collection.prefix, collection.end, { reverse: plan.reverse }, true);
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

/** Records that have been read already. */
class Known implements Scan<number> {
  private at = 0;

  constructor(private readonly records: readonly number[]) {}

  next(): number | undefined {
    return this.records[this.at++];
  }

  /** Nothing is held: one that is gone meanwhile, or does not fit any more, is found out about later. */
  release(): void {
    return;
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
  if (plan.kind === 'index' && (plan.also.length > 0 || plan.meets)) {
    const records = plan.meets
      ? new Meeting(reader, plan, plan.meets, examined, turn)
      : oneByOne(reader, plan, examined, expected);
    const also = plan.also.length > 0 ? new AlsoIn(reader, plan, examined, records, turn) : records;
    return new Fetch(reader, collection, also, examined);
  }
  const records =
    plan.kind === 'index'
      ? oneByOne(reader, plan, examined, expected)
      : new Union(plan.plans.map((one) => new IndexScan(reader, one, examined)));
  return new Fetch(reader, collection, skip > 0 ? new SkipFirst(records, skip) : records, examined);
}

function oneByOne(reader: Reader, plan: IndexPlan, examined: Examined, expected: number | undefined): Scan<number> {
  if (!plan.records) return new IndexScan(reader, plan, examined, expected);
  examined.keys += plan.records.length;
  return new Known(plan.records);
}
