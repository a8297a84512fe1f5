import {} from 'bson';
import { type Variables, variablesOf } from '../aggregation/runtime';
import type { Engine } from '../engine';
import { CommandError, notSupported } from '../errors';
import { Turn } from '../query/source';
import type { Collection } from '../storage/catalog';
import type { Reader } from '../storage/readers';
import type { Transaction } from '../transactions/transactions';
import { toNumber } from '../values/compare';
import { type Doc, isBinary, isDoc, isLong, isNumber } from '../values/types';

/** A command with what surrounds it. */
export interface Request {
  engine: Engine;
  name: string;
  database: string;
  body: Doc;
  /** Arguments that came beside the body, as bytes: the documents of an insert. */
  sequences: ReadonlyMap<string, Buffer[]>;
  session: string | undefined;
  number: bigint | undefined;
  transaction: Transaction | undefined;
  connection: object;
}

/** The answer: fields, or for batches of documents the bytes as they are. */
export type Answer = Doc | Buffer;
export type Command = (request: Request) => Answer | Promise<Answer>;

/** What every command may have. */
const GENERIC = new Set([
  '$db',
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'stmtId',
  'stmtIds',
  'readConcern',
  'writeConcern',
  '$clusterTime',
  '$readPreference',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'collation',
  '$audit',
  '$client',
]);
/** Options that MongoDB has and this store does not, beyond a command's own list: named in the answer. */
const KNOWN_ELSEWHERE = new Set([
  'tailable',
  'awaitData',
  'oplogReplay',
  'returnKey',
  'showRecordId',
  'min',
  'max',
  'let',
  'sampleRate',
  'capped',
  'size',
  'timeseries',
  'clusteredIndex',
  'validator',
  'validationLevel',
  'validationAction',
  'viewOn',
  'pipeline',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'storageEngine',
  'indexOptionDefaults',
  'sort',
  'new',
  'remove',
  'exchange',
  'commitQuorum',
]);

/**
 * @throws an error that names an option which is not known, or not supported; and any collation but the
 * simple one
 */
export function checkOptions({ name, body }: Request, allowed: readonly string[]): void {
  for (const option of Object.keys(body)) {
    if (option === name || GENERIC.has(option) || allowed.includes(option)) continue;
    if (KNOWN_ELSEWHERE.has(option)) {
      if (body[option] === false || body[option] === null) continue;
      throw notSupported(`The option "${option}" of ${name}`);
    }
    throw new CommandError(40415, `BSON field '${name}.${option}' is an unknown field.`);
  }
  checkCollation(body.collation);
}

export function checkCollation(collation: unknown): void {
  if (isDoc(collation) && Object.keys(collation).length > 0 && collation.locale !== 'simple')
    throw notSupported('A collation other than "simple"');
}

export function collectionName({ name, database, body }: Request): string {
  const collection = body[name];
  if (typeof collection !== 'string') throw new CommandError(2, `collection name has invalid type ${typeof collection}`);
  if (collection === '') throw new CommandError(73, `Invalid namespace specified '${database}.'`);
  return `${database}.${collection}`;
}

export const collectionOf = (request: Request): Collection | undefined =>
  known(request, request.engine.catalog.get(collectionName(request)));

export function known<C extends Collection | undefined>({ engine, transaction }: Request, collection: C): C {
  if (collection && transaction) engine.requireKnown(collection, transaction);
  return collection;
}

export const readerOf = ({ engine, transaction }: Request): Reader => transaction?.writer ?? engine.latest;

/** How long the command may take, in milliseconds; 0 is any time. */
export const mostTimeOf = ({ body }: Request): number => (body.maxTimeMS === undefined ? 0 : toNumber(body.maxTimeMS));

export function turnOf(request: Request): Turn {
  const most = mostTimeOf(request);
  return new Turn(most > 0 ? most : Infinity);
}

export const requestVariables = ({ body }: Request): Variables => variablesOf(isDoc(body.let) ? body.let : {});

export const docOption = (body: Doc, name: string): Doc | undefined => {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!isDoc(value)) throw new CommandError(14, `BSON field '${name}' is the wrong type, expected type 'object'`);
  return value;
};

export function numberOption(body: Doc, name: string, otherwise = 0): number {
  const value = body[name];
  if (value === undefined || value === null) return otherwise;
  if (!isNumber(value))
    throw new CommandError(
      14,
      `BSON field '${name}' is the wrong type '${typeof value}', expected types '[long, int, decimal, double]'`,
    );
  const number = toNumber(value);
  if (number < 0 && name !== 'limit')
    throw new CommandError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return Math.trunc(number);
}

export const isSet = (value: unknown): boolean => value === true || (isNumber(value) && toNumber(value) !== 0);

/** The session's id as bytes, and the number of its write or transaction. */
export function sessionOf(body: Doc): { session: string | undefined; number: bigint | undefined } {
  const { lsid, txnNumber } = body;
  const id = isDoc(lsid) ? lsid.id : undefined;
  if (lsid !== undefined && !isBinary(id)) throw new CommandError(40415, "BSON field 'lsid.id' is missing or of the wrong type");
  const session = isBinary(id) ? Buffer.from(id.value()).toString('latin1') : undefined;
  if (txnNumber === undefined) return { session, number: undefined };
  if (session === undefined) throw new CommandError(72, 'Transaction number requires a session ID to also be specified');
  return { session, number: isLong(txnNumber) ? txnNumber.toBigInt() : BigInt(toNumber(txnNumber)) };
}
