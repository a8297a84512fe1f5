import { allowedHours, type CampaignWindow, isAllowed, nextAllowed, placeOf, type QuietHours } from './index';

const NEW_YORK = '+12125550123';
const TEXAS = '+12145550123';
const TOLL_FREE = '+18005550123';
const ALL_DAY: CampaignWindow = {};
const OFFICE: CampaignWindow = {
  timezone: 'America/New_York',
  sendWindowStart: '09:00',
  sendWindowEnd: '17:00',
  allowedDaysOfWeek: [1, 2, 3, 4, 5],
};

const place = (phone: string) => placeOf({ phone, customFields: {} });

/** The instant, and the rule where there is one. */
function next(phone: string, setting: QuietHours, from: string, window: CampaignWindow): string | null {
  const found = nextAllowed({ setting, place: place(phone), from: new Date(from), window });
  return found && [found.at.toISOString().replace('.000Z', 'Z'), found.rule].filter(Boolean).join(' ');
}

describe('nextAllowed', () => {
  it.each<[string, string, QuietHours, string, CampaignWindow, string | null]>([
    ['now, to the millisecond', NEW_YORK, 'federal', '2026-12-09T18:00:00.123Z', ALL_DAY, '2026-12-09T18:00:00.123Z'],
    ['off: the window alone', NEW_YORK, 'off', '2026-12-09T23:00:00Z', OFFICE, '2026-12-10T14:00:00Z'],
    [
      'in the evening: the next morning',
      NEW_YORK,
      'federal',
      '2026-12-10T02:00:00Z',
      ALL_DAY,
      '2026-12-10T13:00:00Z federal every day 08:00-21:00 America/New_York',
    ],
    [
      'where the window opens later, the window holds it',
      NEW_YORK,
      'federal',
      '2026-12-10T02:00:00Z',
      OFFICE,
      '2026-12-10T14:00:00Z',
    ],
    [
      'a Sunday in Texas',
      TEXAS,
      'local',
      '2026-11-29T16:00:00Z',
      ALL_DAY,
      '2026-11-29T18:00:00Z US-TX Sun 12:00-21:00 America/Chicago',
    ],
    [
      'the window is east of the person',
      TEXAS,
      'local',
      '2026-11-30T14:00:00Z',
      OFFICE,
      '2026-11-30T15:00:00Z US-TX Mon-Sat 09:00-21:00 America/Chicago',
    ],
    [
      'the morning after the spring change comes an hour earlier',
      NEW_YORK,
      'federal',
      '2027-03-14T02:00:00Z',
      ALL_DAY,
      '2027-03-14T12:00:00Z federal every day 08:00-21:00 America/New_York',
    ],
    [
      'the morning after the autumn change comes an hour later',
      NEW_YORK,
      'federal',
      '2026-11-01T02:00:00Z',
      ALL_DAY,
      '2026-11-01T13:00:00Z federal every day 08:00-21:00 America/New_York',
    ],
    [
      'toll-free, strict, on a Friday afternoon: Monday',
      TOLL_FREE,
      'strict',
      '2026-12-11T22:30:00Z',
      ALL_DAY,
      '2026-12-14T20:00:00Z strict Mon-Fri 10:00-17:00 Pacific/Honolulu',
    ],
    [
      'a window that the hours never meet',
      NEW_YORK,
      'federal',
      '2026-12-09T12:00:00Z',
      { timezone: 'America/New_York', sendWindowStart: '03:00', sendWindowEnd: '06:00' },
      null,
    ],
    [
      'a Sunday window, strict',
      NEW_YORK,
      'strict',
      '2026-12-09T12:00:00Z',
      { allowedDaysOfWeek: [0], timezone: 'America/New_York' },
      null,
    ],
    [
      'a Sunday window in Alabama',
      '+12055550123',
      'local',
      '2026-12-09T12:00:00Z',
      { allowedDaysOfWeek: [0], timezone: 'America/Chicago' },
      null,
    ],
    [
      'toll-free, strict, in a window that ends before Honolulu gets up',
      TOLL_FREE,
      'strict',
      '2026-12-09T12:00:00Z',
      { ...OFFICE, sendWindowEnd: '15:00' },
      null,
    ],
    [
      'a window of one day in the week, six days away',
      NEW_YORK,
      'federal',
      '2026-12-09T18:00:00Z',
      { allowedDaysOfWeek: [2], timezone: 'America/New_York' },
      '2026-12-15T13:00:00Z federal every day 08:00-21:00 America/New_York',
    ],
    [
      'Pennsylvania, the night in which the law changes',
      '+12155550123',
      'local',
      '2026-10-18T02:00:00Z',
      ALL_DAY,
      '2026-10-19T13:00:00Z US every day 08:00-21:00 America/New_York',
    ],
  ])('%s', (_, phone, setting, from, window, expected) => expect(next(phone, setting, from, window)).toBe(expected));

  const federal = 'federal every day 08:00-21:00 America/New_York';
  it.each<[string, string, number, CampaignWindow, string | null]>([
    ['with as much left as the edge asks for', '2026-12-10T01:59:00Z', 60, ALL_DAY, '2026-12-10T01:59:00Z'],
    ['with a millisecond less', '2026-12-10T01:59:00.001Z', 60, ALL_DAY, `2026-12-10T13:00:00Z ${federal}`],
    ['before the end of the window', '2026-12-09T21:59:30Z', 60, OFFICE, '2026-12-10T14:00:00Z'],
    ['with the edge of the window kept', '2026-12-09T21:59:00Z', 60, OFFICE, '2026-12-09T21:59:00Z'],
    [
      'where the overlap is as long as the edge',
      '2026-12-09T06:00:00Z',
      300,
      { timezone: 'America/New_York', sendWindowStart: '06:00', sendWindowEnd: '08:05' },
      `2026-12-09T13:00:00Z ${federal}`,
    ],
    [
      'where the overlap is shorter than the edge',
      '2026-12-09T06:00:00Z',
      301,
      { timezone: 'America/New_York', sendWindowStart: '06:00', sendWindowEnd: '08:05' },
      null,
    ],
    ['longer than any day is open', '2026-12-09T06:00:00Z', 13 * 3_600 + 1, ALL_DAY, null],
  ])('minds the edge: %s', (_, from, edgeSeconds, window, expected) =>
    expect(next(NEW_YORK, 'federal', from, { ...window, edgeSeconds })).toBe(expected),
  );

  it('takes times that meet at midnight as one', () => {
    const nights: QuietHours = [
      { days: [3], from: '20:00', to: '24:00' },
      { days: [4], from: '00:00', to: '02:00' },
    ];
    const from = '2026-12-10T04:59:30Z';
    expect(next(NEW_YORK, nights, from, { edgeSeconds: 600 })).toBe(from);
    const weekend: QuietHours = [
      { days: [6], from: '20:00', to: '24:00' },
      { days: [0], from: '00:00', to: '02:00' },
    ];
    const saturday = '2026-12-13T04:59:30Z';
    expect(next(NEW_YORK, weekend, saturday, { edgeSeconds: 7_000 })).toBe(saturday);
    expect(next(NEW_YORK, weekend, saturday, { edgeSeconds: 7_300 })).toBe(
      '2026-12-20T01:00:00Z custom Sun 00:00-02:00 America/New_York',
    );
  });

  it('knows no end where everything is always allowed', () => {
    const always: QuietHours = [{ days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '24:00' }];
    const from = '2026-12-10T04:59:30Z';
    expect(next(NEW_YORK, always, from, { edgeSeconds: 1_000_000 })).toBe(from);
  });

  it('reads the skipped hour as the instant after it, and the repeated hour twice', () => {
    const night: QuietHours = [{ days: [0], from: '02:30', to: '04:00' }];
    expect(next(NEW_YORK, night, '2027-03-14T05:00:00Z', ALL_DAY)).toBe(
      '2027-03-14T07:00:00Z custom Sun 02:30-04:00 America/New_York',
    );
    const one: QuietHours = [{ days: [0], from: '01:15', to: '01:45' }];
    const rule = 'custom Sun 01:15-01:45 America/New_York';
    expect(next(NEW_YORK, one, '2026-11-01T05:00:00Z', ALL_DAY)).toBe(`2026-11-01T05:15:00Z ${rule}`);
    expect(next(NEW_YORK, one, '2026-11-01T05:45:00Z', ALL_DAY)).toBe(`2026-11-01T06:15:00Z ${rule}`);
    const gap: QuietHours = [{ days: [0], from: '02:00', to: '03:00' }];
    expect(next(NEW_YORK, gap, '2027-03-14T05:00:00Z', ALL_DAY)).toBe(
      '2027-03-21T06:00:00Z custom Sun 02:00-03:00 America/New_York',
    );
  });

  it('refuses a date that is none', () =>
    expect(() => nextAllowed({ setting: 'federal', place: place(NEW_YORK), from: new Date(NaN), window: {} })).toThrow(
      RangeError,
    ));
});

