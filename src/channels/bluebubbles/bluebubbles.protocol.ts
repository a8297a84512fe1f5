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
  text: string;
  /** The names of the files that it carries. */
  attachments: string[];
  address: string | null;
  /** Not 0: it was not sent. 22: the recipient is not on iMessage. */
  error: number;
  dateCreated: Date | null;
  dateDelivered: Date | null;
  dateRead: Date | null;
  isFromMe: boolean;
  isReaction: boolean;
}

export const NOT_ON_IMESSAGE = 22;

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const instant = (value: unknown): Date | null =>
  typeof value === 'number' && value > 0 && value < 8.64e15 ? new Date(value) : null;

export const envelopeOf = (json: unknown): Envelope | null => record(json);

/** A message object, or `null` when it is none. */
export function messageOf(value: unknown): BridgeMessage | null {
  const message = record(value);
  const guid = text(message?.guid);
  if (!message || !guid) return null;
  const chats = Array.isArray(message.chats) ? message.chats : [];
  const chatGuid = text(record(chats[0])?.guid);
  const attachments = Array.isArray(message.attachments) ? message.attachments : [];
  return {
    guid,
    tempGuid: text(message.tempGuid),
    // iMessage puts a character into the text in place of each file.
    text: typeof message.text === 'string' ? message.text.replaceAll('\uFFFC', '') : '',
    attachments: attachments.map((each) => text(record(each)?.transferName) ?? ''),
    address: text(record(message.handle)?.address) ?? chatGuid?.split(';').at(-1) ?? null,
    error: typeof message.error === 'number' ? message.error : 0,
    dateCreated: instant(message.dateCreated),
    dateDelivered: instant(message.dateDelivered),
    dateRead: instant(message.dateRead),
    isFromMe: message.isFromMe === true,
    isReaction: text(message.associatedMessageGuid) !== null,
  };
}

/** The bridge's own message about what went wrong, short enough to keep. */
export function errorTextOf(envelope: Envelope | null, status: number): string {
  const message = text(record(envelope?.error)?.message) ?? text(envelope?.message);
  return message ? message.slice(0, 300) : `the bridge answered ${status}`;
}
