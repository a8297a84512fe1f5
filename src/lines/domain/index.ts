export { accountKeyOf } from './account';
export { AccountRates } from './account-rates';
export { dailyLimitOf, LineCapacity, roomIn, type LineToday, type LineUsage, type Reservation } from './capacity';
export { Devices, type DeviceTurn, START_WITHIN_MS } from './devices';
export {
  isUsable,
  LineChanged,
  LineHealthChanged,
  lineName,
  Lines,
  overallPaceOf,
  paceOf,
  type HealthChange,
  type Line,
} from './line';
export { LineReadings, type LineReading } from './line-readings';
export { NoActiveLines } from './lines.errors';
