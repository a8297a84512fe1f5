import { countryOfPhone } from '#libs/contact-methods';
import { timezoneOfCountry, timezoneOfFields, type WindowSettings } from '#libs/send-window';
import type { Lead } from '../../leads/domain';
import { type CampaignSettings, windowOf } from './campaign';

/**
 * The zone that a lead lives in, as far as is known: the first of its custom fields for it that is Area/City
 * or UTC, else the one zone of the country of its primary phone, else none.
 */
function timezoneOfLead(lead: Lead): string | null {
  const own = timezoneOfFields(lead.customFields);
  if (own !== null) return own;
  const country = lead.phone && countryOfPhone(lead.phone);
  return country ? timezoneOfCountry(country) : null;
}

/** The send window of a lead in a campaign. */
export function windowFor(settings: CampaignSettings, lead: Lead | null): WindowSettings {
  const window = windowOf(settings);
  const timezone = settings.useLeadTimezone && lead ? timezoneOfLead(lead) : null;
  return timezone ? { ...window, timezone } : window;
}
