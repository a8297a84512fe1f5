import { serialize } from 'bson';
import { CommandError, failedToParse } from '../errors';
import { parseFilter } from '../query/filter';
import type { QuerySpec } from '../query/find';
import { parseSort } from '../query/order';
import { compileProjection } from '../query/projection';
import type { Collection } from '../storage/catalog';
import { insertDocument, removeDocument, replaceDocument } from '../storage/documents';
import { parseUpdate } from '../update/update';
import { upsertedDocument } from '../update/upsert';
import { decode } from '../values/decode';
import type { Doc } from '../values/types';
import {
  checkOptions,
  collectionName,
  collectionOf,
  type Command,
  docOption,
  isSet,
  known,
  type Request,
  requestVariables,
} from './request';
import { checkId, matchesOf } from './write-commands';
import { runStatements, type Statement } from './write-runs';

const OPTIONS = [
  'query',
  'update',
  'sort',
  'remove',
  'new',
  'fields',
  'upsert',
  'arrayFilters',
  'hint',
  'bypassDocumentValidation',
  'let',
];

/** Changes or removes one document and gives it back, as it was or as it is. */
export const findAndModify: Command = async (request) => {
  const { body, engine } = request;
  checkOptions(request, OPTIONS);
  const removes = isSet(body.remove);
  if (removes && body.update !== undefined) throw failedToParse("Cannot specify both an 'update' and 'remove'=true");
  if (!removes && body.update === undefined) throw failedToParse('Either an update or remove=true must be specified');
  if (removes && isSet(body.upsert)) throw failedToParse("Cannot specify both 'upsert'=true and 'remove'=true");
  if (removes && isSet(body.new))
    throw failedToParse("Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document");
  const existing = collectionOf(request);
  const collection = existing ?? (isSet(body.upsert) ? known(request, await engine.require(collectionName(request))) : undefined);
  if (!collection) {
    statementOf(request, undefined);
    return removes
      ? { lastErrorObject: { n: 0 }, value: null, ok: 1 }
      : { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
  }
  const [result] = await runStatements(request, collection, 1, true, () => statementOf(request, collection)!);
  if (result!.error) throw inFindAndModify(result!.error);
  return { ...(result!.answer as Doc), ok: 1 };
};

const inFindAndModify = ({ code, message, details }: CommandError): CommandError =>
  new CommandError(code, `Plan executor error during findAndModify :: caused by :: ${message}`, details);

function statementOf(request: Request, collection: Collection | undefined): Statement | undefined {
  const { body } = request;
  const variables = requestVariables(request);
  const filter = parseFilter(docOption(body, 'query') ?? {}, variables);
  const sort = parseSort(docOption(body, 'sort') ?? {});
  const spec: QuerySpec = { filter, sort, hint: body.hint, limit: 1, variables };
  const fields = docOption(body, 'fields');
  const project = fields && Object.keys(fields).length > 0 ? compileProjection(fields) : undefined;
  const shown = (document: Doc): Doc => (project ? project(document, variables) : document);
  const update = isSet(body.remove) ? undefined : parseUpdate(body.update, body.arrayFilters, variables);
  if (!collection) return undefined;
  return (writer) => {
    const [match] = matchesOf(writer, collection, spec);
    if (!update) {
      if (!match) return { lastErrorObject: { n: 0 }, value: null };
      removeDocument(writer, collection, match);
      return { lastErrorObject: { n: 1 }, value: shown(match.document) };
    }
    if (!match) {
      if (!isSet(body.upsert)) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
      const document = upsertedDocument(filter, update);
      checkId(document._id, true);
      insertDocument(request.engine.catalog, writer, collection, Buffer.from(serialize(document)), document);
      return {
        lastErrorObject: { n: 1, updatedExisting: false, upserted: document._id },
        value: isSet(body.new) ? shown(document) : null,
      };
    }
    const before = isSet(body.new) ? undefined : shown(decode(match.raw));
    const { document, touched } = update.apply(match.document, { inserting: false, filter });
    replaceDocument(request.engine.catalog, writer, collection, match, document, touched);
    return { lastErrorObject: { n: 1, updatedExisting: true }, value: before ?? shown(document) };
  };
}
