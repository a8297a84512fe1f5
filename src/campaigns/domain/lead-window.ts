import { countryOfPhone } from '#libs/contact-methods';
import { zonesOfAreaCode } from '#libs/quiet-hours';
import { timezoneOfCountry, timezoneOfFields, type WindowSettings } from '#libs/send-window';
import type { Lead } from '../../leads/domain';
import { type CampaignSettings, windowOf } from './campaign';

/** How the zone of a lead may be found. */
export interface ZoneGuesses {
  /** Whether the area code of a US or Canadian number may tell it; one with several zones tells nothing. */
  guessZoneFromAreaCode: boolean;
}

/**
 * The zone that a lead lives in, as far as is known: the first of its custom fields for it that is Area/City
 * or UTC, else the one zone of the country of its primary phone, else that of its area code, else none.
 */
function timezoneOfLead(lead: Lead, { guessZoneFromAreaCode }: ZoneGuesses): string | null {
  const own = timezoneOfFields(lead.customFields);
  if (own !== null) return own;
  const country = lead.phone && countryOfPhone(lead.phone);
  const ofCountry = country ? timezoneOfCountry(country) : null;
  if (ofCountry !== null || !lead.phone || !guessZoneFromAreaCode) return ofCountry;
  const zones = zonesOfAreaCode(lead.phone);
  return zones.length === 1 ? zones[0]! : null;
}

/** The send window of a lead in a campaign. */
export function windowFor(settings: CampaignSettings, lead: Lead | null, guesses: ZoneGuesses): WindowSettings {
  const window = windowOf(settings);
  const timezone = settings.useLeadTimezone && lead ? timezoneOfLead(lead, guesses) : null;
  return timezone ? { ...window, timezone } : window;
}
