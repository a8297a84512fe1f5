import type { ErrorDetail } from '../../platform/errors';
import { mergeCustomFields } from './custom-fields';
import { CONTACT_FIELDS, type Contacts, type CustomValue, type Lead, PROFILE_FIELDS } from './lead';
import { type ContactTexts, orderContacts, profileText, shapeProblems } from './lead-input';
import { isSameLead } from './lead-update';
import { LEAD_TEXTS } from './leads.texts';
import { ROW_CODES } from './row-codes';
import { withNewContacts } from './with-new-contacts';

/**
 * A lead with some fields changed: given ones are written, `null` clears one, `customFields` merge by key.
 * Where nothing changes, it is the lead itself.
 * @param changes fields as a client sent them
 */
export function changeLead(
  lead: Lead,
  changes: Record<string, unknown>,
  defaultCountryCode: string,
  now: Date,
): { lead: Lead; warnings: ErrorDetail[] } | { problems: ErrorDetail[] } {
  const problems = shapeProblems(changes);
  if (problems.length > 0) return { problems };
  const given = CONTACT_FIELDS.filter((field) => changes[field] !== undefined);
  const texts: ContactTexts = Object.fromEntries(given.map((field) => [field, changes[field] as string | null]));
  const kept = Object.fromEntries(CONTACT_FIELDS.filter((field) => !given.includes(field)).map((field) => [field, lead[field]]));
  const { contacts, warnings } = orderContacts(texts, defaultCountryCode, kept);
  if (!contacts.phone && !contacts.email) {
    return { problems: [{ field: given[0] ?? 'phone', code: ROW_CODES.noContact, message: LEAD_TEXTS.contactsCleared }] };
  }
  const profile = Object.fromEntries(
    PROFILE_FIELDS.filter((field) => changes[field] !== undefined).map((field) => [field, profileText(changes, field)]),
  );
  const changed: Lead = {
    ...lead,
    ...profile,
    ...(given.length > 0 && { ...contacts, original: originals(lead, contacts, changes) }),
    customFields: mergeCustomFields(lead.customFields, (changes.customFields ?? {}) as Record<string, CustomValue>),
  };
  return { lead: isSameLead(lead, changed) ? lead : { ...withNewContacts(lead, changed), updatedAt: now }, warnings };
}

/** An address that is given in another spelling is no change, and keeps the text that it came as. */
function originals(lead: Lead, contacts: Contacts, changes: Record<string, unknown>): Lead['original'] {
  const original = { ...lead.original };
  for (const field of CONTACT_FIELDS) {
    const text = changes[field];
    if (text === undefined || (contacts[field] !== null && contacts[field] === lead[field])) continue;
    if (typeof text === 'string' && text.trim() !== '') original[field] = text;
    else delete original[field];
  }
  return original;
}
