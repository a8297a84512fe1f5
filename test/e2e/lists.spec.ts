import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

describe('lists', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const newList = async (name = 'People') => (await tenant.post('/lists', { name }).expect(201)).body._id as string;
  const save = async (listId: string, phones: string[]) =>
    (await tenant.post('/leads', { listId, leads: phones.map((phone) => ({ phone })) }).expect(201)).body.leadIds as string[];
  const list = async (id: string) => (await tenant.get(`/lists/${id}`).expect(200)).body;
  const campaign = async (listId: string) => {
    const steps = [{ template: 'Hi', wait: { amount: 1, unit: 'days' } }];
    return (await tenant.post('/campaigns', { name: 'Spring', listId, steps }).expect(201)).body._id as string;
  };

  it('creates, reads, renames, describes, and lists both ways', async () => {
    const { body } = await tenant.post('/lists', { name: '  Spring fair ', description: 'Booth 7' }).expect(201);
    expect(body).toMatchObject({ name: 'Spring fair', description: 'Booth 7', leadCount: 0 });
    expect(await list(body._id)).toEqual(body);
    const renamed = (await tenant.patch(`/lists/${body._id}`, { name: 'Autumn' }).expect(200)).body;
    expect(renamed).toMatchObject({ _id: body._id, name: 'Autumn', description: 'Booth 7' });
    expect((await tenant.patch(`/lists/${body._id}`, { description: null }).expect(200)).body.description).toBeNull();
    const others = [await newList('B'), await newList('C')];
    const byPage = (await tenant.get('/lists?page=2&limit=2').expect(200)).body;
    expect(byPage.lists.map(({ _id }: { _id: string }) => _id)).toEqual([others[1]]);
    expect(byPage.pagination).toEqual({ page: 2, limit: 2, totalCount: 3, totalPages: 2 });
    const first = (await tenant.get('/lists?limit=2&cursor=').expect(200)).body;
    const rest = (await tenant.get(`/lists?limit=2&cursor=${first.pagination.nextCursor}`).expect(200)).body;
    expect([...first.lists, ...rest.lists].map(({ _id }) => _id)).toEqual([body._id, ...others]);
    expect(rest.pagination.nextCursor).toBeNull();
  });

  it('counts members exactly through saves, duplicates, deletes and moves', async () => {
    const [one, two] = [await newList(), await newList()];
    const ids = await save(one, ['+12025550101', '+12025550102', '+12025550103', '+12025550101']);
    expect((await list(one)).leadCount).toBe(3);
    await tenant.delete('/leads', { ids: [ids[0]] }).expect(200);
    await tenant.patch(`/leads/${ids[1]}`, { listId: two }).expect(200);
    expect([(await list(one)).leadCount, (await list(two)).leadCount]).toEqual([1, 1]);
  });

  it('counts exactly after very many small saves, which are folded in the background', async () => {
    const id = await newList();
    for (let from = 0; from < 200; from += 20) {
      const numbers = Array.from({ length: 20 }, (_, n) => `+1202555${String(1_000 + from + n)}`);
      await Promise.all(numbers.map((phone) => save(id, [phone])));
    }
    expect((await list(id)).leadCount).toBe(200);
    const rows = () => test.connection.collection('counters').countDocuments({ subject: `list:${id}` });
    await eventually(async () => (await rows()) < 64);
    expect((await list(id)).leadCount).toBe(200);
  });

  it('deletes an empty list', async () => {
    const id = await newList();
    expect((await tenant.delete(`/lists/${id}`).expect(200)).body).toEqual({ deletedCount: 1, leadCount: 0 });
    await tenant.get(`/lists/${id}`).expect(404);
    await tenant.delete(`/lists/${id}`).expect(404);
    await tenant.patch(`/lists/${id}`, { name: 'x' }).expect(404);
    await tenant.post('/leads', { listId: id, leads: [{ phone: '+12025550101' }] }).expect(404);
  });

  it('409 for a list with leads; with deleteLeads=true it is gone at once and its leads in the background', async () => {
    const id = await newList();
    const [lead] = await save(id, ['+12025550101', '+12025550102']);
    expect((await tenant.delete(`/lists/${id}`).expect(409)).body.code).toBe('LIST_HAS_LEADS');
    expect((await tenant.delete(`/lists/${id}?deleteLeads=false`).expect(409)).body.code).toBe('LIST_HAS_LEADS');
    await tenant.delete(`/lists/${id}?deleteLeads=perhaps`).expect(400);
    expect((await list(id)).leadCount).toBe(2);
    expect((await tenant.delete(`/lists/${id}?deleteLeads=true`).expect(200)).body).toEqual({ deletedCount: 1, leadCount: 2 });
    await tenant.get(`/lists/${id}`).expect(404);
    expect((await tenant.get('/lists')).body.lists).toEqual([]);
    await eventually(async () => (await tenant.get(`/leads/${lead}`)).status === 404);
    await eventually(async () => (await tenant.get('/leads')).body.pagination.totalCount === 0);
  });

  it('is unknown to every call that begins after the answer, however busy it was before', async () => {
    const id = await newList();
    await save(id, ['+12025550101']);
    await tenant.get(`/leads?cursor=&listId=${id}`).expect(200);
    await tenant.delete(`/lists/${id}?deleteLeads=true`).expect(200);
    await tenant.post('/leads', { listId: id, leads: [{ phone: '+12025550102' }] }).expect(404);
    await tenant.get(`/leads?cursor=&listId=${id}`).expect(404);

    const quick = async (phone: string) =>
      (await tenant.post('/leads', { leads: [{ phone }] }).expect(201)).body.listId as string;
    const first = await quick('+12025550103');
    expect(await quick('+12025550104')).toBe(first);
    await tenant.delete(`/lists/${first}?deleteLeads=true`).expect(200);
    expect(await quick('+12025550103')).not.toBe(first);
  });

  it('409 while a campaign that is not archived uses it', async () => {
    const id = await newList();
    const spring = await campaign(id);
    expect((await tenant.delete(`/lists/${id}`).expect(409)).body).toMatchObject({
      code: 'LIST_IN_USE',
      error: expect.stringContaining('Spring'),
    });
    await tenant.post(`/campaigns/${spring}/archive`).expect(200);
    await tenant.delete(`/lists/${id}`).expect(200);
  });

  it('lets guests go and keeps them: members whose home is another list', async () => {
    await test.line(tenant);
    const [home, other] = [await newList('Home'), await newList('Other')];
    const [guest] = await save(home, ['+12025550101']);
    const spring = await campaign(other);
    await tenant.post(`/campaigns/${spring}/launch`).expect(200);
    await tenant.post(`/campaigns/${spring}/leads`, { leadId: guest }).expect(200);
    expect((await tenant.get(`/leads/${guest}`)).body.listIds).toEqual([home, other]);
    expect((await list(other)).leadCount).toBe(1);
    await tenant.post(`/campaigns/${spring}/archive`).expect(200);
    await tenant.delete(`/lists/${other}`).expect(200);
    await eventually(async () => (await tenant.get(`/leads/${guest}`).expect(200)).body.listIds.length === 1);
    expect((await tenant.get(`/leads/${guest}`)).body).toMatchObject({ listId: home, listIds: [home] });
    expect((await list(home)).leadCount).toBe(1);
  });

  it("is not another workspace's to see, change or delete", async () => {
    const id = await newList();
    const stranger = await test.tenant();
    await stranger.get(`/lists/${id}`).expect(404);
    await stranger.patch(`/lists/${id}`, { name: 'Mine' }).expect(404);
    await stranger.delete(`/lists/${id}?deleteLeads=true`).expect(404);
    expect((await stranger.get('/lists')).body.lists).toEqual([]);
    expect((await list(id)).name).toBe('People');
  });
});
