import { createHash } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import { type ChannelName, Channels, type InboundEvent, type ReplyEvent } from '../../channels';
import { accountKeyOf, type Line, LinesService } from '../../lines';
import { type Message, Messages } from '../../messages';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { AccountReadings } from '../domain/account-reading';
import { type InboundCall, InboundCalls } from '../domain/inbound-calls';
import { EvidenceSeen, SendFailedLate } from '../domain/late-news';
import { Replies } from '../domain/reply';
import { ReplyIntake } from './reply-intake';

/** The message of an event that is not known yet is looked for again, so often and with such pauses. */
const MAX_LOOKUPS = 6;
const LOOKUP_INTERVAL_MS = 500;
/** A call that was not worked off by then is taken up by whoever is there. */
const WORK_WITHIN_MS = 30_000;
const MAX_RETRY_MS = 3_600_000;
/** So many calls that were left are worked off in one tick. */
const LEFT_AT_ONCE = 50;

type SendError = Extract<InboundEvent, { kind: 'send-error' }>;
type Receipt = Extract<InboundEvent, { kind: 'delivered' | 'read' }>;

/**
 * Takes in what providers call us about, and what reading their accounts finds: replies, receipts, late
 * errors. Both roads bring the same, twice and out of order.
 */
@Injectable()
export class InboundService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(InboundService.name);
  private readonly working = new Set<Promise<void>>();

  constructor(
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly messages: Messages,
    private readonly replies: Replies,
    private readonly replyIntake: ReplyIntake,
    private readonly inboundCalls: InboundCalls,
    private readonly accountReadings: AccountReadings,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('work off inbound calls', this.config.TICK_MS, () => this.workOffLeft());
  }

  /** @throws NotFound when the secret belongs to no line of the channel */
  async lineOf(channel: ChannelName | null, secret: string): Promise<Line> {
    const line = await this.linesService.findBySecret(secret);
    if (!line || channel === null || line.channel !== channel) throw new NotFound('Endpoint');
    return line;
  }

  /**
   * Keeps what a provider's call says of a line; it is worked off behind the answer. A call that comes again
   * is passed over.
   */
  async receive(line: Line, body: unknown): Promise<void> {
    const now = this.clock.now();
    const id = createHash('sha256')
      .update(`${line.id} ${JSON.stringify(body)}`)
      .digest('base64url');
    const { workspaceId, id: lineId, channel } = line;
    const call: InboundCall = { id, workspaceId, lineId, channel, body, receivedAt: now, tries: 0 };
    if (!(await this.inboundCalls.keep(call, new Date(now.getTime() + WORK_WITHIN_MS)))) return;
    const work: Promise<void> = this.workOff(call, line).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  /** What has been answered is worked off; a process that dies leaves it to the next tick. */
  beforeApplicationShutdown(): Promise<void> {
    return this.whenIdle();
  }

  /** Whatever this process has answered is worked off. */
  async whenIdle(): Promise<void> {
    await Promise.all(this.working);
  }

  /** What dead workers left, and what failed. */
  async workOffLeft(): Promise<void> {
    for (let done = 0; done < LEFT_AT_ONCE; done += 1) {
      const now = this.clock.now();
      const call = await this.inboundCalls.takeLeft(now, new Date(now.getTime() + WORK_WITHIN_MS));
      if (!call) return;
      const line = await this.linesService.findEvenRemoved(call.workspaceId, call.lineId);
      if (line) await this.workOff(call, line);
      else await this.inboundCalls.done(call.id);
    }
  }

  private async workOff(call: InboundCall, line: Line): Promise<void> {
    try {
      const events = this.channels.of(call.channel).parseInbound?.(call.body) ?? [];
      await this.noteAnnounced(line, events);
      for (const event of events) await this.take(line, event);
      await this.inboundCalls.done(call.id);
    } catch (error) {
      this.logger.error({ err: error, lineId: line.id }, "A provider's call could not be worked off; it is tried again");
      const pause = Math.min(MAX_RETRY_MS, 1_000 * 2 ** Math.min(call.tries, 20));
      const at = new Date(this.clock.now().getTime() + pause);
      await this.inboundCalls.retryAt(call.id, at).catch(() => undefined);
    }
  }

  /** The provider still tells of what comes in. */
  private async noteAnnounced(line: Line, events: readonly InboundEvent[]): Promise<void> {
    const key = accountKeyOf(line);
    const now = this.clock.now();
    if (events.some(({ kind }) => kind === 'reply')) await this.accountReadings.announced(key, now);
    if (events.some(({ kind }) => kind === 'started')) await this.accountReadings.wish(key, now);
  }

  private async take(line: Line, event: InboundEvent): Promise<void> {
    const { workspaceId } = line;
    if (event.kind === 'reply') await this.replyIntake.take(line, event);
    else if (event.kind === 'own-message') await this.evidence(workspaceId, [event]);
    else if (event.kind === 'send-error')
      await this.sendError(workspaceId, await this.recorded(() => this.meant(workspaceId, event)), event);
    else if (event.kind !== 'started')
      await this.receipt(await this.recorded(() => this.byExternalId(workspaceId, event.externalId)), event);
  }

  /**
   * Takes in what the reading of a line's account has found, most of which is known.
   * @returns the replies that nobody had told of
   */
  async takeReading(line: Line, events: readonly InboundEvent[]): Promise<ReplyEvent[]> {
    const { workspaceId, channel } = line;
    const ids = events.flatMap((event) => ('externalId' in event ? (event.externalId ?? []) : []));
    if (ids.length === 0) return [];
    const known = await this.replies.known(workspaceId, channel, ids);
    const ours = new Map((await this.messages.findByExternalIds(workspaceId, ids)).map((one) => [one.externalMessageId, one]));
    const fresh: ReplyEvent[] = [];
    for (const event of events) {
      if (event.kind === 'reply' && !known.has(event.externalId)) {
        const to = await this.lineThatWrote(line, event.from);
        if (await this.replyIntake.take(to, event)) fresh.push(event);
      }
      const message = 'externalId' in event ? ours.get(event.externalId) : undefined;
      if (event.kind === 'send-error') await this.sendError(workspaceId, message ?? null, event);
      if ((event.kind === 'delivered' || event.kind === 'read') && isNews(event, message)) await this.receipt(message!, event);
    }
    await this.evidence(
      workspaceId,
      events.filter((event) => event.kind === 'own-message' && !ours.has(event.externalId)),
    );
    return fresh;
  }

  /** Of the lines on one account: the one that wrote to the address last. */
  private async lineThatWrote(line: Line, from: string): Promise<Line> {
    const address = normalizeAddress(from, DEFAULT_COUNTRY_CODE)?.value ?? from;
    const lineId = await this.messages.lastLineTo(line.workspaceId, address);
    if (!lineId || lineId === line.id) return line;
    const other = await this.linesService.findEvenRemoved(line.workspaceId, lineId);
    return other && accountKeyOf(other) === accountKeyOf(line) ? other : line;
  }

  private async receipt(message: Message | null, { kind, at }: Receipt): Promise<void> {
    if (message) await this.transactions.run((transaction) => this.messages.receipt(message, kind, at, transaction));
  }

  /** The provider took the message, and says now that it could not send it. */
  private async sendError(workspaceId: WorkspaceId, message: Message | null, { notOnChannel, code }: SendError): Promise<void> {
    if (!message) return;
    await this.transactions.run((transaction) =>
      this.domainEvents.publish(new SendFailedLate(workspaceId, message.id, { notOnChannel, code }), transaction),
    );
  }

  private byExternalId(workspaceId: WorkspaceId, externalId: string): Promise<Message | null> {
    return this.messages.findByExternalId(workspaceId, externalId);
  }

  private async meant(workspaceId: WorkspaceId, { externalId, providerId }: SendError): Promise<Message | null> {
    const found =
      (externalId && (await this.messages.findByExternalId(workspaceId, externalId))) ||
      (providerId && (await this.messages.findByProviderId(workspaceId, providerId)));
    return found && found.status !== 'sending' ? found : null;
  }

  /** A message of ours that is bound to none may be one of unknown outcome. */
  private async evidence(workspaceId: WorkspaceId, events: readonly InboundEvent[]): Promise<void> {
    const addresses = events.flatMap((event) => {
      return event.kind === 'own-message' ? [normalizeAddress(event.to, DEFAULT_COUNTRY_CODE)?.value ?? event.to] : [];
    });
    if (addresses.length === 0) return;
    const open = await this.messages.ofUnknownOutcome(workspaceId, [...new Set(addresses)]);
    if (open.length === 0) return;
    const ids = open.map(({ id }) => id);
    await this.transactions.run((transaction) => this.domainEvents.publish(new EvidenceSeen(workspaceId, ids), transaction));
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

/** Does the message lack the receipt? */
const isNews = ({ kind }: Receipt, message: Message | undefined): boolean =>
  message !== undefined && (message.status === 'sent' || (kind === 'read' ? message.readAt : message.deliveredAt) === null);
