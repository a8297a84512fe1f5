import fc from 'fast-check';
import { DateTime } from 'luxon';
import moment from 'moment-timezone';
import { FORMER_NAMES } from './former-names';
import { isZone, stretchAt } from './zone-clock';
import { TIMEZONE_DATA_RELEASE, zoneChangesOf, zoneNameOf } from './zone-data';

const HOUR = 3_600_000;
const LAST_LISTED = Date.UTC(2037, 11, 31);
const NAMES = moment.tz.names();
const offsetHours = (zone: string, at: string) => stretchAt(zone, Date.parse(at)).offset / HOUR;

describe('the zone data', () => {
  it('is of a release that knows the law of British Columbia (2026b), or of a later one', () => {
    expect(TIMEZONE_DATA_RELEASE).toMatch(/^20\d\d[a-z]$/);
    expect(TIMEZONE_DATA_RELEASE >= '2026b').toBe(true);
  });

  it('knows several hundred zones and aliases, in any case', () => {
    expect(NAMES.length).toBeGreaterThan(590);
    for (const written of [NAMES, NAMES.map((name) => name.toUpperCase()), NAMES.map((name) => name.toLowerCase())]) {
      expect(written.map(zoneNameOf)).toEqual(NAMES);
    }
  });

  it('takes every name that Node takes', () => {
    const ofNode = [...Intl.supportedValuesOf('timeZone'), 'EST5EDT', 'GB-Eire', 'Zulu', 'gmt+0', 'PST', 'IST', 'SystemV/EST5'];
    expect(ofNode.filter((name) => !isZone(name))).toEqual([]);
  });

  it('refuses what comes close to a name', () => {
    const near = [
      'Europe_Berlin',
      'europe/berlin ',
      'Europe//Berlin',
      'Asia/\u212aolkata',
      'Z',
      '+02:00',
      'UTC+2',
      'Factory',
      '',
    ];
    expect(near.filter(isZone)).toEqual([]);
    expect(() => stretchAt('Europe_Berlin', 0)).toThrow('timezone: "Europe_Berlin" is not the name of a time zone');
  });

  it('has the clocks that Node has for its own names', () => {
    for (const [former, zone] of FORMER_NAMES) {
      expect([former, stretchAt(former, 0)]).toEqual([former, stretchAt(zone, 0)]);
      const now = Date.UTC(2024, 6, 1);
      const ofNode = DateTime.fromMillis(now, { zone: former }).offset;
      expect([former, stretchAt(former, now).offset / 60_000]).toEqual([former, ofNode]);
    }
  });

  it('lists the changes of every zone in order, each from the clock that was before', () => {
    const broken = NAMES.filter((name) => {
      const { initial, changes } = zoneChangesOf(name);
      return changes.some(({ at, before }, index) => {
        const previous = changes[index - 1];
        return at <= (previous?.at ?? -Infinity) || before !== (previous?.after ?? initial);
      });
    });
    expect(broken).toEqual([]);
  });

  it('is what moment reads in it, at any instant that it lists', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.integer({ min: Date.UTC(1900, 0), max: LAST_LISTED }), (zone, at) => {
        expect(stretchAt(zone, at).offset).toBe(-Math.round(moment.tz.zone(zone)!.utcOffset(at) * 60) * 1_000);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is what Node has read in its own for half a century, where nobody rewrote history', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'America/St_Johns',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: Date.UTC(2025, 0) }), (zone, at) => {
        expect(stretchAt(zone, at).offset / 60_000).toBe(DateTime.fromMillis(at, { zone }).offset);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has seconds where clocks had them', () => {
    expect(stretchAt('Europe/Berlin', Date.UTC(1850, 0)).offset).toBe((53 * 60 + 28) * 1_000);
    expect(stretchAt('Africa/Monrovia', Date.UTC(1960, 0)).offset).toBe(-(44 * 60 + 30) * 1_000);
  });
});

describe('the clock after the last change that is listed', () => {
  /** Zones that change their clocks in the last year of the data, and so for ever. */
  const changing = NAMES.filter((name) => (zoneChangesOf(name).changes.at(-1)?.at ?? 0) > Date.UTC(2037, 0));

  it('goes on twice a year in every zone that changes its clocks in that year', () => {
    expect(changing.length).toBeGreaterThan(100);
    const changesIn = (zone: string, year: number) => {
      let changes = 0;
      for (let at = stretchAt(zone, Date.UTC(year, 0)).end; at < Date.UTC(year + 1, 0); changes++) at = stretchAt(zone, at).end;
      return changes;
    };
    // In Gaza and Hebron the month of Ramadan adds changes, which are listed for half a century.
    for (const year of [2038, 2039, 2044]) {
      expect(changing.filter((zone) => changesIn(zone, year) !== 2 && !/Gaza|Hebron/.test(zone))).toEqual([]);
    }
    for (const year of [2100, 2399, 2400]) expect(changing.filter((zone) => changesIn(zone, year) !== 2)).toEqual([]);
  });

  it('stays in all others', () => {
    const others = NAMES.filter((name) => !changing.includes(name));
    expect(others.filter((zone) => stretchAt(zone, Date.UTC(2038, 0)).end !== Infinity)).toEqual([]);
  });

  it.each([
    // By the rules of the European Union and of the United States, read off a calendar of 2050.
    ['Europe/Berlin', '2050-03-27T00:59:59.999Z', 1],
    ['Europe/Berlin', '2050-03-27T01:00:00.000Z', 2],
    ['Europe/Berlin', '2050-10-30T00:59:59.999Z', 2],
    ['Europe/Berlin', '2050-10-30T01:00:00.000Z', 1],
    ['America/New_York', '2050-03-13T06:59:59.999Z', -5],
    ['America/New_York', '2050-03-13T07:00:00.000Z', -4],
    ['America/New_York', '2050-11-06T05:59:59.999Z', -4],
    ['America/New_York', '2050-11-06T06:00:00.000Z', -5],
    ['Australia/Lord_Howe', '2050-01-01T00:00:00.000Z', 11],
    ['Australia/Lord_Howe', '2050-07-01T00:00:00.000Z', 10.5],
    ['Pacific/Chatham', '2050-01-01T00:00:00.000Z', 13.75],
    ['America/Vancouver', '2050-01-01T00:00:00.000Z', -7],
    ['Asia/Kolkata', '2050-01-01T00:00:00.000Z', 5.5],
  ])('of %s at %s is %d hours ahead of UTC', (zone, at, hours) => expect(offsetHours(zone, at)).toBe(hours));

  it('meets the listed ones without a gap', () => {
    for (const zone of changing) {
      const last = zoneChangesOf(zone).changes.at(-1)!;
      expect([zone, stretchAt(zone, last.at - 1)]).toEqual([zone, { offset: last.before, end: last.at }]);
      const { offset, end } = stretchAt(zone, last.at);
      expect([zone, offset, end > last.at + 30 * 24 * HOUR && end < last.at + 340 * 24 * HOUR]).toEqual([zone, last.after, true]);
    }
  });
});
