import { PROXY_PAGES, QUICK_TIMES, type Simulator } from '../index';
import { call, command, sendText, start, text, until } from './simulator';

describe('the way to the server', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start({ bridges: [{ password: 'one' }, { password: 'two' }] });
  });
  afterEach(() => simulator.stop());

  const get = async (path: string) => {
    const answer = await fetch(`${simulator.url}/api/v1/${path}`);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const wordsOf = async (query: string) => {
    const { status, text: said } = await get(`ping?${query}`);
    return [status, (JSON.parse(said) as { error?: { message: string } }).error?.message];
  };

  describe('passwords', () => {
    it.each(['guid', 'password', 'token'])('are read under the name %s, trimmed', async (name) => {
      expect(await wordsOf(`${name}=%20two%20`)).toEqual([200, undefined]);
    });

    it('are refused with 401 when they are wrong or missing', async () => {
      const { status, text: said } = await get('ping?password=three');
      expect([status, JSON.parse(said)]).toEqual([
        401,
        {
          status: 401,
          message: 'You are not authorized to access this resource',
          error: { type: 'Authentication Error', message: 'Unauthorized' },
        },
      ]);
      expect(await wordsOf('')).toEqual([401, 'Missing server password!']);
      expect(await wordsOf('password=')).toEqual([401, 'Missing server password!']);
    });

    it('count by precedence, also a wrong one before a right one', async () => {
      expect(await wordsOf('guid=wrong&password=one')).toEqual([401, 'Unauthorized']);
      expect(await wordsOf('password=one&token=wrong')).toEqual([200, undefined]);
    });

    it('break the server when they are given twice', async () => {
      expect(await wordsOf('password=one&password=one')).toEqual([500, '(value ?? "").trim is not a function']);
    });

    it('of digits alone are no longer what they were', async () => {
      await simulator.stop();
      simulator = await start({ bridges: [{ password: '0123' }, { password: '1' }] });
      expect(await wordsOf('password=0123')).toEqual([401, 'Unauthorized']);
      expect(await wordsOf('password=123')).toEqual([200, undefined]);
      expect(await wordsOf('password=true')).toEqual([200, undefined]);
    });

    it('can change', async () => {
      simulator.control({ passwordChanged: true, bridge: 0 });
      expect(await wordsOf('password=one')).toEqual([401, 'Unauthorized']);
      expect(await wordsOf('password=two')).toEqual([200, undefined]);
    });

    it('are not read from headers', async () => {
      const answer = await fetch(`${simulator.url}/api/v1/ping`, { headers: { authorization: 'Bearer one', password: 'one' } });
      expect(answer.status).toBe(401);
    });
  });

  describe('answers without the envelope', () => {
    it.each(['nothing', 'chat//message', 'message/', 'webhook/'])('404 in plain text for %s', async (path) => {
      expect(await get(`${path}?password=one`)).toEqual({
        status: 404,
        type: 'text/plain; charset=utf-8',
        text: 'Not Found',
      });
    });

    it('405 in plain text for another method', async () => {
      const answer = await fetch(`${simulator.url}/api/v1/ping?password=one`, { method: 'POST' });
      expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([405, 'GET', 'Method Not Allowed']);
    });
  });

  it('answers malformed JSON with 500', async () => {
    for (const body of ['{', '"text"']) {
      const answer = await fetch(`${simulator.url}/api/v1/message/text?password=one`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect([answer.status, await answer.json()]).toMatchObject([
        500,
        { message: 'An unhandled error has occurred!', error: { type: 'Server Error' } },
      ]);
    }
  });

  it('answers 504 in the envelope when an answer takes too long, and works on', async () => {
    simulator.control({ holdMs: 30, helperMs: 150 });
    simulator.openChat({ addresses: ['+12025550101'] });
    const { status, body } = await call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi') });
    expect([status, body]).toEqual([
      504,
      {
        status: 504,
        message: 'The request timed-out after 30!',
        error: { type: 'Gateway Timeout', message: 'The server took too long to respond and has timed-out!' },
      },
    ]);
    await until(() => simulator.ledger({ kind: 'send', outcome: 'sent' }).length === 1);
  });

  it('closes connections that carry nothing', async () => {
    await simulator.stop();
    simulator = await start({ times: { ...QUICK_TIMES, keepAliveMs: 2_000 } });
    const answer = await fetch(`${simulator.url}/api/v1/ping?password=one`);
    expect(answer.headers.get('keep-alive')).toBe('timeout=2');
  });

  it('stands still for everybody behind a text of many MB', async () => {
    await simulator.stop();
    simulator = await start({
      times: { ...QUICK_TIMES, megabyteMs: 3_600_000 },
      bridges: [{ password: 'one' }, { password: 'two' }],
    });
    await sendText(simulator, '+12025550101', 'x'.repeat(1_048_576));
    simulator.control({ holdMs: 30 });
    expect((await call(simulator, 'GET', 'ping')).status).toBe(504);
    expect((await call(simulator, 'GET', 'ping', { password: 'two' })).status).toBe(200);
  });

  describe('a proxy in front', () => {
    it.each(PROXY_PAGES.filter((page) => page !== 'cut'))('answers %s instead of the server', async (page) => {
      simulator.openChat({ addresses: ['+12025550101'] });
      simulator.control({ bridge: 0, proxy: { page } });
      const answer = await call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi') });
      expect([answer.status, answer.type]).toEqual([Number(page.slice(-3)), 'text/html; charset=utf-8']);
      expect(answer.text).toMatch(/^<!DOCTYPE html>/);
      expect(simulator.ledger({ kind: 'send' })).toEqual([]);
      expect((await call(simulator, 'GET', 'ping', { password: 'two' })).status).toBe(200);
    });

    it('answers after the server has worked', async () => {
      simulator.openChat({ addresses: ['+12025550101'] });
      simulator.control({ proxy: { page: 'bad-gateway-502', after: true } });
      const answer = await call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi') });
      expect(answer.status).toBe(502);
      expect(simulator.ledger({ kind: 'send' })).toMatchObject([{ outcome: 'sent', answer: 'lost' }]);
    });

    it('cuts the connection, before or after, for some paths and so often', async () => {
      simulator.openChat({ addresses: ['+12025550101'] });
      simulator.control({ proxy: { page: 'cut', path: 'message/', times: 1 } });
      expect((await call(simulator, 'GET', 'ping')).status).toBe(200);
      const send = () => call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi') });
      await expect(send()).rejects.toThrow(/fetch failed/);
      expect((await send()).status).toBe(200);
      simulator.control({ proxy: { page: 'cut', after: true } });
      await expect(send()).rejects.toThrow(/fetch failed/);
      expect(simulator.ledger({ kind: 'send' })).toMatchObject([{ answer: 'ok' }, { answer: 'lost', outcome: 'sent' }]);
    });
  });

  it('remembers the calls as they were answered', async () => {
    await call(simulator, 'GET', 'ping');
    await call(simulator, 'GET', 'ping', { password: 'three' });
    simulator.control({ proxy: { page: 'cut' } });
    await call(simulator, 'GET', 'server/info', { password: 'two' }).catch(() => undefined);
    const calls = [
      { bridge: 0, method: 'GET', path: 'ping', status: 200, words: null, at: expect.any(Number) },
      { bridge: null, path: 'ping', status: 401, words: 'Unauthorized' },
      { bridge: 1, path: 'server/info', status: null, words: null },
    ];
    expect(simulator.calls()).toMatchObject(calls);
    expect((await command(simulator, 'calls?path=ping')).body).toMatchObject(calls.slice(0, 2));
    expect(simulator.calls({ since: Date.now() + 1_000 })).toEqual([]);
  });

  it('is slow when told to, and has written the send down before', async () => {
    simulator.openChat({ addresses: ['+12025550101'] });
    simulator.control({ latencyMs: 3_600_000 });
    const leaving = new AbortController();
    const calls = ['ping', 'server/info', 'handle/availability/imessage?address=jo@example.com'].map((path) =>
      call(simulator, 'GET', path, { signal: leaving.signal }),
    );
    calls.push(call(simulator, 'POST', 'message/text', { body: text('+12025550101', 'Hi'), signal: leaving.signal }));
    await until(() => simulator.ledger({ kind: 'send' }).length === 1 && simulator.ledger({ kind: 'availability' }).length === 1);
    leaving.abort();
    const ends = await Promise.allSettled(calls);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  });

  it('stops at once, whatever is held', async () => {
    simulator.openChat({ addresses: ['+12025550197'] });
    const calling = call(simulator, 'POST', 'message/text', { body: text('+12025550197', 'Hi') }).catch(
      (error: Error) => error.message,
    );
    await until(() => simulator.ledger({ kind: 'send' }).length === 1);
    await Promise.all([simulator.stop(), simulator.stop()]);
    expect(await calling).toBe('fetch failed');
  });
});
