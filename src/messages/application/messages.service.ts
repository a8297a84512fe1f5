import { Injectable } from '@nestjs/common';
import { normalizeAddress } from '#libs/contact-methods';
import { Channels, type ChannelName } from '../../channels';
import { Leads, SaveLeadsService } from '../../leads';
import { Lines, LinesService } from '../../lines';
import { Clock } from '../../platform/clock';
import { DomainError, NotFound, ValidationFailed } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { PageOf, Place } from '../../platform/paging';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { isDuplicateKey, Transactions, type Transaction } from '../../platform/mongo';
import { newMessage, type CancelReason, type Message } from '../domain/message';
import { Messages, type MessageFilter, type StopScope } from '../domain/messages.repository';
import { Replies, type Reply } from '../domain/reply';
import { MessageEnded } from '../domain/send-context';
import { templateProblem } from '../domain/template-values';
import { DispatcherService } from './dispatcher.service';

/** A message that has been handed over, or is over, cannot be cancelled. */
export class NotCancellable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOT_CANCELLABLE';
  constructor(status: string) {
    super(`A message that is ${status} cannot be cancelled`);
  }
}

/** Only failed messages, and those in fallback, are tried again. */
export class NotRetryable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'NOT_RETRYABLE';
  constructor(status: string) {
    super(`A message that is ${status} cannot be retried`);
  }
}

/** The workspace has no line for a direct send. The public API says 400 here. */
export class NoLineToSend extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'NO_ACTIVE_LINES';
  constructor(channel: string) {
    super(`No active lines in workspace for ${channel}`);
  }
}

/** Two calls that save the same person at once: the loser looks again, this often at most. */
const RACE_ATTEMPTS = 5;

export interface DirectSend {
  message: string;
  channel: ChannelName;
  leadId?: string;
  recipientPhone?: string;
  recipientEmail?: string;
  recipientName?: string;
  fromLineId?: string;
  scheduledAt?: Date;
}

/** Who a stop is about. */
export interface StopTarget {
  leadId?: string;
  recipientPhone?: string;
  recipientEmail?: string;
}

