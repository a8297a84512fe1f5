import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Page {
  leads: { _id: string; updatedAt: string; phone: string }[];
  lists?: { _id: string }[];
  pagination: { page?: number; limit: number; totalCount?: number; totalPages?: number; nextCursor?: string | null };
}

/** GET and DELETE /api/leads: paging, filters, other tenants. */
describe('reading and deleting leads', () => {
  let test: TestApp;
  let tenant: Tenant;
  let stranger: Tenant;
  let next = 0;

  beforeAll(async () => {
    test = await startTestApp();
    stranger = await test.tenant();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const newList = async (of = tenant) => (await of.post('/lists', { name: 'People' }).expect(201)).body._id as string;
  const rows = (count: number, fields: object = {}) =>
    Array.from({ length: count }, () => ({ phone: `+1202${String(2_000_000 + (next += 1))}`, ...fields }));
  const save = async (leads: object[], listId?: string, of = tenant) =>
    (await of.post('/leads', { leads, ...(listId && { listId }) }).expect(201)).body.leadIds as string[];
  const page = async (query: string) => (await tenant.get(`/leads?${query}`).expect(200)).body as Page;
  const idsOf = ({ leads }: Page) => leads.map(({ _id }) => _id);

  /** All pages by cursor. `between` runs after each. */
  async function walk(query: string, between: () => Promise<unknown> = async () => undefined): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null | undefined = '';
    while (typeof cursor === 'string') {
      const found: Page = await page(`${query}&cursor=${cursor}`);
      ids.push(...idsOf(found));
      cursor = found.pagination.nextCursor;
      await between();
    }
    return ids;
  }

  it('pages by number, newest first, with exact totals and the lists of the workspace', async () => {
    const listId = await newList();
    const ids = await save(rows(7), listId);
    await save(rows(2));
    const second = await page(`listId=${listId}&page=2&limit=3`);
    expect(idsOf(second)).toEqual(ids.toReversed().slice(3, 6));
    expect(second.pagination).toEqual({ page: 2, limit: 3, totalCount: 7, totalPages: 3 });
    expect(second.lists!.map(({ _id }) => _id)).toContain(listId);
    expect((await page('limit=5')).pagination).toEqual({ page: 1, limit: 5, totalCount: 9, totalPages: 2 });
    expect((await page(`listId=${listId}&page=9`)).leads).toEqual([]);
    expect((await page('')).pagination.limit).toBe(50);
  });

  it('pages by cursor: every lead once, also while leads are added', async () => {
    const listId = await newList();
    const ids = await save(rows(23), listId);
    expect(await walk(`listId=${listId}&limit=5`)).toEqual(ids.toReversed());
    const during = await walk(`listId=${listId}&limit=5`, () => save(rows(3), listId));
    expect(during).toEqual(ids.toReversed());
  });

  it('ends a cursor exactly at the end: no empty last page', async () => {
    const listId = await newList();
    await save(rows(4), listId);
    const first = await page(`listId=${listId}&limit=2&cursor=`);
    const second = await page(`listId=${listId}&limit=2&cursor=${first.pagination.nextCursor}`);
    expect(second.leads).toHaveLength(2);
    expect(second.pagination).toEqual({ limit: 2, nextCursor: null });
  });

  it('refuses pages that are too deep and mixing both ways', async () => {
    expect((await tenant.get('/leads?page=2001&limit=50').expect(400)).body.error).toContain('use cursor');
    await tenant.get('/leads?page=2000&limit=50').expect(200);
    await tenant.get('/leads?page=1&cursor=').expect(400);
    for (const wrong of ['limit=0', 'limit=x', 'limit=1.5', 'page=0', 'page=-1', 'page=1e3']) {
      const { body } = await tenant.get(`/leads?${wrong}`).expect(400);
      expect(body.details[0].field).toBe(wrong.split('=')[0]);
    }
  });

  it('finds by id: the lead alone', async () => {
    const [id] = await save(rows(1));
    const { body } = await tenant.get(`/leads?id=${id!.toUpperCase()}`).expect(200);
    expect(body).toEqual({ lead: expect.objectContaining({ _id: id }) });
    await tenant.get(`/leads?id=${'0'.repeat(24)}`).expect(404);
    await tenant.get('/leads?id=5').expect(400);
  });

  it('filters by list, external id, availability and custom field, alone and together', async () => {
    const [one, two] = [await newList(), await newList()];
    const [a] = await save(rows(1, { externalId: 'crm 1+2', customFields: { tier: 'gold', 'a.b': 5, vip: true } }), one);
    const [b] = await save(rows(1, { externalId: 'crm 1+2', customFields: { tier: 'silver', gold: 'tier' } }), two);
    await save(rows(1), one);
    const encoded = encodeURIComponent('crm 1+2');
    expect(idsOf(await page(`externalId=${encoded}`)).sort()).toEqual([a, b].sort());
    expect(await page(`externalId=${encoded}&listId=${one}`)).toMatchObject({
      leads: [{ _id: a }],
      pagination: { totalCount: 1 },
    });
    expect(idsOf(await page('customField=tier:gold'))).toEqual([a]);
    expect(idsOf(await page('customField=a.b:5'))).toEqual([a]);
    expect(idsOf(await page('customField=vip:true'))).toEqual([a]);
    expect(idsOf(await page(`customField=tier:silver&listId=${one}`))).toEqual([]);
    expect(await walk('customField=tier:gold&limit=1')).toEqual([a]);
    expect(idsOf(await page('availabilityStatus=available'))).toEqual([]);
    await test.line(tenant);
    await tenant.get(`/leads/check-availability?id=${b}`).expect(200);
    expect(idsOf(await page('availabilityStatus=available'))).toEqual([b]);
    await tenant.get('/leads?customField=novalue').expect(400);
    await tenant.get('/leads?availabilityStatus=maybe').expect(400);
    await tenant.get(`/leads?listId=${'0'.repeat(24)}`).expect(404);
  });

  it('gives what changed since, in the order of change, every change once', async () => {
    const ids = await save(rows(6));
    const since = (await page(`id=`.replace('id=', 'limit=1'))).leads[0]!.updatedAt;
    expect((await walk(`updatedSince=${since}&limit=2`)).sort()).toEqual([...ids].sort());
    const changed = (await tenant.patch(`/leads/${ids[2]}`, { notes: 'x' }).expect(200)).body.updatedAt as string;
    expect(await walk(`updatedSince=${changed}&limit=2`)).toContain(ids[2]);
    expect(await walk('updatedSince=2999-01-01T00:00:00Z')).toEqual([]);
    for (const wrong of ['yesterday', '2024-13-01', '2024-W10', '2024-123', '2024-02-30', '20240101']) {
      expect((await tenant.get(`/leads?updatedSince=${wrong}`).expect(400)).body.details[0].field).toBe('updatedSince');
    }
  });

  it('loses none and repeats none of many that changed in the same millisecond', async () => {
    const listId = await newList();
    const ids = await save(rows(40), listId);
    expect(await walk(`listId=${listId}&updatedSince=2020-01-01T00:00:00Z&limit=7`)).toEqual([...ids].sort());
  });

  it('deletes one, and says 404 the second time', async () => {
    const listId = await newList();
    const [id] = await save(rows(2), listId);
    expect((await tenant.delete(`/leads/${id}`).expect(200)).body).toEqual({ deletedCount: 1 });
    await tenant.delete(`/leads/${id}`).expect(404);
    await tenant.get(`/leads/${id}`).expect(404);
    expect((await tenant.get(`/lists/${listId}`)).body.leadCount).toBe(1);
    expect((await page('')).pagination.totalCount).toBe(1);
  });

  it('deletes many: unknown ids, repeats and those of another workspace are not counted', async () => {
    const ids = await save(rows(3));
    const theirs = await save(rows(1), undefined, stranger);
    const all = [...ids, ids[0]!.toUpperCase(), ...theirs, '0'.repeat(24)];
    expect((await tenant.delete('/leads', { ids: all }).expect(200)).body).toEqual({ deletedCount: 3 });
    await stranger.get(`/leads/${theirs[0]}`).expect(200);
    expect((await tenant.delete('/leads', { ids: all }).expect(200)).body).toEqual({ deletedCount: 0 });
  });

  it('deletes at most 1,000 a call, and nothing when one id is malformed', async () => {
    const ids = await save(rows(2));
    const many = (count: number) => Array.from({ length: count }, (_, n) => n.toString(16).padStart(24, '0'));
    await tenant.delete('/leads', { ids: many(1_001) }).expect(400);
    await tenant.delete('/leads', { ids: many(1_000) }).expect(200);
    await tenant.delete('/leads', { ids: [] }).expect(400);
    const { body } = await tenant.delete('/leads', { ids: [ids[0], 'x'] }).expect(400);
    expect(body.details[0].field).toBe('ids[1]');
    await tenant.get(`/leads/${ids[0]}`).expect(200);
  });

  it('shows nothing of another workspace, anywhere', async () => {
    const listId = await newList(stranger);
    const [id] = await save(rows(1, { externalId: 'secret', customFields: { tier: 'hidden' } }), listId, stranger);
    for (const path of [`/leads/${id}`, `/leads?id=${id}`, `/leads?listId=${listId}`]) await tenant.get(path).expect(404);
    for (const query of ['', 'externalId=secret', 'customField=tier:hidden', 'updatedSince=2020-01-01T00:00:00Z&cursor=']) {
      expect((await page(query)).leads).toEqual([]);
    }
    await tenant.patch(`/leads/${id}`, { notes: 'x' }).expect(404);
    await tenant.delete(`/leads/${id}`).expect(404);
    expect((await stranger.get(`/leads/${id}`)).body.notes).toBeNull();
  });
});
