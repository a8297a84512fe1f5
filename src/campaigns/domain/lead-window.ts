import { countryOfPhone } from '#libs/contact-methods';
import { isLeadTimezone, timezoneOfCountry, type WindowSettings } from '#libs/send-window';
import type { Lead } from '../../leads/domain';
import { type CampaignSettings, windowOf } from './campaign';

/** Custom fields in which CRMs export a person's zone, the product's own first. */
const ZONE_KEYS = ['timezone', 'timeZone', 'Timezone', 'TimeZone', 'Time Zone', 'Time zone', 'time_zone', 'hs_timezone'];

/**
 * The zone that a lead lives in, as far as is known: the first of its custom fields for it that is Area/City
 * or UTC, else the one zone of the country of its primary phone, else none.
 */
function timezoneOfLead(lead: Lead): string | null {
  for (const key of ZONE_KEYS) {
    const own = zoneIn(Object.hasOwn(lead.customFields, key) ? lead.customFields[key] : undefined);
    if (own !== null) return own;
  }
  const country = lead.phone && countryOfPhone(lead.phone);
  return country ? timezoneOfCountry(country) : null;
}

/** HubSpot writes `america_slash_new_york`. */
function zoneIn(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const zone = value.trim().replaceAll('_slash_', '/');
  return isLeadTimezone(zone) ? zone : null;
}

/** The send window of a lead in a campaign. */
export function windowFor(settings: CampaignSettings, lead: Lead | null): WindowSettings {
  const window = windowOf(settings);
  const timezone = settings.useLeadTimezone && lead ? timezoneOfLead(lead) : null;
  return timezone ? { ...window, timezone } : window;
}
