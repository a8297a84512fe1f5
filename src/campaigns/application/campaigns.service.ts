import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../../channels';
import { LeadLists, ListUse } from '../../leads';
import { Lines } from '../../lines';
import { campaignSubject, Messages } from '../../messages';
import type { BackgroundJob } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { Counts } from '../../platform/counters';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { type Campaign, Campaigns, type CampaignStatus, changedAt, liveSteps } from '../domain/campaign';
import { campaignProblems } from '../domain/campaign-rules';
import { CampaignChanged, EditInProgress, WrongCampaignStatus } from '../domain/campaigns.errors';
import { Enrollments } from '../domain/enrollment';
import { openIn, REPLIES_KEY, repliesSubject, type StatusCounts, statusCounts } from '../domain/report';
import { type CampaignFields, campaignWith } from './campaign-fields';
import { EditsService } from './edits.service';
import { type EnrollProgress, ListEnrollingService } from './list-enrolling.service';

/** Enrollments that wait behind a step of unknown outcome, and how many messages wait with them. */
export interface HeldUnknown {
  enrollments: number;
  messages: number;
}

const NOBODY: HeldUnknown = { enrollments: 0, messages: 0 };

export interface CampaignView {
  campaign: Campaign;
  counts: StatusCounts;
  held: HeldUnknown;
  byStep: Map<string, StatusCounts>;
  replies: number;
  enrolling: BackgroundJob<EnrollProgress> | null;
}

