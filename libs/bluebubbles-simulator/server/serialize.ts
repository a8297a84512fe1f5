import type { Handle } from '../mac/chat-db';
import { type Attachment, type Chat, type Row, shownText } from '../mac/rows';

// How the server tells rows, chats and handles. Events leave out what it thinks inessential.

/** A message as it stands in answers and events. */
export interface BridgeMessage {
  originalROWID: number;
  guid: string;
  tempGuid?: string;
  text: string | null;
  handle: { originalROWID: number; address: string; service: string } | null;
  chats?: { guid: string; style: number; chatIdentifier: string }[];
  attachments: { guid: string; transferName: string; mimeType: string; totalBytes: number }[];
  error: number;
  dateCreated: number;
  dateDelivered: number | null;
  dateRead: number | null;
  isDelivered: boolean;
  isFromMe: boolean;
  itemType: number;
  groupActionType: number;
  associatedMessageGuid: string | null;
  associatedMessageType: string | null;
  threadOriginatorGuid: string | null;
  [inessential: string]: unknown;
}

export interface MessageParts {
  /** `none` leaves the field out, as in `updated-message`; `empty` is what a row without its chats has. */
  chats: 'all' | 'empty' | 'none';
  attachments: boolean;
  isEvent: boolean;
}

export function messageOf(row: Row, { chats, attachments, isEvent }: MessageParts): BridgeMessage {
  return {
    originalROWID: row.rowid,
    guid: row.guid,
    text: shownText(row),
    attributedBody: null,
    handle: row.handle && handleOf(row.handle, isEvent),
    handleId: row.handle?.rowid ?? 0,
    otherHandle: row.otherHandle,
    attachments: attachments ? row.attachments.map((each) => attachmentOf(each, row, isEvent)) : [],
    subject: row.subject,
    error: row.error,
    dateCreated: row.date,
    dateRead: row.dateRead,
    dateDelivered: row.dateDelivered,
    isDelivered: row.isDelivered,
    isFromMe: row.isFromMe,
    hasDdResults: false,
    isArchived: false,
    itemType: row.itemType,
    groupTitle: row.groupTitle,
    groupActionType: row.groupActionType,
    balloonBundleId: null,
    associatedMessageGuid: row.associatedMessageGuid,
    associatedMessageType: row.associatedMessageType,
    expressiveSendStyleId: null,
    threadOriginatorGuid: row.threadOriginatorGuid,
    hasPayloadData: false,
    ...(isEvent ? {} : INESSENTIAL),
    ...(chats === 'none' ? {} : { chats: chats === 'all' ? [chatOf(row.chat, { isEvent })] : [] }),
    messageSummaryInfo: null,
    payloadData: null,
    dateEdited: null,
    dateRetracted: null,
    partCount: 1,
  };
}

const INESSENTIAL = {
  country: null,
  isDelayed: false,
  isAutoReply: false,
  isSystemMessage: false,
  isServiceMessage: false,
  isForward: false,
  threadOriginatorPart: null,
  isCorrupt: false,
  datePlayed: null,
  cacheRoomnames: null,
  isSpam: false,
  isExpired: false,
  timeExpressiveSendPlayed: null,
  isAudioMessage: false,
  replyToGuid: null,
  shareStatus: 0,
  shareDirection: 0,
  wasDeliveredQuietly: false,
  didNotifyRecipient: false,
};

interface ChatParts {
  isEvent?: boolean;
  participants?: readonly Handle[];
}

export const chatOf = (chat: Chat, { isEvent = false, participants }: ChatParts = {}) => ({
  originalROWID: chat.rowid,
  guid: chat.guid,
  style: chat.style,
  chatIdentifier: chat.identifier,
  isArchived: false,
  displayName: chat.displayName,
  ...(participants ? { participants: participants.map((each) => handleOf(each, isEvent)) } : {}),
  ...(isEvent ? {} : { isFiltered: false, groupId: null, properties: [], lastAddressedHandle: null }),
});

export const handleOf = ({ rowid, address, service }: Handle, isEvent = false) => ({
  originalROWID: rowid,
  address,
  service,
  ...(isEvent ? {} : { uncanonicalizedId: null, country: null }),
});

const attachmentOf = ({ guid, name, mimeType, bytes }: Attachment, row: Row, isEvent: boolean) => ({
  originalROWID: row.rowid,
  guid,
  uti: null,
  mimeType,
  transferName: name,
  totalBytes: bytes,
  ...(isEvent ? {} : { transferState: 5, isOutgoing: row.isFromMe, hideAttachment: false, isSticker: false, originalGuid: guid }),
});
