import { request as rawRequest } from 'node:http';
import request from 'supertest';
import { endpoints } from '../support/endpoints';
import { eventually } from '../support/eventually';
import { furnish, type Furnished } from '../support/furnished';
import { ImportDesk } from '../support/import-desk';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const HALF = '\ud83d';
const MESSAGE = 'holds half of a surrogate pair, which is no character: a text was cut in the middle of one';

/** Half of a surrogate pair is no character: what is stored could not be what was given. */
describe('texts with half of a surrogate pair', () => {
  let test: TestApp;
  let tenant: Tenant;
  let house: Furnished;

  beforeAll(async () => {
    test = await startTestApp();
    house = await furnish(test);
    tenant = house.tenant;
  });
  afterAll(() => test.close());

  const session = () => test.session(tenant.id);
  const send = (method: 'post' | 'patch' | 'delete', path: string, body: unknown, token = tenant.key) =>
    request(test.url)
      [method](path.startsWith('/api/') ? path : `/api${path}`)
      .set('authorization', `Bearer ${token}`)
      .set('content-type', 'application/json')
      .send(JSON.stringify(body));

  it('are refused by every endpoint that takes a body, which names the field, wherever it stands', async () => {
    const taking = endpoints(house).filter(({ method, body }) => method !== 'get' && body);
    expect(taking.length).toBeGreaterThan(25);
    for (const { method, path, body, admin } of taking) {
      const to = path.replace(/:\w+/g, '0'.repeat(24));
      const token = admin ? session() : tenant.key;
      for (const [more, field] of [
        [{ surplus: `a${HALF}` }, 'surplus'],
        [{ [`k${HALF}`]: 1 }, 'k\ufffd'],
        [{ deep: [{ in: ['fine', HALF] }] }, 'deep[0].in[1]'],
      ] as const) {
        const { status, body: answer } = await send(method as 'post', to, { ...body, ...more }, token);
        expect([method, path, status, answer.code, answer.details]).toEqual([
          ...[method, path, 400, 'VALIDATION_FAILED'],
          [{ field, message: MESSAGE }],
        ]);
      }
    }
  });

  it('make no duplicates of external ids and custom keys that are not the same', async () => {
    for (const lead of [
      { externalId: `x${HALF}` },
      { customFields: { [`k${HALF}`]: 'a' } },
      { customFields: { k: [`a${HALF}`] } },
      { notes: '\udfff' },
    ]) {
      const leads = [{ email: 'ok@example.com' }, { email: 'lone@example.com', ...lead }];
      const { body } = await send('post', '/leads', { leads }).expect(400);
      expect(body.details[0].field).toMatch(/^leads\[1\]\.(externalId|customFields\.k|notes)/);
    }
    expect((await tenant.get('/leads?search=ok@example.com').expect(200)).body.leads).toEqual([]);
    const { body } = await tenant.post('/leads', { leads: [{ email: 'pair@example.com', notes: '😀 \\ud83d' }] }).expect(201);
    expect((await tenant.get(`/leads/${body.leadIds[0]}`).expect(200)).body.notes).toBe('😀 \\ud83d');
    await send('patch', `/leads/${body.leadIds[0]}`, { externalId: `x${HALF}` }).expect(400);
  });

  it('are named by their place in a long list, which is read in slices, as are pairs that are written as escapes', async () => {
    const leads = Array.from({ length: 2_000 }, (_, n) => ({ email: `long${n}@example.com`, notes: `${'x'.repeat(100)}😀` }));
    const escaped = (rows: object[]) => JSON.stringify({ leads: rows }).replaceAll('😀', '\\ud83d\\ude00');
    const post = (text: string) =>
      request(test.url)
        .post('/api/leads')
        .auth(tenant.key, { type: 'bearer' })
        .set('content-type', 'application/json')
        .send(text);
    const wrong = leads.map((lead, n) => (n === 1_777 ? { ...lead, firstName: HALF } : lead));
    const { body } = await post(escaped(wrong)).expect(400);
    expect(body.details).toEqual([{ field: 'leads[1777].firstName', message: MESSAGE }]);
    const { body: saved } = await post(escaped(leads)).expect(201);
    expect((await tenant.get(`/leads/${saved.leadIds[0]}`).expect(200)).body.notes).toMatch(/x😀$/);
  });

  it('are refused in a mapping, and where they stand in a path or a query', async () => {
    const desk = new ImportDesk(test, tenant);
    const { body } = await desk.upload('email\na@example.com\n', { mapping: '{"email":"customFields.\\ud83d"}' }).expect(400);
    expect(body.details).toEqual([{ field: 'mapping', message: expect.stringContaining('surrogate') }]);
    const rawStatus = (path: string) =>
      new Promise<number>((resolve, reject) => {
        const headers = { authorization: `Bearer ${tenant.key}` };
        rawRequest(test.url + path, { headers }, (answer) => resolve(answer.resume().statusCode!))
          .on('error', reject)
          .end();
      });
    expect(await rawStatus('/api/leads/%ED%A0%BD')).toBe(400);
    const found = await tenant.get('/leads?externalId=%ED%A0%BD');
    expect([found.status, found.body.leads ?? []]).toEqual([found.status, []]);
    expect(found.status).toBeLessThan(500);
  });

  it('of providers become U+FFFD, the same in the store and in each answer, since no message may be lost', async () => {
    const line = await test.line(tenant);
    const { body: shown } = await tenant.get(`/lines/${line.id}`).expect(200);
    const event = {
      type: 'new-message',
      data: {
        guid: `G${HALF}`,
        text: `Hello ${HALF} there 😀`,
        handle: { address: '+12025550178' },
        isFromMe: false,
        dateCreated: Date.now(),
        chats: [{ guid: 'iMessage;-;+12025550178', style: 45 }],
      },
    };
    const path = new URL(shown.inboundUrl as string).pathname;
    await request(test.url).post(path).set('content-type', 'application/json').send(JSON.stringify(event)).expect(200);
    const reply = await eventually(async () => {
      const { body } = await tenant.get('/replies').expect(200);
      return (body.replies as { recipientPhone: string }[]).find(({ recipientPhone }) => recipientPhone === '+12025550178');
    });
    expect(JSON.stringify(reply)).toContain('Hello \ufffd there 😀');
    const stored = await test.connection.collection('replies').findOne({ workspaceId: tenant.id, address: '+12025550178' });
    expect(stored).toMatchObject({ text: 'Hello \ufffd there 😀' });
  });
});
