import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Lines } from '../../lines';
import { Messages, MessagesReady, MessagesService } from '../../messages';
import { AuditedAct } from '../../platform/audit';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { type Campaign, Campaigns, liveSteps } from '../domain/campaign';
import { type CampaignTransition, changeStatus } from '../domain/campaign-transitions';
import {
  CampaignChanged,
  CampaignHasSent,
  CampaignNotReady,
  EditInProgress,
  TemplateUnknownField,
} from '../domain/campaigns.errors';
import { CampaignsService, type CampaignView } from './campaigns.service';
import { EditsService } from './edits.service';
import { LaunchChecks, type LaunchWarning } from './launch-checks';
import { ListEnrollingService } from './list-enrolling.service';
import { TemplateChecksService } from './template-checks.service';

const ARCHIVE = 'archive-campaign';
const ARCHIVE_BATCH_SIZE = 500;

/** What the audit log says was done. */
const DONE: Record<CampaignTransition, string> = {
  launch: 'launched',
  pause: 'paused',
  resume: 'resumed',
  archive: 'archived',
};

interface ArchiveProgress {
  campaignId: string;
  cancelled: number;
}

export interface LaunchOptions {
  /** Placeholders may come out as nothing for everybody. */
  allowEmpty?: boolean;
}

/** A campaign that was launched, and what its sender should know. */
export interface Launched {
  view: CampaignView;
  warnings: LaunchWarning[];
}

