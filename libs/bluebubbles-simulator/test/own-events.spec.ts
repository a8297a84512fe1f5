import { QUICK_TIMES, type Simulator } from '../index';
import { call, command, file, opening, pause, receiver, sendText, start, text, until } from './simulator';

describe('the events of our own messages', () => {
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

    it('carry it only where the row is dated 10 s before the send at most', async () => {
      await post('message/text', text('+12025550101', 'Hi', 'FIRST'));
      for (const dateOffsetMs of [-15_000, -5_000]) {
        await simulator.inbound({ address: '+12025550101', text: 'Hi', isFromMe: true, dateOffsetMs });
      }
      await until(() => hook.received.length === 3);
      expect(tempGuids()).toEqual([undefined, 'FIRST', undefined]);
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
});
