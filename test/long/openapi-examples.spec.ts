import { eventually } from '../support/eventually';
import { ExampleBook, operationIds, WITHOUT_EXAMPLE } from '../support/examples';
import { ImportDesk } from '../support/import-desk';
import { Receiver } from '../support/receiver';
import { BRIDGE_PASSWORDS, startTestApp, type Tenant, type TestApp } from '../support/test-app';

/**
 * The examples of docs/openapi.json are what happens here: an agency writes to its people, and a CRM listens.
 * `npm run openapi:examples` writes what is said to docs/openapi-examples.json.
 */
describe('the examples of the description', () => {
  let test: TestApp;
  let tenant: Tenant;
  let crm: Receiver;
  let book: ExampleBook;

  beforeAll(async () => {
    [test, crm] = [await startTestApp({ AVAILABILITY_SYNC_MAX: '1', PROVIDER_TIMEOUT_SECONDS: '2' }), await Receiver.start()];
    tenant = await test.tenant();
    book = new ExampleBook(tenant);
  });
  afterAll(async () => {
    await test.close();
    await crm.close();
  });

  const ada = {
    firstName: 'Ada',
    lastName: 'Byron',
    companyName: 'Analytical Engines',
    phone: '+1 (202) 555-0143',
    email: 'ada@example.com',
    externalId: 'crm-1815',
    customFields: { plan: 'premium' },
  };
  const grace = { firstName: 'Grace', lastName: 'Hopper', phone: '+12025550144', externalId: 'crm-1906' };
  const get = (path: string) => book.call('get', path);
  const post = (path: string, body?: object) => book.call('post', path, body);
  const patch = (path: string, body: object) => book.call('patch', path, body);
  const remove = (path: string, body?: object) => book.call('delete', path, body);
  const message = (id: string, ...statuses: string[]) =>
    eventually(async () => statuses.includes((await tenant.get(`/messages/${id}`)).body.status as string));

  it('are one story, in which every call is taken', async () => {
    await anAccount();
    const [line, standby] = await twoLines();
    const list = (await post('/lists', { name: 'Spring', description: 'Asked for a call back' }))._id as string;
    const leads = await people(list);
    await anImport(list);
    await checks(leads[0]!, list);
    const hook = await aWebhook();
    await aCampaign(list, line, leads);
    await messages(line, standby, leads);
    await answers(leads[1]!);
    await suppressions();
    await whatHappened(hook);
    await keysAndSettings();
    await theEnd(list, line, leads, hook);
    expect(operationIds.filter((id) => !WITHOUT_EXAMPLE.has(id) && !book.told.includes(id))).toEqual([]);
    if (process.env.RECORD_EXAMPLES) book.write();
  });

  async function anAccount(): Promise<void> {
    await get('/channels');
    const { _id } = await post('/accounts', {
      channel: 'imessage',
      name: 'Mac in the office',
      deviceId: 'mac-3',
      settings: { bridgeUrl: test.simulator.url },
      secrets: { bridgePassword: BRIDGE_PASSWORDS[2] },
    });
    await get('/accounts');
    await get(`/accounts/${_id}`);
    await get(`/accounts/${_id}/health`);
    await patch(`/accounts/${_id}`, { name: 'Mac upstairs' });
    await post(`/accounts/${_id}/rotate-inbound-url`, { overlapHours: 24 });
    await remove(`/accounts/${_id}`);
  }

  async function twoLines(): Promise<[string, string]> {
    const made = await post('/lines', {
      firstName: 'Sam',
      phone: '+12025550190',
      deviceId: 'mac-1',
      bridgeUrl: test.simulator.url,
      bridgePassword: BRIDGE_PASSWORDS[0],
      dailyNewConversationsLimit: 40,
    });
    const line = made._id as string;
    await get('/lines');
    await get(`/lines/${line}`);
    await patch(`/lines/${line}`, { lastName: 'Fox' });
    await post(`/lines/${line}/rotate-inbound-url`, { overlapHours: 24 });
    await get(`/lines/check-availability?id=${line}`);
    await get('/lines/by-user');
    // A second one stands by, on a bridge whose webhooks arrive.
    return [line, (await test.line(tenant, 1)).id];
  }

  async function people(list: string): Promise<string[]> {
    const { leadIds } = await post('/leads', { leads: [ada, grace], listId: list });
    const again = [{ ...grace, jobTitle: 'Rear admiral' }];
    await post('/leads', { leads: again, listId: list, onDuplicate: 'update' });
    const [first, second] = leadIds as [string, string];
    await get('/leads?limit=2');
    await get('/leads/count');
    await get(`/leads/${first}`);
    await patch(`/leads/${first}`, { notes: 'Prefers mornings' });
    await patch('/leads', { leads: [{ externalId: grace.externalId, companyName: 'Navy' }] });
    await get('/leads/export');
    await get('/lists');
    await get(`/lists/${list}`);
    await patch(`/lists/${list}`, { name: 'Spring calls' });
    await get(`/lists/${list}/leads`);
    return [first, second];
  }

  async function anImport(list: string): Promise<void> {
    const desk = new ImportDesk(test, tenant);
    const csv = 'Name,Phone,Email\nMary Somerville,(202) 555-0145,mary@example.com\nNobody,12,none\n';
    const dry = await desk.upload(csv, { dryRun: 'true' }, `?listId=${list}`).expect(200);
    book.note('post', '/leads/imports', 200, dry.body);
    const started = await desk.upload(csv, {}, `?listId=${list}`).expect(202);
    book.note('post', '/leads/imports', 202, started.body);
    const id = started.body.importId as string;
    await desk.over(id);
    await get('/leads/imports');
    await get(`/leads/imports/${id}`);
    await get(`/leads/imports/${id}/rejected`);
    await get(`/leads/imports/${id}/warnings`);
    await get(`/leads/imports/${id}/duplicates`);
    await remove(`/leads/imports/${id}`);
  }

  async function checks(lead: string, list: string): Promise<void> {
    await get(`/leads/check-availability?id=${lead}`);
    await get(`/check-availability?address=${encodeURIComponent('+12025550143')}`);
    await post('/check-availability-rr', { phones: ['+12025550143'], emails: ['ada@example.com'] });
    await post('/leads/check-availability', { leadIds: [lead] });
    const { jobId } = await post('/leads/check-availability', { listId: list });
    await get('/leads/check-availability/jobs');
    await get(`/leads/check-availability/jobs/${jobId}`);
    await remove(`/leads/check-availability/jobs/${jobId}`);
  }

  async function aWebhook(): Promise<string> {
    const events = ['message.sent', 'message.failed', 'message.reply', 'contact.opted_out'];
    const made = await post('/webhooks', { url: `${crm.url}/hooks/tuco`, name: 'CRM', events });
    const id = made.id as string;
    await get('/webhooks');
    await get(`/webhooks/${id}`);
    await patch(`/webhooks/${id}`, { description: 'Keeps the CRM in step' });
    await post(`/webhooks/${id}/health-check`);
    await post(`/webhooks/${id}/rotate-secret`, { overlapHours: 24 });
    return id;
  }

  async function aCampaign(listId: string, line: string, [first, second]: string[]): Promise<void> {
    const steps = [
      { template: 'Hi {firstName}, is this a good week to talk?', wait: { amount: 1, unit: 'days' } },
      { template: 'Shall I try again next month?', wait: { amount: 3, unit: 'days' } },
    ];
    const { _id } = await post('/campaigns', { name: 'Spring', listId, lineIds: [line], steps });
    const campaign = `/campaigns/${_id}`;
    await get('/campaigns');
    await get(campaign);
    await patch(campaign, { name: 'Spring 2027' });
    await post(`${campaign}/preview`, { leadId: first });
    await post(`${campaign}/launch`);
    await eventually(async () => (await tenant.get(campaign)).body.enrolling.state === 'completed');
    const { leadIds } = await tenant
      .post('/leads', { leads: [{ firstName: 'Emmy', phone: '+12025550146' }] })
      .then(({ body }) => body);
    await post(`${campaign}/leads`, { leadId: leadIds[0] });
    await get(`${campaign}/leads?limit=2`);
    await remove(`${campaign}/leads/${second}`);
    await post(`${campaign}/pause`);
    await post(`${campaign}/resume`);
    await get(`${campaign}/report`);
    await post(`${campaign}/archive`);
    const draft = await tenant.post('/campaigns', { name: 'Autumn', listId }).expect(201);
    await remove(`/campaigns/${draft.body._id}`);
  }

  async function messages(line: string, standby: string, [first, second]: string[]): Promise<void> {
    const sent = (await post('/messages', { message: 'Hi Grace, how was the launch?', leadId: second, fromLineId: standby }))
      .message._id as string;
    await message(sent, 'sent', 'delivered');
    await get(`/messages/${sent}`);
    await post('/messages/react', { messageId: sent, reaction: 'love' });
    await post('/messages/typing', { messageId: sent });
    await remove('/messages/typing', { messageId: sent });
    const at = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const later = { message: 'See you tomorrow', leadId: first, scheduledDate: at };
    await post(`/messages/${(await tenant.post('/messages', later).expect(201)).body.message._id}/cancel`);
    await tenant.post('/messages', later).expect(201);
    await post('/messages/cancel-for-lead', { leadId: first });
    // The bridge does not say what became of it: a person does.
    test.simulator.openChat({ addresses: ['+12025550147'], bridge: 0 });
    test.simulator.control({ echoes: false, receipts: false, faults: [{ name: 'not-in-database', sent: false }] });
    const open = await tenant.post('/messages', { message: 'Hi', recipientPhone: '+12025550147', fromLineId: line }).expect(201);
    const { _id: unknown } = open.body.message;
    await message(unknown, 'failed');
    test.simulator.control({ reset: true });
    await post(`/messages/${unknown}/resolve`, { as: 'not_sent' });
    // A number without iMessage, and no other channel: it can be tried again.
    const refused = await tenant.post('/messages', { message: 'Hi', recipientPhone: '+12025550110' }).expect(201);
    const { _id: missed } = refused.body.message;
    await message(missed, 'fallback', 'failed');
    await post(`/messages/${missed}/retry`);
    await get('/messages?limit=2');
    await get(`/leads/${second}/messages`);
  }

  async function answers(lead: string): Promise<void> {
    const answer = async (text: string, kind: string) => {
      await test.simulator.reply({ address: grace.phone, text });
      return eventually(async () => {
        const { replies } = (await tenant.get(`/replies?leadId=${lead}`)).body;
        return (replies as { messageId: string; kind: string; message: string }[]).find(
          (one) => one.message === text && one.kind === kind,
        );
      });
    };
    await answer('It went well, thank you!', 'reply');
    const { messageId } = await answer('please stop texting me at work', 'review');
    await get(`/replies?leadId=${lead}`);
    await post(`/replies/${messageId}/review`, { as: 'reply' });
    const { conversations } = await get(`/conversations?leadId=${lead}`);
    const conversation = `/conversations/${(conversations as { _id: string }[])[0]!._id}`;
    await patch(conversation, { read: true, assignedTo: 'user_2abc' });
    await post(`${conversation}/messages`, { message: 'Shall I call you next week instead?' });
    await get(conversation);
  }

  async function suppressions(): Promise<void> {
    const made = await post('/suppressions', { address: '+12025550148', channel: 'sms', note: 'Asked by phone' });
    await post('/suppressions', { address: '+12025550148', channel: 'sms' });
    const id = made.suppression._id as string;
    await get('/suppressions');
    await get(`/suppressions/${id}`);
    await get('/suppressions/export');
    const desk = new ImportDesk(test, tenant, '/suppressions/imports');
    const csv = 'phone\n(202) 555-0149\nnobody\n';
    book.note('post', '/suppressions/imports', 200, (await desk.upload(csv, { dryRun: 'true' }).expect(200)).body);
    const started = await desk.upload(csv).expect(202);
    book.note('post', '/suppressions/imports', 202, started.body);
    const place = `/suppressions/imports/${started.body.importId}`;
    await desk.over(started.body.importId as string);
    await get(place);
    await get(`${place}/rejected`);
    await get(`${place}/warnings`);
    await remove(place);
    await remove(`/suppressions/${id}`);
  }

  async function whatHappened(hook: string): Promise<void> {
    const log = `/webhooks/${hook}/deliveries`;
    const delivered = await eventually(async () => {
      const { deliveries } = (await tenant.get(`${log}?state=delivered`)).body as { deliveries: { _id: string }[] };
      return deliveries[0];
    });
    await get(`${log}?limit=2`);
    await post(`${log}/${delivered._id}/replay`);
    await post(`/webhooks/${hook}/replay`, { from: new Date(Date.now() - 60_000).toISOString() });
    await get('/events?types=message.sent,message.reply&limit=2');
    await get('/audit?limit=2');
    await get('/workspace/overview');
  }

  async function keysAndSettings(): Promise<void> {
    const session = test.session(tenant.id);
    const asAdmin = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) =>
      book.call(method, `/api-keys${path}`, body, session);
    const made = await asAdmin('post', '', { name: 'CRM', scopes: ['leads:read', 'leads:write'], rateLimitPerMinute: 60 });
    await asAdmin('get', '');
    await asAdmin('patch', `/${made._id}`, { name: 'CRM, production' });
    const turned = await asAdmin('post', `/${made._id}/rotate`, { overlapHours: 24 });
    await asAdmin('delete', `/${turned._id ?? made._id}`);
    const { _id } = await post('/views', { table: 'leads', name: 'Acme Inc', filters: { q: 'acme' }, shared: true });
    await get('/views?table=leads');
    await patch(`/views/${_id}`, { name: 'Acme' }).then(() => remove(`/views/${_id}`));
    await get('/workspace');
    await get('/workspace/members');
    await get('/system');
    await patch('/workspace', { quietHours: 'strict', maxMessagesPerPersonPerDay: 2 });
  }

  async function theEnd(list: string, line: string, [first, second]: string[], hook: string): Promise<void> {
    await get(`/leads/${first}/export`);
    const { jobId } = await remove(`/leads/${first}?erase=true`);
    await eventually(async () => (await tenant.get(`/leads/erasures/${jobId}`)).body.state === 'completed');
    await get(`/leads/erasures/${jobId}`);
    await remove(`/leads/${second}`);
    const { body } = await tenant.get('/leads?limit=1').expect(200);
    await remove('/leads', { ids: [body.leads[0]._id] });
    await remove(`/lists/${list}?deleteLeads=true`);
    await remove(`/webhooks/${hook}`);
    await remove(`/lines/${line}`);
  }
});
