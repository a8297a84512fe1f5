import { type Simulator, startBlueBubblesSimulator } from '../index';
import { call, command, receiver, text, until } from './simulator';

describe('the events of the simulator', () => {
  let simulator: Simulator;
  let hook: Awaited<ReturnType<typeof receiver>>;

  beforeEach(async () => {
    hook = await receiver();
    simulator = await startBlueBubblesSimulator({ ledgerFile: null, bridges: [{ password: 'one' }, { password: 'two' }] });
  });
  afterEach(async () => {
    await simulator.stop();
    await hook.close();
  });

  const register = (events = ['*'], password = 'one', url = hook.url) =>
    call(simulator, 'POST', 'webhook', { body: { url, events }, password });
  const sendText = (address = '+12025550101', password = 'one') =>
    call(simulator, 'POST', 'message/text', { body: text(address, 'Hi'), password });
  const types = () => hook.received.map(({ type }) => type);

  it('registers URLs, once each, lists and removes them', async () => {
    expect(await register(['new-message'])).toMatchObject({
      status: 200,
      body: { data: { id: 1, url: hook.url, events: ['new-message'] } },
    });
    expect((await register(['*'])).body.data).toEqual({ id: 1, url: hook.url, events: ['*'] });
    expect((await register(['*'], 'one', 'http://127.0.0.1:9/other')).body.data).toMatchObject({ id: 2 });
    expect((await call(simulator, 'GET', 'webhook')).body.data).toHaveLength(2);
    expect((await call(simulator, 'GET', 'webhook', { password: 'two' })).body.data).toEqual([]);
    expect((await call(simulator, 'DELETE', 'webhook/2')).status).toBe(200);
    expect((await call(simulator, 'DELETE', 'webhook/2')).status).toBe(404);
    expect((await call(simulator, 'GET', 'webhook')).body.data).toMatchObject([{ id: 1 }]);
  });

  it.each([
    [{ events: ['*'] }],
    [{ url: 'ftp://example.com', events: ['*'] }],
    [{ url: 'nowhere', events: ['*'] }],
    [{ url: 'http://example.com', events: [] }],
    [{ url: 'http://example.com', events: [1] }],
    [{ url: 'http://example.com' }],
  ])('does not register %j', async (body) => expect((await call(simulator, 'POST', 'webhook', { body })).status).toBe(400));

  it('echoes our own sends and says when they were delivered', async () => {
    await register();
    const { body } = await sendText();
    await until(() => hook.received.length === 2);
    const { guid } = body.data!;
    expect(hook.received).toMatchObject([
      {
        type: 'new-message',
        data: { guid, text: 'Hi', isFromMe: true, chats: [{ guid: 'iMessage;-;+12025550101' }], dateDelivered: null },
      },
      {
        type: 'updated-message',
        data: { guid, isFromMe: true, isDelivered: true, dateDelivered: expect.any(Number), dateRead: null },
      },
    ]);
    expect('tempGuid' in hook.received[0]!.data).toBe(false);
  });

  it('echoes a send that got no answer, and none that was refused', async () => {
    await register();
    simulator.control({ holdMs: 0 });
    expect((await sendText('+12025550110')).status).toBe(500);
    expect((await sendText('+12025550197')).status).toBe(504);
    await until(() => hook.received.length === 2);
    expect(hook.received[0]!.data.chats).toEqual([{ guid: 'iMessage;-;+12025550197' }]);
  });

  it('leaves echoes and receipts out when told to', async () => {
    await register();
    simulator.control({ echoes: false });
    await sendText();
    await until(() => hook.received.length === 1);
    simulator.control({ echoes: true, receipts: false });
    await sendText();
    await until(() => hook.received.length === 2);
    simulator.control({ echoes: false });
    await sendText();
    await simulator.reply({ address: '+12025550101', text: 'Yes' });
    expect(types()).toEqual(['updated-message', 'new-message', 'new-message']);
    expect(hook.received.map(({ data }) => data.isFromMe)).toEqual([true, true, false]);
  });

  it('posts only what a URL asked for', async () => {
    await register(['updated-message']);
    await sendText();
    await until(() => hook.received.length === 1);
    await simulator.reply({ address: '+12025550101', text: 'Yes' });
    expect(types()).toEqual(['updated-message']);
  });

  it('lets somebody answer the bridge that wrote last', async () => {
    await register(['new-message'], 'two');
    simulator.control({ echoes: false, receipts: false });
    await sendText('+12025550101', 'two');
    await sendText('+12025550102', 'one');
    const { status, body } = await command(simulator, 'reply', { address: '+12025550101', text: 'Yes, please' });
    expect(status).toBe(200);
    const message = {
      guid: expect.any(String),
      text: 'Yes, please',
      isFromMe: false,
      handle: { address: '+12025550101', service: 'iMessage' },
      chats: [{ guid: 'iMessage;-;+12025550101' }],
    };
    expect(body).toMatchObject({ message, webhooks: [{ url: hook.url, status: 200 }] });
    expect(hook.received).toMatchObject([{ type: 'new-message', data: message }]);
    expect(simulator.ledger({ kind: 'reply' })).toMatchObject([{ bridge: 1, address: '+12025550101', text: 'Yes, please' }]);
    const chat = await call(simulator, 'GET', 'chat/iMessage;-;+12025550101/message', { password: 'two' });
    expect(chat.body.data).toMatchObject([{ isFromMe: false }, { isFromMe: true }]);
  });

  it('lets somebody write who was never written to, to the first bridge or the one that is named', async () => {
    await simulator.reply({ address: 'new@example.com', text: 'Hello?' });
    await command(simulator, 'reply', { address: 'new@example.com', text: 'Hello?', password: 'two' });
    await command(simulator, 'reply', { address: 'new@example.com', text: 'Hello?', bridge: 1, service: 'SMS' });
    expect(simulator.ledger({ kind: 'reply' })).toMatchObject([
      { bridge: 0, service: 'iMessage' },
      { bridge: 1, service: 'iMessage' },
      { bridge: 1, service: 'SMS' },
    ]);
  });

  it('loses and repeats the event of a reply, and says what the receiver answered', async () => {
    await register();
    await simulator.reply({ address: 'jo@example.com', text: 'Lost', deliveries: 0 });
    expect(hook.received).toEqual([]);
    hook.answerWith(503);
    const { webhooks } = await simulator.reply({ address: 'jo@example.com', text: 'Twice', deliveries: 2 });
    expect(webhooks).toEqual([
      { url: hook.url, status: 503 },
      { url: hook.url, status: 503 },
    ]);
    expect(hook.received[0]).toEqual(hook.received[1]);
    expect((await call(simulator, 'GET', 'chat/iMessage;-;jo@example.com/message')).body.data).toHaveLength(2);
    await hook.close();
    const unheard = await simulator.reply({ address: 'jo@example.com', text: 'Unheard' });
    expect(unheard.webhooks).toEqual([
      { url: hook.url, status: null, error: expect.stringMatching(/ECONNREFUSED|refused|ECONN/) },
    ]);
  });

  it.each([
    ['reply', { text: 'x' }, 400],
    ['reply', { address: 'x' }, 400],
    ['reply', { address: 'x', text: 'x', deliveries: -1 }, 400],
    ['reply', { address: 'x', text: 'x', password: 'three' }, 400],
    ['receipt', { delivered: true }, 400],
    ['receipt', { guid: 'x', delivered: 1 }, 400],
    ['receipt', { guid: 'x', delivered: true }, 404],
    ['send-error', { guid: 'x' }, 404],
    ['send-error', { guid: 'x', error: 0 }, 400],
    ['nothing', {}, 404],
  ])('answers a wrong /%s %j with %d', async (path, body, status) => {
    expect((await command(simulator, path, body)).status).toBe(status);
    expect(simulator.ledger()).toEqual([]);
  });

  it('says that a message was delivered and read', async () => {
    simulator.control({ receipts: false, echoes: false });
    await register();
    const { guid } = (await sendText()).body.data!;
    await command(simulator, 'receipt', { guid, delivered: true });
    const { body } = await command(simulator, 'receipt', { guid, read: true });
    const both = { guid, isDelivered: true, dateDelivered: expect.any(Number), dateRead: expect.any(Number) };
    expect(body).toMatchObject({ message: both, webhooks: [{ status: 200 }] });
    expect(hook.received).toMatchObject([
      { type: 'updated-message', data: { guid, isDelivered: true, dateRead: null } },
      { type: 'updated-message', data: both },
    ]);
    expect((await call(simulator, 'GET', 'chat/iMessage;-;+12025550101/message')).body.data).toMatchObject([both]);
  });

  it('says late that a message was not sent', async () => {
    simulator.control({ receipts: false, echoes: false });
    await register();
    const { guid } = (await sendText()).body.data!;
    await command(simulator, 'send-error', { guid });
    expect((await simulator.sendError(String(guid), 4)).message.error).toBe(4);
    expect(hook.received).toMatchObject([
      { type: 'message-send-error', data: { guid, error: 22 } },
      { type: 'message-send-error', data: { guid, error: 4 } },
    ]);
  });
});
