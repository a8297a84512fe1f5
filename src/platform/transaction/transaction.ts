/**
 * A running transaction, opaque to all but the repositories (`within` of platform/mongo opens it). Everything
 * that is written with it is saved when it commits, or nothing is.
 */
export abstract class Transaction {
  readonly #afterCommit: (() => void)[] = [];

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
}
