import type { Db, Document } from 'mongodb';
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
    let after: unknown = null;
    for (;;) {
      const query = { addresses: SUSPECT, ...(after !== null && { _id: { $gt: after } }) } as Document;
      const batch = await leads(db)
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

const leads = (db: Db) => db.collection('leads');

/** @returns false when another lead of the list has the address already */
async function rewrite(db: Db, lead: Document): Promise<boolean> {
  const forms = new Map(
    FIELDS.flatMap((field) => {
      const address = lead[field] as string | null;
      const form = address === null || address === undefined ? null : normalizeEmail(address);
      return form && form !== address ? [[address as string, form] as const] : [];
    }),
  );
  if (forms.size === 0) return true;
  const newForm = (address: string | null | undefined) => (address ? (forms.get(address) ?? address) : (address ?? null));
  const changed = Object.fromEntries(FIELDS.map((field) => [field, newForm(lead[field] as string | null)]));
  const addresses = [...new Set((lead.addresses as string[]).map((address) => newForm(address)!))];
  try {
    await leads(db).updateOne({ _id: lead._id }, { $set: { ...changed, addresses } });
    return true;
  } catch (error) {
    if ((error as { code?: number }).code === DUPLICATE_KEY) return false;
    throw error;
  }
}
