import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Leads } from '../../leads';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { type Campaign, Campaigns, liveSteps } from '../domain/campaign';
import { Enrollments } from '../domain/enrollment';
import { EnrollmentChecks, type SkipReason } from './enrollment-checks';
import { NewEnrollments } from './new-enrollments';

export const ENROLL_LIST = 'enroll-list';

/** Members of the list that are looked at in one transaction, where a campaign has few steps. */
const MOST_LEADS = 2_000;
/** However many steps it has. */
const LEAST_LEADS = 500;
/** Messages that a transaction may grow to where that is more than those of `LEAST_LEADS`. */
const MOST_MESSAGES = 4_000;

export interface EnrollProgress {
  campaignId: string;
  listId: string;
  total: number;
  enrolled: number;
  already: number;
  /** They, or their addresses, have answered in this campaign before. */
  answeredBefore?: number;
  /** They must not be written to. */
  suppressed?: number;
  /** They have no address that the campaign can reach. */
  noAddress?: number;
  after: string | null;
  upTo: string | null;
}

/** Brings a campaign's whole list into it, in the background. */
@Injectable()
export class ListEnrollingService implements OnModuleInit {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly newEnrollments: NewEnrollments,
    private readonly leads: Leads,
    private readonly enrollmentChecks: EnrollmentChecks,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<EnrollProgress>(ENROLL_LIST, { chunk: (job, save) => this.chunk(job, save) });
  }

  /** Enrolls whoever of the campaign's list is missing. */
  async start(campaign: Campaign, transaction: Transaction): Promise<void> {
    const { total, newest } = await this.leads.memberSnapshot(campaign.workspaceId, campaign.listId, transaction);
    const progress = {
      campaignId: campaign.id,
      listId: campaign.listId,
      total,
      enrolled: 0,
      already: 0,
      after: null,
      upTo: newest,
    };
    const { id, workspaceId } = campaign;
    await this.backgroundJobs.start<EnrollProgress>({ workspaceId, kind: ENROLL_LIST, subject: id, progress }, transaction);
  }

  /** How far the newest enrolling of the campaign's list is. */
  progress(workspaceId: WorkspaceId, campaignId: string): Promise<BackgroundJob<EnrollProgress> | null> {
    return this.backgroundJobs.latest<EnrollProgress>(workspaceId, ENROLL_LIST, campaignId);
  }

  private async chunk(
    { workspaceId, progress }: BackgroundJob<EnrollProgress>,
    save: (progress: EnrollProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<EnrollProgress>> {
    const { campaignId, listId, after, upTo } = progress;
    if (upTo === null) return { next: 'done', progress };
    return retryOnConflict(this.transactions, async (transaction) => {
      const campaign = await this.campaigns.find(workspaceId, campaignId, transaction);
      const limit = chunkSize(campaign);
      const members = await this.leads.memberContacts(workspaceId, { listId, after, upTo }, limit, transaction);
      if (members.length === 0) return { next: 'done', progress };
      if (!campaign || campaign.status === 'archived') return { next: 'failed', progress, reason: 'The campaign was archived' };
      const ids = members.map(({ id }) => id);
      const known = await this.enrollments.enrolledBetween(campaignId, ids[0]!, ids.at(-1)!, transaction);
      const missing = members.filter(({ id }) => !known.has(id));
      const { wanted, skipped } = await this.enrollmentChecks.check(campaign, missing, transaction);
      await this.newEnrollments.insert(campaign, wanted, transaction);
      const next = {
        ...progress,
        enrolled: progress.enrolled + wanted.length,
        already: progress.already + members.length - missing.length,
        answeredBefore: (progress.answeredBefore ?? 0) + count(skipped, 'answered_before'),
        suppressed: (progress.suppressed ?? 0) + count(skipped, 'suppressed'),
        noAddress: (progress.noAddress ?? 0) + count(skipped, 'no_address'),
        after: ids.at(-1)!,
      };
      await save(next, transaction);
      return { next: members.length < limit ? 'done' : 'more', progress: next };
    });
  }
}

const chunkSize = (campaign: Campaign | null): number => {
  const steps = campaign ? liveSteps(campaign).length : 1;
  return Math.max(LEAST_LEADS, Math.min(MOST_LEADS, Math.floor(MOST_MESSAGES / Math.max(1, steps))));
};

const count = (skipped: ReadonlyMap<string, SkipReason>, why: SkipReason): number =>
  [...skipped.values()].filter((one) => one === why).length;
