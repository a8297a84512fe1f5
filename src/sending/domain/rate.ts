import type { RatePace } from '../../channels/domain';
import type { LineSchedule } from './line-schedules';

/** So many milliseconds of its rate the units cost. */
export const costOf = (units: number, { perSecond }: RatePace): number => (units * 1_000) / perSecond;

/**
 * How far ahead of the present a line may have paid when that many units begin: what is left of its burst
 * beside them, in milliseconds. More units than a burst go when everything before them is paid for.
 */
export const creditFor = (units: number, pace: RatePace): number => costOf(Math.max(0, pace.burst - units), pace);

/** When a line with a rate may send again: one unit at the earliest, with a call to spare. */
export function rateOver(state: Pick<LineSchedule, 'paidUntil' | 'open'>, pace: RatePace, now: Date): Date {
  const paid = new Date(state.paidUntil.getTime() - creditFor(1, pace));
  const open = state.open.map(({ until }) => until).filter((until) => until > now);
  if (open.length < pace.inFlight) return paid;
  const landing = new Date(Math.min(...open.map((until) => until.getTime())));
  return landing > paid ? landing : paid;
}
