import { CONTACT_FIELDS, type ContactField, EMAIL_FIELDS, type Lead, PHONE_FIELDS } from './lead';

/**
 * A lead whose contacts may have changed, made consistent again: alternates that repeat an address go and
 * gaps close up, and what is known of its availability is kept only while the contacts are the same.
 */
export function withNewContacts(before: Lead, changed: Lead): Lead {
  const after = { ...changed, ...closedUp(changed, PHONE_FIELDS), ...closedUp(changed, EMAIL_FIELDS) };
  if (CONTACT_FIELDS.every((field) => before[field] === after[field])) return after;
  return { ...after, availabilityStatus: null, availabilityCheckedAt: null, availableAddress: null, availabilityReason: null };
}

function closedUp(lead: Lead, fields: readonly ContactField[]): Partial<Lead> {
  const unique = [...new Set(fields.map((field) => lead[field]).filter((address) => address !== null))];
  return Object.fromEntries(fields.map((field, index) => [field, unique[index] ?? null]));
}
