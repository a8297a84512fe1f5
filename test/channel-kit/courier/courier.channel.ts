import { Injectable } from '@nestjs/common';
import type {
  CallFailure,
  Channel,
  ChannelLine,
  InboundAnswer,
  InboundCallRequest,
  InboundContent,
  InboundEvent,
  LineFields,
  LineProblem,
  Outgoing,
  SendOutcome,
  SentMessage,
  SoughtMessage,
} from '../../../src/channels';
import { wordsOfBreak } from '../../../src/channels/domain/broken-calls';
import { type GuardedAnswer, GuardedHttp } from '../../../src/channels/infrastructure/guarded-http';
import { Config } from '../../../src/platform/config';
import { ACCOUNT_SCHEMA, accountOf, type CourierAccount, LINE_SCHEMA } from './account';
import { CODES, deliveryErrorOf } from './codes';
import { eventsOf, isSigned } from './events';
import { notSetUp, ofAccount, ofLine, outcomeOf, outcomeWithoutAnswer, record } from './outcomes';

/** Courier keeps time to the second. */
const CLOCK_TOLERANCE_MS = 2_000;

/** The sample of docs/adding-a-channel.md: texts through Courier, a provider that there is not. */
@Injectable()
export class CourierChannel implements Channel {
  readonly name = 'courier';
  readonly provider = 'courier';
  readonly reaches = ['phone'] as const;
  readonly inboundTypes = ['form'] as const;
  readonly accountSchema = ACCOUNT_SCHEMA;
  readonly lineSchema = LINE_SCHEMA;
  readonly codes = CODES;
  readonly pace = { perSecond: 10, burst: 10, inFlight: 4 };
  readonly limits = { dailyNewConversationsLimit: null, hourlyNewConversationsLimit: null, dailyTotalMessagesLimit: null };
  private readonly within: number;

  constructor(
    private readonly guardedHttp: GuardedHttp,
    config: Config,
  ) {
    this.within = config.PROVIDER_TIMEOUT_SECONDS * 1_000;
  }

  lineProblems({ phone }: LineFields): LineProblem[] {
    return phone ? [] : [{ field: 'phone', message: 'a courier line needs its phone number' }];
  }

  async send(line: ChannelLine, { to, text, providerId, callbackUrl }: Outgoing): Promise<SendOutcome> {
    const account = accountOf(line);
    if (typeof account === 'string') return notSetUp(account);
    if (!line.phone) return notSetUp('the line has no phone number');
    const fields = Object.entries({ from: line.phone, to, text, ref: providerId, report: callbackUrl ?? '' });
    try {
      return outcomeOf(await this.call(account, '/messages', fields));
    } catch (error) {
      return outcomeWithoutAnswer(error);
    }
  }

  async findSent(line: ChannelLine, { to, text, startedAt }: SoughtMessage): Promise<SentMessage[] | null> {
    const account = accountOf(line);
    if (typeof account === 'string') return null;
    const since = startedAt.getTime() - CLOCK_TOLERANCE_MS;
    try {
      const { status, json } = await this.call(account, `/messages?to=${encodeURIComponent(to)}`);
      if (status !== 200 || !Array.isArray(json)) return null;
      return json
        .map(record)
        .filter((one) => one.text === text && Number(one.at) >= since)
        .map(({ id, at, error }) => ({
          externalId: String(id),
          at: new Date(Number(at)),
          error: typeof error === 'string' ? deliveryErrorOf(error) : null,
        }));
    } catch {
      return null;
    }
  }

  async health(line: ChannelLine): Promise<CallFailure | null> {
    const account = accountOf(line);
    if (typeof account === 'string') return ofLine(account);
    try {
      const { status, json } = await this.call(account, '/account');
      if (status === 200 && record(json).status === 'active') return null;
      return status === 401 ? ofLine('Courier refuses the key') : ofAccount(`Courier answered ${status}`);
    } catch (error) {
      return ofAccount(wordsOfBreak(error, 'Courier'));
    }
  }

  isForged(call: InboundCallRequest, { account: { secrets } }: ChannelLine): boolean {
    return !secrets.signingSecret || !isSigned(call, secrets.signingSecret);
  }

  parseInbound(call: InboundContent, receivedAt: Date): InboundEvent[] {
    return eventsOf(call, receivedAt);
  }

  answerInbound(): InboundAnswer {
    return { status: 204 };
  }

  private call(account: CourierAccount, path: string, fields?: [string, string][]): Promise<GuardedAnswer> {
    const { apiUrl, authorization, keepAlive } = account;
    const url = new URL(`${apiUrl.replace(/\/+$/, '')}/v1${path}`);
    const call = { url, headers: { authorization }, keepAlive, within: this.within };
    return this.guardedHttp.send(fields ? { ...call, method: 'POST', fields } : { ...call, method: 'GET' });
  }
}
