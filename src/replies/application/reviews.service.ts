import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, Transactions } from '../../platform/mongo';
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
    this.ticks.every('end reviews', this.config.TICK_MS, () => this.endOverdue());
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
      if (!(await this.replies.decide(id, as, transaction))) throw new NotUnderReview();
      const leadIds = reply.personId ? [reply.personId] : [];
      await this.optOuts.decide({ ...reply, leadIds }, as, transaction);
      return { ...reply, reviewedAs: as };
    });
  }

  private async endOverdue(): Promise<void> {
    const overdue = await this.suppressions.overdueReviews(this.clock.now(), OVERDUE_BATCH_SIZE);
    for (const { workspaceId, replyId } of overdue) {
      if (replyId) await this.decide(workspaceId, replyId, 'opt_out');
    }
  }
}
