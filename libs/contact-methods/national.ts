import { getCountries, getCountryCallingCode } from 'libphonenumber-js';

/** No calling code is the beginning of another (ITU-T E.164). */
const CALLING_CODES: ReadonlySet<string> = new Set([
  ...getCountries().map((country) => getCountryCallingCode(country)),
  // Of no country: freephone, satellites, international networks.
  ...['800', '808', '870', '878', '881', '882', '883', '888', '979'],
]);

/** The digits of a phone in E.164 without its country code. */
export function nationalDigits(e164: string): string {
  const digits = e164.slice(1);
  const length = [1, 2, 3].find((each) => CALLING_CODES.has(digits.slice(0, each))) ?? 0;
  return digits.slice(length);
}
