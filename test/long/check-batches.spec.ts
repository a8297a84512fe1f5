import { AvailabilityBatchesService } from '../../src/availability/application/availability-batches.service';
import { CommandLog } from '../support/commands';
import { eventually } from '../support/eventually';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const MANY = runs(2_000);

/** What a batch of checks asks of the store: to start it, and to go through leads whose answers are known. */
describe('batches of checks', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_SYNC_MAX: '1' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    await test.line(tenant);
  });

  const list = async (name: string, count: number, from: number) => {
    const listId = (await tenant.post('/lists', { name })).body._id as string;
    const leads = Array.from({ length: count }, (_, n) => ({ phone: `+1415${4_000_000 + from + n}` }));
    await tenant.post('/leads', { leads, listId }).expect(201);
    return { listId, phones: leads.map(({ phone }) => phone) };
  };
  const job = async (id: string) => (await tenant.get(`/leads/check-availability/jobs/${id}`).expect(200)).body;
  const started = async (body: object) => (await tenant.post('/leads/check-availability', body).expect(202)).body.jobId as string;
  const done = (id: string) =>
    eventually(async () => {
      const now = await job(id);
      const { checked, available, unavailable, errors, missing } = now;
      expect(available + unavailable + errors + missing).toBe(checked);
      return now.state === 'completed' && now;
    });

  it('starting one costs the same for five leads and for hundreds, by list', async () => {
    const [few, many] = [await list('Few', 5, 0), await list('Many', MANY, 10_000)];
    // An instance that starts batches and works on none.
    const desk = await startTestApp({ AVAILABILITY_SYNC_MAX: '1', APP_ROLE: 'api' }, undefined, test);
    const service = desk.app.get(AvailabilityBatchesService);
    const log = new CommandLog(desk);
    const costs: number[] = [];
    try {
      for (const { listId } of [few, many]) {
        log.takeOfRequests();
        const answer = await service.check(tenant.id, { listId }, { refresh: false });
        costs.push(log.takeOfRequests().length);
        if (!('job' in answer)) throw new Error('It was done at once');
        await service.cancel(tenant.id, answer.job.id);
      }
    } finally {
      log.stop();
      await desk.close();
    }
    expect(costs[0]).toBeGreaterThan(3);
    expect(costs[1]).toBe(costs[0]);
  });

  it('goes through hundreds of leads whose answers are known, asks for those alone that are not, and adds up at every look', async () => {
    const { listId, phones } = await list('Known', MANY, 20_000);
    const now = new Date();
    const answers = phones
      .filter((_, n) => n % 50 > 0)
      .map((phone, n) => ({
        _id: `${tenant.id} ${phone}`,
        available: n % 3 > 0,
        checkedAt: now,
        expiresAt: new Date(now.getTime() + 86_400_000),
      }));
    await test.connection.collection('availabilityAnswers').insertMany(answers as never[]);
    const before = test.simulator.ledger({ kind: 'availability' }).length;
    const log = new CommandLog(test);
    const end = await done(await started({ listId }));
    const commands = log.takeOfRequests();
    log.stop();
    expect(end).toMatchObject({ total: MANY, checked: MANY, errors: 0, missing: 0 });
    const asked = test.simulator.ledger({ kind: 'availability' }).slice(before) as unknown as { address: string }[];
    expect(asked.map(({ address }) => address).sort()).toEqual(phones.filter((_, n) => n % 50 === 0).sort());
    const count = async (status: string) =>
      (await tenant.get(`/leads?listId=${listId}&availabilityStatus=${status}&limit=1`)).body.pagination.totalCount;
    expect([await count('available'), await count('unavailable')]).toEqual([end.available, end.unavailable]);
    // Known ones are written a hundred at a time; one for each would be as many writes as leads.
    const writes = commands.filter(({ name, collection }) => name === 'update' && collection === 'leads');
    expect(writes.length).toBeLessThan(MANY / 10);
  });

  it('with a repeated check of what it found itself, a second batch asks nothing', async () => {
    const { listId } = await list('Twice', 60, 30_000);
    await done(await started({ listId }));
    const before = test.simulator.ledger({ kind: 'availability' }).length;
    const again = await done(await started({ listId, refresh: true }));
    expect(again.checked).toBe(60);
    expect(test.simulator.ledger({ kind: 'availability' })).toHaveLength(before);
  });
});
