import fc from 'fast-check';
import moment from 'moment-timezone';
import { isAllowed as isWindowOpen } from '#libs/send-window';
import { AREAS } from './area-codes';
import { allowedHours, type CampaignWindow, isAllowed, nextAllowed, type Place, placeOf, type QuietHours } from './index';
import { ALL_STATES, STATE_JURISDICTIONS } from './states';

const MINUTE = 60_000;
const HORIZON = 8 * 1_440 * MINUTE;

const phone = fc.oneof(
  fc.constantFrom(...AREAS.keys()).map((code) => `+1${code}5550123`),
  fc.constantFrom(
    '+18005550123',
    '+18765550123',
    '+442071838750',
    '+33123456789',
    '+61212345678',
    '+81312345678',
    '+79123456789',
  ),
);
const customFields = fc.record(
  {
    timezone: fc.constantFrom(
      'America/New_York',
      'America/Chicago',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Europe/Paris',
      'Asia/Kathmandu',
    ),
    state: fc.constantFrom(...ALL_STATES.map(({ jurisdiction }) => jurisdiction.slice(3))),
  },
  { requiredKeys: [] },
);
const place = fc
  .tuple(phone, fc.oneof(fc.constant({}), customFields))
  .map(([number, fields]) => placeOf({ phone: number, customFields: fields }));

const time = fc
  .tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const days = fc.uniqueArray(fc.nat(6), { minLength: 1 });
const custom = fc.array(
  fc.record({ days, from: time, to: fc.oneof(time, fc.constant('24:00')) }).filter(({ from, to }) => from < to),
  { minLength: 1, maxLength: 4 },
);
const setting: fc.Arbitrary<QuietHours> = fc.oneof(fc.constantFrom('off', 'federal', 'local', 'strict'), custom);
const window: fc.Arbitrary<CampaignWindow> = fc.record(
  {
    timezone: fc.constantFrom('UTC', 'America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata'),
    sendWindowStart: time,
    sendWindowEnd: time,
    allowedDaysOfWeek: days,
    edgeSeconds: fc.constantFrom(0, 60, 600, 7_200, 36_000),
  },
  { requiredKeys: [] },
);
/** One in two before a change of clocks, or of the law in Pennsylvania. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2029, 11, 31) }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 9, 18, 4),
        Date.UTC(2026, 10, 1, 6),
        Date.UTC(2027, 2, 14, 7),
        Date.UTC(2027, 2, 28, 1),
        Date.UTC(2027, 3, 3, 15),
      ),
      fc.integer({ min: -600_000_000, max: 20_000_000 }),
    )
    .map(([change, before]) => change + before),
);

/** What the hours that are shown say, read on the calendar of moment. */
function allowedAsShown(rules: QuietHours, where: Place, at: number): boolean {
  return allowedHours(rules, where, new Date(at)).every(({ zone, days: on, times }) => {
    const local = moment.tz(at, zone);
    if (!on.includes(local.day())) return true;
    const now = local.format('HH:mm');
    return times.some(([from, to]) => from <= now && now < to);
  });
}

/** The first minute from which all are open for as long as the edge, tried one by one. */
function firstByMinutes(rules: QuietHours, where: Place, from: number, campaign: CampaignWindow): number | null {
  const edge = (campaign.edgeSeconds ?? 0) * 1_000;
  const isOpen = (at: number) => isWindowOpen(new Date(at), campaign) && isAllowed(rules, where, new Date(at)).allowed;
  let opened: number | null = null;
  const firstWhole = Math.floor(from / MINUTE) * MINUTE + MINUTE;
  for (let at = from; at <= from + HORIZON + edge; at = at === from ? firstWhole : at + MINUTE) {
    // What has been open since is enough when it lasts until the minute that ends here.
    if (opened !== null && at - opened >= edge) return opened > from + HORIZON ? null : opened;
    if (!isOpen(at)) opened = null;
    else opened ??= at;
    if (opened !== null && edge === 0) return opened > from + HORIZON ? null : opened;
  }
  return null;
}

describe('quiet hours, against the rules read minute by minute', () => {
  it('isAllowed is what the hours shown say', () => {
    fc.assert(
      fc.property(instant, setting, place, (at, rules, where) => {
        const { allowed, rule } = isAllowed(rules, where, new Date(at));
        expect(allowed).toBe(allowedAsShown(rules, where, at));
        expect(rule === null).toBe(allowed);
      }),
      { numRuns: 500 },
    );
  });

  it('nextAllowed is the first minute that will do', () => {
    fc.assert(
      fc.property(instant, setting, place, window, (from, rules, where, campaign) => {
        const answer = nextAllowed({ setting: rules, place: where, from: new Date(from), window: campaign });
        const expected = firstByMinutes(rules, where, from, campaign);
        expect(answer && answer.at.toISOString()).toBe(expected && new Date(expected).toISOString());
      }),
      { numRuns: 20 },
    );
  });

  it('an answer is open, not before the question, stays the answer, and names a rule only if one held it', () => {
    fc.assert(
      fc.property(instant, setting, place, window, (from, rules, where, campaign) => {
        const ask = (at: Date) => nextAllowed({ setting: rules, place: where, from: at, window: campaign });
        const answer = ask(new Date(from));
        if (!answer) return;
        expect(answer.at.getTime()).toBeGreaterThanOrEqual(from);
        expect(isAllowed(rules, where, answer.at).allowed).toBe(true);
        expect(isWindowOpen(answer.at, campaign)).toBe(true);
        expect(ask(answer.at)).toEqual({ at: answer.at, rule: null });
        const alone = nextAllowed({ setting: 'off', place: where, from: new Date(from), window: campaign });
        expect(answer.rule === null).toBe(alone?.at.getTime() === answer.at.getTime());
      }),
      { numRuns: 300 },
    );
  });

  it('strict is within local, and local within federal in the States', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...AREAS.keys(), '800'), (at, code) => {
        const where = placeOf({ phone: `+1${code}5550123`, customFields: {} });
        const allowed = (rules: QuietHours) => isAllowed(rules, where, new Date(at)).allowed;
        if (allowed('strict')) expect(allowed('local')).toBe(true);
        if (allowed('local') && where.jurisdictions.every((each) => each.startsWith('US'))) expect(allowed('federal')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('every state leaves some hour of a week to a toll-free number', () => {
    expect(placeOf({ phone: '+18005550123', customFields: {} }).jurisdictions).toEqual(STATE_JURISDICTIONS);
    fc.assert(
      fc.property(instant, fc.constantFrom<QuietHours>('federal', 'local', 'strict'), (from, rules) => {
        const where = placeOf({ phone: '+18005550123', customFields: {} });
        expect(nextAllowed({ setting: rules, place: where, from: new Date(from), window: {} })).not.toBeNull();
      }),
    );
  });
});
