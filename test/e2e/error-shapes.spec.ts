import request from 'supertest';
import { errorDocs } from '../support/error-docs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const ORIGIN = 'https://app.example.com';

/** The forms that errors have, and what browsers are told. */
describe('answers', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ CORS_ORIGINS: `${ORIGIN},https://other.example.com` });
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  const unknown = `/lists/${'0'.repeat(24)}`;

  it('say which contract they follow', async () => {
    for (const call of [
      tenant.get('/lists'),
      tenant.get(unknown),
      request(test.url).get('/%'),
      request(test.url).get('/health/live'),
    ]) {
      expect((await call).headers['tuco-api-version']).toBe('1');
    }
  });

  it('are kept by no cache, but for what is the same for everybody', async () => {
    const none = [
      tenant.get('/lists'),
      tenant.get(unknown),
      request(test.url).get('/api/lists'),
      request(test.url).get('/nowhere'),
      request(test.url).get('/%'),
    ];
    for (const call of none) expect((await call).headers['cache-control']).toBe('no-store');
    expect((await request(test.url).get('/api/openapi.json').expect(200)).headers['cache-control']).toMatch(/max-age/);
  });

  it('say to keep to TLS where there is TLS, of this host alone', async () => {
    expect((await tenant.get('/lists')).headers['strict-transport-security']).toBeUndefined();
    const other = await startTestApp({ APP_ROLE: 'api', PUBLIC_URL: 'https://api.example.com' });
    const { headers } = await request(other.url).get('/health/live').expect(200);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    await other.close();
  });

  it('errors link to their entry', async () => {
    expect((await tenant.get(unknown).expect(404)).body).toEqual({
      error: 'List not found',
      code: 'LIST_NOT_FOUND',
      docs: errorDocs('NOT_FOUND'),
    });
    for (const [call, code] of [
      [tenant.get('/lists/5'), 'VALIDATION_FAILED'],
      [tenant.call('post', '/lists').set('content-type', 'application/json').send('{'), 'MALFORMED_JSON'],
      [tenant.get('/nowhere'), 'ENDPOINT_NOT_FOUND'],
      [request(test.url).get('/nowhere'), 'ENDPOINT_NOT_FOUND'],
      [request(test.url).get('/%'), 'BAD_REQUEST'],
      [request(test.url).post('/api/inbound/bluebubbles/x'), 'ENDPOINT_NOT_FOUND'],
      [request(test.url).get('/api/lists'), 'UNAUTHORIZED'],
    ] as const) {
      expect((await call).body).toMatchObject({ code, docs: errorDocs(code) });
    }
  });

  it('are problem details for who accepts those: the same code, and all that the other form says', async () => {
    const answer = await tenant.get('/lists/5').set('accept', 'application/json;q=0.5, application/problem+json').expect(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(answer.text)).toEqual({
      type: errorDocs('VALIDATION_FAILED'),
      title: 'Validation failed',
      status: 400,
      detail: 'id: must be an id of 24 hex digits',
      code: 'VALIDATION_FAILED',
      details: [{ field: 'id', message: 'must be an id of 24 hex digits' }],
      docs: errorDocs('VALIDATION_FAILED'),
    });
    const refused = await request(test.url).get('/api/lists').set('accept', 'application/problem+json').expect(401);
    expect(JSON.parse(refused.text)).toMatchObject({ title: 'Unauthorized', status: 401, detail: 'Unauthorized' });
    const good = await tenant.get('/lists').set('accept', 'application/problem+json').expect(200);
    expect(good.headers['content-type']).toMatch(/^application\/json/);
  });

  it('keep their form for who accepts anything, or problems not at all', async () => {
    for (const accept of ['*/*', 'application/*', 'application/problem+json;q=0, application/json']) {
      const { headers, body } = await tenant.get('/lists/5').set('accept', accept).expect(400);
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(body.error).toBe('id: must be an id of 24 hex digits');
    }
  });

  const preflight = (origin: string) =>
    request(test.url)
      .options('/api/leads')
      .set({ origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization' });

  it('let pages of the named origins call, without cookies, and no others', async () => {
    const { headers } = await preflight(ORIGIN).expect(204);
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(headers['access-control-allow-methods']).toContain('PATCH');
    expect(headers['access-control-allow-headers']).toContain('idempotency-key');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['access-control-max-age']).toBe('600');
    const answer = await tenant.get('/lists').set('origin', ORIGIN).expect(200);
    expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(answer.headers['access-control-expose-headers']).toContain('retry-after');
    expect(answer.headers.vary).toContain('Origin');
    // A page has to be able to read why it was refused.
    const refused = await request(test.url).get('/api/lists').set('origin', ORIGIN).expect(401);
    expect(refused.headers['access-control-allow-origin']).toBe(ORIGIN);
    for (const call of [preflight('https://evil.example.com'), tenant.get('/lists').set('origin', 'https://evil.example.com')]) {
      expect((await call).headers['access-control-allow-origin']).toBeUndefined();
    }
    await request(test.url).options('/api/leads').expect(400);
  });

  it('let no page call by default', async () => {
    const closed = await startTestApp();
    try {
      const { headers, status } = await request(closed.url)
        .options('/api/leads')
        .set({ origin: ORIGIN, 'access-control-request-method': 'GET' });
      expect(status).toBe(401);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    } finally {
      await closed.close();
    }
  });
});
