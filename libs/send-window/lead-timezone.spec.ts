import { isLeadTimezone, nextAllowed, timezoneOfCountry, validateWindow } from './index';
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
