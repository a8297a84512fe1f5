import { normalizeEmail, normalizePhone } from '#libs/contact-methods';
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
} from './lead';
import { LEAD_TEXTS } from './leads.texts';

/** Fields of other products' records, which clients send along: accepted, and not kept. */
export const IGNORED_FIELDS: ReadonlySet<string> = new Set(['ghlContactId', 'ghlLocationId', 'hsContactId', 'hsPortalId']);
const KNOWN_FIELDS = new Set<string>([...CONTACT_FIELDS, ...PROFILE_FIELDS, 'customFields', ...IGNORED_FIELDS]);

/** What came of one row. `details` lack the row's index, which the caller knows. */
export type ParsedLead = { draft: LeadDraft; warnings: ErrorDetail[] } | { problems: ErrorDetail[] };

/** Several contact fields as they were given, put in order. */
export interface OrderedContacts {
  contacts: Contacts;
  original: Partial<Record<ContactField, string>>;
  /** The given strings that are not usable as a contact. */
  unusable: ErrorDetail[];
}

/** The strings that a row gives for its contact fields; absent and blank ones count as none. */
export type ContactTexts = Partial<Record<ContactField, string | null>>;

/**
 * Normalises the contacts and puts them in order: the first usable of primary and alternates becomes the
 * primary, alternates close up, without repeats (domain rules, "Contacts").
 */
export function orderContacts(texts: ContactTexts, defaultCountryCode: string): OrderedContacts {
  const contacts = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, null])) as Contacts;
  const original: OrderedContacts['original'] = {};
  const unusable: ErrorDetail[] = [];
  const fill = (
    fields: readonly ContactField[],
    normalize: (text: string) => string | null,
    unusableText: (field: string) => string,
  ) => {
    const usable = new Set<string>();
    for (const field of fields) {
      const text = texts[field];
      if (text === undefined || text === null || text.trim() === '') continue;
      original[field] = text;
      const address = normalize(text);
      if (address) usable.add(address);
      else unusable.push({ field, message: unusableText(field) });
    }
    [...usable].forEach((address, index) => (contacts[fields[index]!] = address));
  };
  fill(PHONE_FIELDS, (text) => normalizePhone(text, defaultCountryCode), LEAD_TEXTS.unusablePhone);
  fill(EMAIL_FIELDS, normalizeEmail, LEAD_TEXTS.unusableEmail);
  return { contacts, original, unusable };
}

/** The shape problems of a row's fields: wrong types, wrong lengths, unknown names. */
export function shapeProblems(row: Record<string, unknown>): ErrorDetail[] {
  const problems: ErrorDetail[] = [];
  for (const field of Object.keys(row)) if (!KNOWN_FIELDS.has(field)) problems.push({ field, message: LEAD_TEXTS.unknownField });
  for (const field of CONTACT_FIELDS) problems.push(...stringProblem(row, field, MAX_CONTACT_LENGTH));
  for (const field of PROFILE_FIELDS) problems.push(...stringProblem(row, field, MAX_LENGTHS[field]));
  if (row.customFields !== undefined && row.customFields !== null) {
    const message = customFieldsProblem(row.customFields);
    if (message) problems.push({ field: 'customFields', message });
  }
  return problems;
}

function stringProblem(row: Record<string, unknown>, field: string, maxLength: number): ErrorDetail[] {
  const value = row[field];
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') return [{ field, message: LEAD_TEXTS.notAString }];
  if (value.length > maxLength) return [{ field, message: LEAD_TEXTS.tooLong(maxLength) }];
  return [];
}

/** A profile field as it is kept: trimmed, and `null` when nothing is left. */
export const profileText = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/**
 * Checks and normalises one row.
 * @param row anything: what a client sent as a lead
 */
export function parseLead(row: unknown, defaultCountryCode: string): ParsedLead {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return { problems: [{ field: 'lead', message: LEAD_TEXTS.notAnObject }] };
  const given = row as Record<string, unknown>;
  const problems = shapeProblems(given);
  if (problems.length > 0) return { problems };
  const { contacts, original, unusable } = orderContacts(given, defaultCountryCode);
  if (!contacts.phone && !contacts.email) {
    const fields = unusable.map(({ field }) => field);
    const message = fields.length > 0 ? LEAD_TEXTS.noUsableContact(fields) : LEAD_TEXTS.noContact;
    return { problems: [{ field: fields[0] ?? 'phone', message }] };
  }
  const profile = Object.fromEntries(PROFILE_FIELDS.map((field) => [field, profileText(given[field])])) as Profile;
  const customFields = withoutNulls((given.customFields ?? {}) as Record<string, CustomValue>);
  return { draft: { ...profile, ...contacts, original, customFields }, warnings: unusable };
}

const withoutNulls = (fields: Record<string, CustomValue>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
