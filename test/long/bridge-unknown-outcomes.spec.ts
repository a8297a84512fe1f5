import { type Fault } from '@tuco/bluebubbles-simulator';
import { ACCEPTED, BridgeDesk, twoSteps } from '../support/bridge-desk';
import { NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { type FileServer, PNG, startFileServer } from '../support/file-server';
import { startTestApp, type TestApp } from '../support/test-app';

/** Sends of which the answer tells nothing: what became of them stands in the bridge's book. */
describe('unknown outcomes at the bridge', () => {
  let test: TestApp;
  let web: FileServer;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    web = await startFileServer();
    web.files.set('/a.png', PNG);
    test = await startTestApp({ PROVIDER_TIMEOUT_SECONDS: '2' });
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

  const phone = (ending: number) => `+1205${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  /** Nothing but the book tells what became of it. */
  const quiet = (...faults: Fault[]) => test.simulator.control({ echoes: false, receipts: false, faults });
  const openChat = (address: string) => test.simulator.openChat({ addresses: [address], bridge: 0 });
  const first = async (lead: object, template: string) => {
    const [id] = await desk.leads([lead]);
    const campaign = await desk.launched([{ template, wait: NOW }], {}, { allowEmpty: true });
    return desk.step(campaign, id!, 0, 'sent', 'delivered', 'failed');
  };

  it.each<[string, Fault, RegExp]>([
    ['B08: a row that is not in the database', { name: 'not-in-database' }, /not found in database/],
    ['B08: a send that cannot be told', { name: 'not-identified' }, /Failed to send message!/],
    ['B08: a row that is not attached', { name: 'see-attached' }, /See attached message error code/],
    ['B08: a transaction that timed out', { name: 'transaction-timeout' }, /Transaction timeout/],
    ['a promise that timed out', { name: 'send-timeout' }, /See attached message error code/],
    ['B46: a time-out of the gateway in the envelope', { name: 'hang' }, /too long|time/i],
  ])('%s: found in the book where it was sent, open where it was not, and never sent again', async (_, fault, words) => {
    for (const address of [phone(31), phone(32)]) openChat(address);
    quiet({ ...fault, address: phone(31) });
    const gone = await desk.become(await desk.direct({ recipientPhone: phone(31) }), 'sent', 'failed');
    expect(gone).toMatchObject({
      status: 'sent',
      externalMessageId: desk.book(phone(31))[0]!.guid,
      attempts: [{ outcome: 'accepted' }],
    });
    expect(desk.texts(phone(31))).toEqual(['Hi']);
    if (fault.name === 'hang') return;
    quiet({ ...fault, address: phone(32), sent: false });
    const open = await desk.become(await desk.direct({ recipientPhone: phone(32) }), 'sent', 'failed');
    // T06: the bridge's words are kept, where people can read them.
    expect(open).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      errorMessage: expect.stringMatching(words),
      attempts: [{ outcome: 'unknown', words: expect.stringMatching(words) }],
    });
    expect(desk.book(phone(32)).map(({ outcome }) => outcome)).toEqual(['refused']);
  });

  it('B44: chat/new that does not find its row: the row is found in the book', async () => {
    quiet({ name: 'not-in-database', on: 'new' });
    const id = await desk.direct({ recipientPhone: phone(33) });
    await desk.become(id, 'sent');
    expect(desk.book(phone(33))).toMatchObject([
      { via: 'new', words: 'Failed to create new chat! Message not found after 30 seconds!' },
    ]);
  });

  it('T06: the words of an unknown outcome stand in its attempt, and a person can settle it by them', async () => {
    openChat(phone(34));
    quiet({ name: 'not-in-database', sent: false });
    const id = await desk.direct({ recipientPhone: phone(34) });
    const open = await desk.become(id, 'failed');
    expect(open.attempts[0].words).toBe('Failed to send message! Message not found in database after 60 seconds!');
    await desk.tenant.post(`/messages/${id}/resolve`, { as: 'not_sent' }).expect(200);
    await desk.become(id, ...ACCEPTED);
    expect(desk.book(phone(34)).map(({ outcome }) => outcome)).toEqual(['refused', 'sent']);
  });

  it('B16: white space at the end of a text is not kept by the Mac, and the text is found without', async () => {
    quiet({ name: 'hang' });
    expect(await first({ phone: phone(35) }, 'Hi {firstName}')).toMatchObject({ status: 'sent' });
    expect(desk.texts(phone(35))).toEqual(['Hi ']);
  });

  it('B17: a line break at the end neither', async () => {
    quiet({ name: 'hang' });
    expect(await first({ phone: phone(36), firstName: 'Z' }, 'Hi there\n')).toMatchObject({ status: 'sent' });
    expect(desk.texts(phone(36))).toEqual(['Hi there\n']);
  });

  it.each(['  Hi  ', 'Hi\u00a0there', 'It’s “you” ❤️', 'Ünïcödé 🐦\u202Ertl', 'one\r\ntwo\n\nthree', '\uFFFCx'])(
    'a text like %j is found as the Mac keeps it',
    async (template) => {
      quiet({ name: 'hang' });
      expect(await first({ phone: phone(37) }, template)).toMatchObject({ status: 'sent' });
      expect(desk.texts(phone(37))).toHaveLength(1);
    },
  );

  it('B19: a file of which the answer was lost is found by its name', async () => {
    await desk.become(await desk.direct({ recipientPhone: phone(38) }), ...ACCEPTED);
    quiet({ name: 'hang', on: 'attachment' });
    const id = await desk.direct({ recipientPhone: phone(38), message: '', attachmentUrls: [`${web.url}/a.png`] });
    expect(await desk.become(id, 'sent', 'failed')).toMatchObject({
      status: 'sent',
      externalMessageId: desk.book(phone(38))[1]!.guid,
    });
    expect(desk.arrived(phone(38)).map(({ attachment }) => attachment?.name)).toEqual([undefined, 'a.png']);
  });

  it.each([-8_000, -3_000, 3_000, 8_000])('B26: a Mac whose clock is off by %i ms', async (clockOffsetMs) => {
    test.simulator.control({ echoes: false, receipts: false, clockOffsetMs, faults: [{ name: 'hang' }] });
    const id = await desk.direct({ recipientPhone: phone(39) });
    expect(await desk.become(id, 'sent', 'failed')).toMatchObject({ status: 'sent' });
    expect(desk.texts(phone(39))).toEqual(['Hi']);
  });

  it('macOS 26 that comes between the send and the question: found whatever the chat is called', async () => {
    quiet({ name: 'hang' });
    const id = await desk.direct({ recipientPhone: phone(40) });
    await eventually(async () => Promise.resolve(desk.texts(phone(40)).length > 0));
    test.simulator.control({ macos: 26 });
    expect(await desk.become(id, 'sent', 'failed')).toMatchObject({ status: 'sent' });
  });

  it('two equal texts of which one is open: the open one is the one that no answer named', async () => {
    await desk.become(await desk.direct({ recipientPhone: phone(41) }), ...ACCEPTED);
    quiet({ name: 'hang' });
    const id = await desk.direct({ recipientPhone: phone(41) });
    const settled = await desk.become(id, 'sent', 'failed');
    expect([settled.status, settled.externalMessageId]).toEqual(['sent', desk.book(phone(41))[1]!.guid]);
  });

  it('our own event settles an outcome that was given up long ago, and the next step counts from then', async () => {
    openChat(phone(42));
    quiet({ name: 'transaction-timeout', afterMs: 12_000 });
    const [lead] = await desk.leads([{ phone: phone(42) }]);
    const campaign = await desk.launched(twoSteps(1));
    const open = await desk.step(campaign, lead!, 0, 'failed');
    expect(open.code).toBe('OUTCOME_UNKNOWN');
    test.simulator.control({ echoes: true, receipts: true });
    await desk.step(campaign, lead!, 0, ...ACCEPTED);
    await desk.step(campaign, lead!, 1, ...ACCEPTED);
    expect(desk.texts(phone(42))).toEqual(['Hi you', 'Second']);
  });

  it('B47: a failure whose words hold the text, the address and paths shows none of them', async () => {
    openChat(phone(43));
    quiet({ name: 'command-failed', times: null });
    const id = await desk.direct({ recipientPhone: phone(43), message: 'Hi Amy, about the offer' });
    const { attempts, errorMessage } = await desk.become(id, 'failed');
    const shown = JSON.stringify([attempts.map(({ words }: { words: string }) => words), errorMessage, await desk.health()]);
    expect(shown).toContain('AppleScript');
    for (const secret of ['Amy', phone(43), '/Users', 'osascript']) expect(shown).not.toContain(secret);
  });
});
