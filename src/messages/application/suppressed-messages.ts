import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../../channels';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { channelsOf, RecipientAllowed, RecipientsSuppressed } from '../../suppressions';
import { Messages } from '../domain/messages.repository';
import { MessagesReady } from '../domain/messages-ready';
import { MessagesService } from './messages.service';

/** So many are cancelled in the transaction of the opt-out, and in each one of the background. */
const AT_ONCE = 1_000;
export const CANCEL_SUPPRESSED = 'cancel-suppressed';

/** Whose messages are cancelled, on which channels; `null`: all. */
interface CancelProgress {
  leadIds: readonly string[];
  addresses: readonly string[];
  channels: string[] | null;
  cancelled: number;
}

/**
 * Cancels what waits for people who must not be written to any more, in the transaction that says so. Of
 * thousands the rest is cancelled in the background: the gate *suppression* keeps them back meanwhile.
 */
@Injectable()
export class SuppressedMessages implements OnModuleInit {
  constructor(
    private readonly messages: Messages,
    private readonly messagesService: MessagesService,
    private readonly channels: Channels,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
  ) {
    domainEvents.on(RecipientsSuppressed, (event, transaction) => this.cancel(event, transaction));
    domainEvents.on(RecipientAllowed, (event, transaction) => this.reviewed(event, transaction));
  }

  onModuleInit(): void {
    this.backgroundJobs.register<CancelProgress>(CANCEL_SUPPRESSED, { chunk: (job, save) => this.chunk(job, save) });
  }

  private async cancel({ workspaceId, suppressions, who }: RecipientsSuppressed, transaction: Transaction): Promise<void> {
    const [suppression] = suppressions;
    if (!suppression) return;
    const known = this.channels.names.map((name) => ({ name, reaches: this.channels.reachOf(name) }));
    const progress = { ...who, channels: channelsOf(suppression, known), cancelled: 0 };
    const cancelled = await this.cancelSome(workspaceId, progress, transaction);
    if (cancelled < AT_ONCE) return;
    const { id: subject } = suppression;
    const job = { workspaceId, kind: CANCEL_SUPPRESSED, subject, progress: { ...progress, cancelled } };
    await this.backgroundJobs.start<CancelProgress>(job, transaction);
  }

  /** What waited for the end of a review goes on. */
  private async reviewed({ workspaceId, suppression, leadIds }: RecipientAllowed, transaction: Transaction): Promise<void> {
    if (suppression.reason !== 'review') return;
    await this.messages.endReview(workspaceId, leadIds, transaction);
    await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
  }

  private async chunk(
    { workspaceId, progress }: BackgroundJob<CancelProgress>,
    save: (progress: CancelProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<CancelProgress>> {
    return this.transactions.run(async (transaction) => {
      const cancelled = await this.cancelSome(workspaceId, progress, transaction);
      const next = { ...progress, cancelled: progress.cancelled + cancelled };
      await save(next, transaction);
      return { next: cancelled < AT_ONCE ? 'done' : 'more', progress: next };
    });
  }

  private async cancelSome(
    workspaceId: WorkspaceId,
    { leadIds, addresses, channels }: CancelProgress,
    transaction: Transaction,
  ): Promise<number> {
    const on = { atMost: AT_ONCE, spares: 'answers', ...(channels && { channels }) } as const;
    const why = { reason: 'opted_out', followUps: 'continue' } as const;
    const ofLeads =
      leadIds.length === 0
        ? []
        : await this.messagesService.stopWithin(workspaceId, { scope: { leadIds, ...on }, ...why }, transaction);
    const named =
      addresses.length === 0
        ? []
        : await this.messagesService.stopWithin(workspaceId, { scope: { recipients: addresses, ...on }, ...why }, transaction);
    return Math.max(ofLeads.length, named.length);
  }
}