/** A workspace's campaigns: made, read, edited. Their lives are CampaignLifecycle's. */
@Injectable()
export class CampaignsService implements OnModuleInit {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly listEnrollingService: ListEnrollingService,
    private readonly edits: EditsService,
    private readonly messages: Messages,
    private readonly leadLists: LeadLists,
    private readonly listUse: ListUse,
    private readonly lines: Lines,
    private readonly channels: Channels,
    private readonly enrollments: Enrollments,
    private readonly counts: Counts,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.listUse.register(async (workspaceId, listId) => (await this.campaigns.usingList(workspaceId, listId))?.name ?? null);
  }

  /** @throws ValidationFailed, NotFound (list, line), ChannelNotConfigured */
  async create(workspaceId: WorkspaceId, fields: CampaignFields & { name: string; listId: string }): Promise<Campaign> {
    const now = this.clock.now();
    const blank: Campaign = {
      id: this.ids.next(),
      workspaceId,
      name: fields.name,
      listId: fields.listId,
      lineIds: [],
      channel: 'imessage',
      steps: [],
      settings: {
        timezone: null,
        sendWindowStart: null,
        sendWindowEnd: null,
        allowedDaysOfWeek: null,
        useLeadTimezone: false,
        contactGapSeconds: this.config.CONTACT_GAP_SECONDS,
        stopOnReply: true,
        addresses: 'all',
        fallbackChannels: [],
        afterUnknown: 'hold',
      },
      status: 'draft',
      edition: 0,
      launchedAt: null,
      finishedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    const campaign = campaignWith(blank, fields, this.ids);
    await this.requireGood(campaign);
    return this.transactions.run(async (transaction) => {
      await this.campaigns.insert(campaign, transaction);
      return campaign;
    });
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Campaign> {
    const campaign = await this.campaigns.find(workspaceId, id);
    if (!campaign) throw new NotFound('Campaign');
    return campaign;
  }

  /** The campaign with its counts and how far its list is enrolled. @throws NotFound */
  async view(workspaceId: WorkspaceId, id: string): Promise<CampaignView> {
    const campaign = await this.get(workspaceId, id);
    return {
      ...(await this.counted(workspaceId, [campaign]))[0]!,
      enrolling: await this.listEnrollingService.progress(workspaceId, id),
    };
  }

  async list(
    workspaceId: WorkspaceId,
    filter: { status?: CampaignStatus },
    pageRequest: PageRequest,
  ): Promise<Page<CampaignView>> {
    const page = await this.campaigns.list(workspaceId, filter, pageRequest);
    const counted = await this.counted(workspaceId, page.items);
    return { ...page, items: counted.map((one) => ({ ...one, enrolling: null })) };
  }

  /** Has a campaign been launched, whatever became of it? */
  wasAnyLaunched(workspaceId: WorkspaceId): Promise<boolean> {
    return this.campaigns.wasAnyLaunched(workspaceId);
  }

  /**
   * The name can always be changed, all else in a draft or while paused; the list in a draft alone.
   * @throws NotFound, WrongCampaignStatus, EditInProgress, ValidationFailed
   */
  async change(workspaceId: WorkspaceId, id: string, fields: CampaignFields): Promise<Campaign> {
    const before = await this.get(workspaceId, id);
    const { name: _, listId, ...rest } = fields;
    const deep = Object.values(rest).some((value) => value !== undefined);
    if (deep && before.status !== 'draft' && before.status !== 'paused') {
      throw new WrongCampaignStatus(before.status, 'only a draft or a paused campaign can be edited');
    }
    if (listId !== undefined && listId !== before.listId && before.status !== 'draft') {
      throw new WrongCampaignStatus(before.status, 'the list of a campaign can be changed in a draft only');
    }
    if (deep && (await this.edits.isRunning(workspaceId, id))) throw new EditInProgress();
    const campaign = { ...campaignWith(before, fields, this.ids), updatedAt: changedAt(before, this.clock.now()) };
    await this.requireGood(campaign);
    const stepsChanged = fields.steps !== undefined && before.status === 'paused';
    if (stepsChanged) campaign.edition += 1;
    await this.transactions.run(async (transaction) => {
      if (!(await this.campaigns.save(campaign, before, transaction))) throw new CampaignChanged();
      if (stepsChanged) await this.edits.start(campaign, transaction);
    });
    for (const lineId of before.lineIds.filter((one) => campaign.lineIds.length > 0 && !campaign.lineIds.includes(one))) {
      await this.messages.unbind(workspaceId, lineId, id);
    }
    return campaign;
  }

  /** Does nothing wait any more? */
  isFinished({ campaign, counts, enrolling, held }: CampaignView): boolean {
    const enrolled = campaign.launchedAt !== null && (!enrolling || enrolling.finishedAt !== null);
    return enrolled && openIn(counts) <= held.messages;
  }

  private async counted(workspaceId: WorkspaceId, campaigns: readonly Campaign[]): Promise<Omit<CampaignView, 'enrolling'>[]> {
    const subjects = campaigns.flatMap(({ id }) => [campaignSubject(id), repliesSubject(id)]);
    const counts = await this.counts.read(workspaceId, subjects);
    const held = await this.held(workspaceId, campaigns);
    return campaigns.map((campaign) => {
      const { total, byStep } = statusCounts(counts.get(campaignSubject(campaign.id)) ?? new Map());
      const replies = counts.get(repliesSubject(campaign.id))?.get(REPLIES_KEY) ?? 0;
      return { campaign, counts: total, byStep, replies, held: held.get(campaign.id) ?? NOBODY };
    });
  }

  /** Whoever waits behind a step of unknown outcome, by campaign. */
  private async held(workspaceId: WorkspaceId, campaigns: readonly Campaign[]): Promise<Map<string, HeldUnknown>> {
    const enrollments = await this.enrollments.held(campaigns.map(({ id }) => id));
    const held = [...enrollments].map(async ([campaignId, ids]) => {
      const messages = await this.messages.countScheduled(workspaceId, ids);
      return [campaignId, { enrollments: ids.length, messages }] as const;
    });
    return new Map(await Promise.all(held));
  }

  /** @throws ValidationFailed, NotFound, ChannelNotConfigured */
  private async requireGood(campaign: Campaign): Promise<void> {
    const problems = campaignProblems(campaign);
    if (problems.length > 0) throw new ValidationFailed(problems);
    const { channel, settings } = campaign;
    const named = [
      { field: 'channel', channel },
      ...liveSteps(campaign).flatMap((step) => (step.channel === null ? [] : [{ field: 'channel', channel: step.channel }])),
      ...settings.fallbackChannels.map((one) => ({ field: 'settings.fallbackChannels', channel: one })),
    ];
    for (const one of named) {
      const message = `must be one of ${this.channels.names.join(', ')}`;
      if (!this.channels.isKnown(one.channel)) throw new ValidationFailed([{ field: one.field, message }]);
      this.channels.of(one.channel);
    }
    if (!(await this.leadLists.find(campaign.workspaceId, campaign.listId))) throw new NotFound('List');
    const lines = new Set((await this.lines.all(campaign.workspaceId)).map(({ id }) => id));
    if (campaign.lineIds.some((id) => !lines.has(id))) throw new NotFound('Line');
  }
}
