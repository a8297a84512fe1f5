import { fileNameOf, sizeOf, textOf } from './decode';
import { textOfHtml } from './html-text';
import { type MailPart } from './parts';
import { ownWords } from './reply-text';
import { type Turns } from './turns';

/** A file, picture or other thing that came with a mail. */
export interface MailMedia {
  /** Null where the mail names none. */
  name: string | null;
  /** In lower case, as the mail says. */
  type: string;
  /** In bytes, without the encoding. */
  size: number;
  /** It belongs into the text, as pictures of signatures do. */
  isInline: boolean;
}

/** A text as it was written, in one or both of its forms. */
export interface Body {
  plain: MailPart | null;
  html: MailPart | null;
}

/** Text parts of a mail that are read; a mail of more is no letter. */
const MAX_BODIES = 8;
const MAX_MEDIA = 100;
/** People write above or below what they quote, hence the end. */
const OF_TEXT = { head: 96 * 1024, tail: 32 * 1024 };
/** An end without its beginning could be anything. */
const OF_HTML = { head: 256 * 1024, tail: 0 };
const IS_HTML = /^\s*<(?:!doctype html|html|head|body|div|p)\b/i;
const TEXTS = /^text\/(?:plain|html|x-amp-html)$/;
const SEALS = /^application\/(?:(?:x-)?pkcs7-signature|pgp-signature|pgp-encrypted)$/;

/** The texts of a mail, in their order. Mails within it are not its text. */
export function bodiesOf(part: MailPart): Body[] {
  if (part.parts.length === 0) return bodyOf(part);
  const kind = part.type.slice('multipart/'.length);
  if (kind === 'alternative') {
    const inner = part.parts.flatMap(bodiesOf);
    const plain = inner.find((body) => body.plain)?.plain ?? null;
    const html = inner.find((body) => body.html)?.html ?? null;
    return plain || html ? [{ plain, html }] : [];
  }
  if (kind === 'related' || kind === 'signed' || kind === 'report') return bodiesOf(part.parts[0]!);
  return part.parts.flatMap(bodiesOf).slice(0, MAX_BODIES);
}

function bodyOf(part: MailPart): Body[] {
  if (isFile(part)) return [];
  if (part.type === 'text/plain') return [{ plain: part, html: null }];
  return part.type === 'text/html' ? [{ plain: null, html: part }] : [];
}

const isFile = ({ disposition, params }: MailPart): boolean => disposition === 'attachment' || params.has('name');

/** A body as a text, whole. */
export async function plainTextOf(bytes: Buffer, { plain, html }: Body, turns: Turns): Promise<string> {
  if (plain) {
    const { text } = await textOf(bytes, plain, OF_TEXT);
    await turns.pass();
    if (text.trim() !== '' || !html) return IS_HTML.test(text.slice(0, 500)) ? textOfHtml(text, turns) : text;
  }
  if (!html) return '';
  const { text } = await textOf(bytes, html, OF_HTML);
  await turns.pass();
  return textOfHtml(text, turns);
}

/** What a person wrote themselves. */
export async function ownTextOf(bytes: Buffer, bodies: readonly Body[], turns: Turns): Promise<string> {
  const texts: string[] = [];
  for (const body of bodies) {
    const own = await ownWords(await plainTextOf(bytes, body, turns), turns);
    await turns.pass();
    // Where a program put all of a text into the quotation, its other form may show more.
    const text =
      own === '' && body.plain && body.html
        ? await ownWords(await plainTextOf(bytes, { plain: null, html: body.html }, turns), turns)
        : own;
    if (text !== '') texts.push(text);
  }
  return texts.join('\n\n');
}

/** What came with a mail beside its text. */
export async function mediaOf(bytes: Buffer, root: MailPart, turns: Turns): Promise<MailMedia[]> {
  const media: MailMedia[] = [];
  for (const part of filesOf(root)) {
    const size = await sizeOf(bytes, part, turns);
    media.push({ name: await fileNameOf(part), type: part.type, size, isInline: part.disposition === 'inline' });
  }
  return media;
}

/** The parts that are `media`, in the same order. */
export const filesOf = (root: MailPart): MailPart[] =>
  leavesOf(root)
    .filter((part) => !(TEXTS.test(part.type) && !isFile(part)) && !SEALS.test(part.type))
    .slice(0, MAX_MEDIA);

export function leavesOf(part: MailPart): MailPart[] {
  return part.parts.length === 0 ? [part] : part.parts.flatMap(leavesOf);
}
