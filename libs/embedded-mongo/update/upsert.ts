import { ObjectId } from 'bson';
import { CommandError } from '../errors';
import type { Filter, FilterNode } from '../query/filter';
import { equal } from '../values/compare';
import { type Doc, has, isDoc, setField } from '../values/types';
import { eachTarget } from './targets';
import type { Update } from './update';

const NO_CONTEXT = { arrayFilters: new Map<string, Filter>(), inserting: true };

/**
 * The document that an upsert inserts: the equalities of the query, changed by the update, with an `_id` at
 * the front.
 */
export function upsertedDocument(filter: Filter, update: Update): Doc {
  const base: Doc = {};
  if (update.replaces) collectId(filter.node, base);
  else collectEqualities(filter.node, base);
  const queryId = base._id;
  const { document } = update.apply(base, { inserting: true, filter });
  if (queryId !== undefined && has(document, '_id') && !equal(queryId, document._id)) {
    throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  const result: Doc = { _id: has(document, '_id') ? document._id : new ObjectId() };
  for (const key of Object.keys(document)) if (key !== '_id') setField(result, key, document[key]);
  return result;
}

function equalities(node: FilterNode, found: Map<string, unknown>): void {
  if (node.kind === 'and' || (node.kind === 'or' && node.children.length === 1))
    node.children.forEach((child) => equalities(child, found));
  if (node.kind === 'expr') throw new CommandError(224, '$expr is not allowed in the query predicate for an upsert');
  if (node.kind !== 'predicate') return;
  const isOneOf = node.operator === '$in' && (node.operand as unknown[]).length === 1;
  if (node.operator !== '$eq' && !isOneOf) return;
  const value = isOneOf ? (node.operand as unknown[])[0] : node.operand;
  const overlaps = [...found.keys()].some(
    (path) => path === node.path || path.startsWith(`${node.path}.`) || node.path.startsWith(`${path}.`),
  );
  if (overlaps) throw new CommandError(54, `cannot infer query fields to set, path '${node.path}' is matched twice`);
  found.set(node.path, value);
}

function collectEqualities(node: FilterNode, base: Doc): void {
  const found = new Map<string, unknown>();
  equalities(node, found);
  for (const [path, value] of found) eachTarget(base, path, { apply: () => (isDoc(value) ? { ...value } : value) }, NO_CONTEXT);
}

function collectId(node: FilterNode, base: Doc): void {
  const found = new Map<string, unknown>();
  equalities(node, found);
  if (found.has('_id')) base._id = found.get('_id');
}
