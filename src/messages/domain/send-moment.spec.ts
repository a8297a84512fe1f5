import fc from 'fast-check';
import { closesAt, isAllowed } from '#libs/send-window';
import { sendableFrom } from './send-moment';

const EDGE = 5;
const at = (text: string) => new Date(text);

describe('the moment to send', () => {
  it('is now when nothing is in the way', () => {
    expect(sendableFrom(at('2026-03-02T10:20:00.123Z'), {}, EDGE)).toEqual(at('2026-03-02T10:20:00.123Z'));
  });

  it('is never within the edge before the end of an hour', () => {
    expect(sendableFrom(at('2026-03-02T10:59:54.999Z'), {}, EDGE)).toEqual(at('2026-03-02T10:59:54.999Z'));
    expect(sendableFrom(at('2026-03-02T10:59:55.000Z'), {}, EDGE)).toEqual(at('2026-03-02T11:00:00.000Z'));
  });

  it('is never within the edge before the end of a window', () => {
    const window = { sendWindowStart: '09:00', sendWindowEnd: '10:30' };
    expect(sendableFrom(at('2026-03-02T10:29:54.999Z'), window, EDGE)).toEqual(at('2026-03-02T10:29:54.999Z'));
    expect(sendableFrom(at('2026-03-02T10:29:55.000Z'), window, EDGE)).toEqual(at('2026-03-03T09:00:00.000Z'));
  });

  it('does not shy at a midnight at which the window goes on', () => {
    const window = { allowedDaysOfWeek: [1, 2] };
    expect(sendableFrom(at('2026-03-02T23:30:00.000Z'), window, EDGE)).toEqual(at('2026-03-02T23:30:00.000Z'));
  });

  it('is inside the window, clear of the edges, and not before, for any settings', () => {
    const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
    const settings = fc.record({
      timezone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
      sendWindowStart: time,
      sendWindowEnd: time,
      allowedDaysOfWeek: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    });
    const from = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(from, settings, (start, window) => {
        const moment = sendableFrom(start, window, EDGE);
        expect(moment >= start).toBe(true);
        expect(isAllowed(moment, window)).toBe(true);
        const toHour = 3_600_000 - (moment.getTime() % 3_600_000);
        expect(toHour).toBeGreaterThan(EDGE * 1_000);
        const closes = closesAt(moment, window);
        if (closes && !isAllowed(closes, window)) expect(closes.getTime() - moment.getTime()).toBeGreaterThan(EDGE * 1_000);
      }),
    );
  });
});
