export const REACTIONS = ['love', 'like', 'dislike', 'laugh', 'emphasize', 'question'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** A reaction to one message. */
export interface ReactionGesture {
  conversation: string;
  /** The provider's id of the message. */
  externalId: string;
  reaction: Reaction;
}
