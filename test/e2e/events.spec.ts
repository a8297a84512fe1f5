import { ObjectId } from 'mongodb';
import { eventually } from '../support/eventually';
import { HookDesk } from '../support/hook-desk';
import { Receiver } from '../support/receiver';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Told {
  id: string;
  type: string;
  createdAt: string;
  data: { id: string; event: string; workspaceId: string; leadId?: string };
}
interface Page {
  events: Told[];
  pagination: { limit: number; nextCursor: string; hasMore: boolean };
}

describe('the feed of events', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  const page = async (tenant: Tenant, query = ''): Promise<Page> =>
    (await tenant.get(`/events?${query}`).expect(200)).body as Page;
  const save = async (tenant: Tenant, ...emails: string[]) =>
    (await tenant.post('/leads', { leads: emails.map((email) => ({ email })) }).expect(201)).body.leadIds as string[];
  const emails = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}.${index}@example.com`);
  const all = async (tenant: Tenant, from = '', query = ''): Promise<Told[]> => {
    const found: Told[] = [];
    for (let cursor = from; ;) {
      const { events, pagination } = await page(tenant, `cursor=${cursor}&limit=200${query}`);
      found.push(...events);
      if (!pagination.hasMore) return found;
      cursor = pagination.nextCursor;
    }
  };
  const events = () =>
    test.connection.collection<{ place: number; count: number; expiresAt: Date; workspaceId: string }>('events');
  const batches = () => test.connection.collection<{ expiresAt: Date; workspaceId: string }>('eventBatches');

  it('holds what was saved as soon as it was, whether or not a webhook wants it', async () => {
    const tenant = await test.tenant();
    const empty = await page(tenant);
    expect(empty).toEqual({ events: [], pagination: { limit: 50, nextCursor: expect.any(String), hasMore: false } });
    const [lead] = await save(tenant, 'one@example.com');
    await tenant.patch(`/leads/${lead}`, { firstName: 'Ann' }).expect(200);
    await tenant.delete('/leads', { ids: [lead] }).expect(200);
    await tenant.post('/suppressions', { address: 'one@example.com' }).expect(201);
    const { events: told, pagination } = await page(tenant, `cursor=${empty.pagination.nextCursor}`);
    const types = ['lead.created', 'lead.updated', 'lead.deleted', 'contact.opted_out'];
    expect(told.map(({ type }) => type)).toEqual(types);
    for (const { id, type, createdAt, data } of told) {
      expect(data).toMatchObject({ id, event: type, workspaceId: tenant.id, timestamp: expect.any(String) });
      expect(new Date(createdAt).toISOString()).toBe(createdAt);
    }
    // The cursor is there to come back with, and nothing comes twice.
    expect(pagination.hasMore).toBe(false);
    const later = await page(tenant, `cursor=${pagination.nextCursor}`);
    expect(later).toEqual({ events: [], pagination: { ...pagination } });
    await save(tenant, 'two@example.com');
    expect((await page(tenant, `cursor=${pagination.nextCursor}`)).events).toHaveLength(1);
  });

  it('says exactly what a webhook is sent', async () => {
    const tenant = await test.tenant();
    const receiver = await Receiver.start();
    const hooks = new HookDesk(tenant, receiver);
    const endpoint = await hooks.subscribe(['lead.created', 'lead.deleted']);
    const [lead] = await save(tenant, 'same@example.com');
    await tenant.delete('/leads', { ids: [lead] }).expect(200);
    await hooks.got(endpoint, 2);
    const log = new Map((await hooks.log(endpoint)).map((delivery) => [delivery.eventId, delivery]));
    const { events: told } = await page(tenant);
    expect(told).toHaveLength(2);
    for (const { id, data } of told) expect(JSON.stringify(data)).toBe(log.get(id)!.body);
    await receiver.close();
  });

  it('gives each event exactly once to a reader while many write', async () => {
    const tenant = await test.tenant();
    const beside = await startTestApp({}, undefined, test);
    const other = { ...tenant, url: beside.url };
    const written: string[] = [];
    let isWriting = true;
    const write = async (writer: number) => {
      for (let round = 0; round < 12; round += 1) {
        // Those with many rows commit long after those with one, which began later.
        const count = writer === 0 ? 800 : 1;
        const leads = emails(`writer${writer}.${round}`, count).map((email) => ({ email }));
        if (writer % 2 === 0) written.push(...(await save(tenant, ...leads.map(({ email }) => email))));
        else {
          const headers = { authorization: `Bearer ${other.key}`, 'content-type': 'application/json' };
          const answer = await fetch(`${beside.url}/api/leads`, { method: 'POST', headers, body: JSON.stringify({ leads }) });
          written.push(...((await answer.json()) as { leadIds: string[] }).leadIds);
        }
      }
    };
    const writers = Promise.all([0, 1, 2, 3, 4, 5].map(write)).finally(() => (isWriting = false));
    const seen: string[] = [];
    let pages = 0;
    for (let cursor = ''; ;) {
      const isLast = !isWriting;
      const { events: told, pagination } = await page(tenant, `cursor=${cursor}&limit=200&types=lead.created`);
      seen.push(...told.map(({ data }) => data.leadId!));
      pages += 1;
      cursor = pagination.nextCursor;
      if (isLast && !pagination.hasMore) break;
    }
    await writers;
    await beside.close();
    expect(written).toHaveLength(12 * 800 + 5 * 12);
    expect(pages).toBeGreaterThan(20);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.sort()).toEqual(written.sort());
    // Places are without a gap.
    const kept = await events().find({ workspaceId: tenant.id }).sort({ place: 1 }).toArray();
    let place = 0;
    for (const one of kept) expect(one.place).toBe((place += one.count));
    expect(place).toBe(written.length);
    expect(kept.length).toBeLessThan(1_000);
  });

  it('shows the types that are asked for, however many others are between', async () => {
    const tenant = await test.tenant();
    const ids = await save(tenant, ...emails('many', 300));
    await tenant.delete('/leads', { ids: [ids[0]] }).expect(200);
    await save(tenant, ...emails('more', 300));
    expect((await all(tenant, '', '&types=lead.deleted')).map(({ type }) => type)).toEqual(['lead.deleted']);
    expect(await all(tenant, '', '&types=lead.deleted,lead.created')).toHaveLength(601);
    expect(await all(tenant, '', '&types=message.sent')).toEqual([]);
    const { body } = await tenant.get('/events?types=lead.created,lead.moved').expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ field: 'types' }] });
    await tenant.get('/events?cursor=x').expect(400);
    await tenant.get('/events?page=2').expect(400);
  });

  it('is read in pages of any size, through what is kept together', async () => {
    const tenant = await test.tenant();
    const ids = [...(await save(tenant, ...emails('page', 450))), ...(await save(tenant, 'single@example.com'))];
    for (const limit of [1, 7, 50, 199]) {
      const found: (string | undefined)[] = [];
      for (let cursor = ''; ;) {
        const { events: told, pagination } = await page(tenant, `cursor=${cursor}&limit=${limit}`);
        expect(told.length).toBeLessThanOrEqual(limit);
        found.push(...told.map(({ data }) => data.leadId));
        cursor = pagination.nextCursor;
        if (!pagination.hasMore || (limit === 1 && found.length > 205)) break;
      }
      expect(found).toEqual(limit === 1 ? ids.slice(0, found.length) : ids);
    }
  });

  it('begins now for who asks for it', async () => {
    const tenant = await test.tenant();
    await save(tenant, 'before@example.com');
    const { events: none, pagination } = await page(tenant, 'cursor=now');
    expect(none).toEqual([]);
    const [lead] = await save(tenant, 'behind@example.com');
    const { events: told } = await page(tenant, `cursor=${pagination.nextCursor}`);
    expect(told.map(({ data }) => data.leadId)).toEqual([lead]);
  });

  it('has the last ones for who asks for them, also behind many of other types', async () => {
    const tenant = await test.tenant();
    expect((await page(tenant, 'cursor=latest')).events).toEqual([]);
    const first = await save(tenant, 'first@example.com');
    await tenant.post('/suppressions', { address: 'first@example.com' }).expect(201);
    const many = await save(tenant, ...emails('many', 230));
    const latest = async (query: string) => (await page(tenant, `cursor=latest&${query}`)).events.map(({ data }) => data.leadId);
    expect(await latest('limit=3')).toEqual(many.slice(-3));
    expect(await latest('limit=200&types=lead.created')).toEqual(many.slice(-200));
    const { events: optOuts, pagination } = await page(tenant, 'cursor=latest&limit=5&types=contact.opted_out');
    expect(optOuts.map(({ type }) => type)).toEqual(['contact.opted_out']);
    expect(pagination.hasMore).toBe(false);
    await tenant.delete('/leads', { ids: first }).expect(200);
    // Whoever goes on from there sees what has happened since.
    const { events: since } = await page(tenant, `cursor=${pagination.nextCursor}`);
    expect(since.map(({ type }) => type)).toEqual(['lead.deleted']);
  });

  it('is of one workspace alone', async () => {
    const [mine, theirs] = [await test.tenant(), await test.tenant()];
    await save(mine, 'mine@example.com', 'mine.too@example.com');
    await save(theirs, 'theirs@example.com');
    const { events: told, pagination } = await page(mine);
    expect(told.map(({ data }) => data.workspaceId)).toEqual([mine.id, mine.id]);
    expect((await page(theirs)).events).toHaveLength(1);
    // Somebody else's cursor is a number: here it is one behind all that there ever was.
    const { body } = await theirs.get(`/events?cursor=${pagination.nextCursor}`).expect(410);
    expect(body.code).toBe('CURSOR_EXPIRED');
  });

  it('refuses a cursor behind which something is not kept any more, and no other', async () => {
    const tenant = await test.tenant();
    const { pagination: start } = await page(tenant);
    await save(tenant, ...emails('old', 4));
    const first = await page(tenant, 'limit=1');
    await page(tenant);
    // The store removes what is past its time.
    await events().deleteMany({ workspaceId: tenant.id, place: { $lte: 2 } });
    const { body } = await tenant.get(`/events?cursor=${start.nextCursor}`).expect(410);
    expect(body).toMatchObject({ code: 'CURSOR_EXPIRED', docs: expect.stringContaining('CURSOR_EXPIRED') });
    await tenant.get(`/events?cursor=${first.pagination.nextCursor}`).expect(410);
    await tenant.get(`/events/stream?cursor=${first.pagination.nextCursor}`).expect(410);
    // Without a cursor, the oldest that is kept comes first.
    const { events: kept, pagination } = await page(tenant);
    expect(kept).toHaveLength(2);
    // What is about to be removed may be gone before the next page.
    await events().updateMany({ workspaceId: tenant.id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    const { events: two } = await page(tenant, 'limit=1');
    expect(two.length).toBeLessThanOrEqual(1);
    // A reader who has read everything misses nothing, however long ago that was.
    await events().deleteMany({ workspaceId: tenant.id });
    expect((await page(tenant, `cursor=${pagination.nextCursor}`)).events).toEqual([]);
    expect((await page(tenant)).events).toEqual([]);
    await save(tenant, 'new@example.com');
    expect((await page(tenant, `cursor=${pagination.nextCursor}`)).events).toHaveLength(1);
  });

  it('refuses a page of which a part is not kept any more', async () => {
    const tenant = await test.tenant();
    const { pagination: start } = await page(tenant);
    await save(tenant, ...emails('part', 30));
    await page(tenant);
    await batches().deleteMany({ workspaceId: tenant.id });
    await tenant.get(`/events?cursor=${start.nextCursor}`).expect(410);
  });

  it('keeps what many say for longer than their places', async () => {
    const tenant = await test.tenant();
    await save(tenant, ...emails('long', 30));
    await page(tenant);
    const [event] = await events().find({ workspaceId: tenant.id }).toArray();
    const [batch] = await batches().find({ workspaceId: tenant.id }).toArray();
    expect(batch!.expiresAt.getTime() - event!.expiresAt.getTime()).toBeGreaterThan(6 * 86_400_000);
  });

  it('places what a process that died has left, by a tick', async () => {
    const tenant = await test.tenant();
    const createdAt = new Date();
    const id = `evt_${new ObjectId().toHexString()}_left`;
    await test.connection.collection<{ _id: string }>('events').insertOne({
      _id: id,
      workspaceId: tenant.id,
      place: 0,
      type: 'lead.created',
      count: 1,
      body: '{}',
      isBatch: false,
      about: [],
      createdAt,
      order: new ObjectId(),
      expiresAt: new Date(createdAt.getTime() + 60_000),
    } as never);
    await eventually(async () => (await events().findOne({ _id: id as never }))?.place === 1);
  });

  it('tells once what is told again', async () => {
    const tenant = await test.tenant();
    const leads = [{ email: 'again@example.com' }];
    const call = () => tenant.call('post', '/leads').set('Idempotency-Key', 'again').send({ leads });
    await call().expect(201);
    await call().expect(201);
    expect(await all(tenant)).toHaveLength(1);
  });

  it('shows nothing of what was not saved', async () => {
    const tenant = await test.tenant();
    await tenant.post('/leads', { leads: [{ email: 'good@example.com' }, { email: 'bad' }] }).expect(400);
    expect(await all(tenant)).toEqual([]);
  });

  it('blanks what it says about somebody who is erased, and a reader passes over it', async () => {
    const tenant = await test.tenant();
    const [lead] = await save(tenant, 'gone@example.com', 'stays@example.com');
    // Among many that are kept together, too.
    await save(tenant, ...emails('many', 30));
    const update = { leads: [...emails('many', 30), 'gone@example.com'].map((email) => ({ email, notes: 'gone.notes' })) };
    await tenant.post('/leads', { ...update, onDuplicate: 'update' }).expect(200);
    const { pagination } = await page(tenant, 'limit=1');
    expect(await all(tenant)).toHaveLength(32 + 31);
    const { body } = await tenant.delete(`/leads/${lead}?erase=true`).expect(202);
    await eventually(async () => (await tenant.get(`/leads/erasures/${body.jobId}`)).body.state === 'completed');
    const told = await all(tenant);
    expect(told.filter(({ data }) => JSON.stringify(data).includes('gone@example.com'))).toHaveLength(0);
    expect(told.filter(({ data }) => data.leadId === lead).map(({ type }) => type)).toEqual(['lead.deleted']);
    expect(told).toHaveLength(31 + 30 + 1);
    expect(await all(tenant, pagination.nextCursor)).toEqual(told);
    const own = { workspaceId: tenant.id };
    const stored = JSON.stringify([await events().find(own).toArray(), await batches().find(own).toArray()]);
    expect([stored.includes('gone@example.com'), stored.includes('many.7@example.com')]).toEqual([false, true]);
  });
});
