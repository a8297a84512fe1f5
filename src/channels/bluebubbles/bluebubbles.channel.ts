import { Injectable } from '@nestjs/common';
import { FormData } from 'undici';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { BRIDGE_FIELDS, type FieldSpec } from '../domain/account-fields';
import type {
  AvailabilityOutcome,
  CallFailure,
  Channel,
  ChannelLine,
  ConversationOutcome,
  InboundEvent,
  LineFields,
  LineProblem,
  Reading,
  SendOutcome,
  SentMessage,
  SoughtMessage,
} from '../domain/channel';
import { outcomeOfError } from '../domain/channel';
import type { ReactionGesture } from '../domain/gestures';
import type { InboundContent } from '../domain/inbound';
import type { MediaLimits, MediaOutcome } from '../domain/inbound-media';
import type { Outgoing } from '../domain/outgoing';
import { GuardedHttp } from '../infrastructure/guarded-http';
import { envelopeOf } from './bluebubbles.protocol';
import { BookReader } from './book-reader';
import { BridgeClient, type BridgeRequest } from './bridge-client';
import { bridgeHealth, secretsOf } from './bridge-health';
import { findChat, guessedChat } from './chats';
import { CODES } from './codes';
import { eventsOf } from './events';
import { brokenOff, outcomeWithoutAnswer, scopeOf, type Verdict, verdictOf } from './outcomes';
import { wordsOf } from './provider-words';
import { isRewritten, REWRITTEN_CODE, REWRITTEN_WORDS } from './rewriting';
import { findSent } from './sent-messages';

/** A question that changes nothing is given up after this, or earlier where a send would be. */
const ANSWER_WITHIN_MS = 20_000;
/** The bridge cannot send a file whose name has a slash. */
const UNSAFE_IN_NAMES = /[/\\:\p{Cc}]/gu;

/** iMessage through a BlueBubbles server (https://bluebubbles.app), one for each Mac. */
@Injectable()
export class BlueBubblesChannel implements Channel {
  readonly name = 'imessage';
  readonly provider = 'bluebubbles';
  readonly reaches = ['phone', 'email'] as const;
  readonly takesAttachments = true;
  readonly codes = CODES;
  readonly accountSchema = BRIDGE_FIELDS.map((field) => ({ ...field, required: true }));
  readonly lineSchema: readonly FieldSpec[] = [
    { name: 'phone', type: 'string', label: 'Phone number', help: 'The number that iMessage sends from on the Mac.' },
    { name: 'email', type: 'string', label: 'E-mail address', help: 'In place of a number: the address of the Apple account.' },
  ];
  readonly deafCure =
    'The bridge no longer tells of messages that come in, though they can be read. Restart the BlueBubbles server on the Mac (quit it and open it again; a soft restart does not help).';
  private readonly client: BridgeClient;
  private readonly bookReader: BookReader;
  private readonly sendWithin: number;

  constructor(
    guardedHttp: GuardedHttp,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.sendWithin = config.PROVIDER_TIMEOUT_SECONDS * 1_000;
    this.client = new BridgeClient(guardedHttp, Math.min(ANSWER_WITHIN_MS, this.sendWithin));
    this.bookReader = new BookReader(this.client, () => clock.now());
  }

  lineProblems({ bridgeUrl, bridgePassword }: LineFields): LineProblem[] {
    const problems: LineProblem[] = [];
    if (!bridgeUrl) problems.push({ field: 'bridgeUrl', message: 'an imessage line needs the URL of its bridge' });
    if (!bridgePassword) {
      problems.push({ field: 'bridgePassword', message: 'an imessage line needs the password of its bridge' });
    }
    return problems;
  }

  findConversation(line: ChannelLine, to: string): Promise<ConversationOutcome> {
    return findChat(this.client, line, to);
  }

  async send(line: ChannelLine, message: Outgoing): Promise<SendOutcome> {
    if (message.opensChat && isRewritten(message.to)) {
      return { kind: 'not-on-channel', code: REWRITTEN_CODE, message: REWRITTEN_WORDS };
    }
    if (message.opensChat && message.attachment) {
      const words = 'a file alone cannot open a conversation: the message needs a text';
      return { kind: 'refused', code: 'FILE_WITHOUT_CONVERSATION', message: words, final: true };
    }
    const startedAt = this.clock.now();
    const request = requestOf(message);
    const answer = await this.client.call(line, request, this.sendWithin).catch((error: unknown) => ({ error }));
    if ('error' in answer) return outcomeWithoutAnswer(answer.error);
    return this.decide(line, verdictOf(answer, secretsOf(line)), soughtOf(message, startedAt));
  }

