/** `2026-05-31`, `2026-05-31 12:00`, `2026-05-31T12:00:00.123+02:00`; without an offset it is UTC. */
const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?\s?(?:Z|UTC|GMT|([+-])(\d{2}):?(\d{2}))?)?$/i;
/** Seconds since 1970, or milliseconds. */
const UNIX = /^\d{10}(?:\d{3})?$/;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * The instant that a cell names. What is ahead by less than a day is now, since there it may be tomorrow.
 * Dates with slashes are not read: nobody can tell whether the day or the month comes first.
 * @returns `null` when it names none, or one in the future
 */
export function instantOf(cell: string, now: Date): Date | null {
  const text = cell.trim();
  const time = UNIX.test(text) ? Number(text.padEnd(13, '0')) : timeOf(DATE.exec(text));
  if (time === null || time >= now.getTime() + DAY_MS) return null;
  return new Date(Math.min(time, now.getTime()));
}

function timeOf(match: RegExpExecArray | null): number | null {
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0'));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds));
  // 30 February is a day in March to Date, and 25:00 the next day; years before 100 are others.
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isReal || hour > 23 || minute > 59 || second > 59) return null;
  const offset = Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0);
  return date.getTime() - (match[8] === '-' ? -offset : offset) * MINUTE_MS;
}
