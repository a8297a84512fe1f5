import type { Db, ObjectId } from 'mongodb';
import { normalizeEmail } from '#libs/contact-methods';
import type { Migration } from '../src/platform/migrations';

const FIELDS = ['email', 'altEmail1', 'altEmail2', 'altEmail3'] as const;
/** An e-mail address whose form may have changed: it has signs beyond ASCII, or a domain of them. */
const SUSPECT = { $regex: '[^\\x00-\\x7F]|xn--' };
const BATCH_SIZE = 500;
const DUPLICATE_KEY = 11_000;

/**
 * E-mail addresses are kept composed (NFC) and with the ASCII form of their domain, so that two spellings of
 * one mailbox are one address. Of two leads of a list that turn out to be the same person, the second stays
 * as it is: nobody is merged by a migration.
 */
export const oneFormOfAddresses: Migration = {
  id: '0008-one-form-of-addresses',

  async plan(db) {
    const count = await leads(db).countDocuments({ addresses: SUSPECT });
    return count > 0 ? [`${count.toLocaleString('en-US')} leads with international e-mail addresses are looked at.`] : [];
  },

  async run({ db, goOn, say }) {
    let left = 0;
    let after: ObjectId | null = null;
    for (;;) {
      const query = { addresses: SUSPECT, ...(after && { _id: { $gt: after } }) };
      const batch: LeadAddresses[] = await leads(db)
        .find(query, { sort: { _id: 1 }, limit: BATCH_SIZE })
        .toArray();
      if (batch.length === 0) break;
      goOn();
      for (const lead of batch) if (!(await rewrite(db, lead))) left += 1;
      after = batch.at(-1)!._id;
    }
    if (left > 0) say(`${left.toLocaleString('en-US')} leads keep their address, since another of their list has its new form.`);
  },
};

interface LeadAddresses extends Partial<Record<(typeof FIELDS)[number], string | null>> {
  _id: ObjectId;
  addresses: string[];
}

const leads = (db: Db) => db.collection<LeadAddresses>('leads');

/** @returns false when another lead of the list has the address already */
async function rewrite(db: Db, lead: LeadAddresses): Promise<boolean> {
  const given = Object.fromEntries(FIELDS.map((field) => [field, lead[field] ?? null] as const));
  const changed = Object.fromEntries(
    Object.entries(given).map(([field, address]) => [field, address && formOf(address)] as const),
  );
  if (FIELDS.every((field) => changed[field] === given[field])) return true;
  const addresses = [...new Set(lead.addresses.map(formOf))];
  try {
    await leads(db).updateOne({ _id: lead._id }, { $set: { ...changed, addresses } });
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
}

/** Phone numbers, and what cannot be read any more, stay as they are. */
const formOf = (address: string): string => (address.includes('@') ? (normalizeEmail(address) ?? address) : address);
