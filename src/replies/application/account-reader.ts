import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../../channels';
import { accountKeyOf, isUsable, type Line, Lines, LinesService } from '../../lines';
import { Clock, withTimeout } from '../../platform/clock';
import { Config } from '../../platform/config';
import { Ids } from '../../platform/ids';
import { Ticks } from '../../platform/ticks';
import { type AccountReading, AccountReadings, type ReadingClaim } from '../domain/account-reading';
import { ProviderNews } from './provider-news';

/** An account in use is read this often, in milliseconds. */
export const READ_INTERVAL_MS = 60_000;
/** An account is in use for so long after its last send, in milliseconds. */
const IN_USE_MS = 7 * 86_400_000;
/** In use or not is written down anew after this time, in milliseconds. */
const ACTIVATE_INTERVAL_MS = 3_600_000;
/** A reading that cannot be done is tried again after this. */
const RETRY_MS = 15_000;
/** Longer than a reading takes, in milliseconds: after that another worker may read. */
const CLAIM_MS = 120_000;
/** Whoever needs a reading that another worker does waits for it so long, looking so often. */
const PATIENCE_MS = 10_000;
const LOOK_INTERVAL_MS = 200;
/** Accounts that a process reads at the same time. Those that answer nothing keep no others from it. */
const ACCOUNTS_AT_ONCE = 200;
/** So long, in milliseconds, a tick waits for what it has begun to read. */
const TICK_WAITS_MS = 1_000;
/** One reading has at most so many pages, in case a provider never says that it is at the end. */
const MAX_PAGES = 100;
/** So many other lines of an account are tried before it counts as one that cannot be read. */
const MAX_OTHER_LINES = 2;

/**
 * Reads the accounts behind lines, since providers do not tell of everything: each every minute while it is
 * in use, at once when it is needed, never once for each message. One worker reads an account at a time.
 */
