import request from 'supertest';
import { AuditedAct } from '../../src/platform/audit';
import { DomainEvents } from '../../src/platform/events';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Entry {
  _id: string;
  action: string;
  actor: string;
  address: string;
  correlationId: string;
  at: string;
  subject: { kind: string; id: string | null };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Who did what, on what, when and from where. */
describe('the audit log', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    // The key of the test was made by nobody's call.
    await test.connection.collection('auditEntries').deleteMany({ workspaceId: tenant.id });
  });

  const admin = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
    request(test.url)
      [method](`/api${path}`)
      .set('authorization', `Bearer ${test.session(tenant.id)}`);
  const entries = async (query: object = {}) =>
    ((await admin('get', '/audit').query(query).expect(200)).body as { entries: Entry[] }).entries;
  const actions = async () => (await entries()).map(({ action }) => action).reverse();
  const keyId = async () => String((await test.connection.collection('apiKeys').findOne({ workspaceId: tenant.id }))!._id);

  it('says who did it, from where and in which call, and what it was before', async () => {
    const before = Date.now();
    await tenant
      .patch('/workspace', { reviewDays: 7, optOutWords: ['basta'] })
      .set('x-forwarded-for', '192.0.2.7')
      .set('x-correlation-id', 'call-1')
      .expect(200);
    await admin('patch', '/workspace').send({ reviewDays: 5 }).expect(200);
    const [second, first] = await entries();
    expect(first).toEqual({
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      at: expect.any(String),
      actor: `key:${await keyId()}`,
      address: '192.0.2.7',
      correlationId: 'call-1',
      action: 'settings.changed',
      subject: { kind: 'workspace', id: tenant.id },
      before: { reviewDays: 5, optOutWords: [] },
      after: { reviewDays: 7, optOutWords: ['basta'] },
    });
    expect(Date.parse(first!.at)).toBeGreaterThanOrEqual(before - 1_000);
    expect(second).toMatchObject({
      actor: 'user:user_local',
      address: '127.0.0.1',
      before: { reviewDays: 7 },
      after: { reviewDays: 5 },
    });
  });

  it('has what was done with keys, never their secrets', async () => {
    const { body } = await admin('post', '/api-keys')
      .send({ name: 'CRM', scopes: ['leads:read'] })
      .expect(201);
    const { _id, key } = body as { _id: string; key: string };
    await admin('patch', `/api-keys/${_id}`).send({ name: 'CRM 2' }).expect(200);
    const rotated = (await admin('post', `/api-keys/${_id}/rotate`).send({}).expect(200)).body as { key: string };
    await admin('delete', `/api-keys/${_id}`).expect(200);
    expect(await actions()).toEqual(['api_key.created', 'api_key.changed', 'api_key.rotated', 'api_key.removed']);
    const [, , changed, created] = await entries();
    expect(created).toMatchObject({
      subject: { kind: 'api-key', id: _id },
      before: null,
      after: { name: 'CRM', scopes: ['leads:read'] },
    });
    expect(changed).toMatchObject({ before: { name: 'CRM' }, after: { name: 'CRM 2' } });
    const stored = JSON.stringify(await test.connection.collection('auditEntries').find({ workspaceId: tenant.id }).toArray());
    for (const secret of [key, rotated.key]) expect(stored).not.toContain(secret.slice(8));
    expect(stored).not.toMatch(/fingerprint/);
  });

  it('has what was done with lines, of their password only that it was changed', async () => {
    const fields = { bridgeUrl: 'http://127.0.0.1:9', bridgePassword: 'hush-hush', phone: '+12025550188' };
    const { _id } = (await tenant.post('/lines', fields).expect(201)).body as { _id: string };
    await tenant.patch(`/lines/${_id}`, { bridgePassword: 'hush-hush-2', dailyTotalMessagesLimit: 9 }).expect(200);
    await tenant.delete(`/lines/${_id}`).expect(200);
    expect(await actions()).toEqual(['line.created', 'line.changed', 'line.deleted']);
    const [, changed] = await entries();
    expect(changed).toMatchObject({ after: { dailyTotalMessagesLimit: 9, bridgePassword: 'changed' } });
    const stored = JSON.stringify(await test.connection.collection('auditEntries').find({ workspaceId: tenant.id }).toArray());
    expect(stored).not.toMatch(/hush|inboundSecret|\/api\/inbound/);
  });

  it('has launches, pauses and ends of campaigns', async () => {
    await test.line(tenant, 0);
    await test.connection.collection('auditEntries').deleteMany({ workspaceId: tenant.id });
    const listId = (await tenant.post('/lists', { name: 'Mine' }).expect(201)).body._id as string;
    const steps = [{ template: 'Hi', wait: { amount: 300, unit: 'days' } }];
    const { _id } = (await tenant.post('/campaigns', { name: 'Mine', listId, steps }).expect(201)).body as { _id: string };
    for (const act of ['launch', 'pause', 'resume', 'archive']) await tenant.post(`/campaigns/${_id}/${act}`).expect(200);
    await tenant.delete(`/campaigns/${_id}`).expect(200);
    expect(await actions()).toEqual(['launched', 'paused', 'resumed', 'archived', 'deleted'].map((done) => `campaign.${done}`));
    for (const { subject } of await entries()) expect(subject).toEqual({ kind: 'campaign', id: _id });
  });

  it('has deletions, erasures, lifted suppressions and webhooks, and says nothing of people', async () => {
    const rows = ['a', 'b', 'c'].map((name) => ({ firstName: 'Quimby', email: `quimby.${name}@example.com` }));
    const { leadIds, listId } = (await tenant.post('/leads', { leads: rows }).expect(201)).body as {
      leadIds: string[];
      listId: string;
    };
    await tenant.delete(`/leads/${leadIds[0]}`).expect(200);
    await tenant.delete('/leads', { ids: leadIds }).expect(200);
    await tenant.delete(`/leads/${leadIds[1]}?erase=true`).expect(202);
    const mine = (await tenant.post('/lists', { name: 'Quimby' }).expect(201)).body._id as string;
    await tenant.delete(`/lists/${mine}`).expect(200);
    const { body } = await tenant.post('/suppressions', { address: 'quimby@example.net', reason: 'manual' }).expect(201);
    await tenant.delete(`/suppressions/${body.suppression._id}?confirm=person-asked`).expect(200);
    const hook = { url: 'https://127.0.0.1:9/tuco', name: 'Mine', events: ['message.sent'] };
    const { id } = (await tenant.post('/webhooks', hook).expect(201)).body as { id: string };
    await tenant.patch(`/webhooks/${id}`, { name: 'Other' }).expect(200);
    await tenant.post(`/webhooks/${id}/rotate-secret`).expect(200);
    await tenant.delete(`/webhooks/${id}`).expect(200);
    await tenant.delete(`/webhooks/${id}`).expect(404);
    const found = await entries();
    expect(found.map(({ action, subject }) => [action, subject.id]).reverse()).toEqual([
      ['leads.deleted', leadIds[0]],
      ['leads.deleted', null],
      ['lead.erasure_started', leadIds[1]],
      ['list.deleted', mine],
      ['suppression.lifted', body.suppression._id],
      ['webhook.created', id],
      ['webhook.changed', id],
      ['webhook.rotated', id],
      ['webhook.deleted', id],
    ]);
    expect(found.at(-2)!.before).toEqual({ count: 2 });
    expect(JSON.stringify(found)).not.toMatch(/quimby/i);
    expect(listId).toBeTruthy();
  });

  it('is saved with the act or not at all', async () => {
    const { _id } = (await tenant.post('/lists', { name: 'Kept' }).expect(201)).body as { _id: string };
    let fail = true;
    test.app.get(DomainEvents).on(AuditedAct, ({ workspaceId }) => {
      if (workspaceId === tenant.id && fail) throw new Error('planted');
      return Promise.resolve();
    });
    await tenant.delete(`/lists/${_id}`).expect(500);
    await tenant.get(`/lists/${_id}`).expect(200);
    expect(await actions()).toEqual([]);
    fail = false;
    await tenant.delete(`/lists/${_id}`).expect(200);
    expect(await actions()).toEqual(['list.deleted']);
  });

  it('is read by page and filter, by who may read it; it is of one workspace, and goes after a year', async () => {
    for (const reviewDays of [1, 2, 3, 4, 6]) await tenant.patch('/workspace', { reviewDays }).expect(200);
    await admin('patch', '/workspace').send({ reviewDays: 7 }).expect(200);
    const { body: first } = await admin('get', '/audit').query({ limit: 4, cursor: '' }).expect(200);
    const { body: second } = await admin('get', '/audit').query({ limit: 4, cursor: first.pagination.nextCursor }).expect(200);
    expect([...first.entries, ...second.entries].map(({ after }: Entry) => after!.reviewDays)).toEqual([7, 6, 4, 3, 2, 1]);
    expect(second.pagination.nextCursor).toBeNull();
    expect(await entries({ actor: 'user:user_local' })).toHaveLength(1);
    expect(await entries({ action: 'settings.changed' })).toHaveLength(6);
    expect(await entries({ action: 'line.created' })).toEqual([]);
    const { at } = first.entries[2] as Entry;
    expect((await entries({ since: at })).length).toBeGreaterThanOrEqual(3);
    expect(await entries({ since: new Date(Date.now() + 3_600_000).toISOString() })).toEqual([]);
    await tenant.get('/audit').expect(200);
    await request(test.url)
      .get('/api/audit')
      .set('authorization', `Bearer ${test.session(tenant.id, 'member')}`)
      .expect(403);
    expect((await (await test.tenant()).get('/audit').expect(200)).body.entries).toHaveLength(1);
    const kept = await test.connection.collection('auditEntries').findOne({ workspaceId: tenant.id });
    expect(kept!.expiresAt.getTime() - kept!.at.getTime()).toBe(365 * 86_400_000);
  });
});
