import { forecast } from './forecast';

const at = (time: string) => new Date(`2027-03-01T${time}Z`);
const MINUTE_MS = 60_000;

describe('when many checks will be over', () => {
  const rate = { perDay: 140, leftToday: 100, gapMs: MINUTE_MS, now: at('12:00:00') };

  it.each([
    // Today, one a minute.
    [0, '2027-03-01T12:00:00.000Z'],
    [60, '2027-03-01T13:00:00.000Z'],
    [100, '2027-03-01T13:40:00.000Z'],
    // What is left after today begins at midnight.
    [101, '2027-03-02T00:01:00.000Z'],
    [240, '2027-03-02T02:20:00.000Z'],
    [241, '2027-03-03T00:01:00.000Z'],
    [100 + 140 * 71 + 1, '2027-05-12T00:01:00.000Z'],
  ])('%d checks are over at %s', (checks, expected) => {
    expect(forecast(checks, rate)).toEqual({ perDay: 140, expectedLastAt: new Date(expected) });
  });

  it('counts what the devices can do in a day, where that is less than the lines may', () => {
    const slow = { perDay: 10_000, leftToday: 10_000, gapMs: MINUTE_MS, now: at('23:00:00') };
    expect(forecast(60, slow).expectedLastAt).toEqual(new Date('2027-03-02T00:00:00Z'));
    expect(forecast(61, slow).expectedLastAt).toEqual(new Date('2027-03-02T00:01:00Z'));
    expect(forecast(60 + 1_440 + 1, slow).expectedLastAt).toEqual(new Date('2027-03-03T00:01:00Z'));
  });

  it('knows no time while no line can be asked', () => {
    expect(forecast(5, { ...rate, perDay: 0, leftToday: 0 })).toEqual({ perDay: 0, expectedLastAt: null });
  });

  it('needs no time between checks without a gap', () => {
    expect(forecast(100, { ...rate, gapMs: 0 }).expectedLastAt).toEqual(rate.now);
    expect(forecast(101, { ...rate, gapMs: 0 }).expectedLastAt).toEqual(new Date('2027-03-02T00:00:00Z'));
  });
});
