import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import metadata from 'libphonenumber-js/metadata.min.json';
import { numberInCell, partsOfRun } from './phone-cell';

const REGIONS_OF_CODE = new Map<string, readonly CountryCode[]>(
  Object.entries(metadata.country_calling_codes) as [string, CountryCode[]][],
);
/** Stands for the world in libphonenumber: satellite and toll-free codes that belong to no country. */
const NO_COUNTRY = '001';

/**
 * The main region of a calling code: `+1` is `US`, `+44` `GB`, `+7` `RU`.
 * @param callingCode with or without its plus sign
 * @returns an ISO 3166 code; undefined when there is no such calling code, or it belongs to no country
 */
export function mainRegion(callingCode: string): string | undefined {
  return regionOf(callingCode);
}

function regionOf(callingCode: string): CountryCode | undefined {
  const code = /^\s{0,9}\+?(\d{1,3})\s{0,9}$/.exec(callingCode)?.[1];
  const region = code === undefined ? undefined : REGIONS_OF_CODE.get(code)?.[0];
  return (region as string | undefined) === NO_COUNTRY ? undefined : region;
}

/**
 * The phone number that a text means, as Google's libphonenumber reads it; it counts when its length is
 * possible for its country, in service or not. Labels, extensions and the traces of spreadsheets do not
 * matter; two numbers, letters inside or an e-mail address do.
 * @param defaultCountryCode calling code of the country that a number without one belongs to, `+1` for the
 * United States; where it is none, only international numbers can be read
 * @returns E.164, or null when the text is no such number. Never throws.
 */
export function normalizePhone(input: string, defaultCountryCode: string): string | null {
  const number = numberInCell(input);
  if (number === null) return null;
  const region = regionOf(defaultCountryCode);
  const parts = partsOfRun(number);
  if (parts && parts.filter((part) => read(part, region) !== null).length > 1) return null;
  return read(number.replaceAll('\n', ' '), region);
}

function read(number: string, region: CountryCode | undefined): string | null {
  const parsed = parsePhoneNumberFromString(number.replace(/^\++/, '+'), { defaultCountry: region, extract: false });
  return parsed?.isPossible() ? parsed.number : null;
}

/**
 * The country of a number in E.164: libphonenumber's, else the main region of its calling code.
 * @returns an ISO 3166 code, or null when the number is of no country or no number
 */
export function countryOfPhone(e164: string): string | null {
  if (!/^\+\d{2,17}$/.test(e164)) return null;
  const parsed = parsePhoneNumberFromString(e164, { extract: false });
  if (!parsed) return null;
  return parsed.country ?? regionOf(parsed.countryCallingCode) ?? null;
}

/** The calling code of a number in E.164, such as `+44`; `null` when it is none. */
export function callingCodeOf(e164: string): string | null {
  const parsed = /^\+\d{2,17}$/.test(e164) ? parsePhoneNumberFromString(e164, { extract: false }) : undefined;
  return parsed ? `+${parsed.countryCallingCode}` : null;
}
