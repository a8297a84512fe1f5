export { type Place, placeOf, type Whereabouts } from './place';
export { zonesOfAreaCode } from './area-codes';
export { type AllowedTimes, type QuietHours, readQuietHours } from './setting';
export {
  type AllowedHours,
  allowedHours,
  type CampaignWindow,
  isAllowed,
  type NextAllowed,
  nextAllowed,
  type NextAllowedQuestion,
  type Verdict,
} from './quiet-hours';
