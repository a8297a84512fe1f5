/** The first pause after a watch was lost, in milliseconds; each one after it is twice as long. */
const FIRST_PAUSE_MS = 10_000;
const MAX_PAUSE_MS = 15 * 60_000;
/** A watch that has lasted so long begins anew with short pauses. */
const GOOD_AFTER_MS = 10 * 60_000;

/** The right to watch an account, which one worker has at a time. */
export interface WatchClaim {
  key: string;
  token: string;
}

/** How an account goes on without being watched. */
export interface WatchRest {
  /** Until then no worker watches it. */
  until: Date;
  /** How many watches in a row were lost. */
  failures: number;
}

/** Who watches which account, and which of them rest. */
export abstract class AccountWatches {
  /** Those of the keys that are watched, or rest. */
  abstract taken(keys: readonly string[], now: Date): Promise<Set<string>>;
  /** @returns how many watches of it in a row were lost; `null` while it is watched, or rests */
  abstract claim(claim: WatchClaim, until: Date, now: Date): Promise<number | null>;
  /** The claims hold until then. @returns those of the keys that are still held under the token */
  abstract renew(keys: readonly string[], token: string, until: Date): Promise<Set<string>>;
  /** Gives the claim back. */
  abstract end(claim: WatchClaim, rest: WatchRest): Promise<void>;
  /** When the next one can be claimed that is watched or rests; `null` where there is none. */
  abstract nextAt(now: Date): Promise<Date | null>;
}

/** How many watches in a row are lost, with one that has lasted so long, in milliseconds. */
export const failuresAfter = (before: number, lastedMs: number): number => (lastedMs >= GOOD_AFTER_MS ? 1 : before + 1);

/** How long an account rests after that many lost watches in a row, in milliseconds. */
export const pauseAfter = (failures: number): number =>
  Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(20, Math.max(0, failures - 1)));
