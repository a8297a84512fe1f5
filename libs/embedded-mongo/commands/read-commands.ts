import { type Long, serialize } from 'bson';
import { follow } from '../aggregation/expressions';
import { openOver, openPipeline, type Output } from '../aggregation/pipeline';
import type { Variables } from '../aggregation/runtime';
import { CommandError, notSupported } from '../errors';
import { countMatches, Match, openQuery, type Query, querySpec } from '../query/find';
import { compileProjection, fieldsKept } from '../query/projection';
import { type Next, PAUSE, type Source, type Turn } from '../query/source';
import { toNumber } from '../values/compare';
import { keyOfOne } from '../values/ordered-key';
import { type Doc, has, isDoc, isLong } from '../values/types';
import { firstBatch, nextBatch } from './batches';
import {
  checkOptions,
  collectionName,
  collectionOf,
  type Command,
  docOption,
  isSet,
  known,
  numberOption,
  readerOf,
  type Request,
  requestVariables,
  turnOf,
} from './request';
import { statisticsStage } from './statistics';

const FIND_OPTIONS = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'allowDiskUse',
  'noCursorTimeout',
  'allowPartialResults',
];

const NOTHING: Source<Buffer> = { next: () => undefined, release: () => undefined };

/** Turns what a query gives into bytes. */
class Encoded<T> implements Source<Buffer> {
  constructor(
    private readonly source: Source<T>,
    private readonly encode: (item: T) => Buffer,
  ) {}

  next(): Next<Buffer> {
    const item = this.source.next();
    if (item === undefined || item === PAUSE) return item as undefined | typeof PAUSE;
    return this.encode(item);
  }

  release(): void {
    this.source.release();
  }
}

const asBytes = (item: Output): Buffer => (item instanceof Match ? item.raw : Buffer.from(serialize(item)));

function hintOf(body: Doc): unknown {
  const { hint } = body;
  return isDoc(hint) && Object.keys(hint).length === 0 ? undefined : (hint ?? undefined);
}

function openFind(request: Request): { query: Query | undefined; turn: Turn; encode: (match: Match) => Buffer } {
  const { body } = request;
  checkOptions(request, FIND_OPTIONS);
  const limit = numberOption(body, 'limit');
  const variables = requestVariables(request);
  const spec = querySpec(
    docOption(body, 'filter') ?? {},
    { sort: docOption(body, 'sort') ?? {}, skip: numberOption(body, 'skip'), limit: Math.abs(limit), hint: hintOf(body) },
    variables,
  );
  const encode = encoder(docOption(body, 'projection'), variables);
  const collection = collectionOf(request);
  const turn = turnOf(request);
  return { query: collection && openQuery(readerOf(request), collection, spec, turn), turn, encode };
}

function encoder(projection: Doc | undefined, variables: Variables): (match: Match) => Buffer {
  if (!projection || Object.keys(projection).length === 0) return ({ raw }) => raw;
  const project = compileProjection(projection);
  const fields = fieldsKept(projection);
  return (match) => Buffer.from(serialize(project(fields ? match.some(fields) : match.document, variables)));
}

const find: Command = (request) => {
  const { body } = request;
  const { query, turn, encode } = openFind(request);
  const source = query ? new Encoded(query.source, encode) : NOTHING;
  const single = isSet(body.singleBatch) || toNumber(body.limit ?? 0) < 0;
  const size = body.batchSize === undefined ? undefined : numberOption(body, 'batchSize');
  return firstBatch(request, collectionName(request), source, turn, { size, single });
};

const AGGREGATE_OPTIONS = ['pipeline', 'cursor', 'hint', 'allowDiskUse', 'explain', 'let', 'bypassDocumentValidation'];

function openAggregate(request: Request) {
  const { body, engine, database } = request;
  checkOptions(request, AGGREGATE_OPTIONS);
  if (typeof body.aggregate !== 'string') throw notSupported('An aggregation without a collection');
  if (!Array.isArray(body.pipeline)) throw new CommandError(14, "'pipeline' option must be specified as an array");
  const turn = turnOf(request);
  const context = {
    reader: readerOf(request),
    collection: (name: string) => known(request, engine.catalog.get(`${database}.${name}`)),
    variables: requestVariables(request),
    turn,
    hint: hintOf(body),
  };
  const pipeline = body.pipeline as Doc[];
  const [first] = pipeline;
  if (isDoc(first) && has(first, '$collStats')) {
    return { ...openOver(context, statisticsStage(request, first.$collStats), pipeline.slice(1)), plan: undefined, turn };
  }
  return { ...openPipeline(context, collectionOf(request), pipeline), turn };
}

const aggregate: Command = (request) => {
  const { body } = request;
  const { source, turn, plan } = openAggregate(request);
  if (isSet(body.explain)) return { queryPlanner: { winningPlan: shownPlan(plan) }, ok: 1 };
  if (!isDoc(body.cursor))
    throw new CommandError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const size = body.cursor.batchSize === undefined ? undefined : numberOption(body.cursor, 'batchSize');
  return firstBatch(request, collectionName(request), new Encoded(source, asBytes), turn, { size, single: false });
};

