import { beatOf, costOf, creditFor, onTheBeat, type OverallPace, type RatePace } from '../../channels/domain';
import type { LineSchedule } from './line-schedules';

/** What is known of the rate of a line. */
type RateState = Pick<LineSchedule, 'paidUntil' | 'open' | 'given'>;

/** When the line can pay for so many units, whoever else has a turn. */
export const payableFrom = ({ paidUntil }: Pick<RateState, 'paidUntil'>, units: number, pace: OverallPace): Date =>
  new Date(paidUntil.getTime() - creditFor(units, pace));

/** When the line can pay for one unit more, behind those that have a turn already. */
export function rateOver({ paidUntil, given }: RateState, pace: RatePace, now: Date): Date {
  const before = given.length === 0 ? paidUntil.getTime() : Math.max(paidUntil.getTime(), now.getTime());
  return new Date(before + costOf(given.length, pace) - creditFor(1, pace));
}

/** The moment of the line's next turn: who has to wait waits for a beat, and goes with all others that do. */
export const turnAtRate = (state: RateState, pace: RatePace, now: Date): Date =>
  new Date(onTheBeat(rateOver(state, pace, now).getTime(), beatOf(pace, pace.inFlight), now.getTime()));

/** How many turns more the line may have: calls that are neither under way nor to come. */
export const turnsToSpare = ({ open, given }: RateState, { inFlight }: RatePace, now: Date): number =>
  Math.max(0, inFlight - given.length - open.filter(({ until }) => until > now).length);

/** When a call of the line ends at the latest; `null` where none is under way. */
export function nextLanding({ open }: RateState, now: Date): Date | null {
  const ends = open.map(({ until }) => until.getTime()).filter((until) => until > now.getTime());
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
