import { nextAllowed, type Place, type QuietHours } from '#libs/quiet-hours';
import type { WindowSettings } from '#libs/send-window';
import { nextUtcHour } from '../../platform/clock';
import { sendableFrom } from './send-moment';

/** Window and quiet hours agree within a few turns, or never. */
const MAX_TURNS = 100;

/** When, and where, a message may go out. */
export interface Restrictions {
  window: WindowSettings;
  /** Of the workspace; `off` on channels that they are not about. */
  quietHours: QuietHours;
  /** Where the person is, as far as that is known. */
  place: Place;
  /** No hand-over starts so shortly before an end of any of them. */
  edgeSeconds: number;
}

const MINUTE_MS = 60_000;

export interface AllowedMoment {
  at: Date;
  /** The quiet hours that make it later than the window alone would. */
  rule: string | null;
}

/**
 * The first moment from `from` on that the window, the hour and the quiet hours all allow.
 * @returns null when there is none within 8 days
 */
export function allowedFrom(from: Date, { window, quietHours, place, edgeSeconds }: Restrictions): AllowedMoment | null {
  let at = sendableFrom(from, window, edgeSeconds);
  if (quietHours === 'off') return { at, rule: null };
  let rule: string | null = null;
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const next = nextAllowed({ setting: quietHours, place, from: at, window: { ...window, edgeSeconds } });
    if (!next) return null;
    rule = next.rule ?? rule;
    const sendable = sendableFrom(next.at, window, edgeSeconds);
    if (sendable.getTime() === at.getTime()) return { at, rule };
    at = sendable;
  }
  return null;
}

/**
 * Until when what starts at `from` may reach its provider: the end of the window, of what the quiet hours
 * allow, or of the UTC hour, whichever is first.
 * @param restrictions `null`: the message goes out at any time
 * @param withinMs so far ahead it is looked: no hand-over takes longer
 */
export function allowedUntil(from: Date, restrictions: Restrictions | null, withinMs: number): Date {
  const hour = nextUtcHour(from);
  if (!restrictions) return hour;
  const withoutEdge = { ...restrictions, edgeSeconds: 0 };
  const last = Math.min(hour.getTime(), from.getTime() + withinMs);
  // Windows and quiet hours begin and end with a minute.
  for (let at = Math.ceil(from.getTime() / MINUTE_MS) * MINUTE_MS; at <= last; at += MINUTE_MS) {
    const minute = new Date(at);
    if (allowedFrom(minute, withoutEdge)?.at.getTime() !== at) return minute;
  }
  return hour;
}
