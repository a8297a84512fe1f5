import type { RowExtras } from './mac/rows';

interface Entry {
  /** 1, 2, 3 … over restarts. */
  seq: number;
  /** The instant, in ms since 1970 by our clock, at which the request came in. */
  at: number;
  /** The number of the bridge, from 0, in the order in which they were given. */
  bridge: number;
}

/** The call that a send came by. */
export type Via = 'text' | 'new' | 'attachment';
export type Method = 'private-api' | 'apple-script';

/**
 * How a send was answered: `ok`; `200-with-error` (the row in the answer has an error); `error` (an error
 * envelope, its words stand in `words`); `already-queued`; `hang` (504, or nobody waited); `lost` (the answer
 * never got through the proxy).
 */
export type SendAnswer = 'ok' | '200-with-error' | 'error' | 'already-queued' | 'hang' | 'lost';

export interface SendEntry extends Entry {
  kind: 'send';
  via: Via;
  method: Method;
  /** The chat's guid, or the addresses, as the caller gave them. */
  asked: string;
  /** Whom it went to, or would have, after the server has rewritten it; a group's identifier. */
  address: string;
  /** The same as people: the one of a direct chat, all of a group. */
  recipients: string[];
  service: string;
  /** The chat of the row; null where there is no row. */
  chatGuid: string | null;
  text: string;
  tempGuid: string | null;
  guid: string | null;
  /** `sent`: it reached the recipient, whatever the answer was; `refused`: it never left. */
  outcome: 'sent' | 'refused';
  answer: SendAnswer;
  /** What `error.message` of the answer says; null where there is none. */
  words: string | null;
  /** The row's error number, 0 when it has none. */
  error: number;
  /** The error that the row of an accepted send gets later; null when it gets none. */
  lateError: number | null;
  /** When the row was written, by the Mac's clock; null where there is none. */
  date: number | null;
  attachment: { guid: string; name: string; bytes: number; mimeType: string } | null;
}

export interface AvailabilityEntry extends Entry {
  kind: 'availability';
  /** The one that was asked for iMessage: the server rewrites it. */
  address: string;
  /** As the caller gave it. */
  asked: string;
  outcome: 'available' | 'unavailable' | 'error';
}

/** Somebody answered. */
export interface ReplyEntry extends Entry {
  kind: 'reply';
  address: string;
  service: string;
  /** A group's identifier and its people; null for a direct chat. */
  group: { identifier: string; participants: string[] } | null;
  text: string | null;
  guid: string;
  /** By the Mac's clock. */
  date: number;
  attachments: { guid: string; name: string; bytes: number; mimeType: string }[];
  extras: Partial<RowExtras>;
}

/**
 * Any other row: a reaction of theirs, a change of a group, a message that was written by hand on the Mac.
 */
export interface RowEntry extends Omit<ReplyEntry, 'kind'> {
  kind: 'row';
  isFromMe: boolean;
}

/** We reacted to a message. */
export interface ReactionEntry extends Entry {
  kind: 'reaction';
  address: string;
  chatGuid: string;
  target: string;
  reaction: string;
  text: string;
  guid: string | null;
  outcome: 'sent' | 'refused';
  words: string | null;
  date: number | null;
}

/** We began or ended to type in a chat. */
export interface TypingEntry extends Entry {
  kind: 'typing';
  address: string;
  chatGuid: string;
  typing: boolean;
}

/** A message was delivered, read, or failed late. */
export interface UpdateEntry extends Entry {
  kind: 'update';
  guid: string;
  dateDelivered: number | null;
  dateRead: number | null;
  isDelivered: boolean;
  error: number;
}

/** A chat was opened without a message. */
export interface ChatEntry extends Entry {
  kind: 'chat';
  address: string;
  service: string;
  isGroup: boolean;
  participants: string[];
}

export interface WebhookEntry extends Entry {
  kind: 'webhook';
  id: number;
  /** null when it was removed. */
  url: string | null;
  events: string[];
}

export type LedgerEntry =
  SendEntry | AvailabilityEntry | ReplyEntry | RowEntry | ReactionEntry | TypingEntry | UpdateEntry | ChatEntry | WebhookEntry;

/** An entry before it has its number. */
export type EntryDraft<E = LedgerEntry> = E extends LedgerEntry ? Omit<E, 'seq'> : never;
