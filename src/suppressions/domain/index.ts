export { RecipientAllowed, RecipientsSuppressed } from './events';
export { Judge, type Verdict } from './judge';
export { channelsOf, type NewSuppression, suppressionChannelOf } from './suppression';
export { RecipientIsSuppressed } from './suppressions.errors';
