import { CommandError } from '../errors';
import type { Filter, FilterNode, Predicate } from '../query/filter';
import { compareValues, equal } from '../values/compare';
import { rankOf } from '../values/types';

const ALLOWED = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in']);

/** @throws CannotCreateIndex for an expression that MongoDB does not take as the filter of a partial index */
export function partialFilterAllowed({ node }: Filter): void {
  const check = (part: FilterNode): void => {
    if (part.kind === 'and' || part.kind === 'or') return part.children.forEach(check);
    if (part.kind !== 'predicate' || !ALLOWED.has(part.operator) || (part.operator === '$exists' && part.operand !== true)) {
      const name = part.kind === 'predicate' ? part.operator : `$${part.kind}`;
      throw new CommandError(67, `Expression not supported in partial index: ${name}`);
    }
  };
  check(node);
}

/**
 * Does every document that the query finds pass the filter? Only then may a partial index answer it. As
 * MongoDB judges it: predicate by predicate, and not by values' types, so `{ phone: '+1' }` does not imply `{
 * phone: { $type: 'string' } }`.
 */
export function implies(query: readonly Predicate[], node: FilterNode): boolean {
  if (node.kind === 'and') return node.children.every((child) => implies(query, child));
  if (node.kind === 'or') return node.children.some((child) => implies(query, child));
  if (node.kind !== 'predicate') return false;
  return query.some((predicate) => predicate.path === node.path && impliesOne(predicate, node));
}

function impliesOne(query: Predicate, filter: Predicate): boolean {
  if (query.operator === '$in' && filter.operator !== '$in') {
    const values = query.operand as unknown[];
    return values.length > 0 && values.every((value) => impliesOne({ ...query, operator: '$eq', operand: value }, filter));
  }
  const { operand } = query;
  const sameType = rankOf(operand) === rankOf(filter.operand);
  const order = sameType ? compareValues(operand, filter.operand) : NaN;
  switch (filter.operator) {
    case '$exists':
      return ['$eq', '$gt', '$gte', '$lt', '$lte', '$regex', '$elemMatch', '$mod', '$size', '$type'].includes(query.operator)
        ? operand !== null
        : query.operator === '$exists' && operand === true;
    case '$type':
      return query.operator === '$type' && equal(operand, filter.operand);
    case '$eq':
      return query.operator === '$eq' && order === 0;
    case '$in':
      return query.operator === '$eq' && (filter.operand as unknown[]).some((value) => equal(value, operand));
    case '$gt':
      return (['$eq', '$gte'].includes(query.operator) && order > 0) || (query.operator === '$gt' && order >= 0);
    case '$gte':
      return ['$eq', '$gte', '$gt'].includes(query.operator) && order >= 0;
    case '$lt':
      return (['$eq', '$lte'].includes(query.operator) && order < 0) || (query.operator === '$lt' && order <= 0);
    case '$lte':
      return ['$eq', '$lte', '$lt'].includes(query.operator) && order <= 0;
    default:
      return false;
  }
}
