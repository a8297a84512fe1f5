import { type CellValues, emailsInCell, phonesInCell } from '#libs/contact-methods';
import { CRM_FIELDS, crmIdText } from '../../platform/crm-ids';
import type { ErrorDetail } from '../../platform/errors';
import { customFieldsProblem } from './custom-fields';
import { MAX_CONTACT_LENGTH, MAX_LENGTHS } from './field-lengths';
import {
  CONTACT_FIELDS,
  type ContactField,
  type Contacts,
  type CustomValue,
  EMAIL_FIELDS,
  type LeadDraft,
  PHONE_FIELDS,
  type Profile,
  PROFILE_FIELDS,
  type ProfileField,
} from './lead';
import type { Nulls } from './lead-update';
import { LEAD_TEXTS } from './leads.texts';
import { ROW_CODES } from './row-codes';

const KNOWN_FIELDS = new Set<string>([...CONTACT_FIELDS, ...PROFILE_FIELDS, 'customFields']);
const IDS_OF_CRMS = new Set<string>(CRM_FIELDS);

/** A row that can be saved. */
export interface ReadLead {
  draft: LeadDraft;
  nulls: Nulls;
  warnings: ErrorDetail[];
}

/**
 * What came of one row. `details` lack the row's index, which the caller knows. A row without a usable
 * contact that has an external id can be saved all the same `ifKnown`: as an update of the lead with this id.
 */
export type ParsedLead = ReadLead | { problems: ErrorDetail[]; ifKnown?: ReadLead };

/** Several contact fields as they were given, put in order. */
export interface OrderedContacts {
  contacts: Contacts;
  original: Partial<Record<ContactField, string>>;
  /** The fields whose text holds something that is not among the contacts: unusable, or one too many. */
  warnings: ErrorDetail[];
}

/** The strings that a row gives for its contact fields; absent and blank ones count as none. */
export type ContactTexts = Partial<Record<ContactField, string | null>>;

/** What is said of fields of a kind, and how their texts are read. */
interface ContactKind {
  fields: readonly ContactField[];
  read: (text: string) => CellValues;
  unusable: (field: string) => string;
  partlyUnusable: (field: string) => string;
  tooMany: (field: string) => string;
}

/**
 * Normalises the contacts and puts them in order: the first usable of primary and alternates becomes the
 * primary, alternates close up, without repeats (domain rules, "Contacts"). Of several values in one text the
 * first goes to the field, the others to alternates that are free.
 * @param kept addresses that the lead has already, for fields that are not given anew
 */
export function orderContacts(texts: ContactTexts, defaultCountryCode: string, kept: Partial<Contacts> = {}): OrderedContacts {
  const ordered: OrderedContacts = {
    contacts: Object.fromEntries(CONTACT_FIELDS.map((field) => [field, null])) as Contacts,
    original: {},
    warnings: [],
  };
  const phones: ContactKind = {
    fields: PHONE_FIELDS,
    read: (text) => phonesInCell(text, defaultCountryCode),
    unusable: LEAD_TEXTS.unusablePhone,
    partlyUnusable: LEAD_TEXTS.partlyUnusablePhone,
    tooMany: LEAD_TEXTS.tooManyPhones,
  };
  const emails: ContactKind = {
    fields: EMAIL_FIELDS,
    read: emailsInCell,
    unusable: LEAD_TEXTS.unusableEmail,
    partlyUnusable: LEAD_TEXTS.partlyUnusableEmail,
    tooMany: LEAD_TEXTS.tooManyEmails,
  };
  for (const kind of [phones, emails]) orderKind(kind, texts, kept, ordered);
  return ordered;
}

