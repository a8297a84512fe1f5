import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Lead, LeadLists, Leads } from '../../leads';
import { type BackgroundJob, BackgroundJobs, type ChunkResult, type SaveProgress } from '../../platform/background';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { type LeadResult, notFound, resultOf, type UnknownLead } from '../domain/availability';
import { BATCH, type BatchCounts, NOTHING_CHECKED } from '../domain/batch';
import { BatchTargets } from '../domain/batch-targets';
import type { Forecast } from '../domain/forecast';
import { BatchChecksService } from './batch-checks.service';
import { CheckAvailabilityService } from './check-availability.service';

/** The leads of one chunk of the background job. */
const CHECK_BATCH_SIZE = 100;
/** For this long a batch leaves a free device to callers who wait for an answer. */
const YIELD_MS = 250;

export interface BatchProgress extends BatchCounts {
  listId: string | null;
  refresh: boolean;
  /** The newest lead that belongs to the batch. */
  upTo: string | null;
}

/** What a batch is about. */
export type BatchTarget = { leadIds: readonly string[] } | { listId: string };

/** A batch in the background, and when it will be over. */
export type BatchJob = BackgroundJob<BatchProgress> & Forecast;

export type BatchAnswer = { results: (LeadResult | UnknownLead)[] } | { job: BatchJob };

/** Checks many leads: a few at once, more in the background, within quotas, across restarts. */
@Injectable()
export class AvailabilityBatchesService implements OnModuleInit {
  constructor(
    private readonly checkAvailabilityService: CheckAvailabilityService,
    private readonly batchChecksService: BatchChecksService,
    private readonly leads: Leads,
    private readonly leadLists: LeadLists,
    private readonly batchTargets: BatchTargets,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<BatchProgress>(BATCH, { chunk: (job, save) => this.chunk(job, save) });
  }

  /**
   * Leads that are unknown are passed over, and said to be.
   * @throws NotFound when the list is unknown; NoActiveLines, CheckQuotaExhausted for a small batch
   */
  async check(workspaceId: WorkspaceId, wanted: BatchTarget, { refresh }: { refresh: boolean }): Promise<BatchAnswer> {
    const target = 'leadIds' in wanted ? { leadIds: uniqueOf(wanted.leadIds) } : wanted;
    const leads =
      'leadIds' in target ? await this.few(workspaceId, target.leadIds) : await this.fewOf(workspaceId, target.listId);
    await this.checkAvailabilityService.eligibleLines(workspaceId);
    if (leads && (await this.isQuick(workspaceId, leads.length))) {
      const results = await this.checkNow(leads, { refresh });
      const known = new Set(leads.map(({ id }) => id));
      const unknown = 'leadIds' in target ? target.leadIds.filter((id) => !known.has(id)) : [];
      return { results: [...results, ...unknown.map(notFound)] };
    }
    const job = await retryOnConflict(this.transactions, (transaction) =>
      this.start(workspaceId, { ...target, refresh }, transaction),
    );
    return { job: await this.withForecast(job) };
  }

