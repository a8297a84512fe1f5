import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type Line, LinesService } from '../../../lines';
import { withTimeout } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { Ticks } from '../../../platform/ticks';
import { Planner } from '../planning/planner';

/** Lines that a process probes at the same time. Those that answer nothing keep no others from it. */
const PROBES_AT_ONCE = 200;
/** So long, in milliseconds, a tick waits for what it has begun to probe. */
const TICK_WAITS_MS = 1_000;

/** Asks lines that were set aside whether they work again, without any message, and wakes those that do. */
@Injectable()
export class LineProber implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(LineProber.name);
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly linesService: LinesService,
    private readonly planner: Planner,
    private readonly ticks: Ticks,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const nextAt = () => this.linesService.nextProbeAt();
    this.ticks.every('probe lines', this.config.TICK_MS, () => this.probe(), { concerns: ['lines'], nextAt });
  }

  async probe(): Promise<void> {
    const begun: Promise<void>[] = [];
    while (this.running.size < PROBES_AT_ONCE) {
      const line = await this.linesService.takeForProbe();
      if (!line) break;
      const probe = this.probeOne(line)
        .catch((error: unknown) => this.logger.error({ err: error, lineId: line.id }, 'A line could not be probed'))
        .finally(() => this.running.delete(probe));
      this.running.add(probe);
      begun.push(probe);
    }
    await withTimeout(Promise.all(begun), TICK_WAITS_MS, []);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }

  private async probeOne(line: Line): Promise<void> {
    const { failure } = await this.linesService.probe(line);
    if (failure) return;
    const { id: lineId, workspaceId } = line;
    this.logger.log({ lineId, since: line.health.unhealthySince }, 'A line works again');
    await this.planner.wake(workspaceId);
  }
}
