import { badValue, CommandError, notSupported } from '../errors';
import { entriesAt, type Paths } from '../indexes/entries-at';
import { compareValues, toNumber } from '../values/compare';
import { inverted, keyOf, keyOfOne } from '../values/ordered-key';
import { type Doc, isDoc, isNumber } from '../values/types';
import { isPosition, MISSING, visitPath } from './paths';

export interface SortField {
  path: string;
  parts: string[];
  direction: 1 | -1;
}

export function parseSort(source: Doc): SortField[] {
  return Object.entries(source).map(([path, direction]) => {
    if (isDoc(direction)) throw notSupported('Sorting by $meta');
    const number = isNumber(direction) ? toNumber(direction) : NaN;
    if (number !== 1 && number !== -1) throw badSort(path, direction);
    if (path.startsWith('$'))
      throw badValue("FieldPath field names may not start with '$'. Consider using $getField or $setField.");
    return { path, parts: path.split('.'), direction: number };
  });
}

const badSort = (path: string, direction: unknown): CommandError =>
  isNumber(direction)
    ? new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    : new CommandError(15974, `Illegal key in $sort specification: ${path}: ${JSON.stringify(direction)}`);

/**
 * By what a document is sorted: an array counts by its least element, or its greatest in descending order.
 */
function sortValue(document: Doc, { parts, direction }: SortField): unknown {
  let best: unknown = MISSING;
  const consider = (value: unknown) => {
    if (best === MISSING || compareValues(value, best) * direction < 0) best = value;
  };
  visitPath(document, parts, (value, atPosition) => {
    if (!Array.isArray(value) || atPosition) consider(value === MISSING ? null : value);
    else if (value.length === 0) consider(undefined);
    else value.forEach(consider);
    return false;
  });
  return best === MISSING ? null : best;
}

/**
 * Bytes that sort documents as `fields` says: of the combinations that its arrays give, the one that is
 * first.
 */
export function sortKeyOf(fields: readonly SortField[]): (document: Doc) => string {
  if (fields.some(({ parts }) => parts.some(isPosition))) return sortKeyByField(fields);
  const paths: Paths = { fields, parallel: () => badValue('cannot sort with keys that are parallel arrays') };
  const directions = fields.map(({ direction }) => direction);
  return (document) => {
    const entries = entriesAt(paths, document);
    if (entries.length === 1) return keyOf(entries[0]!, directions);
    return entries.map((entry) => keyOf(entry, directions)).reduce((best, key) => (key < best ? key : best));
  };
}

/** With positions in arrays among the paths, every field counts by itself. */
function sortKeyByField(fields: readonly SortField[]): (document: Doc) => string {
  return (document) =>
    fields
      .map((field) =>
        field.direction === 1 ? keyOfOne(sortValue(document, field)) : inverted(keyOfOne(sortValue(document, field))),
      )
      .join('');
}

export function sortComparator(source: Doc): (a: Doc, b: Doc) => number {
  const fields = parseSort(source);
  return (a, b) => {
    for (const field of fields) {
      const order = compareValues(sortValue(a, field), sortValue(b, field)) * field.direction;
      if (order !== 0) return order;
    }
    return 0;
  };
}
