import { isDeepStrictEqual } from 'node:util';
import type { ErrorDetail } from '../../platform/errors';
import { mergeCustomFields } from './custom-fields';
import {
  addressesOf,
  CONTACT_FIELDS,
  type ContactField,
  EMAIL_FIELDS,
  type IdentityField,
  type Lead,
  type LeadDraft,
  PROFILE_FIELDS,
  type ProfileField,
} from './lead';
import { LEAD_TEXTS } from './leads.texts';
import { mergeContacts } from './merge-contacts';
import { ROW_CODES } from './row-codes';
import { withNewContacts } from './with-new-contacts';

/** What to do with a field that a row gives as `null`. */
export type OnNull = 'keep' | 'clear';

/** What a row gives as `null`. */
export interface Nulls {
  fields: readonly (ContactField | ProfileField)[];
  customKeys: readonly string[];
}

export const NO_NULLS: Nulls = { fields: [], customKeys: [] };

/** A row that is about a lead, and how it was recognised. */
export interface LeadUpdate {
  draft: LeadDraft;
  /** What to clear. */
  nulls: Nulls;
  matchedBy: IdentityField;
  now: Date;
}

/**
 * Is the row about somebody else than the lead whose phone or e-mail it has? Colleagues share a number, and
 * households an address; an update must not turn one person into another.
 * @returns the field that says so
 */
export function conflictOf(lead: Lead, { draft, matchedBy }: Pick<LeadUpdate, 'draft' | 'matchedBy'>): IdentityField | null {
  if (matchedBy === 'externalId') return null;
  if (lead.externalId !== null && draft.externalId !== null && lead.externalId !== draft.externalId) return 'externalId';
  if (matchedBy === 'email') return null;
  const known = new Set(addressesOf(lead, EMAIL_FIELDS));
  const given = addressesOf(draft, EMAIL_FIELDS);
  return known.size > 0 && given.length > 0 && !given.some((email) => known.has(email)) ? 'email' : null;
}

/**
 * The lead with the row's non-null fields written over it. No address is lost but for want of room, which is
 * a warning. A changed contact makes the availability unknown again; where nothing changes, the lead itself
 * is returned.
 */
export function updateLead(lead: Lead, update: LeadUpdate): { lead: Lead; warnings: ErrorDetail[] } | { problem: ErrorDetail } {
  const { draft, nulls, matchedBy, now } = update;
  const { contacts, original, fallen } = mergeContacts(lead, {
    draft,
    cleared: CONTACT_FIELDS.filter((field) => nulls.fields.includes(field)),
    replaceable: { phone: matchedBy !== 'phone', email: matchedBy === 'externalId' },
  });
  if (addressesOf(contacts).length === 0 && addressesOf(lead).length > 0) {
    return { problem: { field: nulls.fields[0] ?? 'phone', code: ROW_CODES.noContact, message: LEAD_TEXTS.contactsCleared } };
  }
  const changed: Lead = {
    ...lead,
    ...profileOf(draft, nulls),
    ...contacts,
    original,
    customFields: mergeCustomFields(lead.customFields, {
      ...Object.fromEntries(nulls.customKeys.map((key) => [key, null])),
      ...draft.customFields,
    }),
  };
  const warnings = fallen.map(({ field, address }) => ({
    field,
    code: ROW_CODES.contactDropped,
    message: LEAD_TEXTS.contactDropped(address),
  }));
  return { lead: isSameLead(lead, changed) ? lead : { ...withNewContacts(lead, changed), updatedAt: now }, warnings };
}

const profileOf = (draft: LeadDraft, { fields }: Nulls): Partial<Lead> =>
  Object.fromEntries(
    PROFILE_FIELDS.filter((field) => draft[field] !== null || fields.includes(field)).map((field) => [field, draft[field]]),
  );

/** Has everything that a client may change the same value? */
export const isSameLead = (one: Lead, other: Lead): boolean =>
  [...CONTACT_FIELDS, ...PROFILE_FIELDS].every((field) => one[field] === other[field]) &&
  isDeepStrictEqual(one.original, other.original) &&
  isDeepStrictEqual(one.customFields, other.customFields);
