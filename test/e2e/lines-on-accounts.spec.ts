import { ObjectId } from 'mongodb';
import request from 'supertest';
import { AccountSecrets } from '../../src/accounts';
import { Secrets } from '../../src/platform/secrets';
import { AccountDesk } from '../support/account-desk';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const PASSWORD = 'one';

describe('lines on accounts', () => {
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

  it('a line on an account has its bridge and its device, and sends by it', async () => {
    const account = await desk.make({ ...desk.good(), deviceId: 'mac-3' });
    const line = await desk.lineOn({ accountId: account._id });
    expect(line).toMatchObject({
      channel: 'imessage',
      accountId: account._id,
      deviceId: 'mac-3',
      bridgeUrl: test.simulator.url,
      hasBridgePassword: true,
    });
    const { settings } = account;
    expect(await desk.opened(line._id)).toMatchObject({
      bridgePassword: PASSWORD,
      account: { id: account._id, settings, secrets: { bridgePassword: PASSWORD } },
    });
    const health = (await tenant.get(`/lines/check-availability?id=${line._id}`).expect(200)).body;
    expect(health.available).toBe(true);
    await tenant.post('/messages', { message: 'Hi', recipientPhone: '+12025550131', fromLineId: line._id }).expect(201);
    await eventually(async () => test.simulator.ledger({ kind: 'send' }).length === 1);
  });

  it.each([
    ['bridgeUrl', { bridgeUrl: 'http://127.0.0.1:1' }],
    ['bridgePassword', { bridgePassword: 'x' }],
    ['deviceId', { deviceId: 'mac-1' }],
    ['channel', { channel: 'sms' }],
    ['accountId', { accountId: 'nonsense' }],
  ])('a line on an account does not say what the account says: %s', async (field, wrong) => {
    const { _id: accountId } = await desk.make();
    const { body } = await tenant.post('/lines', { phone: '+12025550155', accountId, ...wrong }).expect(400);
    expect(body.details.map((detail: { field: string }) => detail.field)).toEqual([field]);
    await tenant.post('/lines', { phone: '+12025550155', accountId: '0'.repeat(24) }).expect(404);
  });

  it('a line that names its bridge is on the account of the same bridge, device and password', async () => {
    const first = await desk.lineOn(desk.bridge());
    const second = await desk.lineOn(desk.bridge());
    expect(second.accountId).toBe(first.accountId);
    const wrong = await desk.lineOn(desk.bridge('wrong'));
    const device = await desk.lineOn(desk.bridge(PASSWORD, 'mac-2'));
    expect(new Set([first, wrong, device].map(({ accountId }) => accountId)).size).toBe(3);
    expect(await desk.all()).toMatchObject([
      { _id: first.accountId, isImplicit: true, name: null, configuredSecrets: ['bridgePassword'] },
      { _id: wrong.accountId },
      { _id: device.accountId, deviceId: 'mac-2' },
    ]);
    const { _id } = await desk.make({ ...desk.good(), deviceId: 'mac-9' });
    expect((await desk.lineOn(desk.bridge(PASSWORD, 'mac-9'))).accountId).toBe(_id);
    const stranger = await test.tenant();
    const theirs = (await stranger.post('/lines', { phone: '+12025550155', ...desk.bridge() }).expect(201)).body;
    expect(theirs.accountId).not.toBe(first.accountId);
  });

  it('lines that are made at the same moment share one account', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => desk.lineOn(desk.bridge())));
    expect(new Set(made.map(({ accountId }) => accountId)).size).toBe(1);
    expect(await desk.all()).toHaveLength(1);
  });

  it('what is changed of an account goes for its lines at once, and their inbound URLs stay', async () => {
    const { _id: accountId } = await desk.make();
    const lines = [await desk.lineOn({ accountId }), await desk.lineOn({ accountId })];
    await tenant.patch(`/accounts/${accountId}`, { secrets: { bridgePassword: 'two' }, deviceId: 'mac-4' }).expect(200);
    for (const { _id, inboundUrl } of lines) {
      expect((await tenant.get(`/lines/${_id}`)).body).toMatchObject({ accountId, inboundUrl, deviceId: 'mac-4' });
      expect(await desk.opened(_id)).toMatchObject({ bridgePassword: 'two', account: { secrets: { bridgePassword: 'two' } } });
    }
  });

  it('a line alone on its account changes the account with its bridge', async () => {
    const line = await desk.lineOn(desk.bridge());
    const { body } = await tenant.patch(`/lines/${line._id}`, { bridgePassword: 'two' }).expect(200);
    expect(body.accountId).toBe(line.accountId);
    const account = { settings: { bridgeUrl: test.simulator.url }, secrets: { bridgePassword: 'two' } };
    expect((await desk.opened(line._id)).account).toEqual({ id: line.accountId, ...account });
    const stored = await test.connection.collection('accounts').findOne({ workspaceId: tenant.id });
    expect(test.app.get(AccountSecrets).opened(stored as never)).toEqual(account.secrets);
    expect(await desk.all()).toHaveLength(1);
  });

  it('a line that shares its account moves to one of its own; the others join it there, and the last takes it along', async () => {
    const [one, two] = [await desk.lineOn(desk.bridge()), await desk.lineOn(desk.bridge())];
    const moved = (await tenant.patch(`/lines/${one._id}`, { bridgePassword: 'two' }).expect(200)).body;
    expect(moved.accountId).not.toBe(one.accountId);
    expect((await desk.opened(two._id)).bridgePassword).toBe(PASSWORD);
    const joined = (await tenant.patch(`/lines/${two._id}`, { bridgePassword: 'two' }).expect(200)).body;
    expect(joined.accountId).toBe(moved.accountId);
    // The account that nobody is on any more was made for lines alone.
    expect((await desk.all()).map(({ _id }) => _id)).toEqual([moved.accountId]);
    await tenant.delete(`/lines/${one._id}`).expect(200);
    await tenant.delete(`/lines/${two._id}`).expect(200);
    expect(await desk.all()).toEqual([]);
    const removed = await test.connection.collection('removedLines').find({ workspaceId: tenant.id }).toArray();
    const secrets = removed.map(({ bridgePassword, accountSecrets }) => [bridgePassword, accountSecrets]);
    expect(secrets).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('a line moves to another account when it is told to; an account that was named stays', async () => {
    const line = await desk.lineOn(desk.bridge());
    const { _id: accountId } = await desk.make({ ...desk.good('two'), deviceId: 'mac-5' });
    const { body } = await tenant.patch(`/lines/${line._id}`, { accountId, lastName: 'Lovelace' }).expect(200);
    expect(body).toMatchObject({ accountId, deviceId: 'mac-5', lastName: 'Lovelace', inboundUrl: line.inboundUrl });
    expect((await desk.all()).map(({ _id }) => _id)).toEqual([accountId]);
    await tenant.patch(`/accounts/${accountId}`, { name: 'Kept' }).expect(200);
    await tenant.patch(`/lines/${line._id}`, { lastName: null }).expect(200);
    expect((await tenant.get(`/lines/${line._id}`)).body.accountId).toBe(accountId);
  });

  it('nothing is lost between an account that is deleted and a line that is put on it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { _id: accountId } = await desk.make({ ...desk.good(), deviceId: `mac-${round}` });
      const [deleted, made] = await Promise.all([
        tenant.delete(`/accounts/${accountId}`),
        tenant.post('/lines', { phone: '+12025550155', accountId }),
      ]);
      expect([
        [200, 404],
        [409, 201],
      ]).toContainEqual([deleted.status, made.status]);
    }
  });

  it('a line of the version before works, and is put on an account with its bridge', async () => {
    const line = await desk.lineOn(desk.bridge());
    const lines = test.connection.collection('lines');
    const ofBefore = { accountId: '', accountSettings: '', accountSecrets: '', accountPace: '' };
    await lines.updateOne({ _id: new ObjectId(line._id as string) }, { $unset: ofBefore });
    expect((await tenant.get(`/lines/${line._id}`).expect(200)).body.accountId).toBeNull();
    expect(await desk.opened(line._id)).toMatchObject({ account: { id: line._id, secrets: { bridgePassword: PASSWORD } } });
    expect((await tenant.get(`/lines/check-availability?id=${line._id}`)).body.available).toBe(true);
    const { body } = await tenant.patch(`/lines/${line._id}`, { bridgePassword: PASSWORD }).expect(200);
    expect(body.accountId).toBe(line.accountId);
  });

  it('what the version before has changed of a line on an account goes before what the account says', async () => {
    const [line] = [await desk.lineOn(desk.bridge()), await desk.lineOn(desk.bridge())];
    const bridgePassword = test.app.get(Secrets).seal('two');
    await test.connection.collection('lines').updateOne({ _id: new ObjectId(line!._id as string) }, { $set: { bridgePassword } });
    expect(await desk.opened(line!._id)).toMatchObject({
      bridgePassword: 'two',
      account: { secrets: { bridgePassword: 'two' } },
    });
    await tenant.patch(`/accounts/${line!.accountId}`, { name: 'Mac', deviceId: 'mac-8' }).expect(200);
    expect((await tenant.get(`/lines/${line!._id}`)).body.deviceId).toBe('mac-8');
    expect((await desk.opened(line!._id)).bridgePassword).toBe('two');
    await tenant.patch(`/accounts/${line!.accountId}`, { secrets: { bridgePassword: 'three' } }).expect(200);
    expect((await desk.opened(line!._id)).bridgePassword).toBe('three');
  });

  it('has another inbound URL when it is told to; one that was made for lines has its first one then, and stays', async () => {
    const { accountId, _id, inboundUrl: ofLine } = await desk.lineOn(desk.bridge());
    expect((await tenant.get(`/accounts/${accountId}`)).body).toMatchObject({ inboundUrl: null, isImplicit: true });
    const rotate = async (overlapHours?: number) =>
      (await tenant.post(`/accounts/${accountId}/rotate-inbound-url`, { overlapHours }).expect(200)).body;
    const first = await rotate();
    const hook = { type: 'typing-indicator', data: {} };
    const call = (url: string) => tenant.post(new URL(url).pathname.replace('/api', ''), hook);
    await call(first.inboundUrl).expect(200);
    const second = await rotate(1);
    expect(second).toEqual({ _id: accountId, inboundUrl: expect.any(String), previousUrlExpiresAt: expect.any(String) });
    for (const { inboundUrl } of [first, second]) await call(inboundUrl).expect(200);
    await rotate(0);
    for (const { inboundUrl } of [first, second]) await call(inboundUrl).expect(404);
    await call(ofLine).expect(200);
    await tenant.delete(`/lines/${_id}`).expect(200);
    const { body } = await tenant.get(`/accounts/${accountId}`).expect(200);
    expect(body.isImplicit).toBe(false);
    await call(body.inboundUrl).expect(200);
    await (await test.tenant()).post(`/accounts/${accountId}/rotate-inbound-url`).expect(404);
  });

  it('a reply that an account is told of is that of the line which wrote, once however often it is told', async () => {
    const { _id: accountId, inboundUrl } = await desk.make();
    await desk.lineOn({ accountId, phone: '+12025550151' });
    const { _id: writer } = await desk.lineOn({ accountId, phone: '+12025550152' });
    const to = '+12025550141';
    await tenant.post('/messages', { message: 'Hi', recipientPhone: to, fromLineId: writer }).expect(201);
    const status = async () => (await tenant.get('/messages')).body.messages[0].status as string;
    await eventually(async () => (await status()) !== 'queued' && (await status()) !== 'sending');
    const query = { password: PASSWORD };
    const hook = { url: `${test.url}${new URL(inboundUrl as string).pathname}`, events: ['new-message', 'updated-message'] };
    await request(test.simulator.url).post('/api/v1/webhook').query(query).send(hook).expect(200);
    await test.simulator.reply({ address: to, text: 'Stop' });
    const replies = async () => (await tenant.get(`/replies?recipientPhone=${encodeURIComponent(to)}`)).body.replies;
    await eventually(async () => (await replies()).length > 0);
    expect(await replies()).toMatchObject([{ lineId: writer }]);
  });
});
