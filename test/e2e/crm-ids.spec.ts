import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const NONE = { ghlContactId: null, ghlLocationId: null, hsContactId: null, hsPortalId: null };
const GHL = { ghlContactId: 'ghl-1', ghlLocationId: 'loc-1' };

/** Rows 7 and 13 of the public API: what CRMs call a lead and a message is kept, and given back. */
describe('ids of CRMs', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const shown = async (id: string) => (await tenant.get(`/leads/${id}`).expect(200)).body as object;

  it('row 13: are kept with a lead as they come, numbers as their digits, and null where there is none', async () => {
    const { body: list } = await tenant.post('/lists', { name: 'Clients' }).expect(201);
    const leads = [
      { phone: '+12025550140', ghlContactId: ' ghl-1 ', hsContactId: 512, hsPortalId: 62515 },
      { phone: '+12025550240', ghlLocationId: 'loc-2', hsContactId: '' },
    ];
    const call = { leads, listId: list._id, ghlLocationId: 'loc-1' };
    const { body } = await tenant.post('/leads', call).expect(201);
    const first = { ...GHL, hsContactId: '512', hsPortalId: '62515' };
    expect(await shown(body.leadIds[0])).toMatchObject(first);
    expect(await shown(body.leadIds[1])).toMatchObject({ ...NONE, ghlLocationId: 'loc-2' });
    const again = (await tenant.post('/leads', call).expect(200)).body;
    expect(again).toMatchObject({ duplicateOnly: true, ...first });
    expect(again.duplicates[0].existingLead).toMatchObject(first);
    const { body: page } = await tenant.get(`/leads?id=${body.leadIds[1]}`).expect(200);
    expect(page.lead).toMatchObject({ ghlLocationId: 'loc-2', hsPortalId: null });
    const { body: bare } = await tenant.post('/leads', { leads: [{ phone: '+12025550340' }] }).expect(201);
    expect(await shown(bare.leadIds[0])).toMatchObject(NONE);
  });

  it('row 13: are changed like any field of a lead, and come through a file', async () => {
    const { body } = await tenant.post('/leads', { leads: [{ phone: '+12025550440', ...GHL }] }).expect(201);
    const [id] = body.leadIds;
    const changed = (await tenant.patch(`/leads/${id}`, { ghlContactId: null, hsContactId: 7 }).expect(200)).body;
    expect(changed).toMatchObject({ ...NONE, ghlLocationId: 'loc-1', hsContactId: '7' });
    expect((await tenant.patch(`/leads/${id}`, { hsContactId: '7' }).expect(200)).body.updatedAt).toBe(changed.updatedAt);
    const { text } = await tenant.get('/leads/export').expect(200);
    const [header, row] = text.split(/\r?\n/).map((line) => line.split(','));
    expect(row![header!.indexOf('ghlLocationId')]).toBe('loc-1');
    expect(row![header!.indexOf('hsContactId')]).toBe('7');
    const other = await test.tenant();
    const file = await other.call('post', '/leads/imports').attach('file', Buffer.from(text), 'export.csv').expect(202);
    const over = async () => (await other.get(`/leads/imports/${file.body.importId}`)).body.state === 'completed';
    await eventually(over);
    const { body: taken } = await other.get('/leads').expect(200);
    expect(taken.leads[0]).toMatchObject({ ...NONE, ghlLocationId: 'loc-1', hsContactId: '7', customFields: {} });
  });

  it('row 13: what is no id is refused by name, wherever it stands', async () => {
    for (const wrong of [{}, [], true, 1.5, 'x'.repeat(201)]) {
      const inLead = (await tenant.post('/leads', { leads: [{ phone: '+12025550540', hsPortalId: wrong }] }).expect(400)).body;
      expect(inLead.details[0].field).toBe('hsPortalId');
      const beside = { leads: [{ phone: '+12025550540' }], ghlLocationId: wrong };
      expect((await tenant.post('/leads', beside).expect(400)).body.details[0].field).toBe('ghlLocationId');
      const message = { message: 'Hi', recipientPhone: '+12025550540', ghlContactId: wrong };
      expect((await tenant.post('/messages', message).expect(400)).body.details[0].field).toBe('ghlContactId');
    }
    expect((await tenant.get('/leads').expect(200)).body.leads).toEqual([]);
  });

  it('a lead has the id of its own system beside it wherever an answer names it', async () => {
    await test.line(tenant);
    const lead = { phone: '+12025550600', externalId: 'own-1' };
    const { body } = await tenant.post('/leads', { leads: [lead, { phone: '+12025550601' }] }).expect(201);
    const [leadId, other] = body.leadIds as [string, string];
    const named = { leadId, externalId: 'own-1' };
    expect((await tenant.post('/leads', { leads: [lead] }).expect(200)).body).toMatchObject(named);
    const check = (path: string) => tenant.get(`/leads/check-availability?id=${path}`).expect(200);
    expect((await check(leadId)).body).toMatchObject(named);
    expect((await check(other)).body).toMatchObject({ leadId: other, externalId: null });
    const nobody = 'f'.repeat(24);
    const many = await tenant.post('/leads/check-availability', { leadIds: [leadId, other, nobody] }).expect(200);
    expect(many.body.results).toMatchObject([
      named,
      { leadId: other, externalId: null },
      { leadId: nobody, externalId: null, status: 'not_found' },
    ]);
    const desk = await new CampaignDesk(test, tenant).open();
    const campaign = await desk.launched([{ template: 'One', wait: MUCH_LATER }]);
    expect((await tenant.post(`/campaigns/${campaign}/preview`, { leadId }).expect(200)).body).toMatchObject(named);
    const enroll = () => tenant.post(`/campaigns/${campaign}/leads`, { leadId }).expect(200);
    expect((await enroll()).body).toMatchObject({ ...named, messageCount: 1 });
    expect((await enroll()).body).toMatchObject({ ...named, alreadyInCampaign: true });
    const direct = { message: 'Hi', recipientPhone: lead.phone, scheduledDate: new Date(Date.now() + 3_600_000) };
    expect((await tenant.post('/messages', direct).expect(200)).body).toMatchObject(named);
    const cancel = (of: object) => tenant.post('/messages/cancel-for-lead', of).expect(200);
    expect((await cancel({ leadId })).body).toMatchObject({ ...named, cancelledCount: 2 });
    expect((await cancel({ recipientPhone: lead.phone })).body).toMatchObject({ ...named, cancelledCount: 0 });
    expect((await cancel({ recipientPhone: '+12025550699' })).body).toMatchObject({ leadId: null, externalId: null });
    await tenant.post('/suppressions', { address: lead.phone, reason: 'manual' }).expect(201);
    const second = await desk.launched([{ template: 'Two', wait: MUCH_LATER }]);
    const left = await tenant.post(`/campaigns/${second}/leads`, { leadId });
    expect(left.body).toMatchObject({ ...named, skipped: 'suppressed' });
  });

  it('row 13: a check of availability says them', async () => {
    await test.line(tenant);
    const { body } = await tenant.post('/leads', { leads: [{ phone: '+12025550640', ...GHL }] }).expect(201);
    const check = await tenant.get(`/leads/check-availability?id=${body.leadIds[0]}`).expect(200);
    expect(check.body).toMatchObject({ ...NONE, ...GHL });
  });

  it('row 13: beside an enrolled lead, they fill what is free; enrolled again, the answer says them', async () => {
    const desk = await new CampaignDesk(test, tenant).open();
    await test.line(tenant);
    const campaign = await desk.launched([{ template: 'One', wait: NOW }]);
    const fresh = { lead: { phone: '+12025550740', ghlContactId: 'own' }, ghlContactId: 'beside', hsContactId: 9 };
    const { body } = await tenant.post(`/campaigns/${campaign}/leads`, fresh).expect(200);
    const kept = { ...NONE, ghlContactId: 'own', hsContactId: '9' };
    expect(await shown(body.leadId)).toMatchObject(kept);
    const again = { leadId: body.leadId, ghlContactId: 'other', hsPortalId: 'p' };
    const { body: second } = await tenant.post(`/campaigns/${campaign}/leads`, again).expect(200);
    expect(second).toMatchObject({ alreadyInCampaign: true, ...kept, hsPortalId: 'p' });
    expect(await shown(body.leadId)).toMatchObject({ ...kept, hsPortalId: 'p' });
  });

  it("row 7: a message keeps its own, shows its lead's where it has none, and fills what its lead lacks", async () => {
    await test.line(tenant);
    const { body: saved } = await tenant
      .post('/leads', { leads: [{ phone: '+12025550840', ghlContactId: 'of-lead', hsPortalId: 'portal' }] })
      .expect(201);
    const [leadId] = saved.leadIds;
    const own = { ghlContactId: 'of-message', ghlConversationMessageId: 'talk-1', hsContactId: 31 };
    const call = { message: 'Hello', recipientPhone: '+12025550840', ...own, scheduledDate: new Date(Date.now() + 3_600_000) };
    const { body } = await tenant.post('/messages', call).expect(200);
    const ids = { ghlContactId: 'of-message', ghlLocationId: null, hsContactId: '31', hsPortalId: 'portal' };
    expect(body).toMatchObject({ duplicateOnly: true, ...ids, message: { ...ids, ghlConversationMessageId: 'talk-1' } });
    expect((await tenant.get(`/messages/${body.message._id}`).expect(200)).body).toMatchObject({
      ...ids,
      ghlConversationMessageId: 'talk-1',
    });
    expect(await shown(leadId)).toMatchObject({ ghlContactId: 'of-lead', hsContactId: '31', hsPortalId: 'portal' });
  });

  it('row 7: somebody new gets them as a lead; a message of a campaign shows those of its lead', async () => {
    await test.line(tenant);
    const { body } = await tenant.post('/messages', { message: 'Hello', recipientPhone: '+12025550940', ...GHL }).expect(201);
    expect(body.message).toMatchObject({ ...NONE, ...GHL, ghlConversationMessageId: null });
    expect(await shown(body.message.leadId)).toMatchObject({ ...NONE, ...GHL });
    const desk = await new CampaignDesk(test, tenant).open();
    const campaign = await desk.launched([{ template: 'One', wait: MUCH_LATER }]);
    await tenant.post(`/campaigns/${campaign}/leads`, { leadId: body.message.leadId }).expect(200);
    const { body: page } = await tenant.get(`/messages?campaignId=${campaign}`).expect(200);
    expect(page.messages[0]).toMatchObject({ ...NONE, ...GHL, ghlConversationMessageId: null });
  });
});
