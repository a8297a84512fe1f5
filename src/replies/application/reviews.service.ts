import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { OptOuts, Suppressions } from '../../suppressions';
import { NotUnderReview } from '../domain/replies.errors';
import { Replies, type Reply } from '../domain/reply';

/** Reviews that one tick decides. */
const OVERDUE_BATCH_SIZE = 50;

/**
 * Replies of which nobody can tell by rule whether the person opted out. People decide; where nobody does in
 * time, it counts as an opt-out, since the law gives ten business days for any reasonable wording.
 */
@Injectable()
export class ReviewsService implements OnModuleInit {
  constructor(
    private readonly replies: Replies,
    private readonly optOuts: OptOuts,
    private readonly suppressions: Suppressions,
    private readonly transactions: Transactions,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const nextAt = () => this.suppressions.nextReviewEnd();
    this.ticks.every('end reviews', this.config.TICK_MS, () => this.endOverdue(), { concerns: ['suppressions'], nextAt });
  }

  /**
   * Says what a reply under review is. Saying the same again changes nothing. @throws NotFound,
   * NotUnderReview
   */
  async decide(workspaceId: WorkspaceId, id: string, as: 'opt_out' | 'reply'): Promise<Reply> {
    return retryOnConflict(this.transactions, async (transaction) => {
      const reply = await this.replies.find(workspaceId, id);
      if (!reply) throw new NotFound('Reply');
      if (reply.reviewedAs === as) return reply;
      if (reply.kind !== 'review' || reply.reviewedAs !== null) throw new NotUnderReview();
      if (!(await this.replies.decide(reply, as, transaction))) throw new NotUnderReview();
      const other = as === 'reply' ? await this.otherOf(reply, transaction) : null;
      if (other) await this.optOuts.goOnFor(other, reply, transaction);
      else await this.optOuts.decide(reply, as, transaction);
      return { ...reply, reviewedAs: as };
    });
  }

  /** Another reply of the same person that is under review besides: what is for them waits for that one. */
  private async otherOf({ workspaceId, address }: Reply, transaction: Transaction): Promise<Reply | null> {
    const addresses = formsOf(address);
    const other = await this.replies.takeUpReview(workspaceId, addresses, transaction);
    const isOutdated = other && (await this.replies.hasLaterWord(workspaceId, addresses, other.receivedAt, transaction));
    return isOutdated ? null : other;
  }

  private async endOverdue(): Promise<void> {
    const overdue = await this.suppressions.overdueReviews(this.clock.now(), OVERDUE_BATCH_SIZE);
    for (const { id, workspaceId, replyId } of overdue) {
      const reply = replyId && (await this.replies.find(workspaceId, replyId));
      if (reply && reply.kind === 'review' && reply.reviewedAs === null) await this.decide(workspaceId, reply.id, 'opt_out');
      else await retryOnConflict(this.transactions, (transaction) => this.optOuts.endReview(workspaceId, id, transaction));
    }
  }
}
