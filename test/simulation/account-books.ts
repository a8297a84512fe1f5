import type { InboundEvent, Reading } from '../../src/channels';
import type { VirtualTime } from './virtual-time';

/** Errors are told again for so long, in milliseconds: one may come before its message is recorded. */
const ERRORS_BACK_MS = 2 * 24 * 60 * 60_000;

/** What happened on each device, in order, whether an event told of it or not. */
export class AccountBooks {
  private readonly books = new Map<string, { at: number; event: InboundEvent }[]>();
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

  /**
   * Everything that was ever told of the lines on a device, or should have been, in the order in which it
   * happened; before it, errors of the last days once more, as every adapter tells them.
   */
  read(lineId: string, cursor: object | null): Reading {
    const book = this.books.get(this.deviceOf.get(lineId)!) ?? [];
    const from = (cursor as { read: number } | null)?.read ?? 0;
    const errors = book
      .slice(0, from)
      .filter(({ at, event }) => event.kind === 'send-error' && this.time.ms - at < ERRORS_BACK_MS);
    const events = [...errors, ...book.slice(from)].map(({ event }) => event);
    return { events, cursor: { read: book.length }, more: false };
  }
}
