import type { DeliveryError } from '../domain/channel';
import type { InboundMedia } from '../domain/inbound-media';

/**
 * The parts of BlueBubbles' API that the adapter reads. Anything may be missing: a bridge is a tenant's
 * machine.
 */
export interface Envelope {
  status?: unknown;
  message?: unknown;
  data?: unknown;
  /** `{ type, message }`, as far as it is there. */
  error?: unknown;
}

export interface BridgeMessage {
  guid: string;
  tempGuid: string | null;
  /** Its number in the order in which the Mac stored it; only `message/query` tells. */
  rowId: number | null;
  text: string;
  /** The names of the files that it carries. */
  attachments: string[];
  /** The same files, as far as they can be fetched. */
  media: InboundMedia[];
  /** The other side, as the Mac writes it. */
  address: string | null;
  /** `iMessage`, `SMS`, `RCS`. */
  service: string | null;
  /** The guid of the chat; events of the kind `updated-message` do not say it. */
  chat: string | null;
  isGroup: boolean;
  /** Not 0: it was not sent. 22: the recipient is not on iMessage. */
  error: number;
  dateCreated: Date | null;
  dateDelivered: Date | null;
  dateRead: Date | null;
  isDelivered: boolean;
  isFromMe: boolean;
  /** A reaction to another message, native. */
  isReaction: boolean;
  /** Not 0: somebody joined or left a group, shared a location, called by FaceTime … */
  itemType: number;
  /** The guid of the message that it answers in a thread. */
  thread: string | null;
}

/** `error` of a message to somebody who is not on iMessage. */
const NOT_ON_IMESSAGE = 22;
/** `style` of a group's chat. */
const GROUP_STYLE = 43;

export const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const instant = (value: unknown): Date | null =>
  typeof value === 'number' && value > 0 && value < 8.64e15 ? new Date(value) : null;

/** A JSON object; BlueBubbles itself always says `status` and `message` in it. */
export const envelopeOf = (json: unknown): Envelope | null => record(json);

/** Did the bridge itself answer? Whatever has no envelope comes from a proxy or a tunnel in front of it. */
export const isFromBridge = (json: unknown): boolean => {
  const envelope = record(json);
  return envelope !== null && typeof envelope.status === 'number' && typeof envelope.message === 'string';
};

/** `iMessage;-;+12025551234` is a direct chat, `iMessage;+;chat123` a group. */
const isGroupChat = (guid: string): boolean => guid.split(';')[1] === '+';
/** Whom a direct chat is with. */
export const chatAddress = (guid: string): string | null => (isGroupChat(guid) ? null : text(guid.split(';').slice(2).join(';')));

/** A message object, or `null` when it is none. */
export function messageOf(value: unknown): BridgeMessage | null {
  const message = record(value);
  const guid = text(message?.guid);
  if (!message || !guid) return null;
  const chat = Array.isArray(message.chats) ? record(message.chats[0]) : null;
  const chatGuid = text(chat?.guid);
  const handle = record(message.handle);
  const attachments = Array.isArray(message.attachments) ? message.attachments : [];
  const isGroup = chat?.style === GROUP_STYLE || (chatGuid !== null && isGroupChat(chatGuid));
  return {
    guid,
    tempGuid: text(message.tempGuid),
    rowId: typeof message.originalROWID === 'number' ? message.originalROWID : null,
    // iMessage puts a character into the text in place of each file.
    text: typeof message.text === 'string' ? message.text.replaceAll('\uFFFC', '') : '',
    attachments: attachments.map((each) => text(record(each)?.transferName) ?? ''),
    media: attachments.flatMap(mediaOf),
    address: text(handle?.address) ?? text(chat?.chatIdentifier) ?? (chatGuid && chatAddress(chatGuid)),
    service: text(handle?.service) ?? (chatGuid && text(chatGuid.split(';')[0])),
    chat: chatGuid,
    isGroup,
    error: number(message.error),
    dateCreated: instant(message.dateCreated),
    dateDelivered: instant(message.dateDelivered),
    dateRead: instant(message.dateRead),
    isDelivered: message.isDelivered === true,
    isFromMe: message.isFromMe === true,
    isReaction: text(message.associatedMessageGuid) !== null,
    itemType: number(message.itemType),
    thread: text(message.threadOriginatorGuid),
  };
}

function mediaOf(value: unknown): InboundMedia[] {
  const { guid, transferName, mimeType, totalBytes, hideAttachment } = record(value) ?? {};
  const ref = text(guid);
  // Such as what the Mac makes of a link, to show it.
  if (!ref || hideAttachment === true) return [];
  return [{ ref, name: text(transferName), type: text(mimeType), size: number(totalBytes) || null }];
}

/** What the `error` of a message means. */
export const errorOf = (error: number): DeliveryError => ({
  notOnChannel: error === NOT_ON_IMESSAGE,
  code: error === NOT_ON_IMESSAGE ? 'NOT_ON_IMESSAGE' : `IMESSAGE_ERROR_${error}`,
});

/**
 * What the bridge says went wrong: `error.message`, else `message`. Not for people: see provider-words.ts.
 */
export const errorTextOf = (envelope: Envelope | null): string | null =>
  text(record(envelope?.error)?.message) ?? text(envelope?.message);
