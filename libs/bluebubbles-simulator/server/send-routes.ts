import { randomUUID } from 'node:crypto';
import type { Method } from '../ledger-entries';
import { chatNameOf, namesChatsAny, rewrittenAddress, rewrittenChatGuid } from '../mac/addresses';
import { type Chat, GROUP_STYLE, type Row } from '../mac/rows';
import { magicOf } from '../magic';
import type { Call } from './call';
import { badRequest, type Envelope, Failure, iMessageError, NotHandedOver, success } from './envelope';
import { choice, neededList, neededText, optionalNumber, optionalText } from './fields';
import type { PendingSend } from './pending-sends';
import { peopleOf } from './read-routes';
import { handOver, type Order, refuse, ROW_ERROR_WORDS, type Sending, type Target, targetOf } from './sends';
import { chatOf, messageOf } from './serialize';

const METHODS = ['apple-script', 'private-api'] as const;
/** The server takes rows that are dated so long before the call. */
const CLOCK_TOLERANCE_MS = 10_000;
const CHAT_MISSING = 'Chat does not exist in IMChatRegistry!';
const SERVICES = ['iMessage', 'SMS'] as const;

export async function sendText(call: Call): Promise<Envelope> {
  const { fields } = call.body;
  const chatGuid = neededText(fields, 'chatGuid');
  const tempGuid = optionalText(fields, 'tempGuid');
  if (fields.message === undefined) throw badRequest('The message field must be present.');
  const text = optionalText(fields, 'message') ?? '';
  const subject = optionalText(fields, 'subject');
  const isRich = [optionalText(fields, 'effectId'), subject, optionalText(fields, 'selectedMessageGuid'), fields.ddScan].some(
    Boolean,
  );
  const method = isRich ? 'private-api' : methodOf(call);
  optionalNumber(fields, 'partIndex', 0);
  if (method === 'apple-script') {
    needTempGuid(tempGuid);
    if (text === '') throw badRequest(`A 'message' is required when sending via AppleScript`);
  } else if (text === '' && subject === null) {
    throw badRequest(`A 'message' or 'subject' is required when sending via the Private API`);
  }
  const order: Order = { via: 'text', method, asked: chatGuid, text, tempGuid, attachment: null };
  const words = { queued: `Message is already queued to be sent! (Temp GUID: ${tempGuid})`, failed: 'Message Send Error' };
  return inFlight(call, order, words, async () => {
    stopTyping(call, chatGuid);
    const row = await send(call, order, chatGuid);
    if (row.error !== 0) throw new Failure(ROW_ERROR_WORDS);
    const message = messageOf(row, { chats: 'all', attachments: false, isEvent: false });
    return success('Message sent!', tempGuid === null ? message : { ...message, tempGuid });
  });
}

export async function sendAttachment(call: Call): Promise<Envelope> {
  const { fields, file } = call.body;
  const chatGuid = neededText(fields, 'chatGuid');
  const tempGuid = optionalText(fields, 'tempGuid');
  const name = neededText(fields, 'name');
  const isRich = ['effectId', 'subject', 'selectedMessageGuid'].some((each) => optionalText(fields, each));
  const method = isRich ? 'private-api' : methodOf(call);
  if (method === 'apple-script') needTempGuid(tempGuid);
  const bytes = file?.size ?? 0;
  const attachment = { guid: randomUUID().toUpperCase(), name, bytes, mimeType: file?.type || 'application/octet-stream' };
  const order: Order = { via: 'attachment', method, asked: chatGuid, text: '', tempGuid, attachment };
  const words = { queued: 'Attachment is already queued to be sent!', failed: 'Attachment Send Error' };
  return inFlight(call, order, words, async () => {
    if (!file || bytes === 0) throw badRequest('Attachment not provided or was empty!');
    if (name.includes('/')) {
      const words = `ENOENT: no such file or directory, copyfile '/tmp/upload' -> '/Users/sam/Library/Messages/${name}'`;
      refuse({ call, order, target: namedTarget(call, chatGuid) }, words);
      throw new Failure(words);
    }
    const row = await send(call, order, chatGuid);
    return success('Attachment sent!', messageOf(row, { chats: 'all', attachments: true, isEvent: false }));
  });
}

