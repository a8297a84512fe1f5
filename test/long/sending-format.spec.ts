import request from 'supertest';
import { Messages } from '../../src/messages';
import { DueMessages } from '../../src/messages/domain/due-messages';
import { SendingFormat } from '../../src/platform/sending-format';
import { Ticks } from '../../src/platform/ticks';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const MESSAGES = 60;

/** Two versions run at once, of which the newer knows another form of the sending documents. */
describe('the format of the sending documents', () => {
  let today: TestApp;
  let next: TestApp;
  let tenant: Tenant;
  let claims: { today: jest.SpyInstance; next: jest.SpyInstance };
  let planned: jest.SpyInstance;

  beforeAll(async () => {
    today = await startTestApp();
    next = await startTestApp({ APP_ROLE: 'worker' }, undefined, today);
    jest.replaceProperty(next.app.get(SendingFormat), 'own', 3);
    // What it read before the replacement was its own.
    await next.app.get(Ticks).now('compare sending formats');
    claims = {
      today: jest.spyOn(today.app.get(Messages), 'claim'),
      next: jest.spyOn(next.app.get(Messages), 'claim'),
    };
    planned = jest.spyOn(next.app.get(DueMessages), 'queueDue');
    tenant = await today.tenant();
    for (const bridge of [0, 1, 2]) {
      const limits = { dailyNewConversationsLimit: 1_000, hourlyNewConversationsLimit: 1_000, dailyTotalMessagesLimit: 1_000 };
      await today.line(tenant, bridge, limits);
    }
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await next.close();
    await today.close();
  });

  const address = (index: number) => `+1202556${String(3030 + index)}`;
  const send = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, index) =>
        tenant.post('/messages', { message: 'Hi', recipientPhone: address(from + index) }).expect(201),
      ),
    );
  const arrived = () => (today.simulator.ledger({ kind: 'send' }) as { address: string }[]).map((entry) => entry.address);
  const store = (value: number) =>
    today.connection.collection<{ _id: string }>('settings').updateOne({ _id: 'sendingFormat' }, { $set: { value } });
  const sendingOf = async ({ url }: TestApp) => (await request(url).get('/health/ready').expect(200)).body.info.sending;

  it('is 2 after the migrations', async () => {
    const found = await today.connection.collection<{ _id: string }>('settings').findOne({ _id: 'sendingFormat' });
    expect(found).toEqual({ _id: 'sendingFormat', value: 2 });
  });

  it('a worker of another format claims and plans nothing, and says so', async () => {
    await eventually(async () => (await sendingOf(next)).paused);
    planned.mockClear();
    await send(0, MESSAGES / 2);
    await eventually(async () => arrived().length >= MESSAGES / 2);
    expect(claims.next).not.toHaveBeenCalled();
    expect(planned).not.toHaveBeenCalled();
    expect(claims.today).toHaveBeenCalled();
    expect(await sendingOf(next)).toEqual({
      status: 'up',
      paused: true,
      message: 'the sending documents have format 2, and this version knows format 3',
    });
    expect(await sendingOf(today)).toEqual({ status: 'up' });
  });

  it('when the number changes under load, the other takes over, and nobody gets anything twice', async () => {
    // A process knows of the change after a second: until then the bridge must not have taken all of them.
    today.simulator.control({ latencyMs: 300 });
    await send(MESSAGES / 2, MESSAGES);
    await store(0);
    await eventually(
      async () => (await sendingOf(today)).message === 'a migration is changing the format of the sending documents',
    );
    today.simulator.control({ latencyMs: 0 });
    await store(3);
    await eventually(async () => arrived().length >= MESSAGES, 60_000);
    await eventually(async () => {
      const { pagination } = (await tenant.get('/messages?status=delivered&limit=1')).body;
      return pagination.totalCount === MESSAGES;
    });
    expect(arrived().sort()).toEqual(Array.from({ length: MESSAGES }, (_, index) => address(index)).sort());
    expect(claims.next).toHaveBeenCalled();
    await eventually(async () => (await sendingOf(today)).paused);
  });
});
