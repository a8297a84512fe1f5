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

  /** To the next noon and ten minutes, UTC: no hour and no day ends during a test. */
  aheadToNoon(): this {
    const noon = new Date(this.now()).setUTCHours(36, 10, 0, 0);
    this.aheadMs += noon - this.now().getTime();
    return this;
  }
}
