import { ObjectId } from 'bson';
import request from 'supertest';
import { Ticks } from '../../src/platform/ticks';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const LIMITS = { API_KEYS_MAX: '3', LISTS_MAX: '2', IMPORTS_MAX: '2', IMPORTS_MAX_BYTES: '2000' };

/** How much of a thing a workspace may have: its own, whatever others have. */
describe('limits of a workspace', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp(LIMITS);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const upload = (csv: string) => tenant.call('post', '/leads/imports').attach('file', Buffer.from(csv), 'x.csv');
  /** As many files as of imports that wait. */
  const waiting = (size: number) =>
    test.connection.collection('importFiles').insertOne({ workspaceId: tenant.id, importId: null, size, createdAt: new Date() });

  it('keys: one more is refused until one is deleted', async () => {
    const call = (method: 'post' | 'delete', path: string) =>
      request(test.url)
        [method](`/api/api-keys${path}`)
        .set('authorization', `Bearer ${test.session(tenant.id)}`);
    // The tenant has one by which it calls.
    const { body: made } = await call('post', '').send({ name: 'Two' }).expect(201);
    await call('post', '').send({ name: 'Three' }).expect(201);
    const { body } = await call('post', '').send({ name: 'Four' }).expect(409);
    expect(body).toMatchObject({
      code: 'TOO_MANY_API_KEYS',
      error: 'A workspace has at most 3 API keys; delete one that is not used',
    });
    await call('delete', `/${made._id}`).expect(200);
    await call('post', '').send({ name: 'Four' }).expect(201);
  });

  it('lists, and those of others do not count', async () => {
    for (const name of ['One', 'Two']) await tenant.post('/lists', { name }).expect(201);
    const { body } = await tenant.post('/lists', { name: 'Three' }).expect(409);
    expect(body).toMatchObject({ code: 'TOO_MANY_LISTS', error: 'A workspace has at most 2 lists; delete one that is not used' });
    await (await test.tenant()).post('/lists', { name: 'One' }).expect(201);
  });

  it('imports that are not over: 429, and nothing is kept of the file', async () => {
    const files = [await waiting(10), await waiting(10)];
    const { body, headers } = await upload('Phone\n+12025550123\n').expect(429);
    expect(body).toMatchObject({ code: 'TOO_MANY_IMPORTS', error: expect.stringContaining('at most 2 imports') });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(await test.connection.collection('importFiles').countDocuments({ workspaceId: tenant.id })).toBe(2);
    await test.connection.collection('importFiles').deleteOne({ _id: files[0]!.insertedId });
    await upload('Phone\n+12025550123\n').expect(202);
  });

  it('their bytes: those that are there, and those that are announced', async () => {
    await waiting(1_500);
    const { body } = await upload(`Phone\n${'+12025550123\n'.repeat(50)}`).expect(429);
    expect(body).toMatchObject({ code: 'TOO_MANY_IMPORTS', error: expect.stringContaining('2000 bytes') });
    const { body: started } = await upload('Phone\n+12025550123\n').expect(202);
    await eventually(async () => (await tenant.get(`/leads/imports/${started.importId}`)).body.state === 'completed');
    // What an import took in is kept no longer than it lasts.
    expect(await test.connection.collection('importFiles').countDocuments({ workspaceId: tenant.id })).toBe(1);
  });

  it('files that nobody needs any more go, however many older ones are still needed', async () => {
    const before = new Date(Date.now() - 24 * 3_600_000);
    const job = { kind: 'import', subject: 'x', state: 'running', reason: null, progress: {}, moves: 0, failures: 0 };
    const importId = new ObjectId();
    await test.connection.collection('backgroundJobs').insertOne({
      ...job,
      ...{ _id: importId, workspaceId: tenant.id, unfinished: 'import x', lease: { token: 't', until: new Date(8.64e15) } },
      ...{ runAt: new Date(8.64e15), createdAt: before, startedAt: before, finishedAt: null },
    });
    const files = (count: number, of: string | null, minutes: number) =>
      Array.from({ length: count }, (_, n) => ({
        ...{ workspaceId: tenant.id, importId: of, size: 1 },
        createdAt: new Date(before.getTime() + minutes * 60_000 + n),
      }));
    const collection = test.connection.collection('importFiles');
    await collection.insertMany([...files(250, importId.toHexString(), 0), ...files(120, null, 1)]);
    await test.app.get(Ticks).now('sweep uploads');
    expect(await collection.countDocuments({ workspaceId: tenant.id, importId: null })).toBe(0);
    expect(await collection.countDocuments({ workspaceId: tenant.id })).toBe(250);
    await collection.deleteMany({ workspaceId: tenant.id });
    await test.connection.collection('backgroundJobs').deleteOne({ _id: importId });
  });
});
