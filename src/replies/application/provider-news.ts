import { Injectable } from '@nestjs/common';
import type { InboundEvent, ReplyEvent } from '../../channels';
import type { Line } from '../../lines';
import { type Message, Messages } from '../../messages';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, Transactions } from '../../platform/mongo';
import { ArrivedAfterAll, EvidenceSeen, SendFailedLate, SendProofs } from '../domain/late-news';
import { readAddress } from '../domain/read-address';
import { Replies } from '../domain/reply';
import { AddressedLines } from './addressed-lines';
import { ReplyIntake } from './reply-intake';
import { ReportedOptOuts } from './reported-opt-outs';

/** The message of an event that is not known yet is looked for again, so often and with such pauses. */
const MAX_LOOKUPS = 6;
const LOOKUP_INTERVAL_MS = 500;
/** So many events of a line wait for their messages at once, and so many of all lines. */
const MAX_WAITING_OF_LINE = 100;
const MAX_WAITING = 1_000;

type SendError = Extract<InboundEvent, { kind: 'send-error' }>;
type Receipt = Extract<InboundEvent, { kind: 'delivered' | 'read' }>;
type Accepted = Extract<InboundEvent, { kind: 'accepted' }>;
type OwnMessage = Extract<InboundEvent, { kind: 'own-message' }>;

/**
 * What is known of messages once they have left: replies, receipts, late errors. A provider's calls and the
 * reading of its accounts bring the same, twice and out of order.
 */
@Injectable()
export class ProviderNews {
  /** How many events wait, by line. */
  private readonly waiting = new Map<string, number>();

  constructor(
    private readonly addressedLines: AddressedLines,
    private readonly messages: Messages,
    private readonly replies: Replies,
    private readonly replyIntake: ReplyIntake,
    private readonly reportedOptOuts: ReportedOptOuts,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
    private readonly sendProofs: SendProofs,
  ) {}

  /**
   * Takes in one event that a provider has told of.
   * @param line the one that was called, or that stands for its account
   */
  async take(line: Line, event: InboundEvent, { isOfAccount = false } = {}): Promise<void> {
    const { workspaceId } = line;
    switch (event.kind) {
      case 'reply':
        await this.replyIntake.take(await this.addressedLines.of(line, event, isOfAccount), event);
        return;
      case 'own-message':
        return this.evidence(line, [event]);
      case 'opted-out':
        return this.reportedOptOuts.take(line, event);
      case 'accepted':
        return this.accepted(line, event);
      case 'send-error':
        return this.sendError(workspaceId, await this.recorded(line, () => this.meant(workspaceId, event)), event);
      case 'delivered':
      case 'read':
        return this.receipt(await this.recorded(line, () => this.meant(workspaceId, event)), event);
      case 'started':
        return;
    }
  }

  /**
   * Takes in what the reading of a line's account has found, most of which is known.
   * @returns the replies that nobody had told of
   */
  async takeReading(line: Line, events: readonly InboundEvent[]): Promise<ReplyEvent[]> {
    const { workspaceId, channel } = line;
    const ids = events.flatMap((event) => ('externalId' in event ? (event.externalId ?? []) : []));
    if (events.length === 0) return [];
    const known = await this.replies.known(workspaceId, channel, ids);
    const ours = new Map((await this.messages.findByExternalIds(workspaceId, ids)).map((one) => [one.externalMessageId, one]));
    const fresh: ReplyEvent[] = [];
    const unbound: OwnMessage[] = [];
    for (const event of events) {
      const message = 'externalId' in event ? ours.get(event.externalId) : undefined;
      if (event.kind === 'accepted' && (!message || isOpen(message))) await this.proven(workspaceId, event);
      if (event.kind === 'opted-out') await this.reportedOptOuts.take(line, event);
      if (event.kind === 'reply' && !known.has(event.externalId)) {
        const to = await this.addressedLines.ofRead(line, event);
        if (to && (await this.replyIntake.take(to, event))) fresh.push(event);
      }
      if (event.kind === 'own-message' && !message) unbound.push(event);
      if (event.kind === 'send-error' && !isKnownToHaveFailed(message)) {
        await this.sendError(workspaceId, message ?? (await this.meant(workspaceId, event)), event);
      }
      if ((event.kind === 'delivered' || event.kind === 'read') && isNews(event, message)) await this.receipt(message!, event);
    }
    await this.evidence(line, unbound);
    return fresh;
  }

  private async receipt(message: Message | null, { kind, at, providerId }: Receipt): Promise<void> {
    if (!message) return;
    if (providerId && message.status === 'queued') {
      const { workspaceId, id } = message;
      return retryOnConflict(this.transactions, (transaction) =>
        this.domainEvents.publish(new ArrivedAfterAll(workspaceId, id, { providerId, kind, at }), transaction),
      );
    }
    await this.transactions.run(async (transaction) => {
      const news = await this.messages.receipt(message, kind, at, transaction);
      if (news) await this.domainEvents.publish(news, transaction);
    });
  }

