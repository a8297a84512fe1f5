import { CommandError } from '../errors';
import type { Collection } from '../storage/catalog';
import type { Writer } from '../storage/readers';
import type { LockHolder } from '../transactions/locks';
import type { Executed } from '../transactions/sessions';
import type { Transaction } from '../transactions/transactions';
import { MustWait } from '../transactions/writers';
import { toNumber } from '../values/compare';
import type { Doc } from '../values/types';
import { mostTimeOf, type Request } from './request';

/** What one statement did: its answer, or `usual` for the most common one, which needs no remembering. */
type StatementAnswer = Doc | 'usual';
/**
 * Does the whole of it, or, when it changes many documents, up to `atOnce` of them, and is then called again.
 */
export type Statement = (writer: Writer, atOnce: number) => StatementAnswer | typeof MORE;
export const MORE = Symbol('more');

export interface StatementResult {
  index: number;
  answer?: StatementAnswer;
  error?: CommandError;
}

/**
 * One commit has at most this many statements, or documents of one statement, so that others get in between.
 */
const AT_ONCE = 1_000;

/**
 * Runs the statements of a write command. In a transaction at once; outside of one in jobs of the store,
 * where a statement whose document a transaction holds waits for that to end, for `maxTimeMS` at most. What a
 * retryable write did is written with what it changed, and not done again.
 */
export async function runStatements(
  request: Request,
  collection: Collection,
  count: number,
  ordered: boolean,
  statement: (index: number) => Statement,
): Promise<StatementResult[]> {
  const { transaction, engine } = request;
  if (transaction) return runInTransaction(request, collection, transaction, count, statement);
  const most = mostTimeOf(request);
  const until = most > 0 ? Date.now() + most : Infinity;
  const results: StatementResult[] = [];
  let executed: Executed | undefined;
  let next = 0;
  let current: Statement | undefined;
  /** @returns whether another job must go on with the same statement */
  const runNext = (): boolean => {
    const number = statementNumber(request.body, next);
    const known = executed?.answerOf(number);
    if (known) {
      results.push({ index: next, answer: Object.keys(known).length === 0 ? 'usual' : known });
    } else {
      try {
        current ??= statement(next);
        const answer = current(engine.direct, AT_ONCE);
        if (answer === MORE) return true;
        executed?.note(number, answer);
        results.push({ index: next, answer });
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        executed?.note(number, 'failed');
        results.push({ index: next, error });
      }
    }
    current = undefined;
    next = results.at(-1)!.error && ordered ? count : next + 1;
    return false;
  };
  while (next < count) {
    const wait = await engine.store.write(() => {
      const stop = Math.min(count, next + AT_ONCE);
      let held: LockHolder | undefined;
      // Looked up by every job: where this is a repeated write, its first sending may go on at the same time.
      executed = executedOf(request);
      try {
        while (next < stop && !runNext()) continue;
      } catch (error) {
        if (!(error instanceof MustWait)) throw error;
        held = error.transaction;
      }
      if (executed && results.length > 0) engine.sessions.save(request.session!, request.number!, executed);
      return held;
    });
    if (wait) await endedInTime(wait.ended, until - Date.now());
  }
  return results;
}

/** @throws CommandError when a transaction goes on for longer: the statements before stay done */
async function endedInTime(ended: Promise<void>, milliseconds: number): Promise<void> {
  if (milliseconds === Infinity) return ended;
  let timer: NodeJS.Timeout | undefined;
  const isOver = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(true), Math.max(0, milliseconds))));
  const tooLong = await Promise.race([isOver, ended.then(() => false)]);
  clearTimeout(timer);
  if (tooLong) throw new CommandError(50, 'operation exceeded time limit');
}

/** A retryable write's numbers: absent for writes that are not to be remembered. */
function executedOf({ engine, session, number }: Request): Executed | undefined {
  return session !== undefined && number !== undefined ? engine.sessions.require(session, number) : undefined;
}

function statementNumber(body: Doc, index: number): number {
  if (Array.isArray(body.stmtIds)) return toNumber(body.stmtIds[index]);
  return (body.stmtId === undefined ? 0 : toNumber(body.stmtId)) + index;
}

/** The first error ends the transaction; a conflict is the answer to the command itself. */
function runInTransaction(
  { engine }: Request,
  collection: Collection,
  transaction: Transaction,
  count: number,
  statement: (index: number) => Statement,
): StatementResult[] {
  const results: StatementResult[] = [];
  transaction.written.add(collection);
  for (let index = 0; index < count; index += 1) {
    try {
      results.push({ index, answer: whole(statement(index), transaction.writer) });
    } catch (error) {
      engine.transactions.abort(transaction);
      if (!(error instanceof CommandError) || error.code === 112 || error.code === 246) throw error;
      results.push({ index, error });
      break;
    }
  }
  return results;
}

function whole(statement: Statement, writer: Writer): StatementAnswer {
  for (;;) {
    const answer = statement(writer, AT_ONCE);
    if (answer !== MORE) return answer;
  }
}

export const writeErrors = (results: readonly StatementResult[]): Doc[] =>
  results.flatMap(({ index, error }) => (error ? [{ index, code: error.code, errmsg: error.message, ...error.details }] : []));
