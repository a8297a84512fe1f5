import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Campaigns as such: what is taken, and the life they may lead. */
describe('campaigns', () => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: CampaignDesk;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    desk = await new CampaignDesk(test, tenant).open();
  });

  const step = (more: object = {}) => ({ template: 'Hi {firstName|there}', wait: MUCH_LATER, ...more });
  const post = (campaign: object) =>
    tenant.post('/campaigns', { name: 'Spring', listId: desk.listId, steps: [step()], ...campaign });
  const act = (id: string, what: string) => tenant.post(`/campaigns/${id}/${what}`);

  it('is made as a draft, with the defaults of the product', async () => {
    const { body } = await post({ steps: [step(), step({ wait: { amount: 2, unit: 'hours' }, onlyIfNoReply: false })] }).expect(
      201,
    );
    expect(body).toMatchObject({
      name: 'Spring',
      status: 'draft',
      channel: 'imessage',
      lineIds: [],
      settings: {
        timezone: null,
        sendWindowStart: null,
        allowedDaysOfWeek: null,
        useLeadTimezone: false,
        stopOnReply: true,
        addresses: 'all',
        fallback: { sms: false, email: false },
      },
    });
    expect(body.steps).toMatchObject([
      { stepIndex: 0, template: 'Hi {firstName|there}', wait: MUCH_LATER, onlyIfNoReply: null },
      { stepIndex: 1, wait: { amount: 2, unit: 'hours' }, onlyIfNoReply: false },
    ]);
    expect(await desk.campaign(body._id)).toMatchObject({ ...body, finished: false });
  });

  it('a fallback that says nothing, or half of it, is filled up', async () => {
    for (const [given, shown] of [
      [{}, { sms: false, email: false }],
      [{ email: false }, { sms: false, email: false }],
    ]) {
      const call = { name: 'Spring', listId: desk.listId, settings: { fallback: given } };
      const { body } = await tenant.post('/campaigns', call).expect(201);
      expect(body.settings.fallback).toEqual(shown);
      expect((await desk.campaign(body._id)).settings.fallback).toEqual(shown);
    }
  });

  it.each([
    ['settings.timezone', { settings: { timezone: 'Mars/Olympus' } }],
    ['settings.timezone', { settings: { timezone: '' } }],
    ['settings.timezone', { settings: { timezone: 'constructor' } }],
    ['settings.sendWindowStart', { settings: { sendWindowStart: '25:00', sendWindowEnd: '26:00' } }],
    ['settings.sendWindowStart', { settings: { sendWindowStart: '9am' } }],
    ['settings.sendWindowEnd', { settings: { sendWindowStart: '09:00', sendWindowEnd: '17:60' } }],
    ['settings.sendWindowEnd', { settings: { sendWindowEnd: '1:5' } }],
    ['settings.allowedDaysOfWeek', { settings: { allowedDaysOfWeek: [] } }],
    ['settings.allowedDaysOfWeek', { settings: { allowedDaysOfWeek: [7] } }],
    ['settings.allowedDaysOfWeek', { settings: { allowedDaysOfWeek: ['1'] } }],
    ['settings.contactGapSeconds', { settings: { contactGapSeconds: 86_401 } }],
    ['settings.addresses', { settings: { addresses: 'none' } }],
    ['settings.nonsense', { settings: { nonsense: 1 } }],
    ['settings.toString', { settings: { toString: 1 } }],
    ['settings.fallback.fax', { settings: { fallback: { fax: true } } }],
    ['steps.0.template', { steps: [{ template: 'Hi {firstName', wait: NOW }] }],
    ['steps.0.template', { steps: [{ template: 'Hi {{firstName}', wait: NOW }] }],
    ['steps.0.template', { steps: [{ template: '  ', wait: NOW }] }],
    [
      'steps.1.template',
      {
        steps: [
          { template: 'Hi', wait: NOW },
          { template: 'x'.repeat(10_001), wait: NOW },
        ],
      },
    ],
    ['steps.0.wait', { steps: [{ template: 'Hi' }] }],
    ['steps.0.wait.amount', { steps: [{ template: 'Hi', wait: { amount: -1, unit: 'days' } }] }],
    ['steps.0.wait.amount', { steps: [{ template: 'Hi', wait: { amount: 1.5, unit: 'days' } }] }],
    ['steps.0.wait.amount', { steps: [{ template: 'Hi', wait: { amount: 367, unit: 'days' } }] }],
    ['steps.0.wait.unit', { steps: [{ template: 'Hi', wait: { amount: 1, unit: 'weeks' } }] }],
    ['steps.0._id', { steps: [{ _id: '0'.repeat(24), template: 'Hi', wait: NOW }] }],
    ['steps', { steps: Array.from({ length: 51 }, () => ({ template: 'Hi', wait: NOW })) }],
    ['steps.0', { steps: ['text'] }],
    ['steps.0', { steps: [null] }],
    ['steps.0', { steps: [[]] }],
    ['steps.1', { steps: [{ template: 'Hi', wait: NOW }, [[{}]]] }],
    ['lineIds', { lineIds: ['x'] }],
    ['status', { status: 'active' }],
  ])('refuses %s when it is saved, and when it is changed', async (field, wrong) => {
    const before = (await post({}).expect(201)).body;
    for (const refusal of [post(wrong), tenant.patch(`/campaigns/${before._id}`, wrong)]) {
      const { body } = await refusal.expect(400);
      const fields = body.details.map((detail: { field: string }) => detail.field);
      expect(fields.some((one: string) => one === field || one.startsWith(`${field}.`))).toBe(true);
    }
    expect((await tenant.get('/campaigns')).body.campaigns).toHaveLength(1);
    expect(await desk.campaign(before._id)).toMatchObject(before);
  });

  it('takes a zone, a window, days, and either end of a window alone', async () => {
    for (const settings of [
      { timezone: 'America/New_York', sendWindowStart: '22:00', sendWindowEnd: '06:00', allowedDaysOfWeek: [5, 0] },
      { sendWindowStart: '09:00' },
      { sendWindowEnd: '17:00' },
      { timezone: 'UTC', allowedDaysOfWeek: null },
    ]) {
      expect((await post({ settings }).expect(201)).body.settings).toMatchObject(settings);
    }
  });

  it('a channel that nobody knows: 400, wherever it stands', async () => {
    for (const wrong of [{ channel: 'fax' }, { steps: [step({ channel: 'fax' })] }]) {
      expect((await post(wrong).expect(400)).body.code).toBe('VALIDATION_FAILED');
    }
  });

  it('cannot be launched without a step, nor without an active line of its own', async () => {
    const bare = (await post({ steps: [] }).expect(201)).body._id;
    expect((await act(bare, 'launch').expect(409)).body.code).toBe('CAMPAIGN_NOT_READY');
    const id = await desk.create([step()]);
    expect((await act(id, 'launch').expect(409)).body.error).toContain('no active imessage line');
    const [one, two] = [await test.line(tenant, 0), await test.line(tenant, 1)];
    await tenant.patch(`/lines/${one.id}`, { isActive: false }).expect(200);
    await tenant.patch(`/campaigns/${id}`, { lineIds: [one.id] }).expect(200);
    await act(id, 'launch').expect(409);
    expect((await desk.campaign(id)).status).toBe('draft');
    await tenant.patch(`/campaigns/${id}`, { lineIds: [one.id, two.id] }).expect(200);
    expect((await act(id, 'launch').expect(200)).body).toMatchObject({ status: 'active', launchedAt: expect.any(String) });
  });

  it('goes from draft to active to paused and back, and to archived for good', async () => {
    await test.line(tenant);
    const id = await desk.create([step()]);
    for (const what of ['pause', 'resume']) expect((await act(id, what).expect(409)).body.code).toBe('WRONG_CAMPAIGN_STATUS');
    expect((await act(id, 'launch').expect(200)).body.status).toBe('active');
    await act(id, 'resume').expect(409);
    expect((await act(id, 'pause').expect(200)).body.status).toBe('paused');
    await act(id, 'pause').expect(409);
    expect((await act(id, 'resume').expect(200)).body.status).toBe('active');
    expect((await act(id, 'archive').expect(200)).body.status).toBe('archived');
    for (const what of ['launch', 'pause', 'resume', 'archive']) await act(id, what).expect(409);
    await tenant.patch(`/campaigns/${id}`, { steps: [step()] }).expect(409);
    expect((await tenant.patch(`/campaigns/${id}`, { name: 'Old' }).expect(200)).body.name).toBe('Old');
  });

  it('can be edited as a draft and while paused; the list as a draft alone; the name always', async () => {
    await test.line(tenant);
    const other = (await tenant.post('/lists', { name: 'Other' })).body._id as string;
    const id = await desk.create([step()]);
    expect((await tenant.patch(`/campaigns/${id}`, { listId: other }).expect(200)).body.listId).toBe(other);
    await act(id, 'launch').expect(200);
    for (const change of [{ steps: [step()] }, { settings: { stopOnReply: false } }, { lineIds: [] }, { listId: desk.listId }]) {
      await tenant.patch(`/campaigns/${id}`, change).expect(409);
    }
    expect((await tenant.patch(`/campaigns/${id}`, { name: 'Summer' }).expect(200)).body.name).toBe('Summer');
    await act(id, 'pause').expect(200);
    await tenant.patch(`/campaigns/${id}`, { listId: desk.listId }).expect(409);
    const { settings } = (await tenant.patch(`/campaigns/${id}`, { settings: { stopOnReply: false } }).expect(200)).body;
    expect(settings).toMatchObject({ stopOnReply: false, addresses: 'all' });
  });

  it('lists newest first, by status, both ways', async () => {
    await test.line(tenant);
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await desk.create([step()]));
    await act(ids[1]!, 'launch').expect(200);
    const idsOf = (body: { campaigns: { _id: string }[] }) => body.campaigns.map(({ _id }) => _id);
    expect(idsOf((await tenant.get('/campaigns')).body)).toEqual(ids.toReversed());
    expect(idsOf((await tenant.get('/campaigns?status=active')).body)).toEqual([ids[1]]);
    const first = (await tenant.get('/campaigns?status=draft&limit=2&cursor=')).body;
    const rest = (await tenant.get(`/campaigns?status=draft&limit=2&cursor=${first.pagination.nextCursor}`)).body;
    expect([...idsOf(first), ...idsOf(rest)]).toEqual([ids[3], ids[2], ids[0]]);
  });

  it('can be deleted while nothing of it was sent: it is gone, and what waited is cancelled', async () => {
    await test.line(tenant);
    const [lead] = await desk.leads([{ phone: '+12025550131' }]);
    const id = await desk.launched([step()]);
    const [message] = await desk.messages(id, lead);
    expect((await tenant.delete(`/campaigns/${id}`).expect(200)).body).toEqual({ deletedCount: 1 });
    await tenant.get(`/campaigns/${id}`).expect(404);
    await tenant.delete(`/campaigns/${id}`).expect(404);
    await act(id, 'launch').expect(404);
    await tenant.get(`/campaigns/${id}/leads`).expect(404);
    await eventually(async () => (await tenant.get(`/messages/${message!._id}`)).body.status === 'cancelled');
    expect((await tenant.get('/campaigns')).body.campaigns).toEqual([]);
  });

  it('cannot be deleted once it has sent', async () => {
    await test.line(tenant);
    const [lead] = await desk.leads([{ phone: '+12025550132' }]);
    const id = await desk.launched([{ template: 'Hi', wait: NOW }]);
    await desk.step(id, lead!, 0, 'sent', 'delivered');
    expect((await tenant.delete(`/campaigns/${id}`).expect(409)).body.code).toBe('CAMPAIGN_HAS_SENT');
    await act(id, 'archive').expect(200);
    await tenant.delete(`/campaigns/${id}`).expect(409);
  });

  it('is previewed for a lead: rendered steps, planned times, nothing saved', async () => {
    await test.line(tenant, 0, { firstName: 'Sam', lastName: 'Hill' });
    const [lead] = await desk.leads([{ phone: '+12025550133', firstName: 'Ada', customFields: { tier: 'gold' } }]);
    const id = await desk.create([
      { template: 'Hi {firstName|there}, {tier}, {missing|none}', wait: { amount: 1, unit: 'days' } },
      { template: '{{lastName|friend}} from {line_name} {__proto__}{constructor|x}', wait: { amount: 2, unit: 'days' } },
    ]);
    const { body } = await tenant.post(`/campaigns/${id}/preview`, { leadId: lead }).expect(200);
    expect(body.steps.map(({ text }: { text: string }) => text)).toEqual(['Hi Ada, gold, none', 'friend from Sam Hill x']);
    const [first, second] = body.steps.map(({ plannedAt }: { plannedAt: string }) => Date.parse(plannedAt));
    expect(second - first).toBe(2 * 86_400_000);
    expect(await desk.messages(id)).toEqual([]);
  });
});
