import { type HeaderBlock, latin1, readHeaderBlock } from './header-block';
import { structuredValue } from './structured-value';
import { type Turns } from './turns';

/** A mail or a part of one: where its body stands in the bytes, and what it says of itself. */
export interface MailPart {
  headers: HeaderBlock;
  /** In lower case; `text/plain` where nothing is said. */
  type: string;
  params: ReadonlyMap<string, string>;
  disposition: string;
  encoding: string;
  from: number;
  to: number;
  /** Of a multipart. What a forwarded mail holds is not looked at. */
  parts: MailPart[];
}

/** A part in deeper nesting is not opened. */
const MAX_DEPTH = 12;
/** Of a mail; what comes behind belongs to the last one. */
const MAX_PARTS = 300;
/** The first line with dashes is looked for so far behind a header that names no boundary. */
const MAX_PREAMBLE = 4_000;
const MAX_BOUNDARY = 250;

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const DELIMITER = Buffer.from('\n--');

interface OpenMultipart {
  part: MailPart;
  boundary: Buffer;
}

/** Finds the parts of a mail in one pass over its bytes. Forwarded mails stay closed. */
export async function partsOf(bytes: Buffer, turns: Turns): Promise<MailPart> {
  const splitter = new Splitter(bytes, turns);
  return splitter.split();
}

class Splitter {
  /** The multiparts that are open, the outermost first. */
  private open: OpenMultipart[] = [];
  private count = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly turns: Turns,
  ) {}

  async split(): Promise<MailPart> {
    const root = await this.partAt(this.startOfMail(), 'text/plain');
    if (!root.type.startsWith('multipart/')) return root;
    const declared = boundaryOf(root);
    if (declared) await this.fill(root, declared);
    if (root.parts.length === 0) {
      const guessed = this.guessBoundary(root.from);
      if (guessed) await this.fill(root, guessed);
    }
    // Whoever reads it then reads it as a text.
    return root.parts.length > 0 ? root : { ...root, type: 'text/plain' };
  }

  /** Mailboxes put a line before a mail, and some senders empty ones. */
  private startOfMail(): number {
    let at = this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf ? 3 : 0;
    while (at < MAX_PREAMBLE && (this.bytes[at] === LF || this.bytes[at] === CR)) at += 1;
    if (latin1(this.bytes, at, at + 5) !== 'From ') return at;
    const lineBreak = this.bytes.indexOf(LF, at);
    return lineBreak < 0 ? at : lineBreak + 1;
  }

  private async partAt(at: number, plainType: string): Promise<MailPart> {
    this.count += 1;
    const { block, end } = await readHeaderBlock({
      bytes: this.bytes,
      at,
      turns: this.turns,
      isDelimiter: this.open.length === 0 ? undefined : (line) => this.delimiterAt(line) !== null,
    });
    const content = structuredValue(block.first('content-type'));
    return {
      headers: block,
      type: /^[\w.+-]+\/[\w.+-]+$/.test(content.value) ? content.value : plainType,
      params: content.params,
      disposition: structuredValue(block.first('content-disposition')).value,
      encoding: structuredValue(block.first('content-transfer-encoding')).value,
      from: end,
      to: this.bytes.length,
      parts: [],
    };
  }

  /** Follows the delimiters from the beginning of a multipart's body to the end of the mail. */
  private async fill(root: MailPart, boundary: Buffer): Promise<void> {
    this.open = [{ part: root, boundary }];
    let leaf: MailPart | null = null;
    let line = this.nextDashes(root.from);
    while (line >= 0 && this.open.length > 0) {
      if (this.turns.spend(this.open.length)) await this.turns.pass();
      const found = this.delimiterAt(line);
      if (found === null) {
        line = this.nextDashes(line + 2);
        continue;
      }
      const end = this.beforeLineBreak(line);
      if (leaf) leaf.to = Math.max(leaf.from, end);
      leaf = null;
      this.closeDownTo(found.level, end);
      if (found.isLast) {
        this.open.pop();
        line = this.nextDashes(line + 2);
        continue;
      }
      if (this.count >= MAX_PARTS) return;
      const parent = this.open.at(-1)!.part;
      const part = await this.partAt(this.lineAfter(line), parent.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain');
      parent.parts.push(part);
      const inner = part.type.startsWith('multipart/') && this.open.length < MAX_DEPTH ? this.boundaryIn(part) : null;
      if (inner) this.open.push({ part, boundary: inner });
      else leaf = part;
      line = this.nextDashes(part.from);
    }
  }

  private boundaryIn(part: MailPart): Buffer | null {
    return boundaryOf(part) ?? this.guessBoundary(part.from);
  }

  private closeDownTo(level: number, end: number): void {
    for (const { part } of this.open.splice(level + 1)) part.to = Math.max(part.from, end);
  }

  /** The next line at or behind a place that begins with two dashes. */
  private nextDashes(at: number): number {
    if (this.bytes[at] === DASH && this.bytes[at + 1] === DASH && (at === 0 || this.bytes[at - 1] === LF)) return at;
    const found = this.bytes.indexOf(DELIMITER, Math.max(at - 1, 0));
    return found < 0 ? -1 : found + 1;
  }

  /** Which of the open multiparts a line with dashes belongs to, the innermost first. */
  private delimiterAt(line: number): { level: number; isLast: boolean } | null {
    for (let level = this.open.length - 1; level >= 0; level -= 1) {
      const { boundary } = this.open[level]!;
      const behind = line + 2 + boundary.length;
      if (this.bytes.compare(boundary, 0, boundary.length, line + 2, Math.min(behind, this.bytes.length)) !== 0) continue;
      const isLast = this.bytes[behind] === DASH && this.bytes[behind + 1] === DASH;
      if (this.isBlankTo(isLast ? behind + 2 : behind)) return { level, isLast };
    }
    return null;
  }

  private isBlankTo(at: number): boolean {
    for (let place = at; place < at + MAX_BOUNDARY; place += 1) {
      const sign = this.bytes[place];
      if (sign === undefined || sign === LF) return true;
      if (sign !== 0x20 && sign !== 0x09 && sign !== CR) return false;
    }
    return false;
  }

  private lineAfter(line: number): number {
    const lineBreak = this.bytes.indexOf(LF, line);
    return lineBreak < 0 ? this.bytes.length : lineBreak + 1;
  }

  /** A line break before a delimiter belongs to it. */
  private beforeLineBreak(line: number): number {
    return this.bytes[line - 2] === CR ? line - 2 : line - 1;
  }

  private guessBoundary(from: number): Buffer | null {
    const line = this.nextDashes(from);
    if (line < 0 || line > from + MAX_PREAMBLE) return null;
    const text = latin1(this.bytes, line + 2, Math.min(this.lineAfter(line), line + 2 + MAX_BOUNDARY)).trimEnd();
    return /^[\x21-\x7e]{4,}$/.test(text) && !/^-+$/.test(text) ? Buffer.from(text, 'latin1') : null;
  }
}

function boundaryOf(part: MailPart): Buffer | null {
  const boundary = part.params.get('boundary')?.trimEnd() ?? '';
  return boundary === '' || boundary.length > MAX_BOUNDARY ? null : Buffer.from(boundary, 'latin1');
}
