import { Long } from 'bson';
import { CommandError } from '../errors';
import { parseSort, sortKeyOf } from '../query/order';
import { type Next, PAUSE, type Source } from '../query/source';
import { keyOfOne } from '../values/ordered-key';
import { type Doc, has, isDoc, setField } from '../values/types';
import { type Accumulator, accumulatorOf } from './accumulators';
import { compileExpression, follow } from './expressions';
import type { Evaluate, Variables } from './runtime';

/** A source over another that makes zero or one documents of each. */
export class Mapped implements Source<Doc> {
  constructor(
    private readonly source: Source<Doc>,
    private readonly apply: (document: Doc) => Doc | undefined,
  ) {}

  next(): Next<Doc> {
    for (;;) {
      const document = this.source.next();
      if (document === undefined || document === PAUSE) return document;
      const result = this.apply(document);
      if (result) return result;
    }
  }

  release(): void {
    this.source.release();
  }
}

/** A source over another that makes any number of documents of each. */
class Flattened implements Source<Doc> {
  private waiting: Doc[] = [];
  private at = 0;

  constructor(
    private readonly source: Source<Doc>,
    private readonly apply: (document: Doc) => Doc[],
  ) {}

  next(): Next<Doc> {
    while (this.at >= this.waiting.length) {
      const document = this.source.next();
      if (document === undefined || document === PAUSE) return document;
      this.waiting = this.apply(document);
      this.at = 0;
    }
    this.at += 1;
    return this.waiting[this.at - 1];
  }

  release(): void {
    this.source.release();
  }
}

/** A source that must see all of another before it has its first document. */
export class Collected implements Source<Doc> {
  private results: Doc[] | undefined;
  private at = 0;

  constructor(
    private readonly source: Source<Doc>,
    private readonly take: (document: Doc) => void,
    private readonly finish: () => Doc[],
  ) {}

  next(): Next<Doc> {
    while (!this.results) {
      const document = this.source.next();
      if (document === PAUSE) return PAUSE;
      if (document === undefined) this.results = this.finish();
      else this.take(document);
    }
    this.at += 1;
    return this.results[this.at - 1];
  }

  release(): void {
    this.source.release();
  }
}

/** The documents of one source, then those of another. */
export class Joined implements Source<Doc> {
  private isOver = false;

  constructor(
    private readonly first: Source<Doc>,
    private readonly second: Source<Doc>,
  ) {}

  next(): Next<Doc> {
    if (!this.isOver) {
      const document = this.first.next();
      if (document !== undefined) return document;
      this.isOver = true;
    }
    return this.second.next();
  }

  release(): void {
    this.first.release();
    this.second.release();
  }
}

/** What the stages that keep everything may keep; MongoDB's limit for a stage without disk. */
const STAGE_BYTES = 100 * 1024 * 1024;
const ENTRY_BYTES = 200;

export function sorted(source: Source<Doc>, argument: unknown): Source<Doc> {
  if (!isDoc(argument)) throw new CommandError(15973, 'the $sort key specification must be an object');
  const fields = parseSort(argument);
  if (fields.length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  const keyOf = sortKeyOf(fields);
  const kept: { key: string; document: Doc }[] = [];
  const take = (document: Doc) => {
    kept.push({ key: keyOf(document), document });
    if (kept.length * ENTRY_BYTES * 4 > STAGE_BYTES * 2)
      throw new CommandError(292, 'Sort exceeded memory limit of 104857600 bytes');
  };
  const finish = () => kept.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ document }) => document);
  return new Collected(source, take, finish);
}

interface GroupField {
  name: string;
  make: () => Accumulator;
  evaluate: Evaluate;
}

function groupFields(argument: Doc): GroupField[] {
  return Object.entries(argument)
    .filter(([name]) => name !== '_id')
    .map(([name, operation]) => {
      if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
      if (!isDoc(operation) || Object.keys(operation).length !== 1) {
        throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
      }
      const [operator] = Object.keys(operation) as [string];
      if (operator === '$count') return { name, make: accumulatorOf('$sum'), evaluate: () => 1 };
      return { name, make: accumulatorOf(operator), evaluate: compileExpression(operation[operator]) };
    });
}

export function grouped(source: Source<Doc>, argument: unknown, variables: Variables): Source<Doc> {
  if (!isDoc(argument)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!has(argument, '_id')) throw new CommandError(15955, 'a group specification must include an _id');
  const idOf = compileExpression(argument._id);
  const fields = groupFields(argument);
  const groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>();
  const take = (document: Doc) => {
    const id = idOf(document, variables) ?? null;
    const key = keyOfOne(id);
    let group = groups.get(key);
    if (!group) {
      group = { id, accumulators: fields.map(({ make }) => make()) };
      groups.set(key, group);
      if (groups.size * ENTRY_BYTES > STAGE_BYTES * 2)
        throw new CommandError(292, "Exceeded memory limit for $group, but didn't allow external sort.");
    }
    for (let i = 0; i < fields.length; i += 1) group.accumulators[i]!.add(fields[i]!.evaluate(document, variables));
  };
  const finish = () =>
    [...groups.values()].map(({ id, accumulators }) => {
      const result: Doc = { _id: id };
      fields.forEach(({ name }, i) => setField(result, name, accumulators[i]!.result()));
      return result;
    });
  return new Collected(source, take, finish);
}

export function counted(source: Source<Doc>, argument: unknown): Source<Doc> {
  if (typeof argument !== 'string' || argument === '' || argument.startsWith('$') || argument.includes('.')) {
    throw new CommandError(argument === '' ? 40157 : 40156, 'the count field must be a non-empty string');
  }
  let count = 0;
  return new Collected(
    source,
    () => (count += 1),
    () => (count === 0 ? [] : [{ [argument]: count }]),
  );
}

export function unwound(source: Source<Doc>, argument: unknown): Source<Doc> {
  const options = isDoc(argument) ? argument : { path: argument };
  const { path, preserveNullAndEmptyArrays, includeArrayIndex } = options;
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${String(path)}`);
  const parts = path.slice(1).split('.');
  const index = typeof includeArrayIndex === 'string' ? includeArrayIndex : undefined;
  return new Flattened(source, (document) => {
    const value = follow(document, parts, 0);
    const withIndex = (result: Doc, position: number | null): Doc =>
      index === undefined ? result : { ...result, [index]: position === null ? null : Long.fromNumber(position) };
    if (!Array.isArray(value)) {
      if (value === undefined || value === null) return preserveNullAndEmptyArrays === true ? [withIndex(document, null)] : [];
      return [withIndex(document, null)];
    }
    if (value.length === 0)
      return preserveNullAndEmptyArrays === true ? [withIndex(withValue(document, parts, undefined), null)] : [];
    return value.map((element, i) => withIndex(withValue(document, parts, element), i));
  });
}

/** A copy with another value at a path. */
export function withValue(document: Doc, parts: readonly string[], value: unknown): Doc {
  const copy: Doc = { ...document };
  const [name, ...rest] = parts as [string, ...string[]];
  if (rest.length === 0) {
    if (value === undefined) delete copy[name];
    else setField(copy, name, value);
  } else setField(copy, name, withValue(isDoc(copy[name]) ? copy[name] : {}, rest, value));
  return copy;
}
