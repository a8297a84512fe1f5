/**
 * What a failure proves, by the words in `error.message`. Nearly every failure of BlueBubbles is a 500; only
 * the words tell what happened. Measured on its server 1.9.9, or read in its sources where noted.
 */
export type Meaning =
  /** Nothing was sent: the chat is not there. It can be opened. */
  | 'no-conversation'
  /** Nothing was sent: the helper, by which everything goes, is away. */
  | 'helper-away'
  /** Nothing was sent: the address is not on the channel. */
  | 'not-on-channel'
  /** Nothing was sent: there is nothing to send, or to nobody. */
  | 'bad-message'
  /** The row was made, and refused. Its code stands in the row alone. */
  | 'refused-row'
  /** The helper got it and never answered. It may be dead, and the message may be sent. */
  | 'silent-helper'
  /** It may be sent. */
  | 'may-be-sent';

/** The first that matches counts. */
const PROOFS: readonly { words: RegExp; means: Meaning }[] = [
  // The helper found no such chat; the sentence stands alone, or behind "Failed to invoke Private API!".
  { words: /chat does not exist/i, means: 'no-conversation' },
  { words: /private api is not enabled/i, means: 'helper-away' },
  { words: /helper is not (?:connected|running)/i, means: 'helper-away' },
  // Read: thrown before anything is handed to the helper.
  { words: /failed to invoke private api/i, means: 'helper-away' },
  { words: /failed to find all handles/i, means: 'not-on-channel' },
  { words: /a message is required|no addresses provided|required fields are missing/i, means: 'bad-message' },
  { words: /'message' or 'subject' is required/i, means: 'bad-message' },
  { words: /message sent with an error/i, means: 'refused-row' },
  { words: /transaction timeout|message send timeout/i, means: 'silent-helper' },
  // The same id is on its way already.
  { words: /already queued/i, means: 'may-be-sent' },
];

/** @returns `null`: the words say nothing that is known */
export const meaningOf = (error: string): Meaning | null => PROOFS.find(({ words }) => words.test(error))?.means ?? null;
