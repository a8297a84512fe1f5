/** A session that a code was good for. */
export interface SignedIn {
  token: string;
  expiresAt: Date;
}

/** One-time codes of the local issuer, each of which becomes a session. */
export abstract class SignInCodes {
  /** There is a local issuer. */
  abstract readonly areGiven: boolean;
  /** Uses the code up. @returns `null` for one that is unknown, used or too old */
  abstract exchange(code: string, now: Date): SignedIn | null;
}
