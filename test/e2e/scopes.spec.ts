import { connect } from 'node:net';
import { fastify } from 'fastify';
import request from 'supertest';
import { ApiKeysService } from '../../src/auth';
import { SCOPES } from '../../src/auth/domain/scopes';
import { SCREENS } from '../../src/dashboard/http/screens';
import { requireAccess } from '../../src/platform/http';
import { errorDocs } from '../support/error-docs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** What each route needs: a scope, `any` for every key and session, `public` for nothing. */
const ROUTES: Record<string, string> = {
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /health/workers': 'public',
  'GET /api/openapi.json': 'public',
  'GET /api/docs': 'public',
  'GET /api/docs/:file': 'public',
  'GET /u/*': 'public',
  'POST /u/*': 'public',
  'POST /sign-in': 'public',
  'GET ': 'public',
  'GET /assets/:file': 'public',
  'GET /mail-frame': 'public',
  ...Object.fromEntries(SCREENS.flatMap((screen) => [`GET /${screen}`, `GET /${screen}/*`]).map((route) => [route, 'public'])),
  'POST /api/inbound/:provider/:secret': 'public',
  'GET /api/inbound/:provider/:secret': 'public',
  'POST /api/inbound/clerk/events': 'public',
  'GET /api/audit': 'audit:read',
  'GET /api/events': 'messages:read',
  'GET /api/events/stream': 'messages:read',
  'GET /api/workspace': 'any',
  'GET /api/workspace/overview': 'any',
  'GET /api/workspace/members': 'settings:manage',
  'PATCH /api/workspace': 'settings:manage',
  'GET /api/system': 'settings:manage',
  'GET /api/views': 'any',
  'POST /api/views': 'any',
  'PATCH /api/views/:id': 'any',
  'DELETE /api/views/:id': 'any',
  'GET /api/api-keys': 'keys:manage',
  'POST /api/api-keys': 'keys:manage',
  'PATCH /api/api-keys/:id': 'keys:manage',
  'DELETE /api/api-keys/:id': 'keys:manage',
  'POST /api/api-keys/:id/rotate': 'keys:manage',
  'GET /api/leads': 'leads:read',
  'POST /api/leads': 'leads:write',
  'PATCH /api/leads': 'leads:write',
  'DELETE /api/leads': 'leads:write',
  'GET /api/leads/:id': 'leads:read',
  'PATCH /api/leads/:id': 'leads:write',
  'DELETE /api/leads/:id': 'leads:write',
  'GET /api/leads/:id/export': 'leads:read',
  'GET /api/leads/export': 'leads:read',
  'GET /api/leads/erasures/:id': 'leads:read',
  'POST /api/leads/imports': 'leads:write',
  'GET /api/leads/count': 'leads:read',
  'GET /api/leads/:id/messages': 'messages:read',
  'GET /api/lists/:id/leads': 'leads:read',
  'GET /api/leads/imports': 'leads:read',
  'GET /api/leads/imports/:id': 'leads:read',
  'DELETE /api/leads/imports/:id': 'leads:write',
  'GET /api/leads/imports/:id/rejected': 'leads:read',
  'GET /api/leads/imports/:id/warnings': 'leads:read',
  'GET /api/leads/imports/:id/duplicates': 'leads:read',
  'GET /api/lists': 'leads:read',
  'POST /api/lists': 'leads:write',
  'GET /api/lists/:id': 'leads:read',
  'PATCH /api/lists/:id': 'leads:write',
  'DELETE /api/lists/:id': 'leads:write',
  'GET /api/leads/check-availability': 'leads:read',
  'POST /api/leads/check-availability': 'leads:read',
  'GET /api/leads/check-availability/jobs': 'leads:read',
  'GET /api/leads/check-availability/jobs/:jobId': 'leads:read',
  'DELETE /api/leads/check-availability/jobs/:jobId': 'leads:read',
  'GET /api/check-availability': 'leads:read',
  'POST /api/check-availability-rr': 'leads:read',
  'GET /api/campaigns': 'campaigns:read',
  'POST /api/campaigns': 'campaigns:write',
  'GET /api/campaigns/:id': 'campaigns:read',
  'PATCH /api/campaigns/:id': 'campaigns:write',
  'DELETE /api/campaigns/:id': 'campaigns:write',
  'POST /api/campaigns/:id/launch': 'campaigns:launch',
  'POST /api/campaigns/:id/resume': 'campaigns:launch',
  'POST /api/campaigns/:id/pause': 'campaigns:write',
  'POST /api/campaigns/:id/archive': 'campaigns:write',
  'GET /api/campaigns/:id/report': 'campaigns:read',
  'POST /api/campaigns/:id/preview': 'campaigns:read',
  'GET /api/campaigns/:id/leads': 'campaigns:read',
  'POST /api/campaigns/:id/leads': 'campaigns:write',
  'DELETE /api/campaigns/:id/leads/:leadId': 'campaigns:write',
  'GET /api/messages': 'messages:read',
  'POST /api/messages': 'messages:send',
  'GET /api/messages/:id': 'messages:read',
  'POST /api/messages/:id/cancel': 'messages:send',
  'POST /api/messages/:id/retry': 'messages:send',
  'POST /api/messages/:id/resolve': 'messages:send',
  'POST /api/messages/cancel-for-lead': 'messages:send',
  'POST /api/messages/react': 'messages:send',
  'POST /api/messages/typing': 'messages:send',
  'DELETE /api/messages/typing': 'messages:send',
  'GET /api/conversations': 'messages:read',
  'GET /api/conversations/:id': 'messages:read',
  'PATCH /api/conversations/:id': 'messages:send',
  'POST /api/conversations/:id/messages': 'messages:send',
  'GET /api/replies': 'messages:read',
  'GET /api/replies/:id/files/:fileId': 'messages:read',
  'POST /api/replies/:id/review': 'suppressions:write',
  'GET /api/channels': 'lines:read',
  'GET /api/accounts': 'lines:read',
  'GET /api/accounts/:id': 'lines:read',
  'GET /api/accounts/:id/health': 'lines:read',
  'POST /api/accounts': 'lines:write',
  'PATCH /api/accounts/:id': 'lines:write',
  'POST /api/accounts/:id/rotate-inbound-url': 'lines:write',
  'DELETE /api/accounts/:id': 'lines:write',
  'GET /api/lines': 'lines:read',
  'GET /api/lines/by-user': 'lines:read',
  'GET /api/lines/check-availability': 'lines:read',
  'GET /api/lines/:id': 'lines:read',
  'POST /api/lines': 'lines:write',
  'PATCH /api/lines/:id': 'lines:write',
  'POST /api/lines/:id/rotate-inbound-url': 'lines:write',
  'DELETE /api/lines/:id': 'lines:write',
  'GET /api/webhooks': 'webhooks:manage',
  'POST /api/webhooks': 'webhooks:manage',
  'GET /api/webhooks/:id': 'webhooks:manage',
  'PATCH /api/webhooks/:id': 'webhooks:manage',
  'DELETE /api/webhooks/:id': 'webhooks:manage',
  'POST /api/webhooks/:id/health-check': 'webhooks:manage',
  'POST /api/webhooks/:id/rotate-secret': 'webhooks:manage',
  'GET /api/webhooks/:id/deliveries': 'webhooks:manage',
  'POST /api/webhooks/:id/deliveries/:deliveryId/replay': 'webhooks:manage',
  'POST /api/webhooks/:id/replay': 'webhooks:manage',
  'GET /api/suppressions': 'suppressions:read',
  'GET /api/suppressions/export': 'suppressions:read',
  'GET /api/suppressions/:id': 'suppressions:read',
  'POST /api/suppressions': 'suppressions:write',
  'DELETE /api/suppressions/:id': 'suppressions:write',
  'POST /api/suppressions/imports': 'suppressions:write',
  'GET /api/suppressions/imports/:id': 'suppressions:read',
  'DELETE /api/suppressions/imports/:id': 'suppressions:write',
  'GET /api/suppressions/imports/:id/rejected': 'suppressions:read',
  'GET /api/suppressions/imports/:id/warnings': 'suppressions:read',
};

