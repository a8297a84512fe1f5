import type { Bridge } from '../bridge';
import type { Row } from '../mac/rows';
import type { Delivery } from '../webhooks';
import type { Sleep } from './helper';
import type { PendingSends } from './pending-sends';
import { messageOf } from './serialize';

/** More rows than this are not looked at; the older ones are lost. */
const ROWS_AT_A_LOOK = 100;

/** What is compared to see that a row has changed: its error is not. */
interface Seen {
  date: number;
  isDelivered: boolean;
  dateDelivered: number;
  dateRead: number;
}

interface Found {
  type: string;
  row: Row;
}

/** What came of an event. */
export interface Posted {
  guid: string;
  deliveries: Promise<Delivery[]>;
}

export interface LooksContext {
  bridge: Bridge;
  pending: PendingSends;
  sleep: Sleep;
  /** By the Mac's clock. */
  macNow(): number;
  /** The tempGuid is not in flight any more. */
  forgetTempGuid(tempGuid: string): void;
  post(type: string, data: unknown): Promise<Delivery[]>;
}

const GROUP_EVENTS: Record<string, string> = {
  '1/0': 'participant-added',
  '1/1': 'participant-removed',
  '2/0': 'group-name-change',
  '3/0': 'participant-left',
  '3/1': 'group-icon-changed',
  '3/2': 'group-icon-removed',
};

/**
 * How the server notices what happens in the database: some while after a change it looks at the newest rows,
 * compares them with what it remembers, and posts what is new. Everything that is lost or repeated follows
 * from that.
 */
export class Looks {
  private readonly seen = new Map<string, number>();
  private readonly states = new Map<string, Seen>();
  private unsent = new Set<number>();
  private lastLook = 0;
  private next: Promise<Posted[]> | null = null;
  /** How often the next event of a row is to be posted: 0 loses it, 2 repeats it. */
  private readonly times = new Map<string, number>();

  constructor(private readonly context: LooksContext) {}

  /** At a start the newest rows count as known, but for so many that will come again. */
  start(repeat: number): void {
    const { bridge } = this.context;
    const { startWindowMs, lateWindowMs } = bridge.times;
    this.lastLook = Math.min(bridge.changedAt, this.context.macNow()) - startWindowMs;
    const rows = this.rowsSince(this.lastLook);
    for (const row of rows.slice(repeat)) this.noteEvent(row);
    const oldest = bridge.db.newest(repeat, -Infinity).at(-1);
    if (oldest) this.lastLook = Math.min(this.lastLook, oldest.date + lateWindowMs);
  }

  /** The database has changed; gives what the look that follows has posted. */
  changed(): Promise<Posted[]> {
    this.next ??= this.lookSoon();
    return this.next;
  }

  /** The next event of a row is posted so often. */
  deliver(guid: string, times: number): void {
    this.times.set(guid, times);
  }

  /** As after an hour: the server does not know any more that it has posted the row. */
  forget(guid: string): void {
    this.seen.delete(guid);
  }

  private async lookSoon(): Promise<Posted[]> {
    await this.context.sleep(this.context.bridge.times.lookDelayMs);
    this.next = null;
    return this.look();
  }

  private async look(): Promise<Posted[]> {
    const { lateWindowMs, longestGapMs, emitGapMs, eventMemoryMs } = this.context.bridge.times;
    const now = this.context.macNow();
    const isValid = this.lastLook > 0 && this.lastLook <= now;
    const previous = isValid ? Math.max(this.lastLook, now - longestGapMs) : now;
    const rows = this.rowsSince(Math.min(previous - lateWindowMs, now));
    const posted: Posted[] = [];
    const found = [...this.groupChanges(rows), ...this.onceUnsent(posted)];
    for (const row of rows) if (!row.isSent && row.isFromMe) this.unsent.add(row.rowid);
    for (const row of rows) {
      const type = this.noteEvent(row);
      if (type === null) continue;
      if (row.isFromMe) this.match(row, posted);
      found.push({ type, row });
    }
    this.lastLook = now;
    for (const [guid, at] of this.seen) if (at < now - eventMemoryMs) this.seen.delete(guid);

    found.sort((one, other) => one.row.date - other.row.date);
    for (const { type, row } of found) {
      posted.push({ guid: row.guid, deliveries: this.post(type, row) });
      if (emitGapMs > 0) await this.context.sleep(emitGapMs);
    }
    return posted;
  }

