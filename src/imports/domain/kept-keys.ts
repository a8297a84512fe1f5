import { customFieldsProblem, MAX_KEY_LENGTH } from '../../leads/domain';
import type { ColumnWarning } from '../../platform/csv-jobs/csv-columns';
import { cutText } from '../../platform/texts';
import { IMPORT_TEXTS } from './imports.texts';
import type { Target } from './target';

/**
 * Makes the names of columns such as custom fields may have: forms call them by their questions. A name that
 * cannot be kept at all leaves its column out.
 */
export function withKeptKeys(
  targets: readonly Target[],
  names: readonly string[],
): { targets: Target[]; warnings: ColumnWarning[] } {
  const warnings: ColumnWarning[] = [];
  const taken = new Set(targets.map((target) => ('key' in target ? target.key : '')));
  const kept = targets.map((target, index): Target => {
    if (!('key' in target)) return target;
    const key = keptKey(target.key, taken);
    const problem = customFieldsProblem({ [key]: '' });
    const text = names[index]!;
    if (problem !== null) {
      warnings.push({ field: `column ${index + 1}`, message: IMPORT_TEXTS.keyLeftOut(problem), text });
      return target.kind === 'custom' ? { kind: 'ignored' } : target;
    }
    if (key !== target.key) warnings.push({ field: `column ${index + 1}`, message: IMPORT_TEXTS.keyCut(key), text });
    return { ...target, key };
  });
  return { targets: kept, warnings };
}

/** The key, cut where it is too long; questions that begin alike get numbers. */
function keptKey(key: string, taken: Set<string>): string {
  if (key.length <= MAX_KEY_LENGTH) return key;
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : ` (${number})`;
    const cut = cutText(key, MAX_KEY_LENGTH - end.length).trimEnd() + end;
    if (taken.has(cut)) continue;
    taken.add(cut);
    return cut;
  }
}
