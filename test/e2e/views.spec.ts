import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS } from '../../src/views/domain/view';
import { ISSUER, Issuer, PARTY } from '../support/issuer';
import { startTestApp, type TestApp } from '../support/test-app';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

interface View {
  _id: string;
  name: string;
  mine: boolean;
}

describe('saved views', () => {
  const issuer = new Issuer();
  let test: TestApp;
  let serial = 0;
  let org: string;

  beforeAll(async () => {
    const clerk = { CLERK_ISSUER: ISSUER, CLERK_AUTHORIZED_PARTIES: PARTY, CLERK_JWT_KEY: issuer.pem.replaceAll('\n', '\\n') };
    test = await startTestApp({ ...clerk, CLERK_WEBHOOK_SECRET: SECRET });
  });
  afterAll(() => test.close());
  beforeEach(() => (org = `org_v${(serial += 1)}`));

  type Method = 'get' | 'post' | 'patch' | 'delete';
  const as =
    (user: string, role = 'member', workspace = org) =>
    (method: Method, path: string, body?: object) => {
      const token = issuer.token({ o: { id: workspace, rol: role }, sub: user, sid: `sess_${user}` });
      const call = request(test.url)[method](`/api/views${path}`).set('authorization', `Bearer ${token}`);
      return body ? call.send(body) : call;
    };
  const namesOf = async (who: ReturnType<typeof as>, query = '') =>
    ((await who('get', query).expect(200)).body.views as View[]).map(({ name }) => name);
  const acme = { table: 'leads', name: 'Acme', filters: { q: 'acme', suppressed: 'false' }, columns: ['companyName'] };

  it('keep filters and columns under a name, which is changed and deleted', async () => {
    const ada = as('user_ada');
    const { body: made } = await ada('post', '', acme).expect(201);
    const expected = {
      ...acme,
      _id: expect.any(String),
      shared: false,
      mine: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    };
    expect(made).toEqual(expected);
    expect((await ada('get', '?table=leads').expect(200)).body).toEqual({ views: [expected] });
    expect(await namesOf(ada, '?table=messages')).toEqual([]);
    const { body: changed } = await ada('patch', `/${made._id}`, { name: 'All', filters: {}, columns: null }).expect(200);
    expect(changed).toMatchObject({ name: 'All', filters: {}, columns: null, table: 'leads' });
    await ada('delete', `/${made._id}`).expect(200, { deletedCount: 1 });
    expect(await namesOf(ada)).toEqual([]);
    await ada('delete', `/${made._id}`).expect(404);
  });

  it('are their owner’s alone until they are shared, and never those of another workspace', async () => {
    const [ada, bob, stranger] = [as('user_ada'), as('user_bob'), as('user_ada', 'admin', `${org}_b`)];
    const { body: view } = await ada('post', '', acme).expect(201);
    expect(await namesOf(bob)).toEqual([]);
    for (const other of [bob, stranger]) {
      await other('patch', `/${view._id}`, { name: 'Taken' }).expect(404);
      await other('delete', `/${view._id}`).expect(404);
    }
    await ada('patch', `/${view._id}`, { shared: true }).expect(200);
    const { body } = await bob('get', '').expect(200);
    expect(body.views).toEqual([expect.objectContaining({ name: 'Acme', shared: true, mine: false })]);
    expect(await namesOf(stranger)).toEqual([]);
    await stranger('patch', `/${view._id}`, { name: 'Taken' }).expect(404);
    // A shared view is everybody's who may write the table, but stays that of its owner.
    await bob('patch', `/${view._id}`, { name: 'Acme Inc' }).expect(200);
    const refused = await bob('patch', `/${view._id}`, { shared: false }).expect(403);
    expect(refused.body.code).toBe('NOT_THE_OWNER');
    await ada('patch', `/${view._id}`, { shared: false }).expect(200);
    expect(await namesOf(bob)).toEqual([]);
  });

  it('a viewer keeps their own, and neither shares nor changes shared ones', async () => {
    const [ada, vera] = [as('user_ada'), as('user_vera', 'viewer')];
    const { body: own } = await vera('post', '', { ...acme, name: 'Hers' }).expect(201);
    await vera('patch', `/${own._id}`, { name: 'Still hers' }).expect(200);
    const { body: shared } = await ada('post', '', { ...acme, shared: true }).expect(201);
    expect(await namesOf(vera)).toEqual(['Still hers', 'Acme']);
    for (const call of [
      vera('patch', `/${shared._id}`, { name: 'Mine' }),
      vera('delete', `/${shared._id}`),
      vera('patch', `/${own._id}`, { shared: true }),
      vera('post', '', { ...acme, shared: true }),
    ]) {
      expect((await call.expect(403)).body).toMatchObject({ code: 'MISSING_SCOPE', scope: 'leads:write' });
    }
  });

  it('a key has those of the tables that it may read', async () => {
    const tenant = await test.tenant();
    const admin = { authorization: `Bearer ${test.session(tenant.id)}` };
    const { body: key } = await tenant
      .call('post', '/api-keys')
      .set(admin)
      .send({ name: 'CRM', scopes: ['messages:read'] })
      .expect(201);
    await tenant.post('/views', { ...acme, shared: true }).expect(201);
    const { body: own } = await tenant.post('/views', { table: 'campaigns', name: 'Running' }).expect(201);
    const limited = (method: Method, path: string) =>
      request(test.url)[method](`/api/views${path}`).set('authorization', `Bearer ${key.key}`);
    expect((await limited('get', '').expect(200)).body).toEqual({ views: [] });
    expect((await limited('get', '?table=leads').expect(403)).body).toMatchObject({ scope: 'leads:read' });
    expect((await limited('post', '').send(acme).expect(403)).body).toMatchObject({ scope: 'leads:read' });
    await limited('delete', `/${own._id}`).expect(404);
    // What a key kept for itself goes with it.
    await limited('post', '').send({ table: 'messages', name: 'Failed' }).expect(201);
    const left = () => test.connection.collection('savedViews').distinct('name', { workspaceId: tenant.id });
    expect((await left()).sort()).toEqual(['Acme', 'Failed', 'Running']);
    await tenant.call('delete', `/api-keys/${key._id}`).set(admin).expect(200);
    expect((await left()).sort()).toEqual(['Acme', 'Running']);
  });

  it.each([
    ['organizationMembership.deleted', ['Shared', 'Elsewhere']],
    ['organizationMembership.updated', ['Private', 'Shared', 'Elsewhere']],
    ['user.deleted', ['Shared']],
  ])('%s: what a member kept for themselves goes with them, and what they shared stays', async (type, left) => {
    const user = `user_left${serial}`;
    const elsewhere = `${org}_b`;
    await as(user)('post', '', { ...acme, name: 'Private' }).expect(201);
    await as(user)('post', '', { ...acme, name: 'Shared', shared: true }).expect(201);
    await as(user, 'member', elsewhere)('post', '', { ...acme, name: 'Elsewhere' }).expect(201);
    await as('user_other')('post', '', { ...acme, name: 'Of a colleague' }).expect(201);
    const about = type.startsWith('user') ? { id: user } : { organization: { id: org }, public_user_data: { user_id: user } };
    await sendEvent(type, about);
    const kept = await test.connection.collection('savedViews').distinct('name', { workspaceId: { $in: [org, elsewhere] } });
    expect(kept.sort()).toEqual([...left, 'Of a colleague'].sort());
  });

  const sendEvent = (type: string, data: object) => {
    const at = new Date();
    const body = JSON.stringify({ type, object: 'event', data, timestamp: at.getTime(), instance_id: 'ins_1' });
    const headers = {
      'svix-id': `msg_${serial}`,
      'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'svix-signature': new Webhook(SECRET).sign(`msg_${serial}`, at, body),
    };
    const call = request(test.url).post('/api/inbound/clerk/events').set('content-type', 'application/json').set(headers);
    return call.send(body).expect(200);
  };

  it('are as many as a menu holds', async () => {
    const ada = as('user_ada');
    const { body: view } = await ada('post', '', acme).expect(201);
    const views = test.connection.collection('savedViews');
    const document = (await views.findOne({ workspaceId: org }))!;
    const more = (count: number, shared: boolean) =>
      views.insertMany(Array.from({ length: count }, () => ({ ...document, _id: undefined as never, shared })));
    await more(MAX_OWN_VIEWS - 1, false);
    expect((await ada('post', '', acme).expect(409)).body.code).toBe('TOO_MANY_VIEWS');
    await as('user_bob')('post', '', acme).expect(201);
    await more(MAX_SHARED_VIEWS, true);
    expect((await ada('patch', `/${view._id}`, { shared: true }).expect(409)).body.code).toBe('TOO_MANY_VIEWS');
  });

  it.each([
    ['another table', { table: 'lines' }],
    ['no name', { name: ' ' }],
    ['a name that is too long', { name: 'x'.repeat(101) }],
    ['a list of filters', { filters: ['q'] }],
    ['a filter that is no text', { filters: { q: { $gt: '' } } }],
    ['a filter whose name is an operator', { filters: { $where: '1' } }],
    ['a filter that is too long', { filters: { q: 'x'.repeat(501) } }],
    ['too many filters', { filters: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, 'x'])) }],
    ['too many columns', { columns: Array.from({ length: 51 }, (_, i) => `c${i}`) }],
    ['a column that is no name', { columns: ['a b'] }],
  ])('refuse %s', async (_, wrong) => {
    const { body } = await as('user_ada')('post', '', { ...acme, ...wrong }).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ field: Object.keys(wrong)[0] }] });
  });
});
