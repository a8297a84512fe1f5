/** The style of a group; a direct chat has 45. */
export const GROUP_STYLE = 43;
export const DIRECT_STYLE = 45;

/** What iMessage puts into a text in place of each file. */
export const FILE_SIGN = '\uFFFC';

/** A conversation in the Mac's database. */
export interface Chat {
  rowid: number;
  guid: string;
  style: number;
  /** The address of a direct chat, `chat…` of a group. */
  identifier: string;
  service: string;
  participants: string[];
  displayName: string;
  /** In the order of their dates. */
  rows: Row[];
}

export interface Attachment {
  guid: string;
  name: string;
  mimeType: string;
  bytes: number;
}

/** What a row may carry beside its text. */
export interface RowExtras {
  subject: string | null;
  /** 0 a message; 1–3 a change of a group; 4 a location, 5 a kept audio message, 6 FaceTime. */
  itemType: number;
  groupActionType: number;
  groupTitle: string | null;
  /** The ROWID of the handle that a change of a group is about. */
  otherHandle: number;
  /** The message that a reaction belongs to, with the prefix `p:0/`. */
  associatedMessageGuid: string | null;
  /** `like`, `-like`, …; `2006` for an emoji. */
  associatedMessageType: string | null;
  /** The message that this one answers in its thread. */
  threadOriginatorGuid: string | null;
}

export const PLAIN_ROW: Readonly<RowExtras> = {
  subject: null,
  itemType: 0,
  groupActionType: 0,
  groupTitle: null,
  otherHandle: 0,
  associatedMessageGuid: null,
  associatedMessageType: null,
  threadOriginatorGuid: null,
};

/** A message in the Mac's database. Times are ms since 1970 by the Mac's clock. */
export interface Row extends RowExtras {
  rowid: number;
  guid: string;
  /** As it was written: not trimmed, with the sign for each file. */
  text: string | null;
  chat: Chat;
  /** The other side of a direct chat, whoever wrote; who wrote in a group, null for ourselves. */
  handle: { rowid: number; address: string; service: string } | null;
  isFromMe: boolean;
  attachments: Attachment[];
  /** 0, or why it was not sent. */
  error: number;
  isSent: boolean;
  date: number;
  dateDelivered: number | null;
  dateRead: number | null;
  isDelivered: boolean;
}

/** What may change of a row. */
export type RowChange = Partial<Pick<Row, 'error' | 'isSent' | 'dateDelivered' | 'dateRead' | 'isDelivered'>>;

/** The text as the server tells it: without the sign for files, trimmed. */
export const shownText = ({ text }: Pick<Row, 'text'>): string | null =>
  text === null ? null : text.replaceAll(FILE_SIGN, '').trim();
