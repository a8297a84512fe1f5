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

/** In milliseconds, the longest first. */
const BEATS_MS = [1_000, 500, 250, 125];

/**
 * At a rate, whoever has to wait waits for the next beat: all that waits for the same one goes together, and
 * asks the store together (ADR 38). A beat costs nothing of the rate: it is at most half of what a sender
 * that is late catches up by its burst, and its calls suffice for what is due in it.
 * @param inFlight calls at the same time; without it any number
 * @returns its length in milliseconds; `null` where a sender waits for its own moment
 */
export function beatOf({ perSecond, burst }: OverallPace, inFlight = Infinity): number | null {
  const most = Math.min(costOf(burst - 1, { perSecond }) / 2, costOf(inFlight, { perSecond }));
  return BEATS_MS.find((beat) => beat <= most) ?? null;
}

/** The beat at or after a time, of a clock that all hosts have; a time that is not to be waited for stays. */
export const onTheBeat = (at: number, beatMs: number | null, now: number): number =>
  beatMs === null || at <= now ? at : Math.ceil(at / beatMs) * beatMs;
