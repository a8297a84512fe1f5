import type { SendEntry, Simulator } from '../index';
import { call, opening, sendText, start, text, until } from './simulator';

describe('sending to magic addresses', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start();
  });
  afterEach(() => simulator.stop());

  const sends = () => simulator.ledger({ kind: 'send' }) as SendEntry[];
  const post = (path: string, body: object) => call(simulator, 'POST', path, { body });
  const open = (...addresses: string[]) => simulator.openChat({ addresses }).guid;

  describe('magic addresses', () => {
    it('relay SMS to somebody without iMessage', async () => {
      simulator.openChat({ addresses: ['+12025550110'], service: 'SMS' });
      expect((await post('message/text', text('SMS;-;+12025550110', 'Hi'))).status).toBe(200);
      expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'ok', error: 0, service: 'SMS' }]);
    });

    it('fail for good', async () => {
      open('+12025550198');
      for (const _ of [1, 2]) expect((await post('message/text', text('+12025550198', 'Hi'))).status).toBe(500);
      expect((await post('chat/new', opening('jo98@example.com'))).body.data!.messages).toMatchObject([{ error: 25 }]);
      expect(sends()).toMatchObject(Array.from({ length: 3 }, () => ({ outcome: 'refused', error: 25 })));
    });

    it('fail once for each address and text', async () => {
      const attempt = async (address: string, message: string) => {
        open(address);
        return (await post('message/text', text(address, message))).status;
      };
      expect(await attempt('+12025550199', 'One')).toBe(500);
      expect(await attempt('+12025550199', 'One')).toBe(200);
      expect(await attempt('+12025550199', 'One')).toBe(200);
      expect(await attempt('+12025550199', 'Two')).toBe(500);
      expect(await attempt('jo99@example.com', 'One')).toBe(500);
      expect(await attempt('jo99@example.com', 'One')).toBe(200);
      expect(sends()[0]).toMatchObject({ error: 4 });
    });

    it('time out after sending: 504, and the message is in the chat', async () => {
      open('+12025550197');
      simulator.control({ holdMs: 60 });
      const { status, body } = await post('message/text', text('+12025550197', 'Hi'));
      expect([status, body.error?.type]).toEqual([504, 'Gateway Timeout']);
      await until(() => sends().length === 1);
      expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'hang' }]);
      const { body: chat } = await call(simulator, 'GET', 'chat/iMessage;-;+12025550197/message');
      expect(chat.data).toMatchObject([{ text: 'Hi', isFromMe: true, error: 0 }]);
    });

    it.each(['+12025559095', 'jo9095@example.com'])('fail late: %s', async (address) => {
      const guid = await sendText(simulator, address, 'Hi');
      expect(sends()).toMatchObject([{ outcome: 'refused', answer: 'ok', error: 0, lateError: 22 }]);
      const row = async () => (await call(simulator, 'GET', `message/${guid}`)).body.data!.error;
      await until(async () => (await row()) === 22);
      expect(simulator.ledger({ kind: 'update' })).toMatchObject([{ guid, error: 22, dateDelivered: null }]);
    });
  });
});
