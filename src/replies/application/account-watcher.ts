import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Channels, type WatchEnd } from '../../channels';
import { accountKeyOf, type Line, Lines, LinesService } from '../../lines';
import { Clock, firstOf, withTimeout } from '../../platform/clock';
import { Ids } from '../../platform/ids';
import { Ticks } from '../../platform/ticks';
import { type AccountReading, AccountReadings } from '../domain/account-reading';
import { AccountWatches, failuresAfter, pauseAfter } from '../domain/account-watch';
import { AccountReader } from './account-reader';
import { coalesced } from './coalesced';

/** Claims are renewed, and accounts looked for, this often, in milliseconds. */
const TICK_MS = 10_000;
/** After this another worker may watch the account, in milliseconds. */
const CLAIM_MS = 30_000;
/** A watch is looked at this often: whether the account is still in use, and with the same settings. */
const CHECK_MS = 30_000;
/** An account that cannot be watched is read every minute, and tried again after this. */
const UNAVAILABLE_MS = 15 * 60_000;
/** Connections of one process. Accounts beyond those of all workers are read every minute. */
export const MAX_WATCHES = 200;
/** So many are begun in one tick: workers that start together share them, and a provider gets no burst. */
const BEGUN_AT_ONCE = 20;
/** So many accounts are looked at in one tick. */
const LOOKED_AT = 100;
/** An account whose news never end is read this often, in milliseconds. */
const NEWS_GAP_MS = 5_000;
/** At the end of the process, connections are waited for so long, in milliseconds. */
const END_WITHIN_MS = 1_000;

/** An account that this process watches. */
interface Watch {
  key: string;
  /** Of the line by which it is watched, as it was then. */
  settings: string;
  failures: number;
  begunAt: number;
  checkedAt: number;
  controller: AbortController;
  over: Promise<void>;
}

/**
 * Watches accounts in use on channels that can say at once that something has come, and has them read then.
 * One worker watches an account at a time. Whatever becomes of a watch, the account is read every minute.
 */
