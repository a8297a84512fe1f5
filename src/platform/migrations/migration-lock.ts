import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Collection, type Db, MongoServerError } from 'mongodb';
import { MIGRATIONS_COLLECTION } from './migration';

const DUPLICATE_KEY = 11_000;
const LOOK_EVERY_MS = 500;

interface LockDocument {
  _id: string;
  token: string;
  holder: string;
  since: Date;
  until: Date;
}

/** Another process runs the migrations now, because this one did not renew its lock in time. */
export class MigrationLockLost extends Error {
  override readonly name = 'MigrationLockLost';

  constructor() {
    super('Another process has taken over the migrations, since this one was not heard of for too long. Nothing is lost.');
  }
}

/**
 * Only one process migrates a database at a time. The lock ends by itself when its holder is not heard of for
 * `leaseMs`, by the clock of the database, which is the same for everybody.
 */
export class MigrationLock {
  private readonly token = randomUUID();
  private readonly locks: Collection<LockDocument>;
  private beating: NodeJS.Timeout | undefined;
  private heldUntil = 0;

  constructor(
    private readonly db: Db,
    private readonly leaseMs: number,
  ) {
    this.locks = db.collection<LockDocument>(MIGRATIONS_COLLECTION);
  }

  /**
   * Waits until no other process has it.
   * @param waiting called once, with whoever has it, when there is a wait
   */
  async acquire(waiting: (holder: string, since: Date) => void): Promise<void> {
    let told = false;
    while (!(await this.take())) {
      const lock = await this.locks.findOne({ _id: 'lock' });
      if (lock && !told) waiting(lock.holder, lock.since);
      told ||= Boolean(lock);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    this.beating = setInterval(() => void this.beat().catch(() => undefined), this.leaseMs / 3);
  }

  /** @throws MigrationLockLost when another process may have it by now */
  assertHeld(): void {
    if (performance.now() > this.heldUntil) throw new MigrationLockLost();
  }

  async release(): Promise<void> {
    clearInterval(this.beating);
    this.heldUntil = 0;
    await this.locks.deleteOne({ _id: 'lock', token: this.token });
  }

  private async take(): Promise<boolean> {
    const from = performance.now();
    const now = await this.now();
    const until = new Date(now.getTime() + this.leaseMs);
    const mine = { token: this.token, holder: `${hostname()}, process ${process.pid}`, since: now, until };
    try {
      await this.locks.updateOne({ _id: 'lock', until: { $lte: now } }, { $set: mine }, { upsert: true });
    } catch (error) {
      // The lock is there and not over, so the upsert met its document.
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
      throw error;
    }
    this.heldUntil = from + this.leaseMs;
    return true;
  }

  private async beat(): Promise<void> {
    const from = performance.now();
    const until = new Date((await this.now()).getTime() + this.leaseMs);
    const { matchedCount } = await this.locks.updateOne({ _id: 'lock', token: this.token }, { $set: { until } });
    this.heldUntil = matchedCount > 0 ? from + this.leaseMs : 0;
  }

  private async now(): Promise<Date> {
    const { localTime } = (await this.db.admin().command({ hello: 1 })) as { localTime: Date };
    return localTime;
  }
}
