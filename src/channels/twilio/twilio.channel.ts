import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { wordsOfBreak } from '../domain/broken-calls';
import type {
  CallFailure,
  Channel,
  ChannelLine,
  InboundEvent,
  LineFields,
  LineProblem,
  Reading,
  SendOutcome,
  SentMessage,
  SoughtMessage,
} from '../domain/channel';
import type { InboundAnswer, InboundCallRequest, InboundContent } from '../domain/inbound';
import type { MediaLimits, MediaOutcome } from '../domain/inbound-media';
import type { Outgoing, OutgoingAttachment } from '../domain/outgoing';
import type { TextMeasure } from '../domain/text-measure';
import { GuardedHttp } from '../infrastructure/guarded-http';
import { ACCOUNT_SCHEMA, accountOf, LINE_SCHEMA, type TwilioAccount } from './account';
import { CODES } from './codes';
import { wordsOf } from './errors';
import { answerTo, ATTEMPT, eventsOf } from './events';
import { ListReader } from './list-reader';
import { fetchMedia } from './media';
import { ofAccount, ofLine, outcomeOf, outcomeWithoutAnswer } from './outcomes';
import { measureOf, segmentsOf } from './segments';
import { sentIn } from './sent-messages';
import { isSigned } from './signature';
import { errorNumberOf, record } from './twilio.protocol';
import { TwilioClient } from './twilio-client';

/** A question that changes nothing is given up after this, or earlier where a send would be. */
const ANSWER_WITHIN_MS = 20_000;
/** Messages to one person, from one number, in the time since an attempt. */
const PAGE_SIZE = '100';

/** Texts through Twilio (https://www.twilio.com/docs/messaging). */
@Injectable()
export class TwilioChannel implements Channel {
  readonly name = 'sms';
  readonly provider = 'twilio';
  readonly reaches = ['phone'] as const;
  /** MMS: Twilio fetches the files itself. */
  readonly takesAttachments = true;
  readonly content = { filesWithText: true };
  /** Twilio answers STOP, START and HELP itself. */
  readonly answersOptOuts = true;
  /** What a US long code sends: a segment a second. Twilio queues what is faster, for ten hours. */
  readonly pace = { perSecond: 1, burst: 3, inFlight: 4 };
  /** Carriers count by the number's registration, and say so. */
  readonly limits = { dailyNewConversationsLimit: null, hourlyNewConversationsLimit: null, dailyTotalMessagesLimit: null };
  readonly codes = CODES;
  readonly accountSchema = ACCOUNT_SCHEMA;
  readonly lineSchema = LINE_SCHEMA;
  readonly inboundTypes = ['form', 'query'] as const;
  private readonly client: TwilioClient;
  private readonly sendWithin: number;
  private readonly answerWithin: number;

  private readonly listReader: ListReader;
  readonly deafCure =
    'Texts come in at Twilio, and Twilio does not call: set "A message comes in" of the number, or of its Messaging Service, to the inbound URL of the account. Meanwhile they are found within a minute.';

  constructor(
    private readonly guardedHttp: GuardedHttp,
    clock: Clock,
    config: Config,
  ) {
    this.sendWithin = config.PROVIDER_TIMEOUT_SECONDS * 1_000;
    this.answerWithin = Math.min(ANSWER_WITHIN_MS, this.sendWithin);
    this.client = new TwilioClient(guardedHttp);
    this.listReader = new ListReader(this.client, () => clock.now(), this.answerWithin);
  }

  lineProblems({ phone }: LineFields): LineProblem[] {
    return phone ? [] : [{ field: 'phone', message: 'an sms line needs its phone number' }];
  }

  unitsOf(text: string): number {
    return segmentsOf(text);
  }

  measure(text: string): TextMeasure {
    return measureOf(text);
  }

  async send(line: ChannelLine, message: Outgoing): Promise<SendOutcome> {
    const account = accountOf(line);
    if (typeof account === 'string') return notSetUp(account);
    if (!line.phone) return notSetUp('the line has no phone number');
    const tooLarge = filesOf(message).find(isTooLarge);
    if (tooLarge) return { kind: 'refused', code: 'ATTACHMENT_TOO_LARGE', message: wordsOfSize(tooLarge), final: true };
    const form = formOf(account, line.phone, message);
    try {
      return outcomeOf(await this.client.call(account, { path: '/Messages.json', form, within: this.sendWithin }));
    } catch (error) {
      return outcomeWithoutAnswer(error);
    }
  }

