import { TxtRecords } from '../../src/channels/infrastructure/txt-records';
import { MailDesk } from '../support/mail-desk';
import { NameServer } from '../support/name-server';
import type { Tenant } from '../support/test-app';

/** What is said of the DNS records of the domains that mails are from. */
describe('the domains that mails are from', () => {
  let desk: MailDesk;
  let server: NameServer;
  let tenant: Tenant;

  beforeAll(async () => {
    server = await NameServer.start();
    desk = await MailDesk.open();
    desk.test.app.get(TxtRecords, { strict: false }).useServers([server.address]);
    tenant = await desk.test.tenant();
  });
  afterAll(async () => {
    await desk.close();
    await server.close();
  });

  it('are looked at when a line or an account is checked, and keep nothing from being sent', async () => {
    const { id, accountId } = await desk.line(tenant, { email: 'sam@acme.dev' });
    await desk.line(tenant, { email: 'kim@other.dev', accountId });
    server.knows({ '_dmarc.acme.dev': ['v=DMARC1; p=none'], 'other.dev': 'has-trouble', '_dmarc.other.dev': 'has-trouble' });
    const missing = {
      kind: 'spf_missing',
      problem: 'acme.dev has no SPF record.',
      cure: 'Set a TXT record at acme.dev: "v=spf1 include:YOUR-RELAY -all", with all that send mails for it.',
    };
    const ofLine = (await tenant.get(`/lines/check-availability?id=${id}`).expect(200)).body;
    expect([ofLine.available, ofLine.warnings]).toEqual([true, [missing]]);
    const ofAccount = (await tenant.get(`/accounts/${accountId}/health`).expect(200)).body;
    expect([ofAccount.available, ofAccount.warnings]).toEqual([true, [missing]]);
    const { body } = await tenant.post('/messages', {
      ...{ message: 'Hi', messageType: 'email', recipientEmail: 'ann@lake.example', fromLineId: id },
    });
    expect(body.success).toBe(true);
    server.knows({ 'acme.dev': ['v=spf1 -all'], '_dmarc.acme.dev': ['v=DMARC1; p=none'], 'other.dev': [] });
    expect((await tenant.get(`/lines/check-availability?id=${id}`).expect(200)).body.warnings).toEqual([]);
    const later = (await tenant.get(`/accounts/${accountId}/health`).expect(200)).body;
    expect(later.warnings.map(({ kind }: { kind: string }) => kind)).toEqual(['spf_missing', 'dmarc_missing']);
  });

  it('are none of a line on another channel, nor of another workspace', async () => {
    const line = await desk.test.line(tenant);
    expect((await tenant.get(`/lines/check-availability?id=${line.id}`).expect(200)).body.warnings).toEqual([]);
    const { id } = await desk.line(tenant, { email: 'ida@acme.dev' });
    server.knows({});
    const other = await desk.test.tenant();
    await other.get(`/lines/check-availability?id=${id}`).expect(404);
    expect(server.asked).toEqual([]);
  });
});
