import { nextUtcDay } from '../../platform/clock/utc-calendar';

const DAY_MS = 86_400_000;

/** When many checks will be over. */
export interface Forecast {
  /** Checks that the lines may do in a UTC day. */
  perDay: number;
  /** When the last one is expected; `null` while no line can be asked. */
  expectedLastAt: Date | null;
}

/** What lines can do. */
export interface CheckRate {
  perDay: number;
  leftToday: number;
  /** Milliseconds between two checks, over all devices. */
  gapMs: number;
  now: Date;
}

/**
 * When so many checks will be over, if nothing else is checked meanwhile: what is left of today, then whole
 * days, each from its beginning as fast as the devices allow.
 */
export function forecast(checks: number, { perDay, leftToday, gapMs, now }: CheckRate): Forecast {
  if (perDay === 0) return { perDay, expectedLastAt: null };
  const midnight = nextUtcDay(now).getTime();
  const fitToday = gapMs === 0 ? Infinity : Math.floor((midnight - now.getTime()) / gapMs);
  const today = Math.min(leftToday, fitToday);
  if (checks <= today) return { perDay, expectedLastAt: new Date(now.getTime() + checks * gapMs) };
  const inDay = Math.min(perDay, gapMs === 0 ? Infinity : Math.floor(DAY_MS / gapMs));
  const later = checks - today;
  const wholeDays = Math.ceil(later / inDay) - 1;
  const rest = later - wholeDays * inDay;
  return { perDay, expectedLastAt: new Date(midnight + wholeDays * DAY_MS + rest * gapMs) };
}
