import type { Db } from 'mongodb';
import {
  DONE_TOKEN_RENEWAL,
  NEW_TOKEN_RENEWAL,
  TOKEN_RENEWAL_ID,
  type TokenRenewal,
} from '../src/leads/infrastructure/search/token-renewal';
import type { Migration } from '../src/platform/migrations';
import { SETTINGS_COLLECTION } from '../src/platform/sending-format/settings-document';

/**
 * Leads are found by more than before: their alternates, the ends of their numbers, names in scripts without
 * spaces, words with signs inside. The tokens are written anew by the workers, while the product runs; until
 * then a lead is found by what it was found by before.
 */
export const renewSearchTokens: Migration = {
  id: '0010-renew-search-tokens',

  async plan(db) {
    return (await hasLeads(db)) ? ['What leads are found by is written anew by the workers, after the start.'] : [];
  },

  async run({ db }) {
    const renewal = (await hasLeads(db)) ? NEW_TOKEN_RENEWAL : DONE_TOKEN_RENEWAL;
    await db
      .collection<TokenRenewal>(SETTINGS_COLLECTION)
      .updateOne({ _id: TOKEN_RENEWAL_ID }, { $setOnInsert: renewal }, { upsert: true });
  },
};

const hasLeads = async (db: Db): Promise<boolean> =>
  (await db.collection('leads').findOne({}, { projection: { _id: 1 } })) !== null;
