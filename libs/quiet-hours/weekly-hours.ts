export const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
export const MINUTE_MS = 60_000;
/** 1 January 1970 was a Thursday, the fifth day of a week from Sunday. */
const WEEK_OFFSET = 4 * DAY_MS;

/** A stretch of the week, in ms from Sunday 00:00; the end is not in it. */
interface Stretch {
  start: number;
  end: number;
}

/** Open stretches of every week, in order, that neither touch nor overlap. */
export type WeeklyHours = readonly Stretch[];

export const ALWAYS: WeeklyHours = [{ start: 0, end: WEEK_MS }];

/** Sorts stretches, and joins those that touch or overlap. */
export function joined(stretches: readonly Stretch[]): WeeklyHours {
  const result: Stretch[] = [];
  for (const { start, end } of [...stretches].sort((left, right) => left.start - right.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** What is open in both. */
export function intersection(left: WeeklyHours, right: WeeklyHours): WeeklyHours {
  const result: Stretch[] = [];
  for (const a of left) {
    for (const b of right) {
      const start = Math.max(a.start, b.start);
      const end = Math.min(a.end, b.end);
      if (start < end) result.push({ start, end });
    }
  }
  return joined(result);
}

/**
 * The first open moment at or after a moment of the local clock.
 * @param local ms since 1970 on that clock
 * @returns infinity when nothing is ever open
 */
export function opensFrom(hours: WeeklyHours, local: number): number {
  const week = weekOf(local);
  const time = local - week;
  for (const { start, end } of hours) if (time < end) return week + Math.max(start, time);
  return hours.length === 0 ? Infinity : week + WEEK_MS + hours[0]!.start;
}

/**
 * The first closed moment at or after a moment of the local clock.
 * @returns infinity when nothing is ever closed
 */
export function closesFrom(hours: WeeklyHours, local: number): number {
  const week = weekOf(local);
  const time = local - week;
  const open = hours.find(({ start, end }) => start <= time && time < end);
  if (!open) return local;
  const next = hours[0]!;
  if (open.end < WEEK_MS || next.start > 0) return week + open.end;
  return next.end === WEEK_MS ? Infinity : week + WEEK_MS + next.end;
}

/** The weekday of a moment of the local clock, 0 for Sunday. */
export function weekdayOf(local: number): number {
  return Math.floor((local - weekOf(local)) / DAY_MS);
}

/** The Sunday midnight before a moment of the local clock. */
function weekOf(local: number): number {
  return Math.floor((local + WEEK_OFFSET) / WEEK_MS) * WEEK_MS - WEEK_OFFSET;
}
