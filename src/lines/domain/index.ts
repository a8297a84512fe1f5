export { LineCapacity, roomIn, type LineUsage, type Reservation } from './capacity';
export { Devices, type DeviceTurn } from './devices';
export { isUsable, LineChanged, lineName, Lines, type Line } from './line';
export { NoActiveLines } from './lines.errors';
