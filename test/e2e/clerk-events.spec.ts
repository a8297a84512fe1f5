import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { ISSUER, Issuer, PARTY } from '../support/issuer';
import { startTestApp, type TestApp } from '../support/test-app';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PATH = '/api/inbound/clerk/events';

/** What Clerk tells of, signed as Svix does for it, by a foreign library. */
describe('events of Clerk', () => {
  const issuer = new Issuer();
  let test: TestApp;
  let serial = 0;
  let org = '';
  let user = '';
  let session = '';

  beforeAll(async () => {
    const clerk = { CLERK_ISSUER: ISSUER, CLERK_AUTHORIZED_PARTIES: PARTY, CLERK_JWT_KEY: issuer.pem.replaceAll('\n', '\\n') };
    test = await startTestApp({ ...clerk, CLERK_WEBHOOK_SECRET: SECRET });
  });
  afterAll(() => test.close());
  beforeEach(() => {
    serial += 1;
    [org, user, session] = [`org_c${serial}`, `user_c${serial}`, `sess_c${serial}`];
  });

  const token = (claims: object = {}) => issuer.token({ o: { id: org, rol: 'admin' }, sub: user, sid: session, ...claims });
  const as = (bearer: string, path = '/lists') => request(test.url).get(`/api${path}`).set('authorization', `Bearer ${bearer}`);
  const seconds = () => Math.floor(Date.now() / 1_000);

  interface How {
    at?: Date;
    secret?: string;
    sent?: string;
  }
  const send = (type: string, data: object, { at = new Date(), secret = SECRET, sent }: How = {}) => {
    const body = JSON.stringify({ type, object: 'event', data, timestamp: Date.now(), instance_id: 'ins_1' });
    const id = `msg_${serial}`;
    return request(test.url)
      .post(PATH)
      .set('content-type', 'application/json')
      .set({
        'svix-id': id,
        'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'svix-signature': new Webhook(secret).sign(id, at, body),
      })
      .send(sent ?? body);
  };

  it.each(['session.ended', 'session.removed', 'session.revoked'])(
    '%s: tokens of the session are refused, others are not',
    async (type) => {
      const [own, other] = [token(), token({ sid: `${session}_other` })];
      await as(own).expect(200);
      await send(type, { id: session, user_id: user, status: 'ended', object: 'session' }).expect(200, { success: true });
      await eventually(async () => (await as(own)).status === 401);
      // A token that was issued since is of the same session.
      await as(token({ iat: seconds() + 2 })).expect(401);
      await as(other).expect(200);
    },
  );

  const membership = () => ({
    id: 'orgmem_1',
    role: 'org:member',
    organization: { id: org },
    public_user_data: { user_id: user },
  });

  it.each(['organizationMembership.deleted', 'organizationMembership.updated'])(
    '%s: what was issued before is refused, in this workspace alone; a newer token is good',
    async (type) => {
      const before = token();
      await as(before).expect(200);
      const elsewhere = token({ o: { id: `${org}_b`, rol: 'admin' } });
      const colleague = token({ sub: `${user}_b`, sid: `${session}_b` });
      await send(type, membership()).expect(200);
      await eventually(async () => (await as(before)).status === 401);
      await as(elsewhere).expect(200);
      await as(colleague).expect(200);
      await as(token({ iat: seconds() + 2, nbf: seconds() })).expect(200);
      const { body } = await as(token({ iat: seconds() + 2, nbf: seconds() }), '/audit').expect(200);
      expect(body.entries[0]).toMatchObject({ action: 'member.access_ended', after: { userId: user, event: type } });
    },
  );

  it.each([
    ['user.deleted', { deleted: true }],
    ['user.updated', { banned: true, locked: false }],
    ['user.updated', { banned: false, locked: true }],
  ])('%s %j: the user is refused everywhere', async (type, more) => {
    const here = token();
    const there = token({ o: { id: `${org}_b`, rol: 'admin' }, sid: `${session}_b` });
    await as(here).expect(200);
    await send(type, { id: user, ...more }).expect(200);
    await eventually(async () => (await as(here)).status === 401);
    await as(there).expect(401);
  });

  it('organization.deleted: the workspace becomes read-only, also for keys, once; no workspace is made', async () => {
    const tenant = await test.tenant(org);
    await tenant.post('/lists', { name: 'Before' }).expect(201);
    for (const _ of [1, 2]) await send('organization.deleted', { id: org, deleted: true, object: 'organization' }).expect(200);
    await eventually(async () => (await tenant.post('/lists', { name: 'After' })).status === 402);
    const { body } = await tenant.get('/workspace').expect(200);
    expect(body.readOnlyReason).toBe('organization_deleted');
    const { body: log } = await as(token(), '/audit').expect(200);
    expect(log.entries.filter(({ action }: { action: string }) => action === 'workspace.closed')).toHaveLength(1);
    await send('organization.deleted', { id: 'org_never_seen', deleted: true }).expect(200);
    expect(await test.connection.collection('workspaces').findOne({ _id: 'org_never_seen' as never })).toBeNull();
  });

  it('nothing ever gives more: other events, and shapes that nobody knows, are taken and change nothing', async () => {
    const own = token();
    await as(own).expect(200);
    const nothing: [string, object][] = [
      ['user.updated', { id: user, banned: false, locked: false }],
      ['organizationMembership.created', membership()],
      ['organizationMembership.deleted', { organization: null, public_user_data: { user_id: user } }],
      ['session.created', { id: session }],
      ['session.ended', { id: 5 }],
      ['user.deleted', {}],
      ['something.new', { id: user }],
    ];
    for (const [type, data] of nothing) await send(type, data).expect(200);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await as(own).expect(200);
  });

  it('takes only what Clerk has signed, just now, and nothing without a secret', async () => {
    const own = token();
    const old = new Date(Date.now() - 6 * 60_000);
    const data = { id: session };
    await send('session.ended', data, { secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}` }).expect(401);
    await send('session.ended', data, { at: old }).expect(401);
    const changed = JSON.stringify({ type: 'session.ended', data: { id: 'sess_of_somebody' } });
    const { body } = await send('session.ended', data, { sent: changed }).expect(401);
    expect(body).toMatchObject({ error: 'Unauthorized', code: 'UNAUTHORIZED' });
    await request(test.url).post(PATH).send({ type: 'session.ended', data }).expect(401);
    await request(test.url).post(PATH).expect(400);
    await send('user.updated', { id: user, banned: true, more: 'x'.repeat(300_000) }).expect(413);
    await as(own).expect(200);
    const closed = await startTestApp({}, undefined, test);
    try {
      const answer = await request(closed.url).post(PATH).send({ type: 'session.ended', data });
      expect(answer.body).toMatchObject({ code: 'ENDPOINT_NOT_FOUND' });
    } finally {
      await closed.close();
    }
  });

  it('a sign-in that is not complete is none', async () => {
    await as(token({ sts: 'pending' })).expect(401);
    await as(token({ sts: 'active' })).expect(200);
  });
});
