export { countryOfPhone, mainRegion, normalizePhone } from './phone';
export { normalizeEmail } from './email';
export { normalizeAddress, type Address } from './address';
