export { type MailSimulator, type MailSimulatorOptions, startMailSimulator } from './simulator';
export type { AccountOptions } from './accounts';
export type { Fault, FaultStage } from './faults';
export type { Mailbox, StoredMail } from './mailbox';
export type { MailEntry, Order } from './world';
