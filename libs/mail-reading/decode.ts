import { type MailParserOptions, simpleParser } from 'mailparser';
import { type MailPart } from './parts';
import { type Turns } from './turns';

/** Nothing is turned into something else: we want what was written. */
const AS_WRITTEN: MailParserOptions & { keepCidLinks: boolean; checksumAlgo: string } = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepCidLinks: true,
  checksumAlgo: 'md5',
};
const UNREADABLE = '\ufffd';
/** What senders say who do not know, or who say nothing. */
const UNSURE_CHARSETS = new Set(['', 'us-ascii', 'ascii', 'utf-8', 'utf8', 'unknown-8bit', 'x-unknown']);
/** Latin letters of the West as they are most often sent under a wrong name. */
const LIKELY_CHARSET = 'windows-1252';
const JAPANESE_SHIFT = Buffer.from('\u001b$');
const CARRIED_ENCODINGS = new Set(['quoted-printable', 'base64']);
/** Lines of a body may be as long as a mail; a cut is made at a line's end where one is near. */
const NEAR = 1_000;
const LF = 0x0a;

/** How much of a body is read: the beginning, and the end of a longer one. */
export interface Share {
  head: number;
  tail: number;
}

export interface Texts {
  text: string;
  /** The mail was longer: something in the middle, or the end, is missing. */
  isCut: boolean;
}

/** The text of a part, whatever its type, decoded as its fields say, or as is likely where they are wrong. */
export async function textOf(bytes: Buffer, part: MailPart, share: Share): Promise<Texts> {
  const { body, isCut } = shareOf(bytes.subarray(part.from, part.to), share);
  const declared = (part.params.get('charset') ?? '').toLowerCase().replace(/[^a-z0-9_.:+-]/g, '');
  const isUnsure = UNSURE_CHARSETS.has(declared);
  const charset = isUnsure && body.includes(JAPANESE_SHIFT) ? 'iso-2022-jp' : isUnsure ? 'utf-8' : declared;
  const text = await decoded(body, part, charset);
  if (isUnsure && charset === 'utf-8' && text.slice(0, -1).includes(UNREADABLE) && !isCut) {
    return { text: await decoded(body, part, LIKELY_CHARSET), isCut };
  }
  return { text, isCut };
}

async function decoded(body: Buffer, { params, encoding }: MailPart, charset: string): Promise<string> {
  const isFlowed = params.get('format')?.toLowerCase() === 'flowed';
  const hasSpacesDeleted = params.get('delsp')?.toLowerCase() === 'yes';
  const header = [
    `Content-Type: text/plain; charset="${charset}"${isFlowed ? '; format=flowed' : ''}${hasSpacesDeleted ? '; delsp=yes' : ''}`,
    `Content-Transfer-Encoding: ${CARRIED_ENCODINGS.has(encoding) ? encoding : '8bit'}`,
    '',
    '',
  ].join('\r\n');
  try {
    const { text } = await simpleParser(Buffer.concat([Buffer.from(header, 'latin1'), body]), AS_WRITTEN);
    return text ?? '';
  } catch {
    return '';
  }
}

function shareOf(body: Buffer, { head, tail }: Share): { body: Buffer; isCut: boolean } {
  if (body.length <= head + tail) return { body, isCut: false };
  const headEnd = body.subarray(0, head).lastIndexOf(LF, head);
  const first = body.subarray(0, headEnd > head - NEAR ? headEnd + 1 : head);
  if (tail === 0) return { body: first, isCut: true };
  const from = body.length - tail;
  const tailStart = body.indexOf(LF, from);
  // Without a line's end there is no telling where the last letter of an encoding began.
  if (tailStart < 0 || tailStart > from + NEAR) return { body: first, isCut: true };
  return { body: Buffer.concat([first, Buffer.from('\n'), body.subarray(tailStart + 1)]), isCut: true };
}

