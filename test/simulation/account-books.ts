import type { InboundEvent, Reading } from '../../src/channels';
import type { VirtualTime } from './virtual-time';

/** Errors are told again for so long, in milliseconds: one may come before its message is recorded. */
const ERRORS_BACK_MS = 2 * 24 * 60 * 60_000;

/** A reading is asked for a moment after it; so many are remembered. */
const KEPT_READS = 500;

/** What happened on each device, in order, whether an event told of it or not. */
export class AccountBooks {
  private readonly books = new Map<string, { at: number; event: InboundEvent }[]>();
  /** When each device was read. */
  private readonly reads = new Map<string, number[]>();
  private readonly deafUntil = new Map<string, number>();

  constructor(
    private readonly time: VirtualTime,
    private readonly deviceOf: ReadonlyMap<string, string>,
  ) {}

  /** For a while nothing is told of what happens on the line's device. */
  goDeaf(lineId: string, until: number): void {
    this.deafUntil.set(this.deviceOf.get(lineId)!, until);
  }

  isDeaf(lineId: string): boolean {
    return (this.deafUntil.get(this.deviceOf.get(lineId)!) ?? 0) > this.time.ms;
  }

  write(lineId: string, event: InboundEvent): void {
    const device = this.deviceOf.get(lineId)!;
    const entry = { at: this.time.ms, event };
    const book = this.books.get(device);
    if (book) book.push(entry);
    else this.books.set(device, [entry]);
  }

  /** @returns when the line's device was last read, by then; 0 for never */
  lastReadBy(lineId: string, at: number): number {
    return this.reads.get(this.deviceOf.get(lineId)!)?.findLast((time) => time <= at) ?? 0;
  }

  /**
   * Everything that was ever told of the lines on a device, or should have been, in the order in which it
   * happened; before it, errors of the last days once more, as every adapter tells them.
   */
  read(lineId: string, cursor: object | null): Reading {
    const device = this.deviceOf.get(lineId)!;
    const book = this.books.get(device) ?? [];
    this.reads.set(device, [...(this.reads.get(device) ?? []).slice(-KEPT_READS), this.time.ms]);
    const from = (cursor as { read: number } | null)?.read ?? 0;
    const errors = book
      .slice(0, from)
      .filter(({ at, event }) => event.kind === 'send-error' && this.time.ms - at < ERRORS_BACK_MS);
    const events = [...errors, ...book.slice(from)].map(({ event }) => event);
    return { events, cursor: { read: book.length }, more: false };
  }
}
