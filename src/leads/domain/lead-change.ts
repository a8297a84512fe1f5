import type { ErrorDetail } from '../../platform/errors';
import { mergeCustomFields } from './custom-fields';
import { CONTACT_FIELDS, type ContactField, type CustomValue, type Lead, PROFILE_FIELDS } from './lead';
import { type ContactTexts, orderContacts, profileText, shapeProblems } from './lead-input';
import { LEAD_TEXTS } from './leads.texts';
import { withNewContacts } from './with-new-contacts';

/**
 * A lead with some fields changed: given ones are written, `null` clears one, `customFields` merge by key.
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
    return { problems: [{ field: given[0] ?? 'phone', message: LEAD_TEXTS.contactsCleared }] };
  }
  const profile = Object.fromEntries(
    PROFILE_FIELDS.filter((field) => changes[field] !== undefined).map((field) => [field, profileText(changes[field])]),
  );
  const changed: Lead = {
    ...lead,
    ...profile,
    ...(given.length > 0 && { ...contacts, original: originals(lead, changes, given) }),
    customFields: mergeCustomFields(lead.customFields, (changes.customFields ?? {}) as Record<string, CustomValue>),
    updatedAt: now,
  };
  return { lead: withNewContacts(lead, changed), warnings };
}

function originals(lead: Lead, changes: Record<string, unknown>, given: readonly ContactField[]): Lead['original'] {
  const original = { ...lead.original };
  for (const field of given) {
    if (typeof changes[field] === 'string' && changes[field].trim() !== '') original[field] = changes[field];
    else delete original[field];
  }
  return original;
}
