import { randomBytes } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Connection } from 'mongoose';
import { Channels, type ReplyEvent } from '../../src/channels';
import type { Attempt } from '../../src/messages';
import { migrate } from '../../src/migrate';
import { BackgroundJobs } from '../../src/platform/background';
import { readConfig } from '../../src/platform/config';
import { Counts } from '../../src/platform/counters';
import { Ticks } from '../../src/platform/ticks';
import { AccountReader, InboundService } from '../../src/replies';
import { LineProber, Planner, Rescuer, SendJob } from '../../src/sending';
import { createApp } from '../../src/server';
import { instrument } from './instruments';
import type { Provider } from './provider';
import type { Random } from './random';
import { type Fate, UNHARMED, type VirtualTime } from './virtual-time';

const SECOND = 1_000;
/** A tick within this time stands for all that would run in it. */
const TICK_EVERY_MS = 15 * SECOND;
/** An attempt's outcome is unknown from then on: the provider's time, and what it takes to notice. */
const PROVIDER_TIME_OVER_MS = 206 * SECOND;
/** Bull gives the job of a worker that died to another after this, or never when Redis forgot it. */
const STALLED_MS = 30 * SECOND;

interface Job {
  queue: string;
  id: string;
  data: { id?: string; workspaceId?: string; messageId?: string; moves?: number };
  at: number;
}

/** How often workers come to harm, for each job or tick. */
export interface Harm {
  jobDies: number;
  jobSleeps: number;
  tickDies: number;
  late: number;
  twice: number;
  /** Workers that fall asleep over background work; none where it is not said. */
  backgroundSleeps?: number;
}

/**
 * The workers of the product, several instances on one store, in virtual time. The harness stands in for
 * Bull, so that jobs run when the virtual clock says, late, twice, or not at all; and for the intervals, so
 * that a year in which nothing is due costs nothing.
 */
export class Workers {
  readonly counts = { jobs: 0, ticks: 0, flushes: 0, forgotten: 0, runs: 0, late: 0, doubled: 0 };
  readonly apps: INestApplication[] = [];
  harm: Harm;
  /** Turns given: for the judge. */
  onTurn: (lineId: string, group: string, at: Date, messageId: string) => Promise<void> = () => Promise.resolve();
  /** Nobody could tell whether an attempt had arrived: it counts as one that had. */
  onUnknown: (attempt: Attempt, leadId: string | null) => void = () => undefined;
  /** A reply is about to be taken in. What is returned is called with the step at which that is certain. */
  onReply: (event: ReplyEvent) => (step: number) => void = () => () => undefined;
  /** Done once, as soon as a job waits for its time. */
  onceAJobWaits: (() => void) | null = null;
  private readonly held = new Map<string, Job>();
  private readonly ticksAt = new Set<number>();
  private readonly name = `sim${randomBytes(6).toString('hex')}`;

  constructor(
    readonly time: VirtualTime,
    private readonly random: Random,
    private readonly provider: Provider,
    harm: Harm,
  ) {
    this.harm = harm;
    time.onDeath = () => {
      // What it held is looked at when its lease, its job's time or its provider's time is over.
      for (const seconds of [3, 6, 31, 62, 206, 222, 240]) this.tickAt(time.ms + seconds * SECOND);
    };
  }

  get first(): INestApplication {
    return this.apps[0]!;
  }

  get connection(): Connection {
    return this.first.get<Connection>(getConnectionToken(), { strict: false });
  }

  of<T>(token: abstract new (...args: never[]) => T): T {
    return this.first.get(token as never, { strict: false });
  }

