import { connect } from 'node:net';
import request from 'supertest';
import { Workspaces } from '../../src/auth';
import { errorDocs } from '../support/error-docs';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Keys: made once, shown once, gone at once; and what a key may not do. */
describe('keys and who may do what', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const as = (token: string, method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
    request(test.url)[method](`/api${path}`).set('authorization', `Bearer ${token}`);
  const admin = (method: 'get' | 'post' | 'patch' | 'delete', path: string) => as(test.session(tenant.id), method, path);
  const create = async (name: string) => (await admin('post', '/api-keys').send({ name }).expect(201)).body;

  it('shows a new key once, lists it without, and keeps only a fingerprint', async () => {
    const made = await create('  Zapier ');
    expect(made).toMatchObject({ name: 'Zapier', key: expect.stringMatching(/^tuco_sk_[0-9A-Za-z]{43}$/), lastUsedAt: null });
    expect(made.ending).toBe(made.key.slice(-4));
    const listed = await admin('get', '/api-keys').expect(200);
    expect(listed.body.apiKeys.map(({ name }: { name: string }) => name).sort()).toEqual(['Zapier', 'test']);
    expect(listed.text).not.toContain(made.key);
    expect(listed.text).not.toMatch(/fingerprint|"key"/);
    const stored = JSON.stringify(await test.connection.collection('apiKeys').find({}).toArray());
    expect(stored).not.toContain(made.key.slice(8));
    await as(made.key, 'get', '/lists').expect(200);
    await eventually(async () =>
      (await admin('get', '/api-keys')).body.apiKeys.some(
        (key: { _id: string; lastUsedAt: string }) => key._id === made._id && key.lastUsedAt,
      ),
    );
  });

  it('renames one', async () => {
    const { _id } = await create('Old');
    expect((await admin('patch', `/api-keys/${_id}`).send({ name: 'New' }).expect(200)).body).toMatchObject({ _id, name: 'New' });
    await admin('patch', `/api-keys/${'0'.repeat(24)}`)
      .send({ name: 'New' })
      .expect(404);
    await admin('patch', `/api-keys/${_id}`).send({ name: ' ' }).expect(400);
  });

  it('removes one: it stops within a second, others go on', async () => {
    const { _id, key } = await create('Leaked');
    await as(key, 'get', '/lists').expect(200);
    expect((await admin('delete', `/api-keys/${_id}`).expect(200)).body).toEqual({ deletedCount: 1 });
    const removedAt = Date.now();
    // A request that came back good was sent before the second was over.
    await eventually(async () => {
      const sentAt = Date.now();
      const { status } = await as(key, 'get', '/lists');
      if (status === 200) expect(sentAt - removedAt).toBeLessThan(1_100);
      return status === 401;
    });
    await as(key, 'get', '/lists').expect(401);
    await tenant.get('/lists').expect(200);
    await admin('delete', `/api-keys/${_id}`).expect(404);
  });

  it('is managed by admin sessions alone: 403 for keys and members, for every call', async () => {
    const { _id } = await create('Mine');
    for (const token of [tenant.key, test.session(tenant.id, 'member')]) {
      for (const [method, path] of [
        ['get', '/api-keys'],
        ['post', '/api-keys'],
        ['patch', `/api-keys/${_id}`],
        ['delete', `/api-keys/${_id}`],
      ] as const) {
        expect(
          (
            await as(token, method, path)
              .send(method === 'get' ? undefined : { name: 'x' })
              .expect(403)
          ).body.code,
        ).toBe('ADMIN_SESSION_REQUIRED');
      }
    }
    await as(test.session(tenant.id, 'member'), 'get', '/lists').expect(200);
  });

  it("hides another workspace's keys", async () => {
    const { _id } = await create('Mine');
    const stranger = test.session((await test.tenant()).id);
    await as(stranger, 'patch', `/api-keys/${_id}`).send({ name: 'x' }).expect(404);
    await as(stranger, 'delete', `/api-keys/${_id}`).expect(404);
    expect((await as(stranger, 'get', '/api-keys')).body.apiKeys).toHaveLength(1);
  });

  it('does not take what only looks like a key', async () => {
    const { key } = await create('Good');
    for (const other of [key.toLowerCase(), `${key}x`, key.slice(0, -1), key.replace('tuco_sk_', 'tuco_pk_'), 'tuco_sk_']) {
      if (other !== key) await as(other, 'get', '/lists').expect(401);
    }
    await request(test.url).get('/api/lists').set('authorization', `bearer   ${key} `).expect(200);
    await request(test.url).get('/api/lists').set('authorization', key).expect(401);
    await request(test.url).get(`/api/lists?token=${key}`).expect(401);
    const { headers } = await request(test.url).get('/api/lists').expect(401);
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it('is checked before the body is read: the refusal comes while the body is still on its way', async () => {
    const { hostname, port } = new URL(test.url);
    for (const [path, authorization] of [
      ['/api/leads', ''],
      ['/api/leads', `authorization: Bearer tuco_sk_${'A'.repeat(43)}\r\n`],
      ['/%61pi/leads', ''],
    ]) {
      const heard = await new Promise<string>((done, fail) => {
        const head = `POST ${path} HTTP/1.1\r\nhost: x\r\n${authorization}content-type: application/json\r\ncontent-length: 1000000\r\n\r\n{`;
        const socket = connect(Number(port), hostname, () => socket.write(head));
        socket.once('data', (chunk) => {
          done(chunk.toString());
          socket.destroy();
        });
        socket.once('error', fail);
      });
      expect(heard).toMatch(/^HTTP\/1\.1 401 /);
    }
  });

  it('a read-only workspace: writes 402 READ_ONLY, before anything else is judged; reads go on; then all is well again', async () => {
    const { body: list } = await tenant.post('/lists', { name: 'Kept' }).expect(201);
    const workspaces = test.app.get(Workspaces);
    await workspaces.setReadOnly(tenant.id, 'past_due');
    await eventually(async () => (await tenant.post('/lists', {})).status === 402);
    for (const [method, path] of [
      ['post', '/leads'],
      ['patch', `/lists/${list._id}`],
      ['delete', `/lists/${list._id}`],
      ['post', '/campaigns'],
      ['post', '/messages'],
      ['post', '/leads/check-availability'],
      ['post', '/lines'],
    ] as const) {
      const { body } = await tenant.call(method, path).send({ nonsense: true }).expect(402);
      expect(body).toEqual({ error: 'READ_ONLY', code: 'READ_ONLY', reason: 'past_due', docs: errorDocs('READ_ONLY') });
    }
    expect((await tenant.get(`/lists/${list._id}`).expect(200)).body.name).toBe('Kept');
    for (const path of ['/leads', '/lists', '/campaigns', '/messages', '/lines', '/lines/by-user', '/replies'])
      await tenant.get(path).expect(200);
    await (await test.tenant()).post('/lists', { name: 'Others write' }).expect(201);
    await workspaces.setReadOnly(tenant.id, null);
    await eventually(async () => (await tenant.patch(`/lists/${list._id}`, { name: 'Again' })).status === 200);
  });

  it('health needs no key and tells nothing', async () => {
    expect((await request(test.url).get('/health/live').expect(200)).body).toEqual({ status: 'ok' });
    const { body } = await request(test.url).get('/health/ready').expect(200);
    expect(body).toMatchObject({ status: 'ok', info: { mongodb: { status: 'up' }, redis: { status: 'up' } } });
    expect(body.timezoneData).toMatch(/^20\d\d[a-z]$/);
    expect(JSON.stringify(body)).not.toMatch(/mongodb:\/\/|redis:\/\//);
  });
});
