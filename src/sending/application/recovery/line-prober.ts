import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type Line, LinesService } from '../../../lines';
import { Config } from '../../../platform/config';
import { Ticks } from '../../../platform/ticks';
import { Planner } from '../planning/planner';

/** Lines probed in one tick, at the same time. */
const PROBES_AT_ONCE = 20;

/** Asks lines that were set aside whether they work again, without any message, and wakes those that do. */
@Injectable()
export class LineProber implements OnModuleInit {
  private readonly logger = new Logger(LineProber.name);

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
    const probes: Promise<void>[] = [];
    try {
      while (probes.length < PROBES_AT_ONCE) {
        const line = await this.linesService.takeForProbe();
        if (!line) return;
        probes.push(this.probeOne(line));
      }
    } finally {
      await Promise.all(probes);
    }
  }

  private async probeOne(line: Line): Promise<void> {
    const { failure } = await this.linesService.probe(line);
    if (failure) return;
    const { id: lineId, workspaceId } = line;
    this.logger.log({ lineId, since: line.health.unhealthySince }, 'A line works again');
    await this.planner.wake(workspaceId);
  }
}
