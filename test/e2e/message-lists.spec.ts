import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

type Item = Record<string, unknown>;

/** What was sent, who is in, who answered: by filter, by page, by cursor. */
describe('lists of messages, enrollments and replies', () => {
  let test: TestApp;
  let tenant: Tenant;
  let campaign: string;
  let leads: string[];
  let line: string;

  const phone = (n: number) => `+1917555${String(1_030 + n)}`;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    line = (await test.line(tenant)).id;
    const desk = await new CampaignDesk(test, tenant).open();
    leads = await desk.leads(Array.from({ length: 5 }, (_, n) => ({ phone: phone(n) })));
    campaign = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ]);
    for (const lead of leads) await desk.step(campaign, lead, 0, 'delivered');
    await tenant.post('/messages', { message: 'Later', leadId: leads[0], scheduledDate: '2100-01-01T00:00:00Z' }).expect(201);
    // Each is worked off behind the answer to the bridge, so the next waits for it.
    for (const [index, n] of [0, 0, 1].entries()) {
      await test.simulator.reply({ address: phone(n), text: `From ${n}` });
      await eventually(async () => (await tenant.get('/replies')).body.replies.length === index + 1);
    }
  });
  afterAll(() => test.close());

  const get = async (path: string) => (await tenant.get(path).expect(200)).body;
  const query = (path: string, rest: string) => `${path}${path.includes('?') ? '&' : '?'}${rest}`;

  /** All of a list by cursor, two at a time. */
  async function byCursor(path: string, name: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const body: Record<string, Item[]> & { pagination: { limit: number; nextCursor: string | null } } = await get(
        query(path, `limit=2&cursor=${cursor}`),
      );
      expect(body.pagination.limit).toBe(2);
      expect(body[name]!.length).toBeGreaterThan(0);
      items.push(...body[name]!);
      cursor = body.pagination.nextCursor;
    }
    return items;
  }

  /** All of a list by page, two at a time. */
  async function byPage(path: string, name: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const { pagination, ...body } = await get(query(path, `limit=2&page=${page}`));
      expect(pagination).toMatchObject({ page, limit: 2, totalPages: Math.ceil(pagination.totalCount / 2) });
      pages = pagination.totalPages;
      items.push(...body[name]);
      if (page === pages) expect(items).toHaveLength(pagination.totalCount);
    }
    return items;
  }

  it.each([
    ['all', () => '/messages', 11],
    ['of a lead', () => `/messages?leadId=${leads[0]}`, 3],
    ['of a campaign', () => `/messages?campaignId=${campaign}`, 10],
    ['of a line', () => `/messages?lineId=${line}`, 10],
    ['by status', () => '/messages?status=delivered', 5],
    ['by all of them', () => `/messages?status=delivered&leadId=${leads[1]}&campaignId=${campaign}&lineId=${line}`, 1],
  ])('messages, %s: newest first, the same by page and by cursor', async (_, path, expected) => {
    const paged = await byPage(path(), 'messages');
    expect(paged).toHaveLength(expected);
    expect(await byCursor(path(), 'messages')).toEqual(paged);
    const ids = paged.map(({ _id }) => String(_id));
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    const asked = Object.fromEntries(new URLSearchParams(path().split('?')[1] ?? ''));
    const field: Record<string, string> = { lineId: 'fromLineId' };
    for (const message of paged)
      for (const [name, value] of Object.entries(asked)) expect(message[field[name] ?? name]).toBe(value);
  });

  it('messages: none is an empty list, whoever is asked for', async () => {
    for (const filter of ['status=failed', `leadId=${'0'.repeat(24)}`, 'status=delivered&campaignId=' + '0'.repeat(24)]) {
      expect(await get(`/messages?${filter}`)).toEqual({
        messages: [],
        pagination: { page: 1, limit: 50, totalCount: 0, totalPages: 0 },
      });
      expect(await get(`/messages?${filter}&cursor=`)).toEqual({ messages: [], pagination: { limit: 50, nextCursor: null } });
    }
  });

  it('enrollments: newest first, the same by page and by cursor; with what was sent, and who answered', async () => {
    const paged = await byPage(`/campaigns/${campaign}/leads`, 'enrollments');
    expect(paged.map(({ leadId }) => leadId).sort()).toEqual([...leads].sort());
    expect(await byCursor(`/campaigns/${campaign}/leads`, 'enrollments')).toEqual(paged);
    for (const { leadId, status, stopReason, repliedAt, lastSentAt, lineId } of paged) {
      const answered = leads.indexOf(String(leadId)) < 2;
      expect({ status, stopReason, answered: repliedAt !== null, lineId }).toEqual({
        status: answered ? 'stopped' : 'active',
        stopReason: answered ? 'replied' : null,
        answered,
        lineId: line,
      });
      expect(lastSentAt).toEqual(expect.any(String));
    }
  });

  it.each([
    ['all', () => '/replies', ['From 1', 'From 0', 'From 0']],
    ['of a lead', () => `/replies?leadId=${leads[0]}`, ['From 0', 'From 0']],
    ['by phone', () => `/replies?recipientPhone=${encodeURIComponent(phone(1))}`, ['From 1']],
  ])('replies, %s: newest first, the same by page and by cursor', async (_, path, expected) => {
    const paged = await byPage(path(), 'replies');
    expect(paged.map(({ message }) => message)).toEqual(expected);
    expect(await byCursor(path(), 'replies')).toEqual(paged);
    for (const reply of paged) expect(reply).toMatchObject({ lineId: line, messageType: 'imessage', recipientEmail: null });
  });
});
