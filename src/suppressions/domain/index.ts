export { RecipientAllowed, RecipientsSuppressed } from './events';
export { Judge, type Verdict } from './judge';
export { channelsOf, type NewSuppression, type Suppression, suppressionChannelOf } from './suppression';
export { RecipientIsSuppressed } from './suppressions.errors';
