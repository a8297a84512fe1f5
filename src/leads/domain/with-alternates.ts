import { addressesOf, type ContactField, type Contacts, EMAIL_FIELDS, type Lead, PHONE_FIELDS } from './lead';
import { withNewContacts } from './with-new-contacts';

/**
 * The lead with addresses that it does not have yet in those of its fields that are free; what finds no room
 * is left out. Where nothing changes, it is the lead itself.
 * @param taken primary addresses of others: a lead that has none of the kind cannot have these as its first
 */
export function withAlternates(lead: Lead, given: Contacts, taken: ReadonlySet<string>, now: Date): Lead {
  const fill = (fields: readonly ContactField[]) => free(lead, given, fields, lead[fields[0]!] === null ? taken : NOBODYS);
  const added = { ...fill(PHONE_FIELDS), ...fill(EMAIL_FIELDS) };
  if (Object.keys(added).length === 0) return lead;
  return { ...withNewContacts(lead, { ...lead, ...added }), updatedAt: now };
}

const NOBODYS: ReadonlySet<string> = new Set();

function free(lead: Lead, given: Contacts, fields: readonly ContactField[], taken: ReadonlySet<string>): Partial<Contacts> {
  const known = new Set(addressesOf(lead, fields));
  const fresh = addressesOf(given, fields).filter((address) => !known.has(address) && !taken.has(address));
  const room = fields.filter((field) => lead[field] === null);
  return Object.fromEntries(room.slice(0, fresh.length).map((field, index) => [field, fresh[index]!]));
}
