import type { Engine } from '../engine';
import { CommandError, notSupported } from '../errors';
import type { Transaction } from '../transactions/transactions';
import { MustWait } from '../transactions/writers';
import { type Doc, has } from '../values/types';
import { CATALOG_COMMANDS } from './catalog-commands';
import { findAndModify } from './find-and-modify';
import { READ_COMMANDS } from './read-commands';
import { type Answer, type Command, isSet, type Request, sessionOf } from './request';
import { helloOf, SERVER_COMMANDS } from './server-commands';
import { STATISTICS_COMMANDS } from './statistics';
import { WRITE_COMMANDS } from './write-commands';

const IN_TRANSACTIONS = new Set([
  'find',
  'aggregate',
  'distinct',
  'getMore',
  'killCursors',
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'create',
  'createIndexes',
]);
const RETRYABLE = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);
const TRANSIENT = new Set([24, 112, 246, 251]);
const READ_CONCERNS = new Set(['local', 'majority', 'snapshot', 'available', 'linearizable']);

export interface Message {
  body: Doc;
  sequences: ReadonlyMap<string, Buffer[]>;
}

/** Finds the command for a message and runs it; every failure becomes an answer. */
export class Dispatcher {
  private readonly commands: Record<string, Command>;

  constructor(
    private readonly engine: Engine,
    address: string,
  ) {
    const hello = helloOf(address);
    this.commands = {
      ...SERVER_COMMANDS,
      ...READ_COMMANDS,
      ...WRITE_COMMANDS,
      ...CATALOG_COMMANDS,
      ...STATISTICS_COMMANDS,
      findAndModify,
      findandmodify: findAndModify,
      hello,
      isMaster: hello,
      ismaster: hello,
      commitTransaction: (request) => this.commit(request),
      abortTransaction: (request) => this.abort(request),
    };
  }

  async run({ body, sequences }: Message, connection: object): Promise<Answer> {
    const name = Object.keys(body)[0] ?? '';
    let inTransaction = false;
    try {
      const command = has(this.commands, name) ? this.commands[name] : undefined;
      if (!command) throw new CommandError(59, `no such command: '${name}'`);
      if (typeof body.$db !== 'string' || body.$db === '')
        throw new CommandError(40571, 'OP_MSG requests require a $db argument');
      inTransaction = body.autocommit === false;
      checkReadConcern(body.readConcern);
      const request: Request = {
        engine: this.engine,
        name,
        database: body.$db,
        body,
        sequences,
        ...sessionOf(body),
        transaction: undefined,
        connection,
      };
      if (request.number !== undefined && !inTransaction && !RETRYABLE.has(name)) {
        throw new CommandError(
          50768,
          `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
        );
      }
      return await (inTransaction && !name.endsWith('Transaction') ? this.runWithin(command, request) : command(request));
    } catch (error) {
      return errorAnswer(error, inTransaction);
    }
  }

  private async runWithin(command: Command, request: Request): Promise<Answer> {
    const { name, body, session, number } = request;
    if (session === undefined || number === undefined)
      throw new CommandError(72, "'autocommit' needs a session and a transaction number");
    if (!IN_TRANSACTIONS.has(name)) throw new CommandError(263, `Cannot run '${name}' in a multi-document transaction.`);
    const { transactions, catalog } = this.engine;
    const transaction = isSet(body.startTransaction)
      ? transactions.begin(session, number, catalog.age)
      : transactions.find(session, number);
    transaction.connection = request.connection;
    try {
      return await command({ ...request, transaction });
    } catch (error) {
      transactions.abort(transaction);
      throw error;
    }
  }

  private async commit({ session, number, body }: Request): Promise<Answer> {
    requireNumbers(session, number, body);
    await this.engine.transactions.commit(session!, number!);
    return { ok: 1 };
  }

  private abort({ session, number, body }: Request): Answer {
    requireNumbers(session, number, body);
    const transaction: Transaction = this.engine.transactions.find(session!, number!);
    this.engine.transactions.abort(transaction);
    return { ok: 1 };
  }
}

function requireNumbers(session: string | undefined, number: bigint | undefined, body: Doc): void {
  if (session === undefined || number === undefined || body.autocommit !== false) {
    throw new CommandError(125, 'Transaction commands must be run with a session, a txnNumber and autocommit: false');
  }
}

function checkReadConcern(readConcern: unknown): void {
  const level = (readConcern as Doc | undefined)?.level;
  if (level === undefined) return;
  if (typeof level !== 'string' || !READ_CONCERNS.has(level)) throw notSupported(`The read concern "${String(level)}"`);
}

function errorAnswer(error: unknown, inTransaction: boolean): Doc {
  if (error instanceof CommandError) {
    const labels = inTransaction && TRANSIENT.has(error.code) ? { errorLabels: ['TransientTransactionError'] } : {};
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details, ...labels };
  }
  if (error instanceof MustWait) return { ok: 0, errmsg: error.message, code: 112, codeName: 'WriteConflict' };
  const errmsg = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ok: 0, errmsg, code: 1, codeName: 'InternalError' };
}
