import { Injectable } from '@nestjs/common';
import { normalizeAddress } from '#libs/contact-methods';
import { Config } from '../../platform/config';
import type {
  AvailabilityOutcome,
  Channel,
  ChannelLine,
  InboundEvent,
  Outgoing,
  SendOutcome,
  SentMessage,
} from '../domain/channel';
import { GuardedHttp, NeverConnected, type GuardedAnswer } from '../infrastructure/guarded-http';
import { envelopeOf, messageOf, NOT_ON_IMESSAGE, wordsOf, type BridgeMessage } from './bluebubbles.protocol';

const QUESTION_WITHIN_MS = 20_000;
const PING_WITHIN_MS = 5_000;
const CHAT_PAGE = 100;

const chatGuid = (address: string) => `iMessage;-;${address}`;

/** The code kept for an answer by which the bridge proved that it did not send. */
const REFUSALS: Record<number, string> = {
  400: 'REJECTED',
  401: 'BRIDGE_UNAUTHORIZED',
  403: 'BRIDGE_FORBIDDEN',
  404: 'BRIDGE_NOT_FOUND',
};
const CHAT_MISSING = /chat.*(not exist|not found)|no chat/i;

/** iMessage through a BlueBubbles server (https://bluebubbles.app), one for each Mac. */
@Injectable()
export class BlueBubblesChannel implements Channel {
  readonly name = 'imessage';
  private readonly sendWithin: number;

  constructor(
    private readonly http: GuardedHttp,
    config: Config,
  ) {
    this.sendWithin = config.PROVIDER_TIMEOUT_SECONDS * 1_000;
  }

  async send(line: ChannelLine, message: Outgoing): Promise<SendOutcome> {
    const common = { message: message.text, method: 'private-api', tempGuid: message.providerId };
    const [path, body] = message.opensChat
      ? ['chat/new', { ...common, addresses: [message.to], service: 'iMessage' }]
      : ['message/text', { ...common, chatGuid: chatGuid(message.to) }];
    let answer: GuardedAnswer;
    try {
      answer = await this.call(line, 'POST', path, {}, this.sendWithin, body);
    } catch (error) {
      if (error instanceof NeverConnected)
        return { kind: 'refused', code: 'BRIDGE_UNREACHABLE', words: error.message, trouble: true };
      return { kind: 'unknown', words: brokenOff(error) };
    }
    return outcomeOf(answer);
  }

  async checkAvailability(line: ChannelLine, address: string): Promise<AvailabilityOutcome> {
    try {
      const answer = await this.call(line, 'GET', 'handle/availability/imessage', { address }, QUESTION_WITHIN_MS);
      const envelope = envelopeOf(answer.json);
      const available = (envelope?.data as { available?: unknown } | null | undefined)?.available;
      if (answer.status === 200 && typeof available === 'boolean') return { kind: available ? 'available' : 'unavailable' };
      return { kind: 'trouble', reason: wordsOf(envelope, answer.status), asked: true };
    } catch (error) {
      if (error instanceof NeverConnected) return { kind: 'trouble', reason: error.message, asked: true };
      return { kind: 'trouble', reason: brokenOff(error), asked: true };
    }
  }

  async findSent(line: ChannelLine, to: string, since: Date): Promise<SentMessage[] | null> {
    const messages = await this.chat(line, to, since);
    return (
      messages &&
      messages
        .filter((message) => message.isFromMe && message.error === 0 && message.dateCreated && message.dateCreated >= since)
        .map(({ guid, text, dateCreated }) => ({ externalId: guid, text, at: dateCreated! }))
    );
  }

  async findReplies(line: ChannelLine, from: string, since: Date) {
    const messages = await this.chat(line, from, since);
    return (
      messages &&
      messages
        .filter((message) => !message.isFromMe && !message.isReaction && message.dateCreated && message.dateCreated >= since)
        .map(({ guid, text, dateCreated }) => ({
          kind: 'reply' as const,
          externalId: guid,
          address: from,
          text,
          at: dateCreated!,
        }))
    );
  }

  async health(line: ChannelLine): Promise<string | null> {
    try {
      const answer = await this.call(line, 'GET', 'ping', {}, PING_WITHIN_MS);
      return answer.status === 200 ? null : wordsOf(envelopeOf(answer.json), answer.status);
    } catch (error) {
      return error instanceof NeverConnected ? error.message : brokenOff(error);
    }
  }

