import type { Simulator } from '../index';
import { call, command, file, opening, sendText, start, text, until } from './simulator';

describe('a Mac that was upgraded', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start();
    simulator.control({ receipts: false });
  });
  afterEach(() => simulator.stop());

  const get = (path: string) => call(simulator, 'GET', path);
  const post = (path: string, body: object) => call(simulator, 'POST', path, { body });
  const listOf = ({ body }: { body: { data?: unknown } }) => body.data as Record<string, unknown>[];

  describe('on macOS 26', () => {
    beforeEach(() => void simulator.control({ macos: 26 }));

    it('direct chats are called any;-;…, whatever their service', async () => {
      const { body } = await post('chat/new', opening('+12025550101'));
      expect(body.data).toMatchObject({ guid: 'any;-;+12025550101' });
      expect((await post('message/text', text('any;-;+12025550101', 'Hi'))).body.data).toMatchObject({
        chats: [{ guid: 'any;-;+12025550101' }],
      });
      expect((await post('message/text', text('+12025550101', 'Hi'))).body.error?.message).toMatch(/IMChatRegistry/);
      expect((await post('chat/new', opening('+12025550101', 'Hi', { service: 'SMS' }))).body.data!.guid).toBe(
        'any;-;+12025550101',
      );
      expect((await simulator.reply({ address: '+12025550102', text: 'Hi' })).message.chats).toMatchObject([
        { guid: 'any;-;+12025550102' },
      ]);
      expect(simulator.openChat({ addresses: ['+12025550101', '+12025550102'] }).guid).toMatch(/^iMessage;\+;/);
    });

    it('existing chats change their names, and those of one person become one', async () => {
      simulator.control({ macos: 15 });
      await sendText(simulator, '+12025550101', 'Blue');
      simulator.openChat({ addresses: ['+12025550101'], service: 'SMS' });
      await post('message/text', text('SMS;-;+12025550101', 'Green'));
      await command(simulator, 'control', { macos: 26 });
      const rows = listOf(await get('chat/any;-;+12025550101/message'));
      expect(rows).toMatchObject([{ text: 'Green' }, { text: 'Blue' }]);
      const chat = { guid: 'any;-;+12025550101', originalROWID: 1 };
      expect(rows).toMatchObject([{ chats: [chat] }, { chats: [chat] }]);
      expect((await get('chat/iMessage;-;+12025550101')).status).toBe(404);
      expect(listOf(await post('chat/query', {}))).toHaveLength(1);
    });

    it('a helper may help itself: texts go, files are waited for in vain', async () => {
      await post('chat/new', opening('+12025550101'));
      simulator.control({ guidFallback: true, holdMs: 60 });
      expect((await post('message/text', text('+12025550101', 'Hi'))).body.data).toMatchObject({
        chats: [{ guid: 'any;-;+12025550101' }],
      });
      const chatGuid = 'iMessage;-;+12025550101';
      expect((await post('message/attachment', file({ chatGuid }))).status).toBe(504);
      await until(() => simulator.ledger({ kind: 'send' }).length === 3);
      expect(simulator.ledger({ kind: 'send' }).at(-1)).toMatchObject({ outcome: 'sent', answer: 'hang' });
      simulator.control({ holdMs: 1_500 });
      expect((await post('message/attachment', file({ chatGuid: 'any;-;+12025550101' }))).status).toBe(200);
    });

    it('AppleScript knows no chat by its old name, and its second try goes to the address as it is', async () => {
      const body = { ...text('mary-jane@example.com', 'Hi'), method: 'apple-script' };
      const { status, body: answer } = await post('message/text', body);
      expect([status, answer.data]).toEqual([500, null]);
      expect(simulator.ledger({ kind: 'send' })).toMatchObject([
        { address: 'mary-jane@example.com', chatGuid: 'any;-;mary-jane@example.com', outcome: 'sent', answer: 'error' },
      ]);
    });
  });
});
