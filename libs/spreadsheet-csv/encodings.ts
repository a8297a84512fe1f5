import { Transform } from 'node:stream';

/** Encodings in which every byte is a character, and those below 0x80 are ASCII's. */
const ONE_BYTE = [
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-7',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'macintosh',
  'x-mac-cyrillic',
  'ibm866',
] as const;
export type OneByteEncoding = (typeof ONE_BYTE)[number];

/**
 * Encodings in which bytes that look like ASCII may be parts of characters: such files are turned into UTF-8.
 */
const TURNED = ['utf-16le', 'utf-16be', 'shift_jis', 'euc-jp', 'gbk', 'gb18030', 'big5', 'euc-kr'] as const;
export type TurnedEncoding = (typeof TURNED)[number];

export type Encoding = 'utf-8' | OneByteEncoding | TurnedEncoding;

/**
 * What the bytes of a file are read as. `mended utf-8` is UTF-8 whose wrong bytes are taken for Windows-1252.
 */
export type ReadAs = 'utf-8' | 'mended utf-8' | OneByteEncoding;

export const ENCODINGS: readonly Encoding[] = ['utf-8', ...ONE_BYTE, ...TURNED];

const isOneOf = <T extends string>(names: readonly T[], name: string): name is T => (names as readonly string[]).includes(name);
export const isTurned = (encoding: Encoding): encoding is TurnedEncoding => isOneOf(TURNED, encoding);

/**
 * The encoding that goes by this name, one of those of https://encoding.spec.whatwg.org/#names-and-labels such
 * as "latin1", "cp1251", "mac" and "sjis".
 */
export function encodingNamed(name: string): Encoding | null {
  try {
    const { encoding } = new TextDecoder(name.trim());
    return isOneOf(ENCODINGS, encoding) ? encoding : null;
  } catch {
    return null;
  }
}

/**
 * What Windows-1252 has from 0x80 to 0x9f, where Latin-1 has control characters
 * (https://encoding.spec.whatwg.org/#windows-1252). By hand: the decoder of Node 20 that is called
 * `windows-1252` reads Latin-1.
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const UPPER_HALF = Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index);
const upperHalves = new Map<OneByteEncoding, string>();

/** The characters of the bytes from 0x80 on; each is one UTF-16 unit. */
export function upperHalfOf(encoding: OneByteEncoding): string {
  let upper = upperHalves.get(encoding);
  if (upper === undefined) {
    upper = new TextDecoder(encoding).decode(UPPER_HALF);
    if (encoding === 'windows-1252') upper = WINDOWS_1252 + upper.slice(WINDOWS_1252.length);
    upperHalves.set(encoding, upper);
  }
  return upper;
}

/** A text that was read as Latin-1, in the encoding that it has. */
export function latin1As(text: string, encoding: OneByteEncoding): string {
  const upper = upperHalfOf(encoding);
  return text.replace(/[\x80-\xff]/g, (character) => upper[character.charCodeAt(0) - 0x80]!);
}

/** A stream that turns such a file into UTF-8, without the mark at its start. */
export function turnIntoUtf8(encoding: TurnedEncoding): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, Buffer.from(decoder.decode(chunk, { stream: true }))),
    flush: (done) => done(null, Buffer.from(decoder.decode())),
  });
}
