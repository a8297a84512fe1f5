import { nextUtcDay, nextUtcHour, utcHour } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import type { Line } from './line';

/** One message's share of a line's day and hour. */
export interface Reservation {
  lineId: string;
  messageId: string;
  token: string;
  /** UTC day, `YYYY-MM-DD`. */
  day: string;
  /** UTC hour, 0–23. */
  hour: number;
  firstTouch: boolean;
  /** What it counts of the day; those of earlier versions, which say nothing, count 1. */
  units?: number;
}

/** What a line used of a UTC day. */
export interface LineUsage {
  date: string;
  newConversationsCount: number;
  /** In the units of the channel: messages, or segments. */
  totalMessagesCount: number;
  /** First touches by UTC hour. */
  newConversationsByHour: number[];
}

export type Free = { free: true } | { free: false; until: Date; limit: 'all sends' | 'first touch' };

/** First touches of an hour; `Infinity`: as many as the day allows. */
const hourlyLimitOf = ({ channel, hourlyNewConversationsLimit }: Line): number =>
  channel === 'email' ? Infinity : (hourlyNewConversationsLimit ?? Infinity);

const DAY_MS = 86_400_000;
const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

/** All sends of the UTC day, by the limit and by the ramp; `Infinity`: as many as it likes. */
export function dailyLimitOf(line: Pick<Line, 'dailyTotalMessagesLimit' | 'ramp' | 'rampSince'>, now: Date): number {
  const limit = line.dailyTotalMessagesLimit ?? Infinity;
  if (!line.ramp) return limit;
  const { start, perDay, ceiling } = line.ramp;
  const days = line.rampSince ? Math.max(0, dayOf(now) - dayOf(line.rampSince)) : 0;
  return Math.min(limit, start + perDay * days, ceiling ?? Infinity);
}

/** The same, to be shown; `null`: no limit. */
export function limitToday(line: Line, now: Date): number | null {
  const limit = dailyLimitOf(line, now);
  return limit === Infinity ? null : limit;
}

/** A line, and what it used of the current UTC day. */
export interface LineToday {
  line: Line;
  usage: LineUsage;
  /** All sends of the day, by limit and ramp; `null`: no limit. */
  limitToday: number | null;
}

/** Does the usage leave room for one more? Otherwise, from when on there is room again. */
export function roomIn(line: Line, usage: LineUsage, { firstTouch, now }: { firstTouch: boolean; now: Date }): Free {
  if (usage.totalMessagesCount >= dailyLimitOf(line, now)) return { free: false, until: nextUtcDay(now), limit: 'all sends' };
  if (!firstTouch) return { free: true };
  if (usage.newConversationsCount >= (line.dailyNewConversationsLimit ?? Infinity)) {
    return { free: false, until: nextUtcDay(now), limit: 'first touch' };
  }
  if ((usage.newConversationsByHour[utcHour(now)] ?? 0) >= hourlyLimitOf(line)) {
    return { free: false, until: nextUtcHour(now), limit: 'first touch' };
  }
  return { free: true };
}

/**
 * What lines have sent, against their limits. Each send is reserved before, atomically in the store, so that
 * no number of workers exceeds a limit.
 */
export abstract class LineCapacity {
  abstract usage(workspaceId: WorkspaceId, lineIds: readonly string[], day: string): Promise<Map<string, LineUsage>>;
  /** @returns the reservation, or `null` when the limits leave no room */
  abstract reserve(
    line: Line,
    wanted: Pick<Reservation, 'messageId' | 'token' | 'firstTouch' | 'units'>,
    now: Date,
  ): Promise<Reservation | null>;
  /**
   * Counts the reservations for good once the transaction has committed. Their marks stay until the line's
   * next reservation takes them off: only whoever holds the message's claim under that token asks for them.
   */
  abstract commit(reservations: readonly Reservation[], transaction: Transaction): void;
  /** Undoes the reservation; harmless when it was released or committed before. */
  abstract release(reservation: Reservation, transaction?: Transaction): Promise<void>;
  /**
   * What was counted for good turned out not to have been sent. Its caller sees to it that this is done once.
   */
  abstract giveBack(reservation: Reservation, transaction: Transaction): Promise<void>;
  /** What was given back was sent after all, and counts again. Its caller sees to that once. */
  abstract countAgain(reservation: Reservation, transaction: Transaction): Promise<void>;
  /** Releases whatever the message has reserved under the token, on the lines and days near `now`. */
  abstract releaseAll(messageId: string, token: string, now: Date): Promise<void>;
}
