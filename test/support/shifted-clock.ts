import { SystemClock } from '../../src/platform/clock';

/** The real clock, as far ahead as a test says. Sleeps are real, so nothing waits longer for it. */
export class ShiftedClock extends SystemClock {
  private aheadMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  ahead(by: { minutes?: number; hours?: number }): void {
    this.aheadMs += ((by.hours ?? 0) * 60 + (by.minutes ?? 0)) * 60_000;
  }
}
