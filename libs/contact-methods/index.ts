export { countryOfPhone, mainRegion, normalizePhone } from './phone';
export { nationalDigits } from './national';
export { normalizeEmail } from './email';
export { normalizeAddress } from './address';
