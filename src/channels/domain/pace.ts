/**
 * How fast all lines of an account may send together: so many units a second on average, up to `burst` of
 * them at once.
 */
export interface OverallPace {
  /** Units a second; more than 0. */
  perSecond: number;
  /** Units that may go at once after a rest; 1 or more. */
  burst: number;
}

/**
 * How fast a line may send where its provider counts by time: so many units a second on average, up to
 * `burst` of them at once, in at most `inFlight` calls at the same time. A channel without one has gaps.
 */
export interface RatePace extends OverallPace {
  /** Calls of a line that are under way at the same time; 1 or more. */
  inFlight: number;
}

/** So many milliseconds of its rate the units cost. */
export const costOf = (units: number, { perSecond }: Pick<OverallPace, 'perSecond'>): number => (units * 1_000) / perSecond;

/**
 * How far ahead of the present a sender may have paid when that many units begin: what is left of its burst
 * beside them, in milliseconds. More units than a burst go when everything before them is paid for.
 */
export const creditFor = (units: number, pace: OverallPace): number => costOf(Math.max(0, pace.burst - units), pace);
