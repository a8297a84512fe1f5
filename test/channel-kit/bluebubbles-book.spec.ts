import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InboundRow, SendEntry } from '@tuco/bluebubbles-simulator';
import type { InboundEvent } from '../../src/channels';
import { eventually } from '../support/eventually';
import { BlueBubblesRig } from './bluebubbles-rig';

const FILE = {
  name: 'photo.heic',
  url: 'https://files.example.com/photo.heic',
  type: 'image/heic',
  bytes: new Uint8Array([1, 2, 3, 4]),
};

/** What the adapter reads in the bridge's book, and of the events that the bridge really posts. */
describe('the rows of BlueBubbles: findSent, poll, events', () => {
  let rig: BlueBubblesRig;

  beforeEach(async () => {
    rig = await BlueBubblesRig.start();
  });
  afterEach(() => rig.close());

  const book = (address: string) => rig.simulator.ledger({ kind: 'send', address }) as SendEntry[];
  const poll = (cursor: object | null, since = new Date(), line = rig.line) => rig.channel.poll(line, cursor, since);
  const kinds = (events: readonly InboundEvent[] | undefined) => (events ?? []).map(({ kind }) => kind);
  const repliesOf = (events: readonly InboundEvent[]) => events.flatMap((one) => (one.kind === 'reply' ? [one.text] : []));
  /** A cursor at the present end of the account. */
  const atTheEnd = async () => (await poll(null, new Date(Date.now() + 60_000)))!.cursor;
  const inbound = (rows: InboundRow | InboundRow[]) => rig.simulator.inbound(rows, { bridge: 0 });

  describe('findSent', () => {
    const look = (to: string, text: string, more: object = {}) =>
      rig.channel.findSent(rig.line, { to, text, attachment: null, startedAt: new Date(Date.now() - 2_000), ...more });

    it.each(['Hi ', '\n Hi there\n', 'It’s “you”', 'a\uFFFCb', 'x\u00a0y', '❤️', 'one\r\ntwo'])(
      'finds %j as the server keeps it',
      async (text) => {
        const to = rig.someone();
        await rig.send(to, { opensChat: true, text });
        expect(await look(to, text)).toEqual([{ externalId: book(to)[0]!.guid, at: expect.any(Date), error: null }]);
        expect(await look(to, `${text}!`)).toEqual([]);
        expect(await look(rig.someone(), text)).toEqual([]);
      },
    );

    it('finds files by their names, also those that macOS has turned into others; a text is no file', async () => {
      const to = rig.someone();
      const conversation = rig.chat(to);
      await rig.send(to, { conversation, text: '', attachment: FILE });
      const [entry] = book(to);
      expect(await look(to, '', { attachment: 'photo.heic' })).toMatchObject([{ externalId: entry!.guid }]);
      expect(await look(to, '', { attachment: 'photo.jpeg' })).toMatchObject([{ externalId: entry!.guid }]);
      expect(await look(to, '', { attachment: 'other.heic' })).toEqual([]);
      expect(await look(to, '')).toEqual([]);
    });

    it.each([-8_000, 8_000])('finds what a clock that is off by %i ms has dated', async (clockOffsetMs) => {
      rig.simulator.control({ bridge: 0, clockOffsetMs });
      const to = rig.someone();
      const startedAt = new Date();
      await rig.send(to, { opensChat: true });
      expect(await look(to, 'Hello', { startedAt })).toHaveLength(1);
    });

    it('finds the chat whatever it is called, tells errors, and leaves what is older aside', async () => {
      const to = rig.someone();
      rig.simulator.control({ bridge: 0, faults: [{ name: 'row-error', error: 22 }] });
      await rig.send(to, { opensChat: true });
      await rig.send(to, { opensChat: true });
      rig.simulator.control({ bridge: 0, macos: 26 });
      expect(await look(to, 'Hello')).toMatchObject([{ error: null }, { error: { notOnChannel: true } }]);
      expect(await look(to, 'Hello', { startedAt: new Date(Date.now() + 11_000) })).toEqual([]);
    });

    it('says so where nobody can be asked', async () => {
      rig.simulator.control({ bridge: 0, down: true });
      expect(await look(rig.someone(), 'Hello')).toBeNull();
    });
  });

  describe('poll', () => {
    it('a new account begins at its present end: what was there before is no news', async () => {
      await inbound({ address: rig.someone(), text: 'Old', dateOffsetMs: -3_600_000 });
      const first = await poll(null);
      expect(first).toMatchObject({ events: [], more: false });
      await inbound({ address: rig.someone(), text: 'New' });
      expect(repliesOf((await poll(first!.cursor))!.events)).toEqual(['New']);
    });

    it('reads rows by their numbers, whatever their dates, and without their events', async () => {
      const cursor = await atTheEnd();
      await inbound([
        { address: rig.someone(), text: 'Late', dateOffsetMs: -3_600_000, deliveries: 0 },
        { address: rig.someone(), text: 'Now', deliveries: 0 },
      ]);
      rig.simulator.control({ bridge: 0, clockOffsetMs: -8_000 });
      await inbound({ address: rig.someone(), text: 'Behind', deliveries: 0 });
      const reading = await poll(cursor);
      expect(repliesOf(reading!.events).sort()).toEqual(['Behind', 'Late', 'Now']);
    });

    it('reads windows of more than 1,000 rows to their end, each row once', async () => {
      const cursor = await atTheEnd();
      const address = rig.someone();
      const rows = Array.from({ length: 2_500 }, (_, index) => ({
        address,
        text: `R${index}`,
        dateOffsetMs: -((index * 7_919) % 2_500) * 1_000,
      }));
      await inbound(rows.map((row) => ({ ...row, deliveries: 0 })));
      const seen = new Map<string, number>();
      let at = cursor;
      for (let page = 0; ; page += 1) {
        expect(page).toBeLessThan(10);
        const reading = (await poll(at))!;
        for (const event of reading.events) {
          if (event.kind === 'reply') seen.set(event.externalId, (seen.get(event.externalId) ?? 0) + 1);
        }
        at = reading.cursor;
        if (!reading.more) break;
      }
      expect(seen.size).toBe(2_500);
    });

    it('another Mac, whose numbers have gone back, is read by date', async () => {
      for (let index = 0; index < 5; index += 1) await inbound({ address: rig.someone(), text: `One ${index}` });
      const cursor = await atTheEnd();
      const other = { ...rig.line, bridgePassword: 'two' };
      await rig.simulator.inbound([{ address: rig.someone(), text: 'Ancient', dateOffsetMs: -7_200_000 }], { bridge: 1 });
      await rig.simulator.inbound([{ address: rig.someone(), text: 'Fresh' }], { bridge: 1 });
      const reading = (await poll(cursor, new Date(), other))!;
      expect(repliesOf(reading.events)).toEqual(['Fresh']);
      await rig.simulator.inbound([{ address: rig.someone(), text: 'Next' }], { bridge: 1 });
      expect(repliesOf((await poll(reading.cursor, new Date(), other))!.events)).toEqual(['Next']);
    });

    it('tells errors that came late, and receipts, of rows that were read long ago', async () => {
      rig.simulator.control({ bridge: 0, receipts: false });
      const to = rig.someone();
      await rig.send(to, { opensChat: true });
      await rig.send(to, { opensChat: true, text: 'Other' });
      const rows = Array.from({ length: 150 }, () => ({ address: to, text: 'x', deliveries: 0 }));
      await inbound(rows);
      const cursor = await atTheEnd();
      const [failed, delivered] = book(to);
      await rig.simulator.sendError(failed!.guid!);
      await rig.simulator.receipt({ guid: delivered!.guid!, delivered: true, read: true });
      const { events } = (await poll(cursor))!;
      expect(events).toContainEqual({
        kind: 'send-error',
        externalId: failed!.guid,
        providerId: null,
        notOnChannel: true,
        code: 'NOT_ON_IMESSAGE',
      });
      expect(events.filter((one) => 'externalId' in one && one.externalId === delivered!.guid).map(({ kind }) => kind)).toEqual([
        'own-message',
        'delivered',
        'read',
      ]);
      expect(repliesOf(events)).toEqual([]);
    });

    it('rows of groups, items and reactions are nothing', async () => {
      const cursor = await atTheEnd();
      const address = rig.someone();
      await rig.send(address, { opensChat: true });
      const of = book(address)[0]!.guid!;
      const people = { group: 'chat1234', participants: [address, rig.someone()] };
      await inbound([
        { address, text: 'see you all', ...people },
        ...[1, 2, 3].map((itemType) => ({ address, itemType, ...people })),
        ...[4, 5, 6].map((itemType) => ({ address, itemType })),
        { address, tapback: { of, reaction: 'like' } },
        { address, tapback: { of, reaction: '🎉' } },
      ]);
      const { events } = (await poll(cursor))!;
      expect(events.filter(({ kind }) => kind !== 'own-message' && kind !== 'delivered')).toEqual([]);
      // A reaction as text says what it quotes: whether that is ours is for others to know.
      const after = await atTheEnd();
      await inbound({ address, tapback: { of, reaction: 'like', as: 'text' }, service: 'SMS' });
      expect((await poll(after))!.events).toContainEqual(expect.objectContaining({ kind: 'reply', quotes: 'Hello' }));
    });

    it('cannot be read: null, and the cursor stays good', async () => {
      const cursor = await atTheEnd();
      rig.simulator.control({ bridge: 0, down: true });
      expect(await poll(cursor)).toBeNull();
      rig.simulator.control({ bridge: 0, down: false });
      await inbound({ address: rig.someone(), text: 'After' });
      rig.simulator.control({ bridge: 0, proxy: { page: 'page-200' } });
      expect(await poll(cursor)).toBeNull();
      rig.simulator.control({ bridge: 0, proxy: null });
      expect(repliesOf((await poll(cursor))!.events)).toEqual(['After']);
    });

    it('asks three questions where there is nothing new', async () => {
      const cursor = await atTheEnd();
      // By their number: the question before may be of the same millisecond.
      const before = rig.simulator.calls().length;
      await poll(cursor);
      expect(rig.simulator.calls().length - before).toBeLessThanOrEqual(3);
    });
  });

  it('parseInbound understands what the server really posts', async () => {
    const bodies: unknown[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(JSON.parse(body));
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const register = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url, events: ['*'] }),
    };
    await fetch(`${rig.simulator.url}/api/v1/webhook?password=one`, register);
    try {
      const to = rig.someone();
      const told = async (act: () => Promise<unknown>, count: number) => {
        const before = bodies.length;
        await act();
        await eventually(async () => Promise.resolve(bodies.length >= before + count), 5_000);
        return bodies.slice(before).flatMap((body) => rig.channel.parseInbound({ json: body, form: [], query: [] }));
      };
      rig.simulator.control({ bridge: 0, receipts: false });
      // With its tempGuid and without, and neither says whose it is.
      const own = await told(() => rig.send(to, { conversation: rig.chat(to) }), 2);
      const externalId = book(to)[0]!.guid!;
      expect(own).toEqual([
        { kind: 'own-message', externalId, to },
        { kind: 'own-message', externalId, to },
      ]);
      const reply = await told(
        () => rig.simulator.reply({ address: to, text: 'Yes', threadOriginatorGuid: externalId, bridge: 0 }),
        1,
      );
      expect(reply).toMatchObject([{ kind: 'reply', from: to, text: 'Yes', inReplyTo: externalId, quotes: null }]);
      expect(kinds(await told(() => rig.simulator.receipt({ guid: externalId, delivered: true }), 1))).toContain('delivered');
      expect(kinds(await told(() => rig.simulator.receipt({ guid: externalId, read: true, late: true }), 1))).toContain('read');
      const error = await told(() => rig.simulator.sendError(externalId, 22, 'message-send-error'), 1);
      expect(error).toMatchObject([{ kind: 'send-error', externalId, providerId: null, notOnChannel: true }]);
      expect(await told(() => rig.simulator.restart({ bridge: 0 }), 1)).toContainEqual({ kind: 'started' });
      const people = { group: 'chat77', participants: [to, rig.someone()] };
      const nothing = await told(
        () =>
          inbound([
            { address: to, itemType: 1, ...people },
            { address: to, itemType: 6 },
            { address: to, text: 'all', ...people },
          ]),
        3,
      );
      expect(nothing).toEqual([]);
      for (const data of [null, 'text', { display: true }]) {
        expect(await told(() => rig.simulator.event({ type: 'typing-indicator', data, bridge: 0 }), 1)).toEqual([]);
      }
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
