import { isZone } from './zone-clock';

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** When messages may go out. Whatever is missing or null does not restrict. */
export interface WindowSettings {
  /** Name of a zone of the time-zone database; without one, UTC. */
  timezone?: string | null;
  /**
   * More zones, in which it has to be open at the same moment, of somebody whose clock is one of several.
   * Where it never is, they do not count.
   */
  alsoIn?: readonly string[];
  /** `HH:mm`, the first minute that is allowed; without one, 00:00. */
  sendWindowStart?: string | null;
  /** `HH:mm`, the first minute that is not allowed any more; without one, 24:00. */
  sendWindowEnd?: string | null;
  /** Weekdays, 0 for Sunday to 6 for Saturday, in any order; without them, every day. */
  allowedDaysOfWeek?: readonly number[] | null;
}

export interface WindowProblem {
  field: Exclude<keyof WindowSettings, 'alsoIn'>;
  message: string;
}

/** A weekly plan on the local clock. */
export interface Plan {
  timezone: string;
  /** ms from local midnight. */
  start: number;
  /** ms from local midnight of the same day, beyond 24 h for a window that runs into the next day. */
  end: number;
  /** By weekday from Sunday: may a window open on that day? */
  days: readonly boolean[];
  /** No instant is outside of the plan. */
  always: boolean;
}

const ALL_DAYS: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

/**
 * What is wrong with settings, in the order of their fields; empty when they can be used. A start without an
 * end runs to midnight, an end without a start begins there.
 */
export function validateWindow(settings: { [field in WindowProblem['field']]?: unknown }): WindowProblem[] {
  const problems: WindowProblem[] = [];
  const { timezone, allowedDaysOfWeek } = settings;
  if (timezone != null && !(typeof timezone === 'string' && isZone(timezone))) {
    problems.push({ field: 'timezone', message: 'must be the name of a time zone such as Europe/Berlin' });
  }
  for (const field of ['sendWindowStart', 'sendWindowEnd'] as const) {
    const time = settings[field];
    if (time != null && !(typeof time === 'string' && TIME_OF_DAY.test(time))) {
      problems.push({ field, message: 'must be a time of day HH:mm from 00:00 to 23:59' });
    }
  }
  if (allowedDaysOfWeek != null && !isDayList(allowedDaysOfWeek)) {
    problems.push({ field: 'allowedDaysOfWeek', message: 'must be a list of at least one weekday, 0 (Sunday) to 6 (Saturday)' });
  }
  return problems;
}

function isDayList(days: unknown): boolean {
  return Array.isArray(days) && days.length > 0 && days.every((day) => ALL_DAYS.includes(day as number));
}

/**
 * The weekly plan that settings mean: start = end is the whole day, a start after the end is a window into
 * the next day.
 * @throws RangeError, naming the field, on settings that `validateWindow` complains about
 */
export function planOf(settings: WindowSettings): Plan {
  const start = timeOfDay('sendWindowStart', settings.sendWindowStart) ?? 0;
  const end = timeOfDay('sendWindowEnd', settings.sendWindowEnd) ?? DAY_MS;
  const allowed = settings.allowedDaysOfWeek ?? ALL_DAYS;
  if (!isDayList(allowed)) throw new RangeError('allowedDaysOfWeek: must be a list of weekdays, 0 to 6');
  const days = ALL_DAYS.map((day) => allowed.includes(day));
  const wholeDay = start === end || end - start === DAY_MS;
  return {
    timezone: settings.timezone ?? 'UTC',
    start: wholeDay ? 0 : start,
    end: wholeDay ? DAY_MS : start < end ? end : end + DAY_MS,
    days,
    always: wholeDay && !days.includes(false),
  };
}

function timeOfDay(field: keyof WindowSettings, text: string | null | undefined): number | undefined {
  if (text == null) return undefined;
  const match = TIME_OF_DAY.exec(text);
  if (!match) throw new RangeError(`${field}: must be a time of day HH:mm`);
  return (Number(match[1]) * 60 + Number(match[2])) * MINUTE_MS;
}
