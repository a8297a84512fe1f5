import { type Simulator } from '../index';
import { call, command, pause, receiver, sendText, start, text, until } from './simulator';

describe('the events of registration and starts', () => {
  let simulator: Simulator;
  let hook: Awaited<ReturnType<typeof receiver>>;

  beforeEach(async () => {
    hook = await receiver();
    simulator = await start({ bridges: [{ password: 'one' }, { password: 'two' }] });
  });
  afterEach(async () => {
    await simulator.stop();
    await hook.close();
  });

  const post = (path: string, body: object, password = 'one') => call(simulator, 'POST', path, { body, password });
  const register = (events = ['*'], password = 'one', url = hook.url) => post('webhook', { url, events }, password);
  const types = () => hook.received.map(({ type }) => type);

  describe('registration', () => {
    it('keeps URLs once each, lists and removes them', async () => {
      expect(await register(['new-message'])).toMatchObject({
        status: 200,
        body: { data: { id: 1, url: hook.url, events: ['new-message'] } },
      });
      expect((await register(['*'], 'one', 'http://127.0.0.1:9/other')).body.data).toMatchObject({ id: 2 });
      expect((await call(simulator, 'GET', 'webhook')).body.data).toHaveLength(2);
      expect((await call(simulator, 'GET', 'webhook', { password: 'two' })).body.data).toEqual([]);
      expect((await call(simulator, 'DELETE', 'webhook/2')).status).toBe(200);
      const again = await call(simulator, 'DELETE', 'webhook/2');
      expect([again.status, again.body.error?.message]).toEqual([404, 'Webhook does not exist!']);
      expect((await call(simulator, 'GET', 'webhook')).body.data).toMatchObject([{ id: 1 }]);
    });

    it('gives the old record for a URL that it knows', async () => {
      await register(['new-message']);
      await register(['*'], 'one', 'http://127.0.0.1:9/other');
      expect((await register(['*'])).body.data).toEqual({ id: 1, url: hook.url, events: ['new-message'] });
    });

    it.each([
      [{ events: ['*'] }, 'The url field is required.'],
      [{ url: 'ftp://example.com', events: ['*'] }, 'Webhook URL must include an HTTP scheme!'],
      [{ url: 'http://example.com', events: [] }, 'The events field is required.'],
      [{ url: 'http://example.com', events: [1] }, 'Webhook events must be strings!'],
      [
        { url: 'http://example.com', events: ['message'] },
        /^Invalid webhook event: message! Webhook must be one of: \*,new-message,/,
      ],
      [{ url: 'http://example.com' }, 'The events field is required.'],
    ])('refuses %j', async (body, words) => {
      const answer = await post('webhook', body);
      expect([answer.status, answer.body.error?.message]).toEqual([
        400,
        typeof words === 'string' ? words : expect.stringMatching(words),
      ]);
    });

    it('posts only what a URL asked for', async () => {
      await register(['updated-message']);
      await sendText(simulator, '+12025550101', 'Hi');
      await until(() => hook.received.length === 1);
      await simulator.reply({ address: '+12025550101', text: 'Yes' });
      expect(types()).toEqual(['updated-message']);
    });
  });

  describe('around a start', () => {
    beforeEach(() => register());

    it('hello-world comes at each start, without data', async () => {
      await simulator.restart({ bridge: 0 });
      expect(hook.received).toEqual([{ type: 'hello-world', data: null }]);
      simulator.control({ bridge: 0, down: true });
      simulator.control({ bridge: 0, down: false });
      await until(() => hook.received.length === 2);
      await simulator.restart({ bridge: 1 });
      expect(hook.received).toHaveLength(2);
    });

    it('rows that came while the server was down never come', async () => {
      simulator.control({ bridge: 0, down: true });
      expect((await simulator.reply({ address: 'jo@example.com', text: 'Unseen', bridge: 0 })).webhooks).toEqual([]);
      simulator.control({ bridge: 0, down: false });
      await simulator.reply({ address: 'jo@example.com', text: 'Seen', bridge: 0 });
      expect(hook.received.flatMap(({ data }) => (data ? [data.text] : []))).toEqual(['Seen']);
      expect((await call(simulator, 'GET', 'chat/iMessage;-;jo@example.com/message')).body.data).toHaveLength(2);
    });

    it('old rows may come again', async () => {
      for (const said of ['One', 'Two', 'Three']) await simulator.reply({ address: 'jo@example.com', text: said, bridge: 0 });
      await command(simulator, 'restart', { bridge: 0, repeat: 2 });
      await until(() => hook.received.length === 6);
      expect(hook.received.slice(4).map(({ data }) => data.text)).toEqual(['Two', 'Three']);
    });

    it('rows dated 60 to 90 s before the last change come again by themselves', async () => {
      await simulator.stop();
      let now = Date.now();
      simulator = await start({ now: () => now });
      for (const said of ['Long ago', 'Again', 'Known']) {
        await simulator.reply({ address: 'jo@example.com', text: said });
        now += said === 'Long ago' ? 30_000 : 70_000;
      }
      now -= 70_000;
      await register(['new-message']);
      await simulator.restart();
      now += 5_000;
      await simulator.reply({ address: 'jo@example.com', text: 'New' });
      await until(() => hook.received.length === 2);
      expect(hook.received.map(({ data }) => data.text)).toEqual(['Again', 'New']);
    });

    it('after a soft one no inbound row comes, while all looks healthy', async () => {
      await simulator.restart({ bridge: 0, soft: true });
      expect((await simulator.reply({ address: 'jo@example.com', text: 'Unheard', bridge: 0 })).webhooks).toEqual([]);
      expect((await call(simulator, 'GET', 'ping')).status).toBe(200);
      expect((await call(simulator, 'GET', 'server/info')).body.data).toMatchObject({ helper_connected: true });
      await sendText(simulator, 'jo@example.com', 'Hi');
      await until(() => types().includes('new-message'));
      await simulator.restart({ bridge: 0 });
      expect((await simulator.reply({ address: 'jo@example.com', text: 'Heard', bridge: 0 })).webhooks).toHaveLength(1);
    });

    it('calls that were under way are cut, and nothing more is sent', async () => {
      simulator.openChat({ addresses: ['+12025550101'], bridge: 0 });
      simulator.control({ helperMs: 100 });
      const calling = post('message/text', text('+12025550101', 'Hi')).catch((error: Error) => error.message);
      await until(() => simulator.calls({ path: 'message/text' }).length === 1);
      await simulator.restart({ bridge: 0, downMs: 20 });
      expect(await calling).toBe('fetch failed');
      await pause(120);
      expect(simulator.ledger({ kind: 'send' })).toEqual([]);
    });
  });
});
