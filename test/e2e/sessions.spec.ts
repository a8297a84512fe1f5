import request from 'supertest';
import { errorDocs } from '../support/error-docs';
import { ISSUER, Issuer, PARTY, startKeySet } from '../support/issuer';
import { startTestApp, type TestApp } from '../support/test-app';

const CLERK = { CLERK_ISSUER: ISSUER, CLERK_AUTHORIZED_PARTIES: PARTY };

/** Dashboard sessions: Clerk's tokens, signed here. */
describe.each(['a PEM', 'a key set'])('sessions by %s', (by) => {
  const issuer = new Issuer();
  const forger = new Issuer();
  let keySet: Awaited<ReturnType<typeof startKeySet>>;
  let test: TestApp;

  beforeAll(async () => {
    keySet = await startKeySet();
    keySet.publish([issuer.jwk]);
    const key: Record<string, string> =
      by === 'a PEM' ? { CLERK_JWT_KEY: issuer.pem.replaceAll('\n', '\\n') } : { CLERK_JWKS_URL: keySet.url };
    test = await startTestApp({ ...CLERK, ...key });
  });
  afterAll(async () => {
    await test.close();
    keySet.close();
  });

  const as = (token: string, path = '/lists') => request(test.url).get(`/api${path}`).set('authorization', `Bearer ${token}`);

  it('takes version 1 and version 2 claims; the workspace is made on its first use', async () => {
    await as(issuer.token({ org_id: 'org_v1', org_role: 'org:admin', org_slug: 'one' })).expect(200);
    await as(issuer.token({ v: 2, o: { id: 'org_v2', rol: 'admin', slg: 'two' } })).expect(200);
    const made = await test.connection.collection('workspaces').find({}).toArray();
    expect(made.map(({ _id }) => String(_id))).toEqual(expect.arrayContaining(['org_v1', 'org_v2']));
    const list = await request(test.url)
      .post('/api/lists')
      .set('authorization', `Bearer ${issuer.token({ o: { id: 'org_v2', rol: 'member' } })}`)
      .send({ name: 'Two' })
      .expect(201);
    await as(issuer.token({ org_id: 'org_v1' }), `/lists/${list.body._id}`).expect(404);
    await as(issuer.token({ org_id: 'org_v2' }), `/lists/${list.body._id}`).expect(200);
  });

  it('refuses every token that is not good, in the same words', async () => {
    const workspace = { org_id: 'org_v1', org_role: 'org:admin' };
    const seconds = Math.floor(Date.now() / 1_000);
    const good = issuer.token(workspace);
    const [header, claims, signature] = good.split('.') as [string, string, string];
    const bad: Record<string, string> = {
      expired: issuer.token({ ...workspace, exp: seconds - 60 }),
      'not valid yet': issuer.token({ ...workspace, nbf: seconds + 600 }),
      'without an expiry': issuer.token({ ...workspace, exp: undefined }),
      'of another issuer': issuer.token({ ...workspace, iss: 'https://evil.example.com' }),
      'without an issuer': issuer.token({ ...workspace, iss: undefined }),
      'for another party': issuer.token({ ...workspace, azp: 'https://evil.example.com' }),
      'for no party': issuer.token({ ...workspace, azp: undefined }),
      'for nobody': issuer.token({ ...workspace, sub: undefined }),
      'signed by someone else': forger.token(workspace),
      ...(by === 'a key set' && { 'of an unknown key': issuer.token(workspace, { kid: 'other' }) }),
      unsigned: issuer.unsignedToken(workspace),
      'unsigned, alg NONE': issuer.unsignedToken(workspace, 'NONE'),
      'RS256 without a signature': issuer.unsignedToken(workspace, 'RS256'),
      'HS256 with the public key': issuer.hmacToken(workspace),
      'with other claims': `${header}.${issuer.token({ org_id: 'org_v2' }).split('.')[1]}.${signature}`,
      'with a part too many': `${good}.${signature}`,
      'with a part too few': `${header}.${claims}`,
      'not a token': 'abc',
      'claims that are no object': `${header}.${Buffer.from('[]').toString('base64url')}.${signature}`,
      'a header that is null': `${Buffer.from('null').toString('base64url')}.${claims}.${signature}`,
      dots: '..',
    };
    for (const [what, token] of Object.entries(bad)) {
      const { status, body } = await as(token);
      expect({ what, status, ...body }).toEqual({
        what,
        status: 401,
        error: 'Unauthorized',
        code: 'UNAUTHORIZED',
        docs: errorDocs('UNAUTHORIZED'),
      });
    }
    await as(good).expect(200);
  });

  it('400 for a session without a workspace', async () => {
    for (const claims of [{}, { org_id: '' }, { o: {} }, { org_id: null }, { org_id: 5 }, { org_id: { $ne: null } }]) {
      expect((await as(issuer.token(claims)).expect(400)).body.code).toBe('NO_ACTIVE_WORKSPACE');
    }
  });

  it('lets only admins manage keys', async () => {
    const keys = (claims: object) => as(issuer.token(claims), '/api-keys');
    await keys({ org_id: 'org_v1', org_role: 'org:admin' }).expect(200);
    await keys({ o: { id: 'org_v1', rol: 'admin' } }).expect(200);
    for (const claims of [
      { org_id: 'org_v1' },
      { org_id: 'org_v1', org_role: 'org:member' },
      { o: { id: 'org_v1', rol: 'member' } },
      { org_id: 'org_v1', org_role: ['admin'] },
      { o: { id: 'org_v1', rol: 'member' }, org_role: 'org:admin' },
    ]) {
      expect((await keys(claims).expect(403)).body.code).toBe('ADMIN_SESSION_REQUIRED');
    }
  });
});

describe('the key set of an issuer', () => {
  it('is fetched once, again for an unknown key, and stays good while it is away', async () => {
    const [old, fresh] = [new Issuer('old'), new Issuer('new')];
    const keySet = await startKeySet();
    keySet.publish([old.jwk]);
    let time = Date.now();
    const clock = {
      now: () => new Date(time),
      sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, Math.min(ms, 1_000))),
    };
    const test = await startTestApp({ ...CLERK, CLERK_JWKS_URL: keySet.url }, clock);
    try {
      const as = (issuer: Issuer) =>
        request(test.url)
          .get('/api/lists')
          .set('authorization', `Bearer ${issuer.token({ org_id: 'org_a' })}`);
      await Promise.all([as(old).expect(200), as(old).expect(200), as(old).expect(200)]);
      expect(keySet.asked()).toBe(1);
      await as(fresh).expect(401);
      await as(fresh).expect(401);
      expect(keySet.asked()).toBe(1);
      keySet.publish([old.jwk, fresh.jwk]);
      time += 11_000;
      await as(fresh).expect(200);
      expect(keySet.asked()).toBe(2);
      keySet.publish(null);
      time += 61 * 60_000;
      await as(old).expect(200);
      expect(keySet.asked()).toBeGreaterThan(2);
    } finally {
      await test.close();
      keySet.close();
    }
  });
});
