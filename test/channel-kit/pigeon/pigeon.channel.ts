import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
// An adapter in src/channels/pigeon imports them from '../domain/…'.
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
import { NeverConnected } from '../../../src/channels';
import { type GuardedAnswer, GuardedHttp } from '../../../src/channels/infrastructure/guarded-http';

const WITHIN_MS = 1_000;
/** Pigeons keep time to the second. */
const CLOCK_TOLERANCE_MS = 1_000;
const SILENT = 'the loft did not say what became of the pigeon';

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The sample of docs/adding-a-channel.md: carrier pigeons, through a loft that one can call by HTTP. */
@Injectable()
export class PigeonChannel implements Channel {
  readonly name = 'pigeon';
  readonly provider = 'loft';
  readonly reaches = ['phone'] as const;
  readonly inboundTypes = ['form'] as const;
  readonly codes = [
    { code: 'LOFT_CLOSED', meaning: 'the connection never opened' },
    { code: 'NO_LOFT_THERE', meaning: 'there is no loft at the address' },
    { code: 'NO_PIGEON', meaning: 'the loft has no pigeon for it' },
    { code: 'WRONG_WHISTLE', meaning: 'the whistle is wrong' },
  ];
  /** The loft has four holes to fly out of. */
  readonly pace = { perSecond: 20, burst: 40, inFlight: 4 };

  constructor(private readonly http: GuardedHttp) {}

  lineProblems({ phone, bridgeUrl, bridgePassword }: LineFields): LineProblem[] {
    const missing = Object.entries({ phone, bridgeUrl, bridgePassword }).filter(([, value]) => !value);
    return missing.map(([field]) => ({ field, message: `a pigeon line needs its ${field}` }));
  }

  async send(line: ChannelLine, { to, text, providerId }: Outgoing): Promise<SendOutcome> {
    const answer = await this.call(line, 'POST', 'fly', { to, text, id: providerId });
    if (answer instanceof NeverConnected)
      return { kind: 'not-to-blame', code: 'LOFT_CLOSED', message: answer.message, scope: 'device' };
    if (answer instanceof Error) return { kind: 'unknown', message: SILENT, failure: { message: SILENT, scope: 'device' } };
    const { ring, landedNowhere } = record(answer.json);
    if (answer.status === 200 && typeof ring === 'string') return { kind: 'accepted', externalId: ring, at: null };
    if (answer.status === 422 && landedNowhere === true)
      return { kind: 'not-on-channel', code: 'NO_LOFT_THERE', message: 'no loft there' };
    if (answer.status === 400) return { kind: 'refused', code: 'NO_PIGEON', message: 'the loft has no pigeon for it' };
    if (answer.status === 401) {
      return { kind: 'not-to-blame', code: 'WRONG_WHISTLE', message: 'the whistle is wrong', scope: 'line' };
    }
    return { kind: 'unknown', message: `the loft answered ${answer.status}` };
  }

  async findSent(line: ChannelLine, { to, text, startedAt }: SoughtMessage): Promise<SentMessage[] | null> {
    const since = startedAt.getTime() - CLOCK_TOLERANCE_MS;
    const answer = await this.call(line, 'GET', `flown?to=${encodeURIComponent(to)}`);
    if (answer instanceof Error || answer.status !== 200 || !Array.isArray(answer.json)) return null;
    return answer.json
      .map(record)
      .filter((one) => one.text === text && Number(one.at) >= since)
      .map(({ ring, at }) => ({ externalId: String(ring), at: new Date(Number(at)), error: null }));
  }

  async health(line: ChannelLine): Promise<CallFailure | null> {
    const answer = await this.call(line, 'GET', 'coo');
    if (answer instanceof Error) return { message: 'the loft is silent', scope: 'device' };
    if (answer.status === 200) return null;
    return { message: `the loft answered ${answer.status}`, scope: answer.status === 401 ? 'line' : 'device' };
  }

  /** The loft signs the URL and the form that it sends, with the whistle. */
  isForged({ url, headers, rawBody }: InboundCallRequest, { bridgePassword }: ChannelLine): boolean {
    if (!bridgePassword) return true;
    const expected = createHmac('sha256', bridgePassword).update(url).update(rawBody).digest();
    const given = Buffer.from(String(headers['x-loft-signature']), 'base64');
    return given.length !== expected.length || !timingSafeEqual(given, expected);
  }

  parseInbound({ form }: InboundContent, receivedAt: Date): InboundEvent[] {
    const { came, from, to = null, ring, note } = Object.fromEntries(form);
    if (came !== 'true' || !from || !ring || note === undefined) return [];
    return [{ kind: 'reply', externalId: ring, from, to, text: note, at: receivedAt, inReplyTo: null, quotes: null }];
  }

  answerInbound(): InboundAnswer {
    return { status: 200, xml: '<Coo/>' };
  }

  /** The answer, or what went wrong: nothing is thrown. */
  private async call(line: ChannelLine, method: 'GET' | 'POST', path: string, body?: object): Promise<GuardedAnswer | Error> {
    const base = `${line.bridgeUrl ?? ''}/${path}`;
    if (!URL.canParse(base)) return new NeverConnected('the line has no loft');
    const url = new URL(base);
    url.searchParams.set('whistle', line.bridgePassword ?? '');
    return this.http.send({ method, url, body, within: WITHIN_MS }).catch((error: unknown) => error as Error);
  }
}
