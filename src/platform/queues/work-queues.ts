import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import { withTimeout } from '../clock';
import { Config } from '../config';
import { Stopping } from '../stopping';
import { tracedJob } from '../tracing';

/**
 * How long adding a job may take. Bull itself waits for ever while Redis is away; the reconcilers add again
 * what was not added.
 */
const ADD_WITHIN_MS = 2_000;
/** After a queue's error was logged, how long its next ones are not, in milliseconds. */
const QUIET_FOR_MS = 10_000;

type Handler = (data: unknown) => Promise<void>;

interface Work {
  queue: Queue;
  handler?: Handler;
  concurrency: number;
}

/**
 * The queues of the product: one for each kind of work, each with exactly one handler, or the start fails.
 * A job only names what is due: what is to be done stands in MongoDB, so a job that is lost, late or doubled
 * does no harm.
 */
@Injectable()
export class WorkQueues implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkQueues.name);
  private readonly kinds = new Map<string, Work>();
  private readonly quietUntil = new Map<string, number>();
  private closing = false;

  constructor(
    private readonly config: Config,
    private readonly stopping: Stopping,
  ) {
    stopping.onLeaving(() => this.restAll());
  }

  /** Declares a kind of work. Called by the module that registers the Bull queue. */
  declare(queue: Queue): void {
    if (this.kinds.has(queue.name)) {
      throw new Error(
        `The queue "${queue.name}" is declared twice: one module alone imports QueuesModule.queue("${queue.name}")`,
      );
    }
    queue.on('error', (error) => this.complain(queue.name, error));
    this.kinds.set(queue.name, { queue, concurrency: 1 });
  }

  /**
   * Names the one handler of a kind of work; it runs on workers, at most `concurrency` jobs at a time on
   * each.
   */
  handle(name: string, concurrency: number, handler: Handler): void {
    const kind = this.kinds.get(name);
    if (!kind)
      throw new Error(`There is no queue "${name}": the module of its handler has to import QueuesModule.queue("${name}")`);
    if (kind.handler) throw new Error(`The queue "${name}" has two handlers: WorkQueues.handle("${name}", …) may be called once`);
    kind.handler = handler;
    kind.concurrency = concurrency;
  }

  /**
   * Adds a job that runs in `delay` milliseconds. An id that Bull still holds is ignored by it, so ids carry
   * the revision of what they wake.
   * @returns whether the job is known to be there; false while Redis is away
   */
  async add(name: string, id: string, data: object, delay = 0): Promise<boolean> {
    const queue = this.kinds.get(name)!.queue;
    const adding = queue
      .add(data, { jobId: id, delay: Math.max(0, delay), removeOnComplete: true, removeOnFail: true, attempts: 1 })
      .then(() => true)
      .catch((error: Error) => {
        this.complain(name, error);
        return false;
      });
    return withTimeout(adding, ADD_WITHIN_MS, false);
  }

  /** Stops taking jobs of this kind in this process; other workers continue. */
  async restHere(name: string): Promise<void> {
    await this.kinds.get(name)!.queue.pause(true, true);
  }

  /** Starts taking jobs of this kind again. */
  async goOnHere(name: string): Promise<void> {
    if (!this.stopping.isLeaving) await this.kinds.get(name)!.queue.resume(true);
  }

  /** Does Redis answer within `milliseconds`? */
  async ping(milliseconds = 1_000): Promise<boolean> {
    const first = [...this.kinds.values()][0];
    if (!first) return true;
    const pong = first.queue.client.ping().then(
      () => true,
      () => false,
    );
    return withTimeout(pong, milliseconds, false);
  }

  /** For those who look at them; whoever adds or takes jobs does that here. */
  all(): readonly Queue[] {
    return [...this.kinds.values()].map(({ queue }) => queue);
  }

  /** How many jobs there are, of each kind and in each state. Finished ones are not kept. */
  async depths(): Promise<{ queue: string; state: string; jobs: number }[]> {
    const all = [...this.kinds].map(async ([queue, { queue: bull }]) => {
      const { waiting, active, delayed } = await bull.getJobCounts();
      return Object.entries({ waiting, active, delayed }).map(([state, jobs]) => ({ queue, state, jobs }));
    });
    return (await Promise.all(all)).flat();
  }

  onApplicationBootstrap(): void {
    for (const [name, { queue, handler, concurrency }] of this.kinds) {
      if (!handler) {
        throw new Error(
          `The queue "${name}" has no handler: call WorkQueues.handle("${name}", …) in the onModuleInit of a provider`,
        );
      }
      if (this.config.APP_ROLE === 'api') continue;
      const work = async (job: Job) => {
        if (this.closing) return;
        await tracedJob(name, () => handler(job.data)).catch((error: unknown) => {
          this.logger.error({ err: error, queue: name, job: job.data as object }, 'A job failed');
          throw error;
        });
      };
      queue.process(concurrency, work).catch((error: Error) => this.complain(name, error));
    }
  }

  /** Takes no more jobs and waits for the running ones. */
  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    const closed = Promise.all([...this.kinds.values()].map(({ queue }) => queue.close().catch(() => undefined)));
    await withTimeout(closed, this.stopping.leftOf(this.config.SHUTDOWN_SECONDS * 1_000), undefined);
  }

  /** Other workers take the jobs that come from now on. */
  private restAll(): void {
    if (this.config.APP_ROLE === 'api') return;
    for (const name of this.kinds.keys()) this.restHere(name).catch((error: Error) => this.complain(name, error));
  }

  private complain(name: string, error: Error): void {
    const now = Date.now();
    if (this.closing || (this.quietUntil.get(name) ?? 0) > now) return;
    this.quietUntil.set(name, now + QUIET_FOR_MS);
    this.logger.warn({ err: error, queue: name }, 'Redis does not answer; the work continues from MongoDB once it is back');
  }
}
