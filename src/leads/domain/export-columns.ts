import { safeCell } from '#libs/spreadsheet-csv';
import { CONTACT_FIELDS, type CustomValue, type Lead, PHONE_FIELDS, PROFILE_FIELDS } from './lead';

/** The columns of a lead that a file may fill. */
export const LEAD_COLUMNS = [...PROFILE_FIELDS.slice(0, 2), ...CONTACT_FIELDS, ...PROFILE_FIELDS.slice(2)] as const;
export type LeadColumn = (typeof LEAD_COLUMNS)[number];

/** What an export also says of a lead; an import ignores it. */
const READ_ONLY_COLUMNS = ['_id', 'listId', 'availabilityStatus', 'availabilityCheckedAt', 'createdAt', 'updatedAt'] as const;
export const IGNORED_EXPORT_COLUMNS: ReadonlySet<string> = new Set<string>(READ_ONLY_COLUMNS);

/** Begins the name of a custom field's column, so that it is never taken for a field of the lead. */
export const CUSTOM_COLUMN = 'custom:';

/**
 * Marks a file as the product's own: its cells were made safe, and an import may undo that. The column holds,
 * as JSON, the keys of the row's custom fields whose cells are JSON, since they are not strings (or are empty
 * ones, which a file cannot tell from none).
 */
export const CUSTOM_TYPES_COLUMN = 'tuco:typed';

export const exportHeader = (customKeys: readonly string[]): string[] => [
  ...READ_ONLY_COLUMNS,
  ...LEAD_COLUMNS,
  ...customKeys.map((key) => safeCell(CUSTOM_COLUMN + key)),
  CUSTOM_TYPES_COLUMN,
];

/** E.164, so it begins with a plus and is no formula. */
const PHONES: ReadonlySet<string> = new Set(PHONE_FIELDS);

/** A lead as the cells under `exportHeader(customKeys)`, none of which a spreadsheet takes for a formula. */
export function exportRow(lead: Lead, customKeys: readonly string[]): string[] {
  const { id, listId, availabilityStatus, availabilityCheckedAt, createdAt, updatedAt, customFields } = lead;
  const typed: string[] = [];
  const custom = customKeys.map((key) => {
    if (!Object.hasOwn(customFields, key)) return '';
    const value = customFields[key] as CustomValue;
    if (typeof value === 'string' && value.trim() !== '') return safeCell(value);
    typed.push(key);
    return safeCell(JSON.stringify(value));
  });
  return [
    id,
    listId,
    availabilityStatus ?? '',
    availabilityCheckedAt?.toISOString() ?? '',
    createdAt.toISOString(),
    updatedAt.toISOString(),
    ...LEAD_COLUMNS.map((column) => (PHONES.has(column) ? (lead[column] ?? '') : safeCell(lead[column] ?? ''))),
    ...custom,
    typed.length > 0 ? safeCell(JSON.stringify(typed)) : '',
  ];
}
