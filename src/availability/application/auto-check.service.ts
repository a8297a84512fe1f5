import { Injectable, type OnModuleInit } from '@nestjs/common';
import { WorkspaceChanged, Workspaces } from '../../auth';
import { LeadsSaved } from '../../leads';
import { type BackgroundJob, BackgroundJobs, type ChunkResult, JobStarted, type SaveProgress } from '../../platform/background';
import { Clock, TtlCache } from '../../platform/clock';
import { Config } from '../../platform/config';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { BATCH, type BatchCounts, NEW_LEADS, NOTHING_CHECKED } from '../domain/batch';
import { BatchTargets } from '../domain/batch-targets';
import { BatchChecksService } from './batch-checks.service';

/** The leads of one chunk. */
const CHECK_BATCH_SIZE = 100;
/** While a batch that a caller asked for is not done, new leads wait, and are tried again after this. */
const YIELD_MS = 15_000;
/** Leads that no job checks, since a worker died at the wrong moment, are found after this. */
const SWEEP_INTERVAL_MS = 60_000;
const SWEEP_BATCH_SIZE = 1_000;

interface Progress extends BatchCounts {
  /** The stretch of leads that is being worked off. */
  stretch: string | null;
}

/**
 * Checks new leads without being asked, where the workspace wants that: one job a workspace, however many
 * calls save leads, and behind every check that a caller asked for. The job waits while a batch is
 * unfinished, and leaves every device a gap for direct checks between two of its own.
 */
@Injectable()
export class AutoCheckService implements OnModuleInit {
  /**
   * Whether the workspace wants its new leads checked. Every call that saves leads asks; a change at another
   * process is seen a second later.
   */
  private readonly wishes: TtlCache<boolean>;

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
    this.wishes = new TtlCache(clock);
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
    this.ticks.every('check new leads', SWEEP_INTERVAL_MS, () => this.startWhereLeft());
  }

  /**
   * Starts jobs for leads that were saved at the moment when the last job ended, or by a process that died
   * before it started one.
   */
  async startWhereLeft(): Promise<void> {
    for (const workspaceId of await this.batchTargets.workspacesWith(NEW_LEADS, SWEEP_BATCH_SIZE)) await this.start(workspaceId);
  }

  private async start(workspaceId: WorkspaceId): Promise<void> {
    if (await this.backgroundJobs.anyUnfinished(workspaceId, NEW_LEADS)) return;
    const progress: Progress = { ...NOTHING_CHECKED, stretch: null };
    try {
      await this.transactions.run((transaction) =>
        this.backgroundJobs.start({ workspaceId, kind: NEW_LEADS, subject: NEW_LEADS, progress }, transaction),
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
      return { next: 'wait', progress, until, reason: 'Checks that were asked for come first' };
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
    const yieldMs = Math.max(1_000, this.config.DEVICE_GAP_SECONDS * 1_000);
    return this.batchChecksService.run({ ...job, progress: begun }, next, { refresh: false, yieldMs }, save);
  }

  private isWanted(workspaceId: WorkspaceId): Promise<boolean> {
    const ask = async () => (await this.workspaces.find(workspaceId))?.autoCheckAvailability ?? false;
    return this.wishes.get(workspaceId, ask);
  }
}
