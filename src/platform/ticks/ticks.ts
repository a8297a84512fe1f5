import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Activity } from '../activity';
import { Clock } from '../clock';
import { Config } from '../config';

/** However quiet it is, a tick does its work this often, in milliseconds. */
const LONGEST_REST_MS = 60_000;

/** When a tick need not ask MongoDB for work: since nobody has written, and nothing has become due. */
interface Rest {
  /** Collections in which a change may be work for it. */
  concerns: readonly string[];
  /** When the next thing that is there already is due: in the past for what is left; `null` for nothing. */
  nextAt: () => Promise<Date | null>;
}

interface Tick {
  name: string;
  milliseconds: number;
  work: () => Promise<void>;
  rest: Rest | null;
  running?: Promise<void>;
  beating?: Promise<void>;
  /** The stamp of its collections when it last began to work. */
  seen?: string | null;
  restsUntil?: Date;
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
    private readonly activity: Activity,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @param rest where it is given, the tick rests while there can be nothing for it to do */
  every(name: string, milliseconds: number, work: () => Promise<void>, rest: Rest | null = null): void {
    if (this.ticks.has(name)) throw new Error(`There are two ticks named "${name}"`);
    this.ticks.set(name, { name, milliseconds, work, rest });
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
        setInterval(() => void this.beat(tick), tick.milliseconds),
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    const ends = [...this.ticks.values()].flatMap(({ running, beating }) => [running, beating]);
    await Promise.all(ends.map((end) => end ?? Promise.resolve()));
  }

  /** One that is still at work sees at its next beat what has been written since it began. */
  private beat(tick: Tick): Promise<void> {
    if (this.stopped || tick.running) return Promise.resolve();
    tick.beating ??= this.isWanted(tick)
      .catch(() => true)
      .then((isWanted) => (isWanted ? this.run(tick) : undefined))
      .finally(() => (tick.beating = undefined));
    return tick.beating;
  }

  private async isWanted(tick: Tick): Promise<boolean> {
    const { rest } = tick;
    if (!rest) return true;
    const stamp = await this.activity.stampOf(rest.concerns);
    if (stamp === null || stamp !== tick.seen) {
      tick.seen = stamp;
      tick.restsUntil = undefined;
      return true;
    }
    tick.restsUntil ??= await this.restUntil(rest);
    if (tick.restsUntil > this.clock.now()) return false;
    tick.restsUntil = undefined;
    return true;
  }

  private async restUntil({ nextAt }: Rest): Promise<Date> {
    const latest = new Date(this.clock.now().getTime() + LONGEST_REST_MS);
    const next = await nextAt();
    return next && next < latest ? next : latest;
  }

  private run(tick: Tick): Promise<void> {
    if (this.stopped) return Promise.resolve();
    tick.running ??= tick
      .work()
      .catch((error: unknown) => {
        // What it should have done is still to be done.
        tick.seen = undefined;
        this.logger.error({ err: error, tick: tick.name }, 'A tick failed; the next one tries again');
      })
      .finally(() => (tick.running = undefined));
    return tick.running;
  }
}
