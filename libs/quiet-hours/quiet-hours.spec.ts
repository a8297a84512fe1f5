import { readFileSync } from 'node:fs';
import moment from 'moment-timezone';
import { isAllowed, placeOf, type QuietHours } from './index';
import { STATE_ZONES } from './states';
import { sameClock } from './zones';

interface Case {
  id: string;
  phone?: string;
  timezone?: string;
  state?: string;
  preset: QuietHours;
  utc: string;
  allowed: boolean;
  zones: string[] | 'the 50 states';
  local: string[];
  why: string;
}

const CASES = JSON.parse(readFileSync('test/fixtures/consent/quiet-hours-cases.json', 'utf8')) as Case[];

function placeOfCase({ phone, timezone, state }: Pick<Case, 'phone' | 'timezone' | 'state'>) {
  return placeOf({ phone: phone ?? null, customFields: { ...(timezone && { timezone }), ...(state && { state }) } });
}

describe('the cases of quiet hours', () => {
  it.each(CASES.map((each) => [`${each.id}: ${each.why}`, each] as const))('%s', (_, each) => {
    const place = placeOfCase(each);
    const expected = each.zones === 'the 50 states' ? STATE_ZONES : each.zones;
    // Zones that show the same time are one clock, whatever they are called.
    for (const zone of expected) expect([zone, place.zones.some((own) => sameClock(own, zone))]).toEqual([zone, true]);
    for (const own of place.zones) expect([own, expected.some((zone) => sameClock(own, zone))]).toEqual([own, true]);
    for (const local of each.local) {
      const [zone] = local.split(' ') as [string];
      expect(`${zone} ${moment.tz(each.utc, zone).format('ddd HH:mm:ss Z')}`).toBe(local);
    }
    const verdict = isAllowed(each.preset, place, new Date(each.utc));
    expect(verdict.allowed).toBe(each.allowed);
    expect(verdict.rule === null).toBe(each.allowed);
  });

  it('are 40', () => expect(CASES).toHaveLength(40));
});

type Told = Partial<Record<'phone' | 'timezone' | 'state', string>>;

