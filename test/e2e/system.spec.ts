import request from 'supertest';
import { SystemService } from '../../src/system/application/system.service';
import { Stores } from '../../src/system/domain';
import { CutProxy } from '../support/cut-proxy';
import { eventually } from '../support/eventually';
import { ISSUER, Issuer, PARTY } from '../support/issuer';
import { startTestApp, type TestApp } from '../support/test-app';

const WORKSPACE = 'org_system';
const STORE = { status: 'reachable', version: expect.stringMatching(/^\d+\.\d+/), latencyMs: expect.any(Number) };
const STORE_FACTS = { version: STORE.version, latencyMs: STORE.latencyMs };
const AWAY = { status: 'unreachable', version: null, latencyMs: null, embedded: null };

describe('GET /system', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const system = (app: TestApp, token = test.session(WORKSPACE)) =>
    request(app.url).get('/api/system').auth(token, { type: 'bearer' });

  it('says what runs, which workers are alive, and how the stores are', async () => {
    const body = await eventually(async () => {
      const answer = await system(test).expect(200);
      return answer.body.workers.alive === 1 && (answer.body as { startedAt: string; queues: { name: string }[] });
    });
    const isEmbedded = (await test.connection.db!.command({ buildInfo: 1 })).gitVersion === 'embedded';
    expect(body).toEqual({
      version: (jest.requireActual('../../package.json') as { version: string }).version,
      role: 'all',
      startedAt: expect.any(String),
      node: process.versions.node,
      timeZones: {
        sending: expect.stringMatching(/^20\d\d[a-z]$/),
        node: process.versions.tz,
        icu: process.versions.icu,
      },
      workers: { alive: 1, newestSeconds: expect.any(Number), oldestSeconds: expect.any(Number) },
      mongodb: { ...STORE, embedded: isEmbedded, replicaSet: true },
      redis: { ...STORE, embedded: expect.any(Boolean) },
      queues: expect.any(Array),
    });
    expect(Math.abs(Date.now() - Date.parse(body.startedAt))).toBeLessThan(600_000);
    expect(body.queues.length).toBeGreaterThan(0);
    for (const queue of body.queues) {
      const jobs = expect.any(Number) as number;
      expect(queue).toEqual({ name: expect.any(String), waiting: jobs, active: jobs, delayed: jobs });
    }
  });

  it('shows members and viewers nothing', async () => {
    for (const role of ['member', 'viewer'] as const) {
      const { body } = await system(test, test.session(WORKSPACE, role)).expect(403);
      expect(body).toMatchObject({ code: 'ADMIN_SESSION_REQUIRED' });
    }
  });

  it('shows no queues where workspaces of others are beside the own one', async () => {
    const issuer = new Issuer();
    const clerk = { CLERK_ISSUER: ISSUER, CLERK_AUTHORIZED_PARTIES: PARTY, CLERK_JWT_KEY: issuer.pem.replaceAll('\n', '\\n') };
    const shared = await startTestApp({ ...clerk, LOCAL_ISSUER: 'false' }, undefined, test);
    try {
      const { key } = await shared.tenant();
      const { body } = await system(shared, key).expect(200);
      expect(body).toMatchObject({ queues: null, mongodb: STORE, redis: STORE });
    } finally {
      await shared.close();
    }
  });

  it('says which store is away, and that it is back', async () => {
    const [mongo, redis] = await Promise.all([CutProxy.start(process.env.MONGODB_URI!), CutProxy.start(process.env.REDIS_URL!)]);
    const settings = {
      APP_ROLE: 'api',
      STORE_TIMEOUT_MS: '1000',
      MONGODB_URI: mongo.uri(test.place.name),
      REDIS_URL: redis.uri('0'),
    };
    const cutOff = await startTestApp(settings, undefined, test);
    const sees = (expected: object) =>
      eventually(async () => {
        const { status, body } = await system(cutOff);
        if (status !== 200) return false;
        const found = { mongodb: body.mongodb.status, redis: body.redis.status };
        return JSON.stringify(found) === JSON.stringify(expected) && (body as object);
      });
    try {
      await sees({ mongodb: 'reachable', redis: 'reachable' });
      redis.cut(true);
      const away = await sees({ mongodb: 'reachable', redis: 'unreachable' });
      expect(away).toMatchObject({ redis: AWAY, workers: null, queues: null });
      expect(JSON.stringify(away)).not.toMatch(/127\.0\.0\.1|ECONN/);
      redis.restore();
      await sees({ mongodb: 'reachable', redis: 'reachable' });
      mongo.cut(true);
      // Who calls is not known without MongoDB, once what was known of them is too old.
      await eventually(async () => {
        const { status, body } = await system(cutOff);
        return status === 503 && body.code === 'STORE_UNAVAILABLE';
      });
      expect(await cutOff.app.get(Stores).mongodb()).toBeNull();
      // What was seen before the cut counts for a second.
      const state = await eventually(async () => {
        const seen = await cutOff.app.get(SystemService).state();
        return seen.stores.mongodb === null && seen;
      });
      expect(state).toMatchObject({ stores: { mongodb: null, redis: STORE_FACTS } });
      mongo.restore();
      await sees({ mongodb: 'reachable', redis: 'reachable' });
    } finally {
      redis.restore();
      mongo.restore();
      await cutOff.close();
      mongo.stop();
      redis.stop();
    }
  });
});
