import { ACCEPTED, BridgeDesk, twoSteps } from '../support/bridge-desk';
import { type FileServer, PNG, startFileServer } from '../support/file-server';
import { startTestApp, type TestApp } from '../support/test-app';

/** Texts and files to people with and without chats, on every macOS. The bridge's book is the judge. */
describe('first contacts by the bridge', () => {
  let test: TestApp;
  let web: FileServer;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    web = await startFileServer();
    web.files.set('/cat.png', PNG);
    test = await startTestApp({ PROVIDER_TIMEOUT_SECONDS: '3' });
  });
  afterAll(async () => {
    await test.close();
    await web.close();
  });
  beforeEach(async () => {
    serial += 1;
    desk = await BridgeDesk.at(test);
  });
  afterEach(() => desk.leave());

  const phone = (ending: number) => `+1202${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const mail = (name: string) => `${name}.s${serial}x@example.com`;
  const picture = () => ({ attachmentUrls: [`${web.url}/cat.png`] });
  const openChat = (address: string, service = 'iMessage') =>
    test.simulator.openChat({ addresses: [address], service, bridge: 0 }).guid;
  const ways = (address: string) => desk.book(address).map(({ via, outcome }) => `${via} ${outcome}`);

  it('B01: somebody without a chat is written to once, and the follow-up comes behind it', async () => {
    const { campaign } = await desk.begun({ phone: phone(31) }, twoSteps(1));
    await desk.finished(campaign);
    expect(ways(phone(31))).toEqual(['new sent', 'text sent']);
    expect(desk.texts(phone(31))).toEqual(['Hi you', 'Second']);
  });

  it('B01: where nobody tells which chats there are, the chat that is missing is opened at once', async () => {
    test.simulator.control({ proxy: { page: 'bad-gateway-502', path: 'handle/query' } });
    const id = await desk.direct({ recipientPhone: phone(32) });
    expect(await desk.become(id, ...ACCEPTED)).toMatchObject({ attempts: [{ outcome: 'refused' }, { outcome: 'accepted' }] });
    expect(ways(phone(32))).toEqual(['text refused', 'new sent']);
  });

  it('a chat that has gone, or is not in the list of chats, is opened again', async () => {
    const { campaign, lead } = await desk.begun({ phone: phone(33) });
    test.simulator.control({ faults: [{ name: 'chat-not-in-list', on: 'text', address: phone(33) }] });
    await desk.endWait(campaign, lead);
    await desk.finished(campaign);
    expect(ways(phone(33))).toEqual(['new sent', 'text refused', 'new sent']);
    expect(desk.texts(phone(33))).toEqual(['Hi you', 'Second']);
  });

  it('B03: a file alone opens no chat: refused with the reason, and never unknown', async () => {
    const id = await desk.direct({ recipientPhone: phone(34), message: '', ...picture() });
    expect(await desk.become(id, 'failed')).toMatchObject({
      code: 'FILE_WITHOUT_CONVERSATION',
      attempts: [{ outcome: 'refused' }],
    });
    expect(desk.texts(phone(34))).toEqual([]);
    const both = await desk.direct({ recipientPhone: phone(34), message: 'Look', ...picture() });
    await desk.become(both, ...ACCEPTED);
    expect(desk.arrived(phone(34)).map(({ text, attachment }) => attachment?.name ?? text)).toEqual(['Look', 'cat.png']);
  });

  it('B09: the message of a chat that was opened is known by its own id, and so are its receipts', async () => {
    test.simulator.control({ receipts: false });
    const id = await desk.direct({ recipientPhone: phone(35) });
    const sent = await desk.become(id, 'sent');
    const [entry] = desk.book(phone(35));
    expect(sent.externalMessageId).toBe(entry!.guid);
    // Between our start of the attempt and its end, by the Mac's time.
    expect(Math.abs(new Date(sent.sentAt).getTime() - entry!.date!)).toBeLessThan(1_000);
    await test.simulator.receipt({ guid: entry!.guid!, delivered: true });
    await desk.become(id, 'delivered');
  });

  it('B20: files go by the Private API, as texts do', async () => {
    openChat(phone(36));
    const id = await desk.direct({ recipientPhone: phone(36), message: 'Look', ...picture() });
    await desk.become(id, ...ACCEPTED);
    expect(desk.book(phone(36)).map(({ via, method }) => `${via} ${method}`)).toEqual([
      'text private-api',
      'attachment private-api',
    ]);
  });

  it('B22: on macOS 26 a chat is called otherwise, and is written to once', async () => {
    test.simulator.control({ macos: 26 });
    const guid = openChat(phone(37));
    expect(guid).toBe(`any;-;${phone(37)}`);
    const { campaign } = await desk.begun({ phone: phone(37) }, twoSteps(1));
    await desk.finished(campaign);
    expect(desk.book(phone(37)).map(({ via, chatGuid, outcome }) => [via, chatGuid, outcome])).toEqual([
      ['text', guid, 'sent'],
      ['text', guid, 'sent'],
    ]);
  });

  it('macOS 26 that is switched on in the middle of a campaign costs nobody a text', async () => {
    await desk.leads([38, 39, 40].map((ending) => ({ phone: phone(ending) })));
    openChat(phone(39));
    const campaign = await desk.launched(twoSteps());
    const leads = (await desk.messages(campaign)).filter(({ stepIndex }) => stepIndex === 0).map(({ leadId }) => leadId);
    for (const lead of leads) await desk.step(campaign, lead, 0, ...ACCEPTED);
    test.simulator.control({ macos: 26 });
    for (const lead of leads) await desk.endWait(campaign, lead);
    await desk.finished(campaign);
    for (const ending of [38, 39, 40]) {
      expect(desk.texts(phone(ending))).toEqual(['Hi you', 'Second']);
      expect(desk.arrived(phone(ending)).at(-1)!.chatGuid).toBe(`any;-;${phone(ending)}`);
    }
  });

  it('a file alone finds its chat after macOS 26 has renamed it', async () => {
    await desk.become(await desk.direct({ recipientPhone: phone(41) }), ...ACCEPTED);
    test.simulator.control({ macos: 26 });
    const id = await desk.direct({ recipientPhone: phone(41), message: '', ...picture() });
    await desk.become(id, ...ACCEPTED);
    expect(ways(phone(41)).filter((way) => way.endsWith('sent'))).toEqual(['new sent', 'attachment sent']);
  });

  it('B25: an address that the bridge would change is neither asked about nor opened a chat for', async () => {
    const changed = `john.s${serial}x@my-company.com`;
    const { body } = await desk.tenant.post('/leads/check-availability', { address: changed });
    expect(body.available).not.toBe(true);
    const [lead] = await desk.leads([{ email: changed, altPhone1: phone(42) }]);
    const campaign = await desk.launched([twoSteps()[0]!]);
    expect(await desk.step(campaign, lead!, 0, ...ACCEPTED)).toMatchObject({ recipientPhone: phone(42) });
    const asked = test.simulator.ledger({ kind: 'availability' }) as { address: string; asked: string }[];
    expect(asked.filter((one) => one.asked === changed)).toEqual([]);
    for (const address of [changed, changed.replace('-', '')]) expect(desk.book(address)).toEqual([]);
    // Where that chat is there already, it is that person.
    openChat(changed);
    await desk.become(await desk.direct({ recipientEmail: changed }), ...ACCEPTED);
    expect(ways(changed)).toEqual(['text sent']);
  });

  it('B33: a row that is refused at once is read: another address where it is not on iMessage, and never a new chat', async () => {
    openChat(phone(12));
    const [lead] = await desk.leads([{ phone: phone(12), altPhone1: phone(43) }]);
    const campaign = await desk.launched([twoSteps()[0]!]);
    expect(await desk.step(campaign, lead!, 0, ...ACCEPTED)).toMatchObject({ recipientPhone: phone(43) });
    expect(desk.book(phone(12)).map(({ via, error }) => [via, error])).toEqual([['text', 22]]);
    openChat(phone(44));
    test.simulator.control({ faults: [{ name: 'row-error', error: 4, address: phone(44) }] });
    const id = await desk.direct({ recipientPhone: phone(44) });
    await desk.become(id, ...ACCEPTED);
    expect((await desk.message(id)).attempts).toMatchObject([
      { outcome: 'refused', code: 'IMESSAGE_ERROR_4' },
      { outcome: 'accepted' },
    ]);
    expect(ways(phone(44))).toEqual(['text refused', 'text sent']);
  });

  it('B41: the tempGuid of a failed attempt in the event of another row binds nothing and reopens nothing', async () => {
    test.simulator.control({ proxy: { page: 'bad-gateway-502', path: 'handle/query' } });
    const id = await desk.direct({ recipientPhone: phone(45) });
    const done = await desk.become(id, 'delivered');
    const [first, second] = desk.book(phone(45));
    expect([first!.via, second!.via]).toEqual(['text', 'new']);
    expect(done).toMatchObject({ externalMessageId: second!.guid, attempts: [{ outcome: 'refused' }, { outcome: 'accepted' }] });
    // The late word of the first id is about no row at all.
    await desk.post({
      type: 'message-send-error',
      data: { guid: second!.guid, tempGuid: first!.tempGuid, error: 0, isFromMe: true },
    });
    expect(await desk.message(id)).toMatchObject({ status: 'delivered' });
    expect(desk.texts(phone(45))).toEqual(['Hi']);
    expect((await desk.tenant.get('/lines/by-user')).body.lines[0].usage).toMatchObject({ totalMessagesCount: 1 });
  });

  it('T03: a template that renders to nothing ends with a reason of its own, and nothing is handed over', async () => {
    const [lead] = await desk.leads([{ phone: phone(46) }]);
    const campaign = await desk.launched([{ ...twoSteps()[0], template: '{firstName}' }], {}, { allowEmpty: true });
    expect(await desk.step(campaign, lead!, 0, 'failed')).toMatchObject({ code: 'EMPTY_MESSAGE' });
    expect(desk.book(phone(46))).toEqual([]);
  });

  it('nobody else is written to: not whose address ends alike, not a group, not an SMS chat of the same number', async () => {
    openChat(mail('joann'));
    openChat(phone(47), 'SMS');
    test.simulator.openChat({ addresses: [phone(48), phone(49)], bridge: 0 });
    const ids = [
      await desk.direct({ recipientEmail: mail('ann') }),
      await desk.direct({ recipientPhone: phone(47) }),
      await desk.direct({ recipientPhone: phone(48) }),
    ];
    for (const id of ids) await desk.become(id, ...ACCEPTED);
    expect(desk.texts(mail('joann'))).toEqual([]);
    expect(desk.arrived(mail('ann'), phone(47), phone(48)).map(({ service, chatGuid }) => [service, chatGuid])).toEqual([
      ['iMessage', `iMessage;-;${mail('ann')}`],
      ['iMessage', `iMessage;-;${phone(47)}`],
      ['iMessage', `iMessage;-;${phone(48)}`],
    ]);
  });
});
