export { startBlueBubblesSimulator, type Simulator, type SimulatorOptions } from './server';
export { magicOf, type Magic } from './magic';
export type { LedgerFilter, ReceiptOrder, ReplyOrder } from './control-api';
export type { Controls, Lie } from './controls';
export type { AvailabilityEntry, LedgerEntry, ReplyEntry, SendAnswer, SendEntry, UpdateEntry, WebhookEntry } from './ledger';
export type { BridgeMessage } from './bridge';
export type { Delivery } from './webhooks';
