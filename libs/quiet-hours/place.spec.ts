import { placeOf, zonesOfAreaCode } from './index';

const of = (phone: string | null, customFields: Record<string, unknown> = {}) => placeOf({ phone, customFields });

describe('placeOf', () => {
  it('goes by the area code where nothing else is known', () => {
    expect(of('+12125550123')).toEqual({
      zones: ['America/New_York'],
      jurisdictions: ['US-NY'],
      tollFree: false,
      from: 'area_code',
    });
    expect(of('+19025550123')).toMatchObject({ zones: ['America/Halifax'], jurisdictions: ['CA-NS', 'CA-PE'] });
    expect(of('+18675550123')).toMatchObject({ jurisdictions: ['CA-NT', 'CA-NU', 'CA-YT'] });
  });

  it.each(['timezone', 'timeZone', 'Time Zone', 'hs_timezone', 'time_zone'])('takes the clock from %j', (key) => {
    const place = of('+12125550123', { [key]: ' america_slash_chicago ' });
    expect(place).toEqual({ zones: ['America/Chicago'], jurisdictions: ['US-NY'], tollFree: false, from: 'timezone' });
  });

  it.each(['EST', 'Etc/GMT+5', 'Mars/Base', '', 5, null])('reads no clock in %j', (timezone) =>
    expect(of('+12125550123', { timezone })).toMatchObject({ zones: ['America/New_York'], from: 'area_code' }),
  );

  it.each([
    'state',
    'State',
    'STATE',
    'State/Region',
    'State / Province',
    'state_code',
    'hs_state_code',
    'region',
    'Province',
    'Mailing State/Province',
    'BillingState',
    'Mailing State',
  ])('reads a state in %j', (key) =>
    expect(of('+12125550123', { [key]: 'IN' })).toEqual({
      zones: ['America/Indiana/Indianapolis', 'America/Chicago'],
      jurisdictions: ['US-IN'],
      tollFree: false,
      from: 'state',
    }),
  );

  it.each([
    ['tx', 'US-TX'],
    [' Texas ', 'US-TX'],
    ['TEXAS', 'US-TX'],
    ['US-TX', 'US-TX'],
    ['Texas, USA', 'US-TX'],
    ['TX, United States', 'US-TX'],
    ['TX - Texas', 'US-TX'],
    ['Texas (TX)', 'US-TX'],
    ['State of Texas', 'US-TX'],
    ['N.Y.', 'US-NY'],
    ['new   york', 'US-NY'],
    ['D.C.', 'US-DC'],
    ['Washington, D.C.', 'US-DC'],
    ['Washington', 'US-WA'],
    ['Georgia', 'US-GA'],
    ['West Virginia', 'US-WV'],
    ['Virginia', 'US-VA'],
    ['Kansas', 'US-KS'],
    ['Arkansas', 'US-AR'],
    ['PR', 'US-PR'],
    ['U.S. Virgin Islands', 'US-VI'],
    ['Québec', 'CA-QC'],
    ['QC', 'CA-QC'],
    ['PQ', 'CA-QC'],
    ['Ontario, Canada', 'CA-ON'],
    ['CA-ON', 'CA-ON'],
    ['CA', 'US-CA'],
    ['Newfoundland & Labrador', 'CA-NL'],
    ['Newfoundland and Labrador', 'CA-NL'],
    ['P.E.I.', 'CA-PE'],
  ])('reads %j as %s', (state, jurisdiction) =>
    expect(of(null, { state })).toMatchObject({ jurisdictions: [jurisdiction], from: 'state' }),
  );

  it.each(['', 'XX', 'Bavaria', 'TX or NY', 'Texas Oklahoma', 'TX - Utah', 7, null, ['TX'], 'x'.repeat(100_000)])(
    'reads no state in %p',
    (state) => expect(of('+12125550123', { state })).toMatchObject({ jurisdictions: ['US-NY'], from: 'area_code' }),
  );

  it('takes the state where the person is before those of the mail and the bills', () => {
    const fields = { 'Billing State': 'NY', 'Mailing State': 'TX', State: 'n/a' };
    expect(of('+13055550123', fields)).toMatchObject({ jurisdictions: ['US-TX'] });
    expect(of('+13055550123', { ...fields, State: 'Ohio' })).toMatchObject({ jurisdictions: ['US-OH'] });
  });

  it('believes two letters only of numbers that begin with +1, and names of all', () => {
    expect(of('+61812345678', { state: 'WA' })).toMatchObject({ jurisdictions: ['AU'], from: 'country' });
    expect(of('+442071838750', { state: 'Texas' })).toMatchObject({ jurisdictions: ['US-TX'], from: 'state' });
    expect(of('+995322123456', { state: 'Georgia' })).toMatchObject({ jurisdictions: ['GE'], from: 'country' });
    expect(of('+18765550123', { state: 'FL' })).toMatchObject({ jurisdictions: ['US-FL'], from: 'state' });
  });

  it('has the clock of the zone and the rules of the state where both are known', () =>
    expect(of('+12125550123', { timezone: 'America/Denver', state: 'TX' })).toEqual({
      zones: ['America/Denver'],
      jurisdictions: ['US-TX'],
      tollFree: false,
      from: 'timezone',
    }));

  it('adds the rules of the country that a zone lies in', () => {
    expect(of('+12125550123', { timezone: 'Europe/Paris' }).jurisdictions).toEqual(['US-NY', 'FR']);
    expect(of('+12125550123', { timezone: 'America/Toronto' }).jurisdictions).toEqual(['US-NY', 'CA']);
    expect(of('+15145550123', { timezone: 'America/Montreal' }).jurisdictions).toEqual(['CA-QC']);
    expect(of('+14165550123', { timezone: 'US/Eastern' }).jurisdictions).toEqual(['CA-ON', 'US']);
    expect(of('+442071838750', { timezone: 'America/New_York' }).jurisdictions).toEqual(['GB', 'US']);
    expect(of('+442071838750', { timezone: 'Australia/Sydney' }).jurisdictions).toEqual(['GB', 'AU']);
    expect(of('+12125550123', { timezone: 'America/Puerto_Rico' }).jurisdictions).toEqual(['US-NY']);
    expect(of('+12125550123', { timezone: 'UTC' })).toMatchObject({ zones: ['UTC'], jurisdictions: ['US-NY'] });
  });

  it('has the rules of all states on the clock of a zone where the number says nothing', () => {
    const { jurisdictions, tollFree } = of('+18005550123', { timezone: 'America/Phoenix' });
    expect([jurisdictions, tollFree]).toEqual([['US-AZ'], true]);
    expect(of(null, { timezone: 'America/Los_Angeles' }).jurisdictions).toEqual(['US-CA', 'US-ID', 'US-NV', 'US-OR', 'US-WA']);
    expect(of(null, { timezone: 'Europe/Berlin' }).jurisdictions).toEqual(['DE']);
    expect(of(null, { timezone: 'America/Halifax' }).jurisdictions).toEqual(['CA']);
    expect(of(null, { timezone: 'America/Puerto_Rico' }).jurisdictions).toEqual(['US-PR']);
  });

  it.each(['+18005550123', '+18335550123', '+18445550123', '+18555550123', '+18665550123', '+18775550123', '+18885550123'])(
    '%s is toll-free, and may be in any state',
    (phone) => {
      const place = of(phone);
      expect(place).toMatchObject({ tollFree: true, from: 'area_code' });
      expect(place.jurisdictions).toHaveLength(51);
      expect(place.zones).toEqual(expect.arrayContaining(['America/New_York', 'Pacific/Honolulu', 'America/Adak']));
    },
  );

  it.each([null, '+15005550123', '+19995550123', '+881612345678', '+80012345678', 'nonsense', ''])(
    'of %j nothing is known: any state',
    (phone) => expect(of(phone)).toEqual({ ...of('+18005550123'), tollFree: false, from: 'none' }),
  );

  it('goes by the country outside of the United States and Canada', () => {
    expect(of('+4930123456')).toEqual({ zones: ['Europe/Berlin'], jurisdictions: ['DE'], tollFree: false, from: 'country' });
    expect(of('+61212345678').zones).toContain('Australia/Perth');
    expect(of('+12425550123')).toMatchObject({ zones: ['America/Nassau'], jurisdictions: ['BS'] });
    expect(of('+18095550123')).toMatchObject({ zones: ['America/Santo_Domingo'], jurisdictions: ['DO'] });
  });

  it('gives one object for each place', () => {
    expect(of('+12125550123')).toBe(of('+16465550123'));
    expect(of('+12125550123')).not.toBe(of('+17165550123', { timezone: 'America/New_York' }));
  });

  it('does not read what an object inherits', () =>
    expect(
      of('+12125550123', Object.create({ state: 'TX', timezone: 'America/Chicago' }) as Record<string, unknown>),
    ).toMatchObject({
      jurisdictions: ['US-NY'],
      from: 'area_code',
    }));
});

describe('zonesOfAreaCode', () => {
  it.each([
    ['+12125550123', ['America/New_York']],
    ['+18505550123', ['America/Chicago', 'America/New_York']],
    ['+19285550123', ['America/Denver', 'America/Phoenix']],
    ['+16045550123', ['America/Vancouver']],
    ['+17875550123', ['America/Puerto_Rico']],
    ['+18005550123', []],
    ['+18765550123', []],
    ['+4930123456', []],
    ['+1212555012', []],
    ['2125550123', []],
  ])('of %s are %j', (phone, zones) => expect(zonesOfAreaCode(phone)).toEqual(zones));
});
