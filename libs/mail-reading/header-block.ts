import { WANTED } from './field-names';
import { type Turns } from './turns';

/** Of one field; the rest of a longer one is cut off. */
const MAX_VALUE = 8_000;
/** Of the same name. */
const MAX_REPEATED = 20;
/** A line longer than this has no name at its beginning that is worth looking for. */
const MAX_NAME = 60;

/** What stands behind so many bytes of a block is not looked at. */
const MAX_BLOCK = 8 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;
const DASH = 0x2d;

/**
 * Header fields by name. Values are bytes as Latin-1 letters, on one line, in the order in which they stood.
 */
export class HeaderBlock {
  private readonly fields = new Map<string, string[]>();
  /** How many lines with a name there were, wanted or not. */
  fieldCount = 0;

  first(name: string): string | null {
    return this.fields.get(name)?.[0] ?? null;
  }

  all(name: string): readonly string[] {
    return this.fields.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  add(name: string, value: string): void {
    const values = this.fields.get(name);
    if (!values) this.fields.set(name, [value]);
    else if (values.length < MAX_REPEATED) values.push(value);
  }
}

interface Reading {
  bytes: Buffer;
  at: number;
  turns: Turns;
  /** A delimiter of a multipart ends a block that no empty line has ended. */
  isDelimiter?: (at: number) => boolean;
}

/** Reads a header block and says where the body behind it begins. */
export async function readHeaderBlock({ bytes, at, turns, isDelimiter }: Reading): Promise<{ block: HeaderBlock; end: number }> {
  const block = new HeaderBlock();
  let name: string | null = null;
  let value = '';
  const close = () => {
    if (name !== null) block.add(name, unfolded(value));
    name = null;
  };
  let from = at;
  const limit = Math.min(bytes.length, at + MAX_BLOCK);
  while (from < limit) {
    if (turns.spend(1)) await turns.pass();
    const lineBreak = bytes.indexOf(LF, from);
    const next = lineBreak < 0 ? bytes.length : lineBreak + 1;
    if (isDelimiter && bytes[from] === DASH && isDelimiter(from)) break;
    let to = lineBreak < 0 ? bytes.length : lineBreak;
    if (to > from && bytes[to - 1] === CR) to -= 1;
    if (to === from) {
      close();
      return { block, end: next };
    }
    if (bytes[from] === SPACE || bytes[from] === TAB) {
      if (value.length < MAX_VALUE) value += latin1(bytes, from, Math.min(to, from + MAX_VALUE));
    } else {
      close();
      const found = nameAt(bytes, from, to);
      if (found !== null) block.fieldCount += 1;
      if (found !== null && WANTED.has(found)) {
        name = found;
        const valueFrom = bytes.indexOf(COLON, from) + 1;
        value = latin1(bytes, valueFrom, Math.min(to, valueFrom + MAX_VALUE));
      }
    }
    from = next;
  }
  close();
  return { block, end: Math.min(from, bytes.length) };
}

const unfolded = (value: string): string => value.replace(/\r/g, '').trim();

export const latin1 = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

function nameAt(bytes: Buffer, from: number, to: number): string | null {
  const head = latin1(bytes, from, Math.min(to, from + MAX_NAME));
  const name = /^([!-9;-~]+)[ \t]*:/.exec(head)?.[1];
  return name === undefined ? null : name.toLowerCase();
}
