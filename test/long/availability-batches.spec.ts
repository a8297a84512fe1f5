import { eventually } from '../support/eventually';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Job {
  state: string;
  total: number;
  checked: number;
  available: number;
  unavailable: number;
  errors: number;
  missing: number;
  perDay: number;
  expectedLastAt: string | null;
  waitingUntil: string | null;
}

/** Many leads at once: a few are answered, more go to the background. */
describe('availability of many leads', () => {
  let test: TestApp;
  let tenant: Tenant;
  let listId: string;

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_SYNC_MAX: '5' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    listId = (await tenant.post('/lists', { name: 'Many' })).body._id;
  });

  /** Phones ending in 00 to 59: twenty of sixty have no iMessage. */
  const save = async (count: number, of = tenant, list = listId) => {
    const leads = Array.from({ length: count }, (_, n) => ({ phone: `+1415555${String(1_000 + n)}` }));
    return (await of.post('/leads', { leads, listId: list }).expect(201)).body.leadIds as string[];
  };
  const check = (what: object, of = tenant) => of.post('/leads/check-availability', what);
  const job = async (id: string, of = tenant) => (await of.get(`/leads/check-availability/jobs/${id}`).expect(200)).body as Job;
  const ended = (id: string, of = tenant) =>
    eventually(async () => {
      const now = await job(id, of);
      return ['completed', 'failed', 'cancelled'].includes(now.state) && now;
    });

  it('answers a few at once, with an outcome for each, written to the leads', async () => {
    await test.line(tenant);
    const ids = (await save(12)).slice(8);
    const { body } = await check({ leadIds: ids }).expect(200);
    expect(body).toMatchObject({ success: true, checked: 4, successful: 4, errors: 0, processingMode: 'synchronous' });
    const outcome = new Map(body.results.map(({ leadId, status }: { leadId: string; status: string }) => [leadId, status]));
    expect(ids.map((id) => outcome.get(id))).toEqual(['available', 'available', 'unavailable', 'unavailable']);
    for (const id of ids) expect((await tenant.get(`/leads/${id}`)).body.availabilityStatus).toBe(outcome.get(id));
  });

  it('answers a small list at once, an empty one too', async () => {
    await test.line(tenant);
    expect((await check({ listId }).expect(200)).body).toMatchObject({ checked: 0, results: [], processingMode: 'synchronous' });
    await save(5);
    expect((await check({ listId }).expect(200)).body).toMatchObject({ checked: 5, successful: 5 });
  });

  it('takes more to the background: 202, and a job with exact counts', async () => {
    await test.line(tenant);
    await save(30);
    const { body } = await check({ listId }).expect(202);
    expect(body).toMatchObject({
      success: true,
      message: 'Bulk availability check started in background',
      checked: 30,
      total: 30,
      processingMode: 'background',
    });
    const done = await ended(body.jobId);
    expect(done).toMatchObject({
      state: 'completed',
      total: 30,
      checked: 30,
      available: 10,
      unavailable: 20,
      errors: 0,
      missing: 0,
    });
    const unavailable = await tenant.get(`/leads?listId=${listId}&availabilityStatus=unavailable`).expect(200);
    expect(unavailable.body.pagination.totalCount).toBe(20);
    expect(test.simulator.ledger({ kind: 'availability' }).length).toBeGreaterThanOrEqual(30);
  });

  it('takes ids to the background too; repeats count once', async () => {
    await test.line(tenant);
    const ids = await save(8);
    const { body } = await check({ leadIds: [...ids, ...ids.slice(0, 3)] }).expect(202);
    expect(await ended(body.jobId)).toMatchObject({ state: 'completed', total: 8, checked: 8 });
  });

  it('an unknown lead among many is missing', async () => {
    await test.line(tenant);
    const ids = await save(8);
    const { body } = await check({ leadIds: [...ids, '0'.repeat(24)] }).expect(202);
    expect(await ended(body.jobId)).toMatchObject({ state: 'completed', total: 9, checked: 9, missing: 1 });
  });

  it('404 for an unknown list, and nothing is started', async () => {
    await test.line(tenant);
    await check({ listId: '0'.repeat(24) }).expect(404);
    const kind = { workspaceId: tenant.id as string, kind: 'availability-batch' };
    expect(await test.connection.collection('backgroundJobs').countDocuments(kind)).toBe(0);
    await tenant.get(`/leads/check-availability/jobs/${'0'.repeat(24)}`).expect(404);
  });

  it('does not look up thousands of ids before it answers: those that are nobody are missing', async () => {
    await test.line(tenant);
    const ids = await save(8);
    const unknown = Array.from({ length: 1_200 }, (_, n) => n.toString(16).padStart(24, '0'));
    const other = await test.tenant();
    const foreign = await save(3, other, (await other.post('/lists', { name: 'Foreign' })).body._id as string);
    const { body } = await check({ leadIds: [...unknown, ...foreign, ...ids] }).expect(202);
    expect(await ended(body.jobId)).toMatchObject({ state: 'completed', total: 1_211, checked: 1_211, missing: 1_203 });
    for (const id of foreign) expect((await other.get(`/leads/${id}`)).body.availabilityStatus).toBeNull();
  });

  it('says when a job will be over, by what its lines may do', async () => {
    const slow = await startTestApp({ AVAILABILITY_SYNC_MAX: '1', DEVICE_GAP_SECONDS: '600', AVAILABILITY_DAILY_CAP: '2' });
    try {
      const mine = await slow.tenant();
      const list = (await mine.post('/lists', { name: 'Many' })).body._id as string;
      await slow.line(mine);
      await slow.line(mine, 1);
      await save(40, mine, list);
      const { body } = await check({ listId: list }, mine).expect(202);
      expect(body.perDay).toBe(4);
      expect(body.waitingUntil).toBeNull();
      const days = (new Date(body.expectedLastAt as string).getTime() - Date.now()) / 86_400_000;
      // Four a day: ten days, of which today is the first.
      expect(days).toBeGreaterThan(8);
      expect(days).toBeLessThan(10.1);
    } finally {
      await slow.close();
    }
  });

  it('stops at the quota, waits for the next UTC day, goes on then, and asks nobody twice', async () => {
    const clock = new ShiftedClock();
    const small = await startTestApp({ AVAILABILITY_SYNC_MAX: '1', AVAILABILITY_DAILY_CAP: '4' }, clock);
    try {
      const mine = await small.tenant();
      const list = (await mine.post('/lists', { name: 'Many' })).body._id as string;
      await small.line(mine);
      await save(6, mine, list);
      const { jobId } = (await check({ listId: list }, mine).expect(202)).body;
      const waiting = await eventually(async () => {
        const now = await job(jobId, mine);
        return now.state === 'waiting_for_quota' && now;
      });
      const midnight = new Date(Math.ceil(clock.now().getTime() / 86_400_000) * 86_400_000).toISOString();
      expect(waiting).toMatchObject({ total: 6, checked: 4, perDay: 4, expectedLastAt: midnight, waitingUntil: midnight });
      expect(small.simulator.ledger({ kind: 'availability' })).toHaveLength(4);
      clock.ahead({ hours: 24 });
      const over = await ended(jobId, mine);
      expect(over).toMatchObject({ state: 'completed', checked: 6, expectedLastAt: null, waitingUntil: null });
      const asked = small.simulator.ledger({ kind: 'availability' }).map((entry) => (entry as { address: string }).address);
      expect(new Set(asked).size).toBe(6);
      expect(asked).toHaveLength(6);
    } finally {
      await small.close();
    }
  });

  it('can be cancelled, by its workspace alone; what was checked stays', async () => {
    const slow = await startTestApp({ AVAILABILITY_SYNC_MAX: '1', DEVICE_GAP_SECONDS: '600' });
    try {
      const mine = await slow.tenant();
      const list = (await mine.post('/lists', { name: 'Many' })).body._id as string;
      await slow.line(mine);
      await save(6, mine, list);
      const { jobId } = (await check({ listId: list }, mine).expect(202)).body;
      await eventually(async () => (await job(jobId, mine)).checked === 1);
      // Started again, by how many callers at once ever, it is the same job.
      const again = await Promise.all([1, 2, 3].map(() => check({ listId: list }, mine).expect(202)));
      for (const { body } of again) expect(body).toMatchObject({ jobId, checked: 6, total: 6 });
      const path = `/leads/check-availability/jobs/${jobId}`;
      const stranger = await slow.tenant();
      await stranger.get(path).expect(404);
      await stranger.delete(path).expect(404);
      expect((await mine.delete(path).expect(200)).body).toMatchObject({ state: 'cancelled', checked: 1, total: 6 });
      expect((await mine.delete(path).expect(200)).body.state).toBe('cancelled');
      expect(slow.simulator.ledger({ kind: 'availability' })).toHaveLength(1);
    } finally {
      await slow.close();
    }
  });

  it('counts leads that are gone before their turn as missing', async () => {
    const { id: line } = await test.line(tenant);
    const ids = await save(8);
    await tenant.patch(`/lines/${line}`, { isActive: true }).expect(200);
    const started = check({ leadIds: ids }).expect(202);
    const { jobId } = (await started).body;
    await tenant.delete('/leads', { ids: ids.slice(4) }).expect(200);
    const done = await ended(jobId);
    expect(done).toMatchObject({ state: 'completed', total: 8, checked: 8 });
    expect(done.available + done.unavailable + done.errors + done.missing).toBe(8);
  });
});