@Injectable()
export class AccountReader implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(AccountReader.name);
  /** By key: when the account was last written down as in use. */
  private readonly activated = new Map<string, number>();
  /** By key: a reading that runs in this process, and since when. */
  private readonly running = new Map<string, { begunAt: Date; reading: Promise<boolean> }>();

  constructor(
    private readonly accountReadings: AccountReadings,
    private readonly providerNews: ProviderNews,
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly ticks: Ticks,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('read accounts', this.config.TICK_MS, () => this.tick(), {
      concerns: ['accountReadings'],
      nextAt: () => this.accountReadings.nextAt(),
    });
  }

  async tick(): Promise<void> {
    const room = ACCOUNTS_AT_ONCE - this.running.size;
    if (room <= 0) return;
    const due = await this.accountReadings.due(this.clock.now(), room);
    await withTimeout(Promise.all(due.map(({ key }) => this.read(key))), TICK_WAITS_MS, []);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ reading }) => reading.catch(() => false)));
  }

  /** The line is about to be used: from now on its account is read. */
  async use(line: Line): Promise<void> {
    if (!this.channels.canPoll(line.channel)) return;
    const key = accountKeyOf(line);
    const now = this.clock.now();
    if (now.getTime() - (this.activated.get(key) ?? 0) < ACTIVATE_INTERVAL_MS) return;
    const account = { key, workspaceId: line.workspaceId, lineId: line.id, channel: line.channel };
    await this.accountReadings.activate(account, new Date(now.getTime() + IN_USE_MS), now);
    this.activated.set(key, now.getTime());
  }

  /**
   * Has the line's account been read since then? If not, it is read now.
   * @returns false when that could not be done
   */
  async isReadSince(line: Line, since: Date): Promise<boolean> {
    if (!this.channels.canPoll(line.channel)) return true;
    await this.use(line);
    return this.isAccountReadSince(accountKeyOf(line), since);
  }

  /** As `isReadSince`, of an account that has been in use; it is not made one that is in use by this. */
  async isAccountReadSince(key: string, since: Date): Promise<boolean> {
    const patientUntil = this.clock.now().getTime() + PATIENCE_MS;
    for (;;) {
      const reading = await this.accountReadings.find(key);
      if (reading?.readAt && reading.readAt >= since) return true;
      const running = this.running.get(key);
      if (running && running.begunAt < since) await running.reading;
      else if (await this.read(key)) return true;
      if (this.clock.now().getTime() >= patientUntil) return false;
      const after = await this.accountReadings.find(key);
      if (after?.failedAt && after.failedAt >= since) return false;
      await this.clock.sleep(LOOK_INTERVAL_MS);
    }
  }

  /** @returns whether the account was read by this call, or by one that ran already */
  private async read(key: string): Promise<boolean> {
    const running = this.running.get(key);
    if (running) return running.reading;
    const reading = this.readUnderClaim(key).finally(() => this.running.delete(key));
    this.running.set(key, { begunAt: this.clock.now(), reading });
    return reading;
  }

  private async readUnderClaim(key: string): Promise<boolean> {
    const claim = { key, token: this.ids.token() };
    const account = await this.accountReadings.claim(claim, this.claimedUntil(), this.clock.now());
    if (!account) return false;
    try {
      if ((await this.readByAnyLine(account, claim)) === 'read') return true;
    } catch (error) {
      this.logger.error({ err: error, lineId: account.lineId }, 'An account could not be read; it is tried again');
    }
    const failedAt = this.clock.now();
    await this.accountReadings.failed(claim, failedAt, new Date(failedAt.getTime() + RETRY_MS));
    return false;
  }

  /**
   * By the line by which the account was last used. One line's secret may be wrong while its neighbour's is
   * right: where it gives no access, others that work are tried.
   */
  private async readByAnyLine(account: AccountReading, claim: ReadingClaim): Promise<'read' | 'closed' | 'stopped'> {
    const { key, workspaceId, lineId } = account;
    const found = await this.lines.find(workspaceId, lineId);
    const last = found && accountKeyOf(found) === key ? found : null;
    const result = last ? await this.readPages(account, last, claim) : 'closed';
    if (result !== 'closed') return result;
    const others = (await this.lines.all(workspaceId)).filter((one) => one.id !== lineId && accountKeyOf(one) === key);
    for (const line of (last ? others.filter(isUsable) : others).slice(0, MAX_OTHER_LINES)) {
      const otherwise = await this.readPages(account, line, claim);
      if (otherwise !== 'closed') return otherwise;
    }
    return 'closed';
  }

  /**
   * @returns `closed` when this line gives no access to the account; `stopped` when it was not read to its
   * end, or another worker reads it by now
   */
  private async readPages(account: AccountReading, line: Line, claim: ReadingClaim): Promise<'read' | 'closed' | 'stopped'> {
    const channelLine = this.linesService.opened(line);
    if (!channelLine) return 'closed';
    const readAt = this.clock.now();
    let { cursor } = account;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const reading = await this.channels.of(line.channel).poll!(channelLine, cursor, account.since);
      if (!reading) return page === 1 ? 'closed' : 'stopped';
      const found = await this.providerNews.takeReading(line, reading.events);
      if (found.length > 0 && this.channels.of(line.channel).parseInbound) await this.judge(account, found);
      ({ cursor } = reading);
      if (!reading.more) {
        return (await this.accountReadings.done(claim, { cursor, readAt }, nextAt(account, readAt))) ? 'read' : 'stopped';
      }
      if (!(await this.accountReadings.progressed(claim, cursor, this.claimedUntil()))) return 'stopped';
    }
    return 'stopped';
  }

  private claimedUntil(): Date {
    return new Date(this.clock.now().getTime() + CLAIM_MS);
  }

  /** What came in so long ago that it should have been told of, while we were there to hear it. */
  private async judge({ key, readAt }: AccountReading, found: readonly { at: Date }[]): Promise<void> {
    const now = this.clock.now().getTime();
    const wasHere = readAt !== null && now - readAt.getTime() < 3 * READ_INTERVAL_MS;
    if (wasHere) await this.accountReadings.unannounced(key, found[0]!.at);
  }
}

const nextAt = ({ activeUntil }: AccountReading, now: Date): Date =>
  new Date(activeUntil > now ? now.getTime() + READ_INTERVAL_MS : now.getTime() + IN_USE_MS);
