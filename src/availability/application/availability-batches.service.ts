import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Leads, LeadLists, type Lead } from '../../leads';
import { BackgroundJobs, type BackgroundJob, type ChunkResult } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { DomainError, NotFound } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { Transactions, type Transaction } from '../../platform/mongo';
import { NoActiveLines } from '../../lines';
import { CheckQuotaExhausted, DevicesBusy } from '../domain/availability.errors';
import { BatchTargets } from '../domain/batch-targets';
import type { LeadFinding } from '../domain/availability';
import { CheckAvailabilityService } from './check-availability.service';

const BATCH = 'availability-batch';
/** Leads looked at in one chunk of the background job. */
const CHUNK = 10;
/** While no line can be asked, a batch looks again this often. */
const NO_LINES_PAUSE_MS = 60_000;
/** A batch waits for a device as long as the gap of the busiest may take, since nobody waits for it. */
const BATCH_PATIENCE_MS = 45_000;

export interface BatchProgress {
  listId: string | null;
  refresh: boolean;
  total: number;
  checked: number;
  available: number;
  unavailable: number;
  errors: number;
  /** Leads that were gone when their turn came; part of `checked`. */
  missing: number;
  /** The last lead that was looked at. */
  after: string | null;
  /** The newest lead that belongs to the batch. */
  upTo: string | null;
}

export interface LeadResult {
  leadId: string;
  available: boolean;
  status: LeadFinding['status'];
}

export type BatchAnswer = { results: LeadResult[] } | { job: BackgroundJob<BatchProgress> };

/** Checks many leads: a few at once, more in the background, within quotas, across restarts. */
@Injectable()
export class AvailabilityBatchesService implements OnModuleInit {
  constructor(
    private readonly checks: CheckAvailabilityService,
    private readonly leads: Leads,
    private readonly lists: LeadLists,
    private readonly targets: BatchTargets,
    private readonly jobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.register<BatchProgress>(BATCH, { chunk: (job, save) => this.chunk(job, save) });
  }

  /** @throws NotFound when one of the leads, or the list, is unknown; NoActiveLines, CheckQuotaExhausted for a small batch */
  async check(
    workspaceId: WorkspaceId,
    what: { leadIds: string[] } | { listId: string },
    refresh: boolean,
  ): Promise<BatchAnswer> {
    const leads = 'leadIds' in what ? await this.known(workspaceId, what.leadIds) : await this.fewOf(workspaceId, what.listId);
    await this.checks.eligibleLines(workspaceId);
    if (leads && leads.length <= this.config.AVAILABILITY_SYNC_MAX && (await this.isQuick(workspaceId, leads.length))) {
      return { results: await this.now(leads, refresh) };
    }
    return { job: await this.transactions.run((transaction) => this.start(workspaceId, what, refresh, transaction)) };
  }

  /** Checks new leads by themselves, in the background. */
  async startFor(workspaceId: WorkspaceId, leadIds: readonly string[], transaction: Transaction): Promise<void> {
    await this.start(workspaceId, { leadIds: [...leadIds] }, false, transaction);
  }

  /** @throws NotFound */
  async job(workspaceId: WorkspaceId, id: string): Promise<BackgroundJob<BatchProgress>> {
    const job = await this.jobs.find<BatchProgress>(workspaceId, BATCH, id);
    if (!job) throw new NotFound('Job');
    return job;
  }

  /** Ends the job if it is not over; what was checked stays. @throws NotFound */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<BackgroundJob<BatchProgress>> {
    await this.job(workspaceId, id);
    await this.jobs.cancel(workspaceId, BATCH, id);
    return this.job(workspaceId, id);
  }

  private async known(workspaceId: WorkspaceId, leadIds: string[]): Promise<Lead[]> {
    const leads = await this.leads.findMany(workspaceId, leadIds);
    if (leads.length < new Set(leadIds).size) throw new NotFound('Lead');
    return leads;
  }

  /** The list's leads when they are few enough to be checked at once. */
  private async fewOf(workspaceId: WorkspaceId, listId: string): Promise<Lead[] | null> {
    if (!(await this.lists.find(workspaceId, listId))) throw new NotFound('List');
    const ids = await this.leads.memberIds(workspaceId, listId, null, this.config.AVAILABILITY_SYNC_MAX + 1);
    return ids.length > this.config.AVAILABILITY_SYNC_MAX ? null : this.leads.findMany(workspaceId, ids);
  }

