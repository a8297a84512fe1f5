import { Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Clock, TtlCache } from '../clock';
import { WorkQueues } from '../queues';
import { Ticks } from '../ticks';
import { SENDING_FORMAT_ID, type SettingDocument, SETTINGS_COLLECTION } from './settings-document';

/** The form in which this version reads and writes messages, turns, recipients and capacity. */
const SENDING_FORMAT = 2;

const LOOK_EVERY_MS = 1_000;

/**
 * Which form the sending documents have, as MongoDB says, and whether that is the one this version knows. Two
 * versions run beside each other while one replaces the other; a worker of another form must touch no
 * message, or it would read it wrongly and send it twice. A migration that changes the form sets the number
 * to 0, which no worker knows, waits until no message is claimed, changes the documents, and sets the new
 * number.
 */
@Injectable()
export class SendingFormat {
  /** The form that this process knows. */
  readonly own: number = SENDING_FORMAT;
  private readonly logger = new Logger(SendingFormat.name);
  private readonly cache: TtlCache<number | null>;
  private readonly queuesAtRest = new Map<string, boolean>();
  private seen: number | null | undefined;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly workQueues: WorkQueues,
    ticks: Ticks,
    clock: Clock,
  ) {
    this.cache = new TtlCache(clock);
    ticks.every('compare sending formats', LOOK_EVERY_MS, () => this.rest());
  }

  /** May this process claim, plan and settle messages? What was read is up to a second old. */
  async isOwn(): Promise<boolean> {
    const stored = await this.stored();
    if (stored !== this.seen) {
      if (stored !== this.own) {
        this.logger.error({ stored, own: this.own }, `This worker sends nothing: ${this.explain(stored)}`);
      } else if (this.seen !== undefined) {
        this.logger.log({ stored }, 'The sending documents have the format of this worker again; it sends');
      }
      this.seen = stored;
    }
    return stored === this.own;
  }

  /** Why this process sends nothing, as a sentence; `null` when it sends. */
  async pauseReason(): Promise<string | null> {
    const stored = await this.stored();
    return stored === this.own ? null : this.explain(stored);
  }

  /** While the form is another one, this process takes no jobs from the queue and leaves them to others. */
  guard(queue: string): void {
    this.queuesAtRest.set(queue, false);
  }

  private async rest(): Promise<void> {
    const shouldRest = !(await this.isOwn());
    for (const [queue, rests] of this.queuesAtRest) {
      if (rests === shouldRest) continue;
      await (shouldRest ? this.workQueues.restHere(queue) : this.workQueues.goOnHere(queue));
      this.queuesAtRest.set(queue, shouldRest);
    }
  }

  private stored(): Promise<number | null> {
    return this.cache.get('stored', async () => {
      const settings = this.connection.db!.collection<SettingDocument>(SETTINGS_COLLECTION);
      return (await settings.findOne({ _id: SENDING_FORMAT_ID }))?.value ?? null;
    });
  }

  private explain(stored: number | null): string {
    if (stored === 0) return 'a migration is changing the format of the sending documents';
    const other = stored === null ? 'no known format' : `format ${stored}`;
    return `the sending documents have ${other}, and this version knows format ${this.own}`;
  }
}