  /** The newest rows that count as changed since then, the newest first. */
  private rowsSince(after: number): Row[] {
    const { db, times } = this.context.bridge;
    return db.newest(ROWS_AT_A_LOOK, after - times.lookBackMs).filter((row) => {
      if (row.date >= after) return true;
      if (!row.isFromMe) return false;
      const isUndated = row.isDelivered && row.dateDelivered === null;
      return isUndated || (row.dateDelivered ?? 0) >= after || (row.dateRead ?? 0) >= after;
    });
  }

  /** The event that a row is worth, which is then known. */
  private noteEvent(row: Row): string | null {
    const state: Seen = {
      date: row.date,
      isDelivered: row.isDelivered,
      dateDelivered: row.dateDelivered ?? 0,
      dateRead: row.dateRead ?? 0,
    };
    const before = this.states.get(row.guid);
    if (!this.seen.has(row.guid)) {
      this.seen.set(row.guid, this.context.macNow());
    } else {
      const isChanged =
        before !== undefined &&
        (state.isDelivered !== before.isDelivered ||
          state.dateDelivered > before.dateDelivered ||
          state.dateRead > before.dateRead);
      if (!isChanged) return null;
      this.states.set(row.guid, state);
      return 'updated-message';
    }
    this.states.set(row.guid, state);
    return 'new-message';
  }

  private groupChanges(rows: Row[]): Found[] {
    return rows.flatMap((row) => {
      const type = GROUP_EVENTS[`${row.itemType}/${row.itemType === 2 ? 0 : row.groupActionType}`];
      const key = `group-change-${row.rowid}`;
      if (type === undefined || row.text || this.seen.has(key)) return [];
      this.seen.set(key, this.context.macNow());
      return [{ type, row }];
    });
  }

  /** Own rows that were not sent when they were last looked at. */
  private onceUnsent(posted: Posted[]): Found[] {
    const { db } = this.context.bridge;
    const rows = [...this.unsent].map((rowid) => db.rows[rowid - 1]!);
    this.unsent = new Set(rows.filter(({ isSent, error }) => !isSent && error === 0).map(({ rowid }) => rowid));
    return rows.flatMap((row) => {
      if (!row.isSent && row.error === 0) return [];
      const type = this.noteEvent(row);
      if (type === null) return [];
      if (row.error === 0) {
        this.match(row, posted);
        return [{ type, row }];
      }
      return [{ type: 'message-send-error', row }];
    });
  }

  /** The send that waits for the row has it, and its tempGuid goes out with the row, right or wrong. */
  private match(row: Row, posted: Posted[]): void {
    const pending = this.context.pending.take(row);
    if (!pending) return;
    pending.settle(row);
    if (pending.tempGuid === null) return;
    this.context.forgetTempGuid(pending.tempGuid);
    const data = { ...messageOf(row, { chats: 'all', attachments: true, isEvent: true }), tempGuid: pending.tempGuid };
    posted.push({ guid: row.guid, deliveries: this.postOwn('new-message', row, data) });
  }

  private async post(type: string, row: Row): Promise<Delivery[]> {
    const times = this.times.get(row.guid) ?? 1;
    this.times.delete(row.guid);
    const chats = type === 'updated-message' ? 'none' : 'all';
    const data = messageOf(row, { chats, attachments: true, isEvent: true });
    const deliveries: Delivery[] = [];
    for (let time = 0; time < times; time++) deliveries.push(...(await this.postOwn(type, row, data)));
    return deliveries;
  }

  private async postOwn(type: string, row: Row, data: unknown): Promise<Delivery[]> {
    const { echoes, deaf } = this.context.bridge.controls;
    if (row.isFromMe ? type === 'new-message' && !echoes : deaf) return [];
    return this.context.post(type, data);
  }
}
