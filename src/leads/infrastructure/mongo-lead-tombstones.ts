import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, objectId, objectIds, type Transaction, within } from '../../platform/mongo';
import type { Lead } from '../domain/lead';
import { LeadTombstones } from '../domain/tombstone';
import type { TombstoneDocument } from './lead-tombstones';

@Injectable()
export class MongoLeadTombstones extends LeadTombstones {
  readonly collection: Collection<TombstoneDocument>;

  constructor(@InjectModel('LeadTombstone') model: Model<TombstoneDocument>) {
    super();
    this.collection = collectionOf(model);
  }

  /** In the transaction that deletes the leads. */
  async bury(leads: readonly Lead[], now: Date, transaction: Transaction): Promise<void> {
    if (leads.length === 0) return;
    await this.collection.insertMany(
      leads.map(({ id, workspaceId, listIds, externalId }) => ({
        _id: objectId(id),
        workspaceId,
        listIds: objectIds(listIds),
        externalId,
        deletedAt: now,
      })),
      within(transaction),
    );
  }

  async has(workspaceId: WorkspaceId, leadId: string): Promise<boolean> {
    return (await this.collection.findOne({ _id: objectId(leadId), workspaceId })) !== null;
  }

  async erase(workspaceId: WorkspaceId, leadId: string): Promise<void> {
    await this.collection.updateOne({ _id: objectId(leadId), workspaceId }, { $set: { externalId: null } });
  }
}
