import { Injectable } from '@nestjs/common';
import { type ChannelName, Channels, type InboundEvent } from '../../channels';
import { Leads } from '../../leads';
import { type Line, LinesService } from '../../lines';
import { type Message, MessageEnded, Messages, MessagesReady, partCount, transitions } from '../../messages';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { Replies, ReplyReceived } from '../domain/reply';

/** The message of an event that is not known yet is looked for again, so often and with such pauses. */
const MAX_LOOKUPS = 6;
const LOOKUP_INTERVAL_MS = 500;

type ReplyEvent = Extract<InboundEvent, { kind: 'reply' }>;
type SendError = Extract<InboundEvent, { kind: 'send-error' }>;

/**
 * Takes in what providers call us about: replies, receipts, late errors. Each may come twice and out of
 * order.
 */
@Injectable()
export class InboundService {
  constructor(
    private readonly lines: LinesService,
    private readonly channels: Channels,
    private readonly leads: Leads,
    private readonly messages: Messages,
    private readonly replies: Replies,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound when the secret belongs to no line of the channel */
  async lineOf(channel: ChannelName | null, secret: string): Promise<Line> {
    const line = await this.lines.findBySecret(secret);
    if (!line || channel === null || line.channel !== channel) throw new NotFound('Endpoint');
    return line;
  }

  /** Takes in what a provider's call says of a line. */
  async receive(line: Line, body: unknown): Promise<void> {
    for (const event of this.channels.of(line.channel).parseInbound?.(body) ?? []) {
      if (event.kind === 'reply') await this.reply(line, event);
      else if (event.kind === 'send-error') await this.sendError(line, event);
      else await this.receipt(line, event);
    }
  }

  /** Keeps a reply and stops what it stops. A reply that is known is passed over. */
  async reply(line: Line, { externalId, address, text, at }: ReplyEvent): Promise<void> {
    const { workspaceId } = line;
    const now = this.clock.now();
    const receivedAt = at > now ? now : at;
    await this.transactions.run(async (transaction) => {
      const holders = await this.leads.findByAddress(workspaceId, [address], transaction);
      const writtenTo = await this.messages.leadsWrittenTo(workspaceId, address, transaction);
      const leadIds = [...new Set([...holders.map(({ id }) => id), ...writtenTo])];
      const reply = {
        id: this.ids.next(),
        workspaceId,
        lineId: line.id,
        channel: line.channel,
        address,
        text,
        externalId,
        leadIds,
        receivedAt,
      };
      if (!(await this.replies.insert(reply, transaction))) return;
      await this.domainEvents.publish(new ReplyReceived(workspaceId, leadIds, receivedAt), transaction);
    });
  }

  private async receipt(
    line: Line,
    { kind, externalId, at }: Extract<InboundEvent, { kind: 'delivered' | 'read' }>,
  ): Promise<void> {
    const message = await this.recorded(() => this.messages.findByExternalId(line.workspaceId, externalId));
    if (message) await this.transactions.run((transaction) => this.messages.receipt(message, kind, at, transaction));
  }

  /** The provider took the message, and says now that it could not send it. */
  private async sendError(line: Line, { externalId, providerId, notOnChannel, code }: SendError): Promise<void> {
    const { workspaceId } = line;
    const known = await this.recorded(async () => {
      const found =
        (externalId && (await this.messages.findByExternalId(workspaceId, externalId))) ||
        (providerId && (await this.messages.findByProviderId(workspaceId, providerId)));
      return found && found.status !== 'sending' ? found : null;
    });
    if (!known) return;
    await this.transactions.run(async (transaction) => {
      // Read here, so that a receipt that comes at the same moment is not written over.
      const message = await this.messages.find(workspaceId, known.id, transaction);
      if (!message || !transitions.mayFailLate(message)) return;
      const now = this.clock.now();
      const goesOn = notOnChannel && message.status === 'sent' && partCount(message) === 1;
      const late = goesOn ? transitions.notOnChannelLate(message, now) : transitions.failedLate(message, code, now);
      if (!(await this.messages.settle(late.message, message, null, transaction))) return;
      if (late.ending) await this.domainEvents.publish(new MessageEnded(late.message, late.ending), transaction);
      // Its line has nothing else to wake it up.
      if (goesOn) await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
    });
  }

  /**
   * An event may be quicker than our own record of the send that it is about, so the message is looked for
   * more than once.
   */
  private async recorded(look: () => Promise<Message | null>): Promise<Message | null> {
    for (let attempt = 1; ; attempt += 1) {
      const message = await look();
      if (message || attempt === MAX_LOOKUPS) return message;
      await this.clock.sleep(LOOKUP_INTERVAL_MS);
    }
  }
}
