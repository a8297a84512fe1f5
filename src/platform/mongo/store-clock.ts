import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { Config } from '../config';
import { Ticks } from '../ticks';

const CLOCK_CHECK_INTERVAL_MS = 15_000;

/**
 * Compares this machine's clock with MongoDB's. Caps, windows and gaps are judged by the worker's clock, so a
 * worker whose clock is off by more than `CLOCK_TOLERANCE_MS` (0: not compared) must not send.
 */
@Injectable()
export class StoreClock {
  private readonly logger = new Logger(StoreClock.name);
  private seenOffBy = 0;
  /** Where this machine's clock stood on one that nobody sets, when it was compared last. */
  private compared = steadyBase();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly config: Config,
    ticks: Ticks,
  ) {
    if (config.CLOCK_TOLERANCE_MS > 0) ticks.every('compare clocks', CLOCK_CHECK_INTERVAL_MS, () => this.look());
  }

  /** Is this machine's clock right, as far as was seen last, and has nobody set it since? */
  get agrees(): boolean {
    const { CLOCK_TOLERANCE_MS: tolerance } = this.config;
    return tolerance === 0 || (this.seenOffBy <= tolerance && Math.abs(steadyBase() - this.compared) <= tolerance);
  }

  /** By how many milliseconds it is off, at least: asks MongoDB. */
  offBy(): Promise<number> {
    return clockOffBy(this.connection.db!, Date.now);
  }

  private async look(): Promise<void> {
    // From before the question: what was set while it was asked has not been compared.
    const compared = steadyBase();
    this.seenOffBy = await this.offBy();
    this.compared = compared;
    if (!this.agrees)
      this.logger.error({ offByMs: this.seenOffBy }, "This machine's clock is wrong; nothing is sent until it is right");
  }
}

/** Moves only when this machine's clock is set, or the machine slept. */
const steadyBase = (): number => Date.now() - performance.now();

/** By how many milliseconds a clock is off from MongoDB's, at least: asks MongoDB. */
export async function clockOffBy(db: Db, now: () => number): Promise<number> {
  const asked = now();
  const { localTime } = (await db.admin().command({ hello: 1 })) as { localTime?: Date };
  const answered = now();
  if (!localTime) return 0;
  // The store looked at its clock at some moment between the question and the answer.
  return Math.max(0, asked - localTime.getTime(), localTime.getTime() - answered);
}