/** Fields of a mail, decoded. */
export interface DecodedFields {
  subject: string;
  /** Addresses as they stand, not yet checked. */
  from: string[];
  replyTo: string[];
  sender: string[];
  to: string[];
}

/** What is decoded of a field, and how often. */
const MAX_FIELD = 2_000;
const MAX_REPEATED = 3;

/** Decodes the fields with words and addresses in them. */
export async function decodedFields({ headers }: Pick<MailPart, 'headers'>): Promise<DecodedFields> {
  const names = ['subject', 'from', 'reply-to', 'sender', 'to', 'delivered-to'];
  const lines = names.flatMap((name) =>
    headers
      .all(name)
      .slice(0, MAX_REPEATED)
      .map((value) => `${name}: ${value.slice(0, MAX_FIELD)}`),
  );
  try {
    const mail = await simpleParser(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), AS_WRITTEN);
    const addresses = (...of: string[]) => of.flatMap((name) => addressesIn(mail.headers.get(name)));
    return {
      subject: (mail.subject ?? '').replace(/\s+/g, ' ').trim(),
      from: addresses('from'),
      replyTo: addresses('reply-to'),
      sender: addresses('sender'),
      to: addresses('to', 'delivered-to'),
    };
  } catch {
    return { subject: '', from: [], replyTo: [], sender: [], to: [] };
  }
}

function addressesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  if (typeof value !== 'object' || value === null || !('value' in value) || !Array.isArray(value.value)) return [];
  return (value.value as { address?: string; group?: { address?: string }[] }[]).flatMap(({ address, group }) => [
    ...(address ? [address] : []),
    ...(group ?? []).flatMap((member) => (member.address ? [member.address] : [])),
  ]);
}

/** The name of a part's file, decoded; null where it has none. */
export async function fileNameOf({ headers }: MailPart): Promise<string | null> {
  const type = headers.first('content-type') ?? '';
  const disposition = headers.first('content-disposition') ?? '';
  if (!/name/i.test(type) && !/name/i.test(disposition)) return null;
  const params = (value: string) => (value.includes(';') ? value.slice(value.indexOf(';')) : '');
  const header = [
    `Content-Type: application/x-file${params(type)}`,
    `Content-Disposition: attachment${params(disposition)}`,
    '',
    '-',
  ].join('\r\n');
  try {
    const { attachments } = await simpleParser(Buffer.from(header, 'latin1'), AS_WRITTEN);
    return cleanName(attachments[0]?.filename);
  } catch {
    return null;
  }
}

const MAX_NAME = 255;

/** A name that is a name alone: no folders, nothing that cannot be seen. */
function cleanName(name: string | undefined): string | null {
  const clean = name
    ?.replace(/[\p{C}/\\]+/gu, '_')
    .trim()
    .slice(0, MAX_NAME);
  return clean ? clean : null;
}

/** What a part holds, its encoding taken off. */
export async function contentOf(bytes: Buffer, { from, to, encoding }: MailPart): Promise<Buffer> {
  const body = bytes.subarray(from, to);
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body);
  const header =
    'Content-Type: application/x-file\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
  const { attachments } = await simpleParser(Buffer.concat([Buffer.from(header, 'latin1'), body]), AS_WRITTEN);
  return attachments[0]?.content ?? Buffer.alloc(0);
}

const BASE64 = new Uint8Array(256);
for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') BASE64[letter.charCodeAt(0)] = 1;
const BYTES_PER_UNIT = 500;

/** How many bytes a part holds once its encoding is taken off. */
export async function sizeOf(bytes: Buffer, { from, to, encoding }: MailPart, turns: Turns): Promise<number> {
  if (encoding !== 'base64') return to - from;
  let letters = 0;
  for (let at = from; at < to; at += BYTES_PER_UNIT) {
    const end = Math.min(at + BYTES_PER_UNIT, to);
    for (let place = at; place < end; place += 1) letters += BASE64[bytes[place]!]!;
    if (turns.spend(1)) await turns.pass();
  }
  return Math.floor((letters * 3) / 4);
}
