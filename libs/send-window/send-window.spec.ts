import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { closesAt, isAllowed, nextAllowed, type WindowSettings } from './index';

interface WindowCase {
  name: string;
  from: string;
  settings: WindowSettings;
  expected: string;
}

const cases = JSON.parse(readFileSync(join(process.cwd(), 'test/fixtures/send-window.json'), 'utf8')) as WindowCase[];
const groups = [...new Set(cases.map((each) => each.name.split(':')[0]!))];
const at = (text: string) => new Date(text);
/** The mutation test runs all of it hundreds of times; what shows only in the long run is left out there. */
const MUTATED = process.env.STRYKER_MUTATOR_WORKER !== undefined;
const RUNS_PERCENT = Number(process.env.RUNS_PERCENT || 20);
const next = (from: string, settings: WindowSettings) => nextAllowed(at(from), settings).toISOString();
const closes = (from: string, settings: WindowSettings) => closesAt(at(from), settings)?.toISOString() ?? null;

describe('nextAllowed', () => {
  it('has all cases', () => expect(cases).toHaveLength(1_500));

  it.each(groups)('answers every case of "%s"', (group) => {
    const ofGroup = cases.filter((each) => each.name.startsWith(`${group}:`));
    expect(ofGroup.map((each) => ({ ...each, expected: next(each.from, each.settings) }))).toEqual(ofGroup);
  });

  it('agrees with isAllowed and closesAt in every case', () => {
    for (const { name, from, settings, expected } of cases) {
      expect([name, isAllowed(at(from), settings)]).toEqual([name, from === expected]);
      expect([name, isAllowed(at(expected), settings)]).toEqual([name, true]);
      const end = closesAt(at(expected), settings);
      expect([name, end === null || (end > at(expected) && !isAllowed(end, settings))]).toEqual([name, true]);
    }
  });

  it('restricts nothing without settings, also where they are null', () => {
    expect(next('2026-01-01T12:34:56.789Z', {})).toBe('2026-01-01T12:34:56.789Z');
    const nulls = { timezone: null, sendWindowStart: null, sendWindowEnd: null, allowedDaysOfWeek: null };
    expect(next('2026-01-01T12:34:56.789Z', nulls)).toBe('2026-01-01T12:34:56.789Z');
  });

  it('runs a start without an end to midnight, and an end without a start from there', () => {
    const evening = { sendWindowStart: '18:00' };
    expect(next('2026-01-01T17:59:59.999Z', evening)).toBe('2026-01-01T18:00:00.000Z');
    expect(next('2026-01-01T23:59:59.999Z', evening)).toBe('2026-01-01T23:59:59.999Z');
    expect(next('2026-01-02T00:00:00.000Z', evening)).toBe('2026-01-02T18:00:00.000Z');
    const morning = { sendWindowEnd: '09:00' };
    expect(next('2026-01-01T08:59:59.999Z', morning)).toBe('2026-01-01T08:59:59.999Z');
    expect(next('2026-01-01T09:00:00.000Z', morning)).toBe('2026-01-02T00:00:00.000Z');
  });

  it('takes start = end, and midnight to nothing or nothing to midnight, for the whole day', () => {
    const wholeSunday = [
      { sendWindowStart: '09:00', sendWindowEnd: '09:00', allowedDaysOfWeek: [0] },
      { sendWindowStart: '00:00', allowedDaysOfWeek: [0] },
      { sendWindowEnd: '00:00', allowedDaysOfWeek: [0] },
      { allowedDaysOfWeek: [0] },
    ];
    for (const settings of wholeSunday) {
      expect(next('2026-01-03T23:59:59.999Z', settings)).toBe('2026-01-04T00:00:00.000Z');
      expect(next('2026-01-04T08:00:00.000Z', settings)).toBe('2026-01-04T08:00:00.000Z');
      expect(next('2026-01-05T00:00:00.000Z', settings)).toBe('2026-01-11T00:00:00.000Z');
      expect(closes('2026-01-04T08:00:00.000Z', settings)).toBe('2026-01-05T00:00:00.000Z');
    }
  });

  it('waits a week for a window that lies in the hour skipped on its only day', () => {
    const settings = { timezone: 'Europe/Berlin', sendWindowStart: '02:00', sendWindowEnd: '03:00', allowedDaysOfWeek: [0] };
    expect(next('2026-03-23T00:00:00.000Z', settings)).toBe('2026-04-05T00:00:00.000Z');
  });

  it('goes past a day that a country left out', () => {
    // Samoa skipped Friday, 30 December 2011.
    const fridays = { timezone: 'Pacific/Apia', allowedDaysOfWeek: [5] };
    expect(next('2011-12-24T12:00:00.000Z', fridays)).toBe('2012-01-05T10:00:00.000Z');
  });

  it('works before 1970, on both sides of a leap day, and far ahead', () => {
    const mondays = { allowedDaysOfWeek: [1], sendWindowStart: '10:00', sendWindowEnd: '11:00' };
    expect(next('1968-02-28T00:00:00.000Z', mondays)).toBe('1968-03-04T10:00:00.000Z');
    expect(next('2400-02-28T12:00:00.000Z', mondays)).toBe('2400-03-06T10:00:00.000Z');
  });

  it('T01: keeps British Columbia at -07:00 since 2026-03-09, as the law has it', () => {
    const settings = { timezone: 'America/Vancouver', sendWindowStart: '09:00', sendWindowEnd: '17:00' };
    expect(next('2026-12-01T10:00:00.000Z', settings)).toBe('2026-12-01T16:00:00.000Z');
    expect(closes('2026-12-01T16:00:00.000Z', settings)).toBe('2026-12-02T00:00:00.000Z');
    expect(next('2025-12-01T10:00:00.000Z', settings)).toBe('2025-12-01T17:00:00.000Z');
  });

  it('takes the names of zones in any case, however many, and their aliases', () => {
    const settings = { sendWindowStart: '09:00', sendWindowEnd: '10:00' };
    for (const timezone of ['Asia/Kolkata', 'Asia/Calcutta', 'ASIA/KOLKATA', 'asia/calcutta']) {
      expect(next('2026-01-01T00:00:00.000Z', { ...settings, timezone })).toBe('2026-01-01T03:30:00.000Z');
    }
    const letters = [...'america/argentina'];
    for (let variant = 0; variant < (MUTATED ? 50 : 2_500); variant++) {
      const name = letters.map((letter, index) => ((variant >> index) & 1 ? letter.toUpperCase() : letter)).join('');
      const timezone = `${name}/ushuaia`;
      expect(next('2026-01-01T00:00:00.000Z', { ...settings, timezone })).toBe('2026-01-01T12:00:00.000Z');
    }
  });

  it('says of a very long name only how it begins', () => {
    const ask = () => nextAllowed(at('2026-01-01T00:00:00.000Z'), { timezone: 'x'.repeat(1_000) });
    expect(ask).toThrow(`timezone: "${'x'.repeat(64)}" is not the name of a time zone`);
  });

  it('works for centuries on end', () => {
    const settings = { timezone: 'Europe/Berlin', sendWindowStart: '09:00', sendWindowEnd: '10:00', allowedDaysOfWeek: [1] };
    const days = 86_400_000;
    const stride = MUTATED ? 1_600 : Math.round(3_200 / RUNS_PERCENT);
    for (let from = Date.UTC(1950, 0, 1); from < Date.UTC(2_450, 0, 1); from += stride * days) {
      const answer = nextAllowed(new Date(from), settings);
      const local = DateTime.fromJSDate(answer, { zone: 'Europe/Berlin' });
      const late = answer.getTime() - from;
      expect([from, local.weekday, local.toFormat('HH:mm'), late >= 0 && late < 8 * days]).toEqual([from, 1, '09:00', true]);
    }
  });

  it.each([
    [{ timezone: 'Mars/Base' }, /^timezone: "Mars\/Base" is not the name of a time zone$/],
    [{ timezone: '+02:00' }, /^timezone/],
    [{ sendWindowStart: '9:00' }, /^sendWindowStart/],
    [{ sendWindowEnd: '24:00' }, /^sendWindowEnd/],
    [{ allowedDaysOfWeek: [] }, /^allowedDaysOfWeek/],
    [{ allowedDaysOfWeek: [7] }, /^allowedDaysOfWeek/],
  ])('refuses %j', (settings, message) => {
    for (const ask of [nextAllowed, isAllowed, closesAt]) {
      expect(() => ask(at('2026-01-01T00:00:00.000Z'), settings)).toThrow(message);
      expect(() => ask(at('2026-01-01T00:00:00.000Z'), settings)).toThrow(RangeError);
    }
  });

  it('refuses a date that is none, or at the end of the calendar', () => {
    for (const ask of [nextAllowed, isAllowed, closesAt]) {
      for (const date of [new Date(NaN), new Date(8.64e15), new Date(-8.64e15)]) {
        expect(() => ask(date, { timezone: 'Europe/Berlin', allowedDaysOfWeek: [3] })).toThrow('not a valid date');
        expect(() => ask(date, {})).toThrow(RangeError);
      }
    }
  });
});

