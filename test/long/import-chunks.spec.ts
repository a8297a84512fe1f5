import fc from 'fast-check';
import { EnrollmentService } from '../../src/campaigns';
import { PlannedLeadsService } from '../../src/leads';
import { CampaignDesk, MUCH_LATER } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { importTools } from '../support/import-tools';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Row {
  externalId: string;
  phone: string;
  email: string;
}

/** While a chunk is saved, it is worked out what the next one comes to. */
describe('an import in chunks of two rows', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ IMPORT_CHUNK_ROWS: '2' });
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const { importAll, leadsIn, fileOf } = importTools(() => ({ test, tenant }));
  const newList = async () => (await tenant.post('/lists', { name: 'Chunks' }).expect(201)).body._id as string;
  const identities = (leads: Record<string, unknown>[]) =>
    leads.map(({ externalId, phone, email }) => [externalId, phone, email]);
  const mapping = '{"externalId":"externalId"}';
  const csvOf = (rows: readonly Row[]) =>
    `externalId,phone,email\n${rows.map(({ externalId, phone, email }) => `${externalId},${phone},${email}\n`).join('')}`;

  const row = fc.record({
    externalId: fc.constantFrom('', '', 'a', 'b'),
    phone: fc.constantFrom('', '+12025550101', '+12025550102', '+12025550103'),
    email: fc.constantFrom('', 'ann@example.com', 'bob@example.com', 'cleo@example.com'),
  });

  it('comes to the same as all rows in one call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 3, maxLength: 12 }), async (rows) => {
        const filled = rows.filter(({ externalId, phone, email }) => externalId || phone || email);
        if (filled.length === 0) return;
        const [ofFile, ofCall] = [await newList(), await newList()];
        const leads = filled.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== '')));
        const called = (await tenant.post('/leads', { leads, listId: ofCall, onInvalid: 'skip' })).body as Record<string, number>;
        const imported = await importAll(csvOf(filled), { listId: ofFile, mapping });
        expect(identities(await leadsIn(ofFile))).toEqual(identities(await leadsIn(ofCall)));
        expect([imported.saved, imported.duplicate, imported.invalid]).toEqual([
          called.savedCount,
          called.duplicateCount,
          called.invalidCount ?? 0,
        ]);
        const ids = new Set((await leadsIn(ofFile)).map(({ _id }) => _id));
        const duplicates = (await fileOf(imported.id, 'duplicates')).trim().split('\n').slice(1);
        expect(duplicates.filter((line) => !ids.has(line.split(',')[2]!))).toEqual([]);
      }),
      { numRuns: runs(15) },
    );
  });

  it('looks again where somebody else saves a person in the meantime', async () => {
    const listId = await newList();
    const planned = test.app.get(PlannedLeadsService);
    const plan = planned.plan.bind(planned);
    let calls = 0;
    jest.spyOn(planned, 'plan').mockImplementation(async (...given) => {
      const result = await plan(...given);
      calls += 1;
      // Of the first chunk: the second one's plan was made as if this row were the file's.
      if (calls === 1) await tenant.post('/leads', { leads: [{ phone: '+12025550102' }], listId }).expect(201);
      return result;
    });
    const rows = ['101', '102', '103', '102', '101', '104'].map((end) => `+12025550${end}\n`);
    const result = await importAll(`phone\n${rows.join('')}`, { listId });
    expect(result).toMatchObject({ state: 'completed', rows: 6, saved: 3, duplicate: 3 });
    const leads = await leadsIn(listId);
    expect(new Set(leads.map(({ phone }) => phone)).size).toBe(4);
    const ids = new Map(leads.map(({ _id, phone }) => [_id, phone]));
    const duplicates = (await fileOf(result.id, 'duplicates')).trim().split('\n').slice(1);
    expect(duplicates.map((line) => ids.get(line.split(',')[2]))).toEqual(['+12025550102', '+12025550102', '+12025550101']);
  });

  it('fails where its list goes away, and keeps what was counted', async () => {
    const listId = await newList();
    const planned = test.app.get(PlannedLeadsService);
    const saveWithin = planned.saveWithin.bind(planned);
    let saves = 0;
    jest.spyOn(planned, 'saveWithin').mockImplementation(async (...given) => {
      saves += 1;
      if (saves === 3) await tenant.delete(`/lists/${listId}?deleteLeads=true`).expect(200);
      return saveWithin(...given);
    });
    const rows = Array.from({ length: 12 }, (_, index) => `+1202555${1_000 + index}\n`);
    const result = await importAll(`phone\n${rows.join('')}`, { listId });
    expect(result).toMatchObject({ state: 'failed', error: 'List not found', rows: 4, saved: 4 });
  });

  describe('into a campaign', () => {
    let desk: CampaignDesk;
    let campaignId: string;
    const [listed, shared, other, last] = ['101', '102', '103', '104'].map((end) => `+12025550${end}`);
    const file = `phone,altPhone1\n${listed},${shared}\n${other},\n${shared},\n${last},\n`;
    const enrolled = async () => {
      const phones = (await leadsIn(desk.listId)).filter(({ _id }) => known.has(_id as string)).map(({ phone }) => phone);
      return phones.sort();
    };
    let known: Set<string>;
    const importInto = async () => {
      const result = await importAll(file, { campaignId });
      const { enrollments } = (await tenant.get(`/campaigns/${campaignId}/leads`).expect(200)).body;
      known = new Set((enrollments as { leadId: string }[]).map(({ leadId }) => leadId));
      return result;
    };

    beforeEach(async () => {
      await test.line(tenant);
      desk = await new CampaignDesk(test, tenant).open();
      campaignId = await desk.launched([{ template: 'Hi', wait: MUCH_LATER }]);
    });

    it('leaves out who is listed through a lead of the chunk before, which is not saved yet', async () => {
      await tenant.post('/suppressions', { address: listed, reason: 'manual' }).expect(201);
      const [service, planned] = [test.app.get(EnrollmentService), test.app.get(PlannedLeadsService)];
      const [planMembers, saveWithin] = [service.planMembers.bind(service), planned.saveWithin.bind(planned)];
      let plans = 0;
      jest.spyOn(service, 'planMembers').mockImplementation(async (...given) => {
        const result = await planMembers(...given);
        plans += 1;
        return result;
      });
      jest.spyOn(planned, 'saveWithin').mockImplementation(async (...given) => {
        await eventually(async () => Promise.resolve(plans >= 2));
        return saveWithin(...given);
      });
      expect(await importInto()).toMatchObject({ state: 'completed', saved: 4, enrolled: 2 });
      expect(await enrolled()).toEqual([other, last]);
    });

    it('looks again who is to be enrolled where the campaign was changed in the meantime', async () => {
      const service = test.app.get(EnrollmentService);
      const planMembers = service.planMembers.bind(service);
      jest.spyOn(service, 'planMembers').mockImplementation(async (...given) => {
        const result = await planMembers(...given);
        if ((await tenant.get('/suppressions')).body.suppressions.length === 0) {
          await tenant.post('/suppressions', { address: listed, reason: 'manual' }).expect(201);
          await tenant.patch(`/campaigns/${campaignId}`, { name: 'Changed' }).expect(200);
        }
        return result;
      });
      expect(await importInto()).toMatchObject({ state: 'completed', saved: 4, enrolled: 2 });
      expect(await enrolled()).toEqual([other, last]);
    });
  });
});
