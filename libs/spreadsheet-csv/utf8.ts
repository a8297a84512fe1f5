import { latin1As } from './encodings';

/**
 * How many bytes the character that begins here has: of UTF-8, more than one; 0 where the byte is none of
 * UTF-8 (https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506).
 */
export function sequenceAt(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  const second = bytes[at + 1] ?? 0;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return isNext(second) ? 2 : 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest || !isNext(bytes[at + 2] ?? 0)) return 0;
  if (first < 0xf0) return 3;
  return isNext(bytes[at + 3] ?? 0) ? 4 : 0;
}

const isNext = (byte: number): boolean => byte >= 0x80 && byte <= 0xbf;

/** The text of bytes that are UTF-8, but for some that are read as Windows-1252, and how many these are. */
export function mended(bytes: Buffer): { text: string; wrong: number } {
  const parts: string[] = [];
  let wrong = 0;
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at]! < 0x80 ? 1 : sequenceAt(bytes, at);
    if (length === 0) {
      parts.push(bytes.toString('utf8', from, at), latin1As(String.fromCharCode(bytes[at]!), 'windows-1252'));
      wrong += 1;
      from = at + 1;
    }
    at += length || 1;
  }
  parts.push(bytes.toString('utf8', from));
  return { text: parts.join(''), wrong };
}
