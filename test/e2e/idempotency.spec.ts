import { IdempotentCalls } from '../../src/platform/idempotency';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

describe('a POST with an Idempotency-Key', () => {
  let test: TestApp;
  let tenant: Tenant;
  let keys = 0;

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_DAILY_CAP: '3' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });
  afterEach(() => jest.restoreAllMocks());

  const newKey = () => `key-${(keys += 1)}`;
  const post = (path: string, key: string, body: object, of = tenant) => of.post(path, body).set('Idempotency-Key', key);
  const leadsOf = async (of = tenant) => (await of.get('/leads').expect(200)).body.pagination.totalCount as number;

  it('is done once, and its answer given again', async () => {
    const key = newKey();
    const leads = [{ phone: '+12025550101', firstName: 'Ann' }];
    const first = await post('/leads', key, { leads }).expect(201);
    const again = await post('/leads', key, { leads }).expect(201);
    expect(again.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await leadsOf()).toBe(1);
    // Without the key it is another call.
    await tenant.post('/leads', { leads }).expect(200);
  });

  it.each([
    ['lists', () => ['/lists', { name: 'Fair' }] as const],
    ['campaigns', (list: string) => ['/campaigns', { name: 'Spring', listId: list }] as const],
  ])('makes one of the %s', async (what, of) => {
    const list = (await tenant.post('/lists', { name: 'Home' }).expect(201)).body._id as string;
    const [path, body] = of(list);
    const key = newKey();
    const first = await post(path, key, body).expect(201);
    expect((await post(path, key, body).expect(201)).body).toEqual(first.body);
    const all = (await tenant.get(path).expect(200)).body[what] as { name: string }[];
    expect(all.filter(({ name }) => name === body.name)).toHaveLength(1);
  });

  it('is refused with another body, query or route', async () => {
    const key = newKey();
    await post('/lists', key, { name: 'One' }).expect(201);
    for (const [path, body] of [
      ['/lists', { name: 'Two' }],
      ['/lists?x=1', { name: 'One' }],
      ['/leads', { name: 'One' }],
    ] as const) {
      const { body: answer } = await post(path, key, body).expect(422);
      expect(answer.code).toBe('IDEMPOTENCY_KEY_REUSED');
    }
    expect((await tenant.get('/lists').expect(200)).body.lists).toHaveLength(1);
  });

  it('is bound to the workspace', async () => {
    const key = newKey();
    const other = await test.tenant();
    const mine = await post('/lists', key, { name: 'Mine' }).expect(201);
    const theirs = await post('/lists', key, { name: 'Theirs' }, other).expect(201);
    expect(theirs.body).toMatchObject({ name: 'Theirs', workspaceId: other.id });
    expect(theirs.body._id).not.toBe(mine.body._id);
  });

  it('is told to come later while the first is running', async () => {
    await test.line(tenant);
    test.simulator.control({ latencyMs: 400 });
    const key = newKey();
    const body = { address: '+12025550144' };
    const first = post('/leads/check-availability', key, body).then((answer) => answer);
    // Whoever comes first runs; the others are told.
    await eventually(
      async () => (await test.connection.collection('keptAnswers').countDocuments({ _id: `${tenant.id} ${key}` as never })) > 0,
    );
    const statuses: number[] = [];
    for (;;) {
      const again = await post('/leads/check-availability', key, body);
      statuses.push(again.status);
      if (again.status !== 409) break;
      expect(again.body.code).toBe('IDEMPOTENT_CALL_RUNNING');
      expect(Number(again.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    }
    test.simulator.control({ latencyMs: 0 });
    expect((await first).status).toBe(200);
    expect(statuses).toContain(409);
    expect(statuses.at(-1)).toBe(200);
  });

  it('sends one message of two at the same moment', async () => {
    await test.line(tenant);
    const key = newKey();
    const body = { message: 'Once', recipientPhone: '+12025550160' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/messages', key, body)));
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect((await tenant.get('/messages').expect(200)).body.messages).toHaveLength(1);
  });

  it('keeps the refusal of a wrong body, and nothing that belongs to the moment', async () => {
    const wrong = newKey();
    const refused = await post('/leads', wrong, { leads: [{ phone: 'none' }] }).expect(400);
    const again = await post('/leads', wrong, { leads: [{ phone: 'none' }] }).expect(400);
    expect(again.body).toEqual(refused.body);
    expect(again.headers['idempotency-replayed']).toBe('true');

    // No line yet: 409 is kept. Quota spent: 429 is not.
    const line = await test.line(tenant);
    for (let n = 0; n < 3; n += 1) await tenant.post('/leads/check-availability', { address: `+1202555015${n}` }).expect(200);
    const spent = newKey();
    await post('/leads/check-availability', spent, { address: '+12025550155' }).expect(429);
    await test.connection.collection('lineUsages').deleteMany({ lineId: line.id });
    await test.connection.collection('lineUsages').deleteMany({ workspaceId: tenant.id });
    const later = await post('/leads/check-availability', spent, { address: '+12025550155' });
    expect(later.headers['idempotency-replayed']).toBeUndefined();

    const kept = await test.connection.collection('keptAnswers').countDocuments({ status: { $in: [401, 402, 429] } });
    expect(kept).toBe(0);
  });

  it('keeps no answer that holds a secret', async () => {
    const key = newKey();
    const fields = { phone: '+12025550123', bridgeUrl: test.simulator.url, bridgePassword: 'one' };
    const { body: line } = await post('/lines', key, fields).expect(201);
    const secret = (line.inboundUrl as string).split('/').at(-1)!;
    const kept = await test.connection.collection('keptAnswers').find().toArray();
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(kept.some(({ _id }) => String(_id).endsWith(` ${key}`))).toBe(false);
  });

  it.each(['', 'with space', 'x'.repeat(256)])('is refused with the key %j', async (key) => {
    const { body } = await post('/lists', key, { name: 'One' }).expect(400);
    expect(body.details[0].field).toBe('Idempotency-Key');
    expect((await tenant.get('/lists').expect(200)).body.lists).toHaveLength(0);
  });

  /**
   * The server as it is when killed after its work was committed: no answer kept, the lock not let go, but
   * run out.
   */
  async function withoutAnswer(key: string, call: () => Promise<unknown>): Promise<void> {
    const calls = IdempotentCalls.prototype as unknown as Record<'keep' | 'release', () => Promise<void>>;
    jest.spyOn(calls, 'keep').mockImplementation(async () => undefined);
    jest.spyOn(calls, 'release').mockImplementation(async () => undefined);
    await call();
    jest.restoreAllMocks();
    await test.connection
      .collection('keptAnswers')
      .updateOne({ _id: `${tenant.id} ${key}` as never }, { $set: { lockedUntil: new Date(0) } });
  }

  it('goes on from its work after a crash between work and answer', async () => {
    await test.line(tenant);
    const list = (await tenant.post('/lists', { name: 'Home' }).expect(201)).body._id as string;
    const steps = [{ template: 'Hi', wait: { amount: 1, unit: 'hours' } }];
    const campaign = (await tenant.post('/campaigns', { name: 'C', listId: list, steps }).expect(201)).body._id as string;
    await tenant.post(`/campaigns/${campaign}/launch`).expect(200);
    const calls: [path: string, body: object][] = [
      ['/leads', { leads: [{ phone: '+12025550170' }, { phone: '+12025550171' }, { phone: '+12025550170' }] }],
      ['/lists', { name: 'New' }],
      ['/campaigns', { name: 'New', listId: list }],
      ['/messages', { message: 'Once', recipientPhone: '+12025550172' }],
      [`/campaigns/${campaign}/leads`, { lead: { phone: '+12025550173' } }],
      [`/campaigns/${campaign}/pause`, {}],
    ];
    const before = async () => [
      await leadsOf(),
      (await tenant.get('/lists').expect(200)).body.lists.length,
      (await tenant.get('/campaigns').expect(200)).body.campaigns.length,
      (await tenant.get('/messages').expect(200)).body.messages.length,
    ];
    for (const [path, body] of calls) {
      const key = newKey();
      let first: { status: number; body: Record<string, unknown> } | undefined;
      await withoutAnswer(key, async () => (first = await post(path, key, body)));
      const counts = await before();
      const again = await post(path, key, body);
      expect([path, again.status]).toEqual([path, first!.status]);
      expect(again.headers['idempotency-replayed']).toBeUndefined();
      expect(again.body).toEqual({ ...first!.body, ...('updatedAt' in again.body && { updatedAt: again.body.updatedAt }) });
      expect(await before()).toEqual(counts);
      expect((await post(path, key, body)).headers['idempotency-replayed']).toBe('true');
    }
  });
});
