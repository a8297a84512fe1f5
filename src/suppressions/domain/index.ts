export { RecipientAllowed, RecipientSuppressed } from './events';
export { Judge, type Question, type Verdict } from './judge';
export {
  channelsOf,
  type NewSuppression,
  type Suppression,
  type SuppressionChannel,
  suppressionChannelOf,
  type SuppressionReason,
} from './suppression';
export { ConfirmationNeeded, RecipientIsSuppressed } from './suppressions.errors';
