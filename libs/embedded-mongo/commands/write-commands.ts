import { ObjectId, serialize } from 'bson';
import { isStage, unknownStage } from '../aggregation/known';
import { isPerDocument } from '../aggregation/per-document';
import { CommandError, failedToParse, notSupported } from '../errors';
import { parseFilter } from '../query/filter';
import { Match, openQuery, type QuerySpec } from '../query/find';
import type { Collection } from '../storage/catalog';
import { documentKey, insertDocument, removeDocument, replaceDocument } from '../storage/documents';
import type { Writer } from '../storage/readers';
import { parseUpdate, type Update } from '../update/update';
import { upsertedDocument } from '../update/upsert';
import { toNumber } from '../values/compare';
import { decode } from '../values/decode';
import { type Doc, has, isDoc, Rank, rankOf, typeName } from '../values/types';
import {
  checkCollation,
  checkOptions,
  collectionName,
  collectionOf,
  type Command,
  isSet,
  known,
  type Request,
  requestVariables,
} from './request';
import { MORE, runStatements, type Statement, type StatementResult, writeErrors } from './write-runs';

const MOST_STATEMENTS = 100_000;
const COMMON = ['ordered', 'bypassDocumentValidation'];

/** The statements of a command, whether they came in the body or beside it. */
function statementsOf({ body, sequences, name }: Request, field: string): { raw?: Buffer; document?: Doc }[] {
  const beside = sequences.get(field);
  const inside = body[field];
  const all = beside
    ? beside.map((raw) => ({ raw }))
    : Array.isArray(inside)
      ? inside.map((document) => ({ document: document as Doc }))
      : undefined;
  if (!all) throw new CommandError(40414, `BSON field '${name}.${field}' is missing but a required field`);
  if (all.length === 0 || all.length > MOST_STATEMENTS)
    throw new CommandError(16, `Write batch sizes must be between 1 and ${MOST_STATEMENTS}. Got ${all.length} operations.`);
  return all;
}

const isOrdered = ({ body }: Request): boolean => body.ordered === undefined || isSet(body.ordered);

function answerWith(results: StatementResult[], fields: Doc): Doc {
  const errors = writeErrors(results);
  return { ...fields, ...(errors.length > 0 && { writeErrors: errors }), ok: 1 };
}

const insert: Command = async (request) => {
  checkOptions(request, ['documents', ...COMMON]);
  const given = statementsOf(request, 'documents');
  const { engine } = request;
  const collection = known(request, await engine.require(collectionName(request)));
  const results = await runStatements(request, collection, given.length, isOrdered(request), (index) => (writer) => {
    const { raw, document } = withId(given[index]!);
    insertDocument(engine.catalog, writer, collection, raw, document);
    return 'usual';
  });
  return answerWith(results, { n: results.filter(({ error }) => !error).length });
};

/** The document as it is stored: `_id` at the front, made when there is none. */
function withId(given: { raw?: Buffer; document?: Doc }): { raw: Buffer; document: Doc } {
  const document = given.raw ? decode(given.raw) : given.document!;
  if (!isDoc(document)) throw new CommandError(14, 'Each document must be an object');
  checkId(document._id, has(document, '_id'));
  if (given.raw && Object.keys(document)[0] === '_id') return { raw: given.raw, document };
  const complete: Doc = { _id: has(document, '_id') ? document._id : new ObjectId(), ...document };
  return { raw: Buffer.from(serialize(complete)), document: complete };
}

export function checkId(id: unknown, present: boolean): void {
  if (!present) return;
  const rank = rankOf(id);
  if (rank === Rank.array || rank === Rank.regex || rank === Rank.undefined)
    throw new CommandError(53, `The '_id' value cannot be of type ${typeName(id)}`);
  if (isDoc(id)) {
    const dollar = Object.keys(id).find((key) => key.startsWith('$'));
    if (dollar) throw new CommandError(52, `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`);
  }
}

