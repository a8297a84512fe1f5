import { Injectable } from '@nestjs/common';
import { FormData } from 'undici';
import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import { Config } from '../../platform/config';
import type {
  AvailabilityOutcome,
  CallFailure,
  Channel,
  ChannelLine,
  InboundEvent,
  LineFields,
  LineProblem,
  Outgoing,
  SendOutcome,
  SentMessage,
} from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
import { type GuardedAnswer, GuardedHttp } from '../infrastructure/guarded-http';
import { type BridgeMessage, envelopeOf, errorTextOf, messageOf, NOT_ON_IMESSAGE } from './bluebubbles.protocol';
import { brokenOff, outcomeOf, outcomeWithoutAnswer, scopeOf } from './outcomes';

/** A question that changes nothing is given up after this, or earlier where a send would be. */
const ANSWER_WITHIN_MS = 20_000;
const PING_WITHIN_MS = 5_000;
const CHAT_PAGE = 100;

const chatGuid = (address: string) => `iMessage;-;${address}`;

interface BridgeRequest {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string>;
  body?: object;
  form?: FormData;
}

/** iMessage through a BlueBubbles server (https://bluebubbles.app), one for each Mac. */
@Injectable()
export class BlueBubblesChannel implements Channel {
  readonly name = 'imessage';
  readonly provider = 'bluebubbles';
  readonly reaches = ['phone', 'email'] as const;
  readonly takesAttachments = true;
  private readonly sendWithin: number;
  private readonly answerWithin: number;

  constructor(
    private readonly guardedHttp: GuardedHttp,
    config: Config,
  ) {
    this.sendWithin = config.PROVIDER_TIMEOUT_SECONDS * 1_000;
    this.answerWithin = Math.min(ANSWER_WITHIN_MS, this.sendWithin);
  }

  lineProblems({ bridgeUrl, bridgePassword }: LineFields): LineProblem[] {
    const problems: LineProblem[] = [];
    if (!bridgeUrl) problems.push({ field: 'bridgeUrl', message: 'an imessage line needs the URL of its bridge' });
    if (!bridgePassword) {
      problems.push({ field: 'bridgePassword', message: 'an imessage line needs the password of its bridge' });
    }
    return problems;
  }

  async send(line: ChannelLine, message: Outgoing): Promise<SendOutcome> {
    const answer = await this.call(line, this.requestOf(message), this.sendWithin).catch((error: unknown) => ({ error }));
    const outcome = 'error' in answer ? outcomeWithoutAnswer(answer.error) : outcomeOf(answer);
    return 'message' in outcome ? { ...outcome, message: withoutSecret(line, outcome.message) } : outcome;
  }

  async checkAvailability(line: ChannelLine, address: string): Promise<AvailabilityOutcome> {
    try {
      const question = { method: 'GET' as const, path: 'handle/availability/imessage', query: { address } };
      const { status, json } = await this.call(line, question, this.answerWithin);
      const envelope = envelopeOf(json);
      const available = (envelope?.data as { available?: unknown } | null | undefined)?.available;
      const isGood = status === 200 && (envelope?.status === undefined || envelope.status === 200);
      if (isGood && typeof available === 'boolean') return { kind: available ? 'available' : 'unavailable' };
      const reason = withoutSecret(line, errorTextOf(envelope, status));
      return { kind: 'failed', message: reason, scope: scopeOf(status) ?? 'device' };
    } catch (error) {
      return { kind: 'failed', message: brokenOff(error), scope: 'device' };
    }
  }

  async findSent(line: ChannelLine, to: string, since: Date): Promise<SentMessage[] | null> {
    const messages = await this.chat(line, to, since);
    return (
      messages &&
      messages
        .filter((message) => message.isFromMe && message.error === 0 && message.dateCreated && message.dateCreated >= since)
        .map(({ guid, text, attachments, dateCreated }) => ({ externalId: guid, text, attachments, at: dateCreated! }))
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

  async health(line: ChannelLine): Promise<CallFailure | null> {
    try {
      const { status, json } = await this.call(line, { method: 'GET', path: 'ping' }, PING_WITHIN_MS);
      if (status === 200 && envelopeOf(json)?.data === 'pong') return null;
      const detail = status === 200 ? 'the answer of the bridge cannot be understood' : errorTextOf(envelopeOf(json), status);
      return { message: withoutSecret(line, detail), scope: scopeOf(status) ?? 'device' };
    } catch (error) {
      return { message: brokenOff(error), scope: 'device' };
    }
  }

  parseInbound(body: unknown): InboundEvent[] {
    const { type, data } = (envelopeOf(body) ?? {}) as { type?: unknown; data?: unknown };
    const message = messageOf(data);
    if (!message) return [];
    if (type === 'message-send-error') return [sendError(message)];
    if (type === 'updated-message' && message.isFromMe) return receipts(message);
    if (type !== 'new-message' || message.isFromMe || message.isReaction || !message.address) return [];
    const address = normalizeAddress(message.address, DEFAULT_COUNTRY_CODE)?.value;
    if (!address) return [];
    return [{ kind: 'reply', externalId: message.guid, address, text: message.text, at: message.dateCreated ?? new Date() }];
  }

  private requestOf({ to, text, providerId, opensChat, attachment }: Outgoing): BridgeRequest {
    const chat = chatGuid(to);
    if (attachment) {
      const form = new FormData();
      form.set('chatGuid', chat);
      form.set('tempGuid', providerId);
      form.set('name', attachment.name);
      form.set('attachment', new Blob([attachment.bytes], { type: attachment.type }), attachment.name);
      return { method: 'POST', path: 'message/attachment', form };
    }
    const common = { message: text, method: 'private-api', tempGuid: providerId };
    if (opensChat) return { method: 'POST', path: 'chat/new', body: { ...common, addresses: [to], service: 'iMessage' } };
    return { method: 'POST', path: 'message/text', body: { ...common, chatGuid: chat } };
  }

  private async chat(line: ChannelLine, address: string, since: Date): Promise<BridgeMessage[] | null> {
    const path = `chat/${encodeURIComponent(chatGuid(address))}/message`;
    const query = { after: String(since.getTime()), sort: 'DESC', limit: String(CHAT_PAGE) };
    try {
      const { status, json } = await this.call(line, { method: 'GET', path, query }, this.answerWithin);
      const data = envelopeOf(json)?.data;
      // A bridge that knows no such chat has sent nothing there.
      if (status === 404) return [];
      if (status !== 200 || !Array.isArray(data)) return null;
      return data.map(messageOf).filter((message) => message !== null);
    } catch {
      return null;
    }
  }

  private async call(line: ChannelLine, request: BridgeRequest, within: number): Promise<GuardedAnswer> {
    const { method, path, query = {}, body, form } = request;
    const base = `${line.bridgeUrl ?? ''}/api/v1/${path}`;
    if (!URL.canParse(base)) throw new NeverConnected('the line has no bridge');
    const url = new URL(base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    url.searchParams.set('password', line.bridgePassword ?? '');
    return this.guardedHttp.send({ method, url, within, body, form });
  }
}

/** Hides the line's password in what a bridge answers, which is kept and shown. */
function withoutSecret({ bridgePassword }: ChannelLine, detail: string): string {
  if (!bridgePassword) return detail;
  return detail.replaceAll(bridgePassword, '***').replaceAll(encodeURIComponent(bridgePassword), '***');
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
