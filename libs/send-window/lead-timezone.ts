import { isZone } from './zone-clock';
import { ZONE_OF_COUNTRY } from './zone-of-country';

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
