import { CampaignDesk, MUCH_LATER } from '../support/campaigns';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Leads into campaigns, and out of them. */
describe('enrolling', () => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: CampaignDesk;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    await test.line(tenant);
    desk = await new CampaignDesk(test, tenant).open();
  });

  const steps = ['One', 'Two', 'Three'].map((template) => ({ template, wait: MUCH_LATER }));
  const add = (id: string, body: object) => tenant.post(`/campaigns/${id}/leads`, body);
  const elsewhere = async (lead: object) =>
    (await tenant.post('/leads', { leads: [lead] }).expect(201)).body.leadIds[0] as string;

  it('takes a list in at launch, once, with its progress; those who join later only when it is launched again', async () => {
    const early = await desk.leads(Array.from({ length: 12 }, (_, n) => ({ phone: `+12025550${String(130 + n)}` })));
    const id = await desk.launched(steps);
    expect((await desk.campaign(id)).enrolling).toMatchObject({
      state: 'completed',
      total: 12,
      enrolled: 12,
      alreadyInCampaign: 0,
      answeredBefore: 0,
    });
    expect(await desk.messages(id)).toHaveLength(36);
    const [late] = await desk.leads([{ firstName: 'Ada', lastName: 'Byron', phone: '+12025550199' }]);
    expect(await desk.messages(id, late)).toEqual([]);
    await tenant.post(`/campaigns/${id}/launch`).expect(200);
    await desk.step(id, late!, 0, 'scheduled');
    const { enrollments, pagination } = (await tenant.get(`/campaigns/${id}/leads?limit=5`).expect(200)).body;
    expect(enrollments).toHaveLength(5);
    expect(pagination).toMatchObject({ totalCount: 13, totalPages: 3 });
    expect(enrollments[0]).toMatchObject({
      leadId: late,
      name: 'Ada Byron',
      status: 'active',
      repliedAt: null,
      lastSentStepId: null,
    });
    expect(await desk.messages(id, early[0])).toHaveLength(3);
  });

  it('plans the first step from enrolling, and the others not before', async () => {
    const id = await desk.launched(steps);
    const { leadId } = (await add(id, { lead: { phone: '+12025550131' } }).expect(200)).body;
    const [first, ...rest] = await desk.messages(id, leadId);
    const { enrolledAt } = (await tenant.get(`/campaigns/${id}/leads`)).body.enrollments[0];
    expect(Date.parse(first!.dueAt!) - Date.parse(enrolledAt)).toBe(300 * 86_400_000);
    expect(first!.waitingFor).toMatchObject({ reason: 'wait', until: first!.dueAt });
    expect(rest.map(({ dueAt, waitingFor }) => [dueAt, waitingFor!.reason])).toEqual([
      [null, 'previous_step'],
      [null, 'previous_step'],
    ]);
  });

  it.each([{}, { leadId: null }, { lead: null }, { leadId: '0'.repeat(24), lead: { phone: '+12025550131' } }])(
    'wants exactly one of leadId and lead: %j is 400',
    async (body) => {
      const id = await desk.launched(steps);
      expect((await add(id, body).expect(400)).body.details[0].field).toBe('leadId');
    },
  );

  it.each([
    ['lead.phone', {}],
    ['lead.phone', { phone: 'nonsense' }],
    ['lead.firstName', { phone: '+12025550131', firstName: 5 }],
    ['lead.nonsense', { phone: '+12025550131', nonsense: 5 }],
    ['lead.lead', 'text'],
    ['lead.lead', []],
  ])('names %s of a new lead that is not good, and saves nothing', async (field, lead) => {
    const id = await desk.launched(steps);
    expect((await add(id, { lead }).expect(400)).body.details[0].field).toBe(field);
    expect((await tenant.get('/leads')).body.leads).toEqual([]);
  });

  it('409 into a draft or an archived campaign, and a new lead is not saved', async () => {
    const draft = await desk.create(steps);
    const archived = await desk.launched(steps);
    await tenant.post(`/campaigns/${archived}/archive`).expect(200);
    const leadId = await elsewhere({ phone: '+12025550131' });
    for (const id of [draft, archived]) {
      expect((await add(id, { leadId }).expect(409)).body.code).toBe('WRONG_CAMPAIGN_STATUS');
      await add(id, { lead: { phone: '+12025550132' } }).expect(409);
    }
    expect((await tenant.get(`/leads/${leadId}`)).body.listIds).not.toContain(desk.listId);
    expect((await tenant.get('/leads')).body.pagination.totalCount).toBe(1);
  });

  it('into a paused campaign: it waits there, and says so', async () => {
    const id = await desk.launched([{ template: 'Hi', wait: { amount: 0, unit: 'seconds' } }]);
    await tenant.post(`/campaigns/${id}/pause`).expect(200);
    const { leadId } = (await add(id, { lead: { phone: '+12025550131' } }).expect(200)).body;
    const waiting = await desk.step(id, leadId, 0, 'queued');
    expect(waiting.waitingFor).toMatchObject({ reason: 'paused' });
    expect(desk.arrived('+12025550131')).toEqual([]);
    await tenant.post(`/campaigns/${id}/resume`).expect(200);
    await desk.step(id, leadId, 0, 'sent', 'delivered');
  });

  it('makes a lead of another list a member, and enrols the one that the list already has', async () => {
    const id = await desk.launched(steps);
    const guest = await elsewhere({ phone: '+12025550131' });
    expect((await add(id, { leadId: guest }).expect(200)).body).toMatchObject({ leadId: guest, messageCount: 3 });
    expect((await tenant.get(`/leads/${guest}`)).body.listIds).toContain(desk.listId);
    expect((await tenant.get(`/lists/${desk.listId}`)).body.leadCount).toBe(1);
    const [home] = await desk.leads([{ phone: '+12025550132', email: 'ada@example.com' }]);
    const twin = await elsewhere({ phone: '+12025550133', email: 'ada@example.com' });
    expect((await add(id, { leadId: twin }).expect(200)).body).toMatchObject({ leadId: home, messageCount: 3 });
    const again = (await add(id, { lead: { phone: '+12025550132' } }).expect(200)).body;
    expect(again).toMatchObject({ leadId: home, alreadyInCampaign: true, messageCount: 0, existingLeadIds: [home] });
    expect((await tenant.get(`/lists/${desk.listId}`)).body.leadCount).toBe(2);
  });

  it('enrols nobody twice, not even by many calls at once, nor after being taken out', async () => {
    const id = await desk.launched(steps);
    const calls = Array.from({ length: 8 }, () => add(id, { lead: { phone: '+12025550131' } }).expect(200));
    const answers = (await Promise.all(calls)).map(({ body }) => body as { leadId: string; messageCount: number });
    expect(new Set(answers.map(({ leadId }) => leadId)).size).toBe(1);
    expect(answers.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(3);
    const { leadId } = answers[0]!;
    expect((await tenant.delete(`/campaigns/${id}/leads/${leadId}`).expect(200)).body).toEqual({
      success: true,
      cancelledCount: 3,
    });
    expect((await desk.messages(id, leadId)).map(({ status, reason }) => [status, reason])).toEqual(
      Array.from({ length: 3 }, () => ['cancelled', 'cancelled']),
    );
    const { body: left } = await tenant.get(`/campaigns/${id}/leads`).expect(200);
    expect(left.enrollments).toMatchObject([{ leadId, status: 'stopped', stopReason: 'taken_out' }]);
    expect((await tenant.delete(`/campaigns/${id}/leads/${leadId}`).expect(200)).body.cancelledCount).toBe(0);
    expect((await add(id, { leadId }).expect(200)).body).toMatchObject({ messageCount: 0, alreadyInCampaign: true });
    const stranger = await elsewhere({ phone: '+12025550139' });
    await tenant.delete(`/campaigns/${id}/leads/${stranger}`).expect(404);
  });

  it('deleting a lead cancels what waits for it and ends its enrollment', async () => {
    const [lead] = await desk.leads([{ phone: '+12025550131' }]);
    const id = await desk.launched(steps);
    await tenant.delete(`/leads/${lead}`).expect(200);
    expect((await desk.messages(id, lead)).map(({ reason }) => reason)).toEqual(Array(3).fill('lead_deleted'));
    expect((await tenant.get(`/campaigns/${id}/leads`)).body.enrollments).toMatchObject([
      { leadId: lead, status: 'stopped', stopReason: 'lead_deleted' },
    ]);
    expect(await desk.finished(id)).toBeTruthy();
  });

  it('archiving cancels what waits', async () => {
    const [lead] = await desk.leads([{ phone: '+12025550131' }, { phone: '+12025550132' }]);
    const id = await desk.launched(steps);
    await tenant.post(`/campaigns/${id}/archive`).expect(200);
    await desk.finished(id);
    expect((await desk.messages(id, lead)).map(({ reason }) => reason)).toEqual(Array(3).fill('archived'));
    expect((await desk.campaign(id)).messageCounts).toMatchObject({ cancelled: 6, scheduled: 0, queued: 0 });
  });
});
