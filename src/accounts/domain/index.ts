export { type Account, AccountChanged, Accounts, AccountUse } from './account';
export { readFields } from './given-fields';
export { isSameOrigin, readProviderUrl, type TargetRules } from './provider-url';
