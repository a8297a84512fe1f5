export { accountKeyOf } from './account';
export { LineCapacity, roomIn, type LineUsage, type Reservation } from './capacity';
export { Devices, type DeviceTurn } from './devices';
export { isUsable, LineChanged, LineHealthChanged, lineName, Lines, type HealthChange, type Line } from './line';
export { LineReadings, type LineReading } from './line-readings';
export { NoActiveLines } from './lines.errors';
