import { stretchAt } from './zone-clock';

const DAY_MS = 86_400_000;
/** The end of an ISO 8601 time that says how far its clock is from UTC. */
const OFFSET = /[T ].*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;
const TIME = /\d[T ]\d/i;

/**
 * The instant that an ISO 8601 time means. One that names no offset is read on the clock of a zone: of the
 * two passes of a time that comes twice the first is meant, and a time that is skipped is later by what is
 * skipped.
 * @param timezone name of a zone
 * @throws RangeError when there is no such zone, or the time cannot be read
 */
export function instantOf(time: string, timezone: string): Date {
  if (OFFSET.test(time)) return valid(Date.parse(time));
  const wall = valid(Date.parse(TIME.test(time) ? `${time}Z` : time)).getTime();
  const offsetAt = (instant: number) => stretchAt(timezone, instant).offset;
  const before = offsetAt(wall - DAY_MS);
  const first = wall - before;
  const after = offsetAt(first);
  const isChanged = after !== before && offsetAt(wall - after) === after;
  return new Date(isChanged ? wall - after : first);
}

function valid(instant: number): Date {
  if (Number.isNaN(instant)) throw new RangeError('The time is not a valid date');
  return new Date(instant);
}
