import { entity } from './entities';
import { type Turns } from './turns';

/** Elements that begin and end on lines of their own. */
const BLOCKS = new Set([
  'address',
  'article',
  'blockquote',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'li',
  'main',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
]);
/** Empty lines stand around these. */
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol']);
/** Nothing in them is to be read. */
const UNREAD = new Set(['head', 'style', 'script', 'title', 'noscript', 'template', 'svg', 'object']);
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

/** From such an element on everything is the mail that is answered: Outlook in its versions. */
const BEGINS_ANSWERED =
  /\b(?:divrplyfwdmsg|appendonsend|mail-editor-reference-message-container|olk_src_body_section|outlookmessageheader|replyforwardmessage|isforwardcontent)\b/;
/**
 * Such an element holds the mail that is answered: Yahoo, Proton, Zimbra, Outlook for phones, GMX, Tuta and
 * others.
 */
const HOLDS_ANSWERED =
  /\b(?:\w*yahoo_quoted\w*|protonmail_quote|tutanota_quote|zmail_extra|ms-outlook-mobile-reference-message|wpquote|mail_quote|quoted_text|__quoted_text__|qt|cite|quoted-text)\b/;
/** Such an element holds what a program signs with. */
const HOLDS_SIGNATURE =
  /\b(?:gmail_signature|moz-signature|applemailsignature|ms-outlook-mobile-signature|protonmail_signature_block|signature_editor|yahoo_signature|mail_signature|zmail_signature)\b/;

const MAX_TAG = 4_000;
const MAX_OUTPUT = 200_000;
const UNITS_PER_TAG = 3;

/**
 * The text of a mail in HTML as a reader sees it, one line a block, without scripts and styles. What is
 * answered is left out; where it was quoted stands a line `>`, so that what announces it can be found.
 */
export async function textOfHtml(html: string, turns: Turns): Promise<string> {
  const reading = new HtmlReading();
  let at = 0;
  while (at < html.length && !reading.isOver) {
    if (turns.spend(UNITS_PER_TAG)) await turns.pass();
    const tag = html.indexOf('<', at);
    reading.text(html.slice(at, tag < 0 ? html.length : tag));
    if (tag < 0) break;
    at = reading.tag(html, tag);
  }
  return reading.result();
}

class HtmlReading {
  isOver = false;
  private readonly lines: string[] = [];
  /** The line that is being written, piece by piece, and whether a blank would be one too many. */
  private pieces: string[] = [];
  private isSpaced = true;
  private length = 0;
  /** The name of the element whose content is left out, and how many of that name are open in it. */
  private skipped: { name: string; depth: number } | null = null;
  private preformatted = 0;

