import type { ClientSession } from 'mongodb';

/** A running transaction, opaque to all but the repositories. */
export class Transaction {
  readonly #afterCommit: (() => void)[] = [];

  constructor(readonly session: ClientSession) {}

  /** Runs `action` once the transaction has committed; not at all when it has not. For wake-up calls that may be lost. */
  afterCommit(action: () => void): void {
    this.#afterCommit.push(action);
  }

  committed(): void {
    this.#afterCommit.forEach((action) => action());
  }
}
