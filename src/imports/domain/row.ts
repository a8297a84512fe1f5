import { plainCell } from '#libs/spreadsheet-csv';
import type { CustomValue } from '../../leads/domain';
import { surplusProblem } from '../../platform/csv-jobs/csv-columns';
import type { Columns } from './columns';
import { splitName } from './full-name';
import { contactFieldsOfRow } from './row-contacts';

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
  const contacts = contactFieldsOfRow(cells, targets);
  const custom = (key: string, text: string) => {
    if (typed.has(key)) customFields[key] = fromJson(text);
    else if (text.trim() !== '') customFields[key] = text;
  };
  targets.forEach((target, index) => {
    const cell = cells[index] ?? '';
    const text = ours ? plainCell(cell) : cell;
    const field = target.kind === 'field' ? target.field : contacts.get(index);
    if (field !== undefined) {
      if (cell.trim() !== '') lead[field] = text;
    } else if ('key' in target) custom(target.key, text);
  });
  addNames(lead, columns, cells);
  return { lead: { ...lead, customFields } };
}

/** Fills the names that have no column of their own, or an empty one, from the column of whole names. */
function addNames(lead: Record<string, unknown>, { targets, ours }: Columns, cells: readonly string[]): void {
  const index = targets.findIndex(({ kind }) => kind === 'full-name');
  if (index < 0) return;
  const { firstName, lastName } = splitName(ours ? plainCell(cells[index] ?? '') : (cells[index] ?? ''));
  if (firstName !== null) lead.firstName ??= firstName;
  if (lastName !== null) lead.lastName ??= lastName;
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
