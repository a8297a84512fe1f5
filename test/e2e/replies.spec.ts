import type { SendEntry } from '@tuco/bluebubbles-simulator';
import request from 'supertest';
import { LinesService } from '../../src/lines';
import { InboundService } from '../../src/replies';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** What comes in, and what stops for a person. */
describe('replies, receipts and stops', () => {
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const phone = (ending: number) => `+1718${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const sendTo = async (body: object) => (await tenant.post('/messages', { message: 'Hi', ...body })).body.message;
  const get = async (id: string) => (await tenant.get(`/messages/${id}`).expect(200)).body;
  const sentTo = (address: string) => test.simulator.ledger({ kind: 'send', address }) as SendEntry[];
  const sent = async (recipientPhone: string) => {
    const { _id } = await sendTo({ recipientPhone });
    return eventually(async () => {
      const message = await get(_id);
      return ['sent', 'delivered'].includes(message.status) && message;
    });
  };
  const replies = async (query: string) => (await tenant.get(`/replies?${query}`).expect(200)).body.replies;

  it('delivered and read come back to the message, in any order and more than once', async () => {
    await test.line(tenant);
    test.simulator.control({ receipts: false });
    const { _id, externalMessageId: guid, status } = await sent(phone(31));
    expect(status).toBe('sent');
    expect(guid).toBe(sentTo(phone(31))[0]!.guid);
    await test.simulator.receipt({ guid, delivered: true });
    const delivered = await eventually(async () => {
      const message = await get(_id);
      return message.status === 'delivered' && message;
    });
    expect(delivered).toMatchObject({ status: 'delivered', deliveredAt: expect.any(String), readAt: null });
    await test.simulator.receipt({ guid, delivered: true, read: true });
    await test.simulator.receipt({ guid, delivered: true });
    const read = await eventually(async () => {
      const message = await get(_id);
      return message.readAt !== null && message;
    });
    expect(read).toMatchObject({ status: 'delivered', deliveredAt: delivered.deliveredAt, readAt: expect.any(String) });
  });

  it('a late send error moves the message on: 22 to the next address or fallback, others to failed', async () => {
    await test.line(tenant);
    test.simulator.control({ receipts: false });
    const one = await sent(phone(31));
    await test.simulator.sendError(one.externalMessageId, 22, 'message-send-error');
    await eventually(async () => (await get(one._id)).status === 'fallback');
    const two = await sent(phone(32));
    await test.simulator.sendError(two.externalMessageId, 25, 'message-send-error');
    await eventually(async () => (await get(two._id)).status === 'failed');
    expect((await get(two._id)).code).toBe('IMESSAGE_ERROR_25');
  });

  it('a send error that comes before the answer to the send counts too', async () => {
    const line = await test.line(tenant);
    const callbacks = new URL(test.app.get(LinesService).inboundUrl(line)!).pathname.replace('/api', '');
    const [lead] = (await tenant.post('/leads', { leads: [{ phone: phone(33), altPhone1: phone(34) }] })).body.leadIds;
    test.simulator.control({ receipts: false, latencyMs: 1_000 });
    const { _id } = await sendTo({ leadId: lead });
    const { guid, tempGuid } = await eventually(() => Promise.resolve(sentTo(phone(33))[0]));
    expect((await get(_id)).status).toBe('sending');
    const data = { guid, tempGuid, error: 22, isFromMe: true, handle: { address: phone(33) } };
    await tenant.post(callbacks, { type: 'message-send-error', data }).expect(200);
    const moved = await eventually(async () => {
      const message = await get(_id);
      return message.status === 'sent' && message.recipientPhone === phone(34) && message;
    });
    expect(moved.externalMessageId).toBe(sentTo(phone(34))[0]!.guid);
  });

  it('lists replies by lead, by phone, by e-mail, newest first; an event that comes twice is one reply', async () => {
    await test.line(tenant);
    const { leadId } = await sent(phone(31));
    // Each is worked off behind the answer to the bridge.
    const taken = () => test.app.get(InboundService).whenIdle();
    await test.simulator.reply({ address: phone(31), text: 'First', deliveries: 2 }).then(taken);
    await test.simulator.reply({ address: phone(31), text: 'Second' }).then(taken);
    await test.simulator.reply({ address: `x${serial}-a@example.com`, text: 'Who is this?', bridge: 0 }).then(taken);
    const byLead = await eventually(async () => {
      const found = await replies(`leadId=${leadId}`);
      return found.length >= 2 && found;
    });
    expect(byLead.map(({ message }: { message: string }) => message)).toEqual(['Second', 'First']);
    expect(byLead[0]).toMatchObject({ leadIds: [leadId], recipientPhone: phone(31), recipientEmail: null });
    expect(await replies(`recipientPhone=${encodeURIComponent(phone(31))}`)).toEqual(byLead);
    expect(await replies(`recipientEmail=x${serial}-a@example.com`)).toMatchObject([{ message: 'Who is this?', leadId: null }]);
    expect(await replies('')).toHaveLength(3);
    await tenant.get('/replies?recipientPhone=nonsense').expect(400);
    await tenant.get(`/replies?leadId=${'0'.repeat(24)}`).expect(404);
    expect((await (await test.tenant()).get('/replies')).body.replies).toEqual([]);
  });

  it('a reply from an alternate address, or one that was written to before, stops its lead everywhere', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const [lead] = await desk.leads([{ phone: phone(31), altPhone1: phone(32) }]);
    const steps = [{ template: 'One', wait: MUCH_LATER }];
    const both = [await desk.launched(steps), await desk.launched(steps)];
    const calm = await desk.launched(steps, { settings: { stopOnReply: false } });
    await test.simulator.reply({ address: phone(32), text: 'Not today', bridge: 0 });
    for (const id of both) expect(await desk.step(id, lead!, 0, 'cancelled')).toMatchObject({ reason: 'replied' });
    expect((await desk.messages(calm, lead))[0]!.status).toBe('scheduled');
    const later = await desk.launched(steps);
    expect((await desk.messages(later, lead))[0]!.status).toBe('scheduled');
  });

  it('events twice and in any order leave what they say once; our own echoes are no replies', async () => {
    await test.line(tenant);
    test.simulator.control({ receipts: false });
    const { message } = (await tenant.post('/messages', { message: 'Hi', recipientPhone: phone(33) }).expect(201)).body;
    const get = async () => (await tenant.get(`/messages/${message._id}`)).body;
    await eventually(async () => (await get()).status === 'sent');
    const { guid } = (test.simulator.ledger({ kind: 'send', address: phone(33) }) as { guid: string }[])[0]!;
    const path = new URL((await tenant.get('/lines')).body.lines[0].inboundUrl).pathname.replace('/api', '');
    const about = {
      guid,
      text: 'Hi',
      isFromMe: true,
      handle: null,
      chats: [{ guid: `iMessage;-;${phone(33)}` }],
      dateCreated: Date.now(),
    };
    const [delivered, read] = [Date.now() + 1_000, Date.now() + 2_000];
    const events = [
      { type: 'updated-message', data: { ...about, dateDelivered: delivered, dateRead: read } },
      { type: 'new-message', data: about },
      { type: 'updated-message', data: { ...about, dateDelivered: delivered } },
      { type: 'new-message', data: about },
      { type: 'updated-message', data: { ...about, dateDelivered: delivered, dateRead: read } },
    ];
    for (const event of events) await tenant.post(path, event).expect(200);
    // Each is worked off behind its answer.
    await test.app.get(InboundService).whenIdle();
    const after = await get();
    expect(after).toMatchObject({
      status: 'delivered',
      deliveredAt: new Date(delivered).toISOString(),
      readAt: new Date(read).toISOString(),
    });
    expect((await tenant.get(`/replies?recipientPhone=${encodeURIComponent(phone(33))}`)).body.replies).toEqual([]);
  });

  it('a callback with a wrong secret is 404, with a right one never an error, whatever it says', async () => {
    const line = await test.line(tenant);
    const path = new URL(test.app.get(LinesService).inboundUrl(line)!).pathname.replace('/api', '');
    for (const secret of ['x', '0'.repeat(32), encodeURIComponent('../x'), '%00', `${path.split('/').at(-1)}x`]) {
      await tenant.post(`/inbound/bluebubbles/${secret}`, { type: 'new-message' }).expect(404);
    }
    // The bridge posts JSON: nothing else is kept.
    const kept = () => test.connection.collection('inboundCalls').countDocuments({ workspaceId: tenant.id });
    const before = await kept();
    await request(test.url).get(`/api${path}?type=new-message`).expect(404);
    await request(test.url).head(`/api${path}`).expect(404);
    await request(test.url).post(`/api${path}`).type('form').send({ type: 'new-message' }).expect(415);
    expect(await kept()).toBe(before);
    const message = { guid: 'g', text: 'Hi', handle: { address: phone(31) }, isFromMe: false, dateCreated: Date.now() };
    for (const body of [
      {},
      { type: 'new-message' },
      { type: 'new-message', data: null },
      { type: 'new-message', data: [] },
      { type: 'new-message', data: { guid: 5 } },
      { type: 'new-message', data: { ...message, handle: null, chats: [] } },
      { type: 'new-message', data: { ...message, handle: { address: 'nonsense' } } },
      { type: 'new-message', data: { ...message, guid: 'far', dateCreated: 9e15 } },
      { type: 'new-message', data: { ...message, guid: 'nul', text: 'a\0b' } },
      { type: 'new-message', data: { ...message, guid: { $ne: null } } },
      { type: 'updated-message', data: { ...message, isFromMe: true, dateDelivered: 'x' } },
      { type: 'message-send-error', data: { ...message, error: 'x' } },
      { type: 'nonsense', data: message },
      { type: ['new-message'], data: message },
    ]) {
      await tenant.post(path, body).expect(200);
    }
  });

  it('cancel-for-lead stops all that waits for a person: by id, by phone, by e-mail; 200 also when nothing does', async () => {
    await test.line(tenant);
    const row = { phone: phone(31), email: `c${serial}-a@example.com` };
    const [leadId] = (await tenant.post('/leads', { leads: [row] })).body.leadIds;
    const stop = async (target: object) => (await tenant.post('/messages/cancel-for-lead', target).expect(200)).body;
    for (const target of [{ leadId }, { recipientPhone: phone(31) }, { recipientEmail: row.email.toUpperCase() }]) {
      const ids = [
        await sendTo({ leadId, scheduledDate: '2100-01-01T00:00:00Z' }),
        await sendTo({ leadId, scheduledDate: '2100-01-02T00:00:00Z' }),
      ];
      const stopped = await stop(target);
      expect(stopped).toMatchObject({ success: true, cancelledCount: 2, jobsRemovedFromQueue: 2, leadId });
      expect(stopped.messageIds.sort()).toEqual(ids.map(({ _id }) => _id).sort());
      for (const { _id } of ids) expect(await get(_id)).toMatchObject({ status: 'cancelled', reason: 'cancelled' });
      expect(await stop(target)).toMatchObject({ cancelledCount: 0, messageIds: [] });
    }
    expect(await stop({ recipientPhone: phone(39) })).toMatchObject({ cancelledCount: 0, leadId: null });
    await tenant.post('/messages/cancel-for-lead', { leadId: '0'.repeat(24) }).expect(404);
    const { body } = await tenant.post('/messages/cancel-for-lead', { leadId: 'x' }).expect(400);
    expect(body.error).toBe('Invalid leadId');
  });

  it('R17: cancel-for-lead by an address that cannot be read is 400 and names the field', async () => {
    const bad = [
      { recipientPhone: '07911377508' },
      { recipientPhone: '07911 377508' },
      { recipientPhone: 'not a number' },
      { recipientEmail: 'nobody' },
      { recipientEmail: 'somebody@example.com', recipientPhone: 'not a number' },
    ];
    for (const target of bad) {
      const { body } = await tenant.post('/messages/cancel-for-lead', target).expect(400);
      const field = 'recipientPhone' in target ? 'recipientPhone' : 'recipientEmail';
      expect(body).toMatchObject({
        code: 'VALIDATION_FAILED',
        details: [{ field, message: expect.stringMatching(/^is not usable/) }],
      });
    }
    await tenant.post('/messages/cancel-for-lead', { recipientPhone: '+447911377508' }).expect(200);
  });

  it('an enrollment whose messages were all stopped by cancel-for-lead does not go on by itself', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const [leadId] = await desk.leads([{ phone: phone(31) }]);
    const id = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
      { template: 'Three', wait: NOW },
    ]);
    await desk.step(id, leadId!, 0, 'sent', 'delivered');
    expect((await tenant.post('/messages/cancel-for-lead', { leadId }).expect(200)).body.cancelledCount).toBe(2);
    expect(await desk.finished(id)).toBeTruthy();
    expect(desk.arrived(phone(31)).map(({ text }) => text)).toEqual(['One']);
  });

  it('cancelling one step lets the next count from that moment', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const [leadId] = await desk.leads([{ phone: phone(31) }]);
    const id = await desk.launched([
      { template: 'One', wait: MUCH_LATER },
      { template: 'Two', wait: NOW },
    ]);
    const [one] = await desk.messages(id, leadId);
    await tenant.post(`/messages/${one!._id}/cancel`).expect(200);
    await desk.step(id, leadId!, 1, 'sent', 'delivered');
    expect(desk.arrived(phone(31)).map(({ text }) => text)).toEqual(['Two']);
  });
});
