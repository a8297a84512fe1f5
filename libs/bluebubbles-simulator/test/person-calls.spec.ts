import type { Simulator } from '../index';
import { call, sendText, start } from './simulator';

describe('reactions and typing', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start();
  });
  afterEach(() => simulator.stop());

  const post = (path: string, body: object) => call(simulator, 'POST', path, { body });

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