/** A campaign's life: draft → active ⇄ paused → archived. Only an active one sends. */
@Injectable()
export class CampaignLifecycle implements OnModuleInit {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly campaignsService: CampaignsService,
    private readonly listEnrollingService: ListEnrollingService,
    private readonly edits: EditsService,
    private readonly templateChecks: TemplateChecksService,
    private readonly launchChecks: LaunchChecks,
    private readonly messages: Messages,
    private readonly messagesService: MessagesService,
    private readonly domainEvents: DomainEvents,
    private readonly lines: Lines,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<ArchiveProgress>(ARCHIVE, { chunk: (job, save) => this.archiveChunk(job, save) });
  }

  /**
   * Activates the campaign, and enrolls whoever of the list is missing.
   * @throws NotFound, WrongCampaignStatus, CampaignNotReady, EditInProgress, TemplateUnknownField,
   * NoAllowedTime, CampaignChanged
   */
  async launch(workspaceId: WorkspaceId, id: string, { allowEmpty = false }: LaunchOptions = {}): Promise<Launched> {
    const before = await this.campaignsService.get(workspaceId, id);
    const campaign = changeStatus('launch', before, this.clock.now());
    if (liveSteps(before).length === 0) throw new CampaignNotReady('it has no steps');
    await this.requireLine(before);
    await this.requireEditsDone(before);
    const empty = allowEmpty ? [] : await this.templateChecks.emptyPlaceholders(before);
    if (empty.length > 0) throw new TemplateUnknownField(empty);
    const warnings = await this.launchChecks.check(before);
    await this.transactions.run(async (transaction) => {
      if (!(await this.campaigns.save(campaign, before, transaction))) throw new CampaignChanged();
      await this.listEnrollingService.start(campaign, transaction);
      await this.audit(campaign, 'launched', transaction);
      await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
    });
    return { view: await this.campaignsService.view(workspaceId, id), warnings };
  }

  /** @throws NotFound, WrongCampaignStatus, CampaignChanged */
  async pause(workspaceId: WorkspaceId, id: string): Promise<CampaignView> {
    return this.change(workspaceId, id, 'pause');
  }

  /** @throws NotFound, WrongCampaignStatus, EditInProgress, CampaignNotReady, CampaignChanged */
  async resume(workspaceId: WorkspaceId, id: string): Promise<CampaignView> {
    const campaign = await this.campaignsService.get(workspaceId, id);
    if (campaign.status === 'paused') {
      if (liveSteps(campaign).length === 0) throw new CampaignNotReady('it has no steps');
      await this.requireLine(campaign);
      await this.requireEditsDone(campaign);
    }
    return this.change(workspaceId, id, 'resume');
  }

  /** Ends the campaign; what waits is cancelled. @throws NotFound, WrongCampaignStatus, CampaignChanged */
  async archive(workspaceId: WorkspaceId, id: string): Promise<CampaignView> {
    const archived = await this.change(workspaceId, id, 'archive');
    await this.stopClaimed(workspaceId, id);
    return archived;
  }

  /** @throws NotFound, CampaignHasSent */
  async delete(workspaceId: WorkspaceId, id: string): Promise<void> {
    const { campaign, counts, byStep: _ } = await this.campaignsService.view(workspaceId, id);
    const tried = await this.messages.list(workspaceId, { campaignId: id, statuses: ['sending'] }, { cursor: null, limit: 1 });
    if (counts.sent + counts.delivered + counts.failed > 0 || tried.items.length > 0) throw new CampaignHasSent();
    await this.transactions.run(async (transaction) => {
      await this.campaigns.hide(workspaceId, campaign.id, this.clock.now(), transaction);
      await this.audit(campaign, 'deleted', transaction);
      await this.startArchive(workspaceId, id, transaction);
    });
    await this.stopClaimed(workspaceId, id);
  }

  private async change(workspaceId: WorkspaceId, id: string, name: CampaignTransition): Promise<CampaignView> {
    await this.transactions.run(async (transaction) => {
      const before = await this.campaigns.find(workspaceId, id, transaction);
      if (!before) throw new NotFound('Campaign');
      const after = changeStatus(name, before, this.clock.now());
      if (!(await this.campaigns.save(after, before, transaction))) throw new CampaignChanged();
      await this.audit(after, DONE[name], transaction);
      if (after.status === 'archived') await this.startArchive(workspaceId, id, transaction);
      await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
    });
    return this.campaignsService.view(workspaceId, id);
  }

  private audit({ workspaceId, id }: Campaign, done: string, transaction: Transaction): Promise<void> {
    return this.domainEvents.publish(new AuditedAct(workspaceId, `campaign.${done}`, { kind: 'campaign', id }), transaction);
  }

  private async startArchive(workspaceId: WorkspaceId, campaignId: string, transaction: Transaction): Promise<void> {
    const progress = { campaignId, cancelled: 0 };
    await this.backgroundJobs.start({ workspaceId, kind: ARCHIVE, subject: campaignId, progress }, transaction);
  }

  /**
   * The rest is cancelled in the background; what a worker has claimed by now read the campaign as it was, so
   * it is stopped at once.
   */
  private async stopClaimed(workspaceId: WorkspaceId, campaignId: string): Promise<void> {
    await this.messagesService.stop(workspaceId, { scope: { claimedOf: campaignId }, reason: 'archived', followUps: 'stop' });
  }

  private async archiveChunk(
    { workspaceId, progress }: BackgroundJob<ArchiveProgress>,
    save: (progress: ArchiveProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<ArchiveProgress>> {
    const { campaignId } = progress;
    return this.transactions.run(async (transaction) => {
      const scope = { campaignId, atMost: ARCHIVE_BATCH_SIZE };
      const stop = { scope, reason: 'archived', followUps: 'stop' } as const;
      const cancelled = await this.messagesService.stopWithin(workspaceId, stop, transaction);
      const next = { campaignId, cancelled: progress.cancelled + cancelled.length };
      await save(next, transaction);
      return { next: cancelled.length < ARCHIVE_BATCH_SIZE ? 'done' : 'more', progress: next };
    });
  }

  private async requireLine({ workspaceId, lineIds, channel }: Campaign): Promise<void> {
    const lines = (await this.lines.all(workspaceId)).filter((line) => line.isActive && line.channel === channel);
    if (!lines.some(({ id }) => lineIds.length === 0 || lineIds.includes(id)))
      throw new CampaignNotReady(`it has no active ${channel} line`);
  }

  private async requireEditsDone({ workspaceId, id }: Campaign): Promise<void> {
    if (await this.edits.isRunning(workspaceId, id)) throw new EditInProgress();
  }
}
