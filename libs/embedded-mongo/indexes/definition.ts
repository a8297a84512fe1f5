import { CommandError, notSupported } from '../errors';
import { type Filter, parseFilter } from '../query/filter';
import { treePrefix } from '../storage/keys';
import { equal, toNumber } from '../values/compare';
import { type Doc, isDoc, isNumber } from '../values/types';
import { partialFilterAllowed } from './partial';

export interface IndexField {
  path: string;
  parts: string[];
  direction: 1 | -1;
}

/** An index as the catalog keeps it. */
export interface IndexRecord {
  spec: Doc;
  tree: number;
  /** Per field: has an array ever been met on its path? */
  multikey: boolean[];
}

/** An index as the rest of the code uses it. */
export class Index {
  readonly name: string;
  readonly key: Doc;
  readonly fields: IndexField[];
  readonly directions: number[] | undefined;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly partial: Filter | undefined;
  readonly expireAfterSeconds: number | undefined;
  readonly prefix: string;
  readonly isId: boolean;
  /** The first names of everything that decides about a document's keys. */
  readonly topLevel: ReadonlySet<string>;

  constructor(readonly record: IndexRecord) {
    const { spec } = record;
    this.name = spec.name as string;
    this.key = spec.key as Doc;
    this.isId = this.name === '_id_';
    this.fields = Object.entries(this.key).map(([path, direction]) => ({
      path,
      parts: path.split('.'),
      direction: toNumber(direction) < 0 ? -1 : 1,
    }));
    this.directions = this.fields.some(({ direction }) => direction < 0) ? this.fields.map((f) => f.direction) : undefined;
    this.unique = this.isId || isTrue(spec.unique);
    this.sparse = isTrue(spec.sparse);
    this.hidden = isTrue(spec.hidden);
    this.partial = isDoc(spec.partialFilterExpression) ? parseFilter(spec.partialFilterExpression) : undefined;
    this.expireAfterSeconds = spec.expireAfterSeconds === undefined ? undefined : toNumber(spec.expireAfterSeconds);
    this.prefix = treePrefix(record.tree);
    this.topLevel = new Set([
      ...this.fields.map(({ parts }) => parts[0]!),
      ...(this.partial?.paths ?? []).map((p) => p.split('.')[0]!),
    ]);
  }

  metArray(field: number): void {
    this.record.multikey[field] = true;
  }

  parallel(one: string, other: string): CommandError {
    return new CommandError(171, `cannot index parallel arrays [${one}] [${other}]`);
  }

  get multikey(): boolean {
    return this.record.multikey.some(Boolean);
  }
}

const isTrue = (value: unknown): boolean => value === true || (isNumber(value) && toNumber(value) !== 0);

const KNOWN = new Set([
  'key',
  'name',
  'v',
  'unique',
  'sparse',
  'background',
  'ns',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
]);
const cannotCreate = (message: string) => new CommandError(67, message);

/** The specification of an index as asked for: checked, named, without what means nothing. */
export function checkedSpec(given: Doc): Doc {
  for (const option of Object.keys(given)) {
    if (option === 'collation' && isDoc(given.collation) && given.collation.locale === 'simple') continue;
    if (!KNOWN.has(option)) throw notSupported(`The index option "${option}"`);
  }
  const { key, name, expireAfterSeconds, partialFilterExpression } = given;
  if (!isDoc(key) || Object.keys(key).length === 0) throw cannotCreate('Index keys cannot be empty.');
  for (const [path, direction] of Object.entries(key)) checkField(path, direction);
  const spec: Doc = { v: 2, key, name: typeof name === 'string' && name ? name : defaultName(key) };
  const isId = Object.keys(key).join() === '_id';
  if (isTrue(given.unique) && !isId) spec.unique = true;
  if (isTrue(given.sparse)) spec.sparse = true;
  if (isTrue(given.hidden)) spec.hidden = true;
  if (partialFilterExpression !== undefined) {
    if (!isDoc(partialFilterExpression)) throw new CommandError(14, '"partialFilterExpression" for an index must be a document');
    if (spec.sparse) throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
    if (isId) throw cannotCreate('_id index cannot be a partial index');
    partialFilterAllowed(parseFilter(partialFilterExpression));
    spec.partialFilterExpression = partialFilterExpression;
  }
  if (expireAfterSeconds !== undefined) {
    if (!isNumber(expireAfterSeconds))
      throw cannotCreate("TTL index 'expireAfterSeconds' option must be numeric, but received a type of 'string'.");
    if (Object.keys(key).length > 1)
      throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL.');
    spec.expireAfterSeconds = expireAfterSeconds;
  }
  return spec;
}

function checkField(path: string, direction: unknown): void {
  if (path === '' || path.split('.').includes('')) throw cannotCreate('Index keys cannot contain an empty field.');
  if (path.includes('$**')) throw notSupported('A wildcard index');
  if (path.startsWith('$')) throw cannotCreate(`Index key contains an illegal field name: field name starts with '$'.`);
  if (/(^|\.)\d+(\.|$)/.test(path)) throw notSupported('An index on an array position');
  if (typeof direction === 'string') throw notSupported(`The index type "${direction}"`);
  if (!isNumber(direction) || toNumber(direction) === 0)
    throw cannotCreate(
      `Values in v:2 index key pattern cannot be of type ${typeof direction}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
}

const defaultName = (key: Doc): string =>
  Object.entries(key)
    .map(([path, direction]) => `${path}_${toNumber(direction)}`)
    .join('_');

/** Is it the same index in all but its name? */
export function sameOptions(a: Doc, b: Doc): boolean {
  const significant = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'];
  return significant.every((option) => equal(a[option] ?? null, b[option] ?? null));
}
