import { plainCell } from '#libs/spreadsheet-csv';
import { CUSTOM_COLUMN, type CustomValue, type OnNull } from '../../leads/domain';
import { fitted } from '../../platform/csv-jobs/csv-columns';
import { wellFormedJson } from '../../platform/texts';
import type { Columns } from './columns';
import { splitName } from './full-name';
import { keptFields, keptLead, type RowWarning } from './kept-lead';
import { contactFieldsOfRow } from './row-contacts';

/** A row, read for the rules of leads to check. */
export interface ReadLead {
  /** As a client would send it. */
  lead: Record<string, unknown>;
  warnings: RowWarning[];
}

/** How the rows of a file are to be read. */
export interface HowToRead {
  columns: Columns;
  delimiter: string;
  /**
   * `clear`: an empty cell is a `null`, as a client sends one. A cell that the row does not have says
   * nothing.
   */
  onNull: OnNull;
}

/** The lead that a row is; what does not fit its header, or a lead, is cut or left out, with a warning. */
export function leadOf(row: readonly string[], { columns, delimiter, onNull }: HowToRead): ReadLead {
  const { names, targets, ours } = columns;
  const { cells, warning } = fitted(row, { names, delimiter }, (column) => isText(targets[column]));
  const warnings: RowWarning[] = warning ? [warning] : [];
  const lead: Record<string, unknown> = {};
  const customFields = new Map<string, CustomValue>();
  const typed = typedKeys(cells, targets);
  const contacts = contactFieldsOfRow(cells, targets);
  const isCleared = (index: number) => onNull === 'clear' && index < cells.length;
  targets.forEach((target, index) => {
    const cell = cells[index] ?? '';
    const text = ours ? plainCell(cell) : cell;
    const field = target.kind === 'field' ? target.field : contacts.get(index);
    if (field !== undefined) {
      if (cell.trim() !== '') lead[field] = text;
      else if (isCleared(index)) lead[field] = null;
    } else if ('key' in target) {
      // An export gives what a field holds as it is.
      const isExact = ours && names[index]!.startsWith(CUSTOM_COLUMN);
      if (typed.has(target.key)) customFields.set(target.key, fromJson(text));
      else if (text.trim() !== '') customFields.set(target.key, isExact ? text : text.trim());
      else if (isCleared(index)) customFields.set(target.key, null);
    }
  });
  addNames(lead, columns, cells);
  if (onNull === 'clear') clearShared(lead, cells, targets);
  keptLead(lead, warnings);
  return { lead: { ...lead, customFields: keptFields(customFields, warnings) }, warnings };
}

/** Empties what the row leaves of the fields that columns of contacts share, and of a whole name. */
function clearShared(lead: Record<string, unknown>, { length }: readonly string[], targets: Columns['targets']): void {
  for (const target of targets.slice(0, length)) {
    if (target.kind === 'contact' && target.field !== null) lead[target.field] ??= null;
    if (target.kind === 'full-name') {
      lead.firstName ??= null;
      lead.lastName ??= null;
    }
  }
}

/** May the cells of a column have any text in them, delimiters included? */
const isText = (target: Columns['targets'][number] | undefined): boolean =>
  target?.kind === 'custom' || (target?.kind === 'field' && target.field === 'notes');

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
    return JSON.parse(wellFormedJson(text)) as CustomValue;
  } catch {
    return text;
  }
}
