/**
 * How far an exchange had come: `connect` until the server has greeted, and TLS is there; `login`; `sender`,
 * `recipient` and `data` are the envelope; `message` from the first byte of the mail on.
 */
export type SmtpStage = 'connect' | 'login' | 'sender' | 'recipient' | 'data' | 'message';

/** An exchange that did not end with a mail that was taken. Its words hold no address and no text. */
export class SmtpFailure extends Error {
  constructor(
    readonly stage: SmtpStage,
    /** In place of a reply. */
    words: string,
    /** What the server answered; `null` where it did not. */
    readonly reply: string | null = null,
  ) {
    super(words);
  }
}
