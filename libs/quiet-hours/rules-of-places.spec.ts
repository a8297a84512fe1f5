import { isAllowed, placeOf, type QuietHours } from './index';

type Told = Partial<Record<'phone' | 'timezone' | 'state', string>>;

/** Of each person: the setting, the instant, whether it is allowed, and the rule that forbids it. */
const CASES: [why: string, who: Told, setting: QuietHours, utc: string, rule: string | true][] = [
  // Rows of states.
  ['Dallas, Sunday 11:59', { phone: '+12145550123' }, 'local', '2026-11-29T17:59:59Z', 'US-TX Sun 12:00-21:00 America/Chicago'],
  ['Dallas, Sunday 12:00', { phone: '+12145550123' }, 'local', '2026-11-29T18:00:00Z', true],
  [
    'Dallas, Monday 8:30',
    { phone: '+12145550123' },
    'local',
    '2026-11-30T14:30:00Z',
    'US-TX Mon-Sat 09:00-21:00 America/Chicago',
  ],
  ['Birmingham, Sunday', { phone: '+12055550123' }, 'local', '2026-11-29T18:00:00Z', 'US-AL Sun closed America/Chicago'],
  ['Miami 20:00', { phone: '+13055550123' }, 'local', '2026-12-09T01:00:00Z', 'US-FL every day 08:00-20:00 America/New_York'],
  ['Louisville 9:59', { phone: '+15025550123' }, 'local', '2026-12-09T14:59:59Z', 'US-KY every day 10:00-21:00 America/New_York'],
  [
    'Providence, Saturday 17:00',
    { phone: '+14015550123' },
    'local',
    '2026-12-05T22:00:00Z',
    'US-RI Sat 10:00-17:00 America/New_York',
  ],
  ['Providence, Friday 17:59', { phone: '+14015550123' }, 'local', '2026-12-04T22:59:59Z', true],
  ['Providence, Sunday', { phone: '+14015550123' }, 'local', '2026-12-06T17:00:00Z', 'US-RI Sun closed America/New_York'],
  [
    'Portland, Maine, Saturday',
    { phone: '+12075550123' },
    'local',
    '2026-12-05T17:00:00Z',
    'US-ME Sat-Sun closed America/New_York',
  ],
  ['Philadelphia 8:30 before the new law', { phone: '+12155550123' }, 'local', '2026-10-17T12:30:00Z', true],
  ['Philadelphia 20:59 on its last day but one, a Friday', { phone: '+12155550123' }, 'local', '2026-10-17T00:59:59Z', true],
  [
    'Philadelphia, the first Sunday of the new law',
    { phone: '+12155550123' },
    'local',
    '2026-10-18T16:00:00Z',
    'US-PA Sun closed America/New_York',
  ],
  ['Philadelphia, the last Saturday evening before it', { phone: '+12155550123' }, 'local', '2026-10-18T00:30:00Z', true],
  [
    'Philadelphia, past 21:00 before it',
    { phone: '+12155550123' },
    'local',
    '2026-10-17T01:30:00Z',
    'US every day 08:00-21:00 America/New_York',
  ],
  [
    'Philadelphia 19:00 after it',
    { phone: '+12155550123' },
    'local',
    '2026-10-20T23:00:00Z',
    'US-PA Mon-Sat 09:00-19:00 America/New_York',
  ],
  [
    'New York has no row: the federal one',
    { phone: '+12125550123' },
    'local',
    '2026-12-09T02:00:00Z',
    'US every day 08:00-21:00 America/New_York',
  ],
  [
    'Puerto Rico has no row: the federal one',
    { phone: '+17875550123' },
    'local',
    '2026-12-09T01:00:00Z',
    'US every day 08:00-21:00 America/Puerto_Rico',
  ],
  // A state or a zone in the custom fields.
  [
    'Texas as a state has El Paso as well',
    { state: 'TX' },
    'local',
    '2026-12-10T15:30:00Z',
    'US-TX Mon-Sat 09:00-21:00 America/Denver',
  ],
  [
    'a state outweighs the area code',
    { phone: '+12125550123', state: 'Texas' },
    'local',
    '2026-11-29T17:30:00Z',
    'US-TX Sun 12:00-21:00 America/Denver',
  ],
  [
    'a zone outweighs the clocks of a state, whose rules stay',
    { timezone: 'America/Chicago', state: 'TX' },
    'local',
    '2026-12-10T15:30:00Z',
    true,
  ],
  [
    'a zone outweighs the clock of an area code',
    { phone: '+13055550123', timezone: 'America/Los_Angeles' },
    'federal',
    '2026-12-08T15:30:00Z',
    'federal every day 08:00-21:00 America/Los_Angeles',
  ],
  [
    'the rules of an area code hold on the clock of a zone',
    { phone: '+12145550123', timezone: 'America/New_York' },
    'local',
    '2026-11-29T16:30:00Z',
    'US-TX Sun 12:00-21:00 America/New_York',
  ],
  ['one zone of a split code', { phone: '+18505550123', timezone: 'America/New_York' }, 'federal', '2026-12-08T13:30:00Z', true],
  [
    'a zone in France for a number of New York: both',
    { phone: '+12125550123', timezone: 'Europe/Paris' },
    'local',
    '2026-12-06T12:00:00Z',
    'FR Sun closed Europe/Paris',
  ],
  [
    'a zone alone has the rules of all states on that clock',
    { timezone: 'America/Chicago' },
    'local',
    '2026-11-29T18:30:00Z',
    'US-SD Sun closed America/Chicago',
  ],
  // Toll-free numbers.
  [
    'toll-free at 8:00 in Honolulu',
    { phone: '+18335550123' },
    'federal',
    '2026-12-09T17:59:59Z',
    'federal every day 08:00-21:00 America/Adak',
  ],
  [
    'toll-free with a zone is where the zone is',
    { phone: '+18885550123', timezone: 'America/New_York' },
    'federal',
    '2026-12-09T13:00:00Z',
    true,
  ],
  ['toll-free with a state is in the state', { phone: '+18885550123', state: 'FL' }, 'federal', '2026-12-09T14:00:00Z', true],
  [
    'toll-free by the rules of all states: Maine closes first',
    { phone: '+18445550123' },
    'local',
    '2026-12-09T22:00:00Z',
    'US-ME Mon-Fri 09:00-17:00 America/New_York',
  ],
  ['toll-free by the rules of all states, open for some hours', { phone: '+18445550123' }, 'local', '2026-12-09T20:00:00Z', true],
  ['toll-free, strict, in winter from 15:00 in New York', { phone: '+18555550123' }, 'strict', '2026-12-09T20:00:00Z', true],
  ['toll-free, strict, in summer one hour is left', { phone: '+18555550123' }, 'strict', '2027-07-06T20:30:00Z', true],
  [
    'toll-free, strict, in summer it has passed',
    { phone: '+18555550123' },
    'strict',
    '2027-07-06T21:00:00Z',
    'strict Mon-Fri 10:00-17:00 America/New_York',
  ],
  // Other countries.
  ['London by its row', { phone: '+442071838750' }, 'local', '2026-12-09T21:00:00Z', 'GB every day 08:00-21:00 Europe/London'],
  ['Paris, Monday 21:30', { phone: '+33123456789' }, 'local', '2026-12-07T20:30:00Z', true],
  [
    'Paris, Monday 21:30, by the federal hours',
    { phone: '+33123456789' },
    'federal',
    '2026-12-07T20:30:00Z',
    'federal every day 08:00-21:00 Europe/Paris',
  ],
  [
    'Tokyo has no row: the federal hours',
    { phone: '+81312345678' },
    'local',
    '2026-12-09T12:00:00Z',
    'federal every day 08:00-21:00 Asia/Tokyo',
  ],
  [
    'Australia has several clocks: Perth has 7:30',
    { phone: '+61212345678' },
    'local',
    '2026-12-08T23:30:00Z',
    'AU every day 08:00-21:00 Australia/Perth',
  ],
  [
    'Western Australia is no Washington',
    { phone: '+61812345678', state: 'WA' },
    'federal',
    '2026-12-09T10:00:00Z',
    'federal every day 08:00-21:00 Australia/Sydney',
  ],
  ['Jamaica goes by its own clock', { phone: '+18765550123' }, 'local', '2026-12-09T13:00:00Z', true],
  [
    'an unknown code of +1 may be anywhere in the States',
    { phone: '+19995550123' },
    'federal',
    '2026-12-09T17:30:00Z',
    'federal every day 08:00-21:00 America/Adak',
  ],
  ['nothing is known', {}, 'federal', '2026-12-09T18:30:00Z', true],
  [
    'a satellite phone',
    { phone: '+881612345678' },
    'federal',
    '2026-12-09T12:30:00Z',
    'federal every day 08:00-21:00 America/Adak',
  ],
  // Times of one's own, and none.
  ['off', { phone: '+12125550123' }, 'off', '2026-12-09T08:00:00Z', true],
  [
    'custom, on the clock of the person',
    { phone: '+13035550123' },
    [{ days: [3], from: '09:30', to: '12:00' }],
    '2026-12-09T16:30:00Z',
    true,
  ],
  [
    'custom, in the pause',
    { phone: '+13035550123' },
    [
      { days: [1, 3, 5], from: '13:00', to: '18:00' },
      { days: [1, 3, 5], from: '09:00', to: '12:00' },
    ],
    '2026-12-09T19:00:00Z',
    'custom Mon,Wed,Fri 09:00-12:00, 13:00-18:00 America/Denver',
  ],
  [
    'custom, on a day that is not named',
    { phone: '+13035550123' },
    [{ days: [1, 2], from: '09:00', to: '18:00' }],
    '2026-12-09T19:00:00Z',
    'custom Wed-Sun closed America/Denver',
  ],
  [
    'custom, to midnight',
    { phone: '+13035550123' },
    [{ days: [3, 4], from: '00:00', to: '24:00' }],
    '2026-12-10T07:00:00Z',
    true,
  ],
];

describe('rules of states and countries, and what custom fields say', () => {
  it.each(CASES)('%s', (_, { phone = null, ...customFields }, setting, utc, rule) => {
    const verdict = isAllowed(setting, placeOf({ phone, customFields }), new Date(utc));
    expect(verdict).toEqual(rule === true ? { allowed: true, rule: null } : { allowed: false, rule });
  });
});
