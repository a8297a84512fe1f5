import { IANAZone } from 'luxon';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The offsets of a zone are worked out for this much time at once. */
const CHUNK = 32 * DAY;
/** How many chunks are kept, about 200 bytes each; then all are forgotten. */
const KEPT_CHUNKS = 5_000;
/** How many names of zones are kept; then all are forgotten. */
const KEPT_NAMES = 2_000;
const MAX_NAME_LENGTH = 64;
/** Instants beyond this, in ms, cannot be worked out: the end of JavaScript's time, less one chunk. */
const LAST_INSTANT = 8.64e15 - CHUNK;

/** A stretch of time during which the clocks of a zone were not changed. */
export interface Stretch {
  /** What the local clock is ahead of UTC, in ms. */
  offset: number;
  /** The instant, in ms, at which the stretch ends; another of the same offset may follow. */
  end: number;
}

interface Clock {
  zone: IANAZone;
  chunks: Map<number, Stretch[]>;
}

/** By the name that the database itself uses, so that there are no more of them than zones. */
const clocks = new Map<string, Clock>();
let kept = 0;
/** The database's own name for each name that was asked for: names come in any case, and as aliases. */
const ownNames = new Map<string, string>();

/** Is this the name of a zone of the time-zone database? Offsets such as `+02:00` are not. */
export function isZone(name: string): boolean {
  return ownNameOf(name) !== undefined;
}

function ownNameOf(name: string): string | undefined {
  const known = ownNames.get(name);
  if (known !== undefined) return known;
  if (name.length > MAX_NAME_LENGTH || !/^[A-Za-z]/.test(name)) return undefined;
  try {
    const own = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
    if (ownNames.size >= KEPT_NAMES) ownNames.clear();
    ownNames.set(name, own);
    return own;
  } catch {
    return undefined;
  }
}

/**
 * The stretch that holds an instant.
 * @param at an instant in ms since 1970
 * @throws RangeError when there is no such zone, or the instant is none (NaN) or outside of the calendar
 */
export function stretchAt(zoneName: string, at: number): Stretch {
  if (!(Math.abs(at) <= LAST_INSTANT)) throw new RangeError('The time is not a valid date');
  const clock = clockOf(zoneName);
  const index = Math.floor(at / CHUNK);
  let chunk = clock.chunks.get(index);
  if (!chunk) {
    if (kept >= KEPT_CHUNKS) forget();
    chunk = stretchesOf(clock.zone, index * CHUNK);
    clock.chunks.set(index, chunk);
    kept++;
  }
  return chunk.find((stretch) => at < stretch.end)!;
}

function clockOf(zoneName: string): Clock {
  const name = ownNameOf(zoneName);
  if (name === undefined)
    throw new RangeError(`timezone: "${zoneName.slice(0, MAX_NAME_LENGTH)}" is not the name of a time zone`);
  let clock = clocks.get(name);
  if (!clock) {
    clock = { zone: IANAZone.create(name), chunks: new Map() };
    clocks.set(name, clock);
  }
  return clock;
}

function forget(): void {
  for (const clock of clocks.values()) clock.chunks.clear();
  kept = 0;
}

/**
 * The stretches of one chunk: the offset is read once a day, and a change between two readings is searched to
 * the minute.
 */
function stretchesOf(zone: IANAZone, start: number): Stretch[] {
  const offsetAt = (instant: number) => zone.offset(instant) * 60_000;
  const stretches: Stretch[] = [];
  let offset = offsetAt(start);
  for (let day = start; day < start + CHUNK; day += DAY) {
    const next = offsetAt(day + DAY);
    if (next === offset) continue;
    let [before, after] = [day, day + DAY];
    while (after - before > 1_000) {
      const middle = Math.floor((before + after) / 2_000) * 1_000;
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    stretches.push({ offset, end: after });
    offset = next;
  }
  stretches.push({ offset, end: start + CHUNK });
  return stretches;
}
