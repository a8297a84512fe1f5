import { ObjectId } from 'mongodb';
import { ChangeTimes } from '../../src/platform/changes';
import { sessionOf, Transactions } from '../../src/platform/mongo';
import { CampaignDesk, MUCH_LATER, NOW, type ShownMessage } from '../support/campaigns';
import { type ChangedRow, follow, times, whole } from '../support/change-reader';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

type Row = ShownMessage & ChangedRow;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** GET /messages and GET /leads/:id/messages with `updatedSince` and a cursor. */
describe('reading the changes of messages', () => {
  let test: TestApp;
  let tenant: Tenant;
  let next = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const phone = () => `+1646555${String(1_000 + (next += 1))}`;
  const later = (more: object = {}) =>
    tenant.post('/messages', { message: 'Later', recipientPhone: phone(), scheduledDate: '2100-01-01T00:00:00Z', ...more });

  it('misses none and repeats none while messages are made, sent, confirmed, cancelled and moved', async () => {
    await test.line(tenant);
    const since = new Date().toISOString();
    const desk = await new CampaignDesk(test, tenant).open();
    const steps = [
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ];
    const leads = await desk.leads(Array.from({ length: 40 }, () => ({ phone: phone() })));
    let isWriting = true;
    const campaign = async () => {
      const id = await desk.launched(steps);
      for (const lead of leads.slice(0, 5)) await desk.step(id, lead, 0, 'delivered');
      await tenant.post(`/campaigns/${id}/archive`).expect(200);
    };
    const direct = async () => {
      const made: string[] = [];
      for (let round = 0; round < 40; round += 1) {
        made.push((await later().expect(201)).body.message._id as string);
        // Of those that the reader has seen long ago.
        if (round % 3 === 0) await tenant.post(`/messages/${made[Math.floor(round / 3)]}/cancel`).expect(200);
      }
    };
    const byPerson = async () => {
      for (let round = 0; round < 12; round += 1) {
        const recipientPhone = phone();
        for (let n = 0; n < 3; n += 1) await later({ recipientPhone });
        await tenant.post('/messages/cancel-for-lead', { recipientPhone }).expect(200);
      }
    };
    const writers = Promise.all([campaign(), direct(), byPerson()]).finally(() => (isWriting = false));
    const seen = await follow<Row>(tenant, { path: '/messages', name: 'messages', since }, () => !isWriting);
    await writers;
    // What was handed over last is confirmed a moment later.
    const rest = await eventually(async () => {
      const rows = await whole<Row>(tenant, '/messages', 'messages');
      return ![...rows.values()].some(({ status }) => ['queued', 'pending', 'sending'].includes(status)) && rows;
    });
    expect(rest.size).toBe(2 * leads.length + 40 + 36);
    const last = [...seen.rows.values()]
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1)!;
    const after = await follow<Row>(tenant, { path: '/messages', name: 'messages', since: last }, () => true);
    const all = new Map([...seen.rows, ...after.rows]);
    expect(seen.repeated).toEqual([]);
    expect(seen.pages).toBeGreaterThan(10);
    expect(times(all)).toEqual(times(await whole<Row>(tenant, '/messages', 'messages')));
    for (const [id, { status }] of rest) expect([id, all.get(id)!.status]).toEqual([id, status]);
  });

  it('waits for a transaction that takes its time early and commits late', async () => {
    await test.line(tenant, 2);
    const since = new Date().toISOString();
    const { body } = await later().expect(201);
    const messages = test.connection.db!.collection('messages');
    const known = (await messages.findOne({ _id: new ObjectId(body.message._id as string) }))!;
    const slow = new ObjectId();
    let isWriting = true;
    const writer = test.app.get(Transactions).run(async (transaction) => {
      const changedAt = await test.app.get(ChangeTimes).now(tenant.id, transaction);
      const document = { ...known, _id: slow, changedAt };
      await messages.insertOne(document, { session: sessionOf(transaction) });
      await sleep(3_500);
    });
    const others = (async () => {
      for (let round = 0; round < 20; round += 1) {
        await later().expect(201);
        await sleep(100);
      }
      await writer;
    })().finally(() => (isWriting = false));
    const seen = await follow<Row>(tenant, { path: '/messages', name: 'messages', since }, () => !isWriting);
    await others;
    expect(seen.rows.has(slow.toHexString())).toBe(true);
    expect(times(seen.rows)).toEqual(times(await whole<Row>(tenant, '/messages', 'messages')));
    // They are removed behind the commit.
    const writes = test.connection.db!.collection('changeWrites');
    await eventually(async () => (await writes.countDocuments({ workspaceId: tenant.id })) === 0);
  });

  it('tells of receipts and of an erasure long after the message was sent', async () => {
    await test.line(tenant, 1);
    test.simulator.control({ receipts: false });
    const { body } = await tenant.post('/messages', { message: 'Hi', recipientPhone: phone() }).expect(201);
    const { _id: id, leadId } = body.message as { _id: string; leadId: string };
    const got = async () => (await tenant.get(`/messages/${id}`).expect(200)).body;
    await eventually(async () => (await got()).status === 'sent');
    /** What a reader is told that knows the message as it is. */
    const news = async (act: () => Promise<unknown>) => {
      const { updatedAt } = await got();
      await act();
      const since = new Date(Date.parse(updatedAt as string) + 1).toISOString();
      return eventually(async () => {
        const list = { path: '/messages', name: 'messages', since };
        return (await follow<Row & { readAt: string | null }>(tenant, list, () => true)).rows.get(id);
      });
    };
    const { externalMessageId: guid } = await got();
    const receipt = (what: object) => () => test.simulator.receipt({ guid: guid as string, ...what });
    expect(await news(receipt({ delivered: true }))).toMatchObject({ status: 'delivered', readAt: null });
    expect(await news(receipt({ delivered: true, read: true }))).toMatchObject({ readAt: expect.any(String) });
    expect(await news(() => tenant.delete(`/leads/${leadId}?erase=true`).expect(202))).toMatchObject({ recipientPhone: null });
    test.simulator.control({ reset: true });
  });

  it('runs a transaction again that readers may have passed', async () => {
    const changeTimes = test.app.get(ChangeTimes);
    const quiet = jest.spyOn(changeTimes as unknown as { announce: () => Promise<void> }, 'announce').mockResolvedValueOnce();
    const tries: Date[] = [];
    await test.app.get(Transactions).run(async (transaction) => {
      tries.push(await changeTimes.now(tenant.id, transaction));
      if (tries.length === 1) await sleep(1_200);
    });
    expect(tries).toHaveLength(2);
    expect(quiet).toHaveBeenCalledTimes(2);
    quiet.mockRestore();
  });

  it('tells of what was written before there were times of change, and of other filters no more than they say', async () => {
    await test.line(tenant, 2);
    const since = new Date().toISOString();
    const made = await Promise.all([later({ batchId: 'A' }), later({ batchId: 'B' }), later({ batchId: 'A' })]);
    const ids = made.map(({ body }) => String(body.message._id));
    await test.connection.db!.collection('messages').updateOne({ _id: new ObjectId(ids[2]) }, { $unset: { changedAt: 1 } });
    const of = async (path: string) =>
      [...(await follow<Row>(tenant, { path, name: 'messages', since }, () => true)).rows.keys()].sort();
    expect(await of('/messages')).toEqual([...ids].sort());
    expect(await of('/messages?batchId=A')).toEqual([ids[0]!, ids[2]!].sort());
    expect(await of('/messages?status=cancelled')).toEqual([]);
    expect(await of(`/leads/${made[1]!.body.message.leadId}/messages`)).toEqual([ids[1]]);
    const stranger = await test.tenant();
    expect((await stranger.get(`/messages?updatedSince=${since}&cursor=`).expect(200)).body.messages).toEqual([]);
  });
});
