import { chatNameOf } from './mac/addresses';
import type { RowExtras } from './mac/rows';
import type { Fields } from './server/body';
import { badRequest } from './server/envelope';
import { neededText, optionalText } from './server/fields';

/** The bridge by its password or number. */
export interface Chosen {
  password?: string;
  bridge?: number;
}

export interface ReplyOrder extends Chosen {
  address: string;
  text: string;
  /** `iMessage`, the default, `SMS` or `RCS`. */
  service?: string;
  /** The message that is answered in its thread. */
  threadOriginatorGuid?: string;
  /** How far the row is dated from now, in ms: negative for one that was handed over late. */
  dateOffsetMs?: number;
  /**
   * How many times the event is posted: 1 by default; 0 loses it, the message being in the chat all the same.
   */
  deliveries?: number;
}

/** A row of any kind that appears in the Mac's database. */
export interface InboundRow extends Partial<RowExtras> {
  /** Who wrote it, or the other side where we did. */
  address: string;
  text?: string | null;
  service?: string;
  /** A group's identifier, `chat…`; its people are `participants`, the writer alone by default. */
  group?: string;
  participants?: string[];
  /** Written by hand on the Mac. */
  isFromMe?: boolean;
  /** A tapback on a message, as iMessage has them or as the text that other services get. */
  tapback?: { of: string; reaction: string; as?: 'native' | 'text' };
  attachments?: { name: string; mimeType?: string; bytes?: number }[];
  dateOffsetMs?: number;
  deliveries?: number;
}

export interface ReceiptOrder {
  guid: string;
  delivered?: boolean;
  read?: boolean;
  /** Delivered, and nobody knows when. */
  undated?: boolean;
  /** More than an hour after: the server has forgotten the row, and posts it as new. */
  late?: boolean;
}

export interface SendErrorOrder {
  guid: string;
  /** 22 by default. */
  error?: number;
  /**
   * The event that tells of it: none, as usual; `message-send-error` comes an hour later, `new-message` where
   * the row is touched after an hour.
   */
  event?: 'none' | 'message-send-error' | 'new-message';
}

export interface ChatOrder extends Chosen {
  /** One for a direct chat, more for a group. */
  addresses: string[];
  service?: string;
}

export interface RestartOrder extends Chosen {
  /** The services alone are started again: the server hears no inbound row any more. */
  soft?: boolean;
  /** How long the server is away, in ms. */
  downMs?: number;
  /** So many of the newest rows are posted again afterwards. */
  repeat?: number;
}

export interface EventOrder extends Chosen {
  type: string;
  /** Whatever the event carries, also null or a text. */
  data?: unknown;
}

export const chosenOf = (body: Fields): Chosen => ({
  password: optionalText(body, 'password') ?? undefined,
  bridge: wholeNumber(body, 'bridge', 0, 1_000),
});

export const replyOf = (body: Fields): ReplyOrder => ({
  ...chosenOf(body),
  address: neededText(body, 'address'),
  text: neededText(body, 'text'),
  service: optionalText(body, 'service') ?? undefined,
  threadOriginatorGuid: optionalText(body, 'threadOriginatorGuid') ?? undefined,
  dateOffsetMs: wholeNumber(body, 'dateOffsetMs', -MAX_MS, MAX_MS),
  deliveries: wholeNumber(body, 'deliveries', 0, 10),
});

const ROW_FIELDS: Record<keyof InboundRow, (value: unknown) => boolean> = {
  address: isText,
  text: (value) => value === null || isText(value),
  service: isText,
  group: isText,
  participants: isTexts,
  isFromMe: (value) => typeof value === 'boolean',
  tapback: (value) =>
    isObject(value) && isText(value.of) && isText(value.reaction) && [undefined, 'native', 'text'].includes(value.as as 'text'),
  attachments: (value) => Array.isArray(value) && value.every((each) => isObject(each) && isText(each.name)),
  dateOffsetMs: Number.isInteger,
  deliveries: Number.isInteger,
  subject: isText,
  itemType: Number.isInteger,
  groupActionType: Number.isInteger,
  groupTitle: isText,
  otherHandle: Number.isInteger,
  associatedMessageGuid: isText,
  associatedMessageType: isText,
  threadOriginatorGuid: isText,
};

/** @throws Answered with 400 on a field that is none, or of another kind */
export function inboundRowOf(value: unknown): InboundRow {
  if (!isObject(value)) throw badRequest('A row must be an object');
  if (!isText(value.address)) throw badRequest('The address field is required.');
  for (const [name, each] of Object.entries(value)) {
    const isRight = Object.hasOwn(ROW_FIELDS, name) ? ROW_FIELDS[name as keyof InboundRow] : undefined;
    if (!isRight) throw badRequest(`A row has no field "${name}"`);
    if (each !== undefined && !isRight(each)) throw badRequest(`The ${name} of a row is wrong`);
  }
  if (typeof value.group === 'string' && chatNameOf(value.group))
    throw badRequest('A group goes by its identifier, not by its guid');
  return value as unknown as InboundRow;
}

const MAX_MS = 365 * 86_400_000;

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function flag(body: Fields, name: string): boolean | undefined {
  const value = body[name];
  if (value !== undefined && typeof value !== 'boolean') throw badRequest(`${name} must be true or false`);
  return value;
}

export function wholeNumber(body: Fields, name: string, least: number, most: number): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw badRequest(`${name} must be a whole number from ${least} to ${most}`);
  }
  return value as number;
}
