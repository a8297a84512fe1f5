const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;
/** More are not kept in mind; the oldest go first. */
const MAX_ACCOUNTS = 10_000;

/** For how long accounts rest that have been too fast: SMTP does not say, so each time twice as long. */
export class Rests {
  private readonly last = new Map<string, number>();

  /** The account was too fast. @returns for how many milliseconds it rests */
  next(accountId: string): number {
    const rest = Math.min(LONGEST_MS, (this.last.get(accountId) ?? FIRST_MS / 2) * 2);
    this.last.delete(accountId);
    this.last.set(accountId, rest);
    if (this.last.size > MAX_ACCOUNTS) this.last.delete([...this.last.keys()][0]!);
    return rest;
  }

  /** A mail was taken. */
  over(accountId: string): void {
    this.last.delete(accountId);
  }
}
