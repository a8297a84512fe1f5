import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Simulator } from '../index';
import { call, command, receiver, sendText, start as startQuick, text, until } from './simulator';

describe('the ledger of the simulator', () => {
  let directory: string;
  let file: string;
  let simulator: Simulator | undefined;
  let clock: number;

  const start = async (): Promise<Simulator> =>
    (simulator = await startQuick({
      ledgerFile: file,
      bridges: [{ password: 'one' }, { password: 'two' }],
      now: () => clock++,
    }));
  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n');

  beforeEach(() => {
    clock = 5_000;
    directory = mkdtempSync(join(tmpdir(), 'simulator-'));
    file = join(directory, 'made', 'ledger.jsonl');
  });
  afterEach(async () => {
    await simulator?.stop();
    rmSync(directory, { recursive: true });
  });

  it('is on disk before the answer, one object a line', async () => {
    const one = await start();
    one.control({ receipts: false });
    one.openChat({ addresses: ['+12025550101'], bridge: 0 });
    const { body } = await call(one, 'POST', 'message/text', { body: text('+12025550101', 'Line\nbreak', 't') });
    expect(lines().map((line) => JSON.parse(line) as unknown)).toEqual(one.ledger());
    expect(one.ledger()).toMatchObject([
      { seq: 1, kind: 'chat' },
      { seq: 2, at: expect.any(Number), text: 'Line\nbreak', guid: body.data!.guid },
    ]);
  });

  it('outlives a restart with everything that follows from it', async () => {
    const hook = await receiver();
    try {
      const before = await start();
      await call(before, 'POST', 'webhook', { body: { url: hook.url, events: ['new-message', 'hello-world'] } });
      await call(before, 'POST', 'webhook', { body: { url: 'http://127.0.0.1:9/', events: ['*'] } });
      await call(before, 'DELETE', 'webhook/2');
      before.control({ receipts: false, echoes: false });
      await sendText(before, '+12025550101', 'Hi');
      before.openChat({ addresses: ['+12025550199'], bridge: 0 });
      const once = text('+12025550199', 'Once');
      expect((await call(before, 'POST', 'message/text', { body: once })).status).toBe(500);
      const group = before.openChat({ addresses: ['+12025550101', 'jo@example.com'], bridge: 0 }).guid;
      await sendText(before, group, 'All');
      await before.inbound({ address: 'jo@example.com', group: group.split(';').at(-1), itemType: 3 });
      const { message } = await before.reply({ address: '+12025550101', text: 'Yes' });
      await before.receipt({ guid: message.guid, read: true });
      const entries = before.ledger();
      const rows = (await call(before, 'POST', 'message/query', { body: { with: ['chat', 'handle'] } })).body.data;
      await before.stop();

      const after = await start();
      expect(after.ledger()).toEqual(entries);
      expect((await call(after, 'POST', 'message/query', { body: { with: ['chat', 'handle'] } })).body.data).toEqual(rows);
      expect(rows).toHaveLength(5);
      await until(() => hook.received.some(({ type, data }) => type === 'hello-world' && data === null));
      after.control({ echoes: false, receipts: false });
      expect((await call(after, 'POST', 'message/text', { body: once })).status).toBe(200);
      expect((await after.reply({ address: '+12025550101', text: 'Again' })).webhooks).toEqual([{ url: hook.url, status: 200 }]);
      expect(after.ledger().map(({ seq }) => seq)).toEqual(after.ledger().map((_, index) => index + 1));
    } finally {
      await hook.close();
    }
  });

  it('goes on behind a line that a crash cut off, and stops at a broken one before', async () => {
    const before = await start();
    await before.reply({ address: 'jo@example.com', text: 'Größe' });
    await before.stop();
    appendFileSync(file, '{"seq":2,"kind":"se');
    const after = await start();
    expect(after.ledger()).toHaveLength(1);
    await after.reply({ address: 'jo@example.com', text: 'Next' });
    await after.stop();
    expect(lines().map((line) => (JSON.parse(line) as { seq: number; text: string }).text)).toEqual(['Größe', 'Next']);
    writeFileSync(file, `broken\n${lines().join('\n')}\n`);
    await expect(start()).rejects.toThrow(SyntaxError);
  });

  it('reads a file of version 0.1', async () => {
    const old = [
      {
        seq: 1,
        at: 1,
        kind: 'send',
        bridge: 0,
        address: 'jo@example.com',
        service: 'iMessage',
        text: 'Hi',
        guid: 'A',
        outcome: 'sent',
      },
      { seq: 2, at: 2, kind: 'reply', bridge: 0, address: 'jo@example.com', service: 'iMessage', text: 'Yes', guid: 'B' },
      { seq: 3, at: 3, kind: 'update', bridge: 0, guid: 'A', dateDelivered: 3, dateRead: null, error: 0 },
    ];
    mkdirSync(dirname(file), { recursive: true });
    const more = { tempGuid: null, answer: 'ok', error: 0, attachment: null };
    writeFileSync(
      file,
      old.map((entry) => `${JSON.stringify(entry.kind === 'send' ? { ...entry, ...more } : entry)}\n`).join(''),
    );
    const one = await start();
    const chat = await call(one, 'GET', 'chat/iMessage;-;jo@example.com/message');
    expect(chat.body.data).toMatchObject([
      { guid: 'B', text: 'Yes', isFromMe: false, dateCreated: 2 },
      { guid: 'A', text: 'Hi', isFromMe: true, isDelivered: true, dateCreated: 1 },
    ]);
    expect(one.ledger({ kind: 'send', address: 'jo@example.com' })).toMatchObject([
      { recipients: ['jo@example.com'], lateError: null },
    ]);
  });

  it('is read by instant, number, kind, address and outcome', async () => {
    const one = await start();
    one.control({ receipts: false });
    for (const address of ['+12025550101', '+12025550110', '+12025550102']) {
      await call(one, 'GET', `handle/availability/imessage?address=${encodeURIComponent(address)}`);
      await call(one, 'POST', 'message/text', { body: text(address, 'Hi') });
    }
    const all = one.ledger();
    const read = async (query: string) => (await command(one, `ledger?${query}`)).body;
    expect(await read('')).toEqual(all);
    expect(all).toHaveLength(6);
    expect(await read(`since=${all[2]!.at}`)).toEqual(all.slice(2));
    expect(await read('after=4')).toEqual(all.slice(4));
    expect(await read('kind=send')).toEqual([all[1], all[3], all[5]]);
    expect(await read('address=%2B12025550110&kind=availability')).toEqual([all[2]]);
    expect(await read('outcome=unavailable')).toEqual([all[2]]);
    expect((await command(one, 'ledger?since=yesterday')).status).toBe(400);
  });

  it('needs bridges with passwords of their own', async () => {
    for (const bridges of [[], [{ password: '' }], [{ password: 'a' }, { password: 'a' }]]) {
      await expect(startQuick({ bridges })).rejects.toThrow(/password of its own/);
    }
  });

  it('says that a port is taken', async () => {
    const { port } = await start();
    await expect(startQuick({ port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
