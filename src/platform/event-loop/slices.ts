import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Work on many items gives the event loop back after this long, so that no request waits for another's ten
 * thousand rows.
 */
const SLICE_MS = 10;

/** Says when work has to give the event loop back: `if (slices.isOver) await slices.next()`. */
export class Slices {
  private ends = performance.now() + SLICE_MS;

  get isOver(): boolean {
    return performance.now() > this.ends;
  }

  async next(): Promise<void> {
    await nextTurn();
    this.ends = performance.now() + SLICE_MS;
  }
}
