/**
 * A running transaction, opaque to all but the repositories (`within` of platform/mongo opens it). Everything
 * that is written with it is saved when it commits, or nothing is.
 */
export abstract class Transaction {
  readonly #afterCommit: (() => void)[] = [];
  readonly #beforeCommit: (() => void)[] = [];
  readonly #atEnd: (() => void)[] = [];
  #hasEnded = false;

  /** @param wasOvertaken it runs again, since readers had passed it the first time (platform/changes) */
  constructor(readonly wasOvertaken = false) {}

  /**
   * Runs `action` once the transaction has committed; not at all when it has not. For wake-up calls that may
   * be lost.
   */
  afterCommit(action: () => void): void {
    this.#afterCommit.push(action);
  }

  committed(): void {
    this.#afterCommit.forEach((action) => action());
  }

  /** Runs `check` when all is written; what it throws keeps the transaction from committing. */
  beforeCommit(check: () => void): void {
    this.#beforeCommit.push(check);
  }

  committing(): void {
    this.#beforeCommit.forEach((check) => check());
  }

  /** Runs `action` once the transaction is over, saved or not; at once where it is already. */
  atEnd(action: () => void): void {
    if (this.#hasEnded) action();
    else this.#atEnd.push(action);
  }

  ended(): void {
    this.#hasEnded = true;
    this.#atEnd.splice(0).forEach((action) => action());
  }
}
