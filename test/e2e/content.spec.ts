import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { MailDesk } from '../support/mail-desk';
import type { Tenant } from '../support/test-app';

/** What steps and direct sends say on each channel. */
describe('content', () => {
  let desk: MailDesk;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    desk = await MailDesk.open();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
  });

  const address = (name: string) => `${name}@c${serial}.example`;
  const send = (body: object) => tenant.post('/messages', { messageType: 'email', ...body });

  it('of a campaign, with the footer of the workspace, escaped in HTML, and going on in the same conversation', async () => {
    await tenant.patch('/workspace', { postalAddress: 'Acme <Ltd>, 1 Main St' }).expect(200);
    await desk.line(tenant);
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const [ann] = await campaigns.leads([{ email: address('ann'), firstName: 'Ann <b>', companyName: 'A & Co' }]);
    const steps = [
      {
        template: 'Hi {firstName}',
        subject: 'For  {companyName}\n',
        html: '<body><p>Hi {firstName}</p></body>',
        wait: NOW,
      },
      { template: 'Did you see this?', byChannel: { email: { template: 'Did you get my mail?' } }, wait: MUCH_LATER },
    ];
    const id = await campaigns.launched(steps, { channel: 'email' });
    expect(await campaigns.step(id, ann!, 0, 'sent')).toMatchObject({ subject: 'For A & Co' });
    await campaigns.endWait(id, ann!, 1);
    const second = await campaigns.step(id, ann!, 1, 'sent');
    expect(second).toMatchObject({ subject: 'Re: For A & Co', message: expect.stringMatching(/^Did you get my mail\?\n\nAcme/) });
    const [first, reminder] = desk.taken(address('ann'));
    expect(first!.text).toMatch(/^Hi Ann <b>\n\nAcme <Ltd>, 1 Main St\nUnsubscribe: http\S+\/u\/\S+$/);
    expect(first!.html).toMatch(
      /<p>Hi Ann &lt;b&gt;<\/p><p style="[^"]+">Acme &lt;Ltd&gt;, 1 Main St<br><a href="http[^"]+">Unsubscribe<\/a><\/p>\s*<\/body>/,
    );
    expect(reminder!.headers['in-reply-to']).toBe(first!.headers['message-id']);
  });

  it('of a direct send, with other words for the channel that it falls back to', async () => {
    await desk.line(tenant);
    await desk.test.line(tenant);
    const away = '+12025550112';
    const body = {
      message: 'By iMessage, {firstName|you}',
      recipientPhone: away,
      fallback: ['email'],
      byChannel: { email: { message: 'By mail, {firstName|you}', subject: 'A subject', html: '<i>{firstName|you}</i>' } },
    };
    const [leadId] = (await tenant.post('/leads', { leads: [{ firstName: 'Bo', phone: away, email: address('bo12') }] })).body
      .leadIds as string[];
    const { recipientPhone: _, ...toLead } = body;
    const { message } = (await send({ ...toLead, messageType: 'imessage', leadId }).expect(201)).body;
    expect(message).toMatchObject({ message: 'By iMessage, Bo', subject: null, fallback: ['email'] });
    const sent = await desk.until(tenant, message._id, 'sent');
    expect(sent).toMatchObject({
      messageType: 'email',
      message: 'By mail, Bo',
      subject: 'A subject',
      recipientEmail: address('bo12'),
    });
    expect(desk.taken(address('bo12'))).toMatchObject([{ subject: 'A subject', text: 'By mail, Bo' }]);
    expect(desk.taken(address('bo12'))[0]!.html).toContain('<i>Bo</i>');
  });

  it.each([
    ['subject', { messageType: 'imessage', subject: 'S' }],
    ['html', { messageType: 'imessage', html: '<p>' }],
    ['byChannel.sms.subject', { byChannel: { sms: { subject: 'S' } } }],
    ['byChannel.pigeon', { byChannel: { pigeon: { message: 'Coo' } } }],
    ['byChannel.email.message', { byChannel: { email: { message: '' } } }],
    ['byChannel.email.html', { byChannel: { email: { html: '{broken' } } }],
    ['subject', { subject: '{broken' }],
    ['subject', { subject: 'x'.repeat(501) }],
    ['fallback', { fallback: ['pigeon'] }],
    ['message', { message: '', attachmentUrls: ['https://example.com/a.png'], byChannel: { email: { message: 'Hi' } } }],
  ])('names %s where it cannot be taken', async (field, body) => {
    await desk.line(tenant);
    await desk.test.line(tenant);
    const to = { message: 'Hi', recipientPhone: '+12025550101', recipientEmail: address('x') };
    const { details } = (await send({ ...to, ...body }).expect(400)).body as { details: { field: string }[] };
    expect(details.map((one) => one.field)).toEqual([field]);
  });

  it('is shown by a preview on each channel', async () => {
    await desk.line(tenant);
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const [ann] = await campaigns.leads([{ email: address('ann'), phone: '+12025550101', firstName: 'Ann' }]);
    const steps = [{ template: 'It’s me, {firstName} {lastName}', byChannel: { email: { subject: 'Hello' } }, wait: NOW }];
    const id = await campaigns.create(steps, { settings: { fallbackChannels: ['sms', 'email'] } });
    const { body } = await tenant.post(`/campaigns/${id}/preview`, { leadId: ann }).expect(200);
    expect(body.steps[0].channels).toMatchObject([
      { channel: 'imessage', text: 'It’s me, Ann ', subject: null, segments: null, missingFields: ['lastName'], warnings: [] },
      { channel: 'sms', segments: { count: 1, encoding: 'UCS-2' }, warnings: [{ code: 'LONG_CHARACTERS' }] },
      { channel: 'email', subject: 'Hello', text: expect.stringMatching(/\n\nUnsubscribe: http\S+\/u\/preview$/) },
    ]);
    const { settings } = (await tenant.get(`/campaigns/${id}`).expect(200)).body;
    expect(settings).toMatchObject({ fallback: { sms: true, email: true }, fallbackChannels: ['sms', 'email'] });
    const swapped = { settings: { ...settings, fallbackChannels: ['email', 'sms'] } };
    expect((await tenant.patch(`/campaigns/${id}`, swapped).expect(200)).body.settings.fallbackChannels).toEqual([
      'email',
      'sms',
    ]);
    const off = { settings: { fallback: { sms: false } } };
    expect((await tenant.patch(`/campaigns/${id}`, off).expect(200)).body.settings.fallbackChannels).toEqual(['email']);
    const [listed] = (await tenant.get('/campaigns').expect(200)).body.campaigns;
    expect(Object.keys(listed.steps[0])).not.toContain('html');
  });
});
