import { type MessageEntry, QUICK_TIMES, signatureOf, startTwilioSimulator, type TwilioSimulator } from '@tuco/twilio-simulator';
import request from 'supertest';
import { Lines } from '../../src/lines';
import type { Clock } from '../../src/platform/clock';
import { AccountReader, InboundService } from '../../src/replies';
import { eventually } from './eventually';
import { type PublicDoor, publicDoor } from './public-door';
import { startTestApp, type Tenant, type TestApp } from './test-app';

const ACCOUNT_SID = `AC${'1'.repeat(32)}`;
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
const SERVICE_SID = `MG${'2'.repeat(32)}`;
export const NUMBER = '+12025550190';
/** A number in the pool of a service with Advanced Opt-Out and the word ARRET. */
export const POOLED = '+12025550191';
/** Ten numbers of the account, of which these are two. */
const NUMBERS = Array.from({ length: 10 }, (_, index) => `+1202555019${index}`);

/** The product with lines at a simulated Twilio, whose callbacks come through PUBLIC_URL. */
export class TwilioDesk {
  readonly accountSid = ACCOUNT_SID;
  readonly numbers: readonly string[] = NUMBERS;

  private constructor(
    readonly test: TestApp,
    readonly simulator: TwilioSimulator,
    private readonly door: PublicDoor,
  ) {}

  static async open(settings: Record<string, string> = {}, clock?: Clock): Promise<TwilioDesk> {
    const door = await publicDoor();
    const simulator = await startTwilioSimulator({
      times: QUICK_TIMES,
      accounts: [
        {
          accountSid: ACCOUNT_SID,
          authToken: AUTH_TOKEN,
          numbers: NUMBERS,
          services: [{ sid: SERVICE_SID, numbers: [POOLED], advancedOptOut: true, optOutWords: ['ARRET'] }],
        },
      ],
    });
    const test = await startTestApp({ PUBLIC_URL: door.url, ...settings }, clock);
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

  /** Lines on the numbers, all on one account of the tenant's. @returns their ids */
  async lines(tenant: Tenant, phones: readonly string[]): Promise<string[]> {
    const [first, ...others] = phones;
    const { id, accountId } = await this.line(tenant, first);
    const ids = [id];
    const pace = { perSecond: 100, burst: 100, inFlight: 10 };
    for (const phone of others) {
      ids.push((await tenant.post('/lines', { phone, pace, accountId }).expect(201)).body._id as string);
    }
    return ids;
  }

  /** The account of the line is read now. */
  async read(tenant: Tenant, lineId: string): Promise<void> {
    const { app } = this.test;
    const line = (await app.get(Lines, { strict: false }).find(tenant.id, lineId))!;
    const isRead = await app.get(AccountReader, { strict: false }).isReadSince(line, new Date());
    if (!isRead) throw new Error('It could not be read');
  }

  /** Has every text to the number come to its end at Twilio? */
  isOver(to: string): boolean {
    const texts = this.simulator.messages().filter((one) => one.to === to);
    return texts.length > 0 && texts.every(({ status }) => ['delivered', 'undelivered', 'failed'].includes(status));
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

  /** Twilio reports at the URL that it was given with the text. */
  report(callback: string, fields: Record<string, string>) {
    const { pathname, search } = new URL(callback);
    const said = { From: NUMBER, ...fields };
    const signature = signatureOf(AUTH_TOKEN, callback, said);
    return request(this.test.url).post(`${pathname}${search}`).set('x-twilio-signature', signature).type('form').send(said);
  }

  /** Waits until the message has the status. */
  until(tenant: Tenant, id: string, status: string) {
    return eventually(async () => {
      const { body } = await tenant.get(`/messages/${id}`).expect(200);
      return body.status === status && body;
    });
  }

  /** Waits until the product knows the text's id at Twilio, whatever has been told or read of it since. */
  untilTaken(tenant: Tenant, id: string): Promise<{ externalMessageId: string }> {
    return eventually(async () => {
      const { body } = await tenant.get(`/messages/${id}`).expect(200);
      return body.externalMessageId !== null && body;
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
