import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { withTimeout } from '../clock';
import { collectionOf } from '../mongo';
import { WorkQueues } from '../queues';
import { forASecond } from './for-a-second';
import type { HealthProbe } from './health-probe.schema';

/** Each has so long, in milliseconds. */
const WITHIN_MS = 2_000;

/** What is wrong, in words for those who run the product; `null`: nothing. */
type Check = () => Promise<void>;
interface Found {
  status: 'up' | 'down';
  message?: string;
}

class TooLate extends Error {}

/**
 * Looks closer than the check that a load balancer makes every few seconds: does MongoDB write and read, are
 * the queues there, is the database in the form of this version? Each answer says which of them failed.
 */
@Injectable()
export class DeepChecks {
  private readonly probes: Collection<HealthProbe>;
  private readonly process = randomUUID();
  private readonly checks = new Map<string, Check>();
  readonly run: () => Promise<Record<string, Found>>;

  constructor(@InjectModel('HealthProbe') model: Model<HealthProbe>, workQueues: WorkQueues) {
    this.probes = collectionOf(model);
    this.checks.set('mongodb-write', () => this.writeAndRead());
    this.checks.set('queues', async () => void (await workQueues.depths()));
    this.run = forASecond(() => this.runAll());
  }

  /** @param check throws when something is wrong */
  add(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  private async runAll(): Promise<Record<string, Found>> {
    const found = [...this.checks].map(async ([name, check]) => [name, await this.look(check)] as const);
    return Object.fromEntries(await Promise.all(found));
  }

  /** An error's own words may name hosts, so its kind alone is told. */
  private async look(check: Check): Promise<Found> {
    try {
      const late = new TooLate();
      if ((await withTimeout(check(), WITHIN_MS, late)) === late) {
        return { status: 'down', message: `no answer within ${WITHIN_MS / 1_000} seconds` };
      }
      return { status: 'up' };
    } catch (error) {
      return { status: 'down', message: error instanceof Error ? error.name : 'failed' };
    }
  }

  private async writeAndRead(): Promise<void> {
    const at = new Date();
    await this.probes.updateOne({ _id: this.process }, { $set: { at } }, { upsert: true });
    const found = await this.probes.findOne({ _id: this.process });
    if (found?.at.getTime() !== at.getTime()) throw new Error('What was written cannot be read');
  }
}
