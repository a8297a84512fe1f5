import { isAscii } from 'node:buffer';
import { codePageOf } from './code-pages';
import { type Encoding, isTurned, type OneByteEncoding, type ReadAs } from './encodings';
import { sequenceAt } from './utf8';

/** By what an encoding was told. */
type EncodingEvidence = 'mark' | 'zeros' | 'ascii' | 'sequences' | 'words' | 'named';

export interface FoundEncoding {
  /** What the file came as. */
  encoding: Encoding;
  readAs: ReadAs;
  evidence: EncodingEvidence;
  /** Bytes beyond ASCII that are none of UTF-8. */
  wrongBytes: number;
}

/** How much of a file is looked at for zero bytes, which tell UTF-16 without a byte order mark. */
const ZEROS_BYTES = 4_096;
/** So many words tell an encoding. */
const MAX_WORDS = 2_000;
/** A longer one is cut: it is no word. */
const MAX_WORD_BYTES = 1_024;

const isWordByte = (byte: number): boolean => byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/**
 * UTF-16 by its byte order mark, or by where its zero bytes stand; `null` for anything whose characters have
 * one byte or more.
 */
function utf16Of(start: Buffer): Pick<FoundEncoding, 'encoding' | 'evidence'> | null {
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', evidence: 'mark' };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', evidence: 'mark' };
  const looked = start.subarray(0, ZEROS_BYTES);
  const zeros = [0, 0];
  looked.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
  });
  const many = looked.length / 4;
  if (zeros[1]! > many && zeros[0]! < zeros[1]! / 8) return { encoding: 'utf-16le', evidence: 'zeros' };
  if (zeros[0]! > many && zeros[1]! < zeros[0]! / 8) return { encoding: 'utf-16be', evidence: 'zeros' };
  return null;
}

/**
 * Finds a file's encoding while it passes: by the mark at its start; UTF-16 by its zero bytes; UTF-8 unless
 * most of what is beyond ASCII is none; else by the words that it has.
 */
export class EncodingSniffer {
  private first = true;
  private utf16: Pick<FoundEncoding, 'encoding' | 'evidence'> | null = null;
  private hasMark = false;
  private right = 0;
  private wrong = 0;
  private readonly words: string[] = [];
  /** The end of what has passed, which may go on in the next part. */
  private rest: Buffer = Buffer.alloc(0);

  /** @param chunk the next part; the first has to have at least four bytes, where the file does */
  take(chunk: Buffer): void {
    if (this.first) {
      this.utf16 = utf16Of(chunk);
      this.hasMark = chunk.subarray(0, 3).equals(Buffer.from('\ufeff'));
      this.first = false;
    }
    if (this.utf16 || (this.rest.length === 0 && isAscii(chunk) && !isWordByte(chunk.at(-1) ?? 0))) return;
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    let end = bytes.length;
    while (end > 0 && isWordByte(bytes[end - 1]!) && bytes.length - end < MAX_WORD_BYTES) end -= 1;
    // Not in the middle of a character.
    for (let back = 0; back < 3 && end > 0 && end < bytes.length && (bytes[end]! & 0xc0) === 0x80; back += 1) end -= 1;
    this.rest = Buffer.from(bytes.subarray(end));
    this.look(bytes.subarray(0, end));
  }

  /** The encoding, as far as the file has passed. */
  found(): FoundEncoding {
    this.look(this.rest);
    this.rest = Buffer.alloc(0);
    const { right, wrong, hasMark, utf16 } = this;
    if (utf16) return { ...utf16, readAs: 'utf-8', wrongBytes: 0 };
    if (hasMark || right >= wrong) {
      const evidence = hasMark ? 'mark' : right > 0 ? 'sequences' : 'ascii';
      return { encoding: 'utf-8', readAs: wrong > 0 ? 'mended utf-8' : 'utf-8', evidence, wrongBytes: wrong };
    }
    const encoding: OneByteEncoding = codePageOf(this.words);
    return { encoding, readAs: encoding, evidence: 'words', wrongBytes: wrong };
  }

  /** Is the file stored as it came, or turned into UTF-8 as it passes? Known after the first part. */
  get turnedFrom(): 'utf-16le' | 'utf-16be' | null {
    return (this.utf16?.encoding as 'utf-16le' | 'utf-16be' | undefined) ?? null;
  }

  private look(bytes: Buffer): void {
    if (isAscii(bytes)) return;
    for (let at = 0; at < bytes.length; at += 1) {
      if (bytes[at]! < 0x80) continue;
      let end = at;
      let isWrong = false;
      while (end < bytes.length && isWordByte(bytes[end]!)) {
        const length = bytes[end]! < 0x80 ? 1 : sequenceAt(bytes, end);
        if (length === 0) this.wrong += 1;
        else if (length > 1) this.right += 1;
        isWrong ||= length === 0;
        end += length || 1;
      }
      if (isWrong && this.words.length < MAX_WORDS) this.words.push(wordAt(bytes, at, end));
      at = end;
    }
  }
}

/** The ASCII letters before belong to the word. */
function wordAt(bytes: Buffer, at: number, end: number): string {
  let start = at;
  while (start > 0 && isWordByte(bytes[start - 1]!)) start -= 1;
  return bytes.toString('latin1', start, Math.min(end, start + MAX_WORD_BYTES));
}

/**
 * What a file is read as that was said to be in this encoding.
 * @returns `null` where it shows another one by its start
 */
export function encodingAsNamed(found: FoundEncoding, encoding: Encoding): FoundEncoding | null {
  if (isTurned(found.encoding)) return found.encoding === encoding ? found : null;
  if (encoding === 'utf-8') {
    if (found.encoding === 'utf-8') return { ...found, evidence: 'named' };
    return { encoding, readAs: 'mended utf-8', evidence: 'named', wrongBytes: found.wrongBytes };
  }
  return { encoding, readAs: isTurned(encoding) ? 'utf-8' : encoding, evidence: 'named', wrongBytes: 0 };
}