  async start(howMany: number): Promise<void> {
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/${this.name}`;
    uri.searchParams.set('monitorCommands', 'true');
    const config = readConfig({
      NODE_ENV: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      MONGODB_URI: uri.toString(),
      REDIS_URL: process.env.REDIS_URL,
      REDIS_PREFIX: this.name,
      ENCRYPTION_KEY: '0'.repeat(64),
      LOCAL_ISSUER: 'true',
      RATE_LIMIT_PER_MINUTE: '10000000',
      ALLOW_PRIVATE_TARGETS: 'true',
      // No worker does anything by itself, and the store's clock is not the virtual one.
      APP_ROLE: 'api',
      CLOCK_TOLERANCE_MS: '0',
      PLAN_HORIZON_SECONDS: '3600',
      OUTCOME_GIVE_UP_SECONDS: '15',
      SHUTDOWN_SECONDS: '1',
    });
    await migrate(config.MONGODB_URI, 'run', { say: () => undefined });
    for (let worker = 0; worker < howMany; worker += 1) {
      const app = await createApp(config, this.time);
      // In place of the adapters of the product.
      Object.assign(app.get(Channels), new Channels([this.provider]));
      this.apps.push(app);
      instrument(app, this);
      await app.init();
    }
  }

  async close(): Promise<void> {
    await this.connection.dropDatabase().catch(() => undefined);
    for (const app of this.apps.reverse()) await app.close();
  }

  /** Makes sure that a tick runs soon after then. */
  tickAt(milliseconds: number): void {
    const slot = Math.ceil((milliseconds + 1) / TICK_EVERY_MS) * TICK_EVERY_MS;
    if (this.ticksAt.has(slot)) return;
    this.ticksAt.add(slot);
    this.time.at(slot, () => {
      this.ticksAt.delete(slot);
      this.tick();
    });
  }

  /** An outcome that is still unknown once the provider's time is over is asked about. */
  lookAfter(messageId: string): void {
    this.time.at(this.time.ms + PROVIDER_TIME_OVER_MS, () =>
      this.call('look after', async () => {
        const open = { _id: new ObjectId(messageId), status: 'sending' };
        if (!(await this.connection.collection('messages').findOne(open, { projection: { _id: 1 } }))) return;
        for (const seconds of [0, 16, 34]) this.tickAt(this.time.ms + seconds * SECOND);
      }),
    );
  }

  /**
   * Work that belongs to no worker: a call of a tenant or a provider. It runs to its end, or to where it has
   * to wait.
   */
  call(name: string, work: () => Promise<unknown>): void {
    void this.time.spawn(name, -1, UNHARMED, work);
  }

  /** Redis loses all that it holds. */
  flush(): Job[] {
    this.counts.flushes += 1;
    const forgotten = [...this.held.values()];
    this.counts.forgotten += forgotten.length;
    this.held.clear();
    for (const seconds of [3, 6, 9, 60]) this.tickAt(this.time.ms + seconds * SECOND);
    for (const { at } of forgotten) for (const seconds of [3, 6, 9]) this.tickAt(at + seconds * SECOND);
    return forgotten;
  }

  /** Is there a job of the message? */
  holds(messageId: string): boolean {
    return [...this.held.values()].some(({ data }) => data.messageId === messageId);
  }

  private tick(): void {
    const worker = this.random.between(0, this.apps.length - 1);
    const app = this.apps[worker]!;
    this.counts.ticks += 1;
    void this.time.spawn('tick', worker, this.fate(this.harm.tickDies, 0), async () => {
      await app.get(InboundService, { strict: false }).workOffLeft();
      await app.get(LineProber, { strict: false }).probe();
      await app.get(AccountReader, { strict: false }).tick();
      await app.get(Rescuer, { strict: false }).recover();
      await app.get(Planner, { strict: false }).tick();
      await app.get(BackgroundJobs, { strict: false }).wakeDue();
      await app.get(Ticks, { strict: false }).now('end reviews');
      if (this.counts.ticks % 50 === 0) await app.get(Counts, { strict: false }).fold();
    });
  }

  /** In place of Bull: the job runs when the virtual clock says. */
  add(queue: string, id: string, data: Job['data'], delay = 0): Promise<boolean> {
    const job: Job = { queue, id, data, at: this.time.ms + Math.max(0, delay) };
    if (this.held.has(id)) return Promise.resolve(true);
    this.held.set(id, job);
    if (queue === 'send' && delay > 5 * SECOND && this.onceAJobWaits) {
      this.time.at(this.time.ms + SECOND, this.onceAJobWaits);
      this.onceAJobWaits = null;
    }
    const late = this.random.chance(this.harm.late) ? this.random.between(1, 30) * SECOND : 0;
    if (late > 0) this.counts.late += 1;
    if (late > 0) for (const seconds of [3, 6, 9]) this.tickAt(this.time.ms + delay + seconds * SECOND);
    this.time.at(this.time.ms + Math.max(0, delay) + late, () => this.run(job));
    if (this.random.chance(this.harm.twice)) {
      this.counts.doubled += 1;
      this.time.at(this.time.ms + Math.max(0, delay) + this.random.between(0, 5 * SECOND), () => this.run(job, true));
    }
    return Promise.resolve(true);
  }

  private run(job: Job, again = false): void {
    if (!again && this.held.get(job.id) !== job) return;
    const worker = this.random.between(0, this.apps.length - 1);
    const app = this.apps[worker]!;
    this.counts.jobs += 1;
    if (job.queue === 'send') this.counts.runs += 1;
    const { harm, random } = this;
    const fate =
      job.queue === 'send' ? this.fate(harm.jobDies, harm.jobSleeps) : this.fate(harm.jobDies, harm.backgroundSleeps ?? 0);
    let ended = false;
    // Of a worker that dies, Bull hears nothing.
    if (fate.diesAt !== null && random.chance(0.5)) {
      this.time.at(this.time.ms + STALLED_MS + random.between(0, STALLED_MS), () => void (!ended && this.run(job)));
    }
    void this.time
      .spawn(job.queue, worker, fate, () =>
        job.queue === 'send'
          ? app.get(SendJob, { strict: false }).run({ ...job.data, messageId: job.data.messageId!, moves: job.data.moves! })
          : app.get(BackgroundJobs, { strict: false }).run(job.data.id!),
      )
      .then(() => {
        ended = true;
        if (this.held.get(job.id) === job) this.held.delete(job.id);
      });
  }

  private fate(dies: number, sleeps: number): Fate {
    const { random } = this;
    // All three are drawn each time, so that one setting does not shift the randomness of all that follows.
    const [death, sleep, point] = [random.chance(dies), random.chance(sleeps), random.between(1, 45)];
    // Longer than a lease, for the most part, and before the hand-over: that is when others take over.
    const asleep = random.between(1, 24);
    const sleepMs = random.pick([500, 2_500, 10_000, 45_000, 65_000, 90_000, 140_000, 200_000]);
    if (!death && !sleep) return UNHARMED;
    return { diesAt: death ? point : null, sleepsAt: death ? null : asleep, sleepMs };
  }
}
