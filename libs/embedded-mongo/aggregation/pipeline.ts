import { CommandError, notSupported } from '../errors';
import { parseFilter } from '../query/filter';
import { countMatches, Match, openQuery, type QuerySpec, querySpec, Window } from '../query/find';
import { parseSort } from '../query/order';
import type { Plan } from '../query/plans';
import { type Next, PAUSE, type Source, type Turn } from '../query/source';
import type { Collection } from '../storage/catalog';
import type { Reader } from '../storage/readers';
import { equal, toNumber } from '../values/compare';
import { type Doc, isDoc, isNumber } from '../values/types';
import { follow } from './expressions';
import { unknownStage } from './known';
import { perDocument } from './per-document';
import type { Variables } from './runtime';
import { Collected, counted, grouped, Joined, Mapped, sorted, unwound, withValue } from './stages';

export interface PipelineContext {
  reader: Reader;
  /** Of the same database. */
  collection(name: string): Collection | undefined;
  variables: Variables;
  turn: Turn | undefined;
  hint?: unknown;
}

/** Raw where a stored document comes out as it is. */
export type Output = Match | Doc;

/** Runs a pipeline over a collection; what its first stages say about finding goes to the indexes. */
export function openPipeline(
  context: PipelineContext,
  collection: Collection | undefined,
  pipeline: readonly Doc[],
): { source: Source<Output>; plan?: Plan } {
  const stages = matchesFirst(pipeline.map(stageOf));
  const { spec, rest } = pushDown(stages, context);
  if (!collection) {
    const empty: Source<Doc> = { next: () => undefined, release: () => undefined };
    return { source: through(rest, empty, context) };
  }
  const count = countOnly(rest);
  if (count && !spec.sort?.length) return { source: countSource(context, collection, spec, count) };
  const { source, plan } = openQuery(context.reader, collection, { ...spec, hint: context.hint }, context.turn);
  if (rest.length === 0) return { source, plan };
  return { source: through(rest, new Documents(source), context), plan };
}

/** Runs a pipeline over one document that is not stored anywhere. */
export function openOver(context: PipelineContext, document: Doc, pipeline: readonly Doc[]): { source: Source<Output> } {
  let documents = [document];
  const one: Source<Doc> = {
    next() {
      const [next] = documents;
      documents = [];
      return next;
    },
    release: () => undefined,
  };
  return { source: through(pipeline.map(stageOf), one, context) };
}

interface Stage {
  name: string;
  argument: unknown;
}

