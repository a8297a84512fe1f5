import { type Simulator, startBlueBubblesSimulator } from '../index';
import { call, text, until } from './simulator';

describe('the BlueBubbles API of the simulator', () => {
  let simulator: Simulator;
  let clock = 1_000_000;

  beforeEach(async () => {
    clock = 1_000_000;
    simulator = await startBlueBubblesSimulator({
      ledgerFile: null,
      bridges: [{ password: 'one' }, { password: 'two' }],
      now: () => clock++,
    });
  });
  afterEach(() => simulator.stop());

  const sends = () => simulator.ledger({ kind: 'send' });

  describe('who calls', () => {
    it('answers a ping with the password under any of its names', async () => {
      for (const name of ['password', 'guid', 'token']) {
        const answer = await fetch(`${simulator.url}/api/v1/ping?${name}=two`);
        expect(await answer.json()).toEqual({ status: 200, message: 'Ping received!', data: 'pong' });
      }
    });

    it('refuses a wrong or missing password with 401', async () => {
      const wrong = await call(simulator, 'GET', 'ping', { password: 'three' });
      expect(wrong).toEqual({
        status: 401,
        body: {
          status: 401,
          message: 'You are not authorized to access this resource',
          error: { type: 'Authentication Error', message: 'Unauthorized' },
        },
      });
      const none = await fetch(`${simulator.url}/api/v1/ping`);
      expect([none.status, ((await none.json()) as { error: unknown }).error]).toEqual([
        401,
        { type: 'Authentication Error', message: 'Missing server password!' },
      ]);
    });

    it('keeps bridges apart', async () => {
      await call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi') });
      await call(simulator, 'POST', 'message/text', { body: text('+12025550102', 'Hi'), password: 'two' });
      expect(sends().map(({ bridge }) => bridge)).toEqual([0, 1]);
      const path = 'chat/iMessage;-;%2B12025550101/message';
      expect((await call(simulator, 'GET', path)).status).toBe(200);
      expect((await call(simulator, 'GET', path, { password: 'two' })).status).toBe(404);
    });

    it('says what it is', async () => {
      const { body } = await call(simulator, 'GET', 'server/info');
      expect(body.data).toMatchObject({ private_api: true, helper_connected: true, detected_imessage: expect.any(String) });
    });

    it('answers 404 to what it does not know, 400 to what cannot be read', async () => {
      expect(await call(simulator, 'GET', 'nothing')).toMatchObject({
        status: 404,
        body: { status: 404, error: { type: 'Database Error' } },
      });
      expect((await call(simulator, 'GET', 'message/text')).status).toBe(404);
      expect((await call(simulator, 'GET', 'chat/%E0%A4%A/message')).status).toBe(400);
      const broken = await fetch(`${simulator.url}/api/v1/message/text?password=one`, { method: 'POST', body: '{' });
      expect([broken.status, ((await broken.json()) as { error: unknown }).error]).toEqual([
        400,
        { type: 'Validation Error', message: 'The body is not JSON' },
      ]);
    });
  });

  describe('availability', () => {
    it.each([
      ['+12025550101', true],
      ['+12025550115', false],
      ['+12025550197', true],
      ['jo@example.com', true],
      ['jo15@example.com', false],
    ])('of %s is %s, and in the ledger', async (address, available) => {
      const { status, body } = await call(
        simulator,
        'GET',
        `handle/availability/imessage?address=${encodeURIComponent(address)}`,
      );
      expect([status, body.status, body.data]).toEqual([200, 200, { available }]);
      expect(simulator.ledger()).toEqual([
        { seq: 1, at: 1_000_000, kind: 'availability', bridge: 0, address, outcome: available ? 'available' : 'unavailable' },
      ]);
    });

    it('needs an address and the helper', async () => {
      expect((await call(simulator, 'GET', 'handle/availability/imessage')).status).toBe(400);
      expect(simulator.ledger()).toEqual([]);
      simulator.control({ helper: false });
      const { status, body } = await call(simulator, 'GET', 'handle/availability/imessage?address=jo@example.com');
      expect([status, body.error]).toEqual([
        500,
        { type: 'Server Error', message: 'iMessage Private API Helper is not connected!' },
      ]);
      expect(simulator.ledger()).toMatchObject([{ kind: 'availability', address: 'jo@example.com', outcome: 'error' }]);
    });
  });

  describe('sending', () => {
    it('answers with the message, and writes it down with the instant the request came in', async () => {
      simulator.control({ receipts: false });
      const { status, body } = await call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hello', 'temp-1') });
      expect(status).toBe(200);
      expect(body).toEqual({
        status: 200,
        message: 'Message sent!',
        data: {
          guid: expect.stringMatching(/^[0-9A-F-]{36}$/),
          tempGuid: 'temp-1',
          text: 'Hello',
          handle: null,
          chats: [{ guid: 'iMessage;-;+12025550101' }],
          attachments: [],
          error: 0,
          dateCreated: 1_000_000,
          dateDelivered: null,
          dateRead: null,
          isFromMe: true,
          isDelivered: false,
          associatedMessageGuid: null,
        },
      });
      expect(sends()).toEqual([
        {
          seq: 1,
          at: 1_000_000,
          kind: 'send',
          bridge: 0,
          address: '+12025550101',
          service: 'iMessage',
          text: 'Hello',
          tempGuid: 'temp-1',
          guid: body.data!.guid,
          outcome: 'sent',
          answer: 'ok',
          error: 0,
          attachment: null,
        },
      ]);
    });

    it('sends a finished tempGuid again', async () => {
      for (const _ of [1, 2]) {
        expect((await call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi', 'same') })).status).toBe(200);
      }
      expect(sends().map((entry) => 'outcome' in entry && entry.outcome)).toEqual(['sent', 'sent']);
    });

    it('refuses a tempGuid that is in flight, also while the chat is opened', async () => {
      simulator.control({ latencyMs: 300 });
      const first = call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi', 'same') });
      await until(() => sends().length === 1);
      const second = await call(simulator, 'POST', 'chat/new', {
        body: { addresses: ['+12025550101'], message: 'Hi', method: 'private-api', tempGuid: 'same' },
      });
      expect(second).toMatchObject({
        status: 400,
        body: { error: { type: 'Validation Error', message: 'Message is already queued to be sent! (Temp GUID: same)' } },
      });
      expect((await first).status).toBe(200);
      expect(sends()).toMatchObject([
        { outcome: 'sent' },
        { outcome: 'refused', answer: 'already-queued', guid: null, tempGuid: 'same' },
      ]);
    });

    it.each([
      ['no chatGuid', { message: 'x', tempGuid: 't' }, /chatGuid/],
      ['no message', { chatGuid: 'iMessage;-;+1', tempGuid: 't' }, /message/],
      ['a blank message', { chatGuid: 'iMessage;-;+1', message: ' ', tempGuid: 't' }, /message/],
      ['an unknown method', { chatGuid: 'iMessage;-;+1', message: 'x', tempGuid: 't', method: 'pigeon' }, /method/],
      ['no tempGuid with AppleScript', { chatGuid: 'iMessage;-;+1', message: 'x' }, /'tempGuid' is required/],
      ['a tempGuid that is no text', { chatGuid: 'iMessage;-;+1', message: 'x', tempGuid: 5 }, /tempGuid must be a string/],
    ])('refuses %s', async (_, body, words) => {
      const answer = await call(simulator, 'POST', 'message/text', { body });
      expect([answer.status, answer.body.error?.type]).toEqual([400, 'Validation Error']);
      expect(answer.body.error?.message).toMatch(words);
      expect(sends()).toEqual([]);
    });

    it('needs no tempGuid with the Private API, and knows no chat of several', async () => {
      const body = { chatGuid: 'any;-;+12025550101', message: 'x', method: 'private-api' };
      const { status, body: answer } = await call(simulator, 'POST', 'message/text', { body });
      expect([status, answer.data!.chats, 'tempGuid' in answer.data!]).toEqual([
        200,
        [{ guid: 'iMessage;-;+12025550101' }],
        false,
      ]);
      for (const chatGuid of ['iMessage;+;chat123', 'nonsense', 'a;-;b;c']) {
        expect((await call(simulator, 'POST', 'message/text', { body: { ...body, chatGuid } })).status).toBe(404);
      }
    });

    it('opens a chat and answers with it', async () => {
      const body = { addresses: ['jo@example.com'], message: 'Hi', method: 'private-api', service: 'iMessage', tempGuid: 't' };
      const { status, body: answer } = await call(simulator, 'POST', 'chat/new', { body });
      expect([status, answer.data]).toEqual([
        200,
        expect.objectContaining({
          guid: 'iMessage;-;jo@example.com',
          messages: [expect.objectContaining({ text: 'Hi', tempGuid: 't', isFromMe: true, error: 0 })],
        }),
      ]);
      expect(sends()).toMatchObject([{ address: 'jo@example.com', outcome: 'sent' }]);
      for (const addresses of [undefined, [], [''], [5], 'jo@example.com', ['a@example.com', 'b@example.com']]) {
        expect((await call(simulator, 'POST', 'chat/new', { body: { ...body, addresses } })).status).toBe(400);
      }
    });

    it('takes an attachment', async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ chatGuid: 'iMessage;-;+12025550101', tempGuid: 't', name: 'photo.png' })) {
        form.set(name, value);
      }
      expect((await call(simulator, 'POST', 'message/attachment', { body: form })).status).toBe(400);
      form.set('attachment', new Blob(['12345'], { type: 'image/png' }), 'photo.png');
      const { status, body } = await call(simulator, 'POST', 'message/attachment', { body: form });
      const attachment = { transferName: 'photo.png', mimeType: 'image/png', totalBytes: 5 };
      expect([status, body.data!.attachments]).toEqual([200, [expect.objectContaining(attachment)]]);
      expect(sends()).toMatchObject([{ text: '', attachment: { name: 'photo.png', bytes: 5, mimeType: 'image/png' } }]);
      expect((await call(simulator, 'POST', 'message/attachment', { body: { chatGuid: 'x' } })).status).toBe(400);
    });
  });

  describe('magic addresses', () => {
    it('refuses iMessage to somebody without it with error 22, and relays SMS', async () => {
      const { status, body } = await call(simulator, 'POST', 'message/text', { body: text('+12025550110', 'Hi', 't') });
      expect([status, body.status, body.error?.type]).toEqual([500, 500, 'iMessage Error']);
      expect(body.data).toMatchObject({ error: 22, tempGuid: 't', text: 'Hi', isFromMe: true });
      const opened = await call(simulator, 'POST', 'chat/new', {
        body: { addresses: ['+12025550110'], message: 'Hi', tempGuid: 'u' },
      });
      expect([opened.status, opened.body.data!.error]).toEqual([500, 22]);
      const sms = { chatGuid: 'SMS;-;+12025550110', message: 'Hi', tempGuid: 'v' };
      expect((await call(simulator, 'POST', 'message/text', { body: sms })).status).toBe(200);
      expect(sends()).toMatchObject([
        { outcome: 'refused', answer: 'error', error: 22, service: 'iMessage' },
        { outcome: 'refused', answer: 'error', error: 22, service: 'iMessage' },
        { outcome: 'sent', answer: 'ok', error: 0, service: 'SMS' },
      ]);
    });

    it('fails for good', async () => {
      for (const tempGuid of ['t', 'u']) {
        const { status, body } = await call(simulator, 'POST', 'message/text', { body: text('+12025550198', 'Hi', tempGuid) });
        expect([status, body.error?.type, body.data!.error]).toEqual([500, 'iMessage Error', 25]);
      }
      expect(sends()).toMatchObject([{ outcome: 'refused' }, { outcome: 'refused' }]);
    });

    it('fails once for each address and text', async () => {
      const attempt = async (address: string, message: string) =>
        (await call(simulator, 'POST', 'message/text', { body: text(address, message) })).body.data!.error;
      expect(await attempt('+12025550199', 'One')).toBe(4);
      expect(await attempt('+12025550199', 'One')).toBe(0);
      expect(await attempt('+12025550199', 'One')).toBe(0);
      expect(await attempt('+12025550199', 'Two')).toBe(4);
      expect(await attempt('jo99@example.com', 'One')).toBe(4);
      expect(await attempt('jo99@example.com', 'One')).toBe(0);
    });

    it('times out after sending: no answer, then 504, and the message is in the chat', async () => {
      simulator.control({ holdMs: 100 });
      const { status, body } = await call(simulator, 'POST', 'message/text', { body: text('+12025550197', 'Hi') });
      expect([status, body.error?.type]).toEqual([504, 'Gateway Timeout']);
      expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'hang' }]);
      const { body: chat } = await call(simulator, 'GET', 'chat/iMessage;-;+12025550197/message?after=1000000');
      expect(chat.data).toMatchObject([{ text: 'Hi', isFromMe: true, error: 0 }]);
    });

    it('holds the answer until the caller goes away', async () => {
      const leaving = new AbortController();
      const calling = call(simulator, 'POST', 'message/text', { body: text('+12025550197', 'Hi'), signal: leaving.signal });
      await until(() => sends().length === 1);
      leaving.abort();
      await expect(calling).rejects.toThrow(/abort/i);
      expect((await call(simulator, 'GET', 'ping')).status).toBe(200);
    });
  });

  describe('the messages of a chat', () => {
    it('come sorted, cut and counted', async () => {
      for (const message of ['One', 'Two', 'Three'])
        await call(simulator, 'POST', 'message/text', { body: text('+12025550101', message) });
      await simulator.reply({ address: '+12025550101', text: 'Four' });
      const times = simulator.ledger().flatMap((entry) => ('text' in entry ? [entry.at] : []));
      const path = 'chat/iMessage;-;%2B12025550101/message';
      const texts = async (query: string) => {
        const { body } = await call(simulator, 'GET', `${path}?${query}`);
        return (body.data as unknown as { text: string }[]).map((message) => message.text);
      };
      expect(await texts('')).toEqual(['Four', 'Three', 'Two', 'One']);
      expect(await texts('sort=ASC')).toEqual(['One', 'Two', 'Three', 'Four']);
      expect(await texts('sort=ASC&limit=2')).toEqual(['One', 'Two']);
      expect(await texts('sort=ASC&limit=2&offset=1')).toEqual(['Two', 'Three']);
      expect(await texts(`after=${times[2]}&sort=DESC`)).toEqual(['Four', 'Three']);
      expect(await texts(`before=${times[1]}&sort=DESC`)).toEqual(['Two', 'One']);
      const { body } = await call(simulator, 'GET', `${path}?limit=3&after=${times[1]}`);
      expect(body.metadata).toEqual({ offset: 0, limit: 3, total: 3, count: 3 });
      expect((await call(simulator, 'GET', `${path}?after=yesterday`)).status).toBe(400);
      expect((await call(simulator, 'GET', `${path}?sort=UP`)).status).toBe(400);
    });

    it('are those of one chat, whatever the case of an e-mail address', async () => {
      await call(simulator, 'POST', 'message/text', { body: text('Jo@Example.com', 'Hi') });
      expect((await call(simulator, 'GET', 'chat/iMessage;-;jo@example.com/message')).body.data).toHaveLength(1);
      const missing = await call(simulator, 'GET', 'chat/iMessage;-;other@example.com/message');
      expect([missing.status, missing.body.error?.message]).toEqual([404, 'Chat does not exist!']);
    });
  });
});
