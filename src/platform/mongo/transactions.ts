import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type ClientSession, MongoBulkWriteError, MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb';
import type { Connection } from 'mongoose';
import { Config } from '../config';
import { OutcomeUnknown } from '../errors';
import type { Transaction } from '../transaction';
import { idempotencyContext } from './idempotency-context';
import { MongoTransaction, sessionOf } from './mongo-transaction';

/** For repositories: the options that put an operation into `transaction`, or none. */
export const within = (transaction: Transaction | undefined): { session?: ClientSession } =>
  transaction ? { session: sessionOf(transaction) } : {};

const WRITE_CONFLICT = 112;
/** Ten thousand leads are saved in a few seconds, on a slow machine in many. */
const CONFLICT_PATIENCE_MS = 30_000;

const hasLabel = (error: unknown, label: string) => error instanceof MongoError && error.hasErrorLabel(label);

/**
 * No answer is no refusal: the driver asks twice, and its second question may have found no server after the
 * first one was heard.
 */
const mayHaveCommitted = (error: unknown) =>
  hasLabel(error, 'UnknownTransactionCommitResult') ||
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError;

/**
 * Did the connection break before there was an answer? The driver wraps what befalls a bulk write; what a
 * server says to one always has a code.
 */
export const isConnectionLost = (error: unknown): boolean =>
  error instanceof MongoNetworkError || (error instanceof MongoBulkWriteError && error.code === undefined);

/** Did the store, or its driver, say it, and not where the bytes come from? */
export const isOfStore = (error: unknown): boolean => error instanceof MongoError;

/**
 * Was this the store refusing a second document with the same unique key? For infrastructure alone, which
 * turns it into an error of the domain.
 */
export function isDuplicateKey(error: unknown): error is MongoError {
  return error instanceof MongoError && error.code === 11_000;
}

/**
 * The transaction took so long that readers of changes may have passed it (platform/changes). Nothing was
 * saved; it runs again.
 */
export class Overtaken extends Error {}

/** Opens transactions: all of a use case is saved, or nothing. */
@Injectable()
export class Transactions {
  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly config: Config,
  ) {}

  /**
   * Runs `work` in one transaction (snapshot reads, majority writes) and commits. A transient conflict with
   * another transaction runs `work` again, within the stores' time limit, so it must have no effect but on
   * the store. In a call with an Idempotency-Key, what its first transaction came to is kept with it, and
   * recalled when the call is repeated: a decision that the work itself changes ("is it still paused?")
   * therefore belongs inside.
   * @throws OutcomeUnknown when the answer to the commit was lost and asking again gave none
   */
  async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const context = idempotencyContext.getStore();
    const known = context?.recall();
    if (known) return known.result as T;
    let troubleSince: number | undefined;
    let wasOvertaken = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(
          async (transaction) => {
            const result = await work(transaction);
            await context?.keep(result, transaction);
            return result;
          },
          { wasOvertaken },
        );
      } catch (error) {
        if (error instanceof Overtaken && !wasOvertaken) {
          wasOvertaken = true;
          continue;
        }
        // A connection that broke or could not be had has saved nothing: the loss of a commit's answer is
        // OutcomeUnknown. The driver labels only some of these.
        const again = hasLabel(error, 'TransientTransactionError') || isConnectionLost(error);
        troubleSince ??= Date.now();
        if (!again || Date.now() > troubleSince + this.patience(error)) throw error;
        await backOff(attempt);
      }
    }
  }

  /**
   * Runs `work` in one transaction and commits, without a second try, and apart from any call with an
   * Idempotency-Key.
   * @throws OutcomeUnknown as `run`; any other error when nothing was saved
   */
  async once<T>(work: (transaction: Transaction) => Promise<T>, { wasOvertaken = false } = {}): Promise<T> {
    const session = await this.connection.startSession();
    const transaction = new MongoTransaction(session, wasOvertaken);
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
      const result = await work(transaction);
      transaction.committing();
      await this.commit(session, Date.now() + this.config.STORE_TIMEOUT_MS);
      transaction.committed();
      return result;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      throw error;
    } finally {
      transaction.ended();
      await session.endSession();
    }
  }

  /**
   * From the first trouble on. A store that is away is waited for as long as any call may take; another
   * transaction that is in the way, until it is through.
   */
  private patience(error: unknown): number {
    const inTheWay = error instanceof MongoError && error.code === WRITE_CONFLICT;
    return inTheWay ? CONFLICT_PATIENCE_MS : this.config.STORE_TIMEOUT_MS;
  }

  private async commit(session: ClientSession, giveUpAt: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await session.commitTransaction();
        return;
      } catch (error) {
        if (!mayHaveCommitted(error)) throw error;
        if (Date.now() > giveUpAt) throw new OutcomeUnknown();
        await backOff(attempt);
      }
    }
  }
}

/** Waits a random moment that grows with the attempt, so that two that collided do not collide again. */
function backOff(attempt: number): Promise<void> {
  const milliseconds = Math.random() * Math.min(200, 5 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
