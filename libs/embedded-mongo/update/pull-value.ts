import { compileRegex } from '../query/predicates';
import { equal } from '../values/compare';
import { Rank, rankOf } from '../values/types';

/** Is the element what `$pull` was given: matched by the pattern, when it is one, else equal? */
export function compareRegexOrEqual(element: unknown, operand: unknown): boolean {
  if (rankOf(operand) === Rank.regex && typeof element === 'string') return compileRegex(operand).regex.test(element);
  return equal(element, operand);
}
