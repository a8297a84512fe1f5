/**
 * How much a new sender may send in a UTC day: `start` on the first, `perDay` more on each day after it, and
 * no more than `ceiling`, where there is one. In the units of its channel.
 */
interface Ramp {
  start: number;
  perDay: number;
  ceiling?: number | null;
}

/**
 * What a line may send: first touches (a recipient it never wrote to) a UTC day and hour, and all sends a UTC
 * day, in the units of its channel; `null` is no limit.
 */
export interface LineLimits {
  dailyNewConversationsLimit: number | null;
  /** E-mail lines have none. */
  hourlyNewConversationsLimit: number | null;
  dailyTotalMessagesLimit: number | null;
  /** Beside the limit of all sends, the smaller counts; `null`: all of it from the first day on. */
  ramp?: Ramp | null;
}
