import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Connection, Model } from 'mongoose';
import { collectionOf } from '../../../platform/mongo';
import { SETTINGS_COLLECTION } from '../../../platform/sending-format/settings-document';
import { SearchIndex } from '../../domain/search/search-index';
import { SEARCHED_FIELDS, searchTokens } from '../../domain/search/tokens';
import type { LeadDocument } from '../lead.schema';
import { PASSES, TOKEN_RENEWAL_ID, type TokenRenewal } from './token-renewal';

const BATCH_SIZE = 500;
/** Longer than a batch takes: after that another worker may go on. */
const LEASE_MS = 30_000;
/**
 * Processes of the version before may write tokens for some time after this one has started. All leads are
 * looked at once more after this time, in which an installation is upgraded.
 */
const SECOND_PASS_AFTER_MS = 3_600_000;

const PROJECTION = Object.fromEntries([...SEARCHED_FIELDS, 'search', 'updatedAt'].map((field) => [field, 1]));

@Injectable()
export class MongoSearchIndex extends SearchIndex {
  private readonly leads: Collection<LeadDocument>;
  private readonly renewals: Collection<TokenRenewal>;

  constructor(@InjectModel('Lead') model: Model<LeadDocument>, @InjectConnection() connection: Connection) {
    super();
    this.leads = collectionOf(model);
    this.renewals = connection.db!.collection<TokenRenewal>(SETTINGS_COLLECTION);
  }

  async renewSome(now: Date): Promise<boolean> {
    const open = { _id: TOKEN_RENEWAL_ID, passes: { $lt: PASSES }, notBefore: { $lte: now } };
    const claimed = new Date(now.getTime() + LEASE_MS);
    const renewal = await this.renewals.findOneAndUpdate(open, { $set: { notBefore: claimed } });
    if (!renewal) return false;
    const batch = await this.leads
      .find(renewal.after ? { _id: { $gt: renewal.after } } : {}, { projection: PROJECTION, sort: { _id: 1 }, limit: BATCH_SIZE })
      .toArray();
    const writes = batch.flatMap((lead) => renewed(lead));
    if (writes.length > 0) await this.leads.bulkWrite(writes, { ordered: false });
    const isOver = batch.length < BATCH_SIZE;
    const next = isOver
      ? { after: null, passes: renewal.passes + 1, notBefore: new Date(now.getTime() + SECOND_PASS_AFTER_MS) }
      : { after: batch.at(-1)!._id, passes: renewal.passes, notBefore: now };
    // Who took longer than its lease leaves the place where it is to the other.
    await this.renewals.updateOne({ _id: TOKEN_RENEWAL_ID, notBefore: claimed }, { $set: next });
    return !isOver;
  }
}

/** The tokens of a lead where they are others now. Whoever changes it meanwhile writes them too. */
function renewed(lead: LeadDocument) {
  const { _id, updatedAt } = lead;
  const search = searchTokens(lead);
  const old = lead.search ?? [];
  if (old.length === search.length && old.every((token, index) => token === search[index])) return [];
  return [{ updateOne: { filter: { _id, updatedAt }, update: { $set: { search } } } }];
}
