import type { Simulator } from '../index';
import { call, file, opening, sendText, start, text } from './simulator';

describe('what the server tells', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start();
    simulator.control({ receipts: false });
  });
  afterEach(() => simulator.stop());

  const get = (path: string) => call(simulator, 'GET', path);
  const post = (path: string, body: object) => call(simulator, 'POST', path, { body });
  const listOf = ({ body }: { body: { data?: unknown } }) => body.data as Record<string, unknown>[];

  it('ping answers pong, whatever the helper does', async () => {
    for (const helper of ['ok', 'away', 'silent', 'facetime'] as const) {
      simulator.control({ helper, privateApi: false });
      expect((await get('ping')).body).toEqual({ status: 200, message: 'Ping received!', data: 'pong' });
    }
  });

  it('server/info says what it is, and knows its account from the first chat on', async () => {
    const info = async () => (await get('server/info')).body.data!;
    expect(await info()).toEqual({
      computer_id: 'simulator-0',
      os_version: '15.0',
      server_version: '1.9.9',
      private_api: true,
      proxy_service: 'lan-url',
      helper_connected: true,
      detected_icloud: 'simulator-0@example.com',
      detected_imessage: null,
      macos_time_sync: 0,
      local_ipv4s: ['127.0.0.1'],
      local_ipv6s: [],
    });
    simulator.openChat({ addresses: ['+12025550115'], service: 'SMS' });
    expect(await info()).toMatchObject({ detected_imessage: null });
    simulator.openChat({ addresses: ['+12025550101'] });
    simulator.control({ macos: 26.1, clockOffsetMs: -3_000, privateApi: false });
    expect(await info()).toMatchObject({
      os_version: '26.1',
      detected_imessage: 'simulator-0@example.com',
      macos_time_sync: -3,
      private_api: false,
    });
    for (const [helper, connected] of [
      ['away', false],
      ['silent', true],
      ['facetime', true],
    ] as const) {
      simulator.control({ helper });
      expect(await info()).toMatchObject({ helper_connected: connected });
    }
  });

  describe('availability', () => {
    const ask = (address: string) => get(`handle/availability/imessage?address=${encodeURIComponent(address)}`);
    const asked = () => simulator.ledger({ kind: 'availability' });

    it.each([
      ['+12025550101', true],
      ['+12025550110', false],
      ['+12025550129', false],
      ['+12025550197', true],
      ['+12025559095', true],
      ['jo@example.com', true],
      ['jo15@example.com', false],
    ])('of %s is %s, and in the ledger', async (address, available) => {
      expect((await ask(address)).body).toEqual({ status: 200, message: 'Success', data: { available } });
      expect(asked()).toMatchObject([{ address, asked: address, outcome: available ? 'available' : 'unavailable' }]);
    });

    it.each([
      ['John@My-Company.com', 'john@mycompany.com'],
      ["o'neil+x@example.com", 'oneilx@example.com'],
      ['+1 (202) 555-0101', '+12025550101'],
      ['07700900133', '+107700900133'],
      ['abc', '+1'],
    ])('of %s is asked for %s', async (given, address) => {
      expect((await ask(given)).status).toBe(200);
      expect(asked()).toMatchObject([{ address, asked: given }]);
    });

    it('puts the country code of the Mac before a number without one', async () => {
      simulator.control({ countryCode: '44' });
      await ask('7700900133');
      await post('chat/new', opening('7700900133'));
      expect(asked()).toMatchObject([{ address: '+447700900133' }]);
      expect(simulator.ledger({ kind: 'send' })).toMatchObject([{ address: '+447700900133', asked: '7700900133' }]);
    });

    it('needs an address', async () => {
      const { status, body } = await get('handle/availability/imessage');
      expect([status, body.error?.message, asked()]).toEqual([400, 'The address field is required.', []]);
    });

    it.each([
      [{ helper: 'away' as const }, 'iMessage Private API Helper is not connected!'],
      [{ privateApi: false }, 'iMessage Private API is not enabled!'],
    ])('is 500 with %j', async (controls, words) => {
      simulator.control(controls);
      const { status, body } = await ask('jo@example.com');
      expect([status, body]).toEqual([
        500,
        {
          status: 500,
          message: 'Please make sure you have completed the setup for the Private API, and your helper is connected!',
          error: { type: 'iMessage Error', message: words },
        },
      ]);
      expect(asked()).toMatchObject([{ address: 'jo@example.com', outcome: 'error' }]);
    });

    it('is not answered by a silent helper before the transaction times out', async () => {
      simulator.control({ helper: 'silent' });
      const { status, body } = await ask('jo@example.com');
      expect([status, body.message, body.error?.message]).toEqual([
        500,
        'An unhandled error has occurred!',
        'Transaction timeout',
      ]);
      expect(asked()).toMatchObject([{ outcome: 'error' }]);
    });
  });

  describe('the messages of a chat', () => {
    const path = 'chat/iMessage;-;%2B12025550101/message';

    it('come sorted, cut and counted, both ends included', async () => {
      for (const message of ['One', 'Two', 'Three']) await sendText(simulator, '+12025550101', message);
      await simulator.reply({ address: '+12025550101', text: 'Four' });
      const times = listOf(await get(`${path}?sort=ASC`)).map(({ dateCreated }) => Number(dateCreated));
      const texts = async (query: string) => listOf(await get(`${path}?${query}`)).map((message) => message.text);
      expect(await texts('')).toEqual(['Four', 'Three', 'Two', 'One']);
      expect(await texts('sort=ASC')).toEqual(['One', 'Two', 'Three', 'Four']);
      expect(await texts('sort=ASC&limit=2&offset=1')).toEqual(['Two', 'Three']);
      expect(await texts(`after=${times[2]}`)).toEqual(['Four', 'Three']);
      expect(await texts(`before=${times[1]}`)).toEqual(['Two', 'One']);
      expect((await get(`${path}?limit=2&after=${times[1]}`)).body.metadata).toEqual({ offset: 0, limit: 2, total: 3, count: 2 });
    });

    it.each(['after=yesterday', 'sort=UP', 'limit=1001', 'limit=0', 'before=0'])('refuse %s', async (query) => {
      await sendText(simulator, '+12025550101', 'Hi');
      expect((await get(`${path}?${query}`)).status).toBe(400);
    });

    it('are trimmed, and carry files only when asked', async () => {
      await sendText(simulator, '+12025550101', ' Hi there \n');
      await post('message/attachment', file({ chatGuid: 'iMessage;-;+12025550101' }));
      expect(listOf(await get(`${path}?sort=ASC`))).toMatchObject([
        { text: 'Hi there' },
        { text: '', attachments: [], isFromMe: true, chats: [{ guid: 'iMessage;-;+12025550101' }] },
      ]);
      expect(listOf(await get(`${path}?with=attachment`))[0]).toMatchObject({ attachments: [{ transferName: 'photo.png' }] });
    });

    it('show own messages with their errors', async () => {
      simulator.openChat({ addresses: ['+12025550110'] });
      await post('message/text', text('+12025550110', 'Hi'));
      expect(listOf(await get('chat/iMessage;-;+12025550110/message'))).toMatchObject([{ error: 22, isFromMe: true }]);
    });

    it.each(['iMessage;-;JO@example.com', 'any;-;jo@example.com', 'SMS;-;jo@example.com'])('are 404 for %s', async (guid) => {
      simulator.openChat({ addresses: ['jo@example.com'] });
      const { status, body } = await get(`chat/${guid}/message`);
      expect([status, body.error]).toEqual([404, { type: 'Database Error', message: 'Chat does not exist!' }]);
    });
  });

  it('message/:guid is one row now', async () => {
    const guid = await sendText(simulator, '+12025550101', 'Hi');
    expect((await get(`message/${guid}?with=chats`)).body.data).toMatchObject({
      guid,
      chats: [{ guid: 'iMessage;-;+12025550101' }],
    });
    expect((await get(`message/${guid}`)).body.data).toMatchObject({ guid, chats: [] });
    const missing = await get('message/nothing');
    expect([missing.status, missing.body.error?.message]).toEqual([404, 'Message does not exist!']);
  });

  it('handle/query finds the chats of a person, but only with an offset', async () => {
    simulator.openChat({ addresses: ['+12025550101', 'jo@example.com'] });
    simulator.openChat({ addresses: ['+12025550101'] });
    const person = { address: '+12025550101', with: ['chats'], offset: 0 };
    const found = await post('handle/query', person);
    expect(listOf(found)).toMatchObject([
      {
        address: '+12025550101',
        service: 'iMessage',
        chats: [{ guid: expect.stringContaining(';+;') }, { guid: 'iMessage;-;+12025550101' }],
      },
    ]);
    expect(found.body.metadata).toEqual({ total: 1, offset: 0, limit: 100, count: 1 });
    expect(listOf(await post('handle/query', { ...person, address: '2025550101', with: [] }))).toMatchObject([
      { service: 'iMessage' },
    ]);
    expect(listOf(await post('handle/query', { ...person, address: '+12025550100' }))).toEqual([]);
    const without = await post('handle/query', { ...person, offset: undefined });
    expect([without.status, without.body.error?.message]).toEqual([
      500,
      'Provided "skip" value is not a number. Please provide a numeric value.',
    ]);
  });

  it('chat/query filters by the guid alone, chat/:guid is one', async () => {
    await sendText(simulator, '+12025550101', 'Hi');
    await sendText(simulator, 'jo@example.com', 'Hi');
    expect(listOf(await post('chat/query', {}))).toHaveLength(2);
    const guid = 'iMessage;-;jo@example.com';
    const found = await post('chat/query', { guid, chatIdentifier: '+12025550101', with: ['lastMessage'] });
    expect(listOf(found)).toMatchObject([{ guid, participants: [{ address: 'jo@example.com' }], lastMessage: { text: 'Hi' } }]);
    expect((await get(`chat/${guid}?with=participants,lastmessage`)).body.data).toMatchObject({
      guid,
      style: 45,
      participants: [{ address: 'jo@example.com' }],
      lastMessage: { text: 'Hi' },
    });
    expect((await get('chat/iMessage;-;nobody')).body.error?.message).toBe('Chat does not exist!');
  });
});
