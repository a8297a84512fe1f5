import { ACCEPTED, BridgeDesk, twoSteps } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

/** Errors and receipts that come behind the answer, in an event or in none, judged by the bridge's book. */
describe('late news of the bridge', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    desk = await BridgeDesk.at(test);
    test.simulator.control({ receipts: false });
  });
  afterEach(() => desk.leave());

  const phone = (ending: number) => `+1206${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const later = [twoSteps()[0]!, { template: 'Second', wait: MUCH_LATER }];
  const own = (guid: string, more: object) => ({
    type: 'new-message',
    data: { guid, isFromMe: true, error: 0, text: 'Hi you', handle: null, dateCreated: Date.now(), ...more },
  });
  /** The row of the first text has its error, of which nobody has told us. */
  const failedLate = (address: string) =>
    eventually(async () => {
      const guids = desk.book(address).map(({ guid }) => guid);
      return Promise.resolve(
        test.simulator.ledger({ kind: 'update' }).some((entry) => 'guid' in entry && guids.includes(entry.guid)),
      );
    });
  const guidAt = (address: string) => desk.book(address)[0]!.guid!;

  it('B11: an error in a new-message moves on to the next address, and the second step waits for that', async () => {
    const begun = await desk.begun({ phone: phone(31), altPhone1: phone(32) }, later);
    await desk.post(own(guidAt(phone(31)), { error: 22, chats: [{ guid: `iMessage;-;${phone(31)}` }] }));
    await eventually(async () => Promise.resolve(desk.texts(phone(32)).length > 0));
    expect(await desk.step(begun.campaign, begun.lead, 0, ...ACCEPTED)).toMatchObject({ recipientPhone: phone(32) });
    expect((await desk.messages(begun.campaign, begun.lead))[1]!.status).toBe('scheduled');
  });

  it('B11: where there is no other address the step ends as fallback, and nothing follows', async () => {
    const begun = await desk.begun({ phone: phone(33) }, later);
    await test.simulator.sendError(guidAt(phone(33)), 22, 'new-message');
    await desk.step(begun.campaign, begun.lead, 0, 'fallback');
    expect(await desk.step(begun.campaign, begun.lead, 1, 'cancelled')).toMatchObject({ reason: 'previous_step_failed' });
    expect(desk.book(phone(33))).toHaveLength(1);
  });

  it('B13: an error that no event tells is read before the follow-up, which is not sent', async () => {
    const begun = await desk.begun({ phone: phone(34) });
    await test.simulator.sendError(guidAt(phone(34)));
    await desk.endWait(begun.campaign, begun.lead);
    expect(await desk.step(begun.campaign, begun.lead, 0, 'fallback', 'failed')).toMatchObject({ status: 'fallback' });
    expect(await desk.step(begun.campaign, begun.lead, 1, 'cancelled', ...ACCEPTED)).toMatchObject({
      reason: 'previous_step_failed',
    });
    expect(desk.book(phone(34))).toHaveLength(1);
  });

  it('B35: the row is well at first and gets its error a moment later, silently', async () => {
    test.simulator.control({ faults: [{ name: 'late-error', address: phone(35), afterMs: 500 }] });
    const [id] = await desk.leads([{ phone: phone(35), altPhone1: phone(36) }]);
    const campaign = await desk.launched(twoSteps());
    await failedLate(phone(35));
    await desk.endWait(campaign, id!);
    await eventually(async () => {
      const first = await desk.step(campaign, id!, 0, ...ACCEPTED);
      return first.recipientPhone === phone(36);
    });
    // It counts from the text that arrived.
    await desk.endWait(campaign, id!);
    await desk.step(campaign, id!, 1, ...ACCEPTED);
    // Nothing went on to the address that was never reached.
    expect(desk.book(phone(35)).map(({ text, lateError }) => [text, lateError])).toEqual([['Hi you', 22]]);
    expect(desk.texts(phone(36))).toEqual(['Hi you', 'Second']);
  });

  it('an error other than 22 that no event tells ends the step, and nothing follows', async () => {
    test.simulator.control({ faults: [{ name: 'late-error', error: 25, address: phone(37) }] });
    const [id] = await desk.leads([{ phone: phone(37), altPhone1: phone(38) }]);
    const campaign = await desk.launched(twoSteps());
    await failedLate(phone(37));
    await desk.endWait(campaign, id!);
    expect(await desk.step(campaign, id!, 0, 'failed')).toMatchObject({ code: 'IMESSAGE_ERROR_25' });
    expect(await desk.step(campaign, id!, 1, 'cancelled')).toMatchObject({ reason: 'previous_step_failed' });
    expect(desk.texts(phone(38))).toEqual([]);
  });

  it('B14: receipts that come as new-message count, with their times', async () => {
    const begun = await desk.begun({ phone: phone(39) }, later);
    const at = Date.now() + 60_000;
    await desk.post(own(guidAt(phone(39)), { dateDelivered: at, dateRead: at + 5_000 }));
    await desk.step(begun.campaign, begun.lead, 0, 'delivered');
    expect(await desk.message(begun.first._id)).toMatchObject({
      deliveredAt: new Date(at).toISOString(),
      readAt: new Date(at + 5_000).toISOString(),
    });
  });

  it.each<[string, object]>([
    ['with a time', { delivered: true }],
    ['without a time', { undated: true }],
    ['an hour late, as a new message', { delivered: true, late: true }],
    ['read only', { read: true }],
  ])('a receipt %s makes the message delivered', async (_, receipt) => {
    const begun = await desk.begun({ phone: phone(40) }, later);
    await test.simulator.receipt({ guid: guidAt(phone(40)), ...receipt });
    expect(await desk.step(begun.campaign, begun.lead, 0, 'delivered')).toMatchObject({ deliveredAt: expect.any(String) });
  });

  it('a receipt whose event was lost is read with the account', async () => {
    const begun = await desk.begun({ phone: phone(41) });
    test.simulator.control({ receipts: false, eventLossRate: 1 });
    await test.simulator.receipt({ guid: guidAt(phone(41)), delivered: true });
    await desk.endWait(begun.campaign, begun.lead);
    await desk.step(begun.campaign, begun.lead, 1, ...ACCEPTED);
    await desk.step(begun.campaign, begun.lead, 0, 'delivered');
  });

  it.each<[string, (leadId: string, campaign: string) => Promise<unknown>]>([
    ['R15: cancel-for-lead', (leadId) => desk.tenant.post('/messages/cancel-for-lead', { leadId }).expect(200)],
    [
      'R16: the removal from the campaign',
      (leadId, campaign) => desk.tenant.delete(`/campaigns/${campaign}/leads/${leadId}`).expect(200),
    ],
    ['an answer', () => test.simulator.reply({ address: phone(42), text: 'No', bridge: 0 })],
    ['the deletion of the lead', (leadId) => desk.tenant.delete(`/leads/${leadId}`).expect(200)],
  ])('%s covers what a late error would bring back', async (_, stop) => {
    const begun = await desk.begun({ phone: phone(42), altPhone1: phone(43) }, later);
    await stop(begun.lead, begun.campaign);
    await desk.step(begun.campaign, begun.lead, 1, 'cancelled').catch(() => undefined);
    await test.simulator.sendError(guidAt(phone(42)), 22, 'message-send-error');
    await eventually(async () => ['failed', 'fallback', 'cancelled'].includes((await desk.message(begun.first._id)).status));
    // Whoever is still wanted gets theirs meanwhile.
    await desk.become(await desk.direct({ recipientPhone: phone(44) }), ...ACCEPTED);
    expect(desk.texts(phone(43))).toEqual([]);
    expect(desk.book(phone(42))).toHaveLength(1);
  });

  it('a late error behind a later step changes nothing that was sent: nobody gets the texts in the wrong order', async () => {
    const begun = await desk.begun({ phone: phone(45), altPhone1: phone(46) }, [
      twoSteps()[0]!,
      { template: 'Second', wait: NOW },
    ]);
    await desk.step(begun.campaign, begun.lead, 1, ...ACCEPTED);
    await test.simulator.sendError(guidAt(phone(45)), 22, 'message-send-error');
    await desk.step(begun.campaign, begun.lead, 0, 'failed');
    expect(desk.texts(phone(46))).toEqual([]);
    expect(desk.texts(phone(45))).toEqual(['Hi you', 'Second']);
  });

  it('a late error behind a later step that was only refused goes on to the next address, in order', async () => {
    test.simulator.control({ receipts: false, faults: [{ name: 'row-error', on: 'text', address: phone(47) }] });
    const begun = await desk.begun({ phone: phone(47), altPhone1: phone(48) }, [
      twoSteps()[0]!,
      { template: 'Second', wait: NOW },
    ]);
    await eventually(async () => desk.book(phone(47)).some(({ outcome }) => outcome === 'refused'));
    await desk.step(begun.campaign, begun.lead, 1, 'queued');
    await test.simulator.sendError(guidAt(phone(47)), 22, 'message-send-error');
    await desk.step(begun.campaign, begun.lead, 1, ...ACCEPTED);
    expect(desk.texts(phone(48))).toEqual(['Hi you', 'Second']);
    expect(desk.book(phone(47)).map(({ text, outcome }) => [text, outcome])).toEqual([
      ['Hi you', 'sent'],
      ['Second', 'refused'],
    ]);
  });
});
