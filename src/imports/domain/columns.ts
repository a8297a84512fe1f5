import {
  CUSTOM_COLUMN,
  CUSTOM_TYPES_COLUMN,
  EMAIL_FIELDS,
  IGNORED_EXPORT_COLUMNS,
  LEAD_COLUMNS,
  type LeadColumn,
  PHONE_FIELDS,
} from '../../leads/domain';
import { EMAIL_COLUMNS, PHONE_COLUMNS } from '../../platform/csv-jobs/contact-columns';
import { columnsNamed, type CsvColumns, headerOf, type Mapping, plainName } from '../../platform/csv-jobs/csv-columns';
import type { ErrorDetail } from '../../platform/errors';
import { IMPORT_TEXTS } from './imports.texts';

/** Where a column of a file goes. */
export type Target =
  | { kind: 'field'; field: LeadColumn }
  /** A custom field, named exactly as the column. */
  | { kind: 'custom'; key: string }
  | { kind: 'ignored' }
  /** Of the product's own exports: the keys of the row's custom fields that are not strings, as JSON. */
  | { kind: 'custom-types' };

export interface Columns extends CsvColumns {
  targets: Target[];
}

/** The names of other columns, as `plainName` has them. `externalId` is never guessed. */
const KNOWN: Partial<Record<LeadColumn, string[]>> = {
  firstName: ['firstname', 'givenname', 'first', 'fname', 'contactfirstname'],
  lastName: ['lastname', 'surname', 'familyname', 'last', 'lname', 'contactlastname'],
  companyName: [
    'companyname',
    'company',
    'organization',
    'organisation',
    'organizationname',
    'account',
    'accountname',
    'associatedcompany',
  ],
  jobTitle: ['jobtitle', 'title', 'position', 'role'],
  linkedinUrl: ['linkedinurl', 'linkedin', 'linkedinprofile', 'linkedinprofileurl'],
  notes: ['notes', 'note', 'description', 'comments'],
  source: ['source'],
};
/**
 * Says where each column goes: as the caller maps it, else by its name, else into a custom field of that
 * name. The second of two columns for the same field becomes a custom field.
 * @returns the columns, or what is wrong with the header or the mapping
 */
export function columnsOf(header: readonly string[], mapping: Mapping): { columns: Columns } | { problems: ErrorDetail[] } {
  const isTarget = (to: string) => targetOf(to) !== null;
  const rules = { isTarget, unknownTarget: IMPORT_TEXTS.unknownTarget(LEAD_COLUMNS), mark: CUSTOM_TYPES_COLUMN };
  const checked = headerOf(header, mapping, rules);
  if ('problems' in checked) return checked;
  const { names, ours, reportColumns } = checked;
  const taken = new Set<string>();
  const targets = names.map((name, index): Target | null => {
    if (index < reportColumns) return { kind: 'ignored' };
    if (!Object.hasOwn(mapping, name)) return null;
    const to = mapping[name]!;
    return to === null ? { kind: 'ignored' } : take(taken, targetOf(to)!);
  });
  names.forEach((name, index) => (targets[index] ??= ours ? exported(name, taken) : null));
  guess({ names, targets, taken }, PHONE_COLUMNS, PHONE_FIELDS);
  guess({ names, targets, taken }, EMAIL_COLUMNS, EMAIL_FIELDS);
  names.forEach((name, index) => {
    const field = LEAD_COLUMNS.find((each) => KNOWN[each]?.includes(plainName(name)));
    if (!targets[index] && field && !taken.has(field)) targets[index] = take(taken, { kind: 'field', field });
  });
  const all = targets.map((target, index): Target => target ?? unknown(names[index]!));
  if (![...PHONE_FIELDS, ...EMAIL_FIELDS].some((field) => taken.has(field))) {
    return { problems: [{ field: 'file', message: IMPORT_TEXTS.noContactColumn }] };
  }
  return { columns: { names, targets: all, ours } };
}

function targetOf(to: string): Target | null {
  if (to.startsWith('customFields.') && to.length > 'customFields.'.length)
    return { kind: 'custom', key: to.slice('customFields.'.length) };
  return (LEAD_COLUMNS as readonly string[]).includes(to) ? { kind: 'field', field: to as LeadColumn } : null;
}

function take(taken: Set<string>, target: Target): Target {
  if (target.kind === 'field') taken.add(target.field);
  return target;
}

/** A column of an export of the product. */
function exported(name: string, taken: Set<string>): Target | null {
  if (name === CUSTOM_TYPES_COLUMN) return { kind: 'custom-types' };
  if (IGNORED_EXPORT_COLUMNS.has(name)) return { kind: 'ignored' };
  if (name.startsWith(CUSTOM_COLUMN)) return { kind: 'custom', key: name.slice(CUSTOM_COLUMN.length) };
  return (LEAD_COLUMNS as readonly string[]).includes(name) ? take(taken, { kind: 'field', field: name as LeadColumn }) : null;
}

/** Gives the columns with these names, in the order of the names, to the fields that are free. */
function guess(
  { names, targets, taken }: { names: readonly string[]; targets: (Target | null)[]; taken: Set<string> },
  known: readonly string[],
  fields: readonly LeadColumn[],
): void {
  for (const index of columnsNamed(names, known, (at) => !targets[at])) {
    const field = fields.find((each) => !taken.has(each));
    if (field) targets[index] = take(taken, { kind: 'field', field });
  }
}

const unknown = (name: string): Target => (name === '' ? { kind: 'ignored' } : { kind: 'custom', key: name });
