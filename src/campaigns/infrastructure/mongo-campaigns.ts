import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { TEXT_ALONE } from '../../messages/domain';
import { Clock, TtlCache } from '../../platform/clock';
import { type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import {
  collectionOf,
  GatheredDocuments,
  hex,
  objectId,
  objectIds,
  pageById,
  SharedReads,
  type Transaction,
  within,
} from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { type Campaign, Campaigns, type CampaignStatus } from '../domain/campaign';
import { CAMPAIGN_TRANSITIONS } from '../domain/campaign-transitions';
import { flagsOf, withFlags } from '../domain/fallback';
import type { CampaignDocument } from './campaign.schema';

/** `lately`, in milliseconds. */
const LATELY_MS = 2_000;

@Injectable()
export class MongoCampaigns extends Campaigns {
  private readonly campaigns: Collection<CampaignDocument>;
  private readonly byId: GatheredDocuments<CampaignDocument>;
  private readonly sharedReads: SharedReads;

  private readonly lastRead: TtlCache<Campaign>;

  constructor(
    @InjectModel('Campaign') model: Model<CampaignDocument>,
    private readonly clock: Clock,
  ) {
    super();
    this.lastRead = new TtlCache(clock, LATELY_MS);
    this.campaigns = collectionOf(model);
    this.byId = new GatheredDocuments(model, { hiddenAt: null });
    this.sharedReads = SharedReads.of(model);
  }

  async find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Campaign | null> {
    if (!transaction) return (await this.findMany(workspaceId, [id]))[0] ?? null;
    const found = await this.campaigns.findOne({ _id: objectId(id), workspaceId, hiddenAt: null }, within(transaction));
    return found && toCampaign(found);
  }

  async findMany(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Campaign[]> {
    if (transaction) {
      const query = { _id: { $in: objectIds(ids) }, workspaceId, hiddenAt: null };
      return (await this.campaigns.find(query, within(transaction)).toArray()).map(toCampaign);
    }
    const askedAt = this.clock.now();
    const found = (await this.byId.many(workspaceId, ids)).map(toCampaign);
    for (const campaign of found) this.lastRead.set(campaign.id, campaign, askedAt);
    return found;
  }

  async lately(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Campaign[]> {
    const known = ids.flatMap((id) => this.lastRead.peek(id) ?? []).filter((one) => one.workspaceId === workspaceId);
    const others = ids.filter((id) => !known.some((campaign) => campaign.id === id));
    return [...known, ...(await this.findMany(workspaceId, others))];
  }

  async list(
    workspaceId: WorkspaceId,
    { status }: { status?: CampaignStatus },
    pageRequest: PageRequest,
  ): Promise<Page<Campaign>> {
    const query = { workspaceId, hiddenAt: null, ...(status && { status }) } as Filter<CampaignDocument>;
    return pageById({ collection: this.campaigns, filter: query, order: 'newest-first', toItem: toCampaign }, pageRequest);
  }

  async active(workspaceId: WorkspaceId): Promise<Pick<Campaign, 'id' | 'settings' | 'lineIds'>[]> {
    const query = { workspaceId, status: 'active', hiddenAt: null } as Filter<CampaignDocument>;
    // Without the steps, which may be long.
    const found = await this.sharedReads.find(this.campaigns, query, { projection: { settings: 1, lineIds: 1 } });
    return found
      .map(({ _id, settings, lineIds }) => ({ id: hex(_id), settings: toSettings(settings), lineIds }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async wasAnyLaunched(workspaceId: WorkspaceId): Promise<boolean> {
    const query = { workspaceId, launchedAt: { $gt: new Date(0) } } as Filter<CampaignDocument>;
    return (await this.campaigns.findOne(query, { projection: { _id: 1 } })) !== null;
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
    await this.campaigns.insertOne(
      { ...toDocument(campaign), hiddenAt: null, version: 1, finishedAt: null },
      within(transaction),
    );
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
      { $set: fields, $inc: { version: 1 } },
      within(transaction),
    );
    return matchedCount > 0;
  }

  async finish({ id, workspaceId }: Campaign, at: Date, transaction: Transaction): Promise<boolean> {
    const open = {
      _id: objectId(id),
      workspaceId,
      finishedAt: null,
      status: { $in: ['active', 'paused'] },
      hiddenAt: null,
    } as Filter<CampaignDocument>;
    return (await this.campaigns.updateOne(open, { $set: { finishedAt: at } }, within(transaction))).modifiedCount > 0;
  }

  async goOn({ id, workspaceId }: Campaign, transaction?: Transaction): Promise<void> {
    const finished = { _id: objectId(id), workspaceId, finishedAt: { $ne: null } } as Filter<CampaignDocument>;
    await this.campaigns.updateOne(finished, { $set: { finishedAt: null } }, within(transaction));
  }

  async unfinished(after: string | null, limit: number): Promise<Campaign[]> {
    const query = { status: 'active', finishedAt: null, ...(after && { _id: { $gt: objectId(after) } }) };
    const found = await this.campaigns.find(query as Filter<CampaignDocument>, { sort: { _id: 1 }, limit }).toArray();
    return found.filter(({ hiddenAt }) => hiddenAt === null).map(toCampaign);
  }

  async hide(workspaceId: WorkspaceId, id: string, now: Date, transaction: Transaction): Promise<void> {
    const change = { $set: { hiddenAt: now, status: CAMPAIGN_TRANSITIONS.archive.to }, $inc: { version: 1 } };
    await this.campaigns.updateOne({ _id: objectId(id), workspaceId }, change, within(transaction));
  }
}

function toDocument({
  id,
  listId,
  finishedAt: _,
  ...campaign
}: Campaign): Omit<CampaignDocument, 'hiddenAt' | 'version' | 'finishedAt'> {
  // The version before reads these alone.
  const fallback = flagsOf(campaign.settings.fallbackChannels);
  return { _id: objectId(id), ...campaign, settings: { ...campaign.settings, fallback }, listId: objectId(listId) };
}

function toCampaign({ _id, workspaceId, listId, hiddenAt: _, version: __, ...document }: CampaignDocument): Campaign {
  const settings = toSettings(document.settings);
  const finishedAt = document.finishedAt ?? null;
  const steps = document.steps.map((step) => ({ ...TEXT_ALONE, ...step }));
  return { id: hex(_id), ...document, steps, finishedAt, settings, workspaceId: asWorkspace(workspaceId), listId: hex(listId) };
}

/** Campaigns that were made before lack some settings. */
function toSettings({ fallback, ...own }: CampaignDocument['settings']): Campaign['settings'] {
  return {
    ...own,
    afterUnknown: own.afterUnknown ?? 'hold',
    // The version before writes the flags alone: where they say something else, they were written later.
    fallbackChannels: withFlags(own.fallbackChannels ?? [], fallback),
  };
}
