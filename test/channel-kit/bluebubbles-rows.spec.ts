import type { Controls, Fault, ProxyPage, SendEntry } from '@tuco/bluebubbles-simulator';
import { BlueBubblesRig } from './bluebubbles-rig';

const FILE = {
  name: 'photo.png',
  url: 'https://files.example.com/photo.png',
  type: 'image/png',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
};

/** What the adapter makes of each answer of the bridge, and of each page before it. */
describe('the rows of BlueBubbles: conversations, sends, health, availability', () => {
  let rig: BlueBubblesRig;

  beforeAll(async () => {
    rig = await BlueBubblesRig.start();
  });
  afterAll(() => rig.close());
  afterEach(() => void rig.simulator.control({ reset: true }));

  const book = (address: string) => rig.simulator.ledger({ kind: 'send', address }) as SendEntry[];
  const sent = (address: string) => book(address).filter(({ outcome }) => outcome === 'sent');
  const told = (controls: Partial<Controls>) => rig.simulator.control({ bridge: 0, ...controls });
  const fault = (one: Fault) => told({ faults: [one] });

  describe('findConversation', () => {
    const find = (to: string) => rig.channel.findConversation(rig.line, to);

    it('gives the direct chat by its real name, before macOS 26 and on it', async () => {
      const to = rig.someone();
      expect(await find(to)).toEqual({ kind: 'none' });
      rig.chat(to);
      expect(await find(to)).toEqual({ kind: 'found', conversation: `iMessage;-;${to}` });
      told({ macos: 26 });
      expect(await find(to)).toEqual({ kind: 'found', conversation: `any;-;${to}` });
    });

    it('gives no chat of another service, no group, and nobody whose address ends alike', async () => {
      const [sms, grouped, other] = [rig.someone(), rig.someone(), rig.someone()];
      rig.chat(sms, 'SMS');
      rig.simulator.openChat({ addresses: [grouped, other], bridge: 0 });
      rig.chat('joann@example.com');
      for (const to of [sms, grouped, 'ann@example.com']) expect(await find(to)).toEqual({ kind: 'none' });
      expect(await find('joann@example.com')).toMatchObject({ kind: 'found' });
    });

    it('says that an address which the bridge would change cannot be opened a chat for', async () => {
      expect(await find('john+a@my-company.com')).toMatchObject({ kind: 'not-on-channel', code: 'ADDRESS_NOT_ASKABLE' });
      rig.chat('jane+a@my-company.com');
      expect(await find('jane+a@my-company.com')).toMatchObject({ kind: 'found' });
    });

    it('sets the line aside where the bridge is not well, and guesses where it is', async () => {
      const to = rig.someone();
      told({ proxy: { page: 'bad-gateway-502' } });
      expect(await find(to)).toMatchObject({ kind: 'failed', scope: 'device' });
      told({ proxy: { page: 'page-400', path: 'handle/query' } });
      expect(await find(to)).toEqual({ kind: 'found', conversation: `iMessage;-;${to}` });
      told({ proxy: null, passwordChanged: true });
      expect(await find(to)).toMatchObject({ kind: 'failed', scope: 'line' });
    });
  });

  describe('send', () => {
    it('a text in a known chat: the guid, the time and the chat of the answer', async () => {
      const to = rig.someone();
      const conversation = rig.chat(to);
      const outcome = await rig.send(to, { conversation });
      expect(outcome).toEqual({ kind: 'accepted', externalId: book(to)[0]!.guid, at: expect.any(Date), conversation });
    });

    it('a chat that is opened: the guid of its message, and its real name', async () => {
      told({ macos: 26 });
      const to = rig.someone();
      expect(await rig.send(to, { opensChat: true })).toEqual({
        kind: 'accepted',
        externalId: book(to)[0]!.guid,
        at: expect.any(Date),
        conversation: `any;-;${to}`,
      });
      told({ macos: 15 });
      expect(await rig.send(rig.someone(12), { opensChat: true })).toMatchObject({
        kind: 'not-on-channel',
        externalId: expect.any(String),
      });
      expect(await rig.send(rig.someone(22), { opensChat: true })).toMatchObject({
        kind: 'not-on-channel',
        code: 'NOT_ON_IMESSAGE',
      });
      expect(await rig.send(rig.someone(98), { opensChat: true })).toMatchObject({ kind: 'refused', code: 'IMESSAGE_ERROR_25' });
    });

    it('a file: by the Private API, under a name without signs of paths', async () => {
      const to = rig.someone();
      const conversation = rig.chat(to);
      const attachment = { ...FILE, name: 'a/b:c.png' };
      expect(await rig.send(to, { conversation, text: '', attachment })).toMatchObject({
        kind: 'accepted',
        externalId: book(to)[0]!.guid,
      });
      expect(book(to)).toMatchObject([{ via: 'attachment', method: 'private-api', attachment: { name: 'a_b_c.png' } }]);
      expect(await rig.send(rig.someone(), { opensChat: true, text: '', attachment: FILE })).toMatchObject({
        kind: 'refused',
        final: true,
      });
      const absent = rig.someone(12);
      const inChat = { conversation: rig.chat(absent), text: '', attachment: FILE };
      expect(await rig.send(absent, inChat)).toMatchObject({ kind: 'not-on-channel' });
    });

    it('an unknown chat proves that nothing was sent, for texts and for files', async () => {
      for (const more of [{}, { text: '', attachment: FILE }]) {
        const to = rig.someone();
        expect(await rig.send(to, more)).toMatchObject({ kind: 'refused', opensChat: true });
        expect(sent(to)).toEqual([]);
      }
      const to = rig.someone();
      const conversation = rig.chat(to);
      fault({ name: 'chat-not-in-list' });
      expect(await rig.send(to, { conversation })).toMatchObject({ kind: 'refused', opensChat: true });
    });

    it.each<[string, Partial<Controls>]>([
      ['is away', { helper: 'away' }],
      ['is not wanted', { privateApi: false }],
      ['does not run', { faults: [{ name: 'helper-not-running', times: null }] }],
    ])('a helper that %s: nothing was sent, by any call', async (_, controls) => {
      const to = rig.someone();
      const conversation = rig.chat(to);
      told(controls);
      for (const more of [{ conversation }, { opensChat: true }, { conversation, text: '', attachment: FILE }]) {
        expect(await rig.send(to, more)).toMatchObject({ kind: 'not-to-blame', code: 'HELPER_AWAY', scope: 'device' });
      }
      expect(sent(to)).toEqual([]);
    });

    it.each(['silent', 'facetime'] as const)('a helper that is %s: open, and the device is to blame', async (helper) => {
      told({ helper });
      expect(await rig.send(rig.someone(), { opensChat: true })).toMatchObject({ kind: 'unknown', failure: { scope: 'device' } });
    });

    it('a row that is refused at once is read: by its code, and by its guid', async () => {
      const absent = rig.someone(12);
      const outcome = await rig.send(absent, { conversation: rig.chat(absent) });
      expect(outcome).toMatchObject({ kind: 'not-on-channel', externalId: book(absent)[0]!.guid });
      const to = rig.someone();
      const conversation = rig.chat(to);
      await rig.send(to, { conversation });
      fault({ name: 'row-error', error: 4 });
      expect(await rig.send(to, { conversation })).toMatchObject({
        kind: 'refused',
        code: 'IMESSAGE_ERROR_4',
        externalId: book(to)[1]!.guid,
      });
      // Where neither the rows nor the chat can be read, nobody knows.
      told({ faults: [{ name: 'row-error' }], proxy: { page: 'bad-gateway-502', path: 'message/query' } });
      expect(await rig.send(to, { conversation, text: 'Other' })).toMatchObject({ kind: 'refused' });
      const others = { ...rig.line, bridgePassword: 'two' };
      rig.chat(to, 'iMessage', 1);
      rig.simulator.control({
        bridge: 1,
        macos: 26,
        guidFallback: true,
        faults: [{ name: 'row-error' }],
        proxy: { page: 'bad-gateway-502', path: 'message/query' },
      });
      expect(await rig.channel.send(others, rig.outgoing(to))).toMatchObject({ kind: 'unknown' });
    });

    it.each<[Fault, 'text' | 'new' | 'attachment']>([
      [{ name: 'transaction-timeout' }, 'text'],
      [{ name: 'transaction-timeout' }, 'new'],
      [{ name: 'not-in-database' }, 'text'],
      [{ name: 'not-in-database' }, 'new'],
      [{ name: 'not-in-database' }, 'attachment'],
      [{ name: 'not-identified' }, 'text'],
      [{ name: 'not-identified' }, 'new'],
      [{ name: 'see-attached' }, 'text'],
      [{ name: 'send-timeout' }, 'new'],
      [{ name: 'hang' }, 'text'],
      [{ name: 'renamed-file' }, 'attachment'],
      [{ name: 'told-to-fail' }, 'text'],
    ])('%j of %s is open, and says nothing against the device', async (one, via) => {
      const to = rig.someone();
      const conversation = rig.chat(to);
      fault(one);
      const more = { new: { opensChat: true }, text: { conversation }, attachment: { conversation, text: '', attachment: FILE } };
      const outcome = await rig.send(to, more[via]);
      expect(outcome).toMatchObject({ kind: 'unknown', message: expect.stringMatching(/./) });
      expect(outcome).not.toHaveProperty('failure');
    });

    it('a failure of AppleScript is told without what it carries', async () => {
      const to = rig.someone();
      const conversation = rig.chat(to);
      fault({ name: 'command-failed' });
      const said = JSON.stringify(await rig.send(to, { conversation, text: 'Hi Amy' }));
      for (const word of ['Amy', to, 'Users', 'osascript']) expect(said).not.toContain(word);
    });

    it.each<[ProxyPage, string]>([
      ['ngrok-404', 'not-to-blame'],
      ['page-400', 'not-to-blame'],
      ['cloudflare-403', 'not-to-blame'],
      ['unavailable-503', 'not-to-blame'],
      ['cloudflare-521', 'not-to-blame'],
      ['cloudflare-523', 'not-to-blame'],
      ['cloudflare-530', 'not-to-blame'],
      ['bad-gateway-502', 'unknown'],
      ['gateway-timeout-504', 'unknown'],
      ['cloudflare-520', 'unknown'],
      ['cloudflare-522', 'unknown'],
      ['cloudflare-524', 'unknown'],
      ['page-200', 'unknown'],
      ['cut', 'unknown'],
    ])('%s in front of the bridge: %s', async (page, kind) => {
      told({ proxy: { page } });
      const outcome = await rig.send(rig.someone(), { opensChat: true });
      expect(outcome.kind).toBe(kind);
      expect('failure' in outcome ? outcome.failure : outcome).toMatchObject({ scope: 'device' });
    });

    it('a wrong password: nothing was sent, and the line alone is to blame', async () => {
      told({ passwordChanged: true });
      expect(await rig.send(rig.someone(), { opensChat: true })).toMatchObject({ kind: 'not-to-blame', scope: 'line' });
    });
  });

  it.each<[string, Partial<Controls>, object | null]>([
    ['a bridge that works', {}, null],
    ['a helper that is away', { helper: 'away' }, { scope: 'device', message: expect.stringMatching(/helper is not connected/) }],
    ['a helper that is silent', { helper: 'silent' }, { scope: 'device', message: expect.stringMatching(/does not answer/) }],
    ["another program's helper", { helper: 'facetime' }, { scope: 'device', message: expect.stringMatching(/does not answer/) }],
    ['the Private API turned off', { privateApi: false }, { scope: 'device', message: expect.stringMatching(/turned off/) }],
    ['a wrong password', { passwordChanged: true }, { scope: 'line' }],
    ['a page', { proxy: { page: 'cloudflare-530' } }, { scope: 'device' }],
    ['a page that looks well', { proxy: { page: 'page-200' } }, { scope: 'device' }],
    ['a server that does not run', { down: true }, { scope: 'device' }],
    ['an old server without server/info', { proxy: { page: 'ngrok-404', path: 'server/info' } }, null],
  ])('health of %s', async (_, controls, expected) => {
    told(controls);
    const failure = await rig.channel.health(rig.line);
    if (expected) expect(failure).toMatchObject(expected);
    else expect(failure).toBeNull();
  });

  it('availability: what the bridge says, and never of an address that it would change', async () => {
    const ask = (address: string) => rig.channel.checkAvailability(rig.line, address);
    expect(await ask(rig.someone())).toEqual({ kind: 'available' });
    expect(await ask(rig.someone(12))).toEqual({ kind: 'unavailable' });
    for (const address of ['john@my-company.com', 'a+b@example.com', "o'neil@example.com", 'JOHN@example.com']) {
      expect(rig.channel.whyNotAskable(address)).toMatch(/change this address/);
    }
    for (const address of ['john@example.com', 'john.doe_1@example.co.uk', rig.someone()]) {
      expect(rig.channel.whyNotAskable(address)).toBeNull();
    }
    told({ helper: 'away' });
    expect(await ask(rig.someone())).toMatchObject({ kind: 'failed', scope: 'device' });
    told({ helper: 'ok', passwordChanged: true });
    expect(await ask(rig.someone())).toMatchObject({ kind: 'failed', scope: 'line' });
  });
});
