import type { ChannelLine } from '../domain/channel';
import { BookReader } from './book-reader';
import type { BridgeClient, MessageQuery } from './bridge-client';

const START = Date.UTC(2026, 0, 5, 12);
const EPOCH_2001 = Date.UTC(2001, 0, 1);
const MINUTE = 60_000;

describe('the reading of receipts', () => {
  let now: number;
  let asked: MessageQuery[];
  /** How long before the reading before receipts were asked for, in seconds. */
  const overlap = (readingBefore: number) => {
    const dates = asked.flatMap(({ where }) => where.flatMap(({ args }) => args.d ?? []));
    return dates.map((date) => (readingBefore - EPOCH_2001 - Number(date) / 1_000_000) / 1_000);
  };

  it('reaches far back once a minute, and else as far as clocks differ', async () => {
    const messages = (_: ChannelLine, query: MessageQuery) => {
      asked.push(query);
      return Promise.resolve([]);
    };
    const reader = new BookReader({ messages } as unknown as BridgeClient, () => new Date(now));
    const read = async (stored: object | null) => {
      asked = [];
      const reading = await reader.read({} as ChannelLine, stored, new Date(START - MINUTE));
      return reading!.cursor;
    };
    now = START;
    let cursor = await read(null);
    const overlaps: number[] = [];
    for (const after of [1_000, 1_000, 57_000, 1_000, 1_000, 10 * MINUTE, 1_000]) {
      const before = now;
      now += after;
      cursor = await read(cursor);
      overlaps.push(...overlap(before));
    }
    expect(overlaps.map(Math.round)).toEqual([900, 10, 10, 10, 900, 900, 10]);
  });
});
