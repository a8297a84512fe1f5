/** What waits in all workspaces, for those who watch the product. */
export abstract class MessageBacklog {
  /** When the oldest queued message that is not put aside was due; `null` without one. */
  abstract oldestDueAt(): Promise<Date | null>;
  /** The oldest moment at which a line was to send a message that nobody has claimed; `null` without one. */
  abstract oldestTurnAt(): Promise<Date | null>;
  /** How many messages are asked about, since their provider did not say whether it sent them. */
  abstract unknownOutcomes(): Promise<number>;
}