/** Opens the chat where there is none. Looks at no tempGuid: twice sends twice. */
export async function openChat(call: Call): Promise<Envelope> {
  const { bridge, body } = call;
  const { fields } = body;
  const addresses = neededList(fields, 'addresses');
  const text = optionalText(fields, 'message') ?? '';
  const method = methodOf(call);
  const service = choice(fields, 'service', SERVICES) ?? 'iMessage';
  const tempGuid = optionalText(fields, 'tempGuid');
  const { macos, countryCode } = bridge.controls;
  if (method === 'apple-script' && addresses.length > 1)
    throw new Failure('Cannot create group chats on macOS Big Sur or newer!');
  if (text === '') {
    const when = method === 'apple-script' ? 'chats on macOS Big Sur or newer!' : 'chats with the Private API!';
    throw new Failure(`A message is required when creating ${when}`);
  }
  const recipients = addresses.map((each) => rewrittenAddress(String(each), countryCode));
  const order: Order = { via: 'new', method, asked: addresses.map(String).join(','), text, tempGuid, attachment: null };
  const target = newTarget(recipients, service, macos);
  if (method === 'apple-script') {
    const row = await sendByAppleScript(call, order, target.chatGuid);
    return openedChat(call, row);
  }
  const fault = bridge.takeFault('new', target.address);
  const sending: Sending = { call, order, target, awaitedIn: null, fault };
  const row = await handedOver(sending, () => {
    const known = knownChat(call, target);
    if (known) sending.target = { ...targetOf(known), service };
    return noHandles(recipients, service);
  });
  return openedChat(call, row);
}

/** A direct chat goes by its guid; a group of the same people is one chat. */
function knownChat({ bridge }: Call, { recipients, chatGuid }: Target): Chat | undefined {
  if (recipients.length === 1) return bridge.db.chat(chatGuid);
  const isSame = ({ style, participants }: Chat) =>
    style === GROUP_STYLE && participants.length === recipients.length && recipients.every((each) => participants.includes(each));
  return bridge.db.chatsOf(recipients[0]!).find(isSame);
}

