import { CommandLog } from '../support/commands';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Shown {
  _id: string;
  status: string;
  leadId: string;
  externalId: string | null;
}

const UNKNOWN = '0123456789abcdef01234567';

/** Filters of lists, and the lists that came with them. */
describe('filters and lists', () => {
  let test: TestApp;
  let tenant: Tenant;
  let stranger: Tenant;
  let listId: string;
  let line: string;
  let leads: string[];
  let messages: string[];

  beforeAll(async () => {
    test = await startTestApp();
    [tenant, stranger] = [await test.tenant(), await test.tenant()];
    line = (await test.line(tenant)).id;
    listId = (await tenant.post('/lists', { name: 'People' }).expect(201)).body._id as string;
    const rows = Array.from({ length: 6 }, (_, n) => ({ phone: `+1646555${1_300 + n}`, ...(n < 4 && { externalId: `X${n}` }) }));
    leads = (await tenant.post('/leads', { leads: rows, listId }).expect(201)).body.leadIds as string[];
    await tenant.post('/leads', { leads: [{ email: 'else@example.com' }] }).expect(201);
    messages = [];
    for (const [n, leadId] of leads.entries()) {
      const body = { message: 'Later', leadId, scheduledDate: '2100-01-01T00:00:00Z', ...(n < 3 && { batchId: 'spring' }) };
      const fixed = n === 0 && { fromLineId: line };
      messages.push((await tenant.post('/messages', { ...body, ...fixed }).expect(201)).body.message._id as string);
    }
    await tenant.post(`/messages/${messages[5]}/cancel`).expect(200);
  });
  afterAll(() => test.close());

  const of = async (path: string, by = tenant) => (await by.get(path).expect(200)).body.messages as Shown[];
  const ids = async (path: string, by = tenant) => (await of(path, by)).map(({ _id }) => _id);
  const refused = async (path: string) =>
    (await tenant.get(path).expect(400)).body.details.map(({ field }: { field: string }) => field) as string[];

  it('messages by several statuses, by batch, external id and line', async () => {
    const newest = messages.toReversed();
    expect(await ids('/messages?status=scheduled,cancelled')).toEqual(newest);
    expect(await ids('/messages?status=scheduled&status=cancelled')).toEqual(newest);
    expect(await ids('/messages?status=cancelled')).toEqual([messages[5]]);
    expect(await ids('/messages?status=cancelled,sent')).toEqual([messages[5]]);
    expect(await ids('/messages?batchId=spring')).toEqual(newest.slice(3));
    expect(await ids('/messages?batchId=spring&externalId=X1')).toEqual([messages[1]]);
    expect(await ids('/messages?externalId=X3')).toEqual([messages[3]]);
    expect(await ids(`/messages?externalId=X3&leadId=${leads[2]}`)).toEqual([]);
    expect(await ids('/messages?externalId=unknown')).toEqual([]);
    expect(await ids(`/messages?lineId=${line}`)).toEqual([messages[0]]);
    for (const path of ['/messages', '/messages?batchId=spring', '/messages?externalId=X1', `/messages?leadId=${leads[1]}`]) {
      expect(await ids(path, stranger)).toEqual([]);
    }
  });

  it('shows the external id beside the lead, with one look for all leads of a page', async () => {
    const log = new CommandLog(test);
    const shown = await of('/messages');
    const asked = CommandLog.readsOf('leads', log.take());
    expect(shown.map(({ externalId }) => externalId)).toEqual([null, null, 'X3', 'X2', 'X1', 'X0']);
    expect(asked).toBe(1);
    expect((await tenant.get(`/messages/${messages[2]}`).expect(200)).body.externalId).toBe('X2');
  });

  it('refuses what no filter can have, by its name', async () => {
    expect(await refused('/messages?status=sent,nonsense')).toEqual(['status']);
    expect(await refused('/messages?status=sent&status=constructor')).toEqual(['status']);
    expect(await refused('/messages?status=sent,')).toEqual(['status']);
    expect(await refused('/messages?status[a]=sent')).toEqual(['status[a]']);
    expect(await refused('/messages?lineId=5')).toEqual(['lineId']);
    expect(await refused('/messages?updatedSince=2024-02-30')).toEqual(['updatedSince']);
    // The cursor of another order.
    const { nextCursor } = (await tenant.get('/messages?limit=1&cursor=').expect(200)).body.pagination;
    expect(await refused(`/messages?updatedSince=2024-01-01T00:00:00Z&cursor=${nextCursor}`)).toEqual(['cursor']);
    expect(await refused('/leads/count?limit=5')).toEqual(['limit']);
    expect(await refused(`/lists/${listId}/leads?listId=${listId}`)).toEqual(['listId']);
    expect(await refused(`/leads/${leads[0]}/messages?leadId=${leads[0]}`)).toEqual(['leadId']);
    expect(await refused('/leads/imports?cursor=x')).toEqual(['cursor']);
  });

  it('the messages of a lead', async () => {
    const more = (await tenant.post('/messages', { message: 'Again', leadId: leads[4], scheduledDate: '2100-01-01' }).expect(201))
      .body.message._id as string;
    expect(await ids(`/leads/${leads[4]}/messages`)).toEqual([more, messages[4]]);
    expect(await ids(`/leads/${leads[4]}/messages?limit=1&page=2`)).toEqual([messages[4]]);
    expect(await ids(`/leads/${leads[4]}/messages?status=failed`)).toEqual([]);
    await tenant.get(`/leads/${UNKNOWN}/messages`).expect(404);
    await stranger.get(`/leads/${leads[4]}/messages`).expect(404);
    await tenant.post(`/messages/${more}/cancel`).expect(200);
  });

  it('the leads of a list, and how many there are', async () => {
    const { body } = await tenant.get(`/lists/${listId}/leads?limit=4`).expect(200);
    expect(body.leads.map(({ _id }: Shown) => _id)).toEqual(leads.toReversed().slice(0, 4));
    expect(body.pagination).toEqual({ page: 1, limit: 4, totalCount: 6, totalPages: 2 });
    const changed = await tenant.get(`/lists/${listId}/leads?updatedSince=2024-01-01T00:00:00Z&cursor=`).expect(200);
    expect(changed.body.leads.map(({ _id }: Shown) => _id)).toEqual(leads);
    expect(changed.body.deleted).toEqual([]);
    await tenant.get(`/lists/${UNKNOWN}/leads`).expect(404);
    await stranger.get(`/lists/${listId}/leads`).expect(404);
    const count = async (query: string, by = tenant) => (await by.get(`/leads/count${query}`).expect(200)).body as object;
    expect(await count('')).toEqual({ count: 7 });
    expect(await count(`?listId=${listId}`)).toEqual({ count: 6 });
    expect(await count('?externalId=X1')).toEqual({ count: 1 });
    expect(await count('?search=else')).toEqual({ count: 1 });
    expect(await count('?search=nobody')).toEqual({ count: 0 });
    expect(await count('?suppressed=true')).toEqual({ count: 0 });
    expect(await count(`?updatedSince=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual({ count: 0 });
    expect(await count('', stranger)).toEqual({ count: 0 });
    await tenant.get(`/leads/count?listId=${UNKNOWN}`).expect(404);
  });

  it('the imports and the checks of many leads, newest first', async () => {
    const started: string[] = [];
    for (const name of ['a.csv', 'b.csv', 'c.csv']) {
      const upload = tenant.call('post', '/leads/imports').attach('file', Buffer.from('Email\nnobody\n'), name);
      started.push((await upload.expect(202)).body.importId as string);
    }
    const { body } = await tenant.get('/leads/imports').expect(200);
    expect(body.imports.map(({ _id }: Shown) => _id)).toEqual(started.toReversed());
    expect(body.pagination).toEqual({ page: 1, limit: 50, totalCount: 3, totalPages: 1 });
    const one = await tenant.get('/leads/imports?limit=2&cursor=').expect(200);
    expect(one.body.imports).toHaveLength(2);
    const rest = await tenant.get(`/leads/imports?limit=2&cursor=${one.body.pagination.nextCursor}`).expect(200);
    expect(rest.body.imports.map(({ _id }: Shown) => _id)).toEqual([started[0]]);
    expect((await stranger.get('/leads/imports').expect(200)).body.imports).toEqual([]);
    const many = Array.from({ length: 101 }, (_, n) => ({ phone: `+1646555${2_000 + n}` }));
    const { leadIds } = (await tenant.post('/leads', { leads: many }).expect(201)).body;
    const { jobId } = (await tenant.post('/leads/check-availability', { leadIds }).expect(202)).body;
    const { jobs } = (await tenant.get('/leads/check-availability/jobs').expect(200)).body;
    expect(jobs).toEqual([expect.objectContaining({ _id: jobId, jobId, total: 101 })]);
    await tenant.delete(`/leads/check-availability/jobs/${jobId}`).expect(200);
    expect((await stranger.get('/leads/check-availability/jobs').expect(200)).body.jobs).toEqual([]);
  });
});
