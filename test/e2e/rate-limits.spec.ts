import request from 'supertest';
import { ApiKeysService } from '../../src/auth';
import { RateLimits } from '../../src/platform/rate-limits';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** One call comes back in ten seconds: no test takes so long. */
const LIMIT = 6;

/** Calls are counted: by key, by workspace, and by address for those without either. */
describe('rate limits', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ RATE_LIMIT_PER_MINUTE: String(LIMIT), TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  let addresses = 0;
  const newAddress = () => `192.0.2.${(addresses += 1)}`;
  const times = async (count: number, call: () => PromiseLike<unknown>) => {
    for (let n = 0; n < count; n += 1) await call();
  };

  it('say with each answer what is left, and refuse what goes beyond, in the words of the public API', async () => {
    const first = await tenant.get('/lists').expect(200);
    expect(first.headers['ratelimit-policy']).toBe(`"workspace";q=${LIMIT};w=60`);
    expect(first.headers.ratelimit).toMatch(new RegExp(`^"workspace";r=${LIMIT - 1};t=\\d+$`));
    // A refusal of another kind costs as much, and says what is left too.
    const { headers } = await tenant.get('/lists/5').expect(400);
    expect(headers.ratelimit).toMatch(new RegExp(`r=${LIMIT - 2};`));
    await times(LIMIT - 2, () => tenant.get('/lists').expect(200));
    const refused = await tenant.get('/lists').expect(429);
    expect(refused.body).toMatchObject({ error: 'Rate limit exceeded', code: 'RATE_LIMIT_EXCEEDED' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60 / LIMIT);
    expect(refused.headers.ratelimit).toMatch(/^"workspace";r=0;t=\d+$/);
  });

  it('are those of a workspace, whichever key calls, and not those of another', async () => {
    const { secret } = await test.app.get(ApiKeysService).create(tenant.id, 'Other');
    await times(LIMIT, () => tenant.get('/lists').expect(200));
    await request(test.url).get('/api/lists').set('authorization', `Bearer ${secret}`).expect(429);
    await request(test.url)
      .get('/api/lists')
      .set('authorization', `Bearer ${test.session(tenant.id)}`)
      .expect(429);
    await (await test.tenant()).get('/lists').expect(200);
  });

  it('a key can have less than its workspace; what it is refused costs the workspace nothing', async () => {
    const { secret } = await test.app.get(ApiKeysService).create(tenant.id, { name: 'Slow', rateLimitPerMinute: 2 });
    const slowly = () => request(test.url).get('/api/lists').set('authorization', `Bearer ${secret}`);
    const { headers } = await slowly().expect(200);
    expect(headers.ratelimit).toMatch(new RegExp(`^"key";r=1;t=\\d+, "workspace";r=${LIMIT - 1};t=\\d+$`));
    expect(headers['ratelimit-policy']).toBe(`"key";q=2;w=60, "workspace";q=${LIMIT};w=60`);
    await slowly().expect(200);
    await times(20, () => slowly().expect(429));
    expect((await tenant.get('/lists').expect(200)).headers.ratelimit).toMatch(new RegExp(`r=${LIMIT - 3};`));
  });

  it('a workspace can have its own, which it shows and cannot set; 0 is any number', async () => {
    const own = (rateLimitPerMinute: number) =>
      test.connection.collection<{ _id: string }>('workspaces').updateOne({ _id: tenant.id }, { $set: { rateLimitPerMinute } });
    expect((await tenant.get('/workspace').expect(200)).body.rateLimitPerMinute).toBe(LIMIT);
    await own(50);
    await eventually(async () => (await tenant.get('/workspace')).headers['ratelimit-policy'] === '"workspace";q=50;w=60');
    const { body } = await tenant.patch('/workspace', { rateLimitPerMinute: 1_000 }).expect(400);
    expect(body.details[0].field).toBe('rateLimitPerMinute');
    await own(0);
    await eventually(async () => (await tenant.get('/workspace')).headers.ratelimit === undefined);
    expect((await tenant.get('/workspace').expect(200)).body.rateLimitPerMinute).toBeNull();
  });

  it('a list in a body costs 1 for each 100 entries that are begun, and at most 20', async () => {
    const left = async (count: number) => {
      const other = await test.tenant();
      const leads = Array.from({ length: count }, (_, n) => ({ email: `lead${n}@example.com` }));
      const { headers } = await other.post('/leads', { leads }).expect(201);
      return Number(/r=(\d+)/.exec(headers.ratelimit!)![1]);
    };
    expect(await left(1)).toBe(LIMIT - 1);
    expect(await left(100)).toBe(LIMIT - 1);
    expect(await left(101)).toBe(LIMIT - 2);
    expect(await left(500)).toBe(LIMIT - 5);
    const ids = Array.from({ length: 5_000 }, (_, n) => n.toString(16).padStart(24, '0'));
    expect((await tenant.delete('/leads', { ids })).status).toBe(429);
  });

  it('calls without a good key or session are refused by address once they are too many, before any look-up', async () => {
    const address = newAddress();
    const call = (token: string) =>
      request(test.url).get('/api/lists').set('x-forwarded-for', address).set('authorization', `Bearer ${token}`);
    await call(tenant.key).expect(200);
    const bad = `tuco_sk_${'B'.repeat(43)}`;
    await times(LIMIT, () => call(bad).expect(401));
    await eventually(async () => (await call('x')).status === 429);
    expect((await call(bad).expect(429)).headers['retry-after']).toMatch(/^\d+$/);
    const unknown = await test.tenant();
    await call(unknown.key).expect(429);
    // Who was good a moment ago is not locked out by a neighbour.
    await call(tenant.key).expect(200);
    await request(test.url).get('/api/lists').set('x-forwarded-for', newAddress()).expect(401);
  });

  it('hold while Redis is away, in the memory of the process, and never end in a 5xx', async () => {
    const client = (test.app.get(RateLimits) as unknown as { client: { disconnect(): void; connect(): Promise<void> } }).client;
    client.disconnect();
    try {
      const statuses: number[] = [];
      await times(LIMIT + 5, async () => statuses.push((await tenant.get('/lists')).status));
      expect(statuses).toEqual([...Array<number>(LIMIT).fill(200), ...Array<number>(5).fill(429)]);
    } finally {
      await client.connect();
    }
  });

  it('are the same for all processes, and fill evenly', async () => {
    const limits = test.app.get(RateLimits);
    // At once: one comes back each second.
    const paid = await Promise.all(Array.from({ length: 60 }, () => limits.consume('workspace:even', 60, 1)));
    expect(paid.every(({ isAllowed }) => isAllowed)).toBe(true);
    const refused = await limits.consume('workspace:even', 60, 1);
    expect(refused).toMatchObject({ isAllowed: false, remaining: 0 });
    expect(refused.msLeft).toBeLessThanOrEqual(1_000);
    await new Promise((done) => setTimeout(done, refused.msLeft));
    expect((await limits.consume('workspace:even', 60, 1)).isAllowed).toBe(true);
  });

  it('that come at once are paid together, each as if it came in turn, and never more than there is', async () => {
    const limits = test.app.get(RateLimits);
    const client = (limits as unknown as { client: { rlflxIncr(): Promise<unknown> } }).client;
    await limits.consume('workspace:crowd', 30, 1);
    const asked = jest.spyOn(client, 'rlflxIncr');
    const atOnce = (count: number, cost: number) =>
      Promise.all(Array.from({ length: count }, () => limits.consume('workspace:crowd', 30, cost)));
    const first = await atOnce(10, 2);
    expect(first.map(({ isAllowed, remaining }) => [isAllowed, remaining])).toEqual(
      [27, 25, 23, 21, 19, 17, 15, 13, 11, 9].map((remaining) => [true, remaining]),
    );
    expect(asked).toHaveBeenCalledTimes(1);
    const second = await atOnce(12, 1);
    expect(second.map(({ isAllowed }) => isAllowed)).toEqual([...Array<boolean>(9).fill(true), ...Array<boolean>(3).fill(false)]);
  });

  it('report alone says what is left and refuses nobody', async () => {
    const reporting = await startTestApp({ RATE_LIMIT_PER_MINUTE: '2', RATE_LIMIT_MODE: 'report' });
    try {
      const caller = await reporting.tenant();
      await times(5, () => caller.get('/lists').expect(200));
      expect((await caller.get('/lists')).headers.ratelimit).toMatch(/r=0;/);
      await times(5, () => request(reporting.url).get('/api/lists').expect(401));
    } finally {
      await reporting.close();
    }
  });
});
