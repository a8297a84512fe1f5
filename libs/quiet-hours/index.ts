export { type Place, placeOf } from './place';
export { zonesOfAreaCode } from './area-codes';
export { type QuietHours, readQuietHours } from './setting';
export { allowedHours, type CampaignWindow, isAllowed, nextAllowed } from './quiet-hours';