/** The documents that satisfy a query for one. */
export function matchesOf(writer: Writer, collection: Collection, spec: QuerySpec): Match[] {
  const found: Match[] = [];
  const { source } = openQuery(writer, collection, spec);
  for (let match = source.next(); match instanceof Match; match = source.next()) found.push(match);
  return found;
}

interface UpdateStatement {
  spec: QuerySpec;
  update: Update;
  multi: boolean;
  upsert: boolean;
}

const UPDATE_FIELDS = new Set(['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'c']);

/**
 * What is wrong with a statement's form fails the whole command; what is wrong inside of it, the statement.
 */
function checkForm(source: Doc): void {
  for (const field of Object.keys(source)) {
    if (!UPDATE_FIELDS.has(field) || field === 'c')
      throw field === 'c' || field === 'sort'
        ? notSupported(`"${field}" of an update`)
        : new CommandError(40415, `BSON field 'update.updates.${field}' is an unknown field.`);
  }
  checkCollation(source.collation);
  if (!isDoc(source.q)) throw new CommandError(40414, "BSON field 'update.updates.q' is missing but a required field");
  if (Array.isArray(source.u)) {
    for (const stage of source.u) {
      const name = isDoc(stage) ? Object.keys(stage)[0] : undefined;
      if (name !== undefined && !isStage(name) && !isPerDocument(name)) throw unknownStage(name);
    }
  }
  if (source.u === undefined) throw new CommandError(40414, "BSON field 'update.updates.u' is missing but a required field");
}

function parseStatement(request: Request, source: Doc): UpdateStatement {
  const variables = requestVariables(request);
  const update = parseUpdate(source.u, source.arrayFilters, variables);
  const multi = isSet(source.multi);
  if (multi && update.replaces) throw failedToParse('multi update is not supported for replacement-style update');
  return {
    spec: { filter: parseFilter(source.q as Doc, variables), hint: source.hint, limit: multi ? 0 : 1, variables },
    update,
    multi,
    upsert: isSet(source.upsert),
  };
}

/** One update statement: `n` found or inserted, `nModified` changed. */
function updateStatement(request: Request, collection: Collection, { spec, update, multi, upsert }: UpdateStatement): Statement {
  const { catalog } = request.engine;
  const change = (writer: Writer, match: Match): boolean => {
    const { document, touched, counts } = update.apply(match.document, { inserting: false, filter: spec.filter });
    return replaceDocument(catalog, writer, collection, match, document, touched) || counts === true;
  };
  const insertNew = (writer: Writer): Doc => {
    const document = upsertedDocument(spec.filter, update);
    checkId(document._id, true);
    insertDocument(catalog, writer, collection, Buffer.from(serialize(document)), document);
    return { n: 1, nModified: 0, upserted: document._id };
  };
  const many = multi ? manyDocuments(collection, spec, change) : undefined;
  return (writer, atOnce) => {
    if (many) {
      const answer = many(writer, atOnce);
      return answer !== MORE && answer.n === 0 && upsert ? insertNew(writer) : answer;
    }
    const [match] = matchesOf(writer, collection, spec);
    if (!match) return upsert ? insertNew(writer) : { n: 0, nModified: 0 };
    return change(writer, match) ? 'usual' : { n: 1, nModified: 0 };
  };
}

/**
 * Changes every document of a query, some in each call. They are found before the first is changed, so that a
 * change cannot bring one up twice; between the calls others may write, so each is looked at again. What a
 * transaction holds is waited for before its part begins.
 */
function manyDocuments(
  collection: Collection,
  spec: QuerySpec,
  change: (writer: Writer, match: Match) => boolean,
): (writer: Writer, atOnce: number) => { n: number; nModified: number } | typeof MORE {
  let records: number[] | undefined;
  let calls = 0;
  const done = { at: 0, n: 0, nModified: 0 };
  return (writer, atOnce) => {
    records ??= recordsOf(writer, collection, spec);
    calls += 1;
    const stop = Math.min(records.length, done.at + atOnce);
    for (let i = done.at; i < stop; i += 1) writer.claimDocument(documentKey(collection, records[i]!));
    for (; done.at < stop; done.at += 1) {
      const record = records[done.at]!;
      const raw = writer.get(documentKey(collection, record));
      if (!raw) continue;
      const match = new Match(record, raw);
      if (calls > 1 && !spec.filter.matches(match.document)) continue;
      const modified = change(writer, match);
      done.n += 1;
      if (modified) done.nModified += 1;
    }
    return done.at < records.length ? MORE : { n: done.n, nModified: done.nModified };
  };
}

function recordsOf(writer: Writer, collection: Collection, spec: QuerySpec): number[] {
  const records: number[] = [];
  const { source } = openQuery(writer, collection, spec);
  for (let match = source.next(); match instanceof Match; match = source.next()) records.push(match.record);
  return records;
}

const update: Command = async (request) => {
  checkOptions(request, ['updates', 'let', ...COMMON]);
  const given = statementsOf(request, 'updates').map(({ raw, document }) => (raw ? decode(raw) : document!));
  given.forEach(checkForm);
  const { engine } = request;
  const existing = collectionOf(request);
  const creates = given.some((statement) => isSet(statement.upsert));
  const collection = existing ?? (creates ? known(request, await engine.require(collectionName(request))) : undefined);
  if (!collection) {
    given.forEach((statement) => parseStatement(request, statement));
    return { n: 0, nModified: 0, ok: 1 };
  }
  const results = await runStatements(request, collection, given.length, isOrdered(request), (index) =>
    updateStatement(request, collection, parseStatement(request, given[index]!)),
  );
  return updateAnswer(results);
};

function updateAnswer(results: StatementResult[]): Doc {
  let [n, nModified] = [0, 0];
  const upserted: Doc[] = [];
  for (const { index, answer } of results) {
    if (!answer) continue;
    n += answer === 'usual' ? 1 : toNumber(answer.n);
    nModified += answer === 'usual' ? 1 : toNumber(answer.nModified);
    if (answer !== 'usual' && has(answer, 'upserted')) upserted.push({ index, _id: answer.upserted });
  }
  return answerWith(results, { n, nModified, ...(upserted.length > 0 && { upserted }) });
}

const DELETE_FIELDS = new Set(['q', 'limit', 'hint', 'collation']);

function deleteStatement(request: Request, collection: Collection, source: Doc): Statement {
  for (const field of Object.keys(source)) {
    if (!DELETE_FIELDS.has(field)) throw new CommandError(40415, `BSON field 'delete.deletes.${field}' is an unknown field.`);
  }
  checkCollation(source.collation);
  if (!isDoc(source.q)) throw new CommandError(40414, "BSON field 'delete.deletes.q' is missing but a required field");
  const limit = toNumber(source.limit ?? 0);
  const spec: QuerySpec = { filter: parseFilter(source.q, requestVariables(request)), hint: source.hint, limit };
  if (limit !== 1) {
    return manyDocuments(collection, spec, (writer, match) => {
      removeDocument(writer, collection, match);
      return true;
    });
  }
  return (writer) => {
    const [match] = matchesOf(writer, collection, spec);
    if (!match) return { n: 0 };
    removeDocument(writer, collection, match);
    return 'usual';
  };
}

const remove: Command = async (request) => {
  checkOptions(request, ['deletes', 'let', ...COMMON]);
  const given = statementsOf(request, 'deletes').map(({ raw, document }) => (raw ? decode(raw) : document!));
  const collection = collectionOf(request);
  if (!collection) return { n: 0, ok: 1 };
  const results = await runStatements(request, collection, given.length, isOrdered(request), (index) =>
    deleteStatement(request, collection, given[index]!),
  );
  const n = results.reduce(
    (sum, { answer }) => sum + (answer === undefined ? 0 : answer === 'usual' ? 1 : toNumber(answer.n)),
    0,
  );
  return answerWith(results, { n });
};

export const WRITE_COMMANDS: Record<string, Command> = { insert, update, delete: remove };
