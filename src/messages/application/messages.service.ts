import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE, storedFormsOf } from '#libs/contact-methods';
import { ExternalIdsService, type Lead, Leads } from '../../leads';
import { settledPage } from '../../platform/changes';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { CancelReason, Message } from '../domain/message';
import { MessagesCancelled, MessagesEnded } from '../domain/message-ended';
import { cancel, retry } from '../domain/message-transitions';
import { NotCancellable, NotRetryable } from '../domain/messages.errors';
import { type MessageFilter, Messages, type StopScope } from '../domain/messages.repository';
import { MessagesReady } from '../domain/messages-ready';
import { partCount } from '../domain/parts';

/** What is cancelled, and why. */
export interface Stop {
  scope: StopScope;
  reason: CancelReason;
  /**
   * `continue`: what follows a cancelled message goes on without it. `stop`: whoever stops sees to what
   * follows.
   */
  followUps: 'continue' | 'stop';
}

/** Who a stop is about. */
export interface StopTarget {
  leadId?: string;
  recipientPhone?: string;
  recipientEmail?: string;
}

/** What was stopped for a person, and which lead they are, where they are one. */
export interface Stopped {
  leadId: string | null;
  /** Of the lead, in the system that it comes from. */
  externalId: string | null;
  messageIds: string[];
}

/** The messages that a caller wants to see: of a lead, by its id or its external id. */
export type WantedMessages = Omit<MessageFilter, 'leadIds'> & { leadId?: string; externalId?: string };

/** Reads messages, stops them, and tries them again. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly messages: Messages,
    private readonly leads: Leads,
    private readonly externalIdsService: ExternalIdsService,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Message> {
    const message = await this.messages.find(workspaceId, id);
    if (!message) throw new NotFound('Message');
    return message;
  }

  /** @throws ChangesNotSettled */
  async list(
    workspaceId: WorkspaceId,
    { leadId, externalId, ...rest }: WantedMessages,
    pageRequest: PageRequest,
  ): Promise<PageOfChanges<Message>> {
    const leadIds = await this.externalIdsService.leadIdsOf(workspaceId, { leadId, externalId });
    const filter = { ...rest, ...(leadIds && { leadIds }) };
    return settledPage(this.clock, () => this.messages.list(workspaceId, filter, pageRequest));
  }

  /** Stops one message; what follows it goes on from now. @throws NotFound, NotCancellable */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<Message> {
    const { status } = await this.get(workspaceId, id);
    const cancelled = await this.stop(workspaceId, { scope: { messageId: id }, reason: 'cancelled', followUps: 'continue' });
    if (cancelled.length === 0) throw new NotCancellable(status);
    return this.get(workspaceId, id);
  }

  /**
   * Stops all that waits for a person: by lead, or by an address, which leads hold or messages were told to
   * go to.
   * @throws NotFound for an unknown lead id
   */
  async cancelFor(workspaceId: WorkspaceId, target: StopTarget): Promise<Stopped> {
    const { leads, addresses } = await this.whoIs(workspaceId, target);
    const leadIds = leads.map(({ id }) => id);
    const cancelled = await this.transactions.run(async (transaction) => [
      ...(await this.stopWithin(workspaceId, stopAll({ leadIds }), transaction)),
      ...(await this.stopWithin(workspaceId, stopAll({ recipients: addresses }), transaction)),
    ]);
    const [{ id: leadId, externalId } = { id: null, externalId: null }] = leads;
    return { leadId, externalId, messageIds: cancelled.map(({ id }) => id) };
  }

  /** Sends a failed message again, from the start. @throws NotFound, NotRetryable */
  async retry(workspaceId: WorkspaceId, id: string): Promise<Message> {
    return this.transactions.run(async (transaction) => {
      const message = await this.messages.find(workspaceId, id, transaction);
      if (!message) throw new NotFound('Message');
      if (message.status !== 'failed' && message.status !== 'fallback') throw new NotRetryable(message.status);
      if (message.stopRequested === 'opted_out') throw new NotRetryable('to somebody who opted out');
      // The provider took every part and lost one; which others arrived, nobody can tell.
      if (message.part >= partCount(message)) throw new NotRetryable('handed over in all its parts');
      const { message: fresh } = retry(message, this.clock.now());
      if (!(await this.messages.settle(fresh, message, null, transaction))) throw new NotRetryable('being retried');
      await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
      return fresh;
    });
  }

  /** Cancels what waits. @returns what was cancelled, as it was before */
  async stop(workspaceId: WorkspaceId, stop: Stop): Promise<Message[]> {
    return this.transactions.run((transaction) => this.stopWithin(workspaceId, stop, transaction));
  }

  /** The same, in a transaction of the caller's. */
  async stopWithin(workspaceId: WorkspaceId, stop: Stop, transaction: Transaction): Promise<Message[]> {
    const now = this.clock.now();
    const cancelled = await this.messages.cancelWaiting(workspaceId, stop, now, transaction);
    const ended = cancelled.map((before) => cancel(before, stop.reason, now));
    if (stop.followUps === 'stop') {
      const messages = ended.map(({ message }) => message);
      if (messages.length > 0) await this.domainEvents.publish(new MessagesCancelled(workspaceId, messages), transaction);
      return cancelled;
    }
    const all = ended.map(({ message, ending }) => ({ message, ending: ending! }));
    if (all.length > 0) await this.domainEvents.publish(new MessagesEnded(all), transaction);
    return cancelled;
  }

  private async whoIs(
    workspaceId: WorkspaceId,
    { leadId, recipientPhone, recipientEmail }: StopTarget,
  ): Promise<{ leads: Lead[]; addresses: string[] }> {
    if (leadId) {
      const lead = await this.leads.find(workspaceId, leadId);
      if (!lead) throw new NotFound('Lead');
      return { leads: [lead], addresses: [] };
    }
    const addresses = [recipientPhone, recipientEmail].flatMap((text) => (text ? storedFormsOf(text, DEFAULT_COUNTRY_CODE) : []));
    return { leads: await this.leads.findByAddress(workspaceId, addresses), addresses };
  }
}

const stopAll = (scope: StopScope): Stop => ({ scope, reason: 'cancelled', followUps: 'stop' });
