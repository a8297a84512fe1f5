import request from 'supertest';
import { OperationsServer } from '../../src/platform/operations';
import { CommandLog } from '../support/commands';
import { errorDocs } from '../support/error-docs';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

/** What load balancers, orchestrators and monitors ask. */
describe('/health', () => {
  let api: TestApp;

  beforeAll(async () => {
    api = await startTestApp({ APP_ROLE: 'api', METRICS_PORT: '0' });
  });
  afterAll(() => api.close());

  const workers = () => request(api.url).get('/health/workers');
  const metrics = () => request(`http://127.0.0.1:${api.app.get(OperationsServer).port}`).get('/metrics');
  const alive = (count: number) =>
    eventually(async () => {
      const { status, body } = await workers();
      return status === (count === 0 ? 503 : 200) && (body.alive ?? 0) === count && (body as object);
    });

  it('workers: says that there is none, how many there are, and that one has gone, but not where', async () => {
    const { body: none } = await workers().expect(503);
    expect(none).toEqual({ error: expect.any(String), code: 'NO_WORKERS', docs: errorDocs('NO_WORKERS') });
    const one = await startTestApp({ APP_ROLE: 'worker' }, undefined, api);
    const other = await startTestApp({ APP_ROLE: 'all' }, undefined, api);
    const body = await alive(2);
    expect(body).toEqual({ alive: 2, newestSeconds: expect.any(Number), oldestSeconds: expect.any(Number) });
    const { text } = await metrics().expect(200);
    expect(text).toMatch(/^tuco_workers_alive 2$/m);
    await one.close();
    await alive(1);
    await other.close();
    await alive(0);
  });

  it('ready: looks closer when it is asked to, and says what failed', async () => {
    const { body: plain } = await request(api.url).get('/health/ready').expect(200);
    expect(Object.keys(plain.details as object).sort()).toEqual(['mongodb', 'redis', 'sending']);
    const deep = () => request(api.url).get('/health/ready?deep=true');
    const { body: well } = await deep().expect(200);
    const names = ['migrations', 'mongodb', 'mongodb-write', 'queues', 'redis', 'sending', 'storage'];
    expect(Object.keys(well.details as object).sort()).toEqual(names);

    const records = await api.connection.collection('migrations').find().toArray();
    await api.connection.collection('migrations').deleteMany({});
    try {
      const body = await eventually(async () => {
        const answer = await deep();
        return answer.status === 503 && answer.body;
      });
      expect(body.details).toMatchObject({
        mongodb: { status: 'up' },
        'mongodb-write': { status: 'up' },
        migrations: { status: 'down', message: 'DatabaseNotMigrated' },
      });
    } finally {
      await api.connection.collection('migrations').insertMany(records);
      await eventually(async () => (await deep()).status === 200);
    }
  });

  it('ready: does not ask the stores for each of many callers', async () => {
    const log = new CommandLog(api);
    const calls = Array.from({ length: 30 }, () => request(api.url).get('/health/ready?deep=true').expect(200));
    await Promise.all(calls);
    const writes = log.take().filter(({ name, collection }) => name === 'update' && collection === 'healthProbes');
    expect(writes.length).toBeLessThan(calls.length / 2);
    log.stop();
  });

  it('ready: refuses what it does not know', async () => {
    await request(api.url).get('/health/ready?deep=perhaps').expect(400);
  });
});
