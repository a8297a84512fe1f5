import type { SendEntry, Simulator } from '../index';
import { call, opening, start, text, until } from './simulator';

describe('sending', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start();
  });
  afterEach(() => simulator.stop());

  const sends = () => simulator.ledger({ kind: 'send' }) as SendEntry[];
  const post = (path: string, body: object) => call(simulator, 'POST', path, { body });
  const open = (...addresses: string[]) => simulator.openChat({ addresses }).guid;

  describe('message/text', () => {
    it('answers with the message, and writes it down', async () => {
      open('+12025550101');
      simulator.control({ receipts: false });
      const { status, body } = await post('message/text', text('+12025550101', 'Hello', 'temp-1'));
      expect([status, body.message]).toEqual([200, 'Message sent!']);
      expect(body.data).toMatchObject({
        originalROWID: 1,
        guid: expect.stringMatching(/^[0-9A-F-]{36}$/),
        tempGuid: 'temp-1',
        text: 'Hello',
        handle: { address: '+12025550101', service: 'iMessage' },
        chats: [{ guid: 'iMessage;-;+12025550101', style: 45, chatIdentifier: '+12025550101' }],
        attachments: [],
        error: 0,
        dateCreated: expect.any(Number),
        dateDelivered: null,
        dateRead: null,
        isFromMe: true,
        isDelivered: false,
        itemType: 0,
        associatedMessageGuid: null,
      });
      expect(sends()).toEqual([
        {
          seq: 2,
          at: expect.any(Number),
          kind: 'send',
          bridge: 0,
          via: 'text',
          method: 'private-api',
          asked: 'iMessage;-;+12025550101',
          address: '+12025550101',
          recipients: ['+12025550101'],
          service: 'iMessage',
          chatGuid: 'iMessage;-;+12025550101',
          text: 'Hello',
          tempGuid: 'temp-1',
          guid: body.data!.guid,
          outcome: 'sent',
          answer: 'ok',
          words: null,
          error: 0,
          lateError: null,
          date: body.data!.dateCreated,
          attachment: null,
        },
      ]);
    });

    it.each(['iMessage;-;+12025550102', 'SMS;-;+12025550101', 'any;-;+12025550101', 'iMessage;-;JO@example.com', 'nonsense'])(
      'refuses a chat that is not exactly there with 500: %s',
      async (chatGuid) => {
        open('+12025550101');
        open('jo@example.com');
        const { status, body } = await post('message/text', { ...text('', 'Hi'), chatGuid });
        expect([status, body]).toEqual([
          500,
          {
            status: 500,
            message: 'Message Send Error',
            error: { type: 'iMessage Error', message: 'Chat does not exist in IMChatRegistry!' },
          },
        ]);
        expect(sends()).toMatchObject([{ outcome: 'refused', guid: null, words: 'Chat does not exist in IMChatRegistry!' }]);
      },
    );

    it('answers a row that has an error at once with 500 and without the row', async () => {
      open('+12025550110');
      const { status, body } = await post('message/text', text('+12025550110', 'Hi', 't'));
      expect([status, body]).toEqual([
        500,
        {
          status: 500,
          message: 'Message Send Error',
          error: { type: 'iMessage Error', message: '[500] Message sent with an error. See attached message' },
        },
      ]);
      expect(sends()).toMatchObject([{ outcome: 'refused', answer: 'error', error: 22, guid: expect.any(String) }]);
      const found = await post('message/query', {
        with: ['chat'],
        where: [{ statement: 'chat.chat_identifier = :i', args: { i: '+12025550110' } }],
      });
      expect(found.body.data).toMatchObject([{ guid: sends()[0]!.guid, error: 22, isFromMe: true, text: 'Hi' }]);
    });

    it('sends to the people of a group', async () => {
      const guid = open('+12025550101', 'jo@example.com');
      expect(guid).toMatch(/^iMessage;\+;chat\d+$/);
      expect((await post('message/text', text(guid, 'Hi'))).body.data).toMatchObject({
        handle: null,
        chats: [{ guid, style: 43 }],
      });
      expect(simulator.ledger({ kind: 'send', address: 'jo@example.com' })).toMatchObject([
        { recipients: ['+12025550101', 'jo@example.com'], chatGuid: guid },
      ]);
    });

    it.each([
      ['no chatGuid', { chatGuid: undefined }, 'The chatGuid field is required.'],
      ['no message', { message: undefined }, 'The message field must be present.'],
      ['an empty message', { message: '' }, `A 'message' or 'subject' is required when sending via the Private API`],
      ['an empty one by AppleScript', { message: '', method: undefined }, `A 'message' is required when sending via AppleScript`],
      ['an unknown method', { method: 'pigeon' }, 'The selected method is invalid.'],
      [
        'no tempGuid by AppleScript',
        { method: 'apple-script', tempGuid: '' },
        `A 'tempGuid' is required when sending via AppleScript`,
      ],
      ['a tempGuid that is no text', { tempGuid: 5 }, 'The tempGuid must be a string.'],
      ['a message that is no text', { message: 5 }, 'The message must be a string.'],
    ])('refuses %s with 400', async (_, more, words) => {
      const { status, body } = await post('message/text', { ...text('+12025550101', 'x'), ...more });
      expect([status, body.error]).toEqual([400, { type: 'Validation Error', message: words }]);
      expect(body.message).toBe("You've made a bad request! Please check your request params & body");
      expect(sends()).toEqual([]);
    });

    it('sends a blank text, and a text without a tempGuid', async () => {
      open('+12025550101');
      expect((await post('message/text', text('+12025550101', '  '))).status).toBe(200);
      const { status, body } = await post('message/text', { ...text('+12025550101', 'Hi'), tempGuid: undefined });
      expect([status, 'tempGuid' in body.data!]).toEqual([200, false]);
      expect(sends()).toMatchObject([{ text: '  ' }, { text: 'Hi', tempGuid: null }]);
    });

    it('refuses a tempGuid only while its row is not seen', async () => {
      open('+12025550101');
      simulator.control({ helperMs: 150 });
      const body = text('+12025550101', 'Hi', 'same');
      const first = post('message/text', body);
      await until(() => simulator.calls({ path: 'message/text' }).length === 1);
      const { status, body: refused } = await post('message/text', body);
      expect([status, refused.error?.message]).toEqual([400, 'Message is already queued to be sent! (Temp GUID: same)']);
      expect((await first).status).toBe(200);
      expect((await post('message/text', body)).status).toBe(200);
      expect(sends()).toMatchObject([
        { outcome: 'refused', answer: 'already-queued', guid: null, tempGuid: 'same' },
        { outcome: 'sent' },
        { outcome: 'sent' },
      ]);
    });

    it('sends the tempGuid of a send that hangs again, once its row was seen', async () => {
      open('+12025550197');
      const body = text('+12025550197', 'Hi', 'same');
      const hanging = [post('message/text', body)];
      await until(() => sends().length === 1);
      await until(async () => {
        hanging.push(post('message/text', body));
        await new Promise((resolve) => setTimeout(resolve, 30));
        return sends().filter(({ outcome }) => outcome === 'sent').length === 2;
      });
      simulator.control({ down: true });
      await Promise.allSettled(hanging);
    });

    it('goes on when the caller goes away', async () => {
      open('+12025550101');
      simulator.control({ helperMs: 80 });
      const leaving = new AbortController();
      const calling = call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi'), signal: leaving.signal });
      await until(() => simulator.calls().length === 1);
      leaving.abort();
      await expect(calling).rejects.toThrow(/abort/i);
      await until(() => sends().length === 1);
      expect(sends()).toMatchObject([{ outcome: 'sent' }]);
    });
  });

  describe('chat/new', () => {
    it('answers with the chat and the message in it', async () => {
      const { status, body } = await post('chat/new', opening('jo@example.com', 'Hi', { tempGuid: 't' }));
      expect([status, body.message]).toEqual([200, 'Successfully created chat!']);
      expect(body.data).toMatchObject({
        guid: 'iMessage;-;jo@example.com',
        style: 45,
        chatIdentifier: 'jo@example.com',
        participants: [{ address: 'jo@example.com', service: 'iMessage' }],
        messages: [{ guid: sends()[0]!.guid, text: 'Hi', tempGuid: 't', isFromMe: true, error: 0 }],
      });
      expect('chats' in (body.data!.messages as object[])[0]!).toBe(false);
      expect('lastMessage' in body.data!).toBe(false);
      expect(sends()).toMatchObject([{ via: 'new', asked: 'jo@example.com', outcome: 'sent', answer: 'ok' }]);
    });

    it('sends in a chat that is there, twice what is asked twice, and by SMS', async () => {
      open('+12025550101');
      const body = opening('+12025550101', 'Hi', { tempGuid: 'same' });
      const [one, two] = await Promise.all([post('chat/new', body), post('chat/new', body)]);
      expect([one.status, two.status]).toEqual([200, 200]);
      const sms = await post('chat/new', opening('+12025550115', 'Hi', { service: 'SMS' }));
      expect(sms.body.data).toMatchObject({ guid: 'SMS;-;+12025550115', messages: [{ error: 0 }] });
      expect(sends().map(({ chatGuid }) => chatGuid)).toEqual([
        'iMessage;-;+12025550101',
        'iMessage;-;+12025550101',
        'SMS;-;+12025550115',
      ]);
    });

    it('makes two addresses a group, once', async () => {
      const { body } = await post('chat/new', opening(['+12025550101', 'jo@example.com']));
      expect(body.data).toMatchObject({ guid: expect.stringMatching(/^iMessage;\+;chat\d+$/), style: 43 });
      expect(body.data!.participants).toHaveLength(2);
      expect((await post('chat/new', opening(['jo@example.com', '+12025550101']))).body.data!.guid).toBe(body.data!.guid);
      expect(sends()).toMatchObject([{ recipients: ['+12025550101', 'jo@example.com'] }, { outcome: 'sent' }]);
    });

    it.each([
      [{ service: 'any' }, 400, 'The selected service is invalid.'],
      [{ addresses: undefined }, 400, 'The addresses field is required.'],
      [{ addresses: [] }, 400, 'The addresses field is required.'],
      [{ addresses: 'jo@example.com' }, 400, 'The addresses must be an array.'],
      [{ message: undefined }, 500, 'A message is required when creating chats with the Private API!'],
    ])('refuses %j with %d', async (more, status, words) => {
      const answer = await post('chat/new', opening('jo@example.com', 'Hi', more));
      expect([answer.status, answer.body.error?.message]).toEqual([status, words]);
      if (status === 500) {
        expect(answer.body).toMatchObject({ message: 'An unhandled error has occurred!', error: { type: 'Server Error' } });
      }
      expect(sends()).toEqual([]);
    });

    it('is 200 with the error inside for somebody without iMessage, or finds no handle', async () => {
      const inside = await post('chat/new', opening('+12025550110'));
      expect([inside.status, inside.body.data!.messages]).toMatchObject([200, [{ error: 22 }]]);
      const none = await post('chat/new', opening('+12025550120'));
      expect([none.status, none.body.error]).toEqual([
        500,
        { type: 'Server Error', message: 'Failed to find all handles for specified service!' },
      ]);
      expect(sends()).toMatchObject([
        { outcome: 'refused', answer: '200-with-error', error: 22 },
        { outcome: 'refused', answer: 'error', error: 0, guid: null },
      ]);
      expect((await call(simulator, 'GET', 'chat/iMessage;-;%2B12025550120')).status).toBe(404);
    });
  });
});
