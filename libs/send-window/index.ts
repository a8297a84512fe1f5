export { closesAt, isAllowed, isEverOpen, nextAllowed } from './send-window';
export { localDay, nextLocalDay } from './local-day';
export { instantOf } from './local-time';
export { validateWindow, type WindowSettings } from './settings';
export { isLeadTimezone, timezoneOfCountry, timezoneOfFields } from './lead-timezone';
export { stretchAt } from './zone-clock';
export { TIMEZONE_DATA_RELEASE } from './zone-data';
