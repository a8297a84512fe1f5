import { callingCodeOf, DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import type { Line } from '../../lines/domain';

/** An address as the line's country writes it; as it was given, where it cannot be read. */
export function readAddress(given: string, { phone }: Pick<Line, 'phone'>): string {
  const country = (phone && callingCodeOf(phone)) ?? DEFAULT_COUNTRY_CODE;
  return normalizeAddress(given, country)?.value ?? given.trim().toLowerCase();
}