@Injectable()
export class AccountWatcher implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(AccountWatcher.name);
  private readonly watches = new Map<string, Watch>();
  private readonly token: string;
  /** The last account that was looked at. */
  private after = '';
  private isOver = false;

  constructor(
    private readonly accountReadings: AccountReadings,
    private readonly accountWatches: AccountWatches,
    private readonly accountReader: AccountReader,
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    ids: Ids,
  ) {
    this.token = ids.token();
  }

  onModuleInit(): void {
    if (this.channels.watchable.length === 0) return;
    this.ticks.every('watch accounts', TICK_MS, () => this.tick(), {
      concerns: ['accountReadings', 'lines'],
      nextAt: () => this.nextAt(),
    });
  }

  async tick(): Promise<void> {
    await this.renew();
    await this.check();
    await this.take();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isOver = true;
    const watches = [...this.watches.values()];
    const given = watches.map((watch) => this.stop(watch, watch.failures));
    await Promise.all(given).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'Accounts could not be given back; others watch them once the claims have run out');
    });
    await withTimeout(Promise.all(watches.map(({ over }) => over)), END_WITHIN_MS, []);
  }

  private async nextAt(): Promise<Date | null> {
    const now = this.clock.now();
    const renewal = this.watches.size > 0 ? new Date(now.getTime() + TICK_MS / 2) : null;
    return firstOf(renewal, await this.accountWatches.nextAt(now));
  }

  /** Whoever has slept through the end of a claim lets go of what another worker may watch by now. */
  private async renew(): Promise<void> {
    if (this.watches.size === 0) return;
    const held = await this.accountWatches.renew([...this.watches.keys()], this.token, this.in(CLAIM_MS));
    for (const watch of [...this.watches.values()]) if (!held.has(watch.key)) this.drop(watch);
  }

  /** Lets go of accounts that are no longer in use, have no active line, or have other settings now. */
  private async check(): Promise<void> {
    const now = this.clock.now();
    const due = [...this.watches.values()].filter(({ checkedAt }) => now.getTime() - checkedAt >= CHECK_MS);
    if (due.length === 0) return;
    const readings = await this.accountReadings.findMany(due.map(({ key }) => key));
    const byKey = new Map(readings.map((reading) => [reading.key, reading]));
    for (const watch of due) {
      const reading = byKey.get(watch.key);
      const line = reading && reading.activeUntil > now ? await this.lineOf(reading) : null;
      if (!line || settingsOf(line) !== watch.settings) await this.stop(watch, 0);
      watch.checkedAt = now.getTime();
    }
  }

  private async take(): Promise<void> {
    const room = Math.min(BEGUN_AT_ONCE, MAX_WATCHES - this.watches.size);
    if (room <= 0) return;
    const now = this.clock.now();
    const found = await this.accountReadings.inUse(this.channels.watchable, now, this.after, LOOKED_AT);
    const taken = found.length > 0 ? await this.accountWatches.taken(keysOf(found), now) : new Set<string>();
    const free = found.filter(({ key }) => !taken.has(key) && !this.watches.has(key));
    const next = free.slice(0, room);
    // After the last one they are looked at from the first one on.
    this.after = free.length > room ? next.at(-1)!.key : found.length === LOOKED_AT ? found.at(-1)!.key : '';
    for (const reading of next) await this.begin(reading);
  }

  private async begin(reading: AccountReading): Promise<void> {
    const { key } = reading;
    if (this.isOver) return;
    const failures = await this.accountWatches.claim({ key, token: this.token }, this.in(CLAIM_MS), this.clock.now());
    if (failures === null) return;
    const line = await this.lineOf(reading);
    const channelLine = line && this.linesService.opened(line);
    if (this.isOver || !channelLine) {
      const until = this.isOver ? this.clock.now() : this.in(CHECK_MS);
      return this.accountWatches.end({ key, token: this.token }, { until, failures });
    }
    const controller = new AbortController();
    const { signal } = controller;
    const onNews = coalesced(
      () => this.read(key, signal),
      () => this.clock.sleep(NEWS_GAP_MS, signal),
    );
    const at = this.clock.now().getTime();
    const settings = settingsOf(line);
    const watch: Watch = { key, settings, failures, begunAt: at, checkedAt: at, controller, over: Promise.resolve() };
    this.watches.set(key, watch);
    watch.over = this.channels.of(line.channel).watch!(channelLine, onNews, signal)
      .catch((error: unknown): WatchEnd => {
        this.logger.error({ err: error, lineId: line.id }, 'An account cannot be watched');
        return 'lost';
      })
      .then((end) => this.ended(watch, end))
      .catch((error: unknown) => {
        this.logger.warn({ err: error, lineId: line.id }, 'The end of a watch could not be written down');
      });
  }

  private async ended(watch: Watch, end: WatchEnd): Promise<void> {
    if (!this.drop(watch)) return;
    const isLost = end === 'lost';
    const failures = isLost ? failuresAfter(watch.failures, this.clock.now().getTime() - watch.begunAt) : 0;
    const until = this.in(isLost ? pauseAfter(failures) : UNAVAILABLE_MS);
    await this.accountWatches.end({ key: watch.key, token: this.token }, { until, failures });
  }

  private async read(key: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await this.accountReader.isAccountReadSince(key, this.clock.now()).catch((error: unknown) => {
      this.logger.error({ err: error }, 'An account with news could not be read; it is read within a minute');
    });
  }

  /** Gives it back: from now on any worker may watch it. */
  private async stop(watch: Watch, failures: number): Promise<void> {
    if (!this.drop(watch)) return;
    await this.accountWatches.end({ key: watch.key, token: this.token }, { until: this.clock.now(), failures });
  }

  /** @returns false where it was over already */
  private drop(watch: Watch): boolean {
    if (this.watches.get(watch.key) !== watch) return false;
    this.watches.delete(watch.key);
    watch.controller.abort();
    return true;
  }

  /** The active line that used the account last, else any other one on it that is active. */
  private async lineOf({ key, workspaceId, lineId }: AccountReading): Promise<Line | null> {
    const isOnIt = (line: Line) => line.isActive && accountKeyOf(line) === key;
    const last = await this.lines.find(workspaceId, lineId);
    if (last && isOnIt(last)) return last;
    return (await this.lines.all(workspaceId)).find(isOnIt) ?? null;
  }

  private in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}

const keysOf = (readings: readonly AccountReading[]): string[] => readings.map(({ key }) => key);

/** What the connection is made of. Secrets stay sealed in it. */
const settingsOf = ({ bridgeUrl, bridgePassword, account }: Line): string =>
  JSON.stringify([bridgeUrl, bridgePassword, account?.settings, account?.secrets]);
