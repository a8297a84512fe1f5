export { closesAt, isAllowed, nextAllowed } from './send-window';
export { instantOf } from './local-time';
export { validateWindow, type WindowSettings } from './settings';
export { isLeadTimezone, timezoneOfCountry } from './lead-timezone';
export { TIMEZONE_DATA_RELEASE } from './zone-data';
