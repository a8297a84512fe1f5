import { addressesInText, bareAddress, messageIdIn, messageIdsIn } from './addresses';
import { isList, isReplySubject, looksAutomatic, saysAutomatic } from './automatic';
import { bodiesOf, leavesOf, type MailMedia, mediaOf, ownTextOf } from './body-text';
import { decodedFields } from './decode';
import { type Mail } from './mail';
import { partsOf } from './parts';
import { type MailReport, reportOf } from './report';
import { Turns } from './turns';

export type MailKind = 'bounce' | 'delay' | 'delivered' | 'complaint' | 'auto_reply' | 'list' | 'reply' | 'other';

/** A mail, and what it is. */
export interface ReadMail {
  /**
   * `reply` is a mail that a person wrote, whether it answers one of ours or not; `other` are reports on no
   * mail of ours, read receipts, and what cannot be read.
   */
  kind: MailKind;
  /** No person wrote it. */
  isAutomatic: boolean;
  /** Without angle brackets, as all ids here. */
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  /** One checked bare address in its stored form, or null. */
  from: string | null;
  /** To whom it was sent and delivered, checked. */
  to: string[];
  subject: string;
  /** What its writer wrote themselves, without quotations and programs' signatures; empty for reports. */
  text: string;
  media: MailMedia[];
  /** Of the kinds that are about a mail of ours. */
  report: MailReport | null;
}

/** Of a longer mail the beginning is read. */
export const MAX_MAIL_BYTES = 25 * 1024 * 1024;

const UNREADABLE: ReadMail = {
  kind: 'other',
  isAutomatic: false,
  messageId: null,
  inReplyTo: null,
  references: [],
  from: null,
  to: [],
  subject: '',
  text: '',
  media: [],
  report: null,
};

/**
 * Reads a mail as it came over the wire (RFC 5322) and says what it is. The work is bounded and done in short
 * turns, whatever the bytes are. Never throws: what cannot be read is `other`.
 */
export async function readMail(raw: Uint8Array, turns: Turns = new Turns()): Promise<ReadMail> {
  try {
    return await read(Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, MAX_MAIL_BYTES)), turns);
  } catch {
    return { ...UNREADABLE };
  }
}

async function read(bytes: Buffer, turns: Turns): Promise<ReadMail> {
  const root = await partsOf(bytes, turns);
  const { headers } = root;
  if (headers.fieldCount === 0) return { ...UNREADABLE };
  const fields = await decodedFields(root);
  const checked = (addresses: readonly string[]) => addresses.flatMap((address) => bareAddress(address) ?? []);
  const envelope = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => headers.all(name).flatMap(addressesInText));
  const to = [...new Set([...checked(fields.to), ...envelope])];
  const from = checked([...fields.from, ...fields.replyTo, ...fields.sender])[0] ?? null;
  const messageId = messageIdIn(headers.first('message-id'));
  const inReplyTo = messageIdIn(headers.first('in-reply-to'));
  const { subject } = fields;
  const mail: Mail = {
    ...{ bytes, turns, root, headers, subject, from, to, envelope, messageId },
    isAnswer: inReplyTo !== null && isReplySubject(subject),
    isList: isList(headers),
  };
  const found = await reportOf(mail);
  const references = messageIdsIn(headers.first('references'));
  const about = { messageId, inReplyTo, references, from, to, subject };
  if (found) return { ...about, kind: found.kind, isAutomatic: true, text: '', media: [], report: found.report };
  const kind = kindOf(mail);
  const text = await ownTextOf(bytes, bodiesOf(root), turns);
  const media = await mediaOf(bytes, root, turns);
  const isNothing = kind === 'reply' && from === null && inReplyTo === null && text === '' && media.length === 0;
  return { ...about, kind: isNothing ? 'other' : kind, isAutomatic: kind !== 'reply', text, media, report: null };
}

function kindOf({ root, headers, subject, isList: isOfList }: Mail): MailKind {
  if (isCalendarReply(root)) return 'reply';
  if (saysAutomatic(headers)) return 'auto_reply';
  if (isOfList) return 'list';
  return looksAutomatic(headers, subject) ? 'auto_reply' : 'reply';
}

/** Somebody clicked on "Accept", whatever their program says of who wrote that. */
const isCalendarReply = (root: Mail['root']): boolean =>
  leavesOf(root).some(({ type, params }) => type === 'text/calendar' && params.get('method')?.toLowerCase() === 'reply');