function stageOf(stage: unknown): Stage {
  if (!isDoc(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
  const names = Object.keys(stage);
  if (names.length !== 1) throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return { name: names[0]!, argument: stage[names[0]!] };
}

/** A match behind a sort goes before it, as on MongoDB, and of two sorts in a row the second counts. */
function matchesFirst(stages: Stage[]): Stage[] {
  const result: Stage[] = [];
  for (const stage of stages) {
    let at = result.length;
    if (stage.name === '$match') while (at > 0 && result[at - 1]!.name === '$sort') at -= 1;
    if (stage.name === '$sort' && result.at(-1)?.name === '$sort') result.pop();
    result.splice(stage.name === '$match' ? at : result.length, 0, stage);
  }
  return result;
}

/** A leading match, then sort, then skip and limit are a query. */
function pushDown(stages: Stage[], context: PipelineContext): { spec: QuerySpec; rest: Stage[] } {
  const filters: Doc[] = [];
  let at = 0;
  for (; stages[at]?.name === '$match'; at += 1) filters.push(matchArgument(stages[at]!.argument));
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  const spec = querySpec(filter, {}, context.variables);
  if (stages[at]?.name === '$sort' && isDoc(stages[at]!.argument) && Object.keys(stages[at]!.argument as Doc).length > 0) {
    spec.sort = parseSort(stages[at]!.argument as Doc);
    at += 1;
  }
  if (stages[at]?.name === '$skip') {
    spec.skip = count('$skip', stages[at]!.argument);
    at += 1;
  }
  if (stages[at]?.name === '$limit') {
    spec.limit = count('$limit', stages[at]!.argument);
    at += 1;
  }
  return { spec, rest: stages.slice(at) };
}

function matchArgument(argument: unknown): Doc {
  if (!isDoc(argument)) throw new CommandError(15959, 'the match filter must be an expression in an object');
  return argument;
}

function count(name: string, argument: unknown): number {
  const number = isNumber(argument) ? toNumber(argument) : NaN;
  if (!Number.isInteger(number) || number < 0)
    throw new CommandError(5107200, `invalid argument to ${name} stage: Expected an integer`);
  if (number === 0 && name === '$limit') throw new CommandError(15958, 'the limit must be positive');
  return number;
}

class Documents implements Source<Doc> {
  constructor(private readonly source: Source<Output>) {}

  next(): Next<Doc> {
    const match = this.source.next();
    return match instanceof Match ? match.document : match;
  }

  release(): void {
    this.source.release();
  }
}

interface Count {
  id: unknown;
  field: string;
  /** `$count` says nothing about no documents, and so does `$group`. */
  named: boolean;
}

/** Is all that is left to count? Then an index may do it alone. */
function countOnly(stages: readonly Stage[]): Count | undefined {
  if (stages.length !== 1) return undefined;
  const { name, argument } = stages[0]!;
  if (name === '$count' && typeof argument === 'string' && /^[^$.]+$/.test(argument))
    return { id: undefined, field: argument, named: true };
  if (name !== '$group' || !isDoc(argument) || Object.keys(argument).length !== 2) return undefined;
  const field = Object.keys(argument).find((key) => key !== '_id');
  const id = argument._id;
  if (field !== undefined && /[.$]/.test(field)) return undefined;
  const isConstant = id === null || isNumber(id);
  if (field === undefined || !isConstant || !equal(argument[field], { $sum: 1 })) return undefined;
  return { id, field, named: false };
}

function countSource(
  context: PipelineContext,
  collection: Collection,
  spec: QuerySpec,
  { id, field, named }: Count,
): Source<Doc> {
  let done = false;
  return {
    next() {
      if (done) return undefined;
      done = true;
      const n = countMatches(context.reader, collection, { ...spec, hint: context.hint });
      if (n === 0) return undefined;
      return named ? { [field]: n } : { _id: id, [field]: n };
    },
    release: () => undefined,
  };
}

type MakeStage = (source: Source<Doc>, argument: unknown, context: PipelineContext) => Source<Doc>;

const STAGES: Record<string, MakeStage> = {
  $match: (source, argument, { variables }) => {
    const { matches } = parseFilter(matchArgument(argument), variables);
    return new Mapped(source, (document) => (matches(document) ? document : undefined));
  },
  $sort: (source, argument) => sorted(source, argument),
  $skip: (source, argument) => new Window(source, count('$skip', argument), 0),
  $limit: (source, argument) => new Window(source, 0, count('$limit', argument)),
  $group: (source, argument, { variables }) => grouped(source, argument, variables),
  $count: counted,
  $unwind: unwound,
  $sortByCount: (source, argument, { variables }) =>
    sorted(grouped(source, { _id: argument, count: { $sum: 1 } }, variables), { count: -1 }),
  $lookup: lookup,
  $unionWith: unionWith,
  $facet: facet,
};

function through(stages: readonly Stage[], source: Source<Doc>, context: PipelineContext): Source<Doc> {
  return stages.reduce((from, { name, argument }) => {
    const make = Object.prototype.hasOwnProperty.call(STAGES, name) ? STAGES[name] : undefined;
    if (make) return make(from, argument, context);
    const project = perDocument(name, argument);
    if (!project) throw unknownStage(name);
    return new Mapped(from, (document) => project(document, context.variables));
  }, source);
}

function lookup(source: Source<Doc>, argument: unknown, context: PipelineContext): Source<Doc> {
  if (!isDoc(argument)) throw new CommandError(9, 'the $lookup specification must be an Object');
  const { from, localField, foreignField, as, ...others } = argument;
  const [other] = Object.keys(others);
  if (other !== undefined) throw notSupported(`"${other}" of $lookup`);
  if (typeof from !== 'string' || typeof localField !== 'string' || typeof foreignField !== 'string' || typeof as !== 'string') {
    throw new CommandError(9, '$lookup requires from, localField, foreignField and as to be strings');
  }
  const local = localField.split('.');
  return new Mapped(source, (document) => {
    const foreign = context.collection(from);
    const value = follow(document, local, 0) ?? null;
    const values = Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [Array.isArray(value) ? null : value];
    const found: Doc[] = [];
    if (foreign) {
      const { source: matches } = openQuery(
        context.reader,
        foreign,
        querySpec({ [foreignField]: { $in: values } }, {}, context.variables),
      );
      for (let match = matches.next(); match instanceof Match; match = matches.next()) found.push(match.document);
    }
    return withValue(document, as.split('.'), found);
  });
}

/** The documents that came so far, and behind them those that another pipeline has, over any collection. */
function unionWith(source: Source<Doc>, argument: unknown, context: PipelineContext): Source<Doc> {
  const { coll, pipeline } = unionArgument(argument);
  const { source: others } = openPipeline({ ...context, hint: undefined }, context.collection(coll), pipeline);
  return new Joined(source, new Documents(others));
}

function unionArgument(argument: unknown): { coll: string; pipeline: Doc[] } {
  if (typeof argument === 'string') return { coll: argument, pipeline: [] };
  if (!isDoc(argument)) {
    throw new CommandError(9, 'the $unionWith stage specification must be an object or string');
  }
  const { coll, pipeline = [], ...others } = argument;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new CommandError(40415, `BSON field '$unionWith.${other}' is an unknown field.`);
  if (coll === undefined) throw notSupported('$unionWith without "coll"');
  if (typeof coll !== 'string')
    throw new CommandError(14, "BSON field '$unionWith.coll' is the wrong type, expected type 'string'");
  if (!Array.isArray(pipeline)) throw new CommandError(14, "'pipeline' option must be specified as an array");
  return { coll, pipeline: pipeline as Doc[] };
}

function facet(source: Source<Doc>, argument: unknown, context: PipelineContext): Source<Doc> {
  if (!isDoc(argument)) throw new CommandError(40169, 'the $facet specification must be a non-empty object');
  const kept: Doc[] = [];
  const finish = (): Doc[] => {
    const result: Doc = {};
    for (const [name, pipeline] of Object.entries(argument)) {
      const stages = (Array.isArray(pipeline) ? (pipeline as unknown[]) : []).map(stageOf);
      let at = 0;
      const all: Source<Doc> = { next: () => kept[at++], release: () => undefined };
      const inner = through(stages, all, context);
      const documents: Doc[] = [];
      for (let one = inner.next(); one !== undefined && one !== PAUSE; one = inner.next()) documents.push(one);
      result[name] = documents;
    }
    return [result];
  };
  return new Collected(source, (document) => kept.push(document), finish);
}
