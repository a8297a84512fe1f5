import { createHmac } from 'node:crypto';
import { ObjectId } from 'bson';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { BridgeDesk } from '../support/bridge-desk';
import { eventually } from '../support/eventually';
import { type Endpoint, HookDesk } from '../support/hook-desk';
import { type Received, Receiver } from '../support/receiver';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type TestApp } from '../support/test-app';

describe('webhooks that meet trouble', () => {
  let test: TestApp;
  let receiver: Receiver;
  let desk: BridgeDesk;
  let hooks: HookDesk;
  const clock = new ShiftedClock();
  let next = 0;
  const send = () => desk.direct({ recipientPhone: `+1207${5_000_040 + (next += 1) * 100}` });
  const minutesUntil = (time: string | null) => (new Date(time!).getTime() - clock.now().getTime()) / 60_000;
  /** As a receiver would whose clock is ours: a signature is good for five minutes. */
  const verify = (secret: string, { raw, headers }: Received) => {
    const at = jest.spyOn(Date, 'now').mockReturnValue(Number(headers['webhook-timestamp']) * 1_000);
    try {
      return new StandardWebhook(secret).verify(raw, headers as Record<string, string>);
    } finally {
      at.mockRestore();
    }
  };
  const tried = (endpoint: Endpoint, attempts: number) =>
    hooks.newest(endpoint, (one) => one.state !== 'delivered' && one.attempts >= attempts);

  beforeAll(async () => {
    const many = { dailyNewConversationsLimit: 1_000, hourlyNewConversationsLimit: 1_000, dailyTotalMessagesLimit: 1_000 };
    test = await startTestApp({}, clock);
    receiver = await Receiver.start();
    desk = await BridgeDesk.at(test, 0, many);
    hooks = new HookDesk(desk.tenant, receiver);
    test.simulator.control({ receipts: false });
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });
  // Endpoints of earlier tests have nothing to learn.
  afterEach(async () => {
    const { webhooks } = (await desk.tenant.get('/webhooks').expect(200)).body as { webhooks: { id: string }[] };
    await Promise.all(webhooks.map(({ id }) => desk.tenant.delete(`/webhooks/${id}`).expect(200)));
  });

  it.each([500, 404, 302])(
    '%i is tried again after 5 s and 5 min, with the same id and body, until it is taken',
    async (status) => {
      const endpoint = await hooks.subscribe(['message.sent']);
      receiver.answer(endpoint.path, (response) => response.writeHead(status, { location: '/elsewhere' }).end('not now'));
      await send();
      const once = await tried(endpoint, 1);
      expect(once).toMatchObject({
        state: 'pending',
        statusCode: status,
        response: 'not now',
        error: expect.stringContaining(`${status}`),
      });
      // What the answer says of the endpoint is written after what it says of the delivery.
      await eventually(async () => (await hooks.shown(endpoint)).failureCount === 1);
      expect(await hooks.shown(endpoint)).toMatchObject({
        failureCount: 1,
        lastFailureAt: expect.any(String),
        lastSuccessAt: null,
      });
      clock.ahead({ minutes: 1 });
      const twice = await tried(endpoint, 2);
      expect(minutesUntil(twice.nextAttemptAt)).toBeGreaterThan(4);
      expect(minutesUntil(twice.nextAttemptAt)).toBeLessThan(6);
      receiver.answer(endpoint.path, 204);
      clock.ahead({ minutes: 6 });
      await hooks.newest(endpoint, ({ state }) => state === 'delivered');
      const got = receiver.at(endpoint.path);
      expect(got).toHaveLength(3);
      expect(new Set(got.map(({ raw }) => raw)).size).toBe(1);
      expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      for (const one of got) verify(endpoint.secret, one);
      expect(receiver.at('/elsewhere')).toEqual([]);
      await eventually(async () => (await hooks.shown(endpoint)).failureCount === 0);
      expect(await hooks.shown(endpoint)).toMatchObject({ failureCount: 0, lastSuccessAt: expect.any(String) });
    },
  );

  it('ten failures are the end of a delivery: it stands in the log, and a replay of it arrives', async () => {
    const endpoint = await hooks.subscribe(['message.sent']);
    receiver.answer(endpoint.path, 500);
    await send();
    let shown = await tried(endpoint, 1);
    while (shown.state === 'pending') {
      clock.ahead({ hours: 27 });
      // It is the deliveries that are looked at here, not how long the endpoint has failed.
      await test.connection.collection('webhooks').updateMany({}, { $set: { failingSince: clock.now() } });
      shown = await tried(endpoint, shown.attempts + 1);
    }
    const failed = await hooks.newest(endpoint, ({ state }) => state === 'failed');
    expect(failed).toMatchObject({ attempts: 10, nextAttemptAt: null, statusCode: 500 });
    receiver.answer(endpoint.path, 200);
    await desk.tenant.post(`/webhooks/${endpoint.id}/deliveries/${failed._id}/replay`).expect(202);
    const replayed = await hooks.newest(endpoint, ({ state, replayOf }) => replayOf === failed._id && state === 'delivered');
    expect(replayed.eventId).toBe(failed.eventId);
    const got = receiver.at(endpoint.path);
    expect(got.at(-1)!.raw).toBe(got[0]!.raw);
    expect(got.map(({ headers }) => headers['x-tuco-replay'])).toEqual([...Array<undefined>(10).fill(undefined), 'true']);
    // It was somebody's trial: the endpoint still has its ten failures.
    expect(await hooks.shown(endpoint)).toMatchObject({ failureCount: 10, lastSuccessAt: null });
  });

  it('429 with Retry-After is heeded', async () => {
    const endpoint = await hooks.subscribe(['message.sent']);
    receiver.answer(endpoint.path, (response) => response.writeHead(429, { 'retry-after': '7200' }).end());
    await send();
    const { nextAttemptAt } = await tried(endpoint, 1);
    expect(minutesUntil(nextAttemptAt)).toBeGreaterThan(115);
    expect(minutesUntil(nextAttemptAt)).toBeLessThan(125);
  });

  it('410 switches it off: what waits for it is given up, and the others are told', async () => {
    const gone = await hooks.subscribe(['message.sent']);
    const other = await hooks.subscribe(['webhook.disabled']);
    receiver.answer(gone.path, 500);
    await send();
    await tried(gone, 1);
    receiver.answer(gone.path, 410);
    await send();
    await eventually(async () => !(await hooks.shown(gone)).isActive);
    await eventually(async () => (await hooks.log(gone)).every(({ state }) => state === 'failed'));
    expect(await hooks.shown(gone)).toMatchObject({ isActive: false, disabledReason: 'gone' });
    const [told] = await hooks.got(other);
    expect(told!.body).toMatchObject({ event: 'webhook.disabled', webhook: { id: gone.id, name: 'CRM', reason: 'gone' } });
    const before = receiver.at(gone.path).length;
    await desk.become(await send(), 'sent');
    await desk.tenant.post(`/webhooks/${gone.id}/replay`, { from: '2020-01-01T00:00:00Z' }).expect(409);
    // Switched on again, it is told of what happens from then on.
    receiver.answer(gone.path, 200);
    await desk.tenant.patch(`/webhooks/${gone.id}`, { isActive: true }).expect(200);
    const id = await send();
    const got = await hooks.got(gone, before + 1);
    expect(got).toHaveLength(before + 1);
    expect(got.at(-1)!.body.messageId).toBe(id);
    expect(await hooks.shown(gone)).toMatchObject({ isActive: true, disabledReason: null, failureCount: 0 });
  });

  it('five days of failures switch it off; a success within them does not', async () => {
    const endpoint = await hooks.subscribe(['message.sent']);
    receiver.answer(endpoint.path, 500);
    await send();
    const first = await tried(endpoint, 1);
    clock.ahead({ hours: 118 });
    await tried(endpoint, first.attempts + 1);
    expect((await hooks.shown(endpoint)).isActive).toBe(true);
    receiver.answer(endpoint.path, 200);
    await send();
    await hooks.newest(endpoint, ({ state }) => state === 'delivered');
    receiver.answer(endpoint.path, 500);
    await send();
    const second = await tried(endpoint, 1);
    clock.ahead({ hours: 118 });
    await tried(endpoint, second.attempts + 1);
    expect((await hooks.shown(endpoint)).isActive).toBe(true);
    // The next failure after five days.
    await send();
    clock.ahead({ hours: 4 });
    await eventually(async () => !(await hooks.shown(endpoint)).isActive);
    expect(await hooks.shown(endpoint)).toMatchObject({ disabledReason: 'failing' });
    // What waits is given up after the switch, not with it.
    await eventually(async () => (await hooks.log(endpoint, '&state=pending')).length === 0);
  });

  it('during a rotation both secrets verify, afterwards the new one alone', async () => {
    const endpoint = await hooks.subscribe(['message.sent']);
    const rotated = await desk.tenant.post(`/webhooks/${endpoint.id}/rotate-secret`, { overlapHours: 2 }).expect(200);
    const { secret } = rotated.body as { secret: string };
    expect(minutesUntil(rotated.body.previousSecretExpiresAt as string)).toBeGreaterThan(119);
    await send();
    const [first] = await hooks.got(endpoint);
    for (const one of [secret, endpoint.secret]) verify(one, first!);
    expect(first!.headers['x-tuco-signature']).toBe(createHmac('sha256', secret).update(first!.raw).digest('hex'));
    await desk.tenant.post(`/webhooks/${endpoint.id}/rotate-secret`, { overlapHours: 0 }).expect(200);
    await send();
    const second = (await hooks.got(endpoint, 2))[1]!;
    for (const one of [secret, endpoint.secret]) expect(() => verify(one, second)).toThrow();
    await desk.tenant.post(`/webhooks/${endpoint.id}/rotate-secret`, { overlapHours: 169 }).expect(400);
  });

  it('a range is told once more with the same bodies, oldest first', async () => {
    const endpoint = await hooks.subscribe(['message.sent']);
    const from = clock.now().toISOString();
    for (let sent = 1; sent <= 5; sent += 1) await send();
    const first = (await hooks.got(endpoint, 5)).map(({ raw }) => raw);
    const replay = `/webhooks/${endpoint.id}/replay`;
    expect((await desk.tenant.post(replay, { from, event: 'message.sent' }).expect(202)).body).toEqual({
      replayedCount: 5,
      isCut: false,
    });
    const again = (await hooks.got(endpoint, 10)).slice(5);
    expect(again.map(({ raw }) => raw).sort()).toEqual([...first].sort());
    expect((await desk.tenant.post(replay, { from, state: 'failed' }).expect(202)).body.replayedCount).toBe(0);
    const late = await desk.tenant.post(replay, { from, to: '2020-01-01T00:00:00Z' }).expect(400);
    expect(late.body.details[0].field).toBe('to');
  });

  it('one that never answers costs the others nothing', async () => {
    const silent = await hooks.subscribe(['message.sent']);
    const quick = await hooks.subscribe(['message.sent']);
    receiver.answer(silent.path, () => undefined);
    for (let sent = 1; sent <= 20; sent += 1) await send();
    await hooks.got(quick, 20);
    await eventually(async () => (await hooks.log(quick)).every(({ state }) => state === 'delivered'));
    // Eight calls at most are open to the silent one, and none of them has come to its end.
    expect(receiver.at(silent.path).length).toBeLessThanOrEqual(8);
    expect((await hooks.log(silent)).every(({ state, attempts }) => state === 'pending' && attempts === 0)).toBe(true);
  });

  it('forty that are dead hold few places, and have turns', async () => {
    const dead = await Promise.all(Array.from({ length: 40 }, () => hooks.subscribe(['message.sent'])));
    for (const { path } of dead) receiver.answer(path, 503);
    await send();
    await Promise.all(dead.map((one) => tried(one, 1)));
    const before = receiver.book.length;
    const called = () => new Set(receiver.book.slice(before).map(({ path }) => path));
    for (const { path } of dead) receiver.answer(path, () => undefined);
    // All are due again, and each call to one of them lasts as long as a call may.
    clock.ahead({ minutes: 1 });
    await eventually(() => Promise.resolve(called().size >= 8));
    const quick = await hooks.subscribe(['message.sent']);
    await send();
    await hooks.got(quick);
    expect([...called()].filter((path) => path !== quick.path)).toHaveLength(8);
    // Once these have timed out, others of the dead are tried.
    await eventually(() => Promise.resolve(called().size > 9));
  });
});

