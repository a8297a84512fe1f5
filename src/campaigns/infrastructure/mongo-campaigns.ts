import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { PageOf, Place } from '../../platform/paging';
import { workspaceId as asWorkspace, type WorkspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId, objectIds, within, type Transaction } from '../../platform/mongo';
import { Campaigns, type Campaign, type CampaignStatus } from '../domain/campaign';
import type { CampaignDocument } from './campaign.schema';

@Injectable()
export class MongoCampaigns extends Campaigns {
  private readonly campaigns: Collection<CampaignDocument>;

  constructor(@InjectModel('Campaign') model: Model<CampaignDocument>) {
    super();
    this.campaigns = collectionOf(model);
  }

  async find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Campaign | null> {
    const found = await this.campaigns.findOne({ _id: objectId(id), workspaceId, hiddenAt: null }, within(transaction));
    return found && toCampaign(found);
  }

  async findMany(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Campaign[]> {
    const query = { _id: { $in: objectIds(ids) }, workspaceId, hiddenAt: null };
    return (await this.campaigns.find(query, within(transaction)).toArray()).map(toCampaign);
  }

  async list(workspaceId: WorkspaceId, { status }: { status?: CampaignStatus }, place: Place): Promise<PageOf<Campaign>> {
    const query = { workspaceId, hiddenAt: null, ...(status && { status }) } as Filter<CampaignDocument>;
    if ('after' in place) {
      const after = place.after ? { ...query, _id: { $lt: objectId(place.after) } } : query;
      const found = await this.campaigns.find(after, { sort: { _id: -1 }, limit: place.limit + 1 }).toArray();
      const items = found.slice(0, place.limit).map(toCampaign);
      return { items, nextCursor: found.length > place.limit ? items.at(-1)!.id : null };
    }
    const page = { sort: { _id: -1 }, skip: (place.page - 1) * place.limit, limit: place.limit } as const;
    const [found, totalCount] = await Promise.all([
      this.campaigns.find(query, page).toArray(),
      this.campaigns.countDocuments(query),
    ]);
    return { items: found.map(toCampaign), totalCount };
  }

  async active(workspaceId: WorkspaceId): Promise<Campaign[]> {
    return (await this.campaigns.find({ workspaceId, status: 'active', hiddenAt: null }, { sort: { _id: 1 } }).toArray()).map(
      toCampaign,
    );
  }

  async usingList(workspaceId: WorkspaceId, listId: string): Promise<Campaign | null> {
    const query = {
      workspaceId,
      listId: objectId(listId),
      status: { $ne: 'archived' },
      hiddenAt: null,
    } as Filter<CampaignDocument>;
    const found = await this.campaigns.findOne(query);
    return found && toCampaign(found);
  }

  async insert(campaign: Campaign, transaction: Transaction): Promise<void> {
    await this.campaigns.insertOne({ ...toDocument(campaign), hiddenAt: null, version: 1 }, within(transaction));
  }

  async save(campaign: Campaign, before: Campaign, transaction: Transaction): Promise<boolean> {
    const { _id, ...fields } = toDocument(campaign);
    const unchanged = {
      _id,
      workspaceId: campaign.workspaceId,
      updatedAt: before.updatedAt,
      status: before.status,
      hiddenAt: null,
    };
    const { matchedCount } = await this.campaigns.updateOne(
      unchanged,
      { $set: fields, $inc: { version: 1 } } as never,
      within(transaction),
    );
    return matchedCount > 0;
  }

  async hide(workspaceId: WorkspaceId, id: string, now: Date, transaction: Transaction): Promise<void> {
    const change = { $set: { hiddenAt: now, status: 'archived' as const }, $inc: { version: 1 } };
    await this.campaigns.updateOne({ _id: objectId(id), workspaceId }, change as never, within(transaction));
  }
}

function toDocument({ id, listId, ...campaign }: Campaign): Omit<CampaignDocument, 'hiddenAt' | 'version'> {
  return { _id: objectId(id), ...campaign, listId: objectId(listId) };
}

function toCampaign({ _id, workspaceId, listId, hiddenAt: _, version: __, ...document }: CampaignDocument): Campaign {
  return { id: hex(_id), ...document, workspaceId: asWorkspace(workspaceId), listId: hex(listId) };
}
