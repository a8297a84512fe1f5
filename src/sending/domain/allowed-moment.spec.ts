import fc from 'fast-check';
import { isAllowed } from '#libs/send-window';
import { allowedUntil } from './allowed-moment';

const at = (text: string) => new Date(text);
const open = { window: {}, quietHours: 'off', place: { zones: [] }, edgeSeconds: 5 } as never;
const restrictedBy = (more: object) => Object.assign({}, open, more) as Parameters<typeof allowedUntil>[1];
const TIMEOUT_MS = 200_000;

describe('until when what starts now may reach its provider', () => {
  it.each([
    ['the end of the hour', '2026-03-02T10:20:00.123Z', {}, '2026-03-02T11:00:00Z'],
    ['the end of the window', '2026-03-02T10:28:03Z', { window: { sendWindowEnd: '10:30' } }, '2026-03-02T10:30:00Z'],
    [
      'the last second of a window, however late it is',
      '2026-03-02T10:29:59.500Z',
      { window: { sendWindowEnd: '10:30' } },
      '2026-03-02T10:30:00Z',
    ],
    ['the end of a day that is allowed', '2026-03-02T23:59:30Z', { window: { allowedDaysOfWeek: [1] } }, '2026-03-03T00:00:00Z'],
    [
      'a window further away than any hand-over',
      '2026-03-02T10:02:00Z',
      { window: { sendWindowEnd: '10:30' } },
      '2026-03-02T11:00:00Z',
    ],
  ])('%s', (_, from, more, until) => {
    expect(allowedUntil(at(from), restrictedBy(more), TIMEOUT_MS)).toEqual(at(until));
  });

  it('an answer of the product itself has its hour alone', () => {
    expect(allowedUntil(at('2026-03-02T10:20:00Z'), null, TIMEOUT_MS)).toEqual(at('2026-03-02T11:00:00Z'));
  });

  it('every moment up to it is in the window, and it is not, or it is the hour, for any window', () => {
    const minute = fc.integer({ min: 0, max: 59 }).map((value) => String(value).padStart(2, '0'));
    const window = fc.record({
      timezone: fc.constantFrom('UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/Berlin'),
      sendWindowStart: minute.map((value) => `08:${value}`),
      sendWindowEnd: minute.map((value) => `19:${value}`),
    });
    const from = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(from, window, (start, settings) => {
        fc.pre(isAllowed(start, settings));
        const until = allowedUntil(start, restrictedBy({ window: settings }), TIMEOUT_MS);
        const last = Math.min(until.getTime() - 1, start.getTime() + TIMEOUT_MS);
        expect(isAllowed(new Date(last), settings)).toBe(true);
        if (until.getTime() % 3_600_000 !== 0) expect(isAllowed(until, settings)).toBe(false);
      }),
    );
  });
});