/** Reads messages, stops them, tries them again, and takes direct ones in. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly messages: Messages,
    private readonly replies: Replies,
    private readonly leads: Leads,
    private readonly savingLeads: SaveLeadsService,
    private readonly lines: Lines,
    private readonly lineService: LinesService,
    private readonly channels: Channels,
    private readonly dispatcher: DispatcherService,
    private readonly transactions: Transactions,
    private readonly events: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Message> {
    const message = await this.messages.find(workspaceId, id);
    if (!message) throw new NotFound('Message');
    return message;
  }

  list(workspaceId: WorkspaceId, filter: MessageFilter, place: Place): Promise<PageOf<Message>> {
    return this.messages.list(workspaceId, filter, place);
  }

  /** @throws NotFound for an unknown lead */
  async listReplies(
    workspaceId: WorkspaceId,
    filter: { leadId?: string; address?: string },
    place: Place,
  ): Promise<PageOf<Reply>> {
    if (filter.leadId && !(await this.leads.find(workspaceId, filter.leadId))) throw new NotFound('Lead');
    return this.replies.list(workspaceId, { ...(filter.leadId && { leadIds: [filter.leadId] }), address: filter.address }, place);
  }

  /** Stops one message; what follows it goes on from now. @throws NotFound, NotCancellable */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<Message> {
    const { status } = await this.get(workspaceId, id);
    const cancelled = await this.stop(workspaceId, { messageId: id }, 'cancelled');
    if (cancelled.length === 0) throw new NotCancellable(status);
    return this.get(workspaceId, id);
  }

  /** Stops all that waits for a person: by lead, or by an address that leads hold. @throws NotFound for an unknown lead id */
  async cancelFor(workspaceId: WorkspaceId, target: StopTarget): Promise<{ leadId: string | null; messageIds: string[] }> {
    const leadIds = await this.leadsOf(workspaceId, target);
    const cancelled = leadIds.length === 0 ? [] : await this.stop(workspaceId, { leadIds }, 'cancelled', false);
    return { leadId: leadIds[0] ?? null, messageIds: cancelled.map(({ id }) => id) };
  }

  /** Sends a failed message again, from the start. @throws NotFound, NotRetryable */
  async retry(workspaceId: WorkspaceId, id: string): Promise<Message> {
    const again = await this.transactions.run(async (transaction) => {
      const message = await this.messages.find(workspaceId, id, transaction);
      if (!message) throw new NotFound('Message');
      if (message.status !== 'failed' && message.status !== 'fallback') throw new NotRetryable(message.status);
      const fresh = fromTheStart(message, this.clock.now());
      if (!(await this.messages.settle(fresh, message, null, transaction))) throw new NotRetryable('being retried');
      return fresh;
    });
    await this.dispatcher.nudge(workspaceId);
    return again;
  }

  /**
   * Takes a direct message in; it goes out by the same rules as a campaign's. The recipient becomes a lead where there is none.
   * @throws ValidationFailed, NotFound, ChannelNotConfigured, NoLineToSend
   */
  async send(workspaceId: WorkspaceId, direct: DirectSend): Promise<{ message: Message; knownLead: boolean }> {
    const problem = templateProblem(direct.message);
    if (problem) throw new ValidationFailed([{ field: 'message', message: problem }]);
    this.channels.of(direct.channel);
    await this.requireLine(workspaceId, direct);
    const sent = await this.takeIn(workspaceId, direct);
    await this.dispatcher.nudge(workspaceId);
    return sent;
  }

  /** The message and, where it is new, its lead: both or neither. Another call may be saving the same person. */
  private async takeIn(workspaceId: WorkspaceId, direct: DirectSend): Promise<{ message: Message; knownLead: boolean }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transactions.run(async (transaction) => {
          const { leadId, known } = await this.recipient(workspaceId, direct, transaction);
          const now = this.clock.now();
          const message = newMessage(
            {
              id: this.ids.next(),
              workspaceId,
              channel: direct.channel,
              dueAt: direct.scheduledAt && direct.scheduledAt > now ? direct.scheduledAt : now,
              leadId,
              template: direct.message,
              lineId: direct.fromLineId ?? null,
              lineIsFixed: direct.fromLineId !== undefined,
            },
            now,
          );
          const queued: Message = message.dueAt! <= now ? { ...message, status: 'queued' } : message;
          await this.messages.insertMany([queued], transaction);
          return { message: queued, knownLead: known };
        });
      } catch (error) {
        if (!isDuplicateKey(error) || attempt >= RACE_ATTEMPTS) throw error;
      }
    }
  }

  /** Cancels what waits in the scope. @param goesOn what follows the cancelled ones goes on */
  async stop(workspaceId: WorkspaceId, scope: StopScope, reason: CancelReason, goesOn = true): Promise<Message[]> {
    return this.transactions.run((transaction) => this.stopWithin(workspaceId, scope, reason, goesOn, transaction));
  }

  /** The same, in a transaction of the caller's. */
  async stopWithin(
    workspaceId: WorkspaceId,
    scope: StopScope,
    reason: CancelReason,
    goesOn: boolean,
    transaction: Transaction,
  ): Promise<Message[]> {
    const now = this.clock.now();
    const cancelled = await this.messages.cancelWaiting(workspaceId, scope, reason, now, transaction);
    if (goesOn) {
      for (const message of cancelled) {
        const ended = { ...message, status: 'cancelled' as const, reason };
        await this.events.publish(new MessageEnded(ended, { kind: 'skipped', at: now }), transaction);
      }
    }
    return cancelled;
  }

  private async leadsOf(workspaceId: WorkspaceId, { leadId, recipientPhone, recipientEmail }: StopTarget): Promise<string[]> {
    if (leadId) {
      if (!(await this.leads.find(workspaceId, leadId))) throw new NotFound('Lead');
      return [leadId];
    }
    const addresses = [recipientPhone, recipientEmail].flatMap((text) => (text && normalizeAddress(text, '+1')?.value) || []);
    return (await this.leads.holding(workspaceId, addresses)).map(({ id }) => id);
  }

  private async requireLine(workspaceId: WorkspaceId, { fromLineId, channel }: DirectSend): Promise<void> {
    if (fromLineId) {
      const line = await this.lineService.get(workspaceId, fromLineId);
      if (line.channel === channel && line.isActive) return;
      throw new ValidationFailed([{ field: 'fromLineId', message: `is not an active ${channel} line` }]);
    }
    const lines = await this.lines.all(workspaceId);
    if (!lines.some((line) => line.isActive && line.channel === channel)) throw new NoLineToSend(channel);
  }

  private async recipient(
    workspaceId: WorkspaceId,
    direct: DirectSend,
    transaction: Transaction,
  ): Promise<{ leadId: string; known: boolean }> {
    if (direct.leadId) {
      if (!(await this.leads.find(workspaceId, direct.leadId, transaction))) throw new NotFound('Lead');
      return { leadId: direct.leadId, known: true };
    }
    const { recipientPhone, recipientEmail, recipientName } = direct;
    const given = [recipientPhone, recipientEmail].flatMap((text) => (text && normalizeAddress(text, '+1')?.value) || []);
    if (given.length === 0) {
      throw new ValidationFailed(
        [{ field: 'recipientPhone', message: 'is missing or not usable' }],
        'Either recipientEmail or recipientPhone is required',
      );
    }
    const [holder] = await this.leads.holding(workspaceId, given, transaction);
    if (holder) return { leadId: holder.id, known: true };
    const row = { phone: recipientPhone ?? null, email: recipientEmail ?? null, firstName: recipientName ?? null };
    const parsed = this.savingLeads.parseOne(row);
    if ('problems' in parsed) throw new ValidationFailed(parsed.problems);
    const saved = await this.savingLeads.saveParsed(workspaceId, undefined, [parsed], { source: 'message' }, transaction);
    return { leadId: saved.leadIds[0]!, known: saved.savedCount === 0 };
  }
}

/** A message as if it had never been tried. */
const fromTheStart = (message: Message, now: Date): Message => ({
  ...message,
  status: 'queued',
  code: null,
  errorMessage: null,
  dueAt: now,
  notBefore: null,
  moves: message.moves + 1,
  refusals: 0,
  tried: [],
  address: null,
  updatedAt: now,
});
