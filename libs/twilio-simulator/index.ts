export { startTwilioSimulator, type TwilioSimulator, type TwilioSimulatorOptions } from './simulator';
export type { AccountOptions, ApiKey, Service } from './accounts';
export { type Controls, QUICK_TIMES, REAL_TIMES, type Times } from './controls';
export { FAULTS, type Fault, type FaultName } from './faults';
export type { CallbackEntry, InboundEntry, LedgerEntry, LedgerFilter, MessageEntry, RefusedEntry } from './ledger';
export type { SimulatedMessage } from './messages';
export type { InboundOrder } from './world';
export { signatureOf } from './signing';
