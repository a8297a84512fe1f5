import { CampaignDesk, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** What clients of the public API send with any call, and what is taken of it. */
describe('the public API: requests', () => {
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });

  const phone = (ending: number) => `+1646${String(3_000_000 + serial * 100 + ending)}`;
  const send = (body: object) => tenant.post('/messages', { message: 'Hi', recipientPhone: phone(31), ...body });

  it('row 1: sendFallbackSmsOnFailed is taken, as false or left out', async () => {
    await test.line(tenant);
    for (const sendFallbackSmsOnFailed of [false, null, '']) {
      const { body } = await send({ sendFallbackSmsOnFailed });
      expect(body).toMatchObject({ success: true });
    }
    expect((await send({ sendFallbackSmsOnFailed: 'yes' }).expect(400)).body.details[0].field).toBe('sendFallbackSmsOnFailed');
  });

  it('row 2: sendFallbackSmsOnFailed without an SMS line is 400 FALLBACK_NOT_CONFIGURED', async () => {
    await test.line(tenant);
    const { body } = await send({ sendFallbackSmsOnFailed: true }).expect(400);
    expect(body.code).toBe('FALLBACK_NOT_CONFIGURED');
    expect((await tenant.get('/messages')).body.messages).toEqual([]);
    expect((await tenant.get('/leads')).body.leads).toEqual([]);
  });

  it('row 15: "" is as good as left out, in a body', async () => {
    await test.line(tenant);
    const blank = { leadId: '', fromLineId: '', scheduledDate: '', timezone: '', batchId: '', allowedDaysOfWeek: '' };
    await send({ ...blank, attachmentUrls: '', recipientEmail: '' }).expect(201);
    const leads = [{ phone: phone(32) }];
    await tenant.post('/leads', { leads, listId: '', defaultCountryCode: '', onDuplicate: '', ghlLocationId: '' }).expect(201);
    await tenant.post('/leads/check-availability', { address: phone(31), listId: '', leadIds: '', refresh: '' }).expect(200);
    const desk = await new CampaignDesk(test, tenant).open();
    const campaign = await desk.launched([{ template: 'One', wait: NOW }]);
    await tenant.post(`/campaigns/${campaign}/leads`, { leadId: '', lead: { phone: phone(33) } }).expect(200);
    const [lead] = await desk.leads([{ phone: phone(34) }]);
    await tenant.post(`/campaigns/${campaign}/leads`, { leadId: lead, lead: '' }).expect(200);
  });

  it('row 15: "" is as good as left out, in a query', async () => {
    const [lead] = (await tenant.post('/leads', { leads: [{ phone: phone(35) }] }).expect(201)).body.leadIds as string[];
    for (const name of [
      'listId',
      'id',
      'page',
      'limit',
      'externalId',
      'availabilityStatus',
      'search',
      'customField',
      'suppressed',
      'updatedSince',
    ]) {
      const { body } = await tenant.get(`/leads?${name}=`).expect(200);
      expect([name, body.leads.map(({ _id }: { _id: string }) => _id)]).toEqual([name, [lead]]);
    }
    for (const path of ['/messages?status=&leadId=', '/replies?leadId=&recipientPhone=&recipientEmail=', '/campaigns?status=']) {
      await tenant.get(path).expect(200);
    }
    await tenant.get('/suppressions?address=&channel=&createdSince=').expect(200);
  });

  it('row 15: "" in a text is a text, and in what is needed it is missing', async () => {
    const { body: list } = await tenant.post('/lists', { name: 'Own', description: 'words' }).expect(201);
    expect((await tenant.patch(`/lists/${list._id}`, { description: '' }).expect(200)).body.description).toBe('');
    await tenant.patch(`/lists/${list._id}`, { name: '' }).expect(400);
    await tenant.post('/campaigns', { name: 'None', listId: '' }).expect(400);
  });

  it('row 16: source and defaultCountryCode beside lead are taken', async () => {
    const desk = await new CampaignDesk(test, tenant).open();
    await test.line(tenant);
    const campaign = await desk.launched([{ template: 'One', wait: NOW }]);
    const lead = { phone: `7911 ${String(123_000 + serial)}` };
    const beside = { source: 'hubspot', defaultCountryCode: '+44', ghlContactId: 'x' };
    const { body } = await tenant.post(`/campaigns/${campaign}/leads`, { lead, ...beside }).expect(200);
    const saved = (await tenant.get(`/leads/${body.leadId}`)).body;
    expect(saved).toMatchObject({ source: 'hubspot', phone: `+447911${String(123_000 + serial)}` });
    await tenant.post(`/campaigns/${campaign}/leads`, { lead, defaultCountryCode: 'US' }).expect(400);
    const { body: refused } = await tenant.post(`/campaigns/${campaign}/leads`, { lead, nonsense: 1 }).expect(400);
    expect(refused.details).toEqual([{ field: 'nonsense', message: 'is not a known field' }]);
  });

  it("row 16: a workspaceId that is the caller's own is taken anywhere; another is refused by name", async () => {
    const own = tenant.id;
    await tenant.get(`/leads?workspaceId=${own}`).expect(200);
    await tenant.post('/leads', { leads: [{ phone: phone(36) }], workspaceId: own }).expect(201);
    await tenant.post('/lists', { name: 'Own', workspaceId: own }).expect(201);
    for (const other of ['org_other', 5, [own]]) {
      const { body } = await tenant.post('/lists', { name: 'Theirs', workspaceId: other }).expect(400);
      expect(body.details[0].field).toBe('workspaceId');
    }
    await tenant.get('/leads?workspaceId=org_other').expect(400);
  });

  it('row 16: correlationId is taken in any body', async () => {
    await tenant.post('/messages/cancel-for-lead', { recipientPhone: phone(37), correlationId: 'c-1' }).expect(200);
    await tenant.post('/leads', { leads: [{ phone: phone(37) }], correlationId: 'c-2' }).expect(201);
    const { body } = await tenant.post('/lists', { name: 'x', correlationId: 5 }).expect(400);
    expect(body.details[0].field).toBe('correlationId');
  });

  it('row 27: correlationId in a body is the trace id where the header has none', async () => {
    await test.line(tenant);
    expect((await send({ correlationId: 'corr-77' }).expect(201)).headers['x-correlation-id']).toBe('corr-77');
    const both = await send({ correlationId: 'corr-77' }).set('x-correlation-id', 'head-1');
    expect(both.headers['x-correlation-id']).toBe('head-1');
    for (const correlationId of ['', 'two words', null]) {
      expect((await send({ correlationId })).headers['x-correlation-id']).toMatch(/^app_/);
    }
    const refused = await tenant.post('/messages', { message: '', correlationId: 'corr-78' }).expect(400);
    expect(refused.headers['x-correlation-id']).toBe('corr-78');
  });

  it('row 40: a limit above the maximum is the maximum, and pagination says so', async () => {
    for (const path of ['/leads', '/replies', '/messages', '/lists', '/leads?cursor=']) {
      const { body } = await tenant.get(`${path}${path.includes('?') ? '&' : '?'}limit=500`).expect(200);
      expect(body.pagination.limit).toBe(200);
    }
    expect((await tenant.get('/leads?limit=101')).body.pagination.limit).toBe(101);
    await tenant.get('/leads?limit=0').expect(400);
  });

  it('row 38: source is csv where nobody says it, of rows and of files; message of who was written to', async () => {
    await test.line(tenant);
    const sourceOf = async (query: string) => (await tenant.get(`/leads?${query}`).expect(200)).body.leads[0]?.source;
    await tenant.post('/leads', { leads: [{ phone: phone(38) }] }).expect(201);
    expect(await sourceOf(`search=${phone(38).slice(2)}`)).toBe('csv');
    await tenant.post('/leads', { leads: [{ phone: phone(39), source: 'row' }], source: 'call' }).expect(201);
    expect(await sourceOf(`search=${phone(39).slice(2)}`)).toBe('row');
    const file = Buffer.from(`phone\n${phone(40)}\n`);
    const { importId } = (await tenant.call('post', '/leads/imports').attach('file', file, 'a.csv').expect(202)).body;
    await eventually(async () => (await tenant.get(`/leads/imports/${importId}`)).body.state === 'completed');
    expect(await sourceOf(`search=${phone(40).slice(2)}`)).toBe('csv');
    await send({ recipientPhone: phone(41) }).expect(201);
    expect(await sourceOf(`search=${phone(41).slice(2)}`)).toBe('message');
  });

  it('row 9: where every row is a duplicate, duplicates show what came and the lead that is there', async () => {
    const [lead] = (await tenant.post('/leads', { leads: [{ phone: phone(42), firstName: 'Ada' }] }).expect(201)).body.leadIds;
    const input = { phone: phone(42), firstName: 'Adele' };
    const { body } = await tenant.post('/leads', { leads: [input] }).expect(200);
    expect(body.duplicates).toEqual([
      { index: 0, leadId: lead, field: 'phone', input, existingLead: (await tenant.get(`/leads?id=${lead}`)).body.lead },
    ]);
    expect(body.duplicates[0].existingLead.firstName).toBe('Ada');
    const many = await tenant.post('/leads', { leads: Array.from({ length: 120 }, () => input) }).expect(200);
    expect(many.body).toMatchObject({ duplicateCount: 120, duplicates: { length: 100 } });
    expect(many.body.duplicates[99]).toMatchObject({ input, existingLead: { _id: lead } });
    const some = await tenant.post('/leads', { leads: [input, { phone: phone(43) }] }).expect(201);
    expect(some.body.duplicates).toEqual([{ index: 0, leadId: lead, field: 'phone' }]);
  });
});