/** What callers may not do who are not told otherwise. */
const REFUSED: Record<'key' | 'member' | 'admin', string[]> = {
  key: ['keys:manage'],
  member: ['campaigns:launch', 'settings:manage', 'keys:manage', 'audit:read'],
  admin: [],
};

describe('scopes', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  const known = () => test.routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route)).map((route) => route.replace(/\/$/, ''));

  /** The answer to a call of the route about something that does not exist. */
  const call = (route: string, token: string) => {
    const [method, path] = route.split(' ') as [string, string];
    const asked = request(test.url)[method.toLowerCase() as 'get'](path.replace(/:\w+/g, '0'.repeat(24)));
    return asked.set('authorization', `Bearer ${token}`);
  };

  it('are written down for every route, and for no other', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(known().sort());
  });

  it.each(['key', 'member', 'admin'] as const)('a %s may do on every route what it should, and nothing else', async (who) => {
    const token = who === 'key' ? tenant.key : test.session(tenant.id, who);
    for (const [route, scope] of Object.entries(ROUTES)) {
      const { status, body } = await call(route, token);
      const isAdminsOwn = scope === 'keys:manage' || scope === 'settings:manage';
      const refusal = { status: 403, scope, code: isAdminsOwn ? 'ADMIN_SESSION_REQUIRED' : 'MISSING_SCOPE' };
      if (REFUSED[who].includes(scope)) expect([route, { status, ...body }]).toEqual([route, expect.objectContaining(refusal)]);
      else expect([route, [401, 403].includes(status)]).toEqual([route, false]);
    }
  });

  it('a key made before there were scopes may do what it could, and no more', async () => {
    const older = await test.tenant();
    const unset = { scopes: '', allowedIps: '' } as const;
    await test.connection.collection('apiKeys').updateOne({ workspaceId: older.id }, { $unset: unset });
    for (const [route, scope] of Object.entries(ROUTES)) {
      const { status } = await call(route, older.key);
      expect([route, status === 403]).toEqual([route, ['keys:manage', 'audit:read'].includes(scope)]);
    }
  });

  it.each(SCOPES)('a key with nothing but %s gets nowhere else', async (only) => {
    const { secret } = await test.app.get(ApiKeysService).create(tenant.id, { name: only, scopes: [only] });
    for (const [route, scope] of Object.entries(ROUTES)) {
      const { status, body } = await call(route, secret);
      const expected = scope === 'public' || scope === 'any' || scope === only ? undefined : scope;
      expect([route, status === 403 ? (body as { scope?: string }).scope : undefined]).toEqual([route, expected]);
    }
  });

  it('an import that enrolls its rows needs to write campaigns too', async () => {
    const { secret } = await test.app.get(ApiKeysService).create(tenant.id, { name: 'CRM', scopes: ['leads:write'] });
    const upload = (query: object) =>
      request(test.url)
        .post('/api/leads/imports')
        .set('authorization', `Bearer ${secret}`)
        .query(query)
        .attach('file', Buffer.from('Phone\n+12025550123\n'), 'a.csv');
    const { body } = await upload({ campaignId: '0'.repeat(24) }).expect(403);
    expect(body).toMatchObject({ code: 'MISSING_SCOPE', scope: 'campaigns:write' });
    await upload({}).expect(202);
  });

  it('names the scope that is missing', async () => {
    const { body } = await call('POST /api/campaigns/:id/launch', test.session(tenant.id, 'member')).expect(403);
    expect(body).toEqual({
      error: 'This needs the scope campaigns:launch',
      code: 'MISSING_SCOPE',
      scope: 'campaigns:launch',
      docs: errorDocs('MISSING_SCOPE'),
    });
  });

  it('is judged before the body is read: the refusal comes while the body is still on its way', async () => {
    const { hostname, port } = new URL(test.url);
    const heard = await new Promise<string>((done, fail) => {
      const head = [
        `POST /%61pi/campaigns/${'0'.repeat(24)}/launch HTTP/1.1`,
        'host: x',
        `authorization: Bearer ${test.session(tenant.id, 'member')}`,
        'content-type: application/json',
        'content-length: 1000000',
      ];
      const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n{`));
      socket.once('data', (chunk) => {
        done(chunk.toString());
        socket.destroy();
      });
      socket.once('error', fail);
    });
    expect(heard).toMatch(/^HTTP\/1\.1 403 /);
    expect(heard).toContain('MISSING_SCOPE');
  });

  it('a route that does not say whom it admits stops the start', () => {
    const server = fastify();
    server.addHook('onRoute', requireAccess);
    expect(() => server.get('/open', { config: { access: 'public' } }, () => '')).not.toThrow();
    expect(() => server.get('/api/new', () => '')).toThrow('GET /api/new needs @RequiresScope(…), @AnyCaller() or @Public()');
  });
});
