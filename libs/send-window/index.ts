export { closesAt, isAllowed, nextAllowed } from './send-window';
export { validateWindow, type WindowProblem, type WindowSettings } from './settings';
export { isLeadTimezone, timezoneOfCountry } from './lead-timezone';
