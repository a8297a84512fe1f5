import { QUICK_TIMES, startTwilioSimulator, type TwilioSimulator } from '..';
import { listener, NUMBER, SID, start, TOKEN, until } from './simulator';

const ACCOUNT = { accountSid: SID, authToken: TOKEN, numbers: [NUMBER] };
const AUTHORIZATION = `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`;

describe('what goes wrong', () => {
  let simulator: TwilioSimulator;
  beforeEach(async () => {
    simulator = await start();
  });
  afterEach(() => simulator.stop());

  const post = (to = '+12025550131', more: Record<string, string> = {}, withinMs = 10_000) =>
    fetch(`${simulator.url}/2010-04-01/Accounts/${SID}/Messages.json`, {
      method: 'POST',
      headers: { authorization: AUTHORIZATION },
      body: new URLSearchParams({ To: to, From: NUMBER, Body: 'Hi', ...more }),
      signal: AbortSignal.timeout(withinMs),
    });
  const taken = () => simulator.ledger({ kind: 'message' }).length;

  it('429 for as many requests as it is told, with the time to wait', async () => {
    simulator.fail([{ name: 'too-many-requests', times: 2, retryAfter: 3 }]);
    for (let n = 0; n < 2; n += 1) {
      const answer = await post();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
      expect(await answer.json()).toMatchObject({ code: 20429 });
    }
    expect((await post()).status).toBe(201);
    expect(taken()).toBe(1);
  });

  it('429 beyond so many requests in a second', async () => {
    await simulator.stop();
    const started = Date.now();
    simulator = await startTwilioSimulator({ accounts: [ACCOUNT], times: QUICK_TIMES, now: () => started });
    simulator.control({ requestsPerSecond: 3 });
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => post()))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 201, 201, ...Array.from({ length: 7 }, () => 429)]);
  });

  it.each([
    ['server-error', 500],
    ['bad-gateway', 502],
    ['garbage', 201],
    ['ok-with-error', 200],
  ] as const)('%s, with the message taken or not', async (name, status) => {
    simulator.fail([{ name }, { name, taken: true }]);
    expect((await post()).status).toBe(status);
    expect(taken()).toBe(0);
    expect((await post()).status).toBe(status);
    expect(taken()).toBe(1);
  });

  it.each(['hang', 'cut'] as const)('%s: no answer, and the message is taken all the same', async (name) => {
    simulator.fail([{ name, taken: true, to: '+12025550132' }]);
    expect((await post()).status).toBe(201);
    await expect(post('+12025550132', {}, 300)).rejects.toThrow();
    expect(taken()).toBe(2);
  });

  it.each([
    ['in-order', ['queued', 'sent', 'delivered']],
    ['reversed', ['delivered', 'sent', 'queued']],
    ['lost', []],
  ] as const)('callbacks %s', async (callbacks, statuses) => {
    simulator.control({ callbacks });
    const heard = await listener();
    await post('+12025550131', { StatusCallback: heard.url });
    await until(() => simulator.messages()[0]!.status === 'delivered' && heard.calls.length === statuses.length);
    expect(heard.calls.map(({ fields }) => fields.MessageStatus)).toEqual(statuses);
    await heard.close();
  });

  it('callbacks twice, and read receipts', async () => {
    simulator.control({ callbacks: 'twice', readReceipts: true });
    const heard = await listener();
    await post('+12025550131', { StatusCallback: heard.url });
    await until(() => heard.calls.length === 8);
    const counts = ['queued', 'sent', 'delivered', 'read'].map(
      (status) => heard.calls.filter(({ fields }) => fields.MessageStatus === status).length,
    );
    expect(counts).toEqual([2, 2, 2, 2]);
    await heard.close();
  });

  it('a number sends a segment after the other, and refuses what it cannot queue', async () => {
    await simulator.stop();
    const started = Date.now();
    // By this clock all of it happens at once.
    const times = { ...QUICK_TIMES, segmentMs: 40, queueMs: 100 };
    simulator = await startTwilioSimulator({ times, accounts: [ACCOUNT], now: () => started });
    const sentAt: number[] = [];
    const statuses = () => simulator.messages().map(({ status }) => status);
    for (let n = 0; n < 3; n += 1) expect((await post()).status).toBe(201);
    expect(await (await post()).json()).toMatchObject({ code: 21611 });
    for (let n = 0; n < 3; n += 1) {
      await until(() =>
        statuses()
          .slice(0, n + 1)
          .every((status) => status === 'sent' || status === 'delivered'),
      );
      sentAt.push(Date.now() - started);
    }
    sentAt.forEach((after, n) => expect(after).toBeGreaterThanOrEqual(40 * (n + 1) - 2));
  });

  it('takes orders over HTTP', async () => {
    const order = (path: string, body: object) =>
      fetch(`${simulator.url}/${path}`, { method: 'POST', body: JSON.stringify(body) }).then((answer) => answer.json());
    expect(await order('control', { latencyMs: 1 })).toMatchObject({ latencyMs: 1 });
    await order('faults', [{ name: 'server-error' }]);
    expect((await post()).status).toBe(500);
    await post();
    const { sid } = (await order('inbound', { from: '+12025550131', to: NUMBER, body: 'Hi' })) as { sid: string };
    const ledger = await fetch(`${simulator.url}/ledger?kind=inbound`).then((answer) => answer.json());
    expect(ledger).toEqual([expect.objectContaining({ sid, body: 'Hi' })]);
    expect((await fetch(`${simulator.url}/nothing`)).status).toBe(404);
  });
});
