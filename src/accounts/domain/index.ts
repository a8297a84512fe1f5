export {
  type Account,
  AccountChanged,
  type AccountHealth,
  Accounts,
  AccountUse,
  placeOf,
  standardDevice,
  UNASKED,
} from './account';
export { AccountHasLines } from './accounts.errors';
export { type GivenFields, readFields } from './given-fields';
export { isSameOrigin, readProviderUrl, type TargetRules } from './provider-url';
