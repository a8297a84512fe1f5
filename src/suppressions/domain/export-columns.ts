import { safeCell } from '#libs/spreadsheet-csv';
import type { Suppression } from './suppression';

/** What an export says of a suppression; the date is kept, since laws ask for it years later. */
const EXPORT_COLUMNS = ['address', 'domain', 'channel', 'reason', 'source', 'text', 'note', 'createdAt', 'createdBy'] as const;

/**
 * Marks a file as the product's own: its cells were made safe, and an import may undo that. It says which
 * rows were only derived from others (docs/consent.md), so that an import does not ask for them in their own
 * right.
 */
export const DERIVED_COLUMN = 'tuco:derived';

export const exportHeader = (): string[] => [...EXPORT_COLUMNS, DERIVED_COLUMN];

/** A suppression as the cells under `exportHeader()`, none of which a spreadsheet takes for a formula. */
export const exportRow = (suppression: Suppression): string[] => [
  ...EXPORT_COLUMNS.map((column) => {
    const value = suppression[column];
    if (value instanceof Date) return value.toISOString();
    // A phone number is E.164: it begins with a plus, and is no formula.
    return column === 'address' && !value?.includes('@') ? (value ?? '') : safeCell(value ?? '');
  }),
  suppression.isOwn ? '' : 'true',
];
