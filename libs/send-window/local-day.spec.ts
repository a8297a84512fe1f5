import { localDay, nextLocalDay } from './local-day';

describe('a day on the clock of a zone', () => {
  it.each([
    ['2026-03-02T04:59:00Z', 'America/New_York', '2026-03-01', '2026-03-02T05:00:00Z'],
    ['2026-03-02T05:00:00Z', 'America/New_York', '2026-03-02', '2026-03-03T05:00:00Z'],
    // 23 hours, and 25.
    ['2026-03-08T06:00:00Z', 'America/New_York', '2026-03-08', '2026-03-09T04:00:00Z'],
    ['2026-11-01T05:00:00Z', 'America/New_York', '2026-11-01', '2026-11-02T05:00:00Z'],
    // Midnight is skipped: the day begins at one.
    ['2026-04-23T20:00:00Z', 'Africa/Cairo', '2026-04-23', '2026-04-23T22:00:00Z'],
    ['2026-12-31T23:00:00Z', 'UTC', '2026-12-31', '2027-01-01T00:00:00Z'],
    ['2026-06-01T14:00:00Z', 'Pacific/Kiritimati', '2026-06-02', '2026-06-02T10:00:00Z'],
  ])('at %s in %s is %s, and the next begins at %s', (at, zone, day, next) => {
    expect(localDay(new Date(at), zone)).toBe(day);
    const begins = nextLocalDay(new Date(at), zone);
    expect(begins).toEqual(new Date(next));
    expect(localDay(begins, zone)).not.toBe(day);
    expect(localDay(new Date(begins.getTime() - 1), zone)).toBe(day);
  });

  it('refuses a zone that there is not', () => {
    expect(() => localDay(new Date(0), 'Mars/Olympus')).toThrow(RangeError);
  });
});
