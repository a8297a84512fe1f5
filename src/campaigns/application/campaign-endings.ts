import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MessagesCancelled, MessagesEnded } from '../../messages';
import { JobEnded } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { Campaigns } from '../domain/campaign';
import { CampaignFinished } from '../domain/campaign-finished';
import { CampaignsService } from './campaigns.service';
import { ENROLL_LIST } from './list-enrolling.service';

/** How often campaigns are looked at in which something ended, in milliseconds. */
const LOOK_INTERVAL_MS = 2_000;
/** How often all that have not come to their end are looked at, in milliseconds. */
const SWEEP_INTERVAL_MS = 5 * 60_000;
const SWEEP_BATCH_SIZE = 200;

/**
 * Notices when nothing waits in a campaign any more. Its last messages may end at the same time, each in a
 * transaction that does not see the other: so it is looked at after them, and what a process that died did
 * not look at is found by a sweep.
 */
@Injectable()
export class CampaignEndings implements OnModuleInit {
  /** Campaigns in which something ended, with their workspaces. */
  private readonly touched = new Map<string, WorkspaceId>();

  constructor(
    private readonly campaigns: Campaigns,
    private readonly campaignsService: CampaignsService,
    private readonly transactions: Transactions,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly domainEvents: DomainEvents,
  ) {
    domainEvents.on(MessagesEnded, async ({ ended }, transaction) => {
      for (const { message } of ended) await this.touch(message.workspaceId, [message.campaignId], transaction);
    });
    domainEvents.on(MessagesCancelled, ({ workspaceId, messages }, transaction) =>
      this.touch(
        workspaceId,
        messages.map(({ campaignId }) => campaignId),
        transaction,
      ),
    );
    domainEvents.on(JobEnded, ({ job: { workspaceId, kind, subject } }, transaction) =>
      this.touch(workspaceId, kind === ENROLL_LIST ? [subject] : [], transaction),
    );
  }

  onModuleInit(): void {
    this.ticks.every('finish campaigns', LOOK_INTERVAL_MS, () => this.look());
    this.ticks.every('find finished campaigns', SWEEP_INTERVAL_MS, () => this.sweep());
  }

  private touch(workspaceId: WorkspaceId, ids: readonly (string | null)[], transaction: Transaction): Promise<void> {
    const campaignIds = ids.filter((id) => id !== null);
    // A process without workers looks at none: they are found by the sweep of another.
    if (campaignIds.length > 0 && this.config.APP_ROLE !== 'api') {
      transaction.afterCommit(() => campaignIds.forEach((id) => this.touched.set(id, workspaceId)));
    }
    return Promise.resolve();
  }

  private async look(): Promise<void> {
    for (const [id, workspaceId] of [...this.touched]) {
      // What ends from here on is looked at the next time.
      this.touched.delete(id);
      await this.judge(workspaceId, id);
    }
  }

  private async sweep(): Promise<void> {
    for (let after: string | null = null; ;) {
      const found = await this.campaigns.unfinished(after, SWEEP_BATCH_SIZE);
      for (const { id, workspaceId } of found) await this.judge(workspaceId, id);
      if (found.length === 0) return;
      after = found.at(-1)!.id;
    }
  }

  private async judge(workspaceId: WorkspaceId, id: string): Promise<void> {
    if (!(await this.campaigns.find(workspaceId, id))) return;
    const view = await this.campaignsService.view(workspaceId, id);
    const { campaign, counts, replies } = view;
    const isFinished = this.campaignsService.isFinished(view);
    // A lead that came in while the end was written down.
    if (!isFinished && campaign.finishedAt !== null) return this.campaigns.goOn(campaign);
    if (!isFinished || campaign.finishedAt !== null) return;
    const finishedAt = this.clock.now();
    await this.transactions.run(async (transaction) => {
      if (!(await this.campaigns.finish(campaign, finishedAt, transaction))) return;
      await this.domainEvents.publish(
        new CampaignFinished({ ...campaign, finishedAt }, counts, replies, finishedAt),
        transaction,
      );
    });
  }
}