function newTarget(recipients: string[], service: string, macos: number): Target {
  if (recipients.length > 1) {
    const identifier = `chat${BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 15)}`)}`;
    return { address: identifier, recipients, service, chatGuid: `${service};+;${identifier}` };
  }
  const name = namesChatsAny(macos) ? 'any' : service;
  return { address: recipients[0]!, recipients, service, chatGuid: `${name};-;${recipients[0]}` };
}

const noHandles = (recipients: string[], service: string): string | null =>
  service === 'iMessage' && recipients.some((each) => magicOf(each) === 'no-handle')
    ? 'Failed to find all handles for specified service!'
    : null;

function openedChat({ bridge, body }: Call, row: Row): Envelope {
  const tempGuid = optionalText(body.fields, 'tempGuid');
  const message = messageOf(row, { chats: 'none', attachments: false, isEvent: false });
  const messages = [tempGuid === null ? message : { ...message, tempGuid }];
  const data = { ...chatOf(row.chat, { participants: peopleOf(bridge, row.chat) }), messages };
  return success('Successfully created chat!', data);
}

/** Sends to a chat by its exact guid, and comes back with the row. */
async function send(call: Call, order: Order, chatGuid: string): Promise<Row> {
  if (order.method === 'apple-script') return sendByAppleScript(call, order, chatGuid);
  const { bridge, server } = call;
  const pending = expected(call, order, chatGuid);
  const target = namedTarget(call, chatGuid);
  const awaitedIn = order.via === 'attachment' ? chatGuid : null;
  const sending: Sending = { call, order, target, awaitedIn, fault: bridge.takeFault(order.via, target.address) };
  const row = await handedOver(sending, () => {
    const chat = chatFor(call, chatGuid);
    if (chat) sending.target = targetOf(chat);
    return chat ? null : CHAT_MISSING;
  });
  // A file is uploaded at first, and waited for under its name in exactly that chat.
  return row.isSent || order.via === 'text' ? row : server.orEnd(pending.matched);
}

/** Asks the helper to hand a message over; what it cannot be asked is in the ledger too. */
async function handedOver(sending: Sending, check: () => string | null): Promise<Row> {
  const { call } = sending;
  const failing = failsAtRandom(call);
  const asking = call.server.helper.ask((isLate) => {
    const words = failing ?? check();
    if (words === null) return handOver(sending, isLate);
    throw new NotHandedOver(words);
  });
  const { row, settle } = await asking.catch((error: unknown) => {
    if (error instanceof NotHandedOver) refuse(sending, error.message);
    throw error;
  });
  await settle();
  return row!;
}

/**
 * AppleScript's main path goes to the rewritten address, a second try after any error to the raw one; either
 * opens the chat. Then the row is waited for in the chat that was named.
 */
async function sendByAppleScript(call: Call, order: Order, chatGuid: string): Promise<Row> {
  const { bridge, server } = call;
  const { countryCode, macos } = bridge.controls;
  const pending = expected(call, order, chatGuid);
  const fault = bridge.takeFault(order.via, namedTarget(call, chatGuid).address);
  const isFirstLost = fault?.name === 'first-try-fails' || namesChatsAny(macos);
  const failing = failsAtRandom(call);
  if (failing !== null) {
    refuse({ call, order, target: namedTarget(call, chatGuid) }, failing);
    throw new Failure(failing);
  }
  await server.sleep(bridge.controls.helperMs);
  const guids = isFirstLost
    ? [...(fault?.sent ? [rewrittenChatGuid(chatGuid, countryCode)] : []), chatGuid]
    : [rewrittenChatGuid(chatGuid, countryCode)];
  const tries = guids.map((guid) =>
    handOver({ call, order, target: namedTarget(call, guid), awaitedIn: chatGuid, fault }, false),
  );
  await tries.at(-1)!.settle();
  return server.orEnd(pending.matched);
}

function expected({ world, bridge, server }: Call, order: Order, chatGuid: string): PendingSend {
  const since = world.macNow(bridge) - CLOCK_TOLERANCE_MS;
  const { attachment, text, tempGuid } = order;
  return server.expect({ chatGuid, content: attachment?.name ?? text, isFile: attachment !== null, tempGuid, since });
}

/** The chat of exactly that guid; on macOS 26, with a helper that helps itself, also under its old names. */
export function chatFor({ bridge }: Call, chatGuid: string): Chat | undefined {
  const chat = bridge.db.chat(chatGuid);
  const name = chatNameOf(chatGuid);
  if (chat || !name || name.isGroup || !bridge.controls.guidFallback) return chat;
  return bridge.db.chat(`any;-;${name.identifier}`);
}

/** Whom a guid names, whether there is such a chat or not. */
function namedTarget({ bridge }: Call, chatGuid: string): Target {
  const chat = bridge.db.chat(chatGuid);
  if (chat) return targetOf(chat);
  const name = chatNameOf(chatGuid);
  const service = name && name.service !== 'any' ? name.service : 'iMessage';
  const address = name?.identifier ?? chatGuid;
  const guid = name && !name.isGroup && namesChatsAny(bridge.controls.macos) ? `any;-;${address}` : chatGuid;
  return { address, recipients: [address], service, chatGuid: guid };
}

interface FlightWords {
  queued: string;
  failed: string;
}

/**
 * While its tempGuid is in flight, a second send is refused; what fails is told in the call's own words.
 */
async function inFlight(
  call: Call,
  order: Order,
  { queued, failed }: FlightWords,
  work: () => Promise<Envelope>,
): Promise<Envelope> {
  const { server } = call;
  const { tempGuid } = order;
  if (tempGuid !== null && server.inFlight.has(tempGuid)) {
    refuse({ call, order, target: namedTarget(call, order.asked) }, queued, 'already-queued');
    throw badRequest(queued);
  }
  if (tempGuid !== null) server.inFlight.add(tempGuid);
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) throw iMessageError(failed, error.message, error.hasNullData);
    throw error;
  } finally {
    if (tempGuid !== null) server.inFlight.delete(tempGuid);
  }
}

const failsAtRandom = ({ world, bridge }: Call): string | null =>
  world.random() < bridge.controls.errorRate ? 'The simulator was told to fail' : null;

const methodOf = ({ body }: Call): Method => choice(body.fields, 'method', METHODS) ?? 'apple-script';

function needTempGuid(tempGuid: string | null): void {
  if (tempGuid === null) throw badRequest(`A 'tempGuid' is required when sending via AppleScript`);
}

/** A send ends the typing that a call began. */
function stopTyping({ world, bridge, server, at }: Call, chatGuid: string): void {
  if (!server.typing.delete(chatGuid)) return;
  const address = chatNameOf(chatGuid)?.identifier ?? chatGuid;
  world.record(bridge, { kind: 'typing', at, bridge: bridge.number, address, chatGuid, typing: false });
}
