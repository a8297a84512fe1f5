import request from 'supertest';
import { ClerkApi } from '../support/clerk-api';
import { ISSUER, Issuer, PARTY } from '../support/issuer';
import { startTestApp, type TestApp } from '../support/test-app';

const ORGANIZATION = 'org_members';
const SECRET_KEY = `sk_test_${'a'.repeat(30)}`;
const JOINED = Date.UTC(2026, 0, 5, 9);

const person = (index: number) => ({
  userId: `user_${index}`,
  firstName: 'Person',
  lastName: String(index),
  email: `person${index}@example.com`,
  role: 'org:member',
  joinedAt: JOINED + index * 60_000,
  lastActiveAt: null,
});

describe('members', () => {
  const issuer = new Issuer();
  const clerk = new ClerkApi(ORGANIZATION, SECRET_KEY);
  const settings = { CLERK_ISSUER: ISSUER, CLERK_AUTHORIZED_PARTIES: PARTY, CLERK_JWT_KEY: issuer.pem.replaceAll('\n', '\\n') };
  let time = Date.now();
  const clock = {
    now: () => new Date(time),
    sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, Math.min(ms, 1_000))),
  };
  let test: TestApp;

  beforeAll(async () => {
    const CLERK_API_URL = await clerk.start();
    test = await startTestApp({ ...settings, CLERK_SECRET_KEY: SECRET_KEY, CLERK_API_URL }, clock);
  });
  afterAll(async () => {
    await test.close();
    await clerk.close();
  });
  beforeEach(() => {
    // What was read before is forgotten.
    time += 31_000;
    clerk.calls.length = 0;
    clerk.refusal = null;
    clerk.people = [
      {
        userId: 'user_grace',
        firstName: null,
        lastName: null,
        identifier: 'grace',
        email: 'grace@example.com',
        role: 'org:viewer',
        joinedAt: JOINED + 1_000,
        lastActiveAt: null,
      },
      {
        userId: 'user_ada',
        firstName: 'Ada',
        lastName: 'Byron',
        email: 'ada@example.com',
        role: 'org:admin',
        joinedAt: JOINED,
        lastActiveAt: JOINED + 5_000,
      },
    ];
  });

  const list = (query = '', role = 'admin', org = ORGANIZATION, url = test.url) =>
    request(url)
      .get(`/api/workspace/members${query}`)
      .set('authorization', `Bearer ${issuer.token({ o: { id: org, rol: role } })}`);

  it('are those of the organization at Clerk, with role, e-mail and times', async () => {
    const { body } = await list().expect(200);
    expect(body).toEqual({
      members: [
        {
          userId: 'user_ada',
          name: 'Ada Byron',
          email: 'ada@example.com',
          role: 'admin',
          joinedAt: new Date(JOINED).toISOString(),
          lastActiveAt: new Date(JOINED + 5_000).toISOString(),
        },
        {
          userId: 'user_grace',
          name: null,
          email: 'grace@example.com',
          role: 'viewer',
          joinedAt: new Date(JOINED + 1_000).toISOString(),
          lastActiveAt: null,
        },
      ],
      managedAt: 'https://dashboard.clerk.com/~/organizations',
      pagination: { page: 1, limit: 50, totalCount: 2, totalPages: 1 },
    });
  });

  it('are paged by number and by cursor, also where one page needs several calls', async () => {
    clerk.people = Array.from({ length: 250 }, (_, index) => person(index));
    const first = (await list('?cursor=&limit=200').expect(200)).body;
    expect(first.members).toHaveLength(200);
    expect(first.members[199]).toMatchObject({ userId: 'user_199', email: 'person199@example.com' });
    const second = (await list(`?cursor=${first.pagination.nextCursor}&limit=200`).expect(200)).body;
    expect(second.members).toHaveLength(50);
    expect(second.pagination).toEqual({ limit: 200, nextCursor: null });
    const third = (await list('?page=3&limit=100').expect(200)).body;
    expect(third.members[0].userId).toBe('user_200');
    expect(third.pagination).toEqual({ page: 3, limit: 100, totalCount: 250, totalPages: 3 });
    expect(clerk.calls.filter((call) => call === 'GET /v1/users')).toHaveLength(4);
  });

  it('are remembered for half a minute', async () => {
    await list().expect(200);
    time += 29_000;
    await list().expect(200);
    const asked = () => clerk.calls.filter((call) => call.endsWith('/memberships'));
    expect(asked()).toHaveLength(1);
    time += 2_000;
    await list().expect(200);
    expect(asked()).toHaveLength(2);
  });

  it.each([
    [{ status: 401, code: 'clerk_key_invalid' }, 'it does not take CLERK_SECRET_KEY', undefined],
    [{ status: 429, code: 'too_many_requests', headers: { 'retry-after': '7' } }, 'it was asked too often', '7'],
    [{ status: 500, code: 'internal_clerk_error' }, 'it answered 500', '5'],
    [{ status: 422, code: 'form_param_invalid' }, 'it answered 422', undefined],
    ['silence' as const, 'it did not answer in time', '5'],
  ])('say what is wrong where Clerk answers %j, and are asked for again', async (refusal, reason, retryAfter) => {
    clerk.refusal = refusal;
    const { body, headers } = await list().expect(502);
    expect(body).toMatchObject({ error: `Clerk did not list the members: ${reason}`, code: 'MEMBERS_UNAVAILABLE' });
    expect(headers['retry-after']).toBe(retryAfter);
    clerk.refusal = null;
    await list().expect(200);
  });

  it('of another organization are not given out', async () => {
    await list().expect(200);
    const { body } = await list('', 'admin', 'org_other').expect(502);
    expect(body.error).toContain('it knows no organization with the id of this workspace');
  });

  it.each(['member', 'viewer'])('are for administrators, not for a %s', async (role) => {
    expect((await list('', role).expect(403)).body.code).toBe('ADMIN_SESSION_REQUIRED');
    expect(clerk.calls).toEqual([]);
  });

  it('cannot be reached: the answer says so; without a secret key: what to set; without Clerk: the local user', async () => {
    const away = { ...settings, CLERK_SECRET_KEY: SECRET_KEY, CLERK_API_URL: 'http://127.0.0.1:9' };
    for (const [more, status, code] of [
      [away, 502, 'MEMBERS_UNAVAILABLE'],
      [settings, 503, 'MEMBERS_NOT_CONFIGURED'],
    ] as const) {
      const other = await startTestApp({ ...more, APP_ROLE: 'api' }, undefined, test);
      expect((await list('', 'admin', ORGANIZATION, other.url).expect(status)).body.code).toBe(code);
      await other.close();
    }
    const local = await startTestApp({ APP_ROLE: 'api' }, undefined, test);
    const tenant = await local.tenant();
    const { body } = await tenant.get('/workspace/members').expect(200);
    expect(body).toMatchObject({
      members: [{ userId: 'user_local', name: 'Local administrator', role: 'admin' }],
      managedAt: null,
      pagination: { totalCount: 1 },
    });
    await local.close();
  });
});