/** Of each person: the setting, the instant, whether it is allowed, and the rule that forbids it. */
const OWN: [why: string, who: Told, setting: QuietHours, utc: string, rule: string | true][] = [
  // Clock changes of 2027 (14 March, 7 November) and 2026 (1 November), on both sides.
  [
    'Chicago 7:59 before the spring change',
    { phone: '+13125550123' },
    'federal',
    '2027-03-13T13:59:59Z',
    'federal every day 08:00-21:00 America/Chicago',
  ],
  ['Chicago 8:00 before the spring change', { phone: '+13125550123' }, 'federal', '2027-03-13T14:00:00Z', true],
  ['Chicago 8:00 on the day of the spring change', { phone: '+13125550123' }, 'federal', '2027-03-14T13:00:00Z', true],
  ['Los Angeles 20:59 on the day of the autumn change', { phone: '+12135550123' }, 'federal', '2026-11-02T04:59:59Z', true],
  [
    'Los Angeles 21:00 on the day of the autumn change',
    { phone: '+12135550123' },
    'federal',
    '2026-11-02T05:00:00Z',
    'federal every day 08:00-21:00 America/Los_Angeles',
  ],
  [
    'Denver 7:30 on the day of the autumn change, which a stale offset reads as 8:30',
    { phone: '+13035550123' },
    'federal',
    '2027-11-07T14:30:00Z',
    'federal every day 08:00-21:00 America/Denver',
  ],
  // Area codes on two clocks.
  [
    'Pensacola 20:59 and Tallahassee 21:59',
    { phone: '+18505550123' },
    'federal',
    '2026-12-09T02:59:00Z',
    'federal every day 08:00-21:00 America/New_York',
  ],
  [
    'the overlay 448 has the clocks of 850',
    { phone: '+14485550123' },
    'federal',
    '2026-12-08T13:30:00Z',
    'federal every day 08:00-21:00 America/Chicago',
  ],
  [
    'the overlay 729 has the clocks of 423',
    { phone: '+17295550123' },
    'federal',
    '2026-12-09T02:30:00Z',
    'federal every day 08:00-21:00 America/New_York',
  ],
  [
    'the overlay 986 has the clocks of 208',
    { phone: '+19865550123' },
    'federal',
    '2026-12-10T15:30:00Z',
    'federal every day 08:00-21:00 America/Los_Angeles',
  ],
  [
    '574: South Bend 8:30, Knox 7:30',
    { phone: '+15745550123' },
    'federal',
    '2026-12-10T13:30:00Z',
    'federal every day 08:00-21:00 America/Chicago',
  ],
  ['812: both at 8:00 or later', { phone: '+18125550123' }, 'federal', '2026-12-10T14:00:00Z', true],
  [
    '930: Evansville 7:59',
    { phone: '+19305550123' },
    'federal',
    '2026-12-10T13:59:59Z',
    'federal every day 08:00-21:00 America/Chicago',
  ],
  [
    '606: the Central counties of eastern Kentucky',
    { phone: '+16065550123' },
    'federal',
    '2026-12-09T13:30:00Z',
    'federal every day 08:00-21:00 America/Chicago',
  ],
  [
    '620: Syracuse, Kansas, 7:30',
    { phone: '+16205550123' },
    'federal',
    '2026-12-10T14:30:00Z',
    'federal every day 08:00-21:00 America/Denver',
  ],
  [
    '605: Rapid City 7:30',
    { phone: '+16055550123' },
    'federal',
    '2026-12-10T14:30:00Z',
    'federal every day 08:00-21:00 America/Denver',
  ],
  [
    '775: West Wendover 21:30',
    { phone: '+17755550123' },
    'federal',
    '2026-12-11T04:30:00Z',
    'federal every day 08:00-21:00 America/Boise',
  ],
  ['702: Las Vegas 20:30 alone', { phone: '+17025550123' }, 'federal', '2026-12-11T04:30:00Z', true],
  ['865: Knoxville alone is Eastern', { phone: '+18655550123' }, 'federal', '2026-12-09T13:00:00Z', true],
  ['689 is Orlando, whatever the library says', { phone: '+16895550123' }, 'federal', '2026-12-08T13:00:00Z', true],
  [
    'El Paso 7:30 while Dallas has 8:30',
    { phone: '+19155550123' },
    'federal',
    '2026-12-10T14:30:00Z',
    'federal every day 08:00-21:00 America/Denver',
  ],
  // Without summer time, territories, and the far side of the date line.
  [
    'Tucson in summer as in winter',
    { phone: '+15205550123' },
    'federal',
    '2027-07-06T14:59:59Z',
    'federal every day 08:00-21:00 America/Phoenix',
  ],
  ['Honolulu 20:59', { phone: '+18085550123' }, 'federal', '2027-07-02T06:59:59Z', true],
  [
    'Honolulu 21:00',
    { phone: '+18085550123' },
    'federal',
    '2027-07-02T07:00:00Z',
    'federal every day 08:00-21:00 Pacific/Honolulu',
  ],
  ['Saint Thomas 8:00', { phone: '+13405550123' }, 'federal', '2027-07-01T12:00:00Z', true],
  [
    'Saipan 7:59 on Thursday, Wednesday in the States',
    { phone: '+16705550123' },
    'federal',
    '2026-12-09T21:59:59Z',
    'federal every day 08:00-21:00 Pacific/Saipan',
  ],
  ['Pago Pago 8:00', { phone: '+16845550123' }, 'federal', '2026-12-09T19:00:00Z', true],
  ['Pago Pago, Sunday by its own clock', { phone: '+16845550123' }, 'strict', '2026-11-30T22:00:00Z', true],
  [
    'Guam, Saturday by its own clock while it is Friday in the States',
    { phone: '+16715550123' },
    'strict',
    '2026-12-04T02:00:00Z',
    true,
  ],
  // Canada, whose western and middle provinces ended the change of clocks.
  ['Calgary 8:30 since Alberta keeps UTC-6', { phone: '+14035550123' }, 'federal', '2026-12-09T14:30:00Z', true],
  ['Winnipeg 8:30 since Manitoba keeps UTC-5', { phone: '+12045550123' }, 'federal', '2026-12-09T13:30:00Z', true],
  [
    'Saint John’s 21:00, half an hour ahead',
    { phone: '+17095550123' },
    'federal',
    '2027-07-01T23:30:00Z',
    'federal every day 08:00-21:00 America/St_Johns',
  ],
  [
    '250: Cranbrook 21:30, Victoria 20:30',
    { phone: '+12505550123' },
    'federal',
    '2026-12-10T03:30:00Z',
    'federal every day 08:00-21:00 America/Edmonton',
  ],
  [
    '778 lies over 250 as well',
    { phone: '+17785550123' },
    'federal',
    '2026-12-10T03:30:00Z',
    'federal every day 08:00-21:00 America/Edmonton',
  ],
  [
    '581 lies over 418, which reaches the Magdalen Islands',
    { phone: '+15815550123' },
    'federal',
    '2027-07-02T00:30:00Z',
    'federal every day 08:00-21:00 America/Halifax',
  ],
  [
    '474 is Saskatchewan, without summer time',
    { phone: '+14745550123' },
    'federal',
    '2027-07-01T13:30:00Z',
    'federal every day 08:00-21:00 America/Regina',
  ],
  [
    'Toronto, Saturday 9:59, by the Canadian row',
    { phone: '+14165550123' },
    'local',
    '2026-12-12T14:59:59Z',
    'CA Sat-Sun 10:00-18:00 America/Toronto',
  ],
  ['Toronto, Friday 21:29', { phone: '+14165550123' }, 'local', '2026-12-12T02:29:59Z', true],
  ['Toronto, Friday 21:30', { phone: '+14165550123' }, 'local', '2026-12-12T02:30:00Z', 'CA Mon-Fri 09:00-21:30 America/Toronto'],
];

describe('clocks of area codes, provinces and territories', () => {
  it.each(OWN)('%s', (_, who, setting, utc, rule) => {
    const verdict = isAllowed(setting, placeOfCase(who), new Date(utc));
    expect(verdict).toEqual(rule === true ? { allowed: true, rule: null } : { allowed: false, rule });
  });
});
