import request from 'supertest';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const HOUR_MS = 3_600_000;

/** What keys are limited to, and how they are changed. */
describe('limits of keys', () => {
  let time = Date.now();
  const clock = {
    now: () => new Date(time),
    sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, Math.min(ms, 1_000))),
  };
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ TRUSTED_PROXIES: '127.0.0.1' }, clock);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  type Method = 'get' | 'post' | 'patch' | 'delete';
  const as = (token: string, method: Method, path: string) =>
    request(test.url)[method](`/api${path}`).set('authorization', `Bearer ${token}`);
  const admin = (method: Method, path: string) => as(test.session(tenant.id), method, path);
  interface Key {
    _id: string;
    key: string;
  }
  const create = async (fields: object) =>
    (
      await admin('post', '/api-keys')
        .send({ name: 'Made', ...fields })
        .expect(201)
    ).body as Key;
  /** What was read of a key before is a second old. */
  const aSecondLater = () => void (time += 1_001);

  it('stand in what is answered', async () => {
    const limits = { scopes: ['leads:read'], expiresAt: new Date(time + HOUR_MS).toISOString(), allowedIps: ['192.0.2.0/24'] };
    const { _id } = await create(limits);
    const { body } = await admin('get', '/api-keys').expect(200);
    expect(body.apiKeys.find((key: Key) => key._id === _id)).toEqual({
      ...limits,
      _id,
      name: 'Made',
      ending: expect.any(String),
      createdAt: expect.any(String),
      lastUsedAt: null,
      rateLimitPerMinute: null,
      previousSecretUntil: null,
    });
    const all = (await create({})) as Key & { scopes: string[] };
    expect(all).toMatchObject({ expiresAt: null, allowedIps: [] });
    expect(all.scopes).toContain('audit:read');
    expect(all.scopes).not.toContain('keys:manage');
  });

  it('are checked: 400 that names the field', async () => {
    for (const [field, value] of [
      ['scopes', ['leads:all']],
      ['scopes', ['leads:read', 'leads:read']],
      ['expiresAt', new Date(time).toISOString()],
      ['allowedIps', ['192.0.2.0/33']],
      ['allowedIps', ['192.0.2']],
      ['allowedIps', ['example.com']],
      ['allowedIps', ['2001:db8::/129']],
      ['allowedIps', ['10.0.0.1/08']],
    ] as const) {
      const { body } = await admin('post', '/api-keys')
        .send({ name: 'x', [field]: value })
        .expect(400);
      expect(body.details[0].field).toBe(field);
    }
  });

  it('end a key when its time has come, with the words of any bad key', async () => {
    const { key } = await create({ expiresAt: new Date(time + HOUR_MS).toISOString() });
    await as(key, 'get', '/lists').expect(200);
    time += HOUR_MS - 1;
    await as(key, 'get', '/lists').expect(200);
    time += 1;
    const { body } = await as(key, 'get', '/lists').expect(401);
    expect(body).toMatchObject({ error: 'Unauthorized', code: 'UNAUTHORIZED' });
  });

  it('let a key in from its addresses alone, as trusted proxies say them', async () => {
    const { key } = await create({ allowedIps: ['192.0.2.0/24', '2001:db8::/32'] });
    const from = (address: string) => as(key, 'get', '/lists').set('x-forwarded-for', address);
    for (const good of ['192.0.2.9', '2001:db8::1', '::ffff:192.0.2.9']) await from(good).expect(200);
    for (const bad of ['192.0.3.1', '2001:db9::1', '192.0.2.9, 203.0.113.1', 'unknown']) {
      expect((await from(bad).expect(403)).body.code).toBe('ADDRESS_NOT_ALLOWED');
    }
    await as(key, 'get', '/lists').expect(403);
  });

  it('can be changed, and count within a second', async () => {
    const { _id, key } = await create({ scopes: ['leads:read'] });
    await as(key, 'get', '/campaigns').expect(403);
    const { body } = await admin('patch', `/api-keys/${_id}`)
      .send({ scopes: ['campaigns:read'] })
      .expect(200);
    expect(body).toMatchObject({ name: 'Made', scopes: ['campaigns:read'] });
    aSecondLater();
    await as(key, 'get', '/campaigns').expect(200);
    await as(key, 'get', '/leads').expect(403);
  });

  it('a rotation gives a new secret, shown once, and lets the old one live for the overlap', async () => {
    const { _id, key: old } = await create({});
    const { body } = await admin('post', `/api-keys/${_id}/rotate`).send({ overlapHours: 2 }).expect(200);
    expect(body).toMatchObject({ _id, previousSecretUntil: new Date(time + 2 * HOUR_MS).toISOString() });
    expect(body.key).toMatch(/^tuco_sk_/);
    expect(body.ending).toBe(body.key.slice(-4));
    expect((await admin('get', '/api-keys')).text).not.toContain(body.key);
    aSecondLater();
    for (const secret of [old, body.key]) await as(secret, 'get', '/lists').expect(200);
    time += 2 * HOUR_MS;
    await as(old, 'get', '/lists').expect(401);
    await as(body.key, 'get', '/lists').expect(200);
    await eventually(async () => (await test.connection.collection('apiKeys').countDocuments({ name: 'Made' })) > 0);
  });

  it('a second rotation ends what the first one left, and 0 ends it at once', async () => {
    const { _id, key: first } = await create({});
    const rotate = async (overlapHours?: number) =>
      ((await admin('post', `/api-keys/${_id}/rotate`).send({ overlapHours }).expect(200)).body as Key).key;
    const second = await rotate();
    const third = await rotate(0);
    aSecondLater();
    await as(first, 'get', '/lists').expect(401);
    await as(second, 'get', '/lists').expect(401);
    await as(third, 'get', '/lists').expect(200);
    await admin('post', `/api-keys/${_id}/rotate`).send({ overlapHours: 169 }).expect(400);
    await admin('post', `/api-keys/${'0'.repeat(24)}/rotate`)
      .send({})
      .expect(404);
  });

  it('a key makes no key that may do more than it, lives longer, or works from elsewhere', async () => {
    const expiresAt = new Date(time + HOUR_MS).toISOString();
    const limits = {
      scopes: ['leads:read', 'keys:manage'],
      expiresAt,
      allowedIps: ['127.0.0.1', '192.0.2.0/24'],
      rateLimitPerMinute: 50,
    };
    const { _id, key: maker } = await create(limits);
    const make = (fields: object) =>
      as(maker, 'post', '/api-keys')
        .set('x-forwarded-for', '192.0.2.1')
        .send({ name: 'x', ...fields });
    expect((await make({}).expect(201)).body).toMatchObject({ ...limits, scopes: ['leads:read'] });
    expect((await make({ scopes: ['leads:read', 'leads:write'] }).expect(403)).body).toMatchObject({
      code: 'MISSING_SCOPE',
      scope: 'leads:write',
    });
    const later = new Date(time + 2 * HOUR_MS).toISOString();
    for (const more of [{ expiresAt: later }, { allowedIps: ['0.0.0.0/0'] }, { rateLimitPerMinute: 51 }]) {
      expect((await make(more).expect(403)).body.code).toBe('BEYOND_OWN_LIMITS');
    }
    const { _id: stronger } = await create({});
    const call = (method: Method, path: string, body: object) =>
      as(maker, method, path).set('x-forwarded-for', '192.0.2.1').send(body);
    await call('patch', `/api-keys/${_id}`, { scopes: ['leads:read', 'keys:manage', 'audit:read'] }).expect(403);
    await call('patch', `/api-keys/${_id}`, { expiresAt: null }).expect(403);
    await call('patch', `/api-keys/${_id}`, { allowedIps: [] }).expect(403);
    await call('post', `/api-keys/${stronger}/rotate`, {}).expect(403);
    await call('patch', `/api-keys/${stronger}`, { scopes: ['leads:read'] }).expect(403);
    await call('patch', `/api-keys/${stronger}`, { name: 'Renamed' }).expect(200);
    await call('get', '/api-keys', {}).expect(200);
  });
});
