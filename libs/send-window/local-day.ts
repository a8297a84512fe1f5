import { stretchAt } from './zone-clock';

const DAY_MS = 86_400_000;

/**
 * The day on the clock of a zone.
 * @returns `YYYY-MM-DD`
 * @throws RangeError when there is no such zone
 */
export const localDay = (at: Date, timezone: string): string =>
  new Date(at.getTime() + stretchAt(timezone, at.getTime()).offset).toISOString().slice(0, 10);

/**
 * The instant at which the next day begins in a zone; where midnight is skipped, the first instant after it.
 * @throws RangeError when there is no such zone
 */
export function nextLocalDay(at: Date, timezone: string): Date {
  const { offset, end } = stretchAt(timezone, at.getTime());
  const midnight = (Math.floor((at.getTime() + offset) / DAY_MS) + 1) * DAY_MS - offset;
  if (midnight <= end) return new Date(midnight);
  // The clock is changed before: midnight is by its new time, unless the change itself begins the day.
  const after = stretchAt(timezone, end).offset;
  return new Date(Math.max(end, midnight + offset - after));
}
