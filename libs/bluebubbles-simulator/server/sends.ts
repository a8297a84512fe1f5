import { randomUUID } from 'node:crypto';
import type { Bridge } from '../bridge';
import { type Fault, FAULT_ANSWERS, type FaultAnswer } from '../faults';
import type { Method, SendAnswer, SendEntry, Via } from '../ledger-entries';
import type { Chat, Row, RowChange } from '../mac/rows';
import { FAILS_FOR_GOOD, FAILS_FOR_NOW, magicOf, NOT_ON_IMESSAGE } from '../magic';
import type { World } from '../world';
import type { Call } from './call';
import { Failure } from './envelope';

/** What is to be sent, as it was asked for. */
export interface Order {
  via: Via;
  method: Method;
  /** The chat's guid or the addresses, as the caller gave them. */
  asked: string;
  text: string;
  tempGuid: string | null;
  attachment: SendEntry['attachment'];
}

/** Whom it goes to. */
export interface Target {
  /** The address of a direct chat, a group's identifier. */
  address: string;
  recipients: string[];
  service: string;
  chatGuid: string;
}

export const targetOf = (chat: Chat): Target => ({
  address: chat.identifier,
  recipients: [...chat.participants],
  service: chat.service,
  chatGuid: chat.guid,
});

/** A send on its way: what is wrong with it is settled before it goes. */
export interface Sending {
  call: Call;
  order: Order;
  target: Target;
  /** The guid of the chat in which the server waits for the row; null where it waits for none. */
  awaitedIn: string | null;
  fault: Fault | undefined;
}

/** What comes of it in the end. */
interface Fate {
  /** The row's error at once. */
  error: number;
  lateError: number | null;
  afterMs: number;
  /** The words that it is answered with although there may be a row. */
  words: string | null;
  hasNullData: boolean;
  /** How long those words take. */
  waitMs: number;
  hangs: boolean;
  /** Whether there is a row. */
  goes: boolean;
}

/** Writes down a send that never left. */
export function refuse(
  { call, order, target }: Pick<Sending, 'call' | 'order' | 'target'>,
  words: string,
  answer: SendAnswer = 'error',
) {
  const { world, bridge, at, isAnswerLost } = call;
  world.record(bridge, {
    kind: 'send',
    at,
    bridge: bridge.number,
    ...order,
    address: target.address,
    recipients: target.recipients,
    service: target.service,
    chatGuid: null,
    guid: null,
    outcome: 'refused',
    answer: isAnswerLost ? 'lost' : answer,
    words,
    error: 0,
    lateError: null,
    date: null,
  });
}

/** What was handed over, and what becomes of the call that waits for it. */
interface HandedOver {
  /** Null where the message does not go, or goes later. */
  row: Row | null;
  /** @throws Failure with the words of a fault, after the time that it takes; never comes back from a hang */
  settle(this: void): Promise<void>;
}

/** Hands a message to Messages: what comes of it is in the ledger before the answer is begun. */
export function handOver(sending: Sending, isLate: boolean): HandedOver {
  const { call, order, fault } = sending;
  const { world, bridge, server } = call;
  const fate = fateOf(world, bridge, sending);
  const settle = () => fail(call, fate);
  server.stall(order.text);
  if (!fate.goes) {
    refuse(sending, fate.words!);
    return { row: null, settle };
  }
  if (fate.words !== null && fault?.afterMs) {
    const write = () => (world.hasStopped ? undefined : writeRow(sending, fate, isLate));
    world.background(world.sleep(fault.afterMs).then(write));
    return { row: null, settle };
  }
  return { row: writeRow(sending, fate, isLate), settle };
}

function writeRow(sending: Sending, fate: Fate, isLate: boolean): Row {
  const { call, order, target, fault } = sending;
  const { world, bridge } = call;
  const guid = randomUUID().toUpperCase();
  const words = isLate ? 'Transaction timeout' : fate.words;
  world.record(bridge, {
    kind: 'send',
    at: call.at,
    bridge: bridge.number,
    ...order,
    attachment: renamed(order.attachment, fault),
    ...target,
    guid,
    outcome: fate.error === 0 && fate.lateError === null ? 'sent' : 'refused',
    answer: answerOf(call, order, fate, words),
    words: fate.error !== 0 && order.via === 'text' ? ROW_ERROR_WORDS : words,
    error: fate.error,
    lateError: fate.lateError,
    date: world.macNow(bridge),
  });
  follow(world, bridge, guid, fate);
  return bridge.db.row(guid)!;
}

