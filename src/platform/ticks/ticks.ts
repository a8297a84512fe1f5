import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Config } from '../config';

interface Tick {
  name: string;
  milliseconds: number;
  work: () => Promise<void>;
  running?: Promise<void>;
}

/**
 * Regular work of the workers. It runs on every worker, so it has to be harmless when done twice; on one
 * worker a tick never overlaps itself. A failure is logged and the next tick tries again.
 */
@Injectable()
export class Ticks implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Ticks.name);
  private readonly ticks = new Map<string, Tick>();
  private stopped = false;

  constructor(
    private readonly scheduler: SchedulerRegistry,
    private readonly config: Config,
  ) {}

  every(name: string, milliseconds: number, work: () => Promise<void>): void {
    if (this.ticks.has(name)) throw new Error(`There are two ticks named "${name}"`);
    this.ticks.set(name, { name, milliseconds, work });
  }

  /** Does the named work now and waits for it, on a worker or not. */
  async now(name: string): Promise<void> {
    const tick = this.ticks.get(name);
    if (!tick) throw new Error(`There is no tick named "${name}"`);
    await this.run(tick);
  }

  onApplicationBootstrap(): void {
    if (this.config.APP_ROLE === 'api') return;
    for (const tick of this.ticks.values()) {
      this.scheduler.addInterval(
        tick.name,
        setInterval(() => void this.run(tick), tick.milliseconds),
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.ticks.values()].map((tick) => tick.running ?? Promise.resolve()));
  }

  private run(tick: Tick): Promise<void> {
    if (this.stopped) return Promise.resolve();
    tick.running ??= tick
      .work()
      .catch((error: unknown) => this.logger.error({ err: error, tick: tick.name }, 'A tick failed; the next one tries again'))
      .finally(() => (tick.running = undefined));
    return tick.running;
  }
}
