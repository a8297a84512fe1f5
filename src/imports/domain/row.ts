import { plainCell } from '#libs/spreadsheet-csv';
import type { CustomValue } from '../../leads/domain';
import { surplusProblem } from '../../platform/csv-jobs/csv-columns';
import type { Columns } from './columns';

/**
 * The lead that a row is, as a client would send it, for the rules of leads to check.
 * @returns a problem where the row does not fit its header
 */
export function leadOf(cells: readonly string[], columns: Columns): { lead: Record<string, unknown> } | { problem: string } {
  const problem = surplusProblem(cells, columns);
  if (problem !== null) return { problem };
  const { targets, ours } = columns;
  const lead: Record<string, unknown> = {};
  // Without a prototype: a column may be called like anything, and the rules of leads refuse the names that
  // are dangerous.
  const customFields: Record<string, CustomValue> = Object.create(null) as Record<string, CustomValue>;
  const typed = typedKeys(cells, targets);
  targets.forEach((target, index) => {
    const cell = cells[index] ?? '';
    if (target.kind === 'field') {
      if (cell.trim() !== '') lead[target.field] = ours ? plainCell(cell) : cell;
    } else if (target.kind === 'custom') {
      const text = ours ? plainCell(cell) : cell;
      if (typed.has(target.key)) customFields[target.key] = fromJson(text);
      else if (cell.trim() !== '') customFields[target.key] = text;
    }
  });
  return { lead: { ...lead, customFields } };
}

/** The keys of custom fields whose cells hold JSON, in a row of an export of the product. */
function typedKeys(cells: readonly string[], targets: Columns['targets']): Set<string> {
  const index = targets.findIndex(({ kind }) => kind === 'custom-types');
  const keys: unknown = index < 0 ? [] : fromJson(plainCell(cells[index] ?? ''));
  return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : []);
}

function fromJson(text: string): CustomValue {
  try {
    return JSON.parse(text) as CustomValue;
  } catch {
    return text;
  }
}
