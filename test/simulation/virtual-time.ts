import { AsyncLocalStorage } from 'node:async_hooks';
import { Clock } from '../../src/platform/clock';

interface Happening {
  at: number;
  order: number;
  run: () => void;
}

/**
 * How a piece of work fares: at the given one of the points that it passes, its process dies, or is asleep
 * for a while.
 */
export interface Fate {
  diesAt: number | null;
  sleepsAt: number | null;
  sleepMs: number;
}

export const UNHARMED: Fate = { diesAt: null, sleepsAt: null, sleepMs: 0 };

/** One piece of work of a worker: a job, a tick. */
export class Task {
  points = 0;
  dead = false;
  /** At which steps of the simulation it asked its campaign, and wrote `sending`. */
  askedAt = 0;
  sendingSince = 0;
  /**
   * Inside a transaction nothing dies: the store undoes one that is not committed, which is as if it had died
   * before.
   */
  inTransaction = false;

  constructor(
    readonly name: string,
    readonly worker: number,
    readonly fate: Fate,
    readonly startedAt: number,
  ) {}
}

/**
 * The time of the simulation. One thing happens at a time, and the next only when nothing of it runs any
 * more, so a seed repeats everything; work overlaps where it sleeps: at its provider, and wherever its fate
 * says.
 */
export class VirtualTime extends Clock {
  readonly current = new AsyncLocalStorage<Task>();
  /** Counts what happened. Of two things, the one with the smaller number was first. */
  steps = 0;
  deaths = 0;
  sleeps = 0;
  readonly errors: Error[] = [];
  /** Called when a task dies. */
  onDeath: (task: Task) => void = () => undefined;
  private readonly heap: Happening[] = [];
  private readonly alive = new Set<Task>();
  private order = 0;
  private running = 0;
  private idle: (() => void) | null = null;
  private storeCalls = 0;

  constructor(private milliseconds: number) {
    super();
  }

  now(): Date {
    return new Date(this.milliseconds);
  }

  get ms(): number {
    return this.milliseconds;
  }

  /** The store was asked, or has answered. */
  store(change: 1 | -1): void {
    this.storeCalls += change;
  }

  at(milliseconds: number, run: () => void): void {
    const happening = { at: Math.max(milliseconds, this.milliseconds), order: (this.order += 1), run };
    const { heap } = this;
    let index = heap.push(happening) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(happening, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = happening;
  }

  override sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
    const task = this.current.getStore();
    // A sleep with a signal is a heartbeat beside the work.
    const blocks = task !== undefined && signal === undefined;
    return new Promise((resolve) => {
      const over = () => {
        signal?.removeEventListener('abort', over);
        resolve();
      };
      signal?.addEventListener('abort', over);
      this.at(this.milliseconds + milliseconds, () => {
        if (task?.dead) return;
        if (blocks) this.running += 1;
        over();
      });
      if (blocks) this.pause();
    });
  }

  /** Starts a piece of work; it happens from now on. */
  spawn(name: string, worker: number, fate: Fate, work: () => Promise<unknown>): Promise<void> {
    const task = new Task(name, worker, fate, this.steps);
    this.alive.add(task);
    this.running += 1;
    return this.current
      .run(task, work)
      .catch((error: Error) => void (task.dead || this.errors.push(error)))
      .then(() => {
        // It was counted out when it died. A time limit of its own may have brought it here all the same.
        if (task.dead) return;
        this.alive.delete(task);
        this.pause();
      });
  }

  /**
   * A point at which the process of the work that runs here may die or fall asleep.
   * @param sleeps false where no program could notice that it was asleep, as between its last look at the
   * clock and its request
   */
  async point(sleeps = true): Promise<void> {
    const task = this.current.getStore();
    if (!task || task.inTransaction) return undefined;
    // What it waited for may have been given up by a time limit: the dead do not go on after that.
    if (task.dead) return new Promise(() => undefined);
    task.points += 1;
    if (task.fate.diesAt === task.points) {
      this.kill(task);
      this.pause();
      return new Promise(() => undefined);
    }
    if (sleeps && task.fate.sleepsAt === task.points) {
      this.sleeps += 1;
      return this.sleep(task.fate.sleepMs);
    }
    return undefined;
  }

  /** Whatever the worker was doing is not done. */
  killWorker(worker: number): void {
    for (const task of this.alive) if (task.worker === worker && task !== this.current.getStore()) this.kill(task);
  }

  /** Lets the next thing happen. @returns whether there was one before `until` */
  async step(until: number): Promise<boolean> {
    const next = this.heap[0];
    if (!next || next.at > until) {
      this.milliseconds = Math.max(this.milliseconds, until);
      return false;
    }
    this.take();
    this.milliseconds = next.at;
    this.steps += 1;
    next.run();
    await this.quiet();
    return true;
  }

  /** Resolves when nothing runs and the store is asked nothing. */
  async quiet(): Promise<void> {
    for (let turns = 0; turns < 2;) {
      if (this.running > 0) {
        await new Promise<void>((resolve) => (this.idle = resolve));
        turns = 0;
      } else if (this.storeCalls > 0) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        turns = 0;
      } else {
        await new Promise((resolve) => setImmediate(resolve));
        turns += 1;
      }
    }
  }

  private kill(task: Task): void {
    task.dead = true;
    this.alive.delete(task);
    this.deaths += 1;
    this.onDeath(task);
  }

  private pause(): void {
    this.running -= 1;
    if (this.running > 0 || !this.idle) return;
    this.idle();
    this.idle = null;
  }

  private take(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

const before = (one: Happening, other: Happening): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
