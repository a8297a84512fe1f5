import { Injectable, type OnModuleInit } from '@nestjs/common';
import { WorkspaceChanged, Workspaces } from '../../auth';
import { LeadsSaved } from '../../leads';
import { type BackgroundJob, BackgroundJobs, type ChunkResult, JobStarted, type SaveProgress } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { type BatchCounts, NOTHING_CHECKED } from '../domain/batch';
import { BatchTargets } from '../domain/batch-targets';
import { BATCH } from './availability-batches.service';
import { BatchChecksService } from './batch-checks.service';

/**
 * The kind of background work, of which a workspace has one at most, and the name that the leads are kept
 * under.
 */
const NEW_LEADS = 'availability-new-leads';
/** Leads looked at in one chunk. */
const CHECK_BATCH_SIZE = 100;
/**
 * A workspace's wish may be this old when it was changed at another process: it is asked for with every call
 * that saves leads.
 */
const RECENT_TTL_MS = 1_000;
const MAX_RECENT = 10_000;
/** While somebody's batch is not done, new leads wait, and look again after this. */
const YIELD_MS = 15_000;
/** Leads that nobody looks at, since a worker died in the wrong moment, are found after this. */
const LOOK_FOR_LEFT_MS = 60_000;
const LEFT_BATCH_SIZE = 1_000;

interface Progress extends BatchCounts {
  /** The stretch of leads that is being worked off. */
  stretch: string | null;
}

/**
 * Checks new leads by themselves where the workspace says so: one job a workspace, however many calls save
 * leads, behind everything that somebody asked for. It waits while a batch is unfinished, and leaves every
 * device a gap for direct checks between two of its own.
 */
@Injectable()
export class AutoCheckService implements OnModuleInit {
  private readonly wishes = new Map<WorkspaceId, { at: number; wanted: boolean }>();

  constructor(
    private readonly workspaces: Workspaces,
    private readonly batchChecksService: BatchChecksService,
    private readonly batchTargets: BatchTargets,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly ticks: Ticks,
    domainEvents: DomainEvents,
  ) {
    domainEvents.on(WorkspaceChanged, ({ workspaceId }, transaction) => {
      transaction.afterCommit(() => this.wishes.delete(workspaceId));
      return Promise.resolve();
    });
    domainEvents.on(LeadsSaved, async ({ workspaceId, leadIds }, transaction) => {
      if (leadIds.length === 0 || !(await this.isWanted(workspaceId))) return;
      await this.batchTargets.save(workspaceId, NEW_LEADS, [...leadIds].sort(), transaction);
      transaction.afterCommit(() => void this.start(workspaceId).catch(() => undefined));
    });
  }

  onModuleInit(): void {
    this.backgroundJobs.register<Progress>(NEW_LEADS, { chunk: (job, save) => this.chunk(job, save) });
    this.ticks.every('check new leads', LOOK_FOR_LEFT_MS, () => this.startWhereLeft());
  }

  /**
   * Leads may have been saved in the moment in which the job before ended, or their saver have died before it
   * started one.
   */
  async startWhereLeft(): Promise<void> {
    for (const workspaceId of await this.batchTargets.workspacesWith(NEW_LEADS, LEFT_BATCH_SIZE)) await this.start(workspaceId);
  }

  private async start(workspaceId: WorkspaceId): Promise<void> {
    if (await this.backgroundJobs.anyUnfinished(workspaceId, NEW_LEADS)) return;
    const progress: Progress = { ...NOTHING_CHECKED, stretch: null };
    try {
      await this.transactions.run((transaction) =>
        this.backgroundJobs.start(workspaceId, NEW_LEADS, NEW_LEADS, progress, transaction),
      );
    } catch (error) {
      // Another call has started it, which is as good.
      if (!(error instanceof JobStarted)) throw error;
    }
  }

  private async chunk(job: BackgroundJob<Progress>, save: SaveProgress<Progress>): Promise<ChunkResult<Progress>> {
    const { workspaceId, progress } = job;
    if (!(await this.isWanted(workspaceId))) {
      await this.batchTargets.forget(workspaceId, NEW_LEADS);
      return { next: 'done', progress };
    }
    if (await this.backgroundJobs.anyUnfinished(workspaceId, BATCH)) {
      const until = new Date(this.clock.now().getTime() + YIELD_MS);
      return { next: 'wait', progress, until, reason: 'Checks that somebody asked for go first' };
    }
    const stretch = await this.batchTargets.stretch(workspaceId, NEW_LEADS, progress.stretch);
    if (!stretch) return { next: 'done', progress };
    const begun: Progress =
      stretch.id === progress.stretch
        ? progress
        : { ...progress, stretch: stretch.id, after: null, open: null, total: progress.total + stretch.leadIds.length };
    const next = stretch.leadIds.filter((id) => begun.after === null || id > begun.after).slice(0, CHECK_BATCH_SIZE);
    if (next.length === 0) {
      await this.batchTargets.drop(workspaceId, stretch.id);
      return { next: 'more', progress: { ...begun, stretch: null } };
    }
    const afterOthersMs = Math.max(1_000, this.config.DEVICE_GAP_SECONDS * 1_000);
    return this.batchChecksService.run({ ...job, progress: begun }, next, { refresh: false, yieldMs: afterOthersMs }, save);
  }

  private async isWanted(workspaceId: WorkspaceId): Promise<boolean> {
    const now = this.clock.now().getTime();
    const known = this.wishes.get(workspaceId);
    if (known && now - known.at < RECENT_TTL_MS) return known.wanted;
    const wanted = (await this.workspaces.find(workspaceId))?.autoCheckAvailability ?? false;
    if (this.wishes.size >= MAX_RECENT) this.wishes.clear();
    this.wishes.set(workspaceId, { at: now, wanted });
    return wanted;
  }
}
