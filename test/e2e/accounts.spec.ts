import { ObjectId } from 'mongodb';
import request from 'supertest';
import { Secrets } from '../../src/platform/secrets';
import { AccountDesk } from '../support/account-desk';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const PASSWORD = 'one';
const HUSH = 'correct horse battery';

describe('accounts', () => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: AccountDesk;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    desk = new AccountDesk(test, tenant);
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  it('are made with what their channel declares, and shown without their secrets', async () => {
    const account = await desk.make();
    expect(account).toEqual({
      _id: expect.any(String),
      workspaceId: tenant.id,
      channel: 'imessage',
      provider: 'bluebubbles',
      name: 'Mac in Berlin',
      deviceId: new URL(test.simulator.url).host,
      settings: { bridgeUrl: test.simulator.url },
      configuredSecrets: ['bridgePassword'],
      inboundUrl: expect.stringMatching(/\/api\/inbound\/bluebubbles\/[\w-]{32}$/),
      pace: null,
      overallPace: null,
      isImplicit: false,
      healthCheck: { status: 'unknown', lastCheckedAt: null, reason: null },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect((await tenant.get(`/accounts/${account._id}`).expect(200)).body).toEqual(account);
    expect(await desk.all()).toEqual([account]);
  });

  it.each([
    ['channel', { channel: 'nonsense' }],
    ['channel', { channel: undefined }],
    ['settings.bridgeUrl', { settings: undefined }],
    ['settings.bridgeUrl', { settings: {} }],
    ['settings.bridgeUrl', { settings: { bridgeUrl: 'nonsense' } }],
    ['settings.bridgeUrl', { settings: { bridgeUrl: 7 } }],
    ['settings.nonsense', { settings: { bridgeUrl: 'https://bridge.example.com', nonsense: 1 } }],
    ['secrets.bridgePassword', { secrets: undefined }],
    ['secrets.bridgePassword', { secrets: { bridgePassword: null } }],
    ['secrets.bridgePassword', { secrets: { bridgePassword: 'x'.repeat(501) } }],
    ['secrets.nonsense', { secrets: { bridgePassword: 'x', nonsense: 'x' } }],
    ['settings.bridgePassword', { settings: { bridgeUrl: 'https://bridge.example.com', bridgePassword: 'x' } }],
    ['settings', { settings: [] }],
    ['secrets', { secrets: 'x' }],
    ['pace', { pace: { perSecond: 1, burst: 1, inFlight: 1 } }],
    ['overallPace', { overallPace: { perSecond: 1, burst: 1 } }],
    ['provider', { provider: 'bluebubbles' }],
    ['health', { health: {} }],
  ])('are refused with the field that is wrong: %s (%#)', async (field, wrong) => {
    const { body } = await tenant.post('/accounts', { ...desk.good(), ...wrong }).expect(400);
    expect(body.code).toBe('VALIDATION_FAILED');
    expect(body.details.map((detail: { field: string }) => detail.field)).toEqual([field]);
    expect(await desk.all()).toEqual([]);
  });

  it('are not made on a channel that nobody knows', async () => {
    const { body } = await tenant.post('/accounts', { channel: 'fax', settings: {}, secrets: {} }).expect(400);
    expect([body.code, body.details[0].field]).toEqual(['VALIDATION_FAILED', 'channel']);
  });

  it('change field by field; a secret goes to another server only when it is given again', async () => {
    const { _id } = await desk.make();
    const changed = (await tenant.patch(`/accounts/${_id}`, { name: null, deviceId: 'mac-7' }).expect(200)).body;
    expect(changed).toMatchObject({ name: null, deviceId: 'mac-7', settings: { bridgeUrl: test.simulator.url } });
    const elsewhere = { settings: { bridgeUrl: 'http://127.0.0.1:1' } };
    const { body } = await tenant.patch(`/accounts/${_id}`, elsewhere).expect(400);
    expect(body.details).toEqual([
      { field: 'secrets.bridgePassword', message: 'must be given again with another settings.bridgeUrl' },
    ]);
    expect((await tenant.get(`/accounts/${_id}`)).body).toEqual(changed);
    const moved = { ...elsewhere, secrets: { bridgePassword: 'two' }, deviceId: null };
    expect((await tenant.patch(`/accounts/${_id}`, moved).expect(200)).body).toMatchObject({
      ...elsewhere,
      deviceId: '127.0.0.1:1',
    });
    await tenant.patch(`/accounts/${_id}`, { channel: 'imessage' }).expect(400);
    await tenant.patch(`/accounts/${_id}`, { secrets: { bridgePassword: null } }).expect(400);
  });

  it('say whether they work, and keep the answer until something is changed', async () => {
    const { _id } = await desk.make();
    const health = async () => (await tenant.get(`/accounts/${_id}/health`).expect(200)).body;
    expect(await health()).toEqual({
      accountId: _id,
      available: true,
      healthCheck: { status: 'healthy', lastCheckedAt: expect.any(String), reason: null },
      warnings: [],
    });
    await tenant.patch(`/accounts/${_id}`, { secrets: { bridgePassword: HUSH } }).expect(200);
    expect((await tenant.get(`/accounts/${_id}`)).body.healthCheck.status).toBe('unknown');
    const ill = await health();
    expect(ill).toMatchObject({ available: false, healthCheck: { status: 'unhealthy', reason: expect.any(String) } });
    expect(JSON.stringify(ill)).not.toContain(HUSH);
    expect((await tenant.get(`/accounts/${_id}`)).body.healthCheck).toEqual(ill.healthCheck);
    expect(test.simulator.ledger({ kind: 'send' })).toEqual([]);
  });

  it('keep their secrets sealed, and say them nowhere', async () => {
    const { _id } = await desk.make(desk.good(HUSH));
    await desk.lineOn({ accountId: _id });
    const answers = await Promise.all([
      tenant.get('/accounts'),
      tenant.get('/accounts?cursor='),
      tenant.get(`/accounts/${_id}`),
      tenant.get(`/accounts/${_id}/health`),
      tenant.patch(`/accounts/${_id}`, { secrets: { bridgePassword: `${HUSH} staple` } }),
      tenant.get('/lines/by-user'),
      tenant.call('get', '/audit').set('authorization', `Bearer ${test.session(tenant.id)}`),
      tenant.get('/channels'),
    ]);
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain(HUSH);
      expect(text).not.toMatch(/v[12]\.[\w-]{16}/);
    }
    for (const { name } of await test.connection.db!.listCollections().toArray()) {
      const stored = await test.connection.db!.collection(name).find().toArray();
      expect(JSON.stringify(stored)).not.toContain(HUSH);
    }
    const document = await test.connection.collection('accounts').findOne({ _id: new ObjectId(_id as string) });
    expect(JSON.parse(test.app.get(Secrets).open(document!.secrets as string))).toEqual({ bridgePassword: `${HUSH} staple` });
  });

  it('with secrets that another key has sealed can be asked, changed and mended', async () => {
    const { _id } = await desk.make();
    const line = await desk.lineOn({ accountId: _id });
    const document = { _id: new ObjectId(_id as string) };
    await test.connection.collection('accounts').updateOne(document, { $set: { secrets: 'v2.00000000.AAAA.AAAA.AAAA' } });
    const { body } = await tenant.get(`/accounts/${_id}/health`).expect(200);
    expect(body.healthCheck.reason).toContain('enter them again');
    await tenant.patch(`/accounts/${_id}`, { name: 'Renamed', deviceId: 'mac-6' }).expect(200);
    expect((await tenant.get(`/lines/${line._id}`)).body.deviceId).toBe('mac-6');
    await tenant.post('/lines', { phone: '+12025550155', accountId: _id }).expect(400);
    await tenant.patch(`/accounts/${_id}`, { secrets: { bridgePassword: PASSWORD } }).expect(200);
    expect((await tenant.get(`/accounts/${_id}/health`)).body.available).toBe(true);
  });

  it('go when no line is on them, and not before', async () => {
    const { _id } = await desk.make();
    const line = await desk.lineOn({ accountId: _id });
    const { body } = await tenant.delete(`/accounts/${_id}`).expect(409);
    expect(body).toMatchObject({ code: 'ACCOUNT_HAS_LINES', lineCount: 1 });
    await tenant.delete(`/lines/${line._id}`).expect(200);
    // It was made by itself, so it stays without a line.
    expect((await tenant.delete(`/accounts/${_id}`).expect(200)).body).toEqual({ deletedCount: 1 });
    expect((await tenant.get(`/accounts/${_id}`).expect(404)).body.code).toBe('ACCOUNT_NOT_FOUND');
    await tenant.delete(`/accounts/${_id}`).expect(404);
  });

  it('stand in the audit log, with what was changed and no secret', async () => {
    const { _id } = await desk.make();
    await tenant.patch(`/accounts/${_id}`, { name: 'Other', secrets: { bridgePassword: 'two' } }).expect(200);
    await tenant.delete(`/accounts/${_id}`).expect(200);
    const audit = tenant.call('get', '/audit').set('authorization', `Bearer ${test.session(tenant.id)}`);
    const { entries } = (await audit.expect(200)).body;
    expect(entries.slice(0, 3)).toMatchObject([
      { action: 'account.deleted', subject: { kind: 'account', id: _id } },
      {
        action: 'account.changed',
        before: { name: 'Mac in Berlin' },
        after: { name: 'Other', secrets: 'changed' },
      },
      { action: 'account.created', after: { channel: 'imessage', secrets: 'changed' } },
    ]);
  });

  it("are not another workspace's, and not changed in one that is read-only", async () => {
    const { _id } = await desk.make();
    const stranger = await test.tenant();
    await stranger.get(`/accounts/${_id}`).expect(404);
    await stranger.get(`/accounts/${_id}/health`).expect(404);
    await stranger.patch(`/accounts/${_id}`, { name: 'Theirs' }).expect(404);
    await stranger.delete(`/accounts/${_id}`).expect(404);
    await stranger.post('/lines', { phone: '+12025550155', accountId: _id }).expect(404);
    expect((await stranger.get('/accounts')).body.accounts).toEqual([]);
    expect((await tenant.get(`/accounts/${_id}`)).body.name).toBe('Mac in Berlin');
    await test.connection
      .collection('workspaces')
      .updateOne({ _id: tenant.id as never }, { $set: { readOnlyReason: 'it is being restored' } });
    await eventually(async () => (await tenant.patch(`/accounts/${_id}`, { name: 'X' })).status === 402);
    await tenant.get(`/accounts/${_id}`).expect(200);
  });

  it('readers see accounts without changing them, and not their inbound URLs', async () => {
    const { _id } = await desk.make();
    const { body: reader } = await request(test.url)
      .post('/api/api-keys')
      .auth(test.session(tenant.id), { type: 'bearer' })
      .send({ name: 'Reader', scopes: ['lines:read'] })
      .expect(201);
    for (const path of ['/accounts', `/accounts/${_id}`]) {
      const { body } = await request(test.url).get(`/api${path}`).auth(reader.key, { type: 'bearer' }).expect(200);
      expect((body.accounts?.[0] ?? body).inboundUrl).toBeNull();
    }
    await request(test.url).delete(`/api/accounts/${_id}`).auth(reader.key, { type: 'bearer' }).expect(403);
  });

  it('channels say what accounts and lines on them need', async () => {
    const { channels } = (await tenant.get('/channels').expect(200)).body;
    expect(channels.slice(0, 3).map(({ name, provider }: Record<string, string>) => [name, provider])).toEqual([
      ['imessage', 'bluebubbles'],
      ['sms', 'twilio'],
      ['email', 'smtp'],
    ]);
    expect(channels[0]).toMatchObject({
      name: 'imessage',
      provider: 'bluebubbles',
      reaches: ['phone', 'email'],
      capabilities: {
        attachments: true,
        availability: true,
        reactions: true,
        typing: true,
        inbound: true,
        answersOptOuts: false,
      },
      accountFields: [
        { name: 'bridgeUrl', type: 'url', secret: false, required: true, max: 500 },
        { name: 'bridgePassword', type: 'string', secret: true, required: true, max: 500 },
      ],
      lineFields: [
        { name: 'phone', required: false },
        { name: 'email', required: false },
      ],
      defaults: {
        pace: null,
        overallPace: null,
        dailyNewConversationsLimit: 50,
        hourlyNewConversationsLimit: 50,
        dailyTotalMessagesLimit: 75,
      },
    });
  });
});
