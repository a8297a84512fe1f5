export { LinesModule } from './lines.module';
export { LinesService, type LineCredentials } from './application/lines.service';
export { isUsable, LineChanged, lineName, Lines, type Line } from './domain/line';
export {
  LineCapacity,
  nextUtcDay,
  nextUtcHour,
  roomIn,
  utcDay,
  utcHour,
  type LineUsage,
  type Reservation,
} from './domain/capacity';
export { Devices, type DeviceTurn } from './domain/devices';
export { NoActiveLines } from './domain/lines.errors';
