import { createHmac } from 'node:crypto';
import { ISSUER, Issuer, PARTY } from '../support/issuer';
import type { Tenant } from '../support/test-app';
import { AttackedProduct } from './attacked-product';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const family = (status: number) => `${Math.floor(status / 100)}xx`;

/** Tokens and keys that are forged, old, foreign, cut or said in an odd way: each is refused. */
describe('forged tokens and keys', () => {
  const issuer = new Issuer();
  const forger = new Issuer();
  let product: AttackedProduct;
  let tenant: Tenant;

  beforeAll(async () => {
    product = await AttackedProduct.start({
      CLERK_ISSUER: ISSUER,
      CLERK_AUTHORIZED_PARTIES: PARTY,
      CLERK_JWT_KEY: issuer.pem.replaceAll('\n', '\\n'),
    });
    tenant = await product.tenant();
  });
  afterAll(async () => {
    await product?.close('tokens');
  });
  afterEach(async () => expect(await product.verdict()).toEqual([]));

  const workspace = { org_id: 'org_forged', org_role: 'org:admin' };
  const ask = async (authorization: string, path = '/api/lists', headers: Record<string, string> = {}) =>
    (await product.fire({ method: 'GET', path, headers: { ...(authorization && { authorization }), ...headers } }))!.status;
  /** Each of them is refused; what is not, is shown by name. */
  const refused = async (tokens: Record<string, string>) => {
    const taken: string[] = [];
    for (const [name, token] of Object.entries(tokens)) {
      const status = await ask(`Bearer ${token}`);
      if (status !== 401) taken.push(`${name} → ${status}`);
    }
    expect(taken).toEqual([]);
  };

  it('a good one is taken, so that it is the forgery that is refused', async () => {
    expect(await ask(`Bearer ${issuer.token(workspace)}`)).toBe(200);
    expect(await ask(`Bearer ${tenant.key}`)).toBe(200);
  });

  it('by their algorithm and their key', async () => {
    const claims = part(issuer.claims(workspace));
    const unsigned = ['none', 'None', 'NONE', 'nOnE', '', null, ['RS256'], { a: 1 }, 0, 'HS256', 'RS512', 'ES256', 'PS256'];
    const header = (more: object) => part({ alg: 'RS256', typ: 'JWT', kid: issuer.kid, ...more });
    const signature = issuer.token(workspace).split('.')[2]!;
    await refused({
      ...Object.fromEntries(
        unsigned.flatMap((alg) => [
          [`alg ${JSON.stringify(alg)} unsigned`, `${header({ alg })}.${claims}.`],
          [`alg ${JSON.stringify(alg)} with a signature`, `${header({ alg })}.${claims}.${signature}`],
        ]),
      ),
      'without alg': `${part({ typ: 'JWT' })}.${claims}.${signature}`,
      'the public key as a secret': issuer.hmacToken(workspace),
      'signed by someone else': forger.token(workspace),
      'with a key of its own': forger.token(workspace, { jwk: forger.jwk }),
      'with the address of a key': forger.token(workspace, { jku: 'http://127.0.0.1:9/keys', x5u: 'http://127.0.0.1:9' }),
      'with a certificate': forger.token(workspace, { x5c: [forger.pem] }),
      ...Object.fromEntries(
        ['', '../../../dev/null', "' OR 1=1", 'local', '\0', 'x'.repeat(5_000)].map((kid) => [
          `kid ${kid.slice(0, 20)}`,
          forger.token(workspace, { kid }),
        ]),
      ),
      'an empty secret': `${header({ alg: 'HS256' })}.${claims}.${createHmac('sha256', '').update('x').digest('base64url')}`,
    });
  });

  it('by their claims', async () => {
    const seconds = Math.floor(Date.now() / 1_000);
    const claims: Record<string, object> = {
      expired: { exp: seconds - 60 },
      'expired by a text': { exp: 'never' },
      'without an expiry': { exp: undefined },
      'an expiry of null': { exp: null },
      'not valid yet': { nbf: seconds + 600 },
      'issued tomorrow': { iat: seconds + 86_400 },
      'of another issuer': { iss: 'https://evil.example.com' },
      'of an issuer that begins alike': { iss: `${ISSUER}.evil.example.com` },
      'of a list of issuers': { iss: [ISSUER] },
      'without an issuer': { iss: undefined },
      'of the local issuer, by Clerk': { iss: 'urn:tuco:local-issuer' },
      'for another party': { azp: 'https://evil.example.com' },
      'for no party': { azp: undefined },
      'for a list of parties': { azp: [PARTY] },
      'for nobody': { sub: undefined },
      'for a number': { sub: 5 },
      'still pending': { sts: 'pending' },
    };
    await refused(
      Object.fromEntries(Object.entries(claims).map(([name, one]) => [name, issuer.token({ ...workspace, ...one })])),
    );
  });

  it('by organizations that are none: they are of no workspace', async () => {
    const ids = [{ $ne: null }, '../other', ['org_a', 'org_b'], '', 'o'.repeat(5_000), 'a b', 'a\0b', '<script>', null, 5];
    for (const id of ids) {
      for (const claims of [
        { org_id: id, org_role: 'org:admin' },
        { v: 2, o: { id, rol: 'admin' } },
      ]) {
        expect([id, family(await ask(`Bearer ${issuer.token(claims)}`))]).toEqual([id, '4xx']);
      }
    }
  });

  it('by roles and scopes that they claim', async () => {
    const roles = [
      'owner',
      'superadmin',
      'ORG:ADMIN',
      'org:admin ',
      'org:org:admin',
      ['org:admin'],
      { admin: 1 },
      null,
      '',
      0,
      '__proto__',
    ];
    for (const role of roles) {
      for (const token of [
        issuer.token({ org_id: 'org_roles', org_role: role }),
        issuer.token({ v: 2, o: { id: 'org_roles', rol: role } }),
        // A token of version 2 has no role of version 1.
        issuer.token({ v: 2, o: { id: 'org_roles' }, org_role: 'org:admin' }),
        issuer.token({ v: 2, o: { id: 'org_roles', rol: 'member' }, org_role: 'org:admin', org_permissions: ['keys:manage'] }),
      ]) {
        expect([role, family(await ask(`Bearer ${token}`, '/api/api-keys'))]).toEqual([role, '4xx']);
      }
    }
  });

  it('by what was changed, cut or added after they were signed', async () => {
    const good = issuer.token(workspace);
    const [header, claims, signature] = good.split('.') as [string, string, string];
    const other = part(issuer.claims({ org_id: tenant.id, org_role: 'org:admin' }));
    await refused({
      'other claims': `${header}.${other}.${signature}`,
      'no signature': `${header}.${claims}.`,
      'two parts': `${header}.${claims}`,
      'four parts': `${good}.x`,
      cut: good.slice(0, -1),
      'a letter more': `${good}A`,
      'a letter flipped': `${header}.${claims}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      'claims that are no JSON': `${header}.${Buffer.from('{').toString('base64url')}.${signature}`,
      'claims that are a list': `${header}.${part([])}.${signature}`,
      dots: '..',
      'a thousand dots': '.'.repeat(1_000),
      'a key with one letter less': tenant.key.slice(0, -1),
      'a key with one letter more': `${tenant.key}a`,
      'a key in capitals': tenant.key.toUpperCase(),
      'the beginning of a key': 'tuco_sk_',
      'a key that nobody has': `tuco_sk_${'B'.repeat(43)}`,
    });
  });

  it('in odd headers, and anywhere but in the header', async () => {
    const { key } = tenant;
    for (const authorization of [
      key,
      `Basic ${key}`,
      `Basic ${Buffer.from(`x:${key}`).toString('base64')}`,
      `Token ${key}`,
      `Bearer`,
      `Bearer  `,
      `Bearer "${key}"`,
      `Bearer ${key},${key}`,
      `Bearer ${key} x`,
      `Bearer\t\t${key}x`,
      'Negotiate x',
      'null',
    ]) {
      expect([authorization.slice(0, 12), await ask(authorization)]).toEqual([authorization.slice(0, 12), 401]);
    }
    for (const headers of [
      { cookie: `authorization=Bearer ${key}` },
      { 'x-api-key': key },
      { 'x-authorization': `Bearer ${key}` },
      { 'proxy-authorization': `Bearer ${key}` },
    ]) {
      expect(await ask('', '/api/lists', headers as unknown as Record<string, string>)).toBe(401);
    }
    for (const query of ['key', 'api_key', 'token', 'access_token', 'authorization']) {
      expect(await ask('', `/api/lists?${query}=${key}`)).toBe(401);
    }
  });

  it('on paths that are written in other ways than the route', async () => {
    const spellings = [
      '/api/lists',
      '/api/lists/',
      '/api//lists',
      '//api/lists',
      '/API/lists',
      '/api/Lists',
      '/%61pi/lists',
      '/api/%6cists',
      '/api/lists%00',
      '/api/lists%2f',
      '/api/./lists',
      '/api/x/../lists',
      '/api/%2e/lists',
      '/api/lists;x=1',
      '/api/lists?',
      '/api/lists#x',
      '/api\\lists',
      '/api/lists%20',
      '/api/lists.json',
      '/health/../api/lists',
      '/health/%2e%2e/api/lists',
      '/api/inbound/../lists',
      '/u/../api/lists',
    ];
    for (const path of spellings) expect([path, family(await ask('', path))]).toEqual([path, '4xx']);
  });
});
