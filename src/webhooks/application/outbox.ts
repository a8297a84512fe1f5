import { Injectable } from '@nestjs/common';
import { Leads } from '../../leads';
import { messageDocument, MessageViewsService } from '../../messages';
import { Clock } from '../../platform/clock';
import { Ids, type WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import { ConversationsService, replyDocument } from '../../replies';
import { Deliveries, newDelivery } from '../domain/delivery';
import { bodyOf, type Fact, type Shown } from '../domain/facts';
import type { WebhookEvent } from '../domain/webhook';
import { Subscriptions } from './subscriptions';
import { Wakeups } from './wakeups';

/**
 * Writes down what endpoints are to be told, in the transaction of the fact: what was saved is told, what was
 * not is not. What is told is fixed there.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly deliveries: Deliveries,
    private readonly leads: Leads,
    private readonly messageViews: MessageViewsService,
    private readonly conversations: ConversationsService,
    private readonly wakeups: Wakeups,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Does any of the workspace's endpoints want to know of it? */
  async wants(workspaceId: WorkspaceId, event: WebhookEvent): Promise<boolean> {
    return (await this.subscriptions.to(workspaceId, event)).length > 0;
  }

  /**
   * To those of the workspace's endpoints that subscribed.
   * @param facts all of the same message or reply, or of none
   */
  async tell(workspaceId: WorkspaceId, facts: readonly Fact[], transaction: Transaction): Promise<void> {
    const now = this.clock.now();
    const told = [];
    let shown: Shown | null = null;
    for (const fact of facts) {
      const webhookIds = await this.subscriptions.to(workspaceId, fact.event);
      if (webhookIds.length === 0) continue;
      shown ??= await this.shownOf(fact, workspaceId, transaction);
      const body = bodyOf(fact, workspaceId, shown);
      const { id: eventId, event, about } = fact;
      told.push(
        ...webhookIds.map((webhookId) =>
          newDelivery({ id: this.ids.next(), workspaceId, webhookId, eventId, event, body, about, createdAt: now }),
        ),
      );
    }
    if (told.length === 0) return;
    await this.deliveries.add(told, transaction);
    transaction.afterCommit(() => this.wakeups.wake());
  }

  private async shownOf(
    { about, of: { message, reply } }: Fact,
    workspaceId: WorkspaceId,
    transaction: Transaction,
  ): Promise<Shown> {
    const leadId = reply?.personId ?? about.leadIds[0];
    const context = reply ? (await this.conversations.around(workspaceId, [reply]))[0]! : null;
    // What is being saved is not among what was saved before it.
    const recent = context && [context.reply, ...context.recent.filter(({ id }) => id !== context.reply.id)];
    return {
      message: message ? messageDocument(await this.messageViews.one(workspaceId, message)) : null,
      reply: context && recent ? replyDocument({ ...context, recent }) : null,
      lead: reply && leadId ? await this.leads.find(workspaceId, leadId, transaction) : null,
    };
  }
}
