import { CommandError } from '../errors';

const TURN_MS = 15;
/** At the clock. */
const STEPS_BETWEEN_LOOKS = 64;

/** What was looked at, for `explain`. */
export interface Examined {
  keys: number;
  documents: number;
}

/**
 * Handed out instead of a document when the query has had its turn: release the source, let others run, and
 * go on.
 */
export const PAUSE = Symbol('pause');
export type Next<T> = T | undefined | typeof PAUSE;

/** Hands out documents one by one. */
export interface Source<T> {
  next(): Next<T>;
  /**
   * To be called before others may write: what was read ahead is forgotten, and reading goes on behind what
   * was handed out.
   */
  release(): void;
}

/** A source that never pauses. */
export interface Scan<T> extends Source<T> {
  next(): T | undefined;
}

/**
 * How long a query may go on before others have their turn, and all its turns together. Time between batches
 * does not count.
 */
export class Turn {
  private steps = 0;
  private startedAt = Date.now();
  private spent = 0;

  constructor(private readonly most = Infinity) {}

  isOver(steps = 1): boolean {
    this.steps += steps;
    if (this.steps < STEPS_BETWEEN_LOOKS) return false;
    this.steps = 0;
    const taken = Date.now() - this.startedAt;
    if (taken <= Math.min(TURN_MS, this.most - this.spent)) return false;
    this.spent += taken;
    return true;
  }

  begin(): void {
    if (this.spent > this.most) throw new CommandError(50, 'operation exceeded time limit');
    this.startedAt = Date.now();
  }
}
