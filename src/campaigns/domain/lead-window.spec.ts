import { closesAt, nextAllowed } from '#libs/send-window';
import type { Lead } from '../../leads/domain';
import type { CampaignSettings } from './campaign';
import { windowFor } from './lead-window';

const settings = {
  timezone: 'Europe/Berlin',
  sendWindowStart: '09:00',
  sendWindowEnd: null,
  allowedDaysOfWeek: null,
  useLeadTimezone: true,
} as CampaignSettings;
const lead = (customFields: Lead['customFields'], phone: string | null = null) => ({ customFields, phone }) as Lead;
const zoneOf = (one: Lead | null) => windowFor(settings, one, { guessZoneFromAreaCode: false }).timezone;

describe('the zone of a lead', () => {
  it.each(['timezone', 'timeZone', 'Timezone', 'Time Zone', 'time_zone', 'hs_timezone'])('is read from %s', (key) =>
    expect(zoneOf(lead({ [key]: ' America/Denver ' }))).toBe('America/Denver'),
  );

  it('is read as HubSpot writes it', () =>
    expect(zoneOf(lead({ hs_timezone: 'america_slash_new_york' }))).toBe('America/New_York'));

  it('comes from the first field that is usable, the own name first', () => {
    expect(zoneOf(lead({ 'Time Zone': 'Asia/Tokyo', timezone: 'America/Denver' }))).toBe('America/Denver');
    expect(zoneOf(lead({ timezone: 'EST', hs_timezone: 'Asia/Tokyo' }))).toBe('Asia/Tokyo');
    expect(zoneOf(lead({ timezone: 5, Timezone: 'UTC' }))).toBe('UTC');
  });

  it("else from the country of the phone, else the campaign's", () => {
    expect(zoneOf(lead({ 'Time Zone': 'Pacific Time' }, '+4915112345678'))).toBe('Europe/Berlin');
    expect(zoneOf(lead({}, '+819012345678'))).toBe('Asia/Tokyo');
    expect(zoneOf(lead({}, '+12025550123'))).toBe('Europe/Berlin');
    expect(zoneOf(null)).toBe('Europe/Berlin');
  });

  it('comes from an area code with one clock, where the workspace wants that', () => {
    const guessed = (phone: string, fields = {}) =>
      windowFor(settings, lead(fields, phone), { guessZoneFromAreaCode: true }).timezone;
    expect(guessed('+12125550123')).toBe('America/New_York');
    expect(guessed('+12125550123', { timezone: 'Asia/Tokyo' })).toBe('Asia/Tokyo');
    // A toll-free number could be anywhere.
    expect(guessed('+18005550123')).toBe('Europe/Berlin');
    expect(guessed('+819012345678')).toBe('Asia/Tokyo');
  });

  it('of an area code with two clocks is each of them, unless the window is never open in both', () => {
    const guessed = (sendWindowEnd: string | null) =>
      windowFor({ ...settings, sendWindowEnd }, lead({}, '+18505550123'), { guessZoneFromAreaCode: true });
    // Florida's panhandle.
    const { timezone, alsoIn = [] } = guessed('17:00');
    expect([timezone, ...alsoIn].sort()).toEqual(['America/Chicago', 'America/New_York']);
    const noonOf = (zone: string) => ({ ...guessed('17:00'), timezone: zone, alsoIn: [] });
    const from = new Date('2026-11-02T00:00:00Z');
    expect(nextAllowed(from, guessed('17:00'))).toEqual(nextAllowed(from, noonOf('America/Chicago')));
    expect(closesAt(nextAllowed(from, guessed('17:00')), guessed('17:00'))).toEqual(
      closesAt(nextAllowed(from, noonOf('America/New_York')), noonOf('America/New_York')),
    );
    expect(guessed('10:00')).toEqual({ ...guessed('10:00'), timezone: 'Europe/Berlin' });
    expect(guessed('10:00').alsoIn).toBeUndefined();
  });

  it('does not count where the campaign does not ask for it', () => {
    expect(
      windowFor({ ...settings, useLeadTimezone: false }, lead({ timezone: 'Asia/Tokyo' }), { guessZoneFromAreaCode: true })
        .timezone,
    ).toBe('Europe/Berlin');
  });
});
