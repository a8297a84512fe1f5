import { changesAround, type ClockChange, type YearlyChanges, yearlyChangesOf } from './yearly-changes';
import { zoneChangesOf, zoneNameOf } from './zone-data';

const DAY = 86_400_000;
const NAME_SHOWN_LENGTH = 64;
/** Instants beyond this, in ms, cannot be worked out: the end of JavaScript's time, less a few weeks. */
const LAST_INSTANT = 8.64e15 - 32 * DAY;

/** A stretch of time during which the clocks of a zone were not changed. */
export interface Stretch {
  /** What the local clock is ahead of UTC, in ms. */
  offset: number;
  /** The instant, in ms, at which the stretch ends; infinity when the clocks are never changed again. */
  end: number;
}

interface Clock {
  initial: number;
  changes: readonly ClockChange[];
  /** How it goes on after the last of the changes. */
  yearly: YearlyChanges | undefined;
}

/** By the name that the database itself uses, so that there are no more of them than zones. */
const clocks = new Map<string, Clock>();

/** Is this the name of a zone of the time-zone database? Offsets such as `+02:00` are not. */
export function isZone(name: string): boolean {
  return zoneNameOf(name) !== undefined;
}

/**
 * The stretch that holds an instant.
 * @param at an instant in ms since 1970
 * @throws RangeError when there is no such zone, or the instant is none (NaN) or outside of the calendar
 */
export function stretchAt(zoneName: string, at: number): Stretch {
  if (!(Math.abs(at) <= LAST_INSTANT)) throw new RangeError('The time is not a valid date');
  const { initial, changes, yearly } = clockOf(zoneName);
  const last = changes.at(-1);
  if (last && yearly && at >= last.at) return stretchAmong(changesAround(yearly, at), last.after, at);
  return stretchAmong(changes, initial, at);
}

/** @param initial the offset before the first of the changes */
function stretchAmong(changes: readonly ClockChange[], initial: number, at: number): Stretch {
  let [from, to] = [0, changes.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (changes[middle]!.at <= at) from = middle + 1;
    else to = middle;
  }
  return { offset: changes[from - 1]?.after ?? initial, end: changes[from]?.at ?? Infinity };
}

function clockOf(zoneName: string): Clock {
  const name = zoneNameOf(zoneName);
  if (name === undefined)
    throw new RangeError(`timezone: "${zoneName.slice(0, NAME_SHOWN_LENGTH)}" is not the name of a time zone`);
  let clock = clocks.get(name);
  if (!clock) {
    const { initial, changes } = zoneChangesOf(name);
    clock = { initial, changes, yearly: yearlyChangesOf(changes, listedUntilYear()) };
    clocks.set(name, clock);
  }
  return clock;
}

let listedUntil: number | undefined;

/** The last year whose changes the database lists for all zones that change their clocks every year. */
function listedUntilYear(): number {
  listedUntil ??= new Date(zoneChangesOf('Europe/Berlin').changes.at(-1)!.at).getUTCFullYear();
  return listedUntil;
}
