import { type Line } from '../../src/lines';
import { ACCEPTED, BridgeDesk, twoSteps } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

/** Answers, and what is none, however the bridge tells of them or does not. Its book is the judge. */
describe('replies by the bridge', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ PROVIDER_TIMEOUT_SECONDS: '3' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    desk = await BridgeDesk.at(test);
  });
  afterEach(() => desk.leave());

  const phone = (ending: number) => `+1204${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const lost = (address: string, text = 'Please stop', more: object = {}) =>
    test.simulator.reply({ address, text, deliveries: 0, bridge: 0, ...more });
  /** What a callback says is worked on after it was answered. */
  const heard = (lead: string) => eventually(async () => (await desk.replies()).some(({ leadIds }) => leadIds.includes(lead)));
  /** The second text is not sent, since the person has answered; one reply is kept. */
  const stopped = async ({ campaign, lead }: { campaign: string; lead: string }, address: string) => {
    await desk.endWait(campaign, lead);
    expect(await desk.step(campaign, lead, 1, 'cancelled', ...ACCEPTED)).toMatchObject({
      status: 'cancelled',
      reason: expect.stringMatching(/^(replied|opted_out)$/),
    });
    expect(desk.texts(address)).toEqual(['Hi you']);
    expect((await desk.replies()).filter(({ leadIds }) => leadIds.includes(lead))).toHaveLength(1);
  };
  /** Nothing of that was an answer. */
  const goesOn = async ({ campaign, lead }: { campaign: string; lead: string }, address: string) => {
    await desk.endWait(campaign, lead);
    expect((await desk.step(campaign, lead, 1, 'cancelled', ...ACCEPTED)).status).not.toBe('cancelled');
    expect(desk.texts(address)).toEqual(['Hi you', 'Second']);
    expect(await desk.replies(address)).toEqual([]);
  };
  const event = (address: string, more: object) => ({
    type: 'new-message',
    data: {
      guid: `E-${serial}-${JSON.stringify(more).length}`,
      text: 'Yes',
      handle: { address },
      isFromMe: false,
      dateCreated: Date.now(),
      chats: [{ guid: `iMessage;-;${address}`, style: 45 }],
      ...more,
    },
  });

  it('R01: a reply whose event was lost is found before the follow-up, also behind a receipt', async () => {
    const begun = await desk.begun({ phone: phone(31) });
    await desk.step(begun.campaign, begun.lead, 0, 'delivered');
    await lost(phone(31));
    await stopped(begun, phone(31));
  });

  it('B24: the same on macOS 26, where the chat is called otherwise', async () => {
    test.simulator.control({ macos: 26, guidFallback: true, receipts: false, echoes: false });
    const begun = await desk.begun({ phone: phone(32) });
    await lost(phone(32));
    await stopped(begun, phone(32));
  });

  it('B37: a reply that came while the server was down', async () => {
    const begun = await desk.begun({ phone: phone(33) });
    test.simulator.control({ down: true });
    const { webhooks } = await test.simulator.reply({ address: phone(33), text: 'Please stop', bridge: 0 });
    expect(webhooks).toEqual([]);
    await test.simulator.restart({ bridge: 0 });
    await stopped(begun, phone(33));
  });

  it('B39: a reply that Messages hands over two minutes late', async () => {
    const begun = await desk.begun({ phone: phone(34) });
    const { webhooks } = await test.simulator.reply({
      address: phone(34),
      text: 'Please stop',
      dateOffsetMs: -120_000,
      bridge: 0,
    });
    expect(webhooks).toEqual([]);
    await stopped(begun, phone(34));
  });

  it('B40: after a soft restart no event comes; replies are found all the same, and health says deaf', async () => {
    await test.simulator.restart({ bridge: 0, soft: true });
    const begun = await desk.begun({ phone: phone(35) });
    await test.simulator.reply({ address: phone(35), text: 'Please stop', dateOffsetMs: -70_000, bridge: 0 });
    await stopped(begun, phone(35));
    const { body } = await desk.tenant.get(`/lines/check-availability?id=${desk.line.id}`).expect(200);
    expect(body).toMatchObject({ available: true, reading: { isDeaf: true, words: expect.stringMatching(/restart/i) } });
    await test.simulator.restart({ bridge: 0 });
    await test.simulator.reply({ address: phone(36), text: 'Who is this?', bridge: 0 });
    await eventually(async () => {
      const { body: line } = await desk.tenant.get(`/lines/${desk.line.id}`);
      return line.reading.isDeaf === false;
    });
  });

  it('R03: a lost reply to a first text of unknown outcome counts, and nothing follows', async () => {
    test.simulator.control({ receipts: false, echoes: false, faults: [{ name: 'hang' }] });
    const [lead] = await desk.leads([{ phone: phone(37), firstName: 'Amy' }]);
    const campaign = await desk.launched(twoSteps(undefined, 'Hi you '));
    await eventually(async () => Promise.resolve(desk.texts(phone(37)).length > 0));
    await lost(phone(37), 'please stop');
    await desk.endWait(campaign, lead!);
    expect(await desk.step(campaign, lead!, 1, 'cancelled', ...ACCEPTED)).toMatchObject({ reason: 'opted_out' });
    expect(desk.texts(phone(37))).toEqual(['Hi you ']);
  });

  it.each<[string, (address: string) => object]>([
    ['R04: what is written to a group', () => ({ chats: [{ guid: 'iMessage;+;chat813254241117177218', style: 43 }] })],
    [
      'R05a: somebody who joined',
      () => ({ text: null, itemType: 1, groupActionType: 0, chats: [{ guid: 'iMessage;+;chat99' }] }),
    ],
    ['R05c: somebody who left', () => ({ text: null, itemType: 3, groupActionType: 0, chats: [{ guid: 'iMessage;+;chat99' }] })],
    ['R05e: an audio that was kept', () => ({ text: null, itemType: 5, groupActionType: 0 })],
    ['R05f: a FaceTime call', () => ({ text: null, itemType: 6, groupActionType: 0 })],
    ['a location that was shared', () => ({ text: null, itemType: 4 })],
    [
      'R06a: a tapback as text',
      (to) => ({ text: 'Liked “Hi you”', handle: { address: to, service: 'SMS' }, chats: [{ guid: `SMS;-;${to}` }] }),
    ],
    [
      'R06c: an emoji as text',
      (to) => ({ text: '👍 to “Hi you”', handle: { address: to, service: 'RCS' }, chats: [{ guid: `SMS;-;${to}` }] }),
    ],
    ['a tapback that was taken back', (to) => ({ text: 'Removed a like from “Hi you”', chats: [{ guid: `RCS;-;${to}` }] })],
    ['an event of typing', () => ({ text: null, guid: null })],
  ])('%s is no reply', async (_, more) => {
    const begun = await desk.begun({ phone: phone(38) });
    await desk.post(event(phone(38), more(phone(38))));
    await goesOn(begun, phone(38));
  });

  it('B52: reactions are no replies, native or as texts, nor are rows of groups and of our own hand', async () => {
    const begun = await desk.begun({ phone: phone(39) });
    const of = desk.book(phone(39))[0]!.guid!;
    const address = phone(39);
    await test.simulator.inbound(
      [
        { address, tapback: { of, reaction: 'like' } },
        { address, tapback: { of, reaction: '🎉' } },
        { address, tapback: { of, reaction: 'love', as: 'text' }, service: 'SMS' },
        { address, tapback: { of, reaction: '-like', as: 'text' }, service: 'RCS' },
        { address, text: 'see you all at dinner', group: 'chat813254241117177218', participants: [address, phone(40)] },
        { address, itemType: 2, groupTitle: 'Dinner', group: 'chat813254241117177218', participants: [address, phone(40)] },
        { address, text: 'Written by hand', isFromMe: true },
      ],
      { bridge: 0 },
    );
    await desk.post({
      type: 'new-message',
      data: {
        guid: `T-${serial}`,
        text: 'Liked “Hi Amy”',
        associatedMessageGuid: `p:0/${of}`,
        associatedMessageType: 'like',
        handle: { address },
        isFromMe: false,
      },
    });
    await goesOn(begun, address);
  });

  it('a text that only looks like a reaction is a reply', async () => {
    const begun = await desk.begun({ phone: phone(41) });
    await test.simulator.reply({ address: phone(41), text: 'Liked “your other offer”', service: 'SMS', bridge: 0 });
    await stopped(begun, phone(41));
  });

  it('R08: a Mac with two lines on it tells both, and the reply is one', async () => {
    const second: Line = await test.line(desk.tenant, 0, { phone: '+12025550197' });
    const begun = await desk.begun({ phone: phone(42) });
    const { webhooks } = await test.simulator.reply({ address: phone(42), text: 'Yes', bridge: 0 });
    expect(webhooks.map(({ url, status }) => [url.endsWith(desk.hook()) || url.endsWith(desk.hook(second)), status])).toEqual([
      [true, 200],
      [true, 200],
    ]);
    await stopped(begun, phone(42));
    expect(await desk.replies(phone(42))).toHaveLength(1);
    await desk.leave(second);
  });

  it('R10: an answer that is dated before the campaign, and arrives behind our text, stops it', async () => {
    const begun = await desk.begun({ phone: phone(43) });
    await desk.post(event(phone(43), { dateCreated: Date.now() - 300_000 }));
    await heard(begun.lead);
    await stopped(begun, phone(43));
  });

  it('R11: an address that the phone library refuses is kept as it is, and counts for whom it means', async () => {
    const number = `+5255${120_000 + serial}40`;
    const begun = await desk.begun({ phone: number });
    await desk.post(event(number.replace('+52', '+521'), {}));
    await heard(begun.lead);
    await stopped(begun, number);
    await desk.post(event('12345', { guid: `S-${serial}`, text: 'From a short number' }));
    await eventually(async () => (await desk.replies()).some(({ message }) => message === 'From a short number'));
  });

  it.each(['SMS', 'RCS'])('an answer by %s counts as one by iMessage does', async (service) => {
    const begun = await desk.begun({ phone: phone(44) });
    await test.simulator.reply({ address: phone(44), text: 'Stop. Thank you', service, bridge: 0 });
    await stopped(begun, phone(44));
  });

  it('an answer from an alternate address, or in a thread from one that nobody knows, stops its lead', async () => {
    const [one, two] = await desk.leads([{ phone: phone(45), altEmail1: `Amy.s${serial}x@example.com` }, { phone: phone(46) }]);
    const campaign = await desk.launched(twoSteps());
    for (const lead of [one!, two!]) await desk.step(campaign, lead, 0, ...ACCEPTED);
    await test.simulator.reply({ address: `amy.s${serial}x@example.com`, text: 'No', bridge: 0 });
    const threadOriginatorGuid = desk.book(phone(46))[0]!.guid!;
    await test.simulator.reply({ address: `me.s${serial}x@icloud.example.com`, text: 'No', threadOriginatorGuid, bridge: 0 });
    await stopped({ campaign, lead: one! }, phone(45));
    await stopped({ campaign, lead: two! }, phone(46));
  });

  it('R13: an answer to a line that was removed counts, by event, and nothing follows from another line', async () => {
    const other = await test.line(desk.tenant, 1);
    const begun = await desk.begun({ phone: phone(47) });
    const from = begun.first.fromLineId === other.id ? other : desk.line;
    await desk.tenant.delete(`/lines/${from.id}`).expect(200);
    await desk.post(event(phone(47), { text: 'no thanks' }), from);
    await heard(begun.lead);
    await stopped(begun, phone(47));
  });

  it('R14: STOP outlives its lead: added again under another id, the person gets nothing more of the campaign', async () => {
    const begun = await desk.begun({ phone: phone(48) });
    await test.simulator.reply({ address: phone(48), text: 'STOP', bridge: 0 });
    await stopped(begun, phone(48));
    await desk.tenant.delete(`/leads/${begun.lead}`).expect(200);
    const [again] = await desk.leads([{ phone: phone(48) }]);
    expect(again).not.toBe(begun.lead);
    const { body } = await desk.tenant.post(`/campaigns/${begun.campaign}/leads`, { leadId: again }).expect(200);
    expect(body).toMatchObject({ messageCount: 0, skipped: 'suppressed', message: expect.stringMatching(/not enrolled/) });
    // Somebody else's next text goes out behind it, and theirs does not.
    const [other] = await desk.leads([{ phone: phone(49) }]);
    await desk.tenant.post(`/campaigns/${begun.campaign}/leads`, { leadId: other }).expect(200);
    await desk.endWait(begun.campaign, other!);
    await desk.step(begun.campaign, other!, 1, ...ACCEPTED);
    expect(desk.texts(phone(48))).toEqual(['Hi you']);
  });

  it('B48: rows that are posted again after a start change nothing', async () => {
    const begun = await desk.begun({ phone: phone(50) }, [twoSteps()[0]!, { template: 'Later', wait: MUCH_LATER }]);
    await test.simulator.reply({ address: phone(50), text: 'Yes', bridge: 0 });
    await desk.step(begun.campaign, begun.lead, 1, 'cancelled');
    await desk.step(begun.campaign, begun.lead, 0, 'delivered');
    const before = await desk.messages(begun.campaign);
    await test.simulator.restart({ bridge: 0, repeat: 40 });
    const other = await desk.begun({ phone: phone(51) }, [{ template: 'Other', wait: NOW }]);
    await test.simulator.reply({ address: phone(51), text: 'Me too', bridge: 0 });
    await eventually(async () => (await desk.replies(phone(51))).length === 1);
    expect(await desk.replies(phone(50))).toHaveLength(1);
    expect(await desk.messages(begun.campaign)).toEqual(before);
    expect(other.first.status).toMatch(/sent|delivered/);
  });
});
