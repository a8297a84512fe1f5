import { closesAt as windowClosesAt, nextAllowed as windowOpensAt, type WindowSettings } from '#libs/send-window';
import type { Place } from './place';
import type { QuietHours } from './setting';
import { closesAt, opensAt, ruleClosing, rulesAt, type ZoneHours, zoneHoursOf } from './zone-hours';

/** Further than this nobody waits: every hour of the week has come once by then, and clocks were changed. */
const HORIZON_MS = 8 * 86_400_000;

/** No window and no hours need more turns than this in 8 days. */
const MAX_TURNS = 10_000;

/** Whether a person may be written to. */
export interface Verdict {
  allowed: boolean;
  /**
   * The rule that forbids it, such as `US-TX Sun 12:00-21:00 America/Chicago`, and of several the one that
   * does so for longest; null when it is allowed.
   */
  rule: string | null;
}

/** Times of the week that one rule allows in one zone of a place. */
export interface AllowedHours {
  /** Whose rule it is: a jurisdiction, `federal`, `strict` or `custom`. */
  name: string;
  zone: string;
  /** 0 for Sunday. */
  days: readonly number[];
  /** `HH:mm` on the clock of the zone; none on days that are closed. The end is not in them. */
  times: readonly (readonly [from: string, to: string])[];
}

/** A campaign's send window. */
export interface CampaignWindow extends WindowSettings {
  /** How long, at least, the window and the allowed hours must stay open when a hand-over starts. */
  edgeSeconds?: number;
}

export interface NextAllowedQuestion {
  setting: QuietHours;
  place: Place;
  from: Date;
  window: CampaignWindow;
}

export interface NextAllowed {
  at: Date;
  /**
   * The last of the quiet hours that held it; null when it is no later than the window alone would have it.
   */
  rule: string | null;
}

/**
 * The hours that a place allows, rule by rule and zone by zone: what all of them allow is allowed.
 * @param at the instant whose rules are meant, since they change
 */
export function allowedHours(setting: QuietHours, place: Place, at: Date): AllowedHours[] {
  return zoneHoursOf(setting, place).flatMap((hours) =>
    rulesAt(hours, at.getTime()).flatMap(({ name, days }) =>
      days
        .filter((day, index) => day.days[0] === index)
        .map((day) => ({ name, zone: hours.zone, days: day.days, times: day.times })),
    ),
  );
}

/**
 * May a person of a place be written to at an instant, on a phone channel?
 * @throws RangeError on an invalid date
 */
export function isAllowed(setting: QuietHours, place: Place, at: Date): Verdict {
  const instant = at.getTime();
  let [last, opensLast] = [null as ZoneHours | null, instant];
  for (const hours of zoneHoursOf(setting, place)) {
    const opens = opensAt(hours, instant);
    if (opens > opensLast) [last, opensLast] = [hours, opens];
  }
  return last === null ? { allowed: true, rule: null } : { allowed: false, rule: ruleClosing(last, instant) };
}

/**
 * The earliest instant at or after `from` at which the window is open and the quiet hours of the place
 * allow it, in all of its zones and by all of its rules, with at least `edgeSeconds` left of both.
 * @returns null when there is none within 8 days
 * @throws RangeError on settings that `validateWindow` complains about, and on an invalid date
 */
export function nextAllowed({ setting, place, from, window }: NextAllowedQuestion): NextAllowed | null {
  const zones = zoneHoursOf(setting, place);
  const start = from.getTime();
  if (Number.isNaN(start)) throw new RangeError('The time is not a valid date');
  const found = search(start, zones, window);
  if (found === null) return null;
  const rule = found.rule !== null && search(start, [], window)?.at === found.at ? null : found.rule;
  return { at: new Date(found.at), rule };
}

/** @param zones none, to ask for the window alone */
function search(from: number, zones: readonly ZoneHours[], window: CampaignWindow): { at: number; rule: string | null } | null {
  const edge = (window.edgeSeconds ?? 0) * 1_000;
  const last = from + HORIZON_MS;
  let at = from;
  let rule: string | null = null;
  for (let turn = 0; turn < MAX_TURNS && at <= last; turn += 1) {
    const before = at;
    at = windowOpensAt(new Date(at), window).getTime();
    for (const hours of zones) {
      const opens = opensAt(hours, at);
      if (opens === at) continue;
      if (opens > last) return null;
      rule = ruleClosing(hours, at);
      at = opens;
    }
    // What opened first may have closed while the others were waited for.
    if (at > before) continue;
    const closes = closing(at, zones, window);
    if (closes.at - at >= edge) return { at, rule };
    if (closes.by) rule = ruleClosing(closes.by, closes.at);
    at = closes.at;
  }
  return null;
}

/** The first end of the window or of the allowed hours of a zone. */
function closing(at: number, zones: readonly ZoneHours[], window: CampaignWindow): { at: number; by: ZoneHours | null } {
  let first = windowClosesAt(new Date(at), window)?.getTime() ?? Infinity;
  let by: ZoneHours | null = null;
  for (const hours of zones) {
    const closes = closesAt(hours, at);
    if (closes < first) [first, by] = [closes, hours];
  }
  return { at: first, by };
}
