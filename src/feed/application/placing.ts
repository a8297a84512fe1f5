import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { Feed } from '../domain/event';
import { Arrivals } from './arrivals';

/** Events that get their places in one transaction. */
const AT_ONCE = 1_000;
/** What commits within this time gets its places together, in milliseconds. */
const GATHER_MS = 200;
/** So often it is tried, where other processes place events of the same workspace; then they do it. */
const ATTEMPTS = 6;
/** Before the next attempt, at most, in milliseconds. */
const PAUSE_MS = 25;

interface Passes {
  current: Promise<void>;
  /** Begins behind the current one, for all who came meanwhile. */
  next: Promise<void> | null;
}

/**
 * Gives events their places in the feed, after their facts have committed. The process that wrote them does
 * it at once; what it leaves, since it died or another was in the way, a worker's tick finds.
 */
@Injectable()
export class Placing implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Placing.name);
  private readonly passes = new Map<WorkspaceId, Passes>();
  private readonly woken = new Set<WorkspaceId>();
  private stopped = false;

  constructor(
    private readonly feed: Feed,
    private readonly arrivals: Arrivals,
    private readonly transactions: Transactions,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('place events', this.config.TICK_MS, () => this.placeAll(), {
      concerns: ['events'],
      nextAt: async () => ((await this.feed.nextUnplaced(null)) ? this.clock.now() : null),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.passes.values()].map(({ current }) => current));
  }

  /** Places what the workspace has committed so far, soon. */
  wake(workspaceId: WorkspaceId): void {
    if (this.woken.has(workspaceId)) return;
    this.woken.add(workspaceId);
    setTimeout(() => {
      this.woken.delete(workspaceId);
      void this.upToNow(workspaceId);
    }, GATHER_MS).unref();
  }

  /** Resolves once what was committed before has its place, or another process is at it. */
  upToNow(workspaceId: WorkspaceId): Promise<void> {
    const running = this.passes.get(workspaceId);
    if (running) return (running.next ??= running.current.then(() => this.begin(workspaceId)));
    return this.begin(workspaceId);
  }

  private begin(workspaceId: WorkspaceId): Promise<void> {
    if (this.stopped) return Promise.resolve();
    const passes: Passes = { current: Promise.resolve(), next: null };
    passes.current = this.pass(workspaceId).then(() => {
      if (!passes.next) this.passes.delete(workspaceId);
    });
    this.passes.set(workspaceId, passes);
    return passes.current;
  }

  private async pass(workspaceId: WorkspaceId): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        if (!(await this.feed.hasUnplaced(workspaceId))) return;
        // Apart from the call that wrote the events, and from its Idempotency-Key.
        const { count, last } = await this.transactions.once((transaction) => this.feed.place(workspaceId, AT_ONCE, transaction));
        this.arrivals.reached(workspaceId, last);
        if (count === AT_ONCE) this.wake(workspaceId);
        return;
      } catch (error) {
        if (attempt === ATTEMPTS) this.logger.debug({ err: error, workspaceId }, 'Events were not placed; the next tick does it');
        else await this.clock.sleep(Math.random() * PAUSE_MS * attempt);
      }
    }
  }

  /** Whatever was left without a place, in all workspaces. */
  private async placeAll(): Promise<void> {
    for (let workspaceId = await this.feed.nextUnplaced(null); workspaceId && !this.stopped;) {
      await this.upToNow(workspaceId);
      workspaceId = await this.feed.nextUnplaced(workspaceId);
    }
  }
}
