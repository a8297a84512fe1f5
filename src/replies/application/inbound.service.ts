import { createHash } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Account, AccountInbox, Accounts, AccountSecrets } from '../../accounts';
import {
  type Channel,
  type ChannelName,
  Channels,
  type InboundAnswer,
  type InboundCallRequest,
  type InboundContent,
  type InboundEvent,
} from '../../channels';
import { accountKeyOf, channelLineWithoutSecrets, type Line, LinesService } from '../../lines';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import { Ticks } from '../../platform/ticks';
import { AccountReadings } from '../domain/account-reading';
import { type InboundCall, InboundCalls } from '../domain/inbound-calls';
import { ForgedCallback } from '../domain/replies.errors';
import { ProviderNews } from './provider-news';

/** A call that was not worked off by then is taken up by whoever is there. */
const WORK_WITHIN_MS = 30_000;
const MAX_RETRY_MS = 3_600_000;
/** Of so many accounts of a workspace a signature is looked at. */
const MOST_SIGNERS = 200;
/** So many calls that were left are worked off in one tick. */
const LEFT_AT_ONCE = 50;

/** Whom a provider calls: a line, or an account and a line that stands for all on it, where there is one. */
export type InboundPlace = { line: Line; account: null } | { line: Line | null; account: Account };

interface Called {
  line: Line;
  isOfAccount: boolean;
  /** The line or the account that was called. */
  place: string;
}

/**
 * Takes in what providers call us about. A call is kept before it is answered, and worked off behind the
 * answer.
 */
@Injectable()
export class InboundService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(InboundService.name);
  private readonly working = new Set<Promise<void>>();

  constructor(
    private readonly linesService: LinesService,
    private readonly accountInbox: AccountInbox,
    private readonly accountSecrets: AccountSecrets,
    private readonly accounts: Accounts,
    private readonly channels: Channels,
    private readonly inboundCalls: InboundCalls,
    private readonly accountReadings: AccountReadings,
    private readonly providerNews: ProviderNews,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('work off inbound calls', this.config.TICK_MS, () => this.workOffLeft(), {
      concerns: ['inboundCalls'],
      nextAt: () => this.inboundCalls.nextAt(),
    });
  }

  /** @throws NotFound when the secret belongs to no line and no account of the channel */
  async placeOf(channel: ChannelName | null, secret: string): Promise<InboundPlace> {
    const line = await this.linesService.findBySecret(secret);
    const place = line ? { line, account: null } : await this.placeOfAccount(secret);
    if (!place || channel === null || (place.account ?? place.line).channel !== channel) throw new NotFound('Endpoint');
    return place;
  }

  /**
   * Keeps what a provider's call says of a line, or of the lines of an account; it is worked off behind the
   * answer. A call that comes again is passed over.
   * @returns what the provider wants to be answered, where that is anything of its own
   * @throws ForgedCallback when it is not signed by the provider
   */
  async receive(place: InboundPlace, request: InboundCallRequest): Promise<InboundAnswer | null> {
    const { line, account } = place;
    const channel = this.channels.of((account ?? line).channel);
    if (await this.isForged(place, channel, request)) throw new ForgedCallback();
    const { json, form, query } = request;
    const content = { json, form, query };
    // Where no line of the channel was ever there, nobody could answer one.
    if (line) await this.keep({ line, isOfAccount: account !== null, place: account?.id ?? line.id }, content);
    return channel.answerInbound?.(content) ?? null;
  }

  private async placeOfAccount(secret: string): Promise<InboundPlace | null> {
    const account = await this.accountInbox.findBySecret(secret);
    if (!account) return null;
    const { workspaceId, id, channel } = account;
    const line = await this.linesService.findOnAccount(workspaceId, id, null);
    if (line) return { account, line };
    // Its lines may have been moved to another account while their numbers still call this one.
    const [standIn = null] = await this.linesService.onChannel(workspaceId, channel);
    return { account, line: standIn };
  }

  /**
   * A call of a line's URL may be signed by its account, and by the workspace's others on the channel: the
   * line may have been moved to another one since, or removed.
   */
  private async isForged({ line, account }: InboundPlace, channel: Channel, request: InboundCallRequest): Promise<boolean> {
    if (!channel.isForged) return false;
    const own = account
      ? this.accountSecrets.channelLineOrNone(account)
      : (this.linesService.opened(line) ?? channelLineWithoutSecrets(line));
    if (!channel.isForged(request, own)) return false;
    if (account) return true;
    const { items } = await this.accounts.list(line.workspaceId, { page: 1, limit: MOST_SIGNERS });
    const others = items.filter((one) => one.channel === channel.name);
    return others.every((one) => channel.isForged!(request, this.accountSecrets.channelLineOrNone(one)));
  }

  private async keep({ line, isOfAccount, place }: Called, content: InboundContent): Promise<void> {
    const now = this.clock.now();
    const { workspaceId, id: lineId, channel } = line;
    const about = { id: idOf(place, content), workspaceId, lineId, isOfAccount, channel };
    const call: InboundCall = { ...about, content, receivedAt: now, tries: 0 };
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
      const events = this.channels.of(call.channel).parseInbound?.(call.content, call.receivedAt) ?? [];
      await this.noteAnnounced(line, events);
      for (const event of events) await this.providerNews.take(line, event, { isOfAccount: call.isOfAccount });
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
}

/** JSON alone makes the same id as it always did, so that a call is known again after an upgrade. */
function idOf(id: string, { json, form, query }: InboundContent): string {
  const fields = form.length + query.length > 0 ? JSON.stringify([form, query]) : '';
  return createHash('sha256')
    .update(`${id} ${JSON.stringify(json)}${fields}`)
    .digest('base64url');
}
