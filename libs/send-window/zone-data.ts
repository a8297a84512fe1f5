import moment from 'moment-timezone';
import { FORMER_NAMES } from './former-names';
import type { ClockChange } from './yearly-changes';

/** The release of IANA's time-zone database that windows are computed with, such as `2026f`. */
export const TIMEZONE_DATA_RELEASE: string = moment.tz.dataVersion;

/** Each name as the database writes it, by the name in small letters; names come in any case. */
const names = new Map<string, string>();
for (const [former, name] of FORMER_NAMES) names.set(former.toLowerCase(), name);
for (const name of moment.tz.names()) names.set(name.toLowerCase(), name);

/**
 * The database's own spelling of a name; undefined when it has none. Offsets such as `+02:00` are no names.
 */
export function zoneNameOf(text: string): string | undefined {
  // The Kelvin sign is a small k, in small letters; the names are ASCII.
  return /^[\w/+-]{1,64}$/.test(text) ? names.get(text.toLowerCase()) : undefined;
}

/** How a zone's clocks were changed and will be, as far as the database lists it. */
export interface ZoneChanges {
  /** What the local clock is ahead of UTC before the first change, in ms. */
  initial: number;
  changes: readonly ClockChange[];
}

/** @param name as the database writes it */
export function zoneChangesOf(name: string): ZoneChanges {
  const { untils, offsets } = moment.tz.zone(name)!;
  const ahead = offsets.map(aheadOfUtc);
  const changes = untils.slice(0, -1).map((at, index) => ({ at, before: ahead[index]!, after: ahead[index + 1]! }));
  return { initial: ahead[0]!, changes };
}

/** The library counts minutes behind UTC; those of the nineteenth century have seconds as fractions. */
function aheadOfUtc(minutesBehind: number): number {
  return -Math.round(minutesBehind * 60) * 1_000;
}
