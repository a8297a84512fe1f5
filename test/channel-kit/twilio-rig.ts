import { QUICK_TIMES, startTwilioSimulator, type TwilioSimulator } from '@tuco/twilio-simulator';
import type { ChannelLine, InboundCallRequest, Outgoing } from '../../src/channels';
import { GuardedHttp } from '../../src/channels/infrastructure/guarded-http';
import { TwilioChannel } from '../../src/channels/twilio/twilio.channel';
import { type Clock, SystemClock } from '../../src/platform/clock';
import { testConfig } from './bluebubbles-rig';

export const ACCOUNT_SID = `AC${'1'.repeat(32)}`;
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
export const SERVICE_SID = `MG${'2'.repeat(32)}`;
export const KEY = { sid: `SK${'3'.repeat(32)}`, secret: 'the secret of the key' };
export const NUMBER = '+12025550190';
export const POOLED = '+12025550191';

/** The adapter with a simulated Twilio behind it. */
export class TwilioRig {
  readonly line: ChannelLine;
  private serial = 0;

  private constructor(
    readonly simulator: TwilioSimulator,
    readonly channel: TwilioChannel,
    private readonly http: GuardedHttp,
  ) {
    this.line = this.lineWith({});
  }

  static async start(clock: Clock = new SystemClock()): Promise<TwilioRig> {
    const simulator = await startTwilioSimulator({
      times: QUICK_TIMES,
      accounts: [
        {
          accountSid: ACCOUNT_SID,
          authToken: AUTH_TOKEN,
          apiKeys: [KEY],
          numbers: [NUMBER, POOLED],
          services: [{ sid: SERVICE_SID, numbers: [POOLED], advancedOptOut: true, optOutWords: ['ARRET'] }],
        },
      ],
    });
    const config = testConfig();
    const http = new GuardedHttp(config);
    return new TwilioRig(simulator, new TwilioChannel(http, clock, config), http);
  }

  /** The line with other settings or secrets of its account. */
  lineWith(settings: object, secrets: object = {}, phone: string | null = NUMBER): ChannelLine {
    const account = {
      id: 'account',
      settings: { accountSid: ACCOUNT_SID, apiUrl: this.simulator.url, ...settings },
      secrets: { authToken: AUTH_TOKEN, ...secrets },
    };
    return { id: 'line', phone, email: null, bridgeUrl: null, bridgePassword: null, account };
  }

  outgoing(to: string, more: Partial<Outgoing> = {}): Outgoing {
    this.serial += 1;
    const opening = { conversation: null, opensChat: false, callbackUrl: null };
    return { to, text: 'Hello', providerId: `tuco-${this.serial}`, ...opening, ...more };
  }

  send(to: string, more: Partial<Outgoing> = {}, line = this.line) {
    return this.channel.send(line, this.outgoing(to, more));
  }

  async close(): Promise<void> {
    await this.http.onApplicationShutdown();
    await this.simulator.stop();
  }
}

/** A call of Twilio's with these fields, signed with the token. */
export function signedCall(fields: Record<string, string>, sign: (url: string) => string): InboundCallRequest {
  const url = 'https://tuco.example.com/api/inbound/twilio/secret';
  const rawBody = Buffer.from(new URLSearchParams(fields).toString());
  const headers = { 'x-twilio-signature': sign(url) };
  return { method: 'POST', url, headers, rawBody, json: undefined, form: Object.entries(fields), query: [] };
}
