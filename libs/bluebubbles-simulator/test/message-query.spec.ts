import type { Simulator } from '../index';
import { call, sendText, start, text } from './simulator';

describe('what the server tells of all chats', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start();
    simulator.control({ receipts: false });
  });
  afterEach(() => simulator.stop());

  const post = (path: string, body: object) => call(simulator, 'POST', path, { body });
  const listOf = ({ body }: { body: { data?: unknown } }) => body.data as Record<string, unknown>[];

  describe('message/query', () => {
    const where = (statement: string, args: object = {}, more: object = {}) =>
      post('message/query', { with: ['chat', 'attachment', 'handle'], where: [{ statement, args }], ...more });
    const texts = async (statement: string, args?: object, more?: object) =>
      listOf(await where(statement, args, more)).map((message) => message.text);

    beforeEach(async () => {
      await sendText(simulator, '+12025550101', 'One');
      await sendText(simulator, 'jo@example.com', 'Two');
      await simulator.inbound({ address: '+12025550101', text: 'Old', dateOffsetMs: -3_600_000 });
      simulator.openChat({ addresses: ['+12025550110'] });
      await post('message/text', text('+12025550110', 'Refused'));
    });

    it('goes by ROWID, whatever the date, and is ordered by date', async () => {
      const answer = await where('message.ROWID > :id', { id: 1 }, { sort: 'ASC' });
      expect(listOf(answer).map(({ originalROWID, text: said }) => [originalROWID, said])).toEqual([
        [3, 'Old'],
        [2, 'Two'],
        [4, 'Refused'],
      ]);
      expect(answer.body.metadata).toEqual({ offset: 0, limit: 100, total: 3, count: 3 });
      expect(listOf(answer)[0]).toMatchObject({
        chats: [{ guid: 'iMessage;-;+12025550101' }],
        handle: { address: '+12025550101' },
      });
      expect(await texts('message.ROWID > :low AND message.ROWID <= :high', { low: 1, high: 2 })).toEqual(['Two']);
      expect(await texts('message.ROWID > :id', { id: 4 })).toEqual([]);
    });

    it('takes the other conditions', async () => {
      const [own] = simulator.ledger({ kind: 'send', address: 'jo@example.com' });
      const guid = own?.kind === 'send' ? own.guid : null;
      const receipt = await simulator.receipt({ guid: guid!, delivered: true });
      const ns = (Number(receipt.message.dateDelivered) - 978_307_200_000) * 1_000_000;
      expect(await texts('message.guid IN (:...guids)', { guids: [guid, 'other'] })).toEqual(['Two']);
      expect(await texts('message.is_from_me = :m', { m: 0 })).toEqual(['Old']);
      expect(await texts('message.is_from_me = :m', { m: 1 }, { sort: 'ASC' })).toEqual(['One', 'Two', 'Refused']);
      expect(await texts('message.error != :e', { e: 0 })).toEqual(['Refused']);
      expect(await texts('message.date_delivered >= :d', { d: ns })).toEqual(['Two']);
      expect(await texts('message.date_delivered >= :d', { d: ns + 1_000_000 })).toEqual([]);
      expect(await texts('chat.chat_identifier = :i', { i: '+12025550101' }, { sort: 'ASC' })).toEqual(['Old', 'One']);
      expect(await texts('handle.id LIKE :a', { a: '%@EXAMPLE.com' })).toEqual(['Two']);
    });

    it('searches texts by the helper', async () => {
      expect(await texts('message.text LIKE :term COLLATE NOCASE', { term: '%tw%' })).toEqual(['Two']);
      simulator.control({ helper: 'away' });
      expect((await where('message.text = :t', { t: 'Two' })).status).toBe(500);
    });

    it.each([
      ['message.colour = :c', { c: 1 }, 500, 'SQLITE_ERROR: no such column: message.colour'],
      ['what', {}, 500, 'SQLITE_ERROR: near "what": syntax error'],
    ])('answers "%s" %j with %d', async (statement, args, status, words) => {
      const answer = await where(statement, args);
      expect([answer.status, answer.body.error]).toEqual([status, { type: 'Server Error', message: words }]);
    });

    it('knows columns of chats only with chats', async () => {
      const answer = await where('chat.chat_identifier = :i', { i: '+12025550101' }, { with: [] });
      expect([answer.status, answer.body.error?.message]).toEqual([500, 'SQLITE_ERROR: no such column: chat.chat_identifier']);
      expect(listOf(await where('message.ROWID = :id', { id: 1 }, { with: [] }))).toMatchObject([{ chats: [], attachments: [] }]);
    });

    it('pages by at most 1,000', async () => {
      expect(await texts('message.ROWID > :id', { id: 0 }, { sort: 'ASC', limit: 2, offset: 1 })).toEqual(['One', 'Two']);
      expect((await where('message.ROWID > :id', { id: 0 }, { limit: 1_001 })).body.error?.message).toBe(
        'The limit may not be greater than 1000.',
      );
      expect((await post('message/query', { where: [{ statement: 'message.ROWID > 1' }] })).status).toBe(400);
      expect((await post('message/query', { where: [{ args: {} }] })).status).toBe(400);
    });

    it('is a plain 404 for an unknown chat', async () => {
      const answer = await post('message/query', { chatGuid: 'iMessage;-;nobody@example.com' });
      expect([answer.status, answer.text]).toEqual([404, 'Not Found']);
      const known = await post('message/query', { chatGuid: 'iMessage;-;jo@example.com' });
      expect(listOf(known)).toMatchObject([{ text: 'Two' }]);
    });
  });
});
