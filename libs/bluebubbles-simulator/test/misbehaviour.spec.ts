import { type Simulator, startBlueBubblesSimulator } from '../index';
import { call, command, text, until } from './simulator';

describe('a simulator that is told to misbehave', () => {
  let simulator: Simulator;
  let chance = 0.5;

  beforeEach(async () => {
    chance = 0.5;
    simulator = await startBlueBubblesSimulator({
      ledgerFile: null,
      bridges: [{ password: 'one' }, { password: 'two', controls: { holdMs: 50 } }],
      random: () => chance,
    });
  });
  afterEach(() => simulator.stop());

  const sends = () => simulator.ledger({ kind: 'send' });
  const sendText = (password = 'one') => call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi'), password });

  it('is healthy at first, and again after a reset', async () => {
    const { body } = await command(simulator, 'control');
    const healthy = {
      latencyMs: 0,
      errorRate: 0,
      down: false,
      hangAfterSendRate: 0,
      lie: null,
      holdMs: 30_000,
      echoes: true,
      receipts: true,
      helper: true,
      strictChats: false,
    };
    expect(body).toEqual([
      { bridge: 0, controls: healthy },
      { bridge: 1, controls: { ...healthy, holdMs: 50 } },
    ]);
    await command(simulator, 'control', { latencyMs: 5, errorRate: 1, down: true, lie: 'drop', echoes: false, holdMs: 7 });
    expect((await command(simulator, 'control', { reset: true })).body).toEqual(body);
    const changed = await command(simulator, 'control', { reset: true, latencyMs: 9 });
    expect(changed.body).toMatchObject([{ controls: { ...healthy, latencyMs: 9 } }, { controls: { holdMs: 50, latencyMs: 9 } }]);
  });

  it('changes one bridge, by password or number', async () => {
    await command(simulator, 'control', { password: 'two', latencyMs: 5 });
    await command(simulator, 'control', { bridge: 0, errorRate: 1 });
    expect(simulator.control({})).toMatchObject([
      { bridge: 0, controls: { latencyMs: 0, errorRate: 1 } },
      { bridge: 1, controls: { latencyMs: 5, errorRate: 0 } },
    ]);
  });

  it.each([
    [{ latencyMs: -1 }, /latencyMs/],
    [{ latencyMs: '5' }, /latencyMs/],
    [{ errorRate: 1.1 }, /errorRate/],
    [{ hangAfterSendRate: -0.1 }, /hangAfterSendRate/],
    [{ down: 1 }, /down/],
    [{ lie: 'always' }, /lie/],
    [{ holdMs: null }, /holdMs/],
    [{ reset: 'yes' }, /reset/],
    [{ speed: 3 }, /There is no control .+speed/],
    [{ constructor: 3 }, /There is no control .+constructor/],
    [{ password: 'three' }, /no such bridge/],
    [{ bridge: 2 }, /no such bridge/],
  ])('refuses %j', async (body, words) => {
    const before = simulator.control({});
    const answer = await command(simulator, 'control', body);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringMatching(words)]);
    expect(simulator.control({})).toEqual(before);
  });

  it('is down: connections are cut, for the one bridge, and nothing is done', async () => {
    simulator.control({ bridge: 0, down: true });
    await expect(sendText()).rejects.toThrow(/fetch failed/);
    expect((await call(simulator, 'GET', 'ping', { password: 'two' })).status).toBe(200);
    expect((await call(simulator, 'GET', 'ping', { password: 'three' })).status).toBe(401);
    simulator.control({ down: true });
    await expect(call(simulator, 'GET', 'ping', { password: 'three' })).rejects.toThrow(/fetch failed/);
    expect(simulator.ledger()).toEqual([]);
    simulator.control({ down: false });
    expect((await sendText()).status).toBe(200);
  });

  it('fails at the given rate, without sending', async () => {
    simulator.control({ errorRate: 0.5 });
    expect((await sendText()).status).toBe(200);
    chance = 0.49;
    const failed = await sendText();
    expect([failed.status, failed.body.error?.type, failed.body.data]).toEqual([500, 'Server Error', undefined]);
    expect((await call(simulator, 'GET', 'ping')).status).toBe(500);
    expect((await call(simulator, 'GET', 'handle/availability/imessage?address=jo@example.com')).status).toBe(500);
    expect(simulator.ledger()).toMatchObject([
      { kind: 'send', outcome: 'sent' },
      { kind: 'update' },
      { kind: 'send', outcome: 'refused', answer: 'error', guid: null },
      { kind: 'availability', outcome: 'error' },
    ]);
  });

  it('hangs after sending at the given rate, then answers 504', async () => {
    simulator.control({ hangAfterSendRate: 0.5, holdMs: 20 });
    expect((await sendText()).status).toBe(200);
    chance = 0.49;
    expect((await sendText()).status).toBe(504);
    expect(sends()).toMatchObject([
      { outcome: 'sent', answer: 'ok' },
      { outcome: 'sent', answer: 'hang' },
    ]);
  });

  it('lies: 200 with a message that was not sent', async () => {
    simulator.control({ lie: '200-with-error' });
    const { status, body } = await sendText();
    expect([status, body.status, body.data!.error]).toEqual([200, 200, 4]);
    expect(sends()).toMatchObject([{ outcome: 'refused', answer: '200-with-error', error: 4 }]);
  });

  it('lies: garbage for a message that was sent', async () => {
    simulator.control({ lie: 'garbage' });
    await expect(sendText()).rejects.toThrow(/not valid JSON/);
    expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'garbage' }]);
  });

  it('lies: a cut connection for a message that was sent', async () => {
    simulator.control({ lie: 'drop' });
    await expect(sendText()).rejects.toThrow(/fetch failed/);
    expect(sends()).toMatchObject([{ outcome: 'sent', answer: 'drop' }]);
  });

  it('is slow, and has written the send down before', async () => {
    simulator.control({ latencyMs: 3_600_000 });
    const leaving = new AbortController();
    const calls = ['ping', 'server/info', 'handle/availability/imessage?address=jo@example.com'].map((path) =>
      call(simulator, 'GET', path, { signal: leaving.signal }),
    );
    calls.push(call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi'), signal: leaving.signal }));
    await until(() => sends().length === 1 && simulator.ledger({ kind: 'availability' }).length === 1);
    leaving.abort();
    const ends = await Promise.allSettled(calls);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  });

  it('knows only chats that were opened, when told to be strict', async () => {
    simulator.control({ strictChats: true });
    expect(await sendText()).toMatchObject({ status: 404, body: { error: { message: 'Chat does not exist!' } } });
    expect(sends()).toEqual([]);
    const opening = { addresses: ['+12025550101'], message: 'Hi', method: 'private-api', tempGuid: 't' };
    expect((await call(simulator, 'POST', 'chat/new', { body: opening })).status).toBe(200);
    expect((await sendText()).status).toBe(200);
  });

  it('stops at once, whatever is held', async () => {
    const calling = call(simulator, 'POST', 'message/text', { body: text('+12025550197', 'Hi') }).catch(
      (error: Error) => error.message,
    );
    await until(() => sends().length === 1);
    await Promise.all([simulator.stop(), simulator.stop()]);
    expect(await calling).toBe('fetch failed');
  });
});
