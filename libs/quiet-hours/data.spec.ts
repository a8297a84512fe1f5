import metadata from 'libphonenumber-js/metadata.max.json';
import { closesAt, isLeadTimezone } from '#libs/send-window';
import { AREAS, islandOfCode, isTollFree } from './area-codes';
import { placeOf } from './index';
import { rulesOfJurisdiction } from './rule-sets';
import { QUIET_HOURS_ROWS } from './rules';
import { ALL_STATES, STATE_JURISDICTIONS, stateOfJurisdiction } from './states';
import { sameClock, zonesOfCountry } from './zones';

/** The pattern of the fixed lines of a country in the metadata of libphonenumber-js. */
function fixedLines(country: 'US' | 'CA' | 'PR' | 'GU' | 'VI' | 'AS' | 'MP'): RegExp {
  const types = (metadata.countries[country] as unknown[])[11] as [[string]];
  return new RegExp(`^(?:${types[0][0]})$`);
}

const ALL_CODES = Array.from({ length: 800 }, (_, index) => String(200 + index));

describe('the table of area codes', () => {
  it('has every code that the phone library knows in the United States, their territories and Canada', () => {
    const patterns = (['US', 'CA', 'PR', 'GU', 'VI', 'AS', 'MP'] as const).map(fixedLines);
    const known = ALL_CODES.filter((code) =>
      patterns.some((each) => ['5550123', '2345678', '6331234'].some((line) => each.test(code + line))),
    );
    expect(known.length).toBeGreaterThan(400);
    expect(known.filter((code) => !AREAS.has(code))).toEqual([]);
  });

  it('has every newer code', () => {
    const newer =
      '235 257 263 273 274 283 324 327 329 350 353 354 363 369 382 428 436 472 483 557 572 584 621 624 645 656 679 683 686 728 730 738 742 748 753 771 821 826 835 839 840 861 879 924 942 943 945 948 975 983';
    expect(newer.split(' ').filter((code) => !AREAS.has(code))).toEqual([]);
  });

  it('has zones for every code, in a state that has that clock', () => {
    expect(AREAS.size).toBe(428);
    for (const [code, { jurisdictions, zones }] of AREAS) {
      expect([code, /^[2-9]\d\d$/.test(code), zones.length > 0, zones.every(isLeadTimezone)]).toEqual([code, true, true, true]);
      const states = jurisdictions.map((each) => stateOfJurisdiction(each)!);
      if (code === '867' || code === '709' || code === '879') continue;
      for (const zone of zones) {
        const lies = states.some((state) => state.zones.some((each) => sameClock(each, zone) || each === 'America/Boise'));
        expect([code, zone, lies || code === '907']).toEqual([code, zone, true]);
      }
    }
  });

  it('has no toll-free code and no island', () => {
    for (const code of AREAS.keys()) expect([code, isTollFree(code), islandOfCode(code)]).toEqual([code, false, undefined]);
  });

  it('leaves no state without a code', () => {
    const served = new Set([...AREAS.values()].flatMap(({ jurisdictions }) => jurisdictions));
    expect(ALL_STATES.map(({ jurisdiction }) => jurisdiction).filter((each) => !served.has(each))).toEqual([]);
    expect([...served].filter((each) => !stateOfJurisdiction(each))).toEqual([]);
  });

  it.each(ALL_CODES.filter((code) => islandOfCode(code) !== undefined))('%s is a country with a clock', (code) => {
    const place = placeOf({ phone: `+1${code}5550123`, customFields: {} });
    expect(place).toMatchObject({ jurisdictions: [islandOfCode(code)], from: 'country' });
    expect(place.zones).toHaveLength(1);
  });
});

describe('states and countries', () => {
  it('are the 50, the District, five territories and 13 provinces, each with clocks and names', () => {
    expect(STATE_JURISDICTIONS).toHaveLength(51);
    expect(ALL_STATES).toHaveLength(51 + 5 + 13);
    expect(new Set(ALL_STATES.map(({ jurisdiction }) => jurisdiction)).size).toBe(69);
    for (const { jurisdiction, zones, names } of ALL_STATES) {
      expect([jurisdiction, zones.length > 0, zones.every(isLeadTimezone), names.length > 0]).toEqual([
        jurisdiction,
        true,
        true,
        true,
      ]);
    }
    expect(STATE_JURISDICTIONS.filter((each) => stateOfJurisdiction(each)!.zones.length > 1)).toHaveLength(15);
  });

  it.each('AU BR CD FM GL ID KI MN MX PF RU'.split(' '))('%s has several clocks', (country) => {
    const zones = zonesOfCountry(country);
    expect(zones.length).toBeGreaterThan(1);
    for (const zone of zones) {
      expect([zone, isLeadTimezone(zone), zones.filter((other) => sameClock(zone, other)).length]).toEqual([zone, true, 1]);
      expect(closesAt(new Date(), { timezone: zone })).toBeNull();
    }
  });
});

