import {
  CUSTOM_COLUMN,
  CUSTOM_TYPES_COLUMN,
  EMAIL_FIELDS,
  IGNORED_EXPORT_COLUMNS,
  LEAD_COLUMNS,
  type LeadColumn,
  PHONE_FIELDS,
} from '../../leads/domain';
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

export interface Columns {
  /** The header as it is in the file. */
  names: string[];
  targets: Target[];
  /**
   * The file is an export of the product, or a list of rejected rows: cells that look like formulas were made
   * safe.
   */
  ours: boolean;
}

/** What a caller says: column → field of a lead, `customFields.<key>`, or `null` to leave the column out. */
export type Mapping = Record<string, string | null>;

/**
 * The names that CRMs, spreadsheets and address books give their columns, without case and punctuation.
 * Phones and e-mails of a row are tried in the order of these names. `externalId` is never guessed.
 */
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
const PHONE_NAMES = [
  'phone',
  'phonenumber',
  'telephone',
  'telephonenumber',
  'primaryphone',
  'workphone',
  'businessphone',
  'phone1',
  'phone1value',
  'tel',
  'mobilephonenumber',
  'mobilephone',
  'mobile',
  'mobilenumber',
  'cellphone',
  'cell',
  'cellphonenumber',
  'phone2',
  'phone2value',
  'altphone1',
  'homephone',
  'otherphone',
  'phone3',
  'altphone2',
  'altphone3',
];
const EMAIL_NAMES = [
  'email',
  'emailaddress',
  'mail',
  'primaryemail',
  'workemail',
  'email1',
  'email1value',
  'emailaddress1',
  'altemail1',
  'email2',
  'email2value',
  'secondaryemail',
  'otheremail',
  'personalemail',
  'altemail2',
  'altemail3',
];

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/**
 * Says where each column goes: as the caller maps it, else by its name, else into a custom field of that
 * name. The second of two columns for the same field becomes a custom field.
 * @returns the columns, or what is wrong with the header or the mapping
 */
export function columnsOf(header: readonly string[], mapping: Mapping): { columns: Columns } | { problems: ErrorDetail[] } {
  const names = header.map((name) => name.trim());
  const problems: ErrorDetail[] = [];
  for (const [column, to] of Object.entries(mapping)) {
    if (!names.includes(column)) problems.push({ field: `mapping.${column}`, message: IMPORT_TEXTS.unknownColumn });
    if (to !== null && !targetOf(to)) {
      problems.push({
        field: `mapping.${column}`,
        message: IMPORT_TEXTS.unknownTarget(LEAD_COLUMNS),
      });
    }
  }
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated !== undefined) problems.push({ field: 'file', message: IMPORT_TEXTS.repeatedColumn(repeated) });
  if (problems.length > 0) return { problems };
  const ours = names.includes(CUSTOM_TYPES_COLUMN);
  const taken = new Set<string>();
  const targets: (Target | null)[] = names.map((name) => {
    if (!Object.hasOwn(mapping, name)) return null;
    const to = mapping[name]!;
    return to === null ? { kind: 'ignored' } : take(taken, targetOf(to)!);
  });
  names.forEach((name, index) => (targets[index] ??= ours ? exported(name, taken) : null));
  guess({ names, targets, taken }, PHONE_NAMES, PHONE_FIELDS);
  guess({ names, targets, taken }, EMAIL_NAMES, EMAIL_FIELDS);
  names.forEach((name, index) => {
    const field = LEAD_COLUMNS.find((each) => KNOWN[each]?.includes(plain(name)));
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
  const ranked = names
    .map((name, index) => ({ index, rank: known.indexOf(plain(name)) }))
    .filter(({ index, rank }) => rank >= 0 && !targets[index])
    .sort((a, b) => a.rank - b.rank);
  for (const { index } of ranked) {
    const field = fields.find((each) => !taken.has(each));
    if (field) targets[index] = take(taken, { kind: 'field', field });
  }
}

const unknown = (name: string): Target => (name === '' ? { kind: 'ignored' } : { kind: 'custom', key: name });
