import { Injectable } from '@nestjs/common';
import { Leads } from '../../leads';
import { type Message, messageDocument, MessageViewsService } from '../../messages';
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

  /** To those of the workspace's endpoints that subscribed. @param facts of replies, all of the same one */
  async tell(workspaceId: WorkspaceId, facts: readonly Fact[], transaction: Transaction): Promise<void> {
    const wanted: { fact: Fact; webhookIds: string[] }[] = [];
    for (const fact of facts) {
      const webhookIds = await this.subscriptions.to(workspaceId, fact.event);
      if (webhookIds.length > 0) wanted.push({ fact, webhookIds });
    }
    if (wanted.length === 0) return;
    const now = this.clock.now();
    const told = [];
    const messages = await this.messagesOf(workspaceId, wanted);
    const [first] = wanted;
    const shown = await this.shownOf(first!.fact, workspaceId, transaction);
    for (const { fact, webhookIds } of wanted) {
      const message = (fact.of.message && messages.get(fact.of.message)) ?? null;
      const body = bodyOf(fact, workspaceId, { ...shown, message });
      const { id: eventId, event, about } = fact;
      told.push(
        ...webhookIds.map((webhookId) =>
          newDelivery({ id: this.ids.next(), workspaceId, webhookId, eventId, event, body, about, createdAt: now }),
        ),
      );
    }
    await this.deliveries.add(told, transaction);
    transaction.afterCommit(() => this.wakeups.wake());
  }

  /** The messages that facts are of, as callers see them. */
  private async messagesOf(workspaceId: WorkspaceId, wanted: readonly { fact: Fact }[]): Promise<Map<Message, object>> {
    const messages = [...new Set(wanted.flatMap(({ fact }) => fact.of.message ?? []))];
    if (messages.length === 0) return new Map();
    const views = await this.messageViews.of(workspaceId, messages);
    return new Map(views.map((view) => [view.message, messageDocument(view)]));
  }

  private async shownOf(
    { about, of: { reply } }: Fact,
    workspaceId: WorkspaceId,
    transaction: Transaction,
  ): Promise<Omit<Shown, 'message'>> {
    const leadId = reply?.personId ?? about.leadIds[0];
    const context = reply ? (await this.conversations.around(workspaceId, [reply]))[0]! : null;
    // What is being saved is not among what was saved before it.
    const recent = context && [context.reply, ...context.recent.filter(({ id }) => id !== context.reply.id)];
    return {
      reply: context && recent ? replyDocument({ ...context, recent }) : null,
      lead: reply && leadId ? await this.leads.find(workspaceId, leadId, transaction) : null,
    };
  }
}
