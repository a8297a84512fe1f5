import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Messages, MessagesCancelled } from '../../messages';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { type Campaign, Campaigns } from '../domain/campaign';
import { Enrollments } from '../domain/enrollment';
import { planEdit } from '../domain/step-planner';

const APPLY_EDIT = 'apply-edit';
const EDIT_BATCH_SIZE = 200;

interface EditProgress {
  campaignId: string;
  edition: number;
  applied: number;
  after: string | null;
}

/** Fits what waits to a campaign's new steps, enrollment by enrollment, while it is paused. */
@Injectable()
export class EditsService implements OnModuleInit {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly messages: Messages,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly domainEvents: DomainEvents,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<EditProgress>(APPLY_EDIT, { chunk: (job, save) => this.chunk(job, save) });
  }

  async start({ workspaceId, id, edition }: Campaign, transaction: Transaction): Promise<void> {
    await this.backgroundJobs.start<EditProgress>(
      { workspaceId, kind: APPLY_EDIT, subject: id, progress: { campaignId: id, edition, applied: 0, after: null } },
      transaction,
    );
  }

  async isRunning(workspaceId: WorkspaceId, campaignId: string): Promise<boolean> {
    const job = await this.backgroundJobs.latest(workspaceId, APPLY_EDIT, campaignId);
    return job !== null && job.finishedAt === null;
  }

  private async chunk(
    { workspaceId, progress }: BackgroundJob<EditProgress>,
    save: (progress: EditProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<EditProgress>> {
    return this.transactions.run(async (transaction) => {
      const campaign = await this.campaigns.find(workspaceId, progress.campaignId, transaction);
      if (!campaign || campaign.status === 'archived') return { next: 'done', progress };
      const enrollments = await this.enrollments.after(campaign, progress.after, EDIT_BATCH_SIZE, transaction);
      if (enrollments.length === 0) return { next: 'done', progress };
      const active = enrollments.filter(({ status }) => status === 'active');
      const messages = await this.messages.ofEnrollments(
        workspaceId,
        active.map(({ id }) => id),
        transaction,
      );
      const now = this.clock.now();
      const plans = active.map((enrollment) => {
        const own = messages.filter(({ enrollmentId }) => enrollmentId === enrollment.id);
        return planEdit(campaign, enrollment, own, { newId: () => this.ids.next(), now });
      });
      const rewritten = plans.flatMap(({ changed, removed }) => [...changed, ...removed]);
      await this.messages.reschedule(rewritten, messages, now, transaction);
      const cancelled = rewritten.filter(({ status }) => status === 'cancelled');
      if (cancelled.length > 0) await this.domainEvents.publish(new MessagesCancelled(workspaceId, cancelled), transaction);
      await this.messages.insertMany(
        plans.flatMap((plan) => plan.added),
        transaction,
      );
      const next = { ...progress, applied: progress.applied + enrollments.length, after: enrollments.at(-1)!.id };
      await this.messages.renumber(
        workspaceId,
        plans.flatMap((plan) => plan.moved),
        transaction,
      );
      // A step that ends at the same moment, and of which nothing here is written, is seen by one of the two.
      await this.enrollments.edited(active, campaign.edition, transaction);
      await save(next, transaction);
      return { next: 'more', progress: next };
    });
  }
}
