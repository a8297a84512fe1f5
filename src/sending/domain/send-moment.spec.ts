import fc from 'fast-check';
import { DateTime } from 'luxon';
import { closesAt, isAllowed, type WindowSettings } from '#libs/send-window';
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

  it('is the earliest such moment, by a look at every minute in between, for any settings and edge', () => {
    const minute = fc.integer({ min: 0, max: 59 }).map((value) => String(value).padStart(2, '0'));
    // Close enough to the start that every moment in between can be tried; also at the hours at which clocks
    // change.
    const hour = fc.constantFrom('00', '01', '02', '03', '12', '13', '23');
    const time = fc.tuple(hour, minute).map((parts) => parts.join(':'));
    const settings = fc.record(
      {
        timezone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Europe/Berlin'),
        sendWindowStart: time,
        sendWindowEnd: time,
        allowedDaysOfWeek: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 4 }),
      },
      { requiredKeys: [] },
    );
    const changes = ['2026-03-08T07:00Z', '2026-03-29T01:00Z', '2026-04-04T15:00Z', '2026-10-25T01:00Z', '2026-11-01T06:00Z'];
    const from = fc
      .tuple(fc.constantFrom(...changes, '2026-06-15T12:00Z'), fc.integer({ min: -10_000_000, max: 4_000_000 }))
      .map(([about, away]) => new Date(Date.parse(about) + away));
    // Shorter than the shortest window: in another there is no moment at all.
    const edges = fc.constantFrom(0, 5, 30);
    fc.assert(
      fc.property(from, settings, edges, (start, window, edge) => {
        const answer = sendableFrom(start, window, edge);
        expect([answer >= start, maySendAt(answer, window, edge)]).toEqual([true, true]);
        // Windows and hours begin with whole minutes, so nothing but the start itself and whole minutes can
        // come first.
        const tried = [start.getTime()];
        for (let at = Math.ceil(start.getTime() / MINUTE) * MINUTE; at < answer.getTime(); at += MINUTE) tried.push(at);
        const before = tried.filter((moment) => moment < answer.getTime());
        expect(before.find((moment) => maySendAt(new Date(moment), window, edge))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

const MINUTE = 60_000;

/**
 * The rule read aloud, by the calendar of luxon: inside the window now, and for the whole edge; and the hour
 * does not end in it.
 */
function maySendAt(moment: Date, window: WindowSettings, edgeSeconds: number): boolean {
  const ends = moment.getTime() + edgeSeconds * 1_000;
  if (edgeSeconds > 0 && Math.floor(ends / 3_600_000) !== Math.floor(moment.getTime() / 3_600_000)) return false;
  for (let at = moment.getTime(); at <= ends; at += 5_000) if (!isOpen(at, window)) return false;
  return isOpen(ends, window);
}

function isOpen(at: number, { timezone, sendWindowStart, sendWindowEnd, allowedDaysOfWeek }: WindowSettings): boolean {
  const local = DateTime.fromMillis(at, { zone: timezone ?? 'UTC' });
  const isDay = (day: number) => !allowedDaysOfWeek || allowedDaysOfWeek.includes(day);
  const today = local.weekday % 7;
  const clock = local.toFormat('HH:mm');
  const [start, end] = [sendWindowStart ?? '00:00', sendWindowEnd ?? '24:00'];
  if (start === end) return isDay(today);
  if (start < end) return isDay(today) && start <= clock && clock < end;
  return (isDay(today) && clock >= start) || (isDay((today + 6) % 7) && clock < end);
}
