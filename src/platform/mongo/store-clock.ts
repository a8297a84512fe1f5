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

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly config: Config,
    ticks: Ticks,
  ) {
    if (config.CLOCK_TOLERANCE_MS > 0) ticks.every('compare clocks', CLOCK_CHECK_INTERVAL_MS, () => this.look());
  }

  /** Is this machine's clock right, as far as was seen last? */
  get agrees(): boolean {
    return this.config.CLOCK_TOLERANCE_MS === 0 || this.seenOffBy <= this.config.CLOCK_TOLERANCE_MS;
  }

  /** By how many milliseconds it is off, at least: asks MongoDB. */
  offBy(): Promise<number> {
    return clockOffBy(this.connection.db!, Date.now);
  }

  private async look(): Promise<void> {
    this.seenOffBy = await this.offBy();
    if (!this.agrees)
      this.logger.error({ offByMs: this.seenOffBy }, "This machine's clock is wrong; nothing is sent until it is right");
  }
}

/** By how many milliseconds a clock is off from MongoDB's, at least: asks MongoDB. */
export async function clockOffBy(db: Db, now: () => number): Promise<number> {
  const asked = now();
  const { localTime } = (await db.admin().command({ hello: 1 })) as { localTime?: Date };
  const answered = now();
  if (!localTime) return 0;
  // The store looked at its clock at some moment between the question and the answer.
  return Math.max(0, asked - localTime.getTime(), localTime.getTime() - answered);
}
