import { setMaxListeners } from 'node:events';
import type { Bridge } from '../bridge';
import type { Delivery } from '../webhooks';
import { Helper } from './helper';
import { Looks } from './looks';
import { type PendingDraft, type PendingSend, PendingSends } from './pending-sends';

/** What a server lives in. */
export interface Surroundings {
  /** The time by the Mac's clock. */
  macNow(bridge: Bridge): number;
  /** Ends early with the signal. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  background(work: Promise<unknown>): void;
  postEvent(bridge: Bridge, type: string, data: unknown): Promise<Delivery[]>;
}

/** Thrown out of whatever waits when the server ends. */
export class ServerEnded extends Error {}

/**
 * The server from its start to its end: what it remembers is lost with it, while the Mac's database and the
 * registered URLs stay.
 */
export class ServerProcess {
  readonly helper: Helper;
  readonly looks: Looks;
  /** tempGuids of sends whose rows were not seen yet. */
  readonly inFlight = new Set<string>();
  /** Guids of the chats in which we type. */
  readonly typing = new Set<string>();
  private readonly pending = new PendingSends();
  private readonly ending = new AbortController();
  private busyUntil = 0;

  constructor(
    private readonly world: Surroundings,
    private readonly bridge: Bridge,
  ) {
    // Any number of answers may hang on it at once.
    setMaxListeners(0, this.ending.signal);
    this.helper = new Helper(bridge, (ms) => this.sleep(ms));
    this.looks = new Looks({
      bridge,
      pending: this.pending,
      sleep: (ms) => this.sleep(ms),
      macNow: () => world.macNow(bridge),
      forgetTempGuid: (tempGuid) => this.inFlight.delete(tempGuid),
      post: (type, data) => this.post(type, data),
    });
  }

  /** Seeds what it knows from the database, and tells the registered URLs that it is there. */
  start(repeat = 0): Promise<Delivery[]> {
    this.looks.start(repeat);
    return this.post('hello-world', null);
  }

  /** Everything that waits is thrown out. */
  end(): void {
    this.ending.abort();
  }

  get hasEnded(): boolean {
    return this.ending.signal.aborted;
  }

  /** @throws ServerEnded */
  async sleep(ms: number): Promise<void> {
    await this.world.sleep(ms, this.ending.signal);
    if (this.hasEnded) throw new ServerEnded();
  }

  /** Waits for what only the end of the server can break off. */
  async orEnd<T>(work: Promise<T>): Promise<T> {
    let left: () => void = () => undefined;
    const ended = new Promise<never>((_, reject) => {
      left = () => reject(new ServerEnded());
      if (this.hasEnded) left();
      this.ending.signal.addEventListener('abort', left, { once: true });
    });
    return Promise.race([work, ended]).finally(() => this.ending.signal.removeEventListener('abort', left));
  }

  /** A send that waits for its row, and leaves its tempGuid behind for a while. */
  expect(draft: PendingDraft): PendingSend {
    const pending = this.pending.add(draft);
    const over = this.sleep(this.bridge.times.sendPromiseMs).catch(() => undefined);
    // A file is waited for longer than any answer takes.
    if (!draft.isFile) this.world.background(over.then(() => this.pending.drop(pending)));
    return pending;
  }

  /** A very long text stops the server for everybody. */
  stall(text: string): void {
    const megabytes = Buffer.byteLength(text) / 1_048_576;
    if (megabytes >= 1) this.busyUntil = Math.max(this.busyUntil, performance.now()) + megabytes * this.bridge.times.megabyteMs;
  }

  async whileStalled(): Promise<void> {
    const left = this.busyUntil - performance.now();
    if (left > 0) await this.sleep(left);
  }

  private async post(type: string, data: unknown): Promise<Delivery[]> {
    return this.world.postEvent(this.bridge, type, data);
  }
}
