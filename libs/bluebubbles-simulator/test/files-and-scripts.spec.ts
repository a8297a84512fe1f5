import type { SendEntry, Simulator } from '../index';
import { call, file, opening, start, text, until } from './simulator';

describe('sending files, and by AppleScript', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start();
  });
  afterEach(() => simulator.stop());

  const sends = () => simulator.ledger({ kind: 'send' }) as SendEntry[];
  const post = (path: string, body: object) => call(simulator, 'POST', path, { body });
  const open = (...addresses: string[]) => simulator.openChat({ addresses }).guid;

  describe('message/attachment', () => {
    const attach = (fields: Record<string, string>, content?: string) => post('message/attachment', file(fields, content));

    it('answers with the file, without the tempGuid', async () => {
      const chatGuid = open('+12025550101');
      const { status, body } = await attach({ chatGuid });
      expect([status, body.message]).toEqual([200, 'Attachment sent!']);
      const attachment = { transferName: 'photo.png', mimeType: 'image/png', totalBytes: 5 };
      expect(body.data).toMatchObject({ text: '', error: 0, attachments: [attachment] });
      expect('tempGuid' in body.data!).toBe(false);
      expect(sends()).toMatchObject([{ via: 'attachment', text: '', attachment: { name: 'photo.png', bytes: 5 } }]);
    });

    it('tells error 22 within 200', async () => {
      const { status, body } = await attach({ chatGuid: open('+12025550110') });
      expect([status, body.data!.error]).toEqual([200, 22]);
      expect(sends()).toMatchObject([{ outcome: 'refused', answer: '200-with-error', error: 22 }]);
    });

    it.each([
      [{ name: '' }, '12345', 400, 'The name field is required.'],
      [{ chatGuid: '' }, '12345', 400, 'The chatGuid field is required.'],
      [{ method: '', tempGuid: '' }, '12345', 400, `A 'tempGuid' is required when sending via AppleScript`],
      [{}, '', 400, 'Attachment not provided or was empty!'],
      [{ name: 'a/b.png' }, '12345', 500, expect.stringContaining('ENOENT')],
    ])('refuses %j with a file of "%s": %d', async (fields, content, status, words) => {
      const answer = await attach({ chatGuid: open('+12025550101'), ...fields }, content);
      expect([answer.status, answer.body.error?.message]).toEqual([status, words]);
      expect(simulator.ledger({ kind: 'send', outcome: 'sent' })).toEqual([]);
    });

    it('refuses an unknown chat and a tempGuid in flight in its own words', async () => {
      const unknown = await attach({ chatGuid: 'iMessage;-;+12025550199' });
      expect([unknown.status, unknown.body.message, unknown.body.error?.message]).toEqual([
        500,
        'Attachment Send Error',
        'Chat does not exist in IMChatRegistry!',
      ]);
      simulator.control({ helperMs: 100 });
      const chatGuid = open('+12025550101');
      const first = attach({ chatGuid, tempGuid: 'same' });
      await until(() => simulator.calls({ path: 'message/attachment' }).length === 2);
      const second = await attach({ chatGuid, tempGuid: 'same' });
      expect([second.status, second.body.error?.message]).toEqual([400, 'Attachment is already queued to be sent!']);
      expect((await first).status).toBe(200);
    });

    it('is a 504 in the end when macOS renames the file, though it is sent', async () => {
      const chatGuid = open('+12025550101');
      simulator.control({ holdMs: 60, faults: [{ name: 'renamed-file' }] });
      expect((await attach({ chatGuid })).status).toBe(504);
      await until(() => sends().length === 1);
      expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'hang', attachment: { name: 'renamed-photo.png' } }]);
    });
  });

  describe('AppleScript', () => {
    it('is the way without a method, opens chats and needs no helper', async () => {
      simulator.control({ helper: 'away' });
      const body = { ...text('+12025550101', 'Hi'), method: undefined };
      expect((await post('message/text', body)).status).toBe(200);
      const chatGuid = 'iMessage;-;+12025550101';
      const { status, body: answer } = await post('message/attachment', file({ chatGuid, method: '' }));
      expect([status, answer.data!.attachments]).toMatchObject([200, [{ transferName: 'photo.png' }]]);
      const opened = await post('chat/new', opening('jo@example.com', 'Hi', { method: undefined }));
      expect(opened.body.data).toMatchObject({ guid: 'iMessage;-;jo@example.com', messages: [{ error: 0 }] });
      expect(sends().map(({ method }) => method)).toEqual(['apple-script', 'apple-script', 'apple-script']);
    });

    it('sends to the rewritten address, and waits for the row in the chat that was named', async () => {
      open('mary-jane@example.com');
      const body = { ...text('mary-jane@example.com', 'Hi'), method: 'apple-script' };
      const { status, body: answer } = await post('message/text', body);
      expect([status, answer.data, answer.error?.message]).toEqual([
        500,
        null,
        'Failed to send message! See attached message error code.',
      ]);
      expect(sends()).toMatchObject([{ address: 'maryjane@example.com', outcome: 'sent', answer: 'error' }]);
      simulator.control({ holdMs: 60 });
      const chatGuid = 'iMessage;-;mary-jane@example.com';
      expect((await post('message/attachment', file({ chatGuid, method: '' }))).status).toBe(504);
      await until(() => sends().length === 2);
      expect(sends()[1]).toMatchObject({ address: 'maryjane@example.com', outcome: 'sent', answer: 'hang' });
    });

    it('tries a second time to the raw address, so that a text can go twice', async () => {
      const first = { name: 'first-try-fails', sent: true } as const;
      simulator.control({ faults: [first, { name: 'first-try-fails' }] });
      const body = { ...text('mary-jane@example.com', 'Hi'), method: 'apple-script' };
      expect((await post('message/text', body)).status).toBe(200);
      expect((await post('message/text', { ...body, tempGuid: 'other' })).status).toBe(200);
      expect(sends().map(({ address }) => address)).toEqual([
        'maryjane@example.com',
        'mary-jane@example.com',
        'mary-jane@example.com',
      ]);
    });

    it('makes no groups', async () => {
      const { status, body } = await post('chat/new', opening(['+12025550101', 'jo@example.com'], 'Hi', { method: undefined }));
      expect([status, body.error?.message]).toEqual([500, 'Cannot create group chats on macOS Big Sur or newer!']);
    });
  });
});
