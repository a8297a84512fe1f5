import { Injectable } from '@nestjs/common';
import { type AvailabilityStatus, type Lead, Leads } from '../../leads';
import { NoActiveLines } from '../../lines';
import type { BackgroundJob, ChunkResult, SaveProgress } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { DomainError } from '../../platform/errors';
import { CheckQuotaExhausted, DevicesBusy } from '../domain/availability.errors';
import { type BatchCounts, counted } from '../domain/batch';
import { CheckAvailabilityService, type CheckJournal } from './check-availability.service';

/** While no line can be asked, a batch retries this often. */
const NO_LINES_PAUSE_MS = 60_000;

export interface BatchOptions {
  refresh: boolean;
  /** How long after a device is free the batch asks again; callers who wait for an answer go before it. */
  yieldMs: number;
}

/** The batch has to wait. */
interface Stop {
  until: Date;
  why: { reason: string; state?: 'waiting_for_quota' };
  /** Whether callers wait for the same thing, who go first. */
  yields?: boolean;
}

/** Checks the leads of a batch one after the other: each at most once in a job, whatever dies in between. */
@Injectable()
export class BatchChecksService {
  constructor(
    private readonly checkAvailabilityService: CheckAvailabilityService,
    private readonly leads: Leads,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks the leads in their order, as far as lines, devices and quotas allow, and says how far it came.
   */
  async run<P extends BatchCounts>(
    job: BackgroundJob<P>,
    leadIds: readonly string[],
    { refresh, yieldMs }: BatchOptions,
    save: SaveProgress<P>,
  ): Promise<ChunkResult<P>> {
    const read = await this.leads.findMany(job.workspaceId, leadIds);
    const leads = new Map(read.map((lead) => [lead.id, lead]));
    const begun = job.progress.open?.leadId;
    const unasked = read.filter((lead) => lead.id !== begun && !checkedSince(lead, job.createdAt));
    const cached = await this.checkAvailabilityService.checkFromCache(unasked, { refresh });
    let progress = job.progress;
    for (const id of leadIds) {
      const answered = cached.get(id)?.status;
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
      const outcome = lead ? await this.check(lead, { refresh, since: job.createdAt, asked, about }) : ('missing' as const);
      if (typeof outcome === 'object') {
        const open = asked.length > 0 ? { leadId: id, asked } : null;
        const until = outcome.yields ? new Date(outcome.until.getTime() + yieldMs) : outcome.until;
        return { next: 'wait', progress: { ...progress, open }, ...outcome.why, until };
      }
      progress = counted(progress, id, outcome);
      await save(progress);
    }
    return { next: 'more', progress };
  }

  /** @returns the lead's status, or until when the job has to wait */
  private async check(
    lead: Lead,
    { refresh, ...journal }: CheckJournal & { refresh: boolean },
  ): Promise<AvailabilityStatus | Stop> {
    // It was checked since the job was started, by this job before a crash or by a direct call, so it is not
    // asked about again.
    if (checkedSince(lead, journal.since)) return lead.availabilityStatus!;
    try {
      return (await this.checkAvailabilityService.checkLead(lead, { refresh, patienceMs: 0, journal })).status;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const why = { reason: error.message };
      const now = this.clock.now();
      if (error instanceof CheckQuotaExhausted) return { until: error.until, why: { ...why, state: 'waiting_for_quota' } };
      if (error instanceof DevicesBusy) return { until: error.freeAt > now ? error.freeAt : now, why, yields: true };
      if (error instanceof NoActiveLines) return { until: new Date(now.getTime() + NO_LINES_PAUSE_MS), why };
      throw error;
    }
  }
}

const checkedSince = ({ availabilityStatus, availabilityCheckedAt }: Lead, since: Date): boolean =>
  availabilityStatus !== null && availabilityCheckedAt !== null && availabilityCheckedAt >= since;
