import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from '../transaction';

/**
 * What a repeatable call stores: the result of its transaction, kept in that very transaction. When the
 * call is repeated after a crash between work and answer, the work is not done again; its result is recalled,
 * and the answer made of it. See docs/adr/0008.
 */
export interface IdempotencyContext {
  /** What the call's transaction came to when it committed before; absent when it never did. */
  recall(): { result: unknown } | undefined;
  /** Keeps what the transaction comes to. Only the first transaction of a call is kept. */
  keep(result: unknown, transaction: Transaction): Promise<void>;
}

/** The context of the call that is running, when it carries an Idempotency-Key. */
export const idempotencyContext = new AsyncLocalStorage<IdempotencyContext>();
