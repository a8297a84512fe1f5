export { callingCodeOf, countryOfPhone, mainRegion, normalizePhone } from './phone';
export { nationalDigits } from './national';
export { normalizeDomain, normalizeEmail } from './email';
export { normalizeAddress } from './address';
export { DEFAULT_COUNTRY_CODE } from './country-code';
export { formsOf, identityOf } from './lenient';
export { plainText } from './characters';