  /** The provider took the message, and says now that it could not send it. */
  private async sendError(workspaceId: WorkspaceId, message: Message | null, event: SendError): Promise<void> {
    if (!message) return;
    const { notOnChannel, code, blocked, mayPass, address } = event;
    // An address that ours was passed on to, such as a member of a list: others may have got it.
    if (address !== undefined && !message.attempts.some((attempt) => attempt.address === address)) return;
    const error = { notOnChannel, code, ...(blocked && { blocked }), ...(mayPass && { mayPass }) };
    await retryOnConflict(this.transactions, (transaction) =>
      this.domainEvents.publish(new SendFailedLate(workspaceId, message.id, error), transaction),
    );
  }

  private async meant(workspaceId: WorkspaceId, { externalId, providerId = null }: SendError | Receipt): Promise<Message | null> {
    const found =
      (externalId && (await this.messages.findByExternalId(workspaceId, externalId))) ||
      (providerId && (await this.byLastAttempt(workspaceId, providerId)));
    return found && found.status !== 'sending' ? found : null;
  }

  /** What is said of an attempt, once more, says nothing of the one behind it. */
  private async byLastAttempt(workspaceId: WorkspaceId, providerId: string): Promise<Message | null> {
    const found = await this.messages.findByProviderId(workspaceId, providerId);
    return found?.attempts.at(-1)?.providerId === providerId ? found : null;
  }

  /**
   * The provider took an attempt. Mostly we know; a call that is under way will say so itself, unless its
   * worker has died.
   */
  private async accepted(line: Line, { providerId, externalId }: Accepted): Promise<void> {
    const { workspaceId } = line;
    const recorded = await this.recorded(line, async () => {
      const found = await this.messages.findByProviderId(workspaceId, providerId);
      return found && isUnderWay(found) ? null : found;
    });
    if (!recorded || isOpen(recorded)) await this.sendProofs.prove(workspaceId, { providerId, externalId });
  }

  /** As `accepted`, of what was read: it is never quicker than a call that is under way. */
  private async proven(workspaceId: WorkspaceId, { providerId, externalId }: Accepted): Promise<void> {
    const found = await this.messages.findByProviderId(workspaceId, providerId);
    if (found && isOpen(found)) await this.sendProofs.prove(workspaceId, { providerId, externalId });
  }

  /** A message of ours that is bound to none may be one of unknown outcome. */
  private async evidence(line: Line, events: readonly OwnMessage[]): Promise<void> {
    if (events.length === 0) return;
    const { workspaceId } = line;
    const addresses = [...new Set(events.map(({ to }) => readAddress(to, line)))];
    const open = await this.messages.ofUnknownOutcome(workspaceId, addresses);
    if (open.length === 0) return;
    const ids = open.map(({ id }) => id);
    await this.transactions.run((transaction) => this.domainEvents.publish(new EvidenceSeen(workspaceId, ids), transaction));
  }

  /**
   * An event may be quicker than our own record of the send that it is about, so the message is looked for
   * more than once. Where many wait already it is looked for once: what is not found is news again at the
   * next reading of the account.
   */
  private async recorded({ id }: Line, look: () => Promise<Message | null>): Promise<Message | null> {
    const found = await look();
    const ofLine = this.waiting.get(id) ?? 0;
    const ofAll = [...this.waiting.values()].reduce((sum, count) => sum + count, 0);
    if (found || ofLine >= MAX_WAITING_OF_LINE || ofAll >= MAX_WAITING) return found;
    this.waiting.set(id, ofLine + 1);
    try {
      return await this.lookAgain(look);
    } finally {
      const left = this.waiting.get(id)! - 1;
      if (left > 0) this.waiting.set(id, left);
      else this.waiting.delete(id);
    }
  }

  private async lookAgain(look: () => Promise<Message | null>): Promise<Message | null> {
    for (let attempt = 2; ; attempt += 1) {
      await this.clock.sleep(LOOKUP_INTERVAL_MS);
      const message = await look();
      if (message || attempt === MAX_LOOKUPS) return message;
    }
  }
}

/** Is the provider being called at this moment, for all that is known? */
const isUnderWay = ({ status, attempts }: Message): boolean => status === 'sending' && attempts.at(-1)!.providerMessage === null;

/** Is it not known whether the message was sent? */
const isOpen = ({ status, code }: Message): boolean => status === 'sending' || code === 'OUTCOME_UNKNOWN';

/** Errors are read again and again: nothing follows from one of a message that has ended by it. */
const isKnownToHaveFailed = (message: Message | undefined): boolean =>
  message?.status === 'failed' && message.code !== 'OUTCOME_UNKNOWN';

/** Does the message lack the receipt? */
const isNews = ({ kind }: Receipt, message: Message | undefined): boolean =>
  message !== undefined && (message.status === 'sent' || (kind === 'read' ? message.readAt : message.deliveredAt) === null);