describe('the rows of quiet hours', () => {
  it('are those of 27 states, Canada and seven countries', () => {
    const places = new Set(QUIET_HOURS_ROWS.map(({ jurisdiction }) => jurisdiction));
    expect([...places].filter((place) => place.startsWith('US-'))).toHaveLength(27);
    expect([...places].filter((place) => !place.startsWith('US-')).sort()).toEqual('AU CA DE FR GB IE NL NZ US'.split(' '));
    expect(QUIET_HOURS_ROWS).toHaveLength(40);
  });

  it('each have a source, the day of the review, and hours of which the end is later', () => {
    for (const { jurisdiction, hours, sources, reviewed } of QUIET_HOURS_ROWS) {
      expect([jurisdiction, sources.length > 0, /^20\d\d-\d\d-\d\d$/.test(reviewed)]).toEqual([jurisdiction, true, true]);
      if (hours) expect([jurisdiction, hours[0] < hours[1]]).toEqual([jurisdiction, true]);
    }
  });

  /** One line a place, so that a row that changes is seen here. */
  it('say', () => {
    const places = [...new Set(QUIET_HOURS_ROWS.map(({ jurisdiction }) => jurisdiction))].sort();
    const told = places.map((place) => {
      const { name, days } = rulesOfJurisdiction(place).at(-1)!.rules;
      return `${name}: ${[...new Set(days.map(({ text }) => text))].join('; ')}`;
    });
    expect(told).toEqual([
      'AU: every day 08:00-21:00',
      'CA: Sat-Sun 10:00-18:00; Mon-Fri 09:00-21:30',
      'DE: every day 08:00-21:00',
      'FR: Sun closed; Mon-Sat 08:00-22:00',
      'GB: every day 08:00-21:00',
      'IE: every day 08:00-21:00',
      'NL: every day 08:00-21:00',
      'NZ: every day 08:00-21:00',
      'US: every day 08:00-21:00',
      'US-AL: Sun closed; Mon-Sat 08:00-20:00',
      'US-CA: every day 08:00-21:00',
      'US-CT: every day 09:00-20:00',
      'US-FL: every day 08:00-20:00',
      'US-IL: every day 08:00-21:00',
      'US-KY: every day 10:00-21:00',
      'US-LA: Sun closed; Mon-Sat 08:00-20:00',
      'US-MA: every day 08:00-20:00',
      'US-MD: every day 08:00-20:00',
      'US-ME: Sat-Sun closed; Mon-Fri 09:00-17:00',
      'US-MI: every day 09:00-21:00',
      'US-MN: every day 09:00-21:00',
      'US-MS: Sun closed; Mon-Sat 08:00-20:00',
      'US-NJ: every day 08:00-21:00',
      'US-NM: every day 09:00-21:00',
      'US-NV: every day 09:00-20:00',
      'US-OK: every day 08:00-20:00',
      'US-OR: every day 08:00-20:00',
      'US-PA: Sun closed; Mon-Sat 09:00-19:00',
      'US-RI: Sun closed; Mon-Fri 09:00-18:00; Sat 10:00-17:00',
      'US-SD: Sun closed; Mon-Sat 09:00-21:00',
      'US-TX: Sun 12:00-21:00; Mon-Sat 09:00-21:00',
      'US-UT: Sun closed; Mon-Sat 08:00-21:00',
      'US-VA: every day 08:00-21:00',
      'US-WA: every day 08:00-20:00',
      'US-WV: every day 08:00-21:00',
      'US-WY: every day 08:00-20:00',
    ]);
  });

  it('of Pennsylvania begin on 18 October 2026, by its own clock', () => {
    const [before, after] = rulesOfJurisdiction('US-PA');
    expect([before!.rules.name, after!.rules.name, after!.from]).toEqual(['US', 'US-PA', Date.UTC(2026, 9, 18)]);
  });

  it('of a province are those of Canada, of a state without rows the federal ones, of other countries the same hours', () => {
    expect(rulesOfJurisdiction('CA-ON')).toBe(rulesOfJurisdiction('CA'));
    expect(rulesOfJurisdiction('US-NY')).toBe(rulesOfJurisdiction('US'));
    expect(rulesOfJurisdiction('JP')[0]!.rules).toMatchObject({
      name: 'federal',
      hours: rulesOfJurisdiction('US')[0]!.rules.hours,
    });
  });
});
