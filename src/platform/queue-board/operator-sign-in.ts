import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock';

/** An address may be wrong so often in a window; then nothing that it says is looked at until its end. */
export const GUESSES = 10;
export const WINDOW_MS = 10 * 60_000;
/** Of more addresses than this the one is forgotten that began to guess first. */
const MAX_ADDRESSES = 10_000;

export type Admission = { isAdmitted: true } | { isAdmitted: false; waitSeconds: number };

const BASIC = /^basic +([\w+/-]+={0,2}) *$/i;
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Asks operators for their password, as HTTP Basic has it; the user's name does not matter. Guesses are
 * counted in this process, at the moment of the comparison: many at once are no more than ten.
 */
export class OperatorSignIn {
  private readonly expected: Buffer;
  private readonly guesses = new Map<string, { since: number; wrong: number }>();

  constructor(
    password: string,
    private readonly clock: Clock,
  ) {
    this.expected = hash(password);
  }

  /** @param authorization the header; without one nothing was guessed */
  admit(address: string, authorization: string | undefined): Admission {
    const now = this.clock.now().getTime();
    const known = this.guessesOf(address, now);
    if (known && known.wrong >= GUESSES) {
      return { isAdmitted: false, waitSeconds: Math.ceil((known.since + WINDOW_MS - now) / 1_000) };
    }
    if (authorization === undefined) return { isAdmitted: false, waitSeconds: 0 };
    // Hashes are of one length: the time of the comparison says nothing.
    if (timingSafeEqual(hash(passwordIn(authorization)), this.expected)) return { isAdmitted: true };
    if (known) known.wrong += 1;
    else this.remember(address, now);
    return { isAdmitted: false, waitSeconds: 0 };
  }

  /** Those of a window that is over do not count, nor those of a clock that was set back since. */
  private guessesOf(address: string, now: number) {
    const known = this.guesses.get(address);
    const age = known ? now - known.since : 0;
    if (age >= 0 && age < WINDOW_MS) return known;
    this.guesses.delete(address);
    return undefined;
  }

  private remember(address: string, now: number): void {
    const [first] = this.guesses.keys();
    if (this.guesses.size >= MAX_ADDRESSES && first !== undefined) this.guesses.delete(first);
    this.guesses.set(address, { since: now, wrong: 1 });
  }
}

function passwordIn(authorization: string): string {
  const [, credentials = ''] = BASIC.exec(authorization) ?? [];
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? '' : text.slice(colon + 1);
}
