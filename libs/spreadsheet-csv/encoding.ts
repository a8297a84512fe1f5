import { Transform } from 'node:stream';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How much of a file is looked at for zero bytes, which tell UTF-16 without a byte order mark. */
const SAMPLE_BYTES = 4_096;

/**
 * UTF-16 by its byte order mark, or by where its zero bytes stand; `null` for anything whose characters have
 * one byte or more.
 */
function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const looked = start.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  looked.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]! += 1;
  });
  const many = looked.length / 4;
  if (zeros[1]! > many && zeros[0]! < zeros[1]! / 8) return 'utf-16le';
  if (zeros[0]! > many && zeros[1]! < zeros[0]! / 8) return 'utf-16be';
  return null;
}

/**
 * Finds a file's encoding while it passes: UTF-16 by its start, UTF-8 as long as every byte fits, else
 * Windows-1252.
 */
export class EncodingSniffer {
  private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
  private fits = true;
  private utf16: Encoding | null | undefined;

  /** @param chunk the next part; the first has to have at least four bytes, where the file does */
  take(chunk: Buffer): void {
    if (this.utf16 === undefined) this.utf16 = utf16Of(chunk);
    if (!this.fits || this.utf16) return;
    try {
      this.utf8.decode(chunk, { stream: true });
    } catch {
      this.fits = false;
    }
  }

  /**
   * What the file is, as far as it has passed.
   * @param complete a character cut off at the end counts against UTF-8
   */
  encoding(complete: boolean): Encoding {
    if (this.utf16) return this.utf16;
    if (complete && this.fits) {
      try {
        this.utf8.decode();
      } catch {
        this.fits = false;
      }
    }
    return this.fits ? 'utf-8' : 'windows-1252';
  }
}

/** A stream that turns UTF-16 into UTF-8. */
export function utf16ToUtf8(encoding: 'utf-16le' | 'utf-16be'): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, Buffer.from(decoder.decode(chunk, { stream: true }))),
    flush: (done) => done(null, Buffer.from(decoder.decode())),
  });
}

/**
 * What Windows-1252 has from 0x80 to 0x9f, where Latin-1 has control characters
 * (https://encoding.spec.whatwg.org/#windows-1252). By hand: the decoder of Node 20 that is called
 * `windows-1252` reads Latin-1.
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** A text that was read as Latin-1, as Windows-1252. */
export const latin1ToWindows1252 = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80]!);
