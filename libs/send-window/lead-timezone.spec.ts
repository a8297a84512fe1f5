import { isLeadTimezone, nextAllowed, timezoneOfCountry, timezoneOfFields, validateWindow } from './index';
import { ZONE_OF_COUNTRY } from './zone-of-country';

describe('timezoneOfCountry', () => {
  it.each([
    ['DE', 'Europe/Berlin'],
    ['ES', 'Europe/Madrid'],
    ['PT', 'Europe/Lisbon'],
    ['NZ', 'Pacific/Auckland'],
    ['CN', 'Asia/Shanghai'],
    ['UA', 'Europe/Kyiv'],
    ['MY', 'Asia/Kuala_Lumpur'],
    ['GB', 'Europe/London'],
    ['IN', 'Asia/Kolkata'],
    ['ZW', 'Africa/Harare'],
  ])('of %s is %s', (country, zone) => expect(timezoneOfCountry(country)).toBe(zone));

  it.each(['US', 'CA', 'AU', 'BR', 'RU', 'MX', 'ID', 'CD', 'MN', 'XX', '', 'de', 'DEU', 'constructor', '__proto__'])(
    'is none for %j',
    (country) => expect(timezoneOfCountry(country)).toBeNull(),
  );

  it('names only zones that can be computed with', () => {
    expect(ZONE_OF_COUNTRY.size).toBeGreaterThan(220);
    for (const [country, zone] of ZONE_OF_COUNTRY) {
      expect([country, /^[A-Z]{2}$/.test(country), isLeadTimezone(zone)]).toEqual([country, true, true]);
      expect(validateWindow({ timezone: zone })).toEqual([]);
      expect(nextAllowed(new Date(0), { timezone: zone })).toEqual(new Date(0));
    }
  });
});

describe('isLeadTimezone', () => {
  it.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'UTC', 'utc', 'Etc/UTC', 'US/Eastern'])(
    'takes %j',
    (text) => expect(isLeadTimezone(text)).toBe(true),
  );

  it.each([
    '',
    'EST',
    'CET',
    'GMT',
    'PST8PDT',
    'Berlin',
    'Europe',
    'Europe/',
    '/Berlin',
    'Mars/Base',
    'Etc/GMT+5',
    'etc/gmt-3',
    'xUTC',
    'UTCx',
    '+02:00',
    'A/'.repeat(50_000),
  ])('refuses %j', (text) => expect(isLeadTimezone(text)).toBe(false));
});

describe('timezoneOfFields', () => {
  it.each<[Record<string, unknown>, string | null]>([
    [{ timezone: 'Europe/Berlin' }, 'Europe/Berlin'],
    [{ 'Time Zone': ' america/new_york ' }, 'America/New_York'],
    [{ hs_timezone: 'america_slash_argentina_slash_buenos_aires' }, 'America/Argentina/Buenos_Aires'],
    [{ hs_timezone: 'Europe/Paris', timezone: 'utc' }, 'UTC'],
    [{ timezone: 'EST', timeZone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
    [{ timezone: 'EST' }, null],
    [{ timezone: 5, time_zone: null }, null],
    [{ zone: 'Europe/Berlin' }, null],
    [Object.create({ timezone: 'Europe/Berlin' }) as Record<string, unknown>, null],
    [{}, null],
  ])('of %j is %j', (customFields, zone) => expect(timezoneOfFields(customFields)).toBe(zone));
});
