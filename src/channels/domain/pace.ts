/**
 * How fast a line may send where its provider counts by time: so many units a second on average, up to
 * `burst` of them at once, in at most `inFlight` calls at the same time. A channel without one has gaps.
 */
export interface RatePace {
  /** Units a second; more than 0. */
  perSecond: number;
  /** Units that may go at once after a rest; 1 or more. */
  burst: number;
  /** Calls of a line that are under way at the same time; 1 or more. */
  inFlight: number;
}
