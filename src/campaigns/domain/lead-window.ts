import { countryOfPhone } from '#libs/contact-methods';
import { zonesOfAreaCode } from '#libs/quiet-hours';
import { isEverOpen, timezoneOfCountry, timezoneOfFields, type WindowSettings } from '#libs/send-window';
import type { Lead } from '../../leads/domain';
import { type CampaignSettings, windowOf } from './campaign';

/** How the zone of a lead may be found. */
export interface ZoneGuesses {
  /** Whether the area code of a US or Canadian number may tell it, or the few zones that it may be. */
  guessZoneFromAreaCode: boolean;
}

/** A date of winter and one of summer: zones that differ in either may never be open together. */
const SEASONS = [new Date('2026-01-05T00:00:00Z'), new Date('2026-07-06T00:00:00Z')];

/**
 * The zones that a lead may live in, as far as is known: the first of its custom fields for it that is
 * Area/City or UTC, else the one zone of the country of its primary phone, else those of its area code, else
 * none.
 */
function zonesOfLead(lead: Lead, { guessZoneFromAreaCode }: ZoneGuesses): readonly string[] {
  const own = timezoneOfFields(lead.customFields);
  if (own !== null) return [own];
  const country = lead.phone && countryOfPhone(lead.phone);
  const ofCountry = country ? timezoneOfCountry(country) : null;
  if (ofCountry !== null) return [ofCountry];
  return lead.phone && guessZoneFromAreaCode ? zonesOfAreaCode(lead.phone) : [];
}

/**
 * The send window of a lead in a campaign. Of several zones it has to be open in all; where it never is, the
 * campaign's counts.
 */
export function windowFor(settings: CampaignSettings, lead: Lead | null, guesses: ZoneGuesses): WindowSettings {
  const window = windowOf(settings);
  const [timezone, ...alsoIn] = settings.useLeadTimezone && lead ? zonesOfLead(lead, guesses) : [];
  if (timezone === undefined) return window;
  if (alsoIn.length === 0) return { ...window, timezone };
  const inAll = { ...window, timezone, alsoIn };
  return SEASONS.every((from) => isEverOpen(from, inAll)) ? inAll : window;
}
