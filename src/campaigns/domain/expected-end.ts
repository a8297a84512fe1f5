import { closesAt, nextAllowed, type WindowSettings } from '#libs/send-window';
import { nextUtcDay } from '../../platform/clock';
import { afterWait, type Campaign } from './campaign';
import { openIn, type StatusCounts } from './report';

/** What a line has left for a campaign, where it shares its limits evenly with the other campaigns on it. */
export interface LineShare {
  today: number;
  /** On the day that many days after today. */
  perDay(day: number): number;
}

/** Ten years: whatever is expected later is not expected. */
const LAST_DAY = 3_653;

/** When it is looked at, and the window that the messages go out in. */
export interface Moment {
  window: WindowSettings;
  now: Date;
}

/**
 * When the last of a campaign's waiting messages is expected to go out, as things stand: the longer of the
 * waits that lie ahead of the lead that is furthest back, and the time that the lines need for as many
 * messages. An estimate: replies, failures and new leads change it.
 * @param open by step id, of every step that has messages
 * @returns `null` when nothing waits, or nothing ever could go
 */
export function expectedEnd(
  campaign: Campaign,
  open: ReadonlyMap<string, StatusCounts>,
  lines: readonly LineShare[],
  { window, now }: Moment,
): Date | null {
  const waiting = [...open.values()].reduce((sum, counts) => sum + openIn(counts), 0);
  if (waiting === 0 || lines.every((line) => line.perDay(LAST_DAY) === 0)) return null;
  const byWaits = nextAllowed(afterWaits(campaign, open, now), window);
  const byLines = afterSending(waiting, lines, campaign.settings.contactGapSeconds, { window, now });
  return byLines && (byLines > byWaits ? byLines : byWaits);
}

/** The waits ahead of the lead that is furthest back. Its next step may be due already. */
function afterWaits(campaign: Campaign, open: ReadonlyMap<string, StatusCounts>, now: Date): Date {
  const ahead = campaign.steps.filter(({ id }) => openIn(open.get(id) ?? NONE) > 0);
  return ahead.reduce((at, step, index) => {
    const isDue = index === 0 && open.get(step.id)!.scheduled === 0;
    return isDue ? at : afterWait(at, step.wait);
  }, now);
}

const NONE = { scheduled: 0, queued: 0 } as StatusCounts;

/** Day by day: what the limits and, inside the window, the gaps let through. */
function afterSending(waiting: number, lines: readonly LineShare[], gapSeconds: number, { window, now }: Moment): Date | null {
  let left = waiting;
  let from = now;
  for (let day = 0; day < LAST_DAY; day += 1) {
    const ends = nextUtcDay(from);
    const opens = nextAllowed(from, window);
    if (opens < ends) {
      const open = openSeconds(opens, ends, window);
      const perLine = gapSeconds > 0 ? Math.floor(open / gapSeconds) + 1 : Infinity;
      const room = lines.reduce((sum, line) => sum + Math.min(perLine, day === 0 ? line.today : line.perDay(day)), 0);
      if (room >= left) return within(opens, ends, (gapSeconds * left) / lines.length, window);
      left -= room;
    }
    from = ends;
  }
  return null;
}

/** Seconds of the window between two instants, the first of which is open. */
function openSeconds(opens: Date, ends: Date, window: WindowSettings): number {
  let seconds = 0;
  for (let at = opens; at < ends; at = nextAllowed(at, window)) {
    const closes = closesAt(at, window);
    const until = closes && closes < ends ? closes : ends;
    seconds += (until.getTime() - at.getTime()) / 1_000;
    at = until;
  }
  return seconds;
}

/** The instant after that many seconds of the window, at most the end of the day. */
function within(opens: Date, ends: Date, seconds: number, window: WindowSettings): Date {
  let left = seconds * 1_000;
  for (let at = opens; at < ends; at = nextAllowed(at, window)) {
    const closes = closesAt(at, window);
    const until = closes && closes < ends ? closes : ends;
    if (at.getTime() + left <= until.getTime()) return new Date(at.getTime() + left);
    left -= until.getTime() - at.getTime();
    at = until;
  }
  return ends;
}
