import { Injectable } from '@nestjs/common';
import { EventLog, type NewEvent } from '../../feed';
import { Leads } from '../../leads';
import { type Message, messageDocument, MessageViewsService } from '../../messages';
import { Clock } from '../../platform/clock';
import { Ids, type WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import { ConversationsService, replyDocument } from '../../replies';
import { Deliveries, type Delivery, newDelivery } from '../domain/delivery';
import { bodyOf, type Fact, type Shown } from '../domain/facts';
import { Subscriptions } from './subscriptions';
import { Wakeups } from './wakeups';

/**
 * Writes down what happened, for the feed and for endpoints, in the transaction of the fact: what was saved
 * is told, what was not is not. What is told is fixed there.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly eventLog: EventLog,
    private readonly subscriptions: Subscriptions,
    private readonly deliveries: Deliveries,
    private readonly leads: Leads,
    private readonly messageViews: MessageViewsService,
    private readonly conversations: ConversationsService,
    private readonly wakeups: Wakeups,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * In the feed, and to those of the workspace's endpoints that subscribed.
   * @param facts of replies, all of the same one
   */
  async tell(workspaceId: WorkspaceId, facts: readonly Fact[], transaction: Transaction): Promise<void> {
    const [first] = facts;
    if (!first) return;
    const now = this.clock.now();
    const messages = await this.messagesOf(workspaceId, facts);
    const shown = await this.shownOf(first, workspaceId, transaction);
    const told = facts.map((fact): NewEvent => {
      const message = (fact.of.message && messages.get(fact.of.message)) ?? null;
      const body = bodyOf(fact, workspaceId, { ...shown, message });
      return { id: fact.id, type: fact.event, body, about: fact.about, createdAt: now };
    });
    await this.eventLog.add(workspaceId, told, transaction);
    await this.deliver(workspaceId, told, transaction);
  }

  private async deliver(workspaceId: WorkspaceId, told: readonly NewEvent[], transaction: Transaction): Promise<void> {
    const deliveries: Delivery[] = [];
    for (const { id: eventId, type: event, ...rest } of told) {
      for (const webhookId of await this.subscriptions.to(workspaceId, event)) {
        deliveries.push(newDelivery({ id: this.ids.next(), workspaceId, webhookId, eventId, event, ...rest }));
      }
    }
    if (deliveries.length === 0) return;
    await this.deliveries.add(deliveries, transaction);
    transaction.afterCommit(() => this.wakeups.wake());
  }

  /** The messages that facts are of, as callers see them. */
  private async messagesOf(workspaceId: WorkspaceId, facts: readonly Fact[]): Promise<Map<Message, object>> {
    const messages = [...new Set(facts.flatMap(({ of }) => of.message ?? []))];
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
