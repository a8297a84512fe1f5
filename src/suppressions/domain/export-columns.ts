import { safeCell } from '#libs/spreadsheet-csv';
import type { Suppression } from './suppression';

/** What an export says of a suppression; the date is kept, since laws ask for it years later. */
export const EXPORT_COLUMNS = [
  'address',
  'domain',
  'channel',
  'reason',
  'source',
  'text',
  'note',
  'createdAt',
  'createdBy',
] as const;

/** A suppression as the cells under `EXPORT_COLUMNS`, none of which a spreadsheet takes for a formula. */
export const exportRow = (suppression: Suppression): string[] =>
  EXPORT_COLUMNS.map((column) => {
    const value = suppression[column];
    if (value instanceof Date) return value.toISOString();
    // A phone number is E.164: it begins with a plus, and is no formula.
    return column === 'address' && !value?.includes('@') ? (value ?? '') : safeCell(value ?? '');
  });
