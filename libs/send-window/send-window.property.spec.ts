import fc from 'fast-check';
import moment from 'moment-timezone';
import { closesAt, isAllowed, isEverOpen, nextAllowed, validateWindow, type WindowSettings } from './index';

const MINUTE = 60_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'America/Havana',
  'America/Vancouver',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Antarctica/Troll',
  'Atlantic/Azores',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];

/**
 * The rules read aloud, for one instant: slow, by the calendar of moment, on the same zone data but sharing
 * no code with what is tested.
 */
function allowedByTheRules(
  instant: number,
  { timezone, sendWindowStart, sendWindowEnd, allowedDaysOfWeek }: WindowSettings,
): boolean {
  const local = moment.tz(instant, timezone ?? 'UTC');
  const isDay = (day: number) => !allowedDaysOfWeek || allowedDaysOfWeek.includes(day);
  const today = local.day();
  const time = local.format('HH:mm');
  const start = sendWindowStart ?? '00:00';
  const end = sendWindowEnd ?? '24:00';
  if (start === end) return isDay(today);
  if (start < end) return isDay(today) && start <= time && time < end;
  return (isDay(today) && time >= start) || (isDay((today + 6) % 7) && time < end);
}

const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
/** Windows at night, where clocks change. */
const nightTime = fc
  .tuple(fc.nat(3), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `0${hour}:${String(minute).padStart(2, '0')}`);
const settings: fc.Arbitrary<WindowSettings> = fc.record(
  {
    timezone: fc.constantFrom(...ZONES),
    sendWindowStart: fc.oneof(time, nightTime),
    sendWindowEnd: fc.oneof(time, nightTime),
    allowedDaysOfWeek: fc.uniqueArray(fc.nat(6), { minLength: 1 }),
  },
  { requiredKeys: [] },
);
/** Instants of 2024 to 2028, one in two near a change of clocks somewhere. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 11, 31) }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 2, 29, 1),
        Date.UTC(2026, 9, 25, 1),
        Date.UTC(2026, 3, 4, 15),
        Date.UTC(2026, 2, 8, 7),
        Date.UTC(2026, 10, 1, 6),
      ),
      fc.integer({ min: -200_000_000, max: 20_000_000 }),
    )
    .map(([change, away]) => change + away),
);

describe('the send window, against the rules read minute by minute', () => {
  it('of several zones it is open where it is in all, and not before; else the first of them counts', () => {
    const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(instant, settings, zones, (start, rules, alsoIn) => {
        const from = new Date(start);
        const inAll = { ...rules, alsoIn };
        const opens = nextAllowed(from, inAll);
        if (!isEverOpen(from, inAll)) return opens.getTime() === nextAllowed(from, rules).getTime();
        const isOpen = (at: number) =>
          [rules, ...alsoIn.map((timezone) => ({ ...rules, timezone }))].every((one) => allowedByTheRules(at, one));
        const looks = Array.from({ length: 40 }, (_, look) => start + Math.floor(((opens.getTime() - start) * look) / 40));
        const closes = closesAt(opens, inAll)?.getTime();
        return (
          isOpen(opens.getTime()) &&
          looks.every((at) => at === opens.getTime() || !isOpen(at)) &&
          (closes === undefined || (!isOpen(closes) && isOpen(closes - 1)))
        );
      }),
      { numRuns: 300 },
    );
  });

  it('isAllowed is what the rules say', () => {
    fc.assert(
      fc.property(instant, settings, (at, rules) => isAllowed(new Date(at), rules) === allowedByTheRules(at, rules)),
      { numRuns: 1_000 },
    );
  });

  it('nextAllowed is the first allowed minute', () => {
    fc.assert(
      fc.property(instant, settings, (from, rules) => {
        const answer = nextAllowed(new Date(from), rules).getTime();
        if (allowedByTheRules(from, rules)) return expect(answer).toBe(from);
        let minute = Math.ceil(from / MINUTE) * MINUTE;
        // A quarter of an hour at a time up to the answer, every minute near it: windows open on whole
        // minutes.
        while (!allowedByTheRules(minute, rules)) minute += answer - minute > 3 * 3_600_000 ? 15 * MINUTE : MINUTE;
        expect(new Date(answer)).toEqual(new Date(minute));
      }),
      { numRuns: 150 },
    );
  });

  it('closesAt is the first minute that is not allowed any more', () => {
    fc.assert(
      fc.property(instant, settings, (from, rules) => {
        const answer = closesAt(new Date(from), rules)?.getTime();
        if (answer === undefined) {
          for (let hour = 0; hour < 170; hour++) expect(allowedByTheRules(from + hour * 3_600_000, rules)).toBe(true);
          return;
        }
        if (!allowedByTheRules(from, rules)) return expect(answer).toBe(from);
        let minute = Math.floor(from / MINUTE) * MINUTE + MINUTE;
        while (allowedByTheRules(minute, rules)) minute += answer - minute > 3 * 3_600_000 ? 15 * MINUTE : MINUTE;
        expect(new Date(answer)).toEqual(new Date(minute));
      }),
      { numRuns: 150 },
    );
  });

  it('an answer is allowed, not before the question, and stays the answer', () => {
    fc.assert(
      fc.property(instant, settings, (from, rules) => {
        const answer = nextAllowed(new Date(from), rules);
        expect(answer.getTime()).toBeGreaterThanOrEqual(from);
        expect(isAllowed(answer, rules)).toBe(true);
        expect(nextAllowed(answer, rules)).toEqual(answer);
        if (answer.getTime() > from) expect(answer.getTime() % MINUTE).toBe(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('whatever validateWindow takes can be asked, and what it refuses is refused', () => {
    const odd = fc.oneof(time, fc.constantFrom('24:00', '7:00', '', 'x'), fc.constant(null));
    const any = fc.record(
      {
        timezone: fc.constantFrom<string | null>(...ZONES, 'EST', 'Mars/Base', '', null),
        sendWindowStart: odd,
        sendWindowEnd: odd,
        allowedDaysOfWeek: fc.option(fc.array(fc.integer({ min: -1, max: 7 }), { maxLength: 4 })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(instant, any, (from, rules) => {
        const ask = () => nextAllowed(new Date(from), rules);
        if (validateWindow(rules).length > 0) expect(ask).toThrow(RangeError);
        else expect(ask().getTime()).toBeGreaterThanOrEqual(from);
      }),
      { numRuns: 500 },
    );
  });
});
