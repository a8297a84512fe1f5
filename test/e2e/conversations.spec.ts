import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Said {
  kind: string;
  reply: { message: string } | null;
  message: { message: string } | null;
}

/** What people wrote, person by person, and what is answered. */
describe('conversations', () => {
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    await test.line(tenant);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const phone = (ending: number) => `+1719${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  /** Those of this test. */
  const list = async (query = '') => {
    const { conversations } = (await tenant.get(`/conversations?limit=200&${query}`).expect(200)).body;
    return conversations.filter(({ lastReply }: { lastReply: { recipientPhone: string } }) =>
      lastReply.recipientPhone.startsWith(phone(31).slice(0, -2)),
    );
  };
  const writes = async (address: string, text: string) => {
    const count = async () =>
      (await tenant.get(`/replies?recipientPhone=${encodeURIComponent(address)}`).expect(200)).body.pagination
        .totalCount as number;
    const before = await count();
    await test.simulator.reply({ address, text });
    await eventually(async () => (await count()) === before + 1);
  };
  const sent = async (body: object) => {
    const { _id } = (await tenant.post('/messages', body)).body.message;
    await eventually(async () => ['sent', 'delivered'].includes((await tenant.get(`/messages/${_id}`)).body.status));
    return _id as string;
  };

  it('are one for each person, over all addresses, the latest first', async () => {
    const [ann] = (await tenant.post('/leads', { leads: [{ firstName: 'Ann', phone: phone(31), altPhone1: phone(32) }] })).body
      .leadIds;
    await sent({ leadId: ann, message: 'Hello' });
    await sent({ recipientPhone: phone(32), message: 'And here' });
    await sent({ recipientPhone: phone(33), message: 'Hello you' });
    await writes(phone(31), 'One');
    await writes(phone(33), 'Other');
    await writes(phone(32), 'Two');
    const [first, second, ...more] = await list();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ leadId: ann, name: 'Ann', unread: 2, needsReview: false, assignedTo: null });
    expect(first.lastReply).toMatchObject({ message: 'Two', recipientPhone: phone(32), messageType: 'imessage', kind: 'reply' });
    expect(second).toMatchObject({ unread: 1, lastReply: { message: 'Other' } });
    const { conversation, entries, notSent, nextBefore } = (await tenant.get(`/conversations/${first._id}`).expect(200)).body;
    expect(conversation).toEqual(first);
    expect(entries.map(({ kind, reply, message }: Said) => [kind, (reply ?? message)!.message])).toEqual([
      ['reply', 'Two'],
      ['reply', 'One'],
      ['message', 'And here'],
      ['message', 'Hello'],
    ]);
    expect([notSent, nextBefore]).toEqual([[], null]);
  });

  it('come in parts', async () => {
    await sent({ recipientPhone: phone(31), message: 'Hello' });
    for (const text of ['One', 'Two', 'Three']) await writes(phone(31), text);
    const [{ _id }] = await list();
    const part = async (query: string) => (await tenant.get(`/conversations/${_id}?${query}`).expect(200)).body;
    const texts = ({ entries }: { entries: Said[] }) => entries.map(({ reply, message }) => (reply ?? message)!.message);
    const one = await part('limit=2');
    expect(texts(one)).toEqual(['Three', 'Two']);
    const two = await part(`limit=2&before=${one.nextBefore}`);
    expect(texts(two)).toEqual(['One', 'Hello']);
    expect(texts(await part(`limit=2&before=${two.nextBefore ?? one.nextBefore}`)).length).toBeLessThanOrEqual(2);
  });

  it('are read, assigned, and found by it', async () => {
    await sent({ recipientPhone: phone(31), message: 'Hello' });
    await writes(phone(31), 'One');
    const [{ _id }] = await list('unread=true');
    const change = async (body: object) => (await tenant.patch(`/conversations/${_id}`, body).expect(200)).body;
    expect(await change({ read: true, assignedTo: 'user_1' })).toMatchObject({ unread: 0, assignedTo: 'user_1' });
    expect([await list('unread=true'), await list('assignedTo=none'), await list('assignedTo=user_2')]).toEqual([[], [], []]);
    expect(await list('assignedTo=user_1')).toMatchObject([{ _id }]);
    // The next reply goes on with it.
    await writes(phone(31), 'Two');
    expect(await list('unread=true')).toMatchObject([{ _id, unread: 1, assignedTo: 'user_1' }]);
    expect(await change({ read: false })).toMatchObject({ unread: 1 });
    expect(await change({ assignedTo: null })).toMatchObject({ assignedTo: null });
    expect(await list('assignedTo=none')).toMatchObject([{ _id }]);
  });

  it('show what is under review', async () => {
    await sent({ recipientPhone: phone(31), message: 'Hello' });
    await writes(phone(31), 'please stop calling me at work');
    const [open] = await list('needsReview=true');
    expect(open).toMatchObject({ needsReview: true, lastReply: { kind: 'review' } });
    await tenant.post(`/replies/${open.lastReply.messageId}/review`, { as: 'reply' }).expect(200);
    expect(await list('needsReview=true')).toEqual([]);
    expect(await list()).toMatchObject([{ _id: open._id, needsReview: false }]);
  });

  it('are answered where the person wrote last, and read by that; never against an opt-out', async () => {
    await sent({ recipientPhone: phone(31), message: 'Hello' });
    await writes(phone(31), 'Tell me more');
    const [{ _id }] = await list();
    const answer = (await tenant.post(`/conversations/${_id}/messages`, { message: 'Gladly' }).expect(201)).body;
    expect(answer).toMatchObject({ message: 'Gladly', messageType: 'imessage', recipientPhone: phone(31), kind: 'direct' });
    await eventually(async () => test.simulator.ledger({ kind: 'send', address: phone(31) }).length === 2);
    expect(await list('unread=true')).toEqual([]);
    await writes(phone(31), 'STOP');
    await tenant.post(`/conversations/${_id}/messages`, { message: 'But' }).expect(409);
  });

  it("are nobody else's", async () => {
    await sent({ recipientPhone: phone(31), message: 'Hello' });
    await writes(phone(31), 'One');
    const [{ _id }] = await list();
    const other = await test.tenant();
    await other.get(`/conversations/${_id}`).expect(404);
    await other.patch(`/conversations/${_id}`, { read: true }).expect(404);
    await other.post(`/conversations/${_id}/messages`, { message: 'Hi' }).expect(404);
    expect((await other.get('/conversations').expect(200)).body.conversations).toEqual([]);
  });
});