  parseInbound(body: unknown): InboundEvent[] {
    const { type, data } = (envelopeOf(body) ?? {}) as { type?: unknown; data?: unknown };
    const message = messageOf(data);
    if (!message) return [];
    if (type === 'message-send-error') return [sendError(message)];
    if (type === 'updated-message' && message.isFromMe) return receipts(message);
    if (type !== 'new-message' || message.isFromMe || message.isReaction || !message.address) return [];
    const address = normalizeAddress(message.address, '+1')?.value;
    if (!address) return [];
    return [{ kind: 'reply', externalId: message.guid, address, text: message.text, at: message.dateCreated ?? new Date() }];
  }

  private async chat(line: ChannelLine, address: string, since: Date): Promise<BridgeMessage[] | null> {
    const path = `chat/${encodeURIComponent(chatGuid(address))}/message`;
    const query = { after: String(since.getTime()), sort: 'DESC', limit: String(CHAT_PAGE) };
    try {
      const { status, json } = await this.call(line, 'GET', path, query, QUESTION_WITHIN_MS);
      const data = envelopeOf(json)?.data;
      // A bridge that knows no such chat has sent nothing there.
      if (status === 404) return [];
      if (status !== 200 || !Array.isArray(data)) return null;
      return data.map(messageOf).filter((message) => message !== null);
    } catch {
      return null;
    }
  }

  private call(
    line: ChannelLine,
    method: 'GET' | 'POST',
    path: string,
    query: Record<string, string>,
    within: number,
    body?: object,
  ): Promise<GuardedAnswer> {
    const url = new URL(`${line.bridgeUrl ?? ''}/api/v1/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    url.searchParams.set('password', line.bridgePassword ?? '');
    return this.http.send({ method, url, within, body });
  }
}

/** "Proven refusals" are those of the sending rules: 400 (but "already queued"), 401, 403, 404, and an error that carries the message. */
function outcomeOf({ status, json }: GuardedAnswer): SendOutcome {
  const envelope = envelopeOf(json);
  const words = wordsOf(envelope, status);
  const message = messageOf(envelope?.data);
  if (message && message.error !== 0) return unsent(message.error, words);
  if (status === 200 && (envelope?.status === undefined || envelope.status === 200)) {
    if (message) return { kind: 'accepted', externalId: message.guid, at: message.dateCreated };
    const opened = messageOf((envelope?.data as { messages?: unknown[] } | undefined)?.messages?.[0]);
    if (opened) return { kind: 'accepted', externalId: opened.guid, at: opened.dateCreated };
    return { kind: 'unknown', words: 'the bridge answered something that cannot be read' };
  }
  const refusal = REFUSALS[status];
  if (!refusal || /already queued/i.test(words)) return { kind: 'unknown', words };
  const trouble = status === 401 || status === 403;
  return { kind: 'refused', code: refusal, words, trouble, opensChat: status !== 401 && CHAT_MISSING.test(words) };
}

function unsent(error: number, words: string): SendOutcome {
  if (error === NOT_ON_IMESSAGE) return { kind: 'not-on-channel', code: 'NOT_ON_IMESSAGE', words };
  return { kind: 'refused', code: `IMESSAGE_ERROR_${error}`, words };
}

function sendError(message: BridgeMessage): InboundEvent {
  return {
    kind: 'send-error',
    externalId: message.guid,
    providerId: message.tempGuid,
    notOnChannel: message.error === NOT_ON_IMESSAGE,
    code: message.error === NOT_ON_IMESSAGE ? 'NOT_ON_IMESSAGE' : `IMESSAGE_ERROR_${message.error}`,
  };
}

function receipts({ guid, dateDelivered, dateRead }: BridgeMessage): InboundEvent[] {
  const events: InboundEvent[] = [];
  if (dateDelivered) events.push({ kind: 'delivered', externalId: guid, at: dateDelivered });
  if (dateRead) events.push({ kind: 'read', externalId: guid, at: dateRead });
  return events;
}

/** Why an exchange broke off, without anything of the URL. */
function brokenOff(error: unknown): string {
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return 'the bridge did not answer in time';
  return 'the connection to the bridge broke off';
}
