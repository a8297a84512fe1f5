import { QUICK_TIMES, type Simulator } from '../index';
import { call, command, file, opening, pause, receiver, sendText, start, text, until } from './simulator';

describe('the events of the simulator', () => {
  let simulator: Simulator;
  let hook: Awaited<ReturnType<typeof receiver>>;

  beforeEach(async () => {
    hook = await receiver();
    simulator = await start({ bridges: [{ password: 'one' }, { password: 'two' }] });
  });
  afterEach(async () => {
    await simulator.stop();
    await hook.close();
  });

  const post = (path: string, body: object, password = 'one') => call(simulator, 'POST', path, { body, password });
  const register = (events = ['*'], password = 'one', url = hook.url) => post('webhook', { url, events }, password);
  const types = () => hook.received.map(({ type }) => type);
  const tempGuids = () => hook.received.map(({ data }) => data.tempGuid);
  /** Long enough for a look that would post something. */
  const lookOver = () => pause(60);

  describe('registration', () => {
    it('keeps URLs once each, lists and removes them', async () => {
      expect(await register(['new-message'])).toMatchObject({
        status: 200,
        body: { data: { id: 1, url: hook.url, events: ['new-message'] } },
      });
      expect((await register(['*'], 'one', 'http://127.0.0.1:9/other')).body.data).toMatchObject({ id: 2 });
      expect((await call(simulator, 'GET', 'webhook')).body.data).toHaveLength(2);
      expect((await call(simulator, 'GET', 'webhook', { password: 'two' })).body.data).toEqual([]);
      expect((await call(simulator, 'DELETE', 'webhook/2')).status).toBe(200);
      const again = await call(simulator, 'DELETE', 'webhook/2');
      expect([again.status, again.body.error?.message]).toEqual([404, 'Webhook does not exist!']);
      expect((await call(simulator, 'GET', 'webhook')).body.data).toMatchObject([{ id: 1 }]);
    });

    it('gives the old record for a URL that it knows', async () => {
      await register(['new-message']);
      expect((await register(['*'])).body.data).toEqual({ id: 1, url: hook.url, events: ['new-message'] });
    });

    it.each([
      [{ events: ['*'] }, 'The url field is required.'],
      [{ url: 'ftp://example.com', events: ['*'] }, 'Webhook URL must include an HTTP scheme!'],
      [{ url: 'http://example.com', events: [] }, 'The events field is required.'],
      [{ url: 'http://example.com', events: [1] }, 'Webhook events must be strings!'],
      [
        { url: 'http://example.com', events: ['message'] },
        /^Invalid webhook event: message! Webhook must be one of: \*,new-message,/,
      ],
      [{ url: 'http://example.com' }, 'The events field is required.'],
    ])('refuses %j', async (body, words) => {
      const answer = await post('webhook', body);
      expect([answer.status, answer.body.error?.message]).toEqual([
        400,
        typeof words === 'string' ? words : expect.stringMatching(words),
      ]);
    });

    it('posts only what a URL asked for', async () => {
      await register(['updated-message']);
      await sendText(simulator, '+12025550101', 'Hi');
      await until(() => hook.received.length === 1);
      await simulator.reply({ address: '+12025550101', text: 'Yes' });
      expect(types()).toEqual(['updated-message']);
    });
  });

  describe('of our own messages', () => {
    beforeEach(async () => {
      await register(['new-message', 'updated-message', 'message-send-error']);
      simulator.control({ receipts: false });
    });

    it('come twice by text, once with the tempGuid, and with their chat', async () => {
      const guid = await sendText(simulator, '+12025550101', 'Hi');
      await until(() => hook.received.length === 2);
      expect(hook.received).toMatchObject([
        {
          type: 'new-message',
          data: { guid, tempGuid: expect.any(String), chats: [{ guid: 'iMessage;-;+12025550101', style: 45 }] },
        },
        { type: 'new-message', data: { guid, isFromMe: true, text: 'Hi', error: 0, dateDelivered: null } },
      ]);
      expect('tempGuid' in hook.received[1]!.data).toBe(false);
      expect('participants' in (hook.received[1]!.data.chats as object[])[0]!).toBe(false);
      await lookOver();
      expect(hook.received).toHaveLength(2);
    });

    it('come twice by a file, once by chat/new and react', async () => {
      await post('chat/new', opening('+12025550101', 'Hi'));
      await until(() => hook.received.length === 1);
      await post('message/attachment', file({ chatGuid: 'iMessage;-;+12025550101', tempGuid: 'file' }));
      await until(() => hook.received.length === 3);
      expect(tempGuids()).toEqual([undefined, 'file', undefined]);
      expect(hook.received[1]!.data.attachments).toMatchObject([{ transferName: 'photo.png' }]);
      const selectedMessageGuid = hook.received[0]!.data.guid;
      await post('message/react', { chatGuid: 'iMessage;-;+12025550101', selectedMessageGuid, reaction: 'love' });
      await until(() => hook.received.length === 4);
      await lookOver();
      expect(hook.received.slice(3)).toMatchObject([
        {
          type: 'new-message',
          data: { associatedMessageGuid: `p:0/${String(selectedMessageGuid)}`, associatedMessageType: 'love' },
        },
      ]);
    });

    it('carry the tempGuid of a send that failed, where letters and digits are the same', async () => {
      await post('message/text', text('+12025550101', 'Hi, you!', 'FIRST'));
      const opened = await post('chat/new', opening('+12025550101', 'Hi you', { tempGuid: 'SECOND' }));
      await until(() => hook.received.length === 2);
      expect(tempGuids()).toEqual(['FIRST', undefined]);
      expect(opened.body.data!.messages).toMatchObject([{ tempGuid: 'SECOND', guid: hook.received[0]!.data.guid }]);
    });

    it('take all texts in other scripts for the same', async () => {
      await post('message/text', text('+12025550101', 'Привет', 'FIRST'));
      await post('chat/new', opening('+12025550101', 'Спасибо'));
      await until(() => hook.received.length === 2);
      expect(tempGuids()).toEqual(['FIRST', undefined]);
      await post('message/text', text('+12025550102', 'Привет', 'OTHER'));
      await post('chat/new', opening('+12025550102', 'Latin'));
      await until(() => hook.received.length === 3);
      expect(tempGuids()[2]).toBeUndefined();
    });

    it('forget the tempGuid of a send that failed after a while', async () => {
      await simulator.stop();
      simulator = await start({ times: { ...QUICK_TIMES, sendPromiseMs: 20 } });
      await register(['new-message']);
      await post('message/text', text('+12025550101', 'Hi', 'FIRST'));
      await pause(60);
      await post('chat/new', opening('+12025550101', 'Hi'));
      await until(() => hook.received.length === 1);
      expect(tempGuids()).toEqual([undefined]);
    });

    it('swap the tempGuids of two equal texts at one look', async () => {
      await simulator.stop();
      simulator = await start({ times: { ...QUICK_TIMES, lookDelayMs: 200 } });
      simulator.control({ receipts: false });
      await register(['new-message']);
      simulator.openChat({ addresses: ['+12025550101'] });
      const one = await post('message/text', text('+12025550101', 'Hi', 'ONE'));
      await pause(3);
      const two = await post('message/text', text('+12025550101', 'Hi', 'TWO'));
      await until(() => hook.received.length === 4);
      const withTempGuid = hook.received.filter(({ data }) => data.tempGuid !== undefined);
      expect(Object.fromEntries(withTempGuid.map(({ data }) => [data.tempGuid, data.guid]))).toEqual({
        ONE: two.body.data!.guid,
        TWO: one.body.data!.guid,
      });
    });

    it('show an error that is there before the first look, in both', async () => {
      simulator.openChat({ addresses: ['+12025550110'] });
      await post('message/text', text('+12025550110', 'Hi'));
      await until(() => hook.received.length === 2);
      expect(hook.received).toMatchObject([
        { type: 'new-message', data: { error: 22 } },
        { type: 'new-message', data: { error: 22 } },
      ]);
    });

    it('say nothing of an error that comes later', async () => {
      await sendText(simulator, '+12025559095', 'Hi');
      await until(() => simulator.ledger({ kind: 'update' }).length === 1);
      const guid = await sendText(simulator, '+12025550101', 'Hi');
      await until(() => hook.received.length === 4);
      expect(await simulator.sendError(guid)).toMatchObject({ message: { error: 22 }, webhooks: [] });
      await lookOver();
      expect(hook.received).toHaveLength(4);
    });

    it('say it an hour later at best, without a tempGuid', async () => {
      const guid = await sendText(simulator, '+12025550101', 'Hi');
      await until(() => hook.received.length === 2);
      await command(simulator, 'send-error', { guid, event: 'message-send-error' });
      const other = await sendText(simulator, '+12025550101', 'Again');
      await until(() => hook.received.length === 5);
      await simulator.sendError(other, 4, 'new-message');
      expect([hook.received[2], hook.received[5]]).toMatchObject([
        { type: 'message-send-error', data: { guid, error: 22 } },
        { type: 'new-message', data: { guid: other, error: 4 } },
      ]);
      expect([tempGuids()[2], tempGuids()[5]]).toEqual([undefined, undefined]);
    });

    it('are lost when told to', async () => {
      simulator.control({ echoes: false });
      const guid = await sendText(simulator, '+12025550101', 'Hi');
      await lookOver();
      await simulator.receipt({ guid, delivered: true });
      await simulator.reply({ address: '+12025550101', text: 'Yes' });
      expect(types()).toEqual(['updated-message', 'new-message']);
    });
  });

  describe('of receipts', () => {
    let guid: string;

    beforeEach(async () => {
      simulator.control({ receipts: false });
      guid = await sendText(simulator, '+12025550101', 'Hi');
      await lookOver();
      await register();
    });

    it('come as updated-message without chats, with the handle', async () => {
      const { body } = await command(simulator, 'receipt', { guid, delivered: true });
      await command(simulator, 'receipt', { guid, read: true });
      const both = { guid, isDelivered: true, dateDelivered: expect.any(Number), dateRead: expect.any(Number) };
      expect(body).toMatchObject({ message: { guid, isDelivered: true, dateRead: null }, webhooks: [{ status: 200 }] });
      expect(hook.received).toMatchObject([
        { type: 'updated-message', data: { guid, isFromMe: true, dateRead: null, handle: { address: '+12025550101' } } },
        { type: 'updated-message', data: both },
      ]);
      expect(hook.received.every(({ data }) => !('chats' in data))).toBe(true);
      expect((await call(simulator, 'GET', `message/${guid}`)).body.data).toMatchObject(both);
    });

    it('come by themselves', async () => {
      simulator.control({ receipts: true });
      await sendText(simulator, '+12025550101', 'Again');
      await until(() => types().includes('updated-message'));
    });

    it('come as new-message more than an hour after', async () => {
      await simulator.receipt({ guid, delivered: true, late: true });
      expect(hook.received).toMatchObject([{ type: 'new-message', data: { guid, dateDelivered: expect.any(Number) } }]);
    });

    it('may come without a date, and then again every hour', async () => {
      await simulator.stop();
      let now = Date.now();
      simulator = await start({ now: () => now });
      simulator.control({ receipts: false });
      const own = await sendText(simulator, '+12025550101', 'Hi');
      await lookOver();
      await register();
      await simulator.receipt({ guid: own, undated: true });
      const expected = { isDelivered: true, dateDelivered: null, guid: own };
      expect(hook.received).toMatchObject([{ type: 'updated-message', data: expected }]);
      now += 3_700_000;
      await simulator.reply({ address: 'jo@example.com', text: 'A change' });
      await simulator.reply({ address: 'jo@example.com', text: 'Another' });
      expect(hook.received.filter(({ data }) => data.guid === own).slice(1)).toMatchObject([
        { type: 'new-message', data: expected },
      ]);
    });
  });

  describe('of what comes in', () => {
    it('let somebody answer the bridge that wrote last, in a chat that is opened for it', async () => {
      await register(['new-message'], 'two');
      simulator.control({ echoes: false, receipts: false });
      await sendText(simulator, '+12025550101', 'Hi', 'two');
      await sendText(simulator, '+12025550102', 'Hi', 'one');
      const { status, body } = await command(simulator, 'reply', { address: '+12025550101', text: 'Yes, please' });
      expect(status).toBe(200);
      const message = {
        guid: expect.any(String),
        text: 'Yes, please',
        isFromMe: false,
        handle: { address: '+12025550101', service: 'iMessage' },
        chats: [{ guid: 'iMessage;-;+12025550101' }],
      };
      expect(body).toMatchObject({ message, webhooks: [{ url: hook.url, status: 200 }] });
      expect(hook.received).toMatchObject([{ type: 'new-message', data: message }]);
      expect(simulator.ledger({ kind: 'reply' })).toMatchObject([{ bridge: 1, address: '+12025550101', text: 'Yes, please' }]);
    });

    it('let somebody write who was never written to, to the first bridge or the one that is named', async () => {
      await simulator.reply({ address: 'new@example.com', text: 'Hello?' });
      await command(simulator, 'reply', { address: 'new@example.com', text: 'Hello?', password: 'two' });
      await command(simulator, 'reply', { address: 'new@example.com', text: 'Hello?', bridge: 1, service: 'SMS' });
      expect(simulator.ledger({ kind: 'reply' })).toMatchObject([
        { bridge: 0, service: 'iMessage' },
        { bridge: 1, service: 'iMessage' },
        { bridge: 1, service: 'SMS' },
      ]);
      expect((await call(simulator, 'GET', 'chat/SMS;-;new@example.com', { password: 'two' })).status).toBe(200);
    });

    it('are lost and repeated, and say what the receiver answered', async () => {
      await register();
      await simulator.reply({ address: 'jo@example.com', text: 'Lost', deliveries: 0 });
      expect(hook.received).toEqual([]);
      hook.answerWith(503);
      const { webhooks } = await simulator.reply({ address: 'jo@example.com', text: 'Twice', deliveries: 2 });
      expect(webhooks).toEqual([
        { url: hook.url, status: 503 },
        { url: hook.url, status: 503 },
      ]);
      expect(hook.received[0]).toEqual(hook.received[1]);
      expect((await call(simulator, 'GET', 'chat/iMessage;-;jo@example.com/message')).body.data).toHaveLength(2);
      await hook.close();
      const unheard = await simulator.reply({ address: 'jo@example.com', text: 'Unheard' });
      expect(unheard.webhooks).toEqual([
        { url: hook.url, status: null, error: expect.stringMatching(/ECONNREFUSED|refused|ECONN/) },
      ]);
    });

    it('are lost by chance, and late', async () => {
      await simulator.stop();
      let chance = 0.4;
      simulator = await start({ random: () => chance });
      await register();
      simulator.control({ eventLossRate: 0.5, eventDelayMs: 5 });
      await simulator.reply({ address: 'jo@example.com', text: 'Lost' });
      chance = 0.6;
      await simulator.reply({ address: 'jo@example.com', text: 'Heard' });
      expect(hook.received).toMatchObject([{ data: { text: 'Heard' } }]);
    });

    it('are those of the newest 100 rows at a look', async () => {
      await register();
      const rows = Array.from({ length: 150 }, (_, n) => ({ address: '+12025550101', text: `Reply ${n}` }));
      const happened = await simulator.inbound(rows);
      expect(happened).toHaveLength(150);
      expect(hook.received).toHaveLength(100);
      expect(hook.received.some(({ data }) => data.text === 'Reply 49')).toBe(false);
      const chat = await call(simulator, 'GET', 'chat/iMessage;-;+12025550101/message?limit=1000');
      expect(chat.body.data).toHaveLength(150);
    });

    it('never come for receipts of rows behind those 100', async () => {
      simulator.control({ receipts: false });
      const guid = await sendText(simulator, '+12025550101', 'Hi');
      await simulator.inbound(Array.from({ length: 100 }, (_, n) => ({ address: 'jo@example.com', text: `${n}` })));
      await register();
      expect((await simulator.receipt({ guid, delivered: true })).webhooks).toEqual([]);
      await lookOver();
      expect(hook.received).toEqual([]);
    });

    it('never come for rows dated more than 30 s before the last look', async () => {
      await register();
      await simulator.reply({ address: 'jo@example.com', text: 'Now' });
      const rows = [-60_000, -20_000].map((dateOffsetMs) => ({
        address: 'jo@example.com',
        text: `${dateOffsetMs}`,
        dateOffsetMs,
      }));
      await simulator.inbound(rows);
      expect(hook.received.map(({ data }) => data.text)).toEqual(['Now', '-20000']);
    });

    it('go by the clock of the Mac', async () => {
      await register();
      simulator.control({ clockOffsetMs: -120_000 });
      const { message, webhooks } = await simulator.reply({ address: 'jo@example.com', text: 'Hi' });
      expect(webhooks).toHaveLength(1);
      expect(Math.abs(Number(message.dateCreated) - Date.now() + 120_000)).toBeLessThan(60_000);
      expect(Math.abs(simulator.ledger({ kind: 'reply' })[0]!.at - Date.now())).toBeLessThan(60_000);
    });
  });

  describe('of other rows', () => {
    beforeEach(() => register());

    it.each([
      [1, 0, 'participant-added'],
      [1, 1, 'participant-removed'],
      [2, 0, 'group-name-change'],
      [3, 0, 'participant-left'],
      [3, 1, 'group-icon-changed'],
      [3, 2, 'group-icon-removed'],
    ])('of a group, itemType %d and action %d: %s and a new-message', async (itemType, groupActionType, event) => {
      await command(simulator, 'inbound', { address: '+12025550101', group: 'chat99', itemType, groupActionType });
      const data = { itemType, groupActionType, text: null, chats: [{ guid: 'iMessage;+;chat99', style: 43 }] };
      expect(hook.received).toHaveLength(2);
      expect(hook.received).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: event }),
          { type: 'new-message', data: expect.objectContaining({ ...data, chats: [expect.objectContaining(data.chats[0])] }) },
        ]),
      );
      expect(simulator.ledger({ kind: 'reply' })).toEqual([]);
    });

    it.each([4, 5, 6])('itemType %d comes as a new-message', async (itemType) => {
      await simulator.inbound({ address: '+12025550101', itemType });
      expect(hook.received).toMatchObject([{ type: 'new-message', data: { itemType, text: null } }]);
    });

    it('a message in a group is told by its chat', async () => {
      await simulator.inbound({
        address: '+12025550101',
        text: 'All',
        group: 'chat99',
        participants: ['+12025550101', 'jo@example.com'],
      });
      expect(hook.received).toMatchObject([
        {
          data: {
            handle: { address: '+12025550101' },
            chats: [{ guid: 'iMessage;+;chat99', style: 43, chatIdentifier: 'chat99' }],
          },
        },
      ]);
    });

    it('tapbacks come natively, and as a text by SMS and RCS', async () => {
      simulator.control({ echoes: false, receipts: false });
      const of = await sendText(simulator, '+12025550101', 'Hi Amy');
      const tapback = (reaction: string, as: 'native' | 'text', service: string) =>
        simulator.inbound({ address: '+12025550101', service, tapback: { of, reaction, as } });
      await tapback('like', 'native', 'iMessage');
      await tapback('👍', 'native', 'iMessage');
      await tapback('-like', 'native', 'iMessage');
      await tapback('like', 'text', 'SMS');
      await tapback('-like', 'text', 'SMS');
      await tapback('👍', 'text', 'RCS');
      const shown = hook.received.map(({ data }) => [data.text, data.associatedMessageGuid, data.associatedMessageType]);
      expect(shown).toEqual([
        ['Liked “Hi Amy”', `p:0/${of}`, 'like'],
        ['Reacted 👍 to “Hi Amy”', `p:0/${of}`, '2006'],
        ['Removed a like from “Hi Amy”', `p:0/${of}`, '-like'],
        ['Liked “Hi Amy”', null, null],
        ['Removed a like from “Hi Amy”', null, null],
        ['Reacted 👍 to “Hi Amy”', null, null],
      ]);
      expect(hook.received.at(-1)!.data).toMatchObject({ handle: { service: 'RCS' }, chats: [{ guid: 'RCS;-;+12025550101' }] });
      expect(simulator.ledger({ kind: 'reply' })).toEqual([]);
    });

    it('what is written by hand on the Mac comes once; threads and files are told', async () => {
      await simulator.inbound({ address: '+12025550101', text: 'By hand', isFromMe: true });
      await simulator.inbound({
        address: '+12025550101',
        text: 'Re',
        threadOriginatorGuid: 'X',
        attachments: [{ name: 'a.png' }],
      });
      expect(hook.received).toMatchObject([
        { data: { isFromMe: true, text: 'By hand' } },
        { data: { threadOriginatorGuid: 'X', attachments: [{ transferName: 'a.png' }] } },
      ]);
      expect(simulator.ledger({ kind: 'row' })).toMatchObject([{ isFromMe: true }]);
    });

    it.each([null, 'https://new.example.com', { display: true }])('any other event carries %j', async (data) => {
      const { body } = await command(simulator, 'event', { type: 'new-server', data });
      expect(body).toEqual([{ url: hook.url, status: 200 }]);
      expect(hook.received).toEqual([{ type: 'new-server', data }]);
    });
  });

  describe('around a start', () => {
    beforeEach(() => register());

    it('hello-world comes at each start, without data', async () => {
      await simulator.restart({ bridge: 0 });
      expect(hook.received).toEqual([{ type: 'hello-world', data: null }]);
      simulator.control({ bridge: 0, down: true });
      simulator.control({ bridge: 0, down: false });
      await until(() => hook.received.length === 2);
      await simulator.restart({ bridge: 1 });
      expect(hook.received).toHaveLength(2);
    });

    it('rows that came while the server was down never come', async () => {
      simulator.control({ bridge: 0, down: true });
      expect((await simulator.reply({ address: 'jo@example.com', text: 'Unseen', bridge: 0 })).webhooks).toEqual([]);
      simulator.control({ bridge: 0, down: false });
      await simulator.reply({ address: 'jo@example.com', text: 'Seen', bridge: 0 });
      expect(hook.received.flatMap(({ data }) => (data ? [data.text] : []))).toEqual(['Seen']);
      expect((await call(simulator, 'GET', 'chat/iMessage;-;jo@example.com/message')).body.data).toHaveLength(2);
    });

    it('old rows may come again', async () => {
      for (const said of ['One', 'Two', 'Three']) await simulator.reply({ address: 'jo@example.com', text: said, bridge: 0 });
      await command(simulator, 'restart', { bridge: 0, repeat: 2 });
      await until(() => hook.received.length === 6);
      expect(hook.received.slice(4).map(({ data }) => data.text)).toEqual(['Two', 'Three']);
    });

    it('rows dated 60 to 90 s before the last change come again by themselves', async () => {
      await simulator.stop();
      let now = Date.now();
      simulator = await start({ now: () => now });
      for (const said of ['Long ago', 'Again', 'Known']) {
        await simulator.reply({ address: 'jo@example.com', text: said });
        now += said === 'Long ago' ? 30_000 : 70_000;
      }
      now -= 70_000;
      await register(['new-message']);
      await simulator.restart();
      now += 5_000;
      await simulator.reply({ address: 'jo@example.com', text: 'New' });
      await until(() => hook.received.length === 2);
      expect(hook.received.map(({ data }) => data.text)).toEqual(['Again', 'New']);
    });

    it('after a soft one no inbound row comes, while all looks healthy', async () => {
      await simulator.restart({ bridge: 0, soft: true });
      expect((await simulator.reply({ address: 'jo@example.com', text: 'Unheard', bridge: 0 })).webhooks).toEqual([]);
      expect((await call(simulator, 'GET', 'ping')).status).toBe(200);
      expect((await call(simulator, 'GET', 'server/info')).body.data).toMatchObject({ helper_connected: true });
      await sendText(simulator, 'jo@example.com', 'Hi');
      await until(() => types().includes('new-message'));
      await simulator.restart({ bridge: 0 });
      expect((await simulator.reply({ address: 'jo@example.com', text: 'Heard', bridge: 0 })).webhooks).toHaveLength(1);
    });

    it('calls that were under way are cut, and nothing more is sent', async () => {
      simulator.openChat({ addresses: ['+12025550101'], bridge: 0 });
      simulator.control({ helperMs: 100 });
      const calling = post('message/text', text('+12025550101', 'Hi')).catch((error: Error) => error.message);
      await until(() => simulator.calls({ path: 'message/text' }).length === 1);
      await simulator.restart({ bridge: 0, downMs: 20 });
      expect(await calling).toBe('fetch failed');
      await pause(120);
      expect(simulator.ledger({ kind: 'send' })).toEqual([]);
    });
  });

  describe('typing and reactions', () => {
    const typing = () => simulator.ledger({ kind: 'typing' });
    const path = 'chat/iMessage;-;%2B12025550101/typing';

    it('typing begins, also when it should end; a send ends it', async () => {
      simulator.openChat({ addresses: ['+12025550101'] });
      expect((await call(simulator, 'POST', path)).body.message).toBe('Successfully started typing!');
      expect((await call(simulator, 'DELETE', path)).body.message).toBe('Successfully stopped typing!');
      const chat = { address: '+12025550101', chatGuid: 'iMessage;-;+12025550101' };
      expect(typing()).toMatchObject([
        { ...chat, typing: true },
        { ...chat, typing: true },
      ]);
      await sendText(simulator, '+12025550101', 'Hi');
      await sendText(simulator, '+12025550101', 'Again');
      expect(typing().slice(2)).toMatchObject([{ ...chat, typing: false }]);
    });

    it('needs the helper and the chat', async () => {
      const unknown = await call(simulator, 'POST', path);
      expect([unknown.status, unknown.body.error?.message]).toEqual([500, 'Chat does not exist in IMChatRegistry!']);
      simulator.control({ helper: 'away' });
      expect((await call(simulator, 'DELETE', path)).body.message).toMatch(/^Please make sure/);
      expect(typing()).toEqual([]);
    });

    it('a reaction is a row of its own', async () => {
      const selectedMessageGuid = await sendText(simulator, '+12025550101', 'Hi');
      const body = { chatGuid: 'iMessage;-;+12025550101', selectedMessageGuid, reaction: '-like' };
      const { status, body: answer } = await post('message/react', body);
      expect([status, answer.message]).toEqual([200, 'Reaction sent!']);
      expect(answer.data).toMatchObject({ text: 'Removed a like from “Hi”', associatedMessageType: '-like', isFromMe: true });
      expect(simulator.ledger({ kind: 'reaction' })).toMatchObject([
        { address: '+12025550101', target: selectedMessageGuid, reaction: '-like', outcome: 'sent', guid: answer.data!.guid },
      ]);
    });

    it.each([
      [{ reaction: 'wave' }, 400, 'The selected reaction is invalid.'],
      [{ selectedMessageGuid: 'none' }, 400, 'Selected message does not exist!'],
      [{ chatGuid: 'iMessage;-;nobody' }, 500, 'Chat does not exist in IMChatRegistry!'],
    ])('refuses %j', async (more, status, words) => {
      const selectedMessageGuid = await sendText(simulator, '+12025550101', 'Hi');
      const body = { chatGuid: 'iMessage;-;+12025550101', selectedMessageGuid, reaction: 'like', ...more };
      const answer = await post('message/react', body);
      expect([answer.status, answer.body.error?.message]).toEqual([status, words]);
      expect(simulator.ledger({ kind: 'reaction', outcome: 'sent' })).toEqual([]);
    });
  });
});
