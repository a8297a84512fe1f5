import { DAY_MS, type Plan, planOf, type WindowSettings } from './settings';
import { stretchAt } from './zone-clock';

/** A weekly plan has come round, and a change of the clocks with it. */
const LOOKED_AT_MS = 15 * DAY_MS;
/** 1 January 1970 was a Thursday. */
const WEEKDAY_OF_DAY_0 = 4;

/**
 * The earliest instant at or after `from` at which messages may go out. Judged on the local clock: wall times
 * that are skipped when the clocks go forward never come, and both passes of those that come twice count.
 * @returns `from` itself, to the millisecond, when it is allowed; else the start of a whole local minute
 * @throws RangeError on settings that `validateWindow` complains about, and on an invalid date
 */
export function nextAllowed(from: Date, settings: WindowSettings): Date {
  if (!settings.alsoIn?.length) return nextOpen(from, settings);
  return nextInAll(from, settings) ?? nextOpen(from, settings);
}

/** Is there a moment at which it is open in all zones? Looked at for the weeks that follow. */
export const isEverOpen = (from: Date, settings: WindowSettings): boolean => nextInAll(from, settings) !== null;

/** @returns null when it is never open in all zones */
function nextInAll(from: Date, settings: WindowSettings): Date | null {
  const each = inEachZone(settings);
  for (let at = from; at.getTime() - from.getTime() <= LOOKED_AT_MS;) {
    const next = each.reduce((latest, one) => nextOpen(latest, one), at);
    if (next.getTime() === at.getTime()) return at;
    at = next;
  }
  return null;
}

const inEachZone = ({ alsoIn = [], ...settings }: WindowSettings): WindowSettings[] => [
  settings,
  ...alsoIn.map((timezone) => ({ ...settings, timezone })),
];

function nextOpen(from: Date, settings: WindowSettings): Date {
  const plan = planOf(settings);
  let at = from.getTime();
  for (;;) {
    const { offset, end } = stretchAt(plan.timezone, at);
    const opens = openAtOrAfter(at + offset, plan) - offset;
    if (opens < end) return new Date(opens);
    at = end;
  }
}

/**
 * May messages go out at this instant?
 * @throws RangeError as `nextAllowed`
 */
export function isAllowed(at: Date, settings: WindowSettings): boolean {
  if (settings.alsoIn?.length) return nextAllowed(at, settings).getTime() === at.getTime();
  const plan = planOf(settings);
  return isOpen(at.getTime() + stretchAt(plan.timezone, at.getTime()).offset, plan);
}

/**
 * The end of the open window that holds an instant: the first instant after it that is not allowed. Windows
 * that touch count as one.
 * @returns null when no instant is ever outside; `at` itself when it is outside already
 * @throws RangeError as `nextAllowed`
 */
export function closesAt(at: Date, settings: WindowSettings): Date | null {
  if (!settings.alsoIn?.length || !isEverOpen(at, settings)) return closesIn(at, settings);
  const closings = inEachZone(settings).flatMap((one) => closesIn(at, one) ?? []);
  return closings.length === 0 ? null : closings.reduce((first, one) => (one < first ? one : first));
}

function closesIn(at: Date, settings: WindowSettings): Date | null {
  const plan = planOf(settings);
  let instant = at.getTime();
  for (;;) {
    const { offset, end } = stretchAt(plan.timezone, instant);
    if (plan.always) return null;
    const closes = closedAtOrAfter(instant + offset, plan) - offset;
    if (closes < end) return new Date(closes);
    instant = end;
  }
}

/** The first open moment at or after a moment of the local clock, both in ms since 1970 on that clock. */
function openAtOrAfter(local: number, plan: Plan): number {
  for (let day = Math.floor(local / DAY_MS) - 1; ; day++) {
    if (isWindowDay(day, plan) && day * DAY_MS + plan.end > local) return Math.max(day * DAY_MS + plan.start, local);
  }
}

/** The first closed moment at or after one of the local clock; the plan must leave some moment closed. */
function closedAtOrAfter(local: number, plan: Plan): number {
  let moment = local;
  while (isOpen(moment, plan)) {
    const day = Math.floor(moment / DAY_MS);
    const startedYesterday = isWindowDay(day - 1, plan) && (day - 1) * DAY_MS + plan.end > moment;
    moment = (startedYesterday ? day - 1 : day) * DAY_MS + plan.end;
  }
  return moment;
}

function isOpen(local: number, plan: Plan): boolean {
  return openAtOrAfter(local, plan) === local;
}

function isWindowDay(day: number, plan: Plan): boolean {
  return plan.days[(((day + WEEKDAY_OF_DAY_0) % 7) + 7) % 7]!;
}
