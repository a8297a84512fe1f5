/** A file on its way, in memory. */
export interface OutgoingAttachment {
  name: string;
  /** Where it was fetched from, for providers that fetch it themselves. */
  url: string;
  /** Its media type, such as `image/png`. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a channel can carry beside a text. */
export interface ContentCapabilities {
  /** Characters of a subject, which every message has then; without it, the channel has no subjects. */
  subject?: number;
  /** Does it take HTML beside the text? */
  html?: boolean;
  /** Do all files of a message go in the same call as its text? Then `attachments` has them. */
  filesWithText?: boolean;
}

/** The conversation that a message goes on with, on a channel with subjects. */
export interface Thread {
  /** What the first message of it is called at the provider, and the one before this. */
  rootId: string;
  lastId: string;
}

/**
 * What a provider takes in one call, so that each call has one outcome: a text or one file to one address, or
 * all at once where the channel can carry it.
 */
export interface Outgoing {
  /** E.164 or an e-mail address. */
  to: string;
  text: string;
  /** The product's id of this attempt, unique for ever. */
  providerId: string;
  /** What the provider calls the conversation with the address, where that is known. */
  conversation: string | null;
  /** The provider knows no conversation with the address; the adapter has to open one. */
  opensChat: boolean;
  /** Where the provider reports about this message: the inbound URL of the line; `null` without one. */
  callbackUrl: string | null;
  /** The file, in place of the text. Only for channels that say `takesAttachments`. */
  attachment?: OutgoingAttachment;
  /** The files that go with the text. Only for channels that say `filesWithText`. */
  attachments?: readonly OutgoingAttachment[];
  /** Only for channels with subjects. In a thread it is the subject of the first message after `Re: `. */
  subject?: string;
  /** What stands in `text`, as HTML. Only for channels that take it. */
  html?: string;
  /** Without it, the message begins a conversation. Only for channels with subjects. */
  thread?: Thread;
  /** Where the recipient ends what they get: a page for people that takes one-click requests (RFC 8058). */
  unsubscribeUrl?: string;
  /**
   * How long, in milliseconds from the call of `send` on, the provider may still begin to take the message:
   * after that its window, or the hour that it counts in, is over. A call that says other things before the
   * message itself gives up by then, as `not-started`.
   */
  startWithinMs?: number;
}