  private async isQuick(workspaceId: WorkspaceId, leads: number): Promise<boolean> {
    return (await this.checks.estimate(workspaceId, Math.max(0, leads - 1))) <= this.config.AVAILABILITY_WAIT_SECONDS * 1_000;
  }

  private async now(leads: readonly Lead[], refresh: boolean): Promise<LeadResult[]> {
    const results: LeadResult[] = [];
    for (const lead of leads) {
      const finding = await this.checks.checkLead(lead, { refresh, patienceMs: this.config.AVAILABILITY_WAIT_SECONDS * 1_000 });
      results.push({ leadId: lead.id, available: finding.status === 'available', status: finding.status });
    }
    return results;
  }

  private async start(
    workspaceId: WorkspaceId,
    what: { leadIds: string[] } | { listId: string },
    refresh: boolean,
    transaction: Transaction,
  ): Promise<BackgroundJob<BatchProgress>> {
    const subject = this.ids.next();
    const blank = { refresh, checked: 0, available: 0, unavailable: 0, errors: 0, missing: 0, after: null };
    if ('listId' in what) {
      const { total, newest } = await this.leads.extent(workspaceId, what.listId, transaction);
      const progress = { ...blank, listId: what.listId, total, upTo: newest };
      return this.jobs.start<BatchProgress>(workspaceId, BATCH, subject, progress, transaction);
    }
    const leadIds = [...new Set(what.leadIds)].sort();
    await this.targets.save(workspaceId, subject, leadIds, transaction);
    const progress = { ...blank, listId: null, total: leadIds.length, upTo: leadIds.at(-1) ?? null };
    return this.jobs.start<BatchProgress>(workspaceId, BATCH, subject, progress, transaction);
  }

  private async chunk(
    job: BackgroundJob<BatchProgress>,
    save: (progress: BatchProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<BatchProgress>> {
    const { workspaceId, progress } = job;
    const next = await this.nextIds(job);
    if (next.length === 0) {
      await this.targets.forget(workspaceId, job.subject);
      return {
        next: 'done',
        progress: { ...progress, missing: progress.total - (progress.checked - progress.missing), checked: progress.total },
      };
    }
    const leads = new Map((await this.leads.findMany(workspaceId, next)).map((lead) => [lead.id, lead]));
    let sofar = progress;
    for (const id of next) {
      const outcome = await this.checkOne(job, leads.get(id));
      if ('stop' in outcome) return { next: 'wait', progress: sofar, ...outcome.stop };
      sofar = counted(sofar, id, outcome.status);
      const saving = sofar;
      await this.transactions.run((transaction) => save(saving, transaction));
    }
    return { next: 'more', progress: sofar };
  }

  /** A lead that was looked at in this job before a crash is counted by what it says, not asked again. */
  private async checkOne(
    job: BackgroundJob<BatchProgress>,
    lead: Lead | undefined,
  ): Promise<
    { status: LeadFinding['status'] | 'missing' } | { stop: { until: Date; reason: string; state?: 'waiting_for_quota' } }
  > {
    if (!lead) return { status: 'missing' };
    const { availabilityStatus, availabilityCheckedAt } = lead;
    if (availabilityStatus && availabilityCheckedAt && availabilityCheckedAt >= job.createdAt)
      return { status: availabilityStatus };
    try {
      const { status } = await this.checks.checkLead(lead, { refresh: job.progress.refresh, patienceMs: BATCH_PATIENCE_MS });
      return { status };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const now = this.clock.now();
      if (error instanceof CheckQuotaExhausted) {
        return { stop: { until: error.until, reason: error.message, state: 'waiting_for_quota' } };
      }
      const pause = error instanceof DevicesBusy ? error.retryAfter * 1_000 : NO_LINES_PAUSE_MS;
      if (error instanceof DevicesBusy || error instanceof NoActiveLines) {
        return { stop: { until: new Date(now.getTime() + pause), reason: error.message } };
      }
      throw error;
    }
  }

  private async nextIds({ workspaceId, subject, progress }: BackgroundJob<BatchProgress>): Promise<string[]> {
    const { listId, after, upTo } = progress;
    if (upTo === null) return [];
    const ids = listId
      ? await this.leads.memberIds(workspaceId, listId, after, CHUNK)
      : await this.targets.next(workspaceId, subject, after, CHUNK);
    return ids.filter((id) => id <= upTo);
  }
}

function counted(progress: BatchProgress, id: string, status: LeadFinding['status'] | 'missing'): BatchProgress {
  const key = status === 'error' ? 'errors' : status;
  return { ...progress, after: id, checked: progress.checked + 1, [key]: progress[key] + 1 };
}
