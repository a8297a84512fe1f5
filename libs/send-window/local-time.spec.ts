import fc from 'fast-check';
import moment from 'moment-timezone';
import { instantOf } from './index';

const read = (time: string, timezone = 'UTC') => instantOf(time, timezone).toISOString();

describe('instantOf', () => {
  it.each([
    // T05
    ['2026-12-24T09:00:00', 'America/New_York', '2026-12-24T14:00:00.000Z'],
    ['2026-12-24 09:00:00', 'America/New_York', '2026-12-24T14:00:00.000Z'],
    ['2026-12-24T09:00', 'America/New_York', '2026-12-24T14:00:00.000Z'],
    ['2026-12-24', 'America/New_York', '2026-12-24T05:00:00.000Z'],
    ['2026-12-24T09:00:00', 'Asia/Kathmandu', '2026-12-24T03:15:00.000Z'],
    ['2026-12-24T09:00:00', 'UTC', '2026-12-24T09:00:00.000Z'],
    // What names an offset stays.
    ['2026-12-24T09:00:00Z', 'America/New_York', '2026-12-24T09:00:00.000Z'],
    ['2026-12-24T09:00:00.5z', 'America/New_York', '2026-12-24T09:00:00.500Z'],
    ['2026-12-24T09:00:00+02:00', 'America/New_York', '2026-12-24T07:00:00.000Z'],
    ['2026-12-24T09:00:00-0530', 'America/New_York', '2026-12-24T14:30:00.000Z'],
    // Berlin on the days of the change: 02:30 is skipped in March and comes twice in October.
    ['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
    ['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['2026-10-25T12:00:00', 'Europe/Berlin', '2026-10-25T11:00:00.000Z'],
    ['2026-12-01T09:00:00', 'America/Vancouver', '2026-12-01T16:00:00.000Z'],
  ])('reads %s in %s as %s', (time, timezone, instant) => expect(read(time, timezone)).toBe(instant));

  it('is read on the local clock of the answer, wherever that time exists', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Chatham', 'Asia/Gaza'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }),
        (timezone, instant) => {
          const time = moment.tz(instant, timezone).format('YYYY-MM-DDTHH:mm:ss');
          const answer = instantOf(time, timezone).getTime();
          expect(moment.tz(answer, timezone).format('YYYY-MM-DDTHH:mm:ss')).toBe(time);
          expect(answer).toBeLessThanOrEqual(instant);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('refuses what is no time, and an unknown zone', () => {
    expect(() => instantOf('soon', 'UTC')).toThrow('not a valid date');
    expect(() => instantOf('2026-12-24T09:00:00', 'Mars/Base')).toThrow('not the name of a time zone');
  });
});