  /** Some answers do not say what happened: then it is looked for. */
  private async decide(line: ChannelLine, verdict: Verdict, sought: SoughtMessage): Promise<SendOutcome> {
    if (verdict.kind !== 'look') return verdict;
    const { message } = verdict;
    if (verdict.at === 'row') {
      // The newest: an attempt before this one may have been refused as well.
      const row = (await findSent(this.client, line, sought))?.find(({ error }) => error !== null);
      return row?.error ? outcomeOfError(row.error, message, row.externalId) : { kind: 'unknown', message };
    }
    const failure = await this.health(line);
    return { kind: 'unknown', message, ...(failure && { failure }) };
  }

  react(line: ChannelLine, { conversation, externalId, reaction }: ReactionGesture): Promise<CallFailure | null> {
    const body = { chatGuid: conversation, selectedMessageGuid: externalId, reaction, partIndex: 0 };
    return this.gesture(line, { method: 'POST', path: 'message/react', body });
  }

  /** It ends by itself; what the server offers for ending it begins it anew. */
  showTyping(line: ChannelLine, conversation: string): Promise<CallFailure | null> {
    return this.gesture(line, { method: 'POST', path: `chat/${encodeURIComponent(conversation)}/typing` });
  }

  private async gesture(line: ChannelLine, request: BridgeRequest): Promise<CallFailure | null> {
    try {
      const answer = await this.client.call(line, request);
      if (answer.status === 200) return null;
      return { message: wordsOf(answer, secretsOf(line)), scope: scopeOf(answer) };
    } catch (error) {
      return { message: brokenOff(error), scope: 'device' };
    }
  }

  whyNotAskable(address: string): string | null {
    return isRewritten(address) ? REWRITTEN_WORDS : null;
  }

  async checkAvailability(line: ChannelLine, address: string): Promise<AvailabilityOutcome> {
    try {
      const question = { method: 'GET' as const, path: 'handle/availability/imessage', query: { address } };
      const answer = await this.client.call(line, question);
      const envelope = envelopeOf(answer.json);
      const available = (envelope?.data as { available?: unknown } | null | undefined)?.available;
      const isGood = answer.status === 200 && (envelope?.status === undefined || envelope.status === 200);
      if (isGood && typeof available === 'boolean') return { kind: available ? 'available' : 'unavailable' };
      return { kind: 'failed', message: wordsOf(answer, secretsOf(line)), scope: scopeOf(answer) };
    } catch (error) {
      return { kind: 'failed', message: brokenOff(error), scope: 'device' };
    }
  }

  findSent(line: ChannelLine, sought: SoughtMessage): Promise<SentMessage[] | null> {
    return findSent(this.client, line, sought);
  }

  poll(line: ChannelLine, cursor: object | null, since: Date): Promise<Reading | null> {
    return this.bookReader.read(line, cursor, since);
  }

  health(line: ChannelLine): Promise<CallFailure | null> {
    return bridgeHealth(this.client, line);
  }

  parseInbound({ json }: InboundContent): InboundEvent[] {
    return eventsOf(json);
  }

  fetchMedia(line: ChannelLine, ref: string, limits: MediaLimits): Promise<MediaOutcome> {
    return this.client.file(line, ref, limits);
  }
}

const soughtOf = ({ to, text, attachment }: Outgoing, startedAt: Date): SoughtMessage => ({
  to,
  text,
  attachment: attachment?.name ?? null,
  startedAt,
});

/** `method` is always said: without it files go by AppleScript, to whoever that takes the address for. */
function requestOf({ to, text, providerId, conversation, opensChat, attachment }: Outgoing): BridgeRequest {
  const common = { method: 'private-api', tempGuid: providerId };
  if (opensChat) {
    const body = { ...common, message: text, addresses: [to], service: 'iMessage' };
    return { method: 'POST', path: 'chat/new', body };
  }
  const chatGuid = conversation ?? guessedChat(to);
  if (!attachment) return { method: 'POST', path: 'message/text', body: { ...common, message: text, chatGuid } };
  const name = attachment.name.replace(UNSAFE_IN_NAMES, '_');
  const form = new FormData();
  for (const [field, value] of Object.entries({ ...common, chatGuid, name })) form.set(field, value);
  form.set('attachment', new Blob([attachment.bytes], { type: attachment.type }), name);
  return { method: 'POST', path: 'message/attachment', form };
}
