import { type MailEntry, type MailSimulator, startMailSimulator } from '@tuco/mail-simulator';
import { Lines } from '../../src/lines';
import { AccountReader } from '../../src/replies';
import { eventually } from './eventually';
import { startTestApp, type Tenant, type TestApp } from './test-app';

export const USER = 'sales';
const PASSWORD = 'the password of the mailbox';
export const SENDER = 'sam@acme.example';
export const OTHER_SENDER = 'kim@acme.example';

/** The product with lines at a simulated mail server. */
export class MailDesk {
  private constructor(
    readonly test: TestApp,
    readonly simulator: MailSimulator,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<MailDesk> {
    const accounts = [{ user: USER, password: PASSWORD, addresses: [SENDER, OTHER_SENDER] }];
    const simulator = await startMailSimulator({ accounts });
    return new MailDesk(await startTestApp(settings), simulator);
  }

  /** What an account at the simulated server is made of. */
  accountFields(settings: object = {}) {
    const { host, smtpPort, imapPort } = this.simulator;
    const servers = { smtpHost: host, smtpPort, smtpSecurity: 'none', imapHost: host, imapPort, imapSecurity: 'none' };
    return {
      channel: 'email',
      settings: { ...servers, smtpUser: USER, ...settings },
      secrets: { smtpPassword: PASSWORD },
    };
  }

  /** A line on an account of the tenant's, faster than any test. */
  async line(
    tenant: Tenant,
    { email = SENDER, settings = {}, accountId: given = '' } = {},
  ): Promise<{ id: string; accountId: string }> {
    const accountId = given || ((await tenant.post('/accounts', this.accountFields(settings)).expect(201)).body._id as string);
    const pace = { perSecond: 200, burst: 200, inFlight: 5 };
    const fields = { channel: 'email', email, firstName: 'Sam', lastName: 'Okafor', pace, accountId };
    const { body } = await tenant.post('/lines', fields).expect(201);
    return { id: body._id as string, accountId };
  }

  /** Mails that the server took, to that address. */
  taken(to: string): readonly MailEntry[] {
    return this.simulator.ledger(to);
  }

  /** Sends a mail. @returns the message's id */
  async direct(tenant: Tenant, recipientEmail: string, message = 'Hi'): Promise<string> {
    const { body } = await tenant.post('/messages', { message, messageType: 'email', recipientEmail });
    if (!body.success) throw new Error(JSON.stringify(body));
    return body.message._id as string;
  }

  /** Waits until the message has the status. */
  until(tenant: Tenant, id: string, status: string) {
    return eventually(async () => {
      const { body } = await tenant.get(`/messages/${id}`).expect(200);
      return body.status === status && body;
    });
  }

  /** The mailbox is read now, as it would be within a minute. */
  async read(tenant: Tenant, lineId: string): Promise<void> {
    const { app } = this.test;
    const line = await app.get(Lines, { strict: false }).find(tenant.id, lineId);
    if (!(await app.get(AccountReader, { strict: false }).isReadSince(line!, new Date())))
      throw new Error('It could not be read');
  }

  async close(): Promise<void> {
    await this.test.close();
    await this.simulator.stop();
  }
}