const count: Command = (request) => {
  const { body } = request;
  checkOptions(request, ['query', 'limit', 'skip', 'hint', 'fields']);
  const options = { skip: numberOption(body, 'skip'), limit: Math.abs(numberOption(body, 'limit')), hint: hintOf(body) };
  const filter = docOption(body, 'query') ?? {};
  const spec = querySpec(filter, options, requestVariables(request));
  const collection = collectionOf(request);
  if (!collection) return { n: 0, ok: 1 };
  if (Object.keys(filter).length > 0 || options.skip || options.limit || request.transaction) {
    return { n: countMatches(readerOf(request), collection, spec), ok: 1 };
  }
  return { n: request.engine.store.count(collection.prefix, collection.end), ok: 1 };
};

const distinct: Command = async (request) => {
  const { body } = request;
  checkOptions(request, ['key', 'query', 'hint']);
  if (body.key === undefined) throw new CommandError(40414, "BSON field 'distinct.key' is missing but a required field");
  if (typeof body.key !== 'string')
    throw new CommandError(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const spec = querySpec(docOption(body, 'query') ?? {}, { hint: hintOf(body) }, requestVariables(request));
  const collection = collectionOf(request);
  const found = new Map<string, unknown>();
  if (collection) {
    const turn = turnOf(request);
    const { source } = openQuery(readerOf(request), collection, spec, turn);
    const parts = body.key.split('.');
    for (let next = source.next(); next !== undefined; next = source.next()) {
      if (next === PAUSE) {
        source.release();
        await new Promise((resolve) => setImmediate(resolve));
        turn.begin();
      } else collectDistinct(follow(next.document, parts, 0), found);
    }
  }
  return { values: [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value), ok: 1 };
};

function collectDistinct(value: unknown, found: Map<string, unknown>): void {
  for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (one !== undefined) found.set(keyOfOne(one), one);
  }
}

const getMore: Command = (request) => {
  const { body, database } = request;
  checkOptions(request, ['collection', 'batchSize']);
  if (!isLong(body.getMore)) throw new CommandError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const size = body.batchSize === undefined ? undefined : numberOption(body, 'batchSize');
  return nextBatch(request, body.getMore, `${database}.${String(body.collection)}`, size);
};

const killCursors: Command = ({ body, engine }) => {
  const ids = (Array.isArray(body.cursors) ? body.cursors : []) as Long[];
  const killed = ids.filter((id) => engine.cursors.close(id));
  const missing = ids.filter((id) => !killed.includes(id));
  return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
};

function shownPlan(plan: Query['plan'] | undefined): Doc {
  if (!plan) return { stage: 'EOF' };
  if (plan.kind === 'collection') return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' };
  if (plan.kind === 'union')
    return {
      stage: 'FETCH',
      inputStage: { stage: 'OR', inputStages: plan.plans.map((one) => shownPlan(one).inputStage as Doc) },
    };
  const { index, reverse, mergeAfter } = plan;
  const scan = {
    stage: 'IXSCAN',
    keyPattern: index.key,
    indexName: index.name,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: reverse ? 'backward' : 'forward',
  };
  return { stage: 'FETCH', inputStage: mergeAfter ? { stage: 'SORT_MERGE', inputStages: [scan] } : scan };
}

/** How a query would be answered, and with `executionStats` what that looks at. */
const explain: Command = (request) => {
  const inner = request.body.explain;
  if (!isDoc(inner)) throw new CommandError(14, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
  const [name] = Object.keys(inner) as [string];
  const body = { ...inner };
  delete body.$db;
  const explained: Request = { ...request, name, body };
  if (name === 'aggregate') return { queryPlanner: { winningPlan: shownPlan(openAggregate(explained).plan) }, ok: 1 };
  if (name === 'count') Object.assign(body, { filter: body.query ?? {} }, { find: body.count });
  else if (name !== 'find') throw notSupported(`explain of ${name}`);
  if (name === 'count') for (const key of ['count', 'query', 'fields']) delete body[key];
  explained.name = 'find';
  const { query, turn } = openFind(explained);
  const planned =
    query && !(query.plan.kind === 'collection' || query.plan.sorted)
      ? { stage: 'SORT', inputStage: shownPlan(query.plan) }
      : shownPlan(query?.plan);
  const answer: Doc = { queryPlanner: { namespace: collectionName(explained), winningPlan: planned, rejectedPlans: [] }, ok: 1 };
  if (request.body.verbosity !== 'queryPlanner') {
    let returned = 0;
    for (let next = query?.source.next(); next !== undefined; next = query!.source.next()) {
      if (next === PAUSE) turn.begin();
      else returned += 1;
    }
    const { keys = 0, documents = 0 } = query?.examined ?? {};
    answer.executionStats = {
      executionSuccess: true,
      nReturned: returned,
      totalKeysExamined: keys,
      totalDocsExamined: documents,
    };
  }
  return answer;
};

export const READ_COMMANDS: Record<string, Command> = { find, aggregate, count, distinct, getMore, killCursors, explain };
