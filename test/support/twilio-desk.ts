import { type MessageEntry, QUICK_TIMES, startTwilioSimulator, type TwilioSimulator } from '@tuco/twilio-simulator';
import { InboundService } from '../../src/replies';
import { eventually } from './eventually';
import { type PublicDoor, publicDoor } from './public-door';
import { startTestApp, type Tenant, type TestApp } from './test-app';

const ACCOUNT_SID = `AC${'1'.repeat(32)}`;
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
const SERVICE_SID = `MG${'2'.repeat(32)}`;
export const NUMBER = '+12025550190';
/** A number in the pool of a service with Advanced Opt-Out and the word ARRET. */
export const POOLED = '+12025550191';

/** The product with lines at a simulated Twilio, whose callbacks come through PUBLIC_URL. */
export class TwilioDesk {
  private constructor(
    readonly test: TestApp,
    readonly simulator: TwilioSimulator,
    private readonly door: PublicDoor,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<TwilioDesk> {
    const door = await publicDoor();
    const simulator = await startTwilioSimulator({
      times: QUICK_TIMES,
      accounts: [
        {
          accountSid: ACCOUNT_SID,
          authToken: AUTH_TOKEN,
          numbers: [NUMBER, POOLED],
          services: [{ sid: SERVICE_SID, numbers: [POOLED], advancedOptOut: true, optOutWords: ['ARRET'] }],
        },
      ],
    });
    const test = await startTestApp({ PUBLIC_URL: door.url, ...settings });
    door.leadTo(test.url);
    return new TwilioDesk(test, simulator, door);
  }

  /**
   * A line on an account of the tenant's, faster than any test; texts to it arrive at the account's URL.
   * @returns its id, that URL, and the URL of the line itself
   */
  async line(tenant: Tenant, phone = NUMBER): Promise<{ id: string; inboundUrl: string; accountId: string; ownUrl: string }> {
    const settings = { accountSid: ACCOUNT_SID, apiUrl: this.simulator.url };
    const account = { channel: 'sms', settings, secrets: { authToken: AUTH_TOKEN } };
    const { _id: accountId, inboundUrl } = (await tenant.post('/accounts', account).expect(201)).body;
    const pace = { perSecond: 100, burst: 100, inFlight: 10 };
    const { body } = await tenant.post('/lines', { phone, pace, accountId }).expect(201);
    this.simulator.callAt(ACCOUNT_SID, inboundUrl);
    return { id: body._id, inboundUrl, accountId, ownUrl: body.inboundUrl };
  }

  /** Texts that Twilio took, to that number. */
  taken(to: string): MessageEntry[] {
    return this.simulator.ledger({ kind: 'message', to }) as MessageEntry[];
  }

  /** Sends a text. @returns the message's id */
  async direct(tenant: Tenant, recipientPhone: string, message = 'Hi'): Promise<string> {
    const { body } = await tenant.post('/messages', { message, messageType: 'sms', recipientPhone });
    if (!body.success) throw new Error(JSON.stringify(body));
    return body.message._id as string;
  }

  /** Sends a text by Twilio's API, and not by the product. */
  async elsewhere(fields: Record<string, string>): Promise<void> {
    const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
    const url = `${this.simulator.url}/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`;
    const { status } = await fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(fields) });
    if (status !== 201) throw new Error(`The simulator answered ${status}`);
  }

  /** Waits until the message has the status. */
  until(tenant: Tenant, id: string, status: string) {
    return eventually(async () => {
      const { body } = await tenant.get(`/messages/${id}`).expect(200);
      return body.status === status && body;
    });
  }

  /** Whatever Twilio has called with is worked off. */
  settled(): Promise<void> {
    return this.test.app.get(InboundService, { strict: false }).whenIdle();
  }

  async close(): Promise<void> {
    await this.simulator.stop();
    await this.test.close();
    await this.door.close();
  }
}
