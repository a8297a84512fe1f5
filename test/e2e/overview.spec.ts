import request from 'supertest';
import { ApiKeysService } from '../../src/auth';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { ImportDesk } from '../support/import-desk';
import { Receiver } from '../support/receiver';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const DAY_MS = 86_400_000;

describe('the overview', () => {
  let test: TestApp;
  let crm: Receiver;

  beforeAll(async () => {
    [test, crm] = [await startTestApp({ PROVIDER_TIMEOUT_SECONDS: '2' }), await Receiver.start()];
  });
  afterAll(async () => {
    await test.close();
    await crm.close();
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const overview = async (tenant: Tenant) => (await tenant.get('/workspace/overview').expect(200)).body;

  /** Its line is found not to work, and is not probed. */
  const setAside = async ({ id: workspaceId }: Tenant) => {
    const health = {
      'health.status': 'unhealthy',
      'health.reason': 'the bridge does not answer',
      'health.tryAgainAt': new Date(Date.now() + DAY_MS),
    };
    const { matchedCount } = await test.connection.collection('lines').updateOne({ workspaceId }, { $set: health });
    expect(matchedCount).toBe(1);
  };

  it('is a checklist until a campaign was launched', async () => {
    const tenant = await test.tenant();
    expect(await overview(tenant)).toEqual({
      lines: { sentToday: 0, count: 0, lines: [] },
      campaigns: { running: 0, campaigns: [] },
      waiting: { notDue: 0, due: 0, asked: 0, reasons: [] },
      inbox: { unread: 0, toReview: 0, isLowerBound: false },
      alerts: [],
      checklist: { hasLine: false, hasLead: false, draft: null },
    });
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    await desk.leads([{ phone: '+12065550101' }]);
    const id = await desk.create([{ template: 'Hi', wait: MUCH_LATER }]);
    expect((await overview(tenant)).checklist).toEqual({ hasLine: true, hasLead: true, draft: { _id: id, name: 'Spring' } });
    await tenant.post(`/campaigns/${id}/launch`, {}).expect(200);
    expect((await overview(tenant)).checklist).toBeNull();
    await tenant.post(`/campaigns/${id}/archive`, {}).expect(200);
    expect((await overview(tenant)).checklist).toBeNull();
  });

  it('says what was sent today, what waits and why, and what waits for a person', async () => {
    const tenant = await test.tenant();
    const line = await test.line(tenant, 0, { dailyTotalMessagesLimit: 2 });
    const desk = await new CampaignDesk(test, tenant).open();
    const leads = [1, 2, 3].map((ending) => ({ phone: `+1206555023${ending}` }));
    await desk.leads(leads);
    const steps = [
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ];
    const id = await desk.launched(steps, { lineIds: [line.id] });
    const seen = await eventually(async () => {
      const now = await overview(tenant);
      const isFull = now.lines.sentToday === 2 && now.waiting.due === 1;
      return isFull && now.waiting.reasons[0]?.reason === 'limit' ? now : null;
    });
    expect(seen.lines.lines).toEqual([
      expect.objectContaining({ _id: line.id, totalMessagesCount: 2, dailyTotalMessagesLimit: 2, newConversationsCount: 2 }),
    ]);
    expect(seen.campaigns).toMatchObject({ running: 1, campaigns: [{ _id: id, finished: false, replies: 0 }] });
    expect(seen.waiting).toMatchObject({ notDue: 3, due: 1, asked: 1 });
    expect(seen.waiting.reasons).toEqual([
      expect.objectContaining({ reason: 'limit', count: 1, words: 'the daily limit of the line is reached' }),
    ]);
    const [sent] = (await tenant.get(`/messages?campaignId=${id}&status=sent,delivered`).expect(200)).body.messages;
    await test.simulator.reply({ address: sent.recipientPhone, text: 'please stop texting me at work' });
    await eventually(async () => (await overview(tenant)).inbox.toReview === 1);
    expect((await overview(tenant)).inbox).toEqual({ unread: 1, toReview: 1, isLowerBound: false });
  });

  it('asks direct messages too what they wait for', async () => {
    const tenant = await test.tenant();
    await test.line(tenant);
    await setAside(tenant);
    await tenant.post('/messages', { message: 'Hi', recipientPhone: '+12065550301' }).expect(201);
    const { waiting } = await eventually(async () => {
      const now = await overview(tenant);
      return now.waiting.due === 1 && now;
    });
    expect(waiting.reasons).toEqual([expect.objectContaining({ reason: 'no_line', count: 1 })]);
  });

  it('has an alert with its cure for whatever needs somebody', async () => {
    const tenant = await test.tenant();
    const line = await test.line(tenant);
    test.simulator.openChat({ addresses: ['+12065550401'], bridge: 0 });
    test.simulator.control({ echoes: false, receipts: false, faults: [{ name: 'not-in-database', sent: false }] });
    const open = await tenant.post('/messages', { message: 'Hi', recipientPhone: '+12065550401' }).expect(201);
    const unknown = open.body.message._id as string;
    await eventually(async () => (await tenant.get(`/messages/${unknown}`)).body.status === 'failed');
    test.simulator.control({ reset: true });
    crm.answer('/gone', 410);
    const hook = (await tenant.post('/webhooks', { url: `${crm.url}/gone`, name: 'CRM', events: ['lead.created'] }).expect(201))
      .body;
    await tenant.post('/leads', { leads: [{ phone: '+12065550402' }] }).expect(201);
    await eventually(async () => (await tenant.get(`/webhooks/${hook.id}`)).body.disabledReason === 'gone');
    const imports = new ImportDesk(test, tenant);
    const list = (await tenant.post('/lists', { name: 'Short-lived' }).expect(201)).body._id as string;
    const { importId } = (await imports.upload('Phone\n+12065550403\n', {}, `?listId=${list}`).expect(202)).body;
    await imports.over(importId);
    // As it stands when its list was deleted in the middle.
    await test.connection
      .collection('backgroundJobs')
      .updateOne({ kind: 'import', workspaceId: tenant.id }, { $set: { state: 'failed', reason: 'its list was deleted' } });
    await setAside(tenant);
    const { alerts, lines } = await overview(tenant);
    expect(alerts).toEqual([
      expect.objectContaining({
        kind: 'line_unhealthy',
        severity: 'error',
        subjectId: line.id,
        message: 'Test Line 0 cannot send: the bridge does not answer',
      }),
      expect.objectContaining({
        kind: 'unknown_outcomes',
        severity: 'warning',
        message: 'Nobody knows whether one message was sent',
      }),
      expect.objectContaining({ kind: 'webhook_disabled', subjectId: hook.id }),
      expect.objectContaining({
        kind: 'import_failed',
        subjectId: importId,
        message: expect.stringMatching(/^The import of .+\.csv failed: its list was deleted$/),
      }),
    ]);
    expect(alerts.every(({ cure }: { cure: string }) => cure.endsWith('.'))).toBe(true);
    expect(lines.lines[0].healthCheck.status).toBe('unhealthy');
    const byCode = (await tenant.get('/messages?code=OUTCOME_UNKNOWN').expect(200)).body;
    expect(byCode.messages.map(({ _id }: { _id: string }) => _id)).toEqual([unknown]);
    expect((await tenant.get('/messages?code=NO_ADDRESS').expect(200)).body.messages).toEqual([]);
  });

  it('leaves out what the caller may not read', async () => {
    const tenant = await test.tenant();
    await test.line(tenant);
    const { secret } = await test.app.get(ApiKeysService).create(tenant.id, { name: 'lines', scopes: ['lines:read'] });
    const { body } = await request(test.url).get('/api/workspace/overview').auth(secret, { type: 'bearer' }).expect(200);
    expect(body).toEqual({
      lines: expect.objectContaining({ count: 1 }),
      campaigns: null,
      waiting: null,
      inbox: null,
      alerts: [],
      checklist: null,
    });
  });
});