describe('webhooks into private ranges', () => {
  it('are never called', async () => {
    const receiver = await Receiver.start();
    const test = await startTestApp({ ALLOW_PRIVATE_TARGETS: 'false' });
    const tenant = await test.tenant();
    const http = await tenant.post('/webhooks', { url: receiver.url, name: 'x', events: ['message.sent'] }).expect(400);
    expect(http.body.details[0].field).toBe('url');
    for (const host of ['127.0.0.1', '[::1]', '10.0.0.1', '169.254.169.254', 'localhost']) {
      const url = `https://${host}:${new URL(receiver.url).port}/x`;
      const endpoint = { url, name: 'x', events: ['message.sent'] };
      if (host !== 'localhost') {
        const refused = await tenant.post('/webhooks', endpoint).expect(400);
        expect(refused.body.details).toEqual([{ field: 'url', message: 'must not be an address in a private range' }]);
        // As if it had been saved when such were allowed.
        endpoint.url = 'https://hooks.example.com/x';
      }
      const { body } = await tenant.post('/webhooks', endpoint).expect(201);
      await test.connection.collection('webhooks').updateOne({ _id: new ObjectId(body.id as string) }, { $set: { url } });
      const checked = await tenant.post(`/webhooks/${body.id}/health-check`).expect(200);
      expect(checked.body).toMatchObject({ success: false, statusCode: null, details: expect.stringContaining('private range') });
    }
    expect(receiver.book).toEqual([]);
    await test.close();
    await receiver.close();
  });
});
