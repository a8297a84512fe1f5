/**
 * What a line may send: first touches (a recipient it never wrote to) a UTC day and hour, and all sends a UTC
 * day, in the units of its channel; `null` is no limit.
 */
export interface LineLimits {
  dailyNewConversationsLimit: number | null;
  /** E-mail lines have none. */
  hourlyNewConversationsLimit: number | null;
  dailyTotalMessagesLimit: number | null;
}
