import { randomUUID } from 'node:crypto';
import { type Bridge, type ChatAddress, chatGuidOf } from './bridge';
import type { Lie } from './controls';
import { BadRequest, type Envelope, failure, messageError, Missing, success } from './envelope';
import type { SendAnswer, SendEntry } from './ledger';
import { FAILS_FOR_GOOD, FAILS_FOR_NOW, magicOf, NOT_ON_IMESSAGE } from './magic';
import type { World } from './world';

/** An answer, or what comes in place of one. */
export type Answer = Envelope | 'garbage' | 'drop';

export interface SendRequest {
  /** When the request came in, in ms. */
  at: number;
  chat: ChatAddress;
  text: string;
  tempGuid: string | null;
  attachment: SendEntry['attachment'];
  /** Opens the chat where there is none; the answer is the chat with the message in it. */
  opensChat: boolean;
}

/**
 * Sends a message the way a bridge does: it is in the ledger before the answer is begun; while its `tempGuid`
 * is in flight a second one is refused, afterwards it is forgotten.
 */
export async function send(world: World, bridge: Bridge, request: SendRequest): Promise<Answer> {
  const { chat, tempGuid } = request;
  if (bridge.controls.strictChats && !request.opensChat && !bridge.chat(chat)) throw new Missing('Chat does not exist!');
  if (tempGuid !== null) {
    if (bridge.inFlight.has(tempGuid)) {
      record(world, bridge, request, { guid: null, outcome: 'refused', answer: 'already-queued', error: 0 });
      throw new BadRequest(`Message is already queued to be sent! (Temp GUID: ${tempGuid})`);
    }
    bridge.inFlight.add(tempGuid);
  }
  try {
    return await handOver(world, bridge, request);
  } finally {
    if (tempGuid !== null) bridge.inFlight.delete(tempGuid);
  }
}

async function handOver(world: World, bridge: Bridge, request: SendRequest): Promise<Answer> {
  const { controls } = bridge;
  if (world.random() < controls.errorRate) {
    record(world, bridge, request, { guid: null, outcome: 'refused', answer: 'error', error: 0 });
    await world.sleep(controls.latencyMs);
    return failure(500, 'The simulator was told to fail');
  }
  const guid = randomUUID().toUpperCase();
  const error = errorOf(bridge, request) || (controls.lie === '200-with-error' ? FAILS_FOR_NOW : 0);
  if (error !== 0) {
    const lies = controls.lie === '200-with-error';
    record(world, bridge, request, { guid, outcome: 'refused', answer: lies ? '200-with-error' : 'error', error });
    await world.sleep(controls.latencyMs);
    return lies ? success('Message sent!', dataOf(bridge, request, guid)) : messageError(messageOf(bridge, request, guid));
  }

  const hangs = magicOf(request.chat.address) === 'times-out' || world.random() < controls.hangAfterSendRate;
  const answer: SendAnswer = hangs ? 'hang' : (controls.lie ?? 'ok');
  record(world, bridge, request, { guid, outcome: 'sent', answer, error: 0 });
  world.background(announce(world, bridge, guid));
  await world.sleep(controls.latencyMs);
  if (hangs) {
    await world.sleep(controls.holdMs);
    return failure(504, 'Message send timed out');
  }
  const lie: Lie | null = controls.lie;
  if (lie === 'garbage' || lie === 'drop') return lie;
  return success('Message sent!', dataOf(bridge, request, guid));
}

/** The error number that the address stands for; 0 when it can be reached. */
function errorOf(bridge: Bridge, { chat, text }: SendRequest): number {
  const magic = magicOf(chat.address);
  if (magic === 'no-imessage' && chat.service === 'iMessage') return NOT_ON_IMESSAGE;
  if (magic === 'fails') return FAILS_FOR_GOOD;
  if (magic === 'fails-once' && bridge.failsNow(chat.address, text)) return FAILS_FOR_NOW;
  return 0;
}

function record(
  world: World,
  bridge: Bridge,
  { at, chat, text, tempGuid, attachment }: SendRequest,
  fate: Pick<SendEntry, 'guid' | 'outcome' | 'answer' | 'error'>,
): void {
  world.record(bridge, { kind: 'send', at, bridge: bridge.number, ...chat, text, tempGuid, attachment, ...fate });
}

function messageOf(bridge: Bridge, { tempGuid }: SendRequest, guid: string) {
  return { ...bridge.message(guid)!, ...(tempGuid === null ? {} : { tempGuid }) };
}

function dataOf(bridge: Bridge, request: SendRequest, guid: string) {
  const message = messageOf(bridge, request, guid);
  if (!request.opensChat) return message;
  const { address } = request.chat;
  const participants = [{ address, service: request.chat.service }];
  return { guid: chatGuidOf(request.chat), chatIdentifier: address, participants, messages: [message], lastMessage: message };
}

/**
 * Tells the registered URLs what the bridge sees of its own sends: the message, and soon that it was
 * delivered.
 */
async function announce(world: World, bridge: Bridge, guid: string): Promise<void> {
  const { echoes, receipts } = bridge.controls;
  if (echoes) await world.webhooks.post(bridge, 'new-message', bridge.message(guid)!);
  if (receipts) await world.update(bridge, guid, { dateDelivered: world.now() }, 'updated-message');
}