  text(piece: string): void {
    if (piece === '' || this.skipped) return;
    const decoded = piece.includes('&') ? piece.replace(/&(#?\w{1,31});?/g, entity) : piece;
    if (this.preformatted > 0) {
      for (const [index, line] of decoded.split('\n').entries()) {
        if (index > 0) this.endLine(true);
        if (line !== '') this.write(line);
      }
    } else {
      const words = decoded.replace(/[ \t\r\n\f]+/g, ' ');
      this.write(this.isSpaced && words.startsWith(' ') ? words.slice(1) : words);
    }
    this.length += piece.length;
    if (this.length > MAX_OUTPUT) this.isOver = true;
  }

  /** Reads the tag at `<` and says where what follows it begins. */
  tag(html: string, at: number): number {
    if (html.startsWith('<!--', at)) return behind(html, '-->', at + 4);
    if (html.startsWith('<!', at) || html.startsWith('<?', at)) return behind(html, '>', at + 2);
    const found = /^<(\/?)([a-z][\w:-]{0,40})/i.exec(html.slice(at, at + 44));
    if (!found) {
      this.text('<');
      return at + 1;
    }
    const name = found[2]!.toLowerCase();
    const end = endOfTag(html, at + found[0].length);
    if (found[1] === '/') this.close(name);
    else this.open(name, html.slice(at + found[0].length, Math.min(end, at + MAX_TAG)).toLowerCase());
    if ((name === 'style' || name === 'script') && found[1] === '') {
      const close = html.indexOf('</', end);
      return close < 0 ? html.length : close;
    }
    return end;
  }

  result(): string {
    this.endLine();
    return this.lines.join('\n');
  }

  private open(name: string, attributes: string): void {
    if (this.skipped) {
      if (name === this.skipped.name) this.skipped.depth += 1;
      return;
    }
    if (VOID.has(name)) {
      if (name === 'br') this.endLine(true);
      else if (name === 'hr') this.endLine();
      if (name !== 'hr' || !BEGINS_ANSWERED.test(attributes)) return;
    }
    const marks = marksOf(attributes);
    if (marks !== '' && BEGINS_ANSWERED.test(marks)) {
      this.endLine();
      this.isOver = true;
      return;
    }
    if (UNREAD.has(name)) this.skipped = { name, depth: 1 };
    else if (this.isQuotation(name, attributes, marks)) {
      this.endLine();
      this.write('>');
      this.endLine();
      this.skipped = { name, depth: 1 };
    } else if (marks !== '' && HOLDS_SIGNATURE.test(marks)) this.skipped = { name, depth: 1 };
    else {
      if (BLOCKS.has(name)) this.endLine();
      if (PARAGRAPHS.has(name) && !attributes.includes('msonormal')) this.emptyLine();
      if (name === 'pre') this.preformatted += 1;
      if (name === 'td' || name === 'th') this.text(' ');
    }
  }

  /** A margin without a line beside it is how people indent, and no quotation. */
  private isQuotation(name: string, attributes: string, marks: string): boolean {
    if (name === 'blockquote') return !(/border: ?none/.test(attributes) && !/\b(?:cite|gmail_quote)\b/.test(attributes));
    return marks !== '' && (HOLDS_ANSWERED.test(marks) || (name === 'div' && /(?:^| )quote(?: |$)/.test(marks)));
  }

  private close(name: string): void {
    if (this.skipped) {
      if (name !== this.skipped.name) return;
      this.skipped.depth -= 1;
      if (this.skipped.depth === 0) this.skipped = null;
      return;
    }
    if (BLOCKS.has(name)) this.endLine();
    if (PARAGRAPHS.has(name)) this.emptyLine('after');
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted - 1);
  }

  private pendingEmpty = false;

  private write(words: string): void {
    if (words === '') return;
    this.pieces.push(words);
    this.isSpaced = words.endsWith(' ');
  }

  private emptyLine(where: 'before' | 'after' = 'before'): void {
    if (where === 'after') this.pendingEmpty = true;
    else if (this.lines.length > 0 && this.lines.at(-1) !== '') this.pendingEmpty = true;
  }

  private endLine(isBreak = false): void {
    const line = this.pieces.join('').trimEnd();
    this.pieces = [];
    this.isSpaced = true;
    if (line === '' && !isBreak) return;
    if (this.pendingEmpty && line !== '' && this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
    this.pendingEmpty = false;
    this.lines.push(line);
  }
}

/** What an element is called, in whichever attribute. */
function marksOf(attributes: string): string {
  if (!/class|id|name|data-marker/.test(attributes)) return '';
  const found = attributes.matchAll(
    /(?:^|\s)(?:class|id|name|data-marker)\s{0,3}=\s{0,3}(?:"([^"]{1,300})"|'([^']{1,300})'|([^\s"'>]{1,300}))/g,
  );
  return [...found].map(([, double, single, bare]) => double ?? single ?? bare).join(' ');
}

function behind(html: string, sign: string, from: number): number {
  const at = html.indexOf(sign, from);
  return at < 0 ? html.length : at + sign.length;
}

/** A `>` in a quoted value ends no tag. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  const limit = Math.min(html.length, from + MAX_TAG);
  for (let at = from; at < limit; at += 1) {
    const sign = html[at]!;
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at + 1;
  }
  // A quote that is never closed: the first > it is.
  return behind(html, '>', from);
}
