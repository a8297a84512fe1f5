export { startBlueBubblesSimulator, type Simulator, type SimulatorOptions } from './simulator';
export { isOnIMessage, magicOf, type Magic } from './magic';
export { QUICK_TIMES, REAL_TIMES, type Times } from './times';
export type { Controls, HelperState } from './controls';
export { FAULTS, type Fault, type FaultName } from './faults';
export { PROXY_PAGES, type Proxy, type ProxyPage } from './proxy';
export type { LedgerFilter } from './ledger';
export type {
  AvailabilityEntry,
  ChatEntry,
  LedgerEntry,
  Method,
  ReactionEntry,
  ReplyEntry,
  RowEntry,
  SendAnswer,
  SendEntry,
  TypingEntry,
  UpdateEntry,
  Via,
  WebhookEntry,
} from './ledger-entries';
export type { ChatOrder, Chosen, EventOrder, InboundRow, ReceiptOrder, ReplyOrder, RestartOrder, SendErrorOrder } from './orders';
export type { Happened } from './director';
export type { BridgeMessage } from './server/serialize';
export type { CallRecord } from './world';
export type { Delivery } from './webhooks';