describe('closesAt', () => {
  it('is null when nothing ever closes', () => {
    expect(closes('2026-01-01T00:00:00.000Z', {})).toBeNull();
    expect(closes('2026-01-01T00:00:00.000Z', { sendWindowStart: '07:00', sendWindowEnd: '07:00' })).toBeNull();
    expect(closes('2026-01-01T00:00:00.000Z', { timezone: 'Asia/Tokyo', allowedDaysOfWeek: [6, 5, 4, 3, 2, 1, 0] })).toBeNull();
  });

  it('is the end of the window, and the moment itself when that is outside', () => {
    const settings = { timezone: 'America/New_York', sendWindowStart: '09:00', sendWindowEnd: '17:00' };
    expect(closes('2026-01-05T14:00:00.000Z', settings)).toBe('2026-01-05T22:00:00.000Z');
    expect(closes('2026-01-05T21:59:59.999Z', settings)).toBe('2026-01-05T22:00:00.000Z');
    expect(closes('2026-01-05T22:00:00.000Z', settings)).toBe('2026-01-05T22:00:00.000Z');
    expect(closes('2026-01-06T03:04:05.678Z', settings)).toBe('2026-01-06T03:04:05.678Z');
  });

  it('counts windows that touch as one, over whole days and over midnight', () => {
    expect(closes('2026-01-05T12:00:00.000Z', { allowedDaysOfWeek: [1, 2, 3, 5] })).toBe('2026-01-08T00:00:00.000Z');
    const nights = { sendWindowStart: '22:00', sendWindowEnd: '06:00', allowedDaysOfWeek: [5] };
    expect(closes('2026-01-09T23:00:00.000Z', nights)).toBe('2026-01-10T06:00:00.000Z');
    expect(closes('2026-01-10T05:00:00.000Z', nights)).toBe('2026-01-10T06:00:00.000Z');
    expect(closes('2026-01-09T05:00:00.000Z', nights)).toBe('2026-01-09T05:00:00.000Z');
  });

  it('closes where the clock falls back out of the window, and where a gap swallows its end', () => {
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    const early = { timezone: 'Europe/Berlin', sendWindowStart: '02:30', sendWindowEnd: '04:00' };
    expect(closes('2026-10-25T00:40:00.000Z', early)).toBe('2026-10-25T01:00:00.000Z');
    expect(closes('2026-10-25T01:30:00.000Z', early)).toBe('2026-10-25T03:00:00.000Z');
    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    const gap = { timezone: 'Europe/Berlin', sendWindowStart: '01:00', sendWindowEnd: '02:30' };
    expect(closes('2026-03-29T00:15:00.000Z', gap)).toBe('2026-03-29T01:00:00.000Z');
    const across = { timezone: 'Europe/Berlin', sendWindowStart: '01:00', sendWindowEnd: '03:30' };
    expect(closes('2026-03-29T00:15:00.000Z', across)).toBe('2026-03-29T01:30:00.000Z');
  });
});