  /** The jobs, newest first, without what is expected of them. */
  jobs(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<BackgroundJob<BatchProgress>>> {
    return this.backgroundJobs.list<BatchProgress>(workspaceId, BATCH, pageRequest);
  }

  /** @throws NotFound */
  async job(workspaceId: WorkspaceId, id: string): Promise<BatchJob> {
    const job = await this.backgroundJobs.find<BatchProgress>(workspaceId, BATCH, id);
    if (!job) throw new NotFound('Job');
    return this.withForecast(job);
  }

  private async withForecast(job: BackgroundJob<BatchProgress>): Promise<BatchJob> {
    const { total, checked } = job.progress;
    const forecast = await this.checkAvailabilityService.forecast(job.workspaceId, total - checked);
    return { ...job, ...forecast, ...(job.finishedAt && { expectedLastAt: null }) };
  }

  /** Ends the job if it is not over; what was checked stays. @throws NotFound */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<BatchJob> {
    await this.job(workspaceId, id);
    await this.backgroundJobs.cancel(workspaceId, BATCH, id);
    return this.job(workspaceId, id);
  }

  /**
   * Those of the leads that there are, when they are few enough to be checked at once. Of more, the job
   * counts those that are not there as missing.
   */
  private async few(workspaceId: WorkspaceId, leadIds: readonly string[]): Promise<Lead[] | null> {
    return leadIds.length > this.config.AVAILABILITY_SYNC_MAX ? null : this.leads.findMany(workspaceId, leadIds);
  }

  /** The list's leads when they are few enough to be checked at once. */
  private async fewOf(workspaceId: WorkspaceId, listId: string): Promise<Lead[] | null> {
    if (!(await this.leadLists.find(workspaceId, listId))) throw new NotFound('List');
    const ids = await this.leads.memberIds(workspaceId, listId, null, this.config.AVAILABILITY_SYNC_MAX + 1);
    return ids.length > this.config.AVAILABILITY_SYNC_MAX ? null : this.leads.findMany(workspaceId, ids);
  }

  private async isQuick(workspaceId: WorkspaceId, leads: number): Promise<boolean> {
    return (
      (await this.checkAvailabilityService.estimate(workspaceId, Math.max(0, leads - 1))) <=
      this.config.AVAILABILITY_WAIT_SECONDS * 1_000
    );
  }

  private async checkNow(leads: readonly Lead[], { refresh }: { refresh: boolean }): Promise<LeadResult[]> {
    const results: LeadResult[] = [];
    for (const lead of leads) {
      const finding = await this.checkAvailabilityService.checkLead(lead, {
        refresh,
        patienceMs: this.config.AVAILABILITY_WAIT_SECONDS * 1_000,
      });
      results.push(resultOf(lead, finding));
    }
    return results;
  }

  private async start(
    workspaceId: WorkspaceId,
    { refresh, ...target }: BatchTarget & { refresh: boolean },
    transaction: Transaction,
  ): Promise<BackgroundJob<BatchProgress>> {
    const blank = { ...NOTHING_CHECKED, refresh };
    if ('listId' in target) {
      const subject = `list:${target.listId}`;
      const { total, newest } = await this.leads.memberSnapshot(workspaceId, target.listId, transaction);
      const progress = { ...blank, listId: target.listId, total, upTo: newest };
      return this.backgroundJobs.start<BatchProgress>({ workspaceId, kind: BATCH, subject, progress }, transaction);
    }
    const subject = this.ids.next();
    const { leadIds } = target;
    await this.batchTargets.save(workspaceId, subject, leadIds, transaction);
    const progress = { ...blank, listId: null, total: leadIds.length, upTo: leadIds.at(-1) ?? null };
    return this.backgroundJobs.start<BatchProgress>({ workspaceId, kind: BATCH, subject, progress }, transaction);
  }

  private async chunk(job: BackgroundJob<BatchProgress>, save: SaveProgress<BatchProgress>): Promise<ChunkResult<BatchProgress>> {
    const { workspaceId, progress } = job;
    const next = await this.nextIds(job);
    if (next.length > 0) return this.batchChecksService.run(job, next, { refresh: progress.refresh, yieldMs: YIELD_MS }, save);
    await this.batchTargets.forget(workspaceId, job.subject);
    const missing = progress.total - (progress.checked - progress.missing);
    return { next: 'done', progress: { ...progress, missing, checked: progress.total } };
  }

  private async nextIds({ workspaceId, subject, progress }: BackgroundJob<BatchProgress>): Promise<string[]> {
    const { listId, after, upTo } = progress;
    if (upTo === null) return [];
    const ids = listId
      ? await this.leads.memberIds(workspaceId, listId, after, CHECK_BATCH_SIZE)
      : await this.batchTargets.next(workspaceId, subject, after, CHECK_BATCH_SIZE);
    return ids.filter((id) => id <= upTo);
  }
}

/** Each once, in order. A set of a hundred thousand takes longer than all the rest of a call. */
const uniqueOf = (ids: readonly string[]): string[] => [...ids].sort().filter((id, index, sorted) => id !== sorted[index - 1]);
