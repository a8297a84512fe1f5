import request from 'supertest';
import { Ticks } from '../../src/platform/ticks';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** What a workspace decides for itself: whether new leads are checked for iMessage. */
describe('the workspace', () => {
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_SYNC_MAX: '1' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const phones = (count: number, from = 0) =>
    Array.from({ length: count }, (_, n) => `+1415${String(3_000_000 + serial * 1_000 + (from + n) * 10).slice(0, 6)}3`);
  const leads = (of: readonly string[]) => of.map((phone) => ({ phone }));
  const asked = (of: readonly string[]) =>
    test.simulator
      .ledger({ kind: 'availability' })
      .map((entry) => (entry as { address: string }).address)
      .filter((address) => of.includes(address));
  const checkNewLeads = (autoCheckAvailability = true) => tenant.patch('/workspace', { autoCheckAvailability });

  it('is shown and changed by its key, and by a session of an admin; a member only reads', async () => {
    const { body } = await tenant.get('/workspace').expect(200);
    expect(body).toEqual({
      _id: tenant.id,
      name: tenant.id,
      readOnlyReason: null,
      rateLimitPerMinute: 10_000_000,
      autoCheckAvailability: false,
      optOutScope: 'channel',
      optOutMatching: 'whole',
      optOutWords: [],
      languages: ['en'],
      sharedAddressLeads: 3,
      reviewDays: 5,
      quietHours: 'off',
      maxMessagesPerPersonPerDay: null,
      minHoursBetweenCampaigns: 0,
      guessZoneFromAreaCode: false,
      helpText: null,
      optOutConfirmation: null,
      postalAddress: null,
      createdAt: expect.any(String),
    });
    expect((await checkNewLeads().expect(200)).body.autoCheckAvailability).toBe(true);
    expect((await tenant.patch('/workspace', {}).expect(200)).body.autoCheckAvailability).toBe(true);
    const as = (role: 'admin' | 'member') => {
      const token = `Bearer ${test.session(tenant.id, role)}`;
      return {
        get: () => request(test.url).get('/api/workspace').set('authorization', token),
        patch: (body: object) => request(test.url).patch('/api/workspace').set('authorization', token).send(body),
      };
    };
    expect((await as('admin').patch({ autoCheckAvailability: false }).expect(200)).body.autoCheckAvailability).toBe(false);
    expect((await as('member').patch({ autoCheckAvailability: true }).expect(403)).body.code).toBe('ADMIN_SESSION_REQUIRED');
    expect((await as('member').get().expect(200)).body.autoCheckAvailability).toBe(false);
    const other = await test.tenant();
    expect((await other.get('/workspace').expect(200)).body._id).toBe(other.id);
  });

  it('new leads are left alone by default, and checked when it says so, in one job however they come', async () => {
    await test.line(tenant);
    const alone = phones(2);
    await tenant.post('/leads', { leads: leads(alone) }).expect(201);
    await checkNewLeads().expect(200);
    const now = phones(30, 10);
    const ids: string[] = [];
    for (const one of leads(now.slice(0, 10)))
      ids.push(...(await tenant.post('/leads', { leads: [one] }).expect(201)).body.leadIds);
    ids.push(...(await tenant.post('/leads', { leads: leads(now.slice(10)) }).expect(201)).body.leadIds);
    await eventually(async () => asked(now).length === 30);
    const statusOf = async (id: string) => (await tenant.get(`/leads/${id}`)).body.availabilityStatus;
    for (const id of ids) await eventually(async () => (await statusOf(id)) !== null);
    expect(new Set(asked(now)).size).toBe(30);
    expect(asked(alone)).toEqual([]);
    const jobs = test.connection.collection('backgroundJobs');
    await eventually(async () => (await jobs.countDocuments({ workspaceId: tenant.id, unfinished: { $gt: '' } })) === 0);
    expect(await test.connection.collection('availabilityTargets').countDocuments({ workspaceId: tenant.id })).toBe(0);
  });

  it('those are behind what somebody asks for', async () => {
    await test.line(tenant);
    const before = phones(20);
    const listId = (await tenant.post('/lists', { name: 'Asked for' })).body._id as string;
    await tenant.post('/leads', { leads: leads(before), listId }).expect(201);
    // A bridge that takes its time, so that both are under way at once.
    test.simulator.control({ latencyMs: 40 });
    const { jobId } = (await tenant.post('/leads/check-availability', { listId }).expect(202)).body;
    await checkNewLeads().expect(200);
    const later = phones(10, 50);
    await tenant.post('/leads', { leads: leads(later) }).expect(201);
    const state = async () => (await tenant.get(`/leads/check-availability/jobs/${jobId}`)).body.state as string;
    await eventually(async () => (await state()) === 'completed');
    await eventually(async () => asked(later).length === 10);
    const order = test.simulator
      .ledger({ kind: 'availability' })
      .map((entry) => (entry as { address: string }).address)
      .filter((address) => [...before, ...later].includes(address));
    expect(order.slice(0, 20).sort()).toEqual([...before].sort());
  });

  it('a job that was never started, since somebody died, is started by the next look', async () => {
    await test.line(tenant);
    await checkNewLeads().expect(200);
    const [phone] = phones(1);
    const kind = { workspaceId: tenant.id as string, kind: 'availability-new-leads' };
    await tenant.patch('/workspace', { autoCheckAvailability: false }).expect(200);
    const { leadIds } = (await tenant.post('/leads', { leads: leads([phone!]) }).expect(201)).body;
    await tenant.patch('/workspace', { autoCheckAvailability: true }).expect(200);
    await test.connection
      .collection('availabilityTargets')
      .insertOne({ workspaceId: tenant.id, batch: 'availability-new-leads', lastId: leadIds[0], leadIds });
    expect(await test.connection.collection('backgroundJobs').countDocuments(kind)).toBe(0);
    await test.app.get(Ticks).now('check new leads');
    await eventually(async () => asked([phone!]).length === 1);
  });

  it('what waits is forgotten when it does not want it any more', async () => {
    await checkNewLeads().expect(200);
    const waiting = phones(3);
    await tenant.post('/leads', { leads: leads(waiting) }).expect(201);
    const targets = test.connection.collection('availabilityTargets');
    const left = () => targets.countDocuments({ workspaceId: tenant.id });
    await checkNewLeads(false).expect(200);
    const jobs = test.connection.collection('backgroundJobs');
    // Without a line it looks again in a minute; now, for the test.
    await eventually(async () => {
      // One that is due is left alone: a write at every look would be in the way of its own. Bull holds a job
      // of the old number until the minute is over.
      const waits = { workspaceId: tenant.id, runAt: { $gt: new Date() } };
      await jobs.updateMany(waits, { $set: { runAt: new Date(0) }, $inc: { moves: 1 } });
      return (await left()) === 0;
    });
    expect(asked(waiting)).toEqual([]);
  });
});
