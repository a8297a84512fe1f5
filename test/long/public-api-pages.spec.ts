import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const MORE_THAN_ARE_COUNTED = 10_010;

/** Pages and totals of leads, as clients of the public API turn and count them. */
describe('the public API: pages of leads', () => {
  let test: TestApp;
  let tenant: Tenant;
  let listId: string;

  beforeAll(async () => {
    test = await startTestApp({ BULK_MAX_LEADS: '20000' });
    tenant = await test.tenant();
    listId = (await tenant.post('/lists', { name: 'Bulk' }).expect(201)).body._id as string;
    const leads = Array.from({ length: MORE_THAN_ARE_COUNTED }, (_, index) => ({
      firstName: 'Bulk',
      lastName: index % 4 === 0 ? 'Fourth' : 'Other',
      email: `n${index}@bulk.example`,
    }));
    await tenant.post('/leads', { leads, listId }).expect(201);
  });
  afterAll(() => test.close());

  const page = async (query: string) => (await tenant.get(`/leads?${query}`).expect(200)).body;

  it('row 3: a search counts exactly up to 10,000', async () => {
    const fourths = Math.ceil(MORE_THAN_ARE_COUNTED / 4);
    for (const query of ['search=fourth', 'search=bulk%20fourth', `search=fourth&listId=${listId}`, 'search=fourth&page=13']) {
      const { pagination } = await page(query);
      expect([query, pagination.totalCount, pagination.totalPages]).toEqual([query, fourths, Math.ceil(fourths / 50)]);
      expect(pagination).not.toHaveProperty('totalCountIsLowerBound');
    }
  });

  it('row 3: beyond 10,000 it says that there are more, and all pages that it names can be turned', async () => {
    for (const query of ['search=bulk', `search=bulk&listId=${listId}`]) {
      const { pagination } = await page(`${query}&limit=200`);
      const total = { totalCount: 10_000, totalCountIsLowerBound: true, totalPages: 50 };
      expect(pagination).toEqual({ page: 1, limit: 200, ...total });
      expect((await page(`${query}&limit=200&page=50`)).leads).toHaveLength(200);
      const beyond = await tenant.get(`/leads?${query}&limit=200&page=51`).expect(400);
      expect(beyond.body.error).toContain('use cursor');
    }
  });

  it('row 4: pages without a search go on to 100,000', async () => {
    const { pagination } = await page('limit=200');
    expect(pagination).toEqual({ page: 1, limit: 200, totalCount: MORE_THAN_ARE_COUNTED, totalPages: 51 });
    expect((await page('limit=200&page=51')).leads).toHaveLength(MORE_THAN_ARE_COUNTED - 10_000);
    expect((await page('limit=50&page=2000')).leads).toEqual([]);
    expect((await tenant.get('/leads?limit=50&page=2001').expect(400)).body.error).toContain('use cursor');
  });

  it('rows 22 and 24: a phone is found by its last four digits and more, with signs or without', async () => {
    const row = { firstName: 'John', altPhone1: '+12025551234', altPhone3: '+12025555678' };
    const [id] = (await tenant.post('/leads', { leads: [row] }).expect(201)).body.leadIds as string[];
    for (const query of ['1234', '51234', '5551234', '555-1234', '5678']) {
      const { leads } = await page(`search=${query}`);
      expect([query, leads.map(({ _id }: { _id: string }) => _id)]).toEqual([query, [id]]);
    }
    expect((await page('search=234')).leads).toEqual([]);
  });
});
