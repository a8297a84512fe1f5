import { isZone } from './zone-clock';
import { zoneNameOf } from './zone-data';
import { ZONE_OF_COUNTRY } from './zone-of-country';

/** Custom fields in which CRMs export a person's zone, the product's own first. */
const ZONE_KEYS = ['timezone', 'timeZone', 'Timezone', 'TimeZone', 'Time Zone', 'Time zone', 'time_zone', 'hs_timezone'];

/**
 * The clock of a country that has one clock, or one that nearly everybody lives by.
 * @param iso2 ISO 3166 code, such as `DE`
 * @returns the name of a time zone, or null when the country is unknown or has several zones of weight (US,
 * CA, AU, BR, RU, MX, ID …)
 */
export function timezoneOfCountry(iso2: string): string | null {
  return ZONE_OF_COUNTRY.get(iso2) ?? null;
}

/**
 * Does a text name the time zone of a person: an Area/City of the time-zone database, or UTC? Abbreviations
 * (`EST`) and the `Etc/GMT+5` family, whose signs are the reverse of what people write, do not count.
 */
export function isLeadTimezone(text: string): boolean {
  if (/^(?:Etc\/)?UTC$/i.test(text)) return true;
  return text.includes('/') && !/^Etc\//i.test(text) && isZone(text);
}

/**
 * The zone that a person's custom fields name: the first of the fields for it that holds Area/City or UTC.
 * @returns the zone as the time-zone database writes it, or null
 */
export function timezoneOfFields(customFields: Readonly<Record<string, unknown>>): string | null {
  for (const key of ZONE_KEYS) {
    const value = Object.hasOwn(customFields, key) ? customFields[key] : undefined;
    if (typeof value !== 'string') continue;
    // HubSpot writes `america_slash_new_york`.
    const zone = value.trim().replaceAll('_slash_', '/');
    if (isLeadTimezone(zone)) return zoneNameOf(zone) ?? null;
  }
  return null;
}
