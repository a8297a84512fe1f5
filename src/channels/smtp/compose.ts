import { createPrivateKey } from 'node:crypto';
import { domainToASCII } from 'node:url';
import nodemailer from 'nodemailer';
import type { Outgoing, OutgoingAttachment } from '../domain/outgoing';
import { type DkimKey, type MailAccount, pemOf } from './account';
import { bounceAddressOf, messageIdOf, referenceOf, unsubscribeSubjectOf } from './message-ids';
import type { Envelope } from './smtp-session';

/** A subject that is made of the text. */
const MAX_MADE_SUBJECT = 78;
/** What separates or quotes addresses is none. Letters beyond ASCII are left to the server. */
const BARE = /^([^\s<>()[\]\\,;:"@\p{C}]{1,64})@([^\s<>()[\]\\,;:"@\p{C}]{1,253})$/u;
/** What would end a header, or is not to be seen in one. */
const CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;

/** A mail as it goes over the wire. */
export interface ComposedMail {
  envelope: Envelope;
  /** Without angle brackets. */
  messageId: string;
  raw: Buffer;
}

/** Exactly one bare address, with its domain in ASCII. @returns `null` for anything else */
export function bareRecipient(given: string): string | null {
  const [, local, domain] = BARE.exec(given) ?? [];
  const ascii = domain === undefined ? '' : domainToASCII(domain);
  return local === undefined || ascii === '' || !ascii.includes('.') ? null : `${local}@${ascii}`;
}

/**
 * Writes the mail of one attempt. @throws Error where the key of DKIM cannot be used
 * @param to as `bareRecipient` gives it
 */
export async function compose(
  account: MailAccount,
  sender: { email: string; name: string | null },
  to: string,
  message: Outgoing,
): Promise<ComposedMail> {
  const { providerId, text, html, thread, unsubscribeUrl } = message;
  const from = bareRecipient(sender.email) ?? sender.email;
  const messageId = messageIdOf(providerId, from);
  const older = thread ? [...new Set([thread.rootId, thread.lastId])] : [];
  const references = [referenceOf(providerId, from), ...older].map(bracketed);
  const writer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message: raw } = await writer.sendMail({
    from: { name: inHeader(sender.name ?? ''), address: from },
    // An object: a string would be read as a list.
    to: { name: '', address: to },
    subject: subjectOf(message),
    text,
    ...(html !== undefined && { html }),
    messageId: bracketed(messageId),
    ...(thread && { inReplyTo: bracketed(thread.lastId) }),
    references,
    attachments: filesOf(message).map(({ name, type, bytes }) => ({
      filename: inHeader(name) || 'file',
      contentType: inHeader(type),
      content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    })),
    ...(unsubscribeUrl !== undefined && unsubscribeHeaders(unsubscribeUrl, account.imap ? { from, providerId } : null)),
    ...(account.dkim && {
      dkim: {
        domainName: account.dkim.domain,
        keySelector: account.dkim.selector,
        privateKey: keyOf(account.dkim),
      },
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const envelope = { from: account.verp ? bounceAddressOf(providerId, from) : from, to };
  return { envelope, messageId, raw: raw as Buffer };
}

/**
 * Both ways of RFC 8058 and RFC 2369: the nested list makes one header of them.
 * @param byMail where a mail asks for the same; `null`: nobody would read it
 */
function unsubscribeHeaders(url: string, byMail: { from: string; providerId: string } | null) {
  const subject = byMail && encodeURIComponent(unsubscribeSubjectOf(byMail.providerId));
  const ways = [url, ...(byMail ? [`mailto:${byMail.from}?subject=${subject}`] : [])];
  return { list: { unsubscribe: [ways] }, headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } };
}

function subjectOf({ subject, text, thread }: Outgoing): string {
  const own = inHeader(subject ?? '') || madeOf(text);
  return thread && !/^re:/i.test(own) ? `Re: ${own}` : own;
}

/** The first line of a text, where there is no subject. */
function madeOf(text: string): string {
  const line = inHeader(text.split('\n').find((one) => one.trim() !== '') ?? '');
  const characters = [...line];
  return characters.length <= MAX_MADE_SUBJECT ? line : `${characters.slice(0, MAX_MADE_SUBJECT - 1).join('')}…`;
}

/** A key that cannot be used would leave the mail unsigned, without a word. @throws Error */
function keyOf({ privateKey }: DkimKey): string {
  const pem = pemOf(privateKey);
  createPrivateKey(pem);
  return pem;
}

const filesOf = ({ attachment, attachments = [] }: Outgoing): OutgoingAttachment[] =>
  attachment ? [attachment, ...attachments] : [...attachments];

const inHeader = (text: string): string => text.replace(CONTROLS, ' ').trim();
const bracketed = (id: string): string => `<${inHeader(id).replace(/[<>\s]/g, '')}>`;