describe('isAllowed', () => {
  it('refuses a date that is none', () => expect(() => isAllowed('federal', place(NEW_YORK), new Date(NaN))).toThrow(RangeError));

  it('knows a place that was stored and read again', () => {
    const stored = JSON.parse(JSON.stringify(place(TEXAS))) as ReturnType<typeof placeOf>;
    expect(isAllowed('local', stored, new Date('2026-11-29T17:59:59Z'))).toEqual({
      allowed: false,
      rule: 'US-TX Sun 12:00-21:00 America/Chicago',
    });
  });

  it('names, of several rules, the one that holds longest', () =>
    expect(isAllowed('federal', place(TOLL_FREE), new Date('2026-12-09T12:00:00Z')).rule).toBe(
      'federal every day 08:00-21:00 America/Adak',
    ));
});

describe('allowedHours', () => {
  const at = new Date('2026-12-09T12:00:00Z');

  it('are none when they are off', () => expect(allowedHours('off', place(TEXAS), at)).toEqual([]));

  it('are those of the rules in force, zone by zone', () => {
    expect(allowedHours('local', placeOf({ phone: null, customFields: { state: 'TX' } }), at)).toEqual(
      ['America/Chicago', 'America/Denver'].flatMap((zone) => [
        { name: 'US-TX', zone, days: [0], times: [['12:00', '21:00']] },
        { name: 'US-TX', zone, days: [1, 2, 3, 4, 5, 6], times: [['09:00', '21:00']] },
      ]),
    );
    expect(allowedHours('strict', place(NEW_YORK), at)).toEqual([
      { name: 'strict', zone: 'America/New_York', days: [0, 6], times: [] },
      { name: 'strict', zone: 'America/New_York', days: [1, 2, 3, 4, 5], times: [['10:00', '17:00']] },
    ]);
  });

  it('change with the law', () => {
    const names = ['2026-10-18T03:59:59Z', '2026-10-18T04:00:00Z'].map(
      (each) => allowedHours('local', place('+12155550123'), new Date(each))[0]!.name,
    );
    expect(names).toEqual(['US', 'US-PA']);
  });
});
