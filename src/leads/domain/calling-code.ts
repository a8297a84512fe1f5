import { mainRegion } from '#libs/contact-methods';
import { ValidationFailed } from '../../platform/errors';

/** @throws ValidationFailed when the string is not a calling code such as `+1` or `+44` */
export function requireCallingCode(code: string): void {
  if (!mainRegion(code)) {
    throw new ValidationFailed([{ field: 'defaultCountryCode', message: 'must be a country calling code such as +1 or +44' }]);
  }
}
