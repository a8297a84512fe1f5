import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Messages, as clients of the public API send and read them. */
describe('the public API: messages', () => {
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    await test.line(tenant);
    serial += 1;
  });

  const phone = (ending: number) => `+1347${String(3_000_000 + serial * 100 + ending)}`;
  const save = async (lead: object) => (await tenant.post('/leads', { leads: [lead] }).expect(201)).body.leadIds[0] as string;
  const lead = async (id: string) => (await tenant.get(`/leads/${id}`).expect(200)).body;
  const later = (body: object) => tenant.post('/messages', { message: 'Hi', scheduledDate: '2100-01-01T00:00:00Z', ...body });

  it('row 8: alternates of a message go into the free alternates of the lead found', async () => {
    const id = await save({ phone: phone(31), altPhone1: phone(32) });
    await later({ recipientPhone: phone(31), altPhone1: phone(33), altPhone2: phone(32), altEmail1: 'A8@example.com' }).expect(
      200,
    );
    expect(await lead(id)).toMatchObject({
      phone: phone(31),
      altPhone1: phone(32),
      altPhone2: phone(33),
      altPhone3: null,
      email: 'a8@example.com',
    });
    await later({ leadId: id, altPhone1: phone(34), altPhone2: phone(35) }).expect(201);
    expect(await lead(id)).toMatchObject({ altPhone2: phone(33), altPhone3: phone(34) });
    const found = await later({ recipientPhone: phone(34) }).expect(200);
    expect(found.body.leadId).toBe(id);
    const cancelled = await tenant.post('/messages/cancel-for-lead', { recipientPhone: phone(33) }).expect(200);
    expect(cancelled.body).toMatchObject({ leadId: id, cancelledCount: 3 });
  });

  it('row 8: an address that is the first of somebody else is not made the first of the lead found', async () => {
    const id = await save({ phone: phone(36) });
    const other = await save({ email: 'b8@example.com' });
    await later({ recipientPhone: phone(36), altEmail1: 'b8@example.com', altEmail2: 'c8@example.com' }).expect(200);
    expect(await lead(id)).toMatchObject({ email: 'c8@example.com', altEmail1: null });
    expect(await lead(other)).toMatchObject({ email: 'b8@example.com', phone: null });
  });

  const get = async (id: string) => (await tenant.get(`/messages/${id}`).expect(200)).body;

  it('rows 18 and 20: by leadId, a message shows from its making whom it goes to', async () => {
    const id = await save({ firstName: 'Ada', lastName: 'Lovelace', phone: phone(41), email: `ada${serial}@example.com` });
    const { message } = (await later({ leadId: id }).expect(201)).body;
    const shown = { recipientPhone: phone(41), recipientEmail: `ada${serial}@example.com`, recipientName: 'Ada Lovelace' };
    expect(message).toMatchObject(shown);
    expect((await tenant.get(`/messages?leadId=${id}`).expect(200)).body.messages).toMatchObject([shown]);
    expect((await tenant.post(`/messages/${message._id}/cancel`).expect(200)).body).toMatchObject({
      status: 'cancelled',
      ...shown,
    });
    expect((await later({ leadId: id, recipientName: 'Countess' })).body.message.recipientName).toBe('Countess');
  });

  it('row 18: the messages of a campaign that wait show whom they go to', async () => {
    const desk = await new CampaignDesk(test, tenant).open();
    const [id] = await desk.leads([{ firstName: 'Bo', phone: phone(42) }]);
    const campaign = await desk.launched([{ template: 'One', wait: MUCH_LATER }]);
    expect(await desk.messages(campaign, id)).toMatchObject([
      { recipientPhone: phone(42), recipientEmail: null, recipientName: 'Bo' },
    ]);
  });

  it('row 19: a message that waits shows its text as it would be rendered now', async () => {
    const desk = await new CampaignDesk(test, tenant).open();
    const [id] = await desk.leads([{ firstName: 'Bo', phone: phone(43) }]);
    const campaign = await desk.launched([
      { template: 'Hello {firstName}', wait: NOW },
      { template: 'Still there, {firstName|friend}?', wait: MUCH_LATER },
    ]);
    const first = await desk.step(campaign, id!, 0, 'delivered');
    expect(first).toMatchObject({ message: 'Hello Bo', renderedAt: expect.any(String) });
    const second = (await desk.messages(campaign, id))[1]!;
    expect(second).toMatchObject({ message: 'Still there, Bo?', renderedAt: null });
    await tenant.patch(`/leads/${id}`, { firstName: 'Bob' }).expect(200);
    expect((await get(second._id)).message).toBe('Still there, Bob?');
    expect((await get(first._id)).message).toBe('Hello Bo');
    expect((await later({ leadId: id, message: 'Dear {{firstName}}' })).body.message).toMatchObject({
      message: 'Dear Bob',
      renderedAt: null,
    });
  });

  it('row 21: lines, addresses tried, who made it, and the fallback', async () => {
    const id = await save({ phone: phone(10), altPhone1: phone(44) });
    const { message } = (await tenant.post('/messages', { message: 'Hi', leadId: id }).expect(201)).body;
    expect(message).toMatchObject({ checkedAddresses: [], createdByUserId: null, sendFallbackSmsOnFailed: false });
    const sent = await eventually(async () => {
      const shown = await get(message._id);
      return shown.status === 'delivered' && shown;
    });
    expect(sent).toMatchObject({
      fromLinePhone: '+12025550190',
      fromLineEmail: null,
      recipientPhone: phone(44),
      checkedAddresses: [phone(10), phone(44)],
    });
    const session = { authorization: `Bearer ${test.session(tenant.id)}` };
    const byUser = await tenant
      .call('post', '/messages')
      .set(session)
      .send({ message: 'Hi', recipientPhone: phone(45) })
      .expect(201);
    expect(byUser.body.message.createdByUserId).toEqual(expect.any(String));
    expect((await get(byUser.body.message._id)).createdByUserId).toBe(byUser.body.message.createdByUserId);
  });

  it('row 23: a phone and an e-mail address that were both given are both shown, also once it is sent', async () => {
    const both = { recipientPhone: phone(46), recipientEmail: `both${serial}@example.com` };
    const { message } = (await tenant.post('/messages', { message: 'Hi', ...both }).expect(201)).body;
    expect(message).toMatchObject(both);
    const sent = await eventually(async () => {
      const shown = await get(message._id);
      return shown.status === 'delivered' && shown;
    });
    expect(sent).toMatchObject(both);
  });
});
