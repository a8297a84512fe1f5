import type { ChannelLine, InboundEvent, Reading } from '../domain/channel';
import type { BridgeMessage } from './bluebubbles.protocol';
import type { BridgeClient, Condition, MessageQuery } from './bridge-client';
import { eventsOfRow } from './events';
import { CLOCK_TOLERANCE_MS } from './sent-messages';

/** Where the reading of a Mac's book of messages stands. */
interface Cursor {
  /** The greatest number of a row that was read, and whose it is: by it another book is known. */
  rowId: number;
  guid: string | null;
  /** Rows up to that number were there when the reading of this book began: they are no news. */
  floor: number;
  /** The greatest date of a row that was read, in ms, by the Mac's clock. */
  latest: number;
  /** Receipts up to then were read, in ms by our clock. */
  receiptsTo: number;
  /** When receipts were last read again far back; absent from cursors of an earlier version. */
  receiptsAgainAt?: number;
}

const LIMIT = 1_000;
/** So many rows are read again: the Mac stores a row a moment before it says to which chat it belongs. */
const ROWS_OVERLAP = 100;
/** Errors of our own messages are looked for so far back, in milliseconds: no event tells of late ones. */
const ERRORS_BACK_MS = 2 * 86_400_000;
/**
 * Receipts are read again from so long before the last reading, in milliseconds: some are dated back. For an
 * account in use these are a thousand, so that only one reading a minute does it; the others overlap as far
 * as clocks differ.
 */
const RECEIPTS_OVERLAP_MS = 15 * 60_000;
const RECEIPTS_OVERLAP_INTERVAL_MS = 60_000;
/** Of another book, rows are read by their dates, from so long before the latest known one. */
const DATES_OVERLAP_MS = 10 * 60_000;
const MAX_DATE_PAGES = 20;
/** The Mac counts nanoseconds from then on. */
const EPOCH_2001_MS = Date.UTC(2001, 0, 1);

/**
 * Reads a Mac's book in the order in which its rows were stored: what comes late, or dated back, or while
 * the server was down, is told by no event. Then errors and receipts of our own messages, which the server
 * may never tell either. Three requests, where there is nothing new.
 */
export class BookReader {
  constructor(
    private readonly client: BridgeClient,
    private readonly now: () => Date,
  ) {}

  /** @returns `null` when a question was not answered */
  async read(line: ChannelLine, stored: object | null, since: Date): Promise<Reading | null> {
    const cursor = cursorOf(stored);
    if (!cursor) return this.begin(line, since);
    const rows = await this.newRows(line, cursor);
    const changes = rows && (await this.changes(line, cursor));
    if (!changes) return null;
    const { last, more } = rows;
    const next: Cursor = {
      ...last,
      floor: rows.floor,
      latest: Math.max(cursor.latest, ...rows.list.map(({ dateCreated }) => dateCreated?.getTime() ?? 0)),
      ...{ receiptsTo: changes.receiptsTo, receiptsAgainAt: changes.receiptsAgainAt },
    };
    return { events: eventsOfRows([...rows.list, ...changes.list]), cursor: next, more };
  }

  /** What is dated before is no news. */
  private async begin(line: ChannelLine, since: Date): Promise<Reading | null> {
    const rows = await this.rowsFrom(line, new Date(since.getTime() - CLOCK_TOLERANCE_MS));
    if (!rows) return null;
    const latest = Math.max(since.getTime(), ...rows.list.map(({ dateCreated }) => dateCreated?.getTime() ?? 0));
    const cursor: Cursor = { ...rows.last, floor: rows.floor, latest, receiptsTo: this.now().getTime() };
    return { events: eventsOfRows(rows.list), cursor, more: false };
  }

  private async newRows(line: ChannelLine, cursor: Cursor): Promise<NewRows | null> {
    const { rowId, floor } = cursor;
    const from = Math.max(floor, rowId - ROWS_OVERLAP);
    const found = await this.ask(line, { where: [rowsAfter(from - 1)], sort: 'ASC', limit: LIMIT });
    if (!found) return null;
    const isOther = await this.isOtherBook(line, cursor, found);
    if (isOther === null) return null;
    // Its numbers say nothing, its dates do.
    if (isOther) return this.rowsFrom(line, new Date(cursor.latest - DATES_OVERLAP_MS));
    const list = found.filter((row) => (row.rowId ?? 0) > floor);
    if (found.length < LIMIT) return { list, last: lastOf(list, cursor), floor, more: false };
    // The answer is in the order of dates, so what was cut off may be anywhere: a window of numbers is whole.
    const end = from + LIMIT - 1;
    const upTo = { statement: 'message.ROWID <= :end', args: { end } };
    const inWindow = await this.ask(line, { where: [rowsAfter(from), upTo], sort: 'ASC', limit: LIMIT });
    if (!inWindow) return null;
    const last = lastOf(inWindow, cursor);
    return { list: inWindow, last: last.rowId > rowId ? last : { rowId: end, guid: null }, floor, more: true };
  }

