export { callingCodeOf, countryOfPhone, mainRegion, normalizePhone } from './phone';
export { nationalDigits } from './national';
export { normalizeDomain } from './email';
export { normalizeEmail } from './email-cell';
export { normalizeAddress, storedFormsOf } from './address';
export { DEFAULT_COUNTRY_CODE } from './country-code';
export { formsOf, identityOf } from './lenient';
export { plainText } from './characters';
export { addressesInCell, type CellValues, emailsInCell, phonesInCell } from './cell-values';
