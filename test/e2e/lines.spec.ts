import request from 'supertest';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

describe('lines', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const SECRET = 'correct horse battery';
  const good = () => ({
    firstName: 'Ada',
    lastName: 'Lovelace',
    phone: '(202) 555-0155',
    bridgeUrl: `${test.simulator.url}/`,
    bridgePassword: SECRET,
  });

  it('creates one with the limits of the product, and shows everything but its secrets', async () => {
    const { body } = await tenant.post('/lines', good()).expect(201);
    expect(body).toMatchObject({
      firstName: 'Ada',
      phone: '+12025550155',
      email: null,
      channel: 'imessage',
      bridgeUrl: test.simulator.url,
      deviceId: new URL(test.simulator.url).host,
      hasBridgePassword: true,
      isActive: true,
      dailyNewConversationsLimit: 50,
      hourlyNewConversationsLimit: 50,
      dailyTotalMessagesLimit: 75,
      healthCheck: { status: 'unknown', lastCheckedAt: null, reason: null },
    });
    expect(body.inboundUrl).toMatch(/\/api\/inbound\/bluebubbles\/[\w-]{20,}$/);
    expect((await tenant.get(`/lines/${body._id}`).expect(200)).body).toEqual(body);
  });

  it.each([
    ['another host', 'https://elsewhere.example.com'],
    ['another port', 'http://127.0.0.1:1'],
    ['another scheme', 'https'],
  ])('sends the password to %s only when it is given again', async (_, to) => {
    const { _id } = (await tenant.post('/lines', good()).expect(201)).body;
    const bridgeUrl = to === 'https' ? test.simulator.url.replace('http:', 'https:') : to;
    const moved = await tenant.patch(`/lines/${_id}`, { bridgeUrl }).expect(400);
    expect(moved.body.details).toEqual([
      { field: 'bridgePassword', message: 'must be given again with the URL of another bridge' },
    ]);
    expect((await tenant.get(`/lines/${_id}`)).body.bridgeUrl).toBe(test.simulator.url);
    await tenant.patch(`/lines/${_id}`, { bridgeUrl: `${test.simulator.url}/behind/a/proxy` }).expect(200);
    const { body } = await tenant.patch(`/lines/${_id}`, { bridgeUrl, bridgePassword: SECRET }).expect(200);
    expect(body.bridgeUrl).toBe(bridgeUrl);
  });

  it('shows the inbound URL to those who may write lines', async () => {
    const { _id } = (await tenant.post('/lines', good()).expect(201)).body;
    const { body: reader } = await request(test.url)
      .post('/api/api-keys')
      .auth(test.session(tenant.id), { type: 'bearer' })
      .send({ name: 'Reader', scopes: ['lines:read'] })
      .expect(201);
    for (const path of ['/lines', '/lines/by-user', `/lines/${_id}`]) {
      const { body } = await request(test.url).get(`/api${path}`).auth(reader.key, { type: 'bearer' }).expect(200);
      expect((body.lines?.[0] ?? body).inboundUrl).toBeNull();
    }
  });

  it('never answers the password, nor keeps it in the clear', async () => {
    const { _id } = (await tenant.post('/lines', good()).expect(201)).body;
    const answers = await Promise.all([
      tenant.get('/lines'),
      tenant.get('/lines?cursor='),
      tenant.get('/lines/by-user'),
      tenant.get(`/lines/${_id}`),
      tenant.patch(`/lines/${_id}`, { bridgePassword: `${SECRET} staple` }),
      tenant.get(`/lines/check-availability?id=${_id}`),
    ]);
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain(SECRET);
      expect(text).not.toMatch(/"bridgePassword"|"inboundSecret"|fingerprint/i);
    }
    const stored = JSON.stringify(await test.connection.collection('lines').find({}).toArray());
    expect(stored).not.toContain(SECRET);
    const { inboundUrl } = (await tenant.get(`/lines/${_id}`)).body;
    expect(stored).not.toContain(inboundUrl.split('/').at(-1));
  });

  it('null is no limit', async () => {
    const limits = { dailyNewConversationsLimit: null, hourlyNewConversationsLimit: null, dailyTotalMessagesLimit: null };
    const { _id } = (await tenant.post('/lines', good()).expect(201)).body;
    expect((await tenant.patch(`/lines/${_id}`, limits).expect(200)).body).toMatchObject(limits);
    expect((await tenant.get(`/lines/${_id}`).expect(200)).body).toMatchObject(limits);
  });

  it('begin slowly by a ramp, which begins on the day on which it is given', async () => {
    const ramp = { start: 10, perDay: 5, ceiling: 50 };
    const { _id, rampSince } = (await tenant.post('/lines', { ...good(), ramp }).expect(201)).body;
    const day = new Date().toISOString().slice(0, 10);
    expect((await tenant.get('/lines').expect(200)).body.lines).toMatchObject([{ ramp, rampSince, dailyLimitToday: 10 }]);
    expect(rampSince.slice(0, 10) >= day).toBe(true);
    const change = async (fields: object) => (await tenant.patch(`/lines/${_id}`, fields).expect(200)).body;
    // The same again is no other.
    expect(await change({ ramp: { ceiling: 50, perDay: 5, start: 10 }, lastName: 'King' })).toMatchObject({ ramp, rampSince });
    expect(await change({ dailyTotalMessagesLimit: 4 })).toMatchObject({ dailyLimitToday: 4 });
    const open = await change({ ramp: { start: 2, perDay: 0 } });
    expect(open).toMatchObject({ ramp: { start: 2, perDay: 0, ceiling: null }, dailyLimitToday: 2 });
    expect(open.rampSince > rampSince).toBe(true);
    expect(await change({ ramp: null })).toMatchObject({ ramp: null, rampSince: null, dailyLimitToday: 4 });
    const entries = (await tenant.get('/lines/by-user').expect(200)).body.lines;
    expect(entries).toMatchObject([{ dailyLimitToday: 4 }]);
  });

  it('changes fields; null clears what may be cleared', async () => {
    const { _id, inboundUrl } = (await tenant.post('/lines', good()).expect(201)).body;
    const changed = (
      await tenant.patch(`/lines/${_id}`, { lastName: null, email: 'Ada@Example.com', dailyTotalMessagesLimit: 0 }).expect(200)
    ).body;
    expect(changed).toMatchObject({
      firstName: 'Ada',
      lastName: null,
      email: 'ada@example.com',
      dailyTotalMessagesLimit: 0,
      inboundUrl,
    });
    expect((await tenant.patch(`/lines/${_id}`, { phone: null }).expect(200)).body.phone).toBeNull();
    expect((await tenant.patch(`/lines/${_id}`, {}).expect(200)).body.email).toBe('ada@example.com');
  });

  it.each([
    ['phone', { phone: null }],
    ['phone', { phone: 'nonsense' }],
    ['email', { email: 'nonsense' }],
    ['bridgeUrl', { bridgeUrl: null }],
    ['bridgeUrl', { bridgeUrl: 'nonsense' }],
    ['bridgeUrl', { bridgeUrl: 'file:///etc/passwd' }],
    ['bridgeUrl', { bridgeUrl: 'http://user:pass@bridge.example.com' }],
    ['bridgeUrl', { bridgeUrl: 'http://bridge.example.com/?password=x' }],
    ['bridgeUrl', { bridgeUrl: 'http://bridge.example.com/?' }],
    ['bridgeUrl', { bridgeUrl: 'http://bridge.example.com/#' }],
    ['bridgeUrl', { bridgeUrl: 'http://bridge.example.com?#' }],
    ['bridgePassword', { bridgePassword: null }],
    ['phone', { channel: 'sms', phone: null, email: 'a@example.com' }],
    ['email', { channel: 'email' }],
    ['dailyTotalMessagesLimit', { dailyTotalMessagesLimit: 1_000_001 }],
    ['ramp.start', { ramp: { start: 0, perDay: 1 } }],
    ['ramp.perDay', { ramp: { start: 1, perDay: -1 } }],
    ['ramp.ceiling', { ramp: { start: 5, perDay: 1, ceiling: 4 } }],
    ['ramp', { ramp: 5 }],
    ['health', { health: {} }],
    ['inboundSecret', { inboundSecret: 'x' }],
  ])('refuses a line that could not send: %s', async (field, wrong) => {
    const refused = (await tenant.post('/lines', { ...good(), ...wrong }).expect(400)).body;
    expect(refused.details.map((detail: { field: string }) => detail.field)).toContain(field);
    const { body } = await tenant.post('/lines', good()).expect(201);
    await tenant.patch(`/lines/${body._id}`, wrong).expect(400);
    expect((await tenant.get(`/lines/${body._id}`)).body).toEqual(body);
  });

  it('lists both ways, in the order they were made', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await tenant.post('/lines', good())).body._id);
    const idsOf = (body: { lines: { _id: string }[] }) => body.lines.map(({ _id }) => _id);
    const second = (await tenant.get('/lines?page=2&limit=2').expect(200)).body;
    expect(idsOf(second)).toEqual([ids[2]]);
    expect(second.pagination).toEqual({ page: 2, limit: 2, totalCount: 3, totalPages: 2 });
    const first = (await tenant.get('/lines?cursor=&limit=2').expect(200)).body;
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    const rest = (await tenant.get(`/lines?cursor=${first.pagination.nextCursor}&limit=2`).expect(200)).body;
    expect(idsOf(rest)).toEqual([ids[2]]);
    expect(rest.pagination.nextCursor).toBeNull();
  });

  it('shows what each line used of the UTC day', async () => {
    const { id } = await test.line(tenant, 0);
    const usage = async () => (await tenant.get('/lines/by-user').expect(200)).body.lines[0].usage;
    expect(await usage()).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      newConversationsCount: 0,
      totalMessagesCount: 0,
    });
    const send = () => tenant.post('/messages', { message: 'Hi', recipientPhone: '+12025550131', fromLineId: id });
    const sent = async () => (await tenant.get('/messages?status=delivered')).body.messages.length as number;
    await send().expect(201);
    await eventually(async () => (await sent()) === 1);
    expect(await usage()).toMatchObject({ newConversationsCount: 1, totalMessagesCount: 1 });
    await send().expect(200);
    await eventually(async () => (await sent()) === 2);
    expect(await usage()).toMatchObject({ newConversationsCount: 1, totalMessagesCount: 2 });
  });

  it('looks at the health of a line, and keeps what it saw', async () => {
    const { id } = await test.line(tenant, 1);
    const health = async () => (await tenant.get(`/lines/check-availability?id=${id}`).expect(200)).body;
    expect(await health()).toMatchObject({
      success: true,
      lineId: id,
      available: true,
      healthCheck: { status: 'healthy', reason: null },
    });
    test.simulator.control({ bridge: 1, down: true });
    await health();
    const ill = await health();
    expect(ill).toMatchObject({ available: false, healthCheck: { status: 'unhealthy', reason: expect.any(String) } });
    expect(ill.healthCheck.reason).not.toContain('one');
    expect((await tenant.get(`/lines/${id}`)).body.healthCheck.status).toBe('unhealthy');
    test.simulator.control({ bridge: 1, down: false });
    expect((await health()).healthCheck.status).toBe('healthy');
    await tenant.patch(`/lines/${id}`, { bridgePassword: 'wrong' }).expect(200);
    expect((await health()).available).toBe(false);
    await tenant.get('/lines/check-availability').expect(400);
  });

  it('deletes one: 404 from then on; its callbacks are taken in for 90 days', async () => {
    const { body } = await tenant.post('/lines', good()).expect(201);
    const inbound = new URL(body.inboundUrl).pathname.replace('/api', '');
    await tenant.post(inbound, { type: 'new-message', data: {} }).expect(200);
    expect((await tenant.delete(`/lines/${body._id}`).expect(200)).body).toEqual({ deletedCount: 1 });
    await tenant.get(`/lines/${body._id}`).expect(404);
    await tenant.delete(`/lines/${body._id}`).expect(404);
    // Somebody may still answer what it sent.
    await tenant.post(inbound, { type: 'new-message', data: {} }).expect(200);
  });

  it('has another inbound URL when it is told to; the one before counts for a while, and any earlier one does not', async () => {
    const { body } = await tenant.post('/lines', good()).expect(201);
    const call = (url: string) => tenant.post(new URL(url).pathname.replace('/api', ''), { type: 'new-message', data: {} });
    const rotate = async (rotation?: object) =>
      (await tenant.post(`/lines/${body._id}/rotate-inbound-url`, rotation).expect(200)).body;
    const first = await rotate();
    expect(first).toEqual({ _id: body._id, inboundUrl: expect.any(String), previousUrlExpiresAt: expect.any(String) });
    expect(Date.parse(first.previousUrlExpiresAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(first.inboundUrl).not.toBe(body.inboundUrl);
    expect((await tenant.get(`/lines/${body._id}`)).body.inboundUrl).toBe(first.inboundUrl);
    await call(first.inboundUrl).expect(200);
    await call(body.inboundUrl).expect(200);
    const second = await rotate({ overlapHours: 1 });
    await call(second.inboundUrl).expect(200);
    await call(first.inboundUrl).expect(200);
    await call(body.inboundUrl).expect(404);
    const third = await rotate({ overlapHours: 0 });
    await call(third.inboundUrl).expect(200);
    await call(second.inboundUrl).expect(404);
    await tenant.post(`/lines/${body._id}/rotate-inbound-url`, { overlapHours: 169 }).expect(400);
    await (await test.tenant()).post(`/lines/${body._id}/rotate-inbound-url`).expect(404);
    const audit = tenant.call('get', '/audit').set('authorization', `Bearer ${test.session(tenant.id)}`);
    const { entries } = (await audit.expect(200)).body;
    expect(entries.map(({ action }: { action: string }) => action)).toContain('line.secret_rotated');
  });

  it("is not another workspace's", async () => {
    const { _id } = (await tenant.post('/lines', good()).expect(201)).body;
    const stranger = await test.tenant();
    await stranger.get(`/lines/${_id}`).expect(404);
    await stranger.patch(`/lines/${_id}`, { isActive: false }).expect(404);
    await stranger.delete(`/lines/${_id}`).expect(404);
    await stranger.get(`/lines/check-availability?id=${_id}`).expect(404);
    expect((await stranger.get('/lines/by-user')).body.lines).toEqual([]);
    expect((await tenant.get(`/lines/${_id}`)).body.isActive).toBe(true);
  });
});
