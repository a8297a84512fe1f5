import { type Fault, QUICK_TIMES, type SendEntry, type Simulator } from '../index';
import { call, file, opening, start, text, until } from './simulator';

const CHAT = 'iMessage;-;+12025550101';

describe('a simulator that is told to misbehave', () => {
  let simulator: Simulator;
  let chance = 0.5;

  beforeEach(async () => {
    chance = 0.5;
    simulator = await start({
      bridges: [{ password: 'one' }, { password: 'two', controls: { holdMs: 50 } }],
      random: () => chance,
    });
    simulator.openChat({ addresses: ['+12025550101'] });
  });
  afterEach(() => simulator.stop());

  const sends = () => simulator.ledger({ kind: 'send' }) as SendEntry[];
  const ways = {
    text: (password = 'one') => call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi'), password }),
    new: (password = 'one') => call(simulator, 'POST', 'chat/new', { body: opening('+12025550101'), password }),
    attachment: (password = 'one') => call(simulator, 'POST', 'message/attachment', { body: file({ chatGuid: CHAT }), password }),
  };
  const WRAPPED = { text: 'Message Send Error', attachment: 'Attachment Send Error', new: 'An unhandled error has occurred!' };

  it('is down: connections are cut, for the one bridge, and nothing is done', async () => {
    const before = simulator.ledger().length;
    simulator.control({ bridge: 0, down: true });
    await expect(ways.text()).rejects.toThrow(/fetch failed/);
    expect((await call(simulator, 'GET', 'ping', { password: 'two' })).status).toBe(200);
    expect((await call(simulator, 'GET', 'ping', { password: 'three' })).status).toBe(401);
    simulator.control({ down: true });
    await expect(call(simulator, 'GET', 'ping', { password: 'three' })).rejects.toThrow(/fetch failed/);
    expect(simulator.ledger()).toHaveLength(before);
    simulator.control({ down: false });
    expect((await ways.text()).status).toBe(200);
  });

  it('fails at the given rate, without sending', async () => {
    simulator.control({ errorRate: 0.5, receipts: false });
    expect((await ways.text()).status).toBe(200);
    chance = 0.49;
    const failed = [await ways.text(), await ways.new(), await ways.attachment(), await call(simulator, 'GET', 'ping')];
    expect(failed.map(({ status, body }) => [status, body.error?.message])).toEqual(
      failed.map(() => [500, 'The simulator was told to fail']),
    );
    expect((await call(simulator, 'GET', 'handle/availability/imessage?address=jo@example.com')).status).toBe(500);
    expect(simulator.ledger().slice(2)).toMatchObject([
      { kind: 'send', outcome: 'sent' },
      { kind: 'send', outcome: 'refused', answer: 'error', guid: null },
      { kind: 'send', outcome: 'refused', answer: 'error', guid: null },
      { kind: 'send', outcome: 'refused', answer: 'error', guid: null },
      { kind: 'availability', outcome: 'error' },
    ]);
  });

  it('hangs after sending at the given rate, then answers 504', async () => {
    simulator.control({ hangAfterSendRate: 0.5 });
    expect((await ways.text()).status).toBe(200);
    chance = 0.49;
    simulator.control({ holdMs: 40 });
    expect((await ways.text()).status).toBe(504);
    await until(() => sends().length === 2);
    expect(sends()).toMatchObject([
      { outcome: 'sent', answer: 'ok' },
      { outcome: 'sent', answer: 'hang' },
    ]);
  });

  describe('the helper', () => {
    it.each(['text', 'attachment', 'new'] as const)('is away: %s is 500, and nothing is sent', async (via) => {
      simulator.control({ helper: 'away' });
      const { status, body } = await ways[via]();
      expect([status, body]).toEqual([
        500,
        {
          status: 500,
          message: WRAPPED[via],
          error: {
            type: via === 'new' ? 'Server Error' : 'iMessage Error',
            message: 'iMessage Private API Helper is not connected!',
          },
        },
      ]);
      simulator.control({ privateApi: false });
      expect((await ways[via]()).body.error?.message).toBe('iMessage Private API is not enabled!');
      expect(sends()).toMatchObject([
        { via, outcome: 'refused', words: 'iMessage Private API Helper is not connected!' },
        { via, outcome: 'refused', words: 'iMessage Private API is not enabled!' },
      ]);
    });

    it.each(['silent', 'facetime'] as const)('is %s: a transaction times out, and nothing is sent', async (helper) => {
      simulator.control({ helper });
      for (const via of ['text', 'new'] as const) {
        const { status, body } = await ways[via]();
        expect([status, body.message, body.error?.message]).toEqual([500, WRAPPED[via], 'Transaction timeout']);
      }
      expect(sends()).toMatchObject([{ outcome: 'refused' }, { outcome: 'refused' }]);
    });

    it('comes back before the transaction ends: the message goes out', async () => {
      simulator.control({ helper: 'silent' });
      const sending = ways.text();
      await until(() => simulator.calls({ path: 'message/text' }).length === 1);
      simulator.control({ helper: 'ok' });
      expect((await sending).status).toBe(200);
    });

    it('answers too late: the transaction times out, and the message goes out all the same', async () => {
      simulator.control({ helperMs: QUICK_TIMES.transactionMs + 100 });
      expect((await ways.text()).body.error?.message).toBe('Transaction timeout');
      expect(sends()).toEqual([]);
      await until(() => sends().length === 1);
      expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'error', words: 'Transaction timeout' }]);
    });

    it('takes one request at a time, with a gap, and does not wait for the answers', async () => {
      simulator.control({ helperGapMs: 60, helperMs: 150 });
      const from = performance.now();
      const answered: number[] = [];
      await Promise.all([ways.text, ways.new, ways.text].map((way) => way().then(() => answered.push(performance.now() - from))));
      const [first, , third] = answered.sort((one, other) => one - other) as [number, number, number];
      // Both bounds hold on a busy machine too: nothing is early, and one after the other would take 450 ms.
      expect(first).toBeGreaterThanOrEqual(148);
      expect(third).toBeGreaterThanOrEqual(268);
    });
  });

  describe('faults of sends', () => {
    const strike = (fault: Fault) => simulator.control({ faults: [fault] });

    it.each([
      ['text', 'transaction-timeout', 'Transaction timeout', 'sent'],
      ['new', 'transaction-timeout', 'Transaction timeout', 'sent'],
      ['text', 'not-in-database', 'Failed to send message! Message not found in database after 60 seconds!', 'sent'],
      ['attachment', 'not-in-database', 'Failed to send attachment! Attachment not found in database after 60 seconds!', 'sent'],
      ['new', 'not-in-database', 'Failed to create new chat! Message not found after 30 seconds!', 'sent'],
      ['text', 'not-identified', 'Failed to send message!', 'sent'],
      ['new', 'not-identified', 'Failed to create chat via the Private API!', 'sent'],
      ['text', 'see-attached', 'Failed to send message! See attached message error code.', 'sent'],
      ['text', 'send-timeout', 'Failed to send message! See attached message error code.', 'sent'],
      ['new', 'send-timeout', 'Message send timeout', 'sent'],
      ['text', 'chat-not-in-list', 'Chat does not exist in CKConversationList!', 'refused'],
      ['text', 'helper-not-running', 'Failed to invoke Private API! Error: BlueBubblesHelper is not running!', 'refused'],
      ['new', 'no-handles', 'Failed to find all handles for specified service!', 'refused'],
      ['text', 'told-to-fail', 'The simulator was told to fail', 'refused'],
    ] as const)('%s: %s is "%s", and the message is %s', async (via, name, words, outcome) => {
      strike({ name });
      const { status, body } = await ways[via]();
      expect([status, body.message, body.error?.message]).toEqual([500, WRAPPED[via], words]);
      expect('data' in body).toBe(via === 'text' && (name === 'see-attached' || name === 'send-timeout'));
      expect(body.data ?? null).toBeNull();
      expect(sends()).toMatchObject([{ via, outcome, answer: 'error', words }]);
      expect((await ways[via]()).status).toBe(200);
    });

    it('may be told whether the message goes out', async () => {
      simulator.control({
        faults: [
          { name: 'not-in-database', sent: false },
          { name: 'told-to-fail', sent: true },
        ],
      });
      await ways.text();
      await ways.text();
      expect(sends()).toMatchObject([{ outcome: 'refused', guid: null }, { outcome: 'sent' }]);
      expect((await call(simulator, 'GET', `chat/${CHAT}/message`)).body.data).toHaveLength(1);
    });

    it('write the row a while after the answer', async () => {
      strike({ name: 'not-identified', afterMs: 80 });
      expect((await ways.text()).status).toBe(500);
      expect(sends()).toEqual([]);
      await until(() => sends().length === 1);
      expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'error', words: 'Failed to send message!' }]);
    });

    it('tell the contents of the message and paths of the Mac', async () => {
      strike({ name: 'command-failed' });
      const { body } = await ways.text();
      expect(body.error?.message).toMatch(/^Command failed: osascript .*Hi.*\+12025550101.*\/Users\//);
      expect(sends()).toMatchObject([{ outcome: 'refused' }]);
    });

    it('strike so often, one call or one address', async () => {
      simulator.control({
        faults: [
          { name: 'told-to-fail', on: 'text', times: 2 },
          { name: 'told-to-fail', address: 'jo@example.com' },
        ],
      });
      expect((await ways.new()).status).toBe(200);
      expect([await ways.text(), await ways.text(), await ways.text()].map(({ status }) => status)).toEqual([500, 500, 200]);
      expect(simulator.controls()[0]!.controls.faults).toEqual([{ name: 'told-to-fail', address: 'jo@example.com' }]);
      expect((await call(simulator, 'POST', 'chat/new', { body: opening('jo@example.com') })).status).toBe(500);
      strike({ name: 'told-to-fail', times: null });
      for (const _ of [1, 2, 3]) expect((await ways.text()).status).toBe(500);
    });

    it('give a row an error, at once or later', async () => {
      strike({ name: 'row-error', error: 22 });
      expect((await ways.text()).body.error?.message).toBe('[500] Message sent with an error. See attached message');
      strike({ name: 'row-error' });
      expect((await ways.new()).body.data!.messages).toMatchObject([{ error: 4 }]);
      strike({ name: 'late-error', error: 25, afterMs: 30 });
      const { status, body } = await ways.text();
      expect([status, body.data!.error]).toEqual([200, 0]);
      await until(() => simulator.ledger({ kind: 'update' }).length === 1);
      expect(simulator.ledger({ kind: 'update' })).toMatchObject([{ guid: body.data!.guid, error: 25 }]);
      expect(sends()).toMatchObject([
        { outcome: 'refused', answer: 'error', error: 22 },
        { outcome: 'refused', answer: '200-with-error', error: 4 },
        { outcome: 'refused', answer: 'ok', error: 0, lateError: 25 },
      ]);
    });

    it('hang', async () => {
      simulator.control({ holdMs: 40 });
      strike({ name: 'hang' });
      expect((await ways.new()).status).toBe(504);
      await until(() => sends().length === 1);
      expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'hang' }]);
    });
  });
});