  /**
   * Is it another Mac, or a book that was made anew?
   * @param found the rows from shortly before the cursor on, cut off by their dates
   * @returns `null` when a question was not answered
   */
  private async isOtherBook(
    line: ChannelLine,
    { rowId, guid }: Cursor,
    found: readonly BridgeMessage[],
  ): Promise<boolean | null> {
    if (rowId === 0) return false;
    let known = found.find((row) => row.rowId === rowId);
    if (!known && found.length === LIMIT) {
      const isIt = { statement: 'message.ROWID = :id', args: { id: rowId } };
      const asked = await this.ask(line, { where: [isIt], sort: 'ASC', limit: 1 });
      if (!asked) return null;
      known = asked[0];
    }
    if (known) return guid !== null && known.guid !== guid;
    // Where greater numbers are there, the row itself was deleted.
    if (found.some((row) => (row.rowId ?? 0) > rowId)) return false;
    const newest = await this.newest(line);
    return newest && newest.length > 0;
  }

  /** Rows by their dates. */
  private async rowsFrom(line: ChannelLine, from: Date): Promise<NewRows | null> {
    const list: BridgeMessage[] = [];
    let after = from;
    for (let page = 0; page < MAX_DATE_PAGES; page += 1) {
      const found = await this.ask(line, { where: [], sort: 'ASC', limit: LIMIT, after });
      if (!found) return null;
      list.push(...found);
      const latest = found.at(-1)?.dateCreated;
      if (found.length < LIMIT || !latest || latest <= after) break;
      after = latest;
    }
    const newest = await this.newest(line);
    if (!newest) return null;
    const last = lastOf([...list, ...newest], { rowId: 0, guid: null });
    return { list, last, floor: last.rowId, more: false };
  }

  private async changes(line: ChannelLine, { receiptsTo, receiptsAgainAt = 0 }: Cursor): Promise<Changes | null> {
    const now = this.now().getTime();
    const isError = { statement: 'message.error != :e', args: { e: 0 } };
    const after = new Date(now - ERRORS_BACK_MS);
    const failed = await this.ask(line, { where: [FROM_ME, isError], sort: 'DESC', limit: LIMIT, after });
    if (!failed) return null;
    // A clock that was set back is no reason to wait for it.
    const again = Math.abs(now - receiptsAgainAt) >= RECEIPTS_OVERLAP_INTERVAL_MS;
    const since = receiptsTo - (again ? RECEIPTS_OVERLAP_MS : CLOCK_TOLERANCE_MS);
    const isDelivered = { statement: 'message.date_delivered >= :d', args: { d: (since - EPOCH_2001_MS) * 1_000_000 } };
    const delivered = await this.ask(line, { where: [FROM_ME, isDelivered], sort: 'DESC', limit: LIMIT });
    return delivered && { list: [...delivered, ...failed], receiptsTo: now, receiptsAgainAt: again ? now : receiptsAgainAt };
  }

  private newest(line: ChannelLine): Promise<BridgeMessage[] | null> {
    return this.ask(line, { where: [], sort: 'DESC', limit: 1 });
  }

  private ask(line: ChannelLine, query: MessageQuery): Promise<BridgeMessage[] | null> {
    return this.client.messages(line, query);
  }
}

type Place = Pick<Cursor, 'rowId' | 'guid'>;

interface NewRows {
  list: BridgeMessage[];
  /** The greatest number among them. */
  last: Place;
  floor: number;
  /** There is more to be read at once. */
  more: boolean;
}

/** What changed of messages of ours that were read before. */
interface Changes {
  list: BridgeMessage[];
  receiptsTo: number;
  receiptsAgainAt: number;
}

const FROM_ME: Condition = { statement: 'message.is_from_me = :m', args: { m: 1 } };
const rowsAfter = (id: number): Condition => ({ statement: 'message.ROWID > :id', args: { id } });

/** The row with the greatest number. */
function lastOf(rows: readonly BridgeMessage[], before: Place): Place {
  return rows.reduce<Place>((last, { rowId, guid }) => ((rowId ?? 0) > last.rowId ? { rowId: rowId!, guid } : last), before);
}

/** One row may be new and have changed: the latter list knows it as it is now. */
function eventsOfRows(rows: readonly BridgeMessage[]): InboundEvent[] {
  const byGuid = new Map(rows.map((row) => [row.guid, row]));
  return [...byGuid.values()].flatMap(eventsOfRow);
}

function cursorOf(stored: object | null): Cursor | null {
  const cursor = (stored ?? {}) as Partial<Cursor>;
  const numbers = [cursor.rowId, cursor.floor, cursor.latest, cursor.receiptsTo];
  return numbers.every((value) => typeof value === 'number') ? (cursor as Cursor) : null;
}
