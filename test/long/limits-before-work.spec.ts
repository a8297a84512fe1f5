import request from 'supertest';
import { errorDocs } from '../support/error-docs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const JSON_TYPE = { 'content-type': 'application/json' };
/** `{"<field>":[{},{},…]}` of about so many bytes. */
const objects = (field: string, bytes: number) => `{"${field}":[${'{},'.repeat(bytes / 3)}{}]}`;

describe('limits come before the work that they prevent', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  it.each(['/lists', '/campaigns', '/leads/check-availability', '/messages', '/check-availability-rr'])(
    '%s refuses a million bytes of objects by their number, whatever field they are in',
    async (path) => {
      for (const field of ['junk', 'steps', 'leads', 'leadIds']) {
        const { status, body } = await tenant.call('post', path).set(JSON_TYPE).send(objects(field, 900_000));
        expect([status, body.details]).toEqual([400, [{ field: 'body', message: 'has too many fields and objects' }]]);
      }
    },
  );

  it('an object with too many fields is refused by their number, not field by field', async () => {
    const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`f${n}`, 1]));
    const { status, body } = await tenant.post('/lists', fields);
    expect([status, body.details]).toEqual([400, [{ field: 'body', message: 'has too many fields and objects' }]]);
  });

  it('an endpoint takes bodies of the size that it needs: the answer names it', async () => {
    const { status, body } = await tenant.call('post', '/lists').set(JSON_TYPE).send(objects('junk', 1_200_000));
    expect([status, body]).toEqual([
      413,
      { error: 'The body is larger than 1 MB', code: 'BODY_TOO_LARGE', docs: errorDocs('BODY_TOO_LARGE') },
    ]);
    const many = await tenant.post('/leads/check-availability', { leadIds: Array(50_000).fill('0123456789abcdef01234567') });
    expect(many.status).not.toBe(413);
  });

  it('what is meant to be taken is taken: a campaign as large as it may be', async () => {
    const listId = (await tenant.post('/lists', { name: 'Large' }).expect(201)).body._id as string;
    await test.line(tenant);
    const steps = Array.from({ length: 50 }, () => ({ template: '\u{1F600}'.repeat(5_000), wait: { amount: 1, unit: 'days' } }));
    await tenant.post('/campaigns', { name: 'Large', listId, steps }).expect(201);
  });

  it("without a key, without a route, or without a line's secret, no body is read", async () => {
    const server = request(test.url);
    for (const [path, expected] of [
      ['/zzz', 404],
      ['/health/live', 404],
      ['/api/inbound/bluebubbles/not-a-secret', 404],
      ['/api/inbound/nobody/not-a-secret', 404],
      ['/api/leads', 401],
    ] as const) {
      const call = () => server.post(path).set(JSON_TYPE).send('this is no JSON, and nobody reads it');
      const { status, body } = await call();
      // A body that was read would have been MALFORMED_JSON.
      expect([path, status, body.code === 'MALFORMED_JSON']).toEqual([path, expected, false]);
    }
  });
});
