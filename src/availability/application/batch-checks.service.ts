import { Injectable } from '@nestjs/common';
import { type AvailabilityStatus, type Lead, Leads } from '../../leads';
import { NoActiveLines } from '../../lines';
import type { BackgroundJob, ChunkResult, SaveProgress } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { DomainError } from '../../platform/errors';
import { CheckQuotaExhausted, DevicesBusy } from '../domain/availability.errors';
import { type BatchCounts, counted } from '../domain/batch';
import { CheckAvailabilityService, type CheckJournal } from './check-availability.service';

/** While no line can be asked, a batch looks again this often. */
const NO_LINES_PAUSE_MS = 60_000;

export interface BatchOptions {
  refresh: boolean;
  /** How long after a device is free the batch asks again; whoever waits for an answer goes before it. */
  yieldMs: number;
}

interface Stop {
  until: Date;
  why: { reason: string; state?: 'waiting_for_quota' };
  /** Others wait for the same thing, and go first. */
  afterOthers?: boolean;
}

/** The leads of a batch, one after the other: each at most once in a job, whatever dies in between. */
@Injectable()
export class BatchChecksService {
  constructor(
    private readonly checkAvailabilityService: CheckAvailabilityService,
    private readonly leads: Leads,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks at the leads in their order, as far as lines, devices and quotas allow, and says how far it came.
   */
  async run<P extends BatchCounts>(
    job: BackgroundJob<P>,
    leadIds: readonly string[],
    { refresh, yieldMs: afterOthersMs }: BatchOptions,
    save: SaveProgress<P>,
  ): Promise<ChunkResult<P>> {
    const read = await this.leads.findMany(job.workspaceId, leadIds);
    const leads = new Map(read.map((lead) => [lead.id, lead]));
    const begun = job.progress.open?.leadId;
    const unasked = read.filter((lead) => lead.id !== begun && !checkedSince(lead, job.createdAt));
    const known = await this.checkAvailabilityService.checkByKnown(unasked, refresh);
    let progress = job.progress;
    for (const id of leadIds) {
      const answered = known.get(id)?.status;
      if (answered) {
        // Written to the leads already, all at once; a worker that takes over counts them by what they say.
        progress = counted(progress, id, answered);
        continue;
      }
      const asked = progress.open?.leadId === id ? [...progress.open.asked] : [];
      const about = async (address: string) => {
        progress = { ...progress, open: { leadId: id, asked: [...asked, { address, trouble: null }] } };
        await save(progress);
      };
      const lead = leads.get(id);
      const outcome = lead ? await this.one(job, lead, refresh, { since: job.createdAt, asked, about }) : ('missing' as const);
      if (typeof outcome === 'object') {
        const open = asked.length > 0 ? { leadId: id, asked } : null;
        const until = outcome.afterOthers ? new Date(outcome.until.getTime() + afterOthersMs) : outcome.until;
        return { next: 'wait', progress: { ...progress, open }, ...outcome.why, until };
      }
      progress = counted(progress, id, outcome);
      await save(progress);
    }
    return { next: 'more', progress };
  }

  /** @returns the lead's status, or until when the job has to wait */
  private async one(
    job: BackgroundJob<BatchCounts>,
    lead: Lead,
    refresh: boolean,
    journal: CheckJournal,
  ): Promise<AvailabilityStatus | Stop> {
    // Somebody checked it since the job was started: this job before a crash, or a direct call. It is not
    // asked again.
    if (checkedSince(lead, job.createdAt)) return lead.availabilityStatus!;
    try {
      return (await this.checkAvailabilityService.checkLead(lead, { refresh, patienceMs: 0, journal })).status;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const why = { reason: error.message };
      const now = this.clock.now();
      if (error instanceof CheckQuotaExhausted) return { until: error.until, why: { ...why, state: 'waiting_for_quota' } };
      if (error instanceof DevicesBusy) return { until: error.freeAt > now ? error.freeAt : now, why, afterOthers: true };
      if (error instanceof NoActiveLines) return { until: new Date(now.getTime() + NO_LINES_PAUSE_MS), why };
      throw error;
    }
  }
}

const checkedSince = ({ availabilityStatus, availabilityCheckedAt }: Lead, since: Date): boolean =>
  availabilityStatus !== null && availabilityCheckedAt !== null && availabilityCheckedAt >= since;
