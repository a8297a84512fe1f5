import { type CellValues, emailsInCell, nationalDigits, phonesInCell } from '#libs/contact-methods';
import {
  addressesOf,
  type ContactField,
  type Contacts,
  EMAIL_FIELDS,
  type Lead,
  PHONE_FIELDS,
} from '../../src/leads/domain/lead';
import { formOf } from './address-form';

/** What is read again at once; the other kind stays as it is. */
export interface ContactKind {
  fields: readonly ContactField[];
  /** What a text that the earlier version could not read holds. */
  read: (text: string) => CellValues | null;
  /** Does a text that was given stand for the address? */
  says: (text: string, address: string) => boolean;
}

/** What an earlier version took for an e-mail address: one that stands alone. */
const PLAIN_EMAIL = /^[^\s@<>()[\]:;,"]+@[^\s@<>()[\]:;,"'`\u2018\u2019]*\p{L}$/u;
/** What it did not read in a phone cell; two numbers are another such thing. */
const NEW_IN_PHONES = /phone-context|\d ?[\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\uff65] ?\d|[([]\s*(?:ext|x|#)/i;
/** Without one of these a cell holds one value. */
const SEPARATOR = /[;,\n\r\u0085\u2028\u2029\uff0c\uff1b\v\f]|:::/;

const NO_COUNTRY = '';

export const PHONES: ContactKind = {
  fields: PHONE_FIELDS,
  /** The country that the call named is not known any more: only numbers with their country code are read. */
  read(text) {
    const isNew = NEW_IN_PHONES.test(text);
    if (!isNew && !SEPARATOR.test(text)) return null;
    const values = phonesInCell(text, NO_COUNTRY);
    return isNew || values.addresses.length > 1 ? values : null;
  },
  says: (text, phone) => text.replace(/\D/g, '').endsWith(nationalDigits(phone)),
};

export const EMAILS: ContactKind = {
  fields: EMAIL_FIELDS,
  read: (text) => (PLAIN_EMAIL.test(text.trim()) ? null : emailsInCell(text)),
  says: (text, email) => text.toLowerCase().includes(email),
};

export type StoredContacts = Contacts & Partial<Pick<Lead, 'original'>>;

export interface Reread {
  contacts: Contacts;
  original: Lead['original'];
  /** Addresses that are not usable any more. */
  dropped: string[];
  /** Is there an address that the lead did not have in this form? */
  hasNew: boolean;
}

/**
 * The contacts of a lead as they are read today: addresses in their form of today, those that are not usable
 * gone (their text stays in `original`), the others closed up; behind them what can be read in a text that
 * was not usable once. Texts that could be read before are left alone, since somebody may have removed their
 * address.
 * @returns null when nothing changes
 */
export function rereadContacts(lead: StoredContacts, kinds: readonly ContactKind[]): Reread | null {
  const next: Reread = { contacts: { ...contactsOf(lead) }, original: { ...lead.original }, dropped: [], hasNew: false };
  for (const kind of kinds) rereadKind(lead, kind, next);
  const isSame = [...PHONE_FIELDS, ...EMAIL_FIELDS].every((field) => next.contacts[field] === (lead[field] ?? null));
  return isSame ? null : next;
}

function rereadKind(lead: StoredContacts, { fields, read, says }: ContactKind, next: Reread): void {
  const before = fields.flatMap((field) => lead[field] ?? []);
  const texts = fields.flatMap((field) => lead.original?.[field] ?? []);
  const found = texts.flatMap((text) => read(text)?.addresses ?? []);
  const usable = [...new Set([...before.flatMap((address) => formOf(address) ?? []), ...found])].slice(0, fields.length);
  if (usable.some((address) => !before.includes(address))) next.hasNew = true;
  fields.forEach((field, index) => (next.contacts[field] = usable[index] ?? null));
  for (const field of fields) {
    const address = lead[field] ?? null;
    if (address === null || formOf(address) !== null) continue;
    next.dropped.push(address);
    if (texts.some((text) => says(text, address))) continue;
    const place = [field, ...fields].find((one) => !next.original[one]);
    if (place) next.original[place] = address;
  }
}

const contactsOf = (lead: StoredContacts): Contacts =>
  Object.fromEntries([...PHONE_FIELDS, ...EMAIL_FIELDS].map((field) => [field, lead[field] ?? null])) as Contacts;

/**
 * What a check found still holds where it asked every address that is left, and the one with iMessage is
 * among them.
 */
export const isStillChecked = ({ contacts, hasNew }: Reread, availableAddress: string | null): boolean =>
  !hasNew && (availableAddress === null || addressesOf(contacts).includes(availableAddress));
