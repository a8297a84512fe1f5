import request from 'supertest';
import { CutProxy } from '../support/cut-proxy';
import { errorDocs } from '../support/error-docs';
import { EventReader } from '../support/event-reader';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/**
 * MongoDB is away: every request is told so and when to come again, nothing hangs, and all is well once it is
 * back.
 */
describe('while MongoDB is away', () => {
  let test: TestApp;
  let cutOff: TestApp;
  let proxy: CutProxy;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
    tenant = await test.tenant();
    proxy = await CutProxy.start(process.env.MONGODB_URI!);
    const settings = {
      APP_ROLE: 'api',
      STORE_TIMEOUT_MS: '1000',
      // A stream stays open, and reads, while the store is away.
      EVENT_STREAM_SECONDS: '900',
      EVENT_STREAM_HEARTBEAT_SECONDS: '1',
      MONGODB_URI: proxy.uri(test.place.name),
    };
    cutOff = await startTestApp(settings, undefined, test);
  });
  afterAll(async () => {
    proxy.restore();
    await cutOff.close();
    proxy.stop();
    await test.close();
  });

  const call = (method: 'get' | 'post', path: string) => request(cutOff.url)[method](path).auth(tenant.key, { type: 'bearer' });

  it('reads and writes answer 503 with Retry-After; not ready, but alive; and then it serves again', async () => {
    const { body: list } = await call('post', '/api/lists').send({ name: 'Before' }).expect(201);
    await request(cutOff.url).get('/health/ready').expect(200);
    proxy.cut(true);
    const leads = [{ phone: '+12025550131' }];
    for (const away of [
      call('get', '/api/leads'),
      call('get', `/api/lists/${list._id}`),
      call('post', '/api/leads').send({ leads, listId: list._id }),
      call('post', '/api/lists').send({ name: 'During' }),
    ]) {
      const { status, body, headers } = await away;
      expect([status, body]).toEqual([
        503,
        { error: expect.any(String), code: 'STORE_UNAVAILABLE', docs: errorDocs('STORE_UNAVAILABLE') },
      ]);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.stringify(body)).not.toMatch(/mongo|127\.0\.0\.1|ECONN/i);
    }
    const ready = await request(cutOff.url).get('/health/ready').expect(503);
    expect(ready.text).not.toMatch(/127\.0\.0\.1|mongodb:\/\//);
    await request(cutOff.url).get('/health/live').expect(200);
    proxy.restore();
    await eventually(async () => (await request(cutOff.url).get('/health/ready')).status === 200);
    const saved = await eventually(async () => {
      const answer = await call('post', '/api/leads').send({ leads, listId: list._id });
      return answer.status < 300 && answer.body;
    });
    expect(saved).toMatchObject({ savedCount: 1, duplicateCount: 0 });
    const names = (await call('get', '/api/lists').expect(200)).body.lists.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['Before']);
  });

  it('a stream of events stays open, opens none, and misses nothing of what happened meanwhile', async () => {
    const save = async (email: string) =>
      (await tenant.post('/leads', { leads: [{ email }] }).expect(201)).body.leadIds[0] as string;
    const told = () => reader.data.map(({ leadId }) => leadId);
    const stream = `${cutOff.url}/api/events/stream`;
    const reader = await EventReader.open(stream, tenant.key);
    const before = await save('before@example.com');
    await eventually(() => Promise.resolve(told().includes(before)));
    proxy.cut(true);
    await eventually(async () => (await call('get', '/api/leads')).status === 503);
    const during = await save('during@example.com');
    await expect(EventReader.open(stream, tenant.key)).rejects.toThrow(/503.*STORE_UNAVAILABLE/);
    // Longer than it takes to look whether the reader may still read.
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect([told(), reader.isOver]).toEqual([[before], false]);
    proxy.restore();
    const after = await save('after@example.com');
    await eventually(() => Promise.resolve(told().includes(after)));
    expect([told(), reader.isOver]).toEqual([[before, during, after], false]);
    reader.close();
  });
});