  async findSent(line: ChannelLine, sought: SoughtMessage): Promise<SentMessage[] | null> {
    const account = accountOf(line);
    if (typeof account === 'string') return null;
    // The newest come first. By dates of sending, those that Twilio still queues would not be among them.
    const query = { To: sought.to, ...(line.phone && { From: line.phone }), PageSize: PAGE_SIZE };
    try {
      const { status, json } = await this.client.call(account, { path: '/Messages.json', query, within: this.answerWithin });
      const { messages } = record(json);
      return status === 200 && Array.isArray(messages) ? sentIn(messages, sought) : null;
    } catch {
      return null;
    }
  }

  async poll(line: ChannelLine, cursor: object | null, since: Date): Promise<Reading | null> {
    const account = accountOf(line);
    return typeof account === 'string' ? null : this.listReader.read(account, cursor, since);
  }

  /** A standard API key may not read the account, and says nothing of the token that signs what comes in. */
  async health(line: ChannelLine): Promise<CallFailure | null> {
    const account = accountOf(line);
    if (typeof account === 'string') return ofLine(account);
    const failure = await this.ask(account, { path: '.json', byAuthToken: true });
    if (failure || !account.usesApiKey) return failure;
    return this.ask(account, { path: '/Messages.json', query: { PageSize: '1' } });
  }

  isForged(call: InboundCallRequest, { account: { secrets } }: ChannelLine): boolean {
    return !secrets.authToken || !isSigned(call, secrets.authToken);
  }

  parseInbound(call: InboundContent, receivedAt: Date): InboundEvent[] {
    return eventsOf(call, receivedAt);
  }

  async fetchMedia(line: ChannelLine, ref: string, limits: MediaLimits): Promise<MediaOutcome> {
    const account = accountOf(line);
    if (typeof account === 'string') return { kind: 'failed', message: account, forGood: false };
    return fetchMedia({ guardedHttp: this.guardedHttp, client: this.client }, account, ref, limits);
  }

  answerInbound(call: InboundContent): InboundAnswer {
    return answerTo(call);
  }

  /** Is the question answered as by an account that works? */
  private async ask(
    account: TwilioAccount,
    question: { path: '.json' | '/Messages.json'; query?: Record<string, string>; byAuthToken?: true },
  ): Promise<CallFailure | null> {
    try {
      const { status, json } = await this.client.call(account, { ...question, within: this.answerWithin });
      const error = errorNumberOf(json);
      if (status !== 200) return error !== null && status < 500 ? ofLine(wordsOf(error)) : ofAccount(`Twilio answered ${status}`);
      const { status: state, messages } = record(json);
      if (state === 'active' || Array.isArray(messages)) return null;
      const isAccount = state === 'suspended' || state === 'closed';
      return isAccount ? ofLine(`the account is ${state}`) : ofAccount('the answer of Twilio cannot be understood');
    } catch (error) {
      return ofAccount(wordsOfBreak(error, 'Twilio'));
    }
  }
}

/** Bytes of an MMS's file: more of pictures, which Twilio makes smaller where a carrier wants that. */
const [MAX_PICTURE_BYTES, MAX_FILE_BYTES] = [5_000_000, 500_000];
const PICTURES = ['image/jpeg', 'image/png', 'image/gif'];

/** Those that go with the text; and one alone, of a message that was begun by another channel. */
const filesOf = ({ attachment, attachments = [] }: Outgoing): readonly OutgoingAttachment[] =>
  attachment ? [attachment, ...attachments] : attachments;

const mostOf = ({ type }: OutgoingAttachment): number => (PICTURES.includes(type) ? MAX_PICTURE_BYTES : MAX_FILE_BYTES);
const isTooLarge = (file: OutgoingAttachment): boolean => file.bytes.byteLength > mostOf(file);
const wordsOfSize = (file: OutgoingAttachment): string => `a file of that type may have ${mostOf(file) / 1_000} KB in an MMS`;

const notSetUp = (words: string): SendOutcome => ({ kind: 'not-to-blame', code: 'TWILIO_NOT_SET_UP', ...ofLine(words) });

/** With a service the sender is named all the same: the line's number out of its pool. */
function formOf({ messagingServiceSid }: TwilioAccount, from: string, message: Outgoing): [string, string][] {
  const { to, text, providerId, callbackUrl } = message;
  const form: [string, string][] = [
    ['To', to],
    ['From', from],
    ...(text === '' ? [] : [['Body', text] as [string, string]]),
    ...filesOf(message).map(({ url }): [string, string] => ['MediaUrl', url]),
  ];
  if (messagingServiceSid) form.push(['MessagingServiceSid', messagingServiceSid]);
  if (callbackUrl) {
    const url = new URL(callbackUrl);
    url.searchParams.set(ATTEMPT, providerId);
    form.push(['StatusCallback', url.href]);
  }
  return form;
}