/** What a text's answer says when its row has an error already: the answer's own error is caught and told. */
export const ROW_ERROR_WORDS = '[500] Message sent with an error. See attached message';

function answerOf({ isAnswerLost }: Call, { via }: Order, fate: Fate, words: string | null): SendAnswer {
  if (isAnswerLost) return 'lost';
  if (fate.hangs) return 'hang';
  if (words !== null) return 'error';
  if (fate.error === 0) return 'ok';
  return via === 'text' ? 'error' : '200-with-error';
}

async function fail({ server }: Call, fate: Fate): Promise<void> {
  if (fate.hangs) await server.orEnd(new Promise(() => undefined));
  if (fate.words === null) return;
  await server.sleep(fate.waitMs);
  throw new Failure(fate.words, fate.hasNullData);
}

/** What happens to a row by itself: an error that comes late, or a receipt; a file is sent by then. */
function follow(world: World, bridge: Bridge, guid: string, fate: Fate): void {
  if (fate.error !== 0) return;
  const after = (ms: number, change: () => RowChange) =>
    world.background(
      world.sleep(ms).then(() => {
        if (!world.hasStopped) world.update(bridge, guid, change());
      }),
    );
  const { lateError } = fate;
  const { deliveryMs } = bridge.times;
  if (lateError !== null) after(fate.afterMs, () => ({ error: lateError }));
  else if (bridge.controls.receipts) after(deliveryMs, () => ({ dateDelivered: world.macNow(bridge), isDelivered: true }));
  else if (!bridge.db.row(guid)!.isSent) after(deliveryMs, () => ({}));
}

function fateOf(world: World, bridge: Bridge, sending: Sending): Fate {
  const { order, target, fault, awaitedIn } = sending;
  const isElsewhere = awaitedIn !== null && awaitedIn !== target.chatGuid;
  const name =
    fault?.name ?? (isElsewhere && order.method === 'apple-script' && order.via !== 'attachment' ? 'send-timeout' : null);
  const told = name === null ? undefined : FAULT_ANSWERS[name];
  const words = told?.words[order.via];
  const people = target.recipients.map(magicOf);
  const isLate = name === 'late-error' || people.includes('fails-late');
  const isHung =
    name === 'hang' ||
    name === 'renamed-file' ||
    people.includes('times-out') ||
    (isElsewhere && order.via === 'attachment') ||
    world.random() < bridge.controls.hangAfterSendRate;
  return {
    error: name === 'row-error' ? (fault?.error ?? FAILS_FOR_NOW) : errorOf(bridge, order, target),
    lateError: isLate ? ((name === 'late-error' ? fault?.error : undefined) ?? NOT_ON_IMESSAGE) : null,
    afterMs: fault?.afterMs ?? bridge.times.lateErrorMs,
    words: words === undefined ? null : filled(words, order, target),
    hasNullData: (told?.hasNullData ?? false) && order.via !== 'new',
    waitMs: waitOf(bridge, sending, told),
    hangs: words === undefined && isHung,
    goes: words === undefined || (fault?.sent ?? told!.sent),
  };
}

/** A row is looked for longer after a text than after `chat/new`. */
function waitOf({ times }: Bridge, { order }: Sending, told: FaultAnswer | undefined): number {
  if (!told?.wait) return 0;
  return times[told.wait === 'rowLookupMs' && order.via === 'new' ? 'chatLookupMs' : told.wait];
}

/** The words of a fault with the contents of the send. */
const filled = (words: string, { text }: Order, { address }: Target): string =>
  words.replace('TEXT', text).replace('ADDRESS', address);

/** The error number that the people stand for; 0 when they can be reached. */
function errorOf(bridge: Bridge, { text }: Order, { recipients, service, address }: Target): number {
  const people = recipients.map(magicOf);
  if (service === 'iMessage' && people.some((magic) => magic === 'no-imessage' || magic === 'no-handle')) return NOT_ON_IMESSAGE;
  if (people.includes('fails')) return FAILS_FOR_GOOD;
  if (people.includes('fails-once') && bridge.failsNow(address, text)) return FAILS_FOR_NOW;
  return 0;
}

/** macOS gives some files other names, and the server waits for the one that it knows. */
function renamed(attachment: SendEntry['attachment'], fault: Fault | undefined): SendEntry['attachment'] {
  if (!attachment || fault?.name !== 'renamed-file') return attachment;
  return { ...attachment, name: `renamed-${attachment.name}` };
}
