import { type Simulator } from '../index';
import { call, command, pause, receiver, sendText, start } from './simulator';

describe('the events of what comes in', () => {
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
      await pause(60);
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
});