function orderKind(kind: ContactKind, texts: ContactTexts, kept: Partial<Contacts>, ordered: OrderedContacts): void {
  const firsts: string[] = [];
  const others: { address: string; field: ContactField }[] = [];
  for (const field of kind.fields) {
    const text = texts[field];
    if (text === undefined || text === null || text.trim() === '') {
      if (kept[field]) firsts.push(kept[field]);
      continue;
    }
    ordered.original[field] = text;
    const { addresses, hasUnreadable } = kind.read(text);
    const [first, ...rest] = addresses;
    if (first !== undefined) firsts.push(first);
    others.push(...rest.map((address) => ({ address, field })));
    if (first === undefined) ordered.warnings.push({ field, code: ROW_CODES.unusable, message: kind.unusable(field) });
    else if (hasUnreadable) ordered.warnings.push({ field, code: ROW_CODES.partlyUnusable, message: kind.partlyUnusable(field) });
  }
  const usable = [...new Set([...firsts, ...others.map(({ address }) => address)])];
  kind.fields.forEach((field, index) => (ordered.contacts[field] = usable[index] ?? null));
  const left = new Set(usable.slice(kind.fields.length));
  const crowded = new Set(others.filter(({ address }) => left.has(address)).map(({ field }) => field));
  for (const field of crowded) ordered.warnings.push({ field, code: ROW_CODES.tooMany, message: kind.tooMany(field) });
}

/** The shape problems of a row's fields: wrong types, wrong lengths, unknown names. */
export function shapeProblems(row: Record<string, unknown>): ErrorDetail[] {
  const problems: ErrorDetail[] = [];
  for (const field of Object.keys(row)) {
    if (!KNOWN_FIELDS.has(field)) problems.push({ field, code: ROW_CODES.unknownField, message: LEAD_TEXTS.unknownField });
  }
  for (const field of CONTACT_FIELDS) problems.push(...stringProblem(row, field, MAX_CONTACT_LENGTH));
  for (const field of PROFILE_FIELDS) problems.push(...stringProblem(row, field, MAX_LENGTHS[field]));
  if (row.customFields !== undefined && row.customFields !== null) {
    const message = customFieldsProblem(row.customFields);
    if (message) problems.push({ field: 'customFields', code: ROW_CODES.customFields, message });
  }
  return problems;
}

function stringProblem(row: Record<string, unknown>, field: string, maxLength: number): ErrorDetail[] {
  const value = IDS_OF_CRMS.has(field) ? crmIdText(row[field]) : row[field];
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') return [{ field, code: ROW_CODES.wrongType, message: LEAD_TEXTS.notAString }];
  if (value.length > maxLength) return [{ field, code: ROW_CODES.tooLong, message: LEAD_TEXTS.tooLong(maxLength) }];
  return [];
}

/** A profile field as it is kept: trimmed, and `null` when nothing is left. */
export function profileText(row: Record<string, unknown>, field: ProfileField): string | null {
  const value = IDS_OF_CRMS.has(field) ? crmIdText(row[field]) : row[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/**
 * Checks and normalises one row.
 * @param row anything: what a client sent as a lead
 */
export function parseLead(row: unknown, defaultCountryCode: string): ParsedLead {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return { problems: [{ field: 'lead', code: ROW_CODES.notAnObject, message: LEAD_TEXTS.notAnObject }] };
  const given = row as Record<string, unknown>;
  const problems = shapeProblems(given);
  if (problems.length > 0) return { problems };
  const { contacts, original, warnings } = orderContacts(given, defaultCountryCode);
  const profile = Object.fromEntries(PROFILE_FIELDS.map((field) => [field, profileText(given, field)])) as Profile;
  const customFields = withoutNulls((given.customFields ?? {}) as Record<string, CustomValue>);
  const read: ReadLead = { draft: { ...profile, ...contacts, original, customFields }, nulls: nullsOf(given), warnings };
  if (contacts.phone || contacts.email) return read;
  const fields = warnings.map(({ field }) => field);
  const message = fields.length > 0 ? LEAD_TEXTS.noUsableContact(fields) : LEAD_TEXTS.noContact;
  const noContact = [{ field: fields[0] ?? 'phone', code: ROW_CODES.noContact, message }];
  return { problems: noContact, ...(profile.externalId !== null && { ifKnown: read }) };
}

const nullsOf = (given: Record<string, unknown>): Nulls => ({
  fields: [...CONTACT_FIELDS, ...PROFILE_FIELDS].filter((field) => given[field] === null),
  customKeys: Object.entries((given.customFields ?? {}) as Record<string, CustomValue>).flatMap(([key, value]) =>
    value === null ? [key] : [],
  ),
});

const withoutNulls = (fields: Record<string, CustomValue>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
