import request from 'supertest';
import { courierLine, CourierServer, NUMBER, signed } from '../channel-kit/courier/server';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

// The list of adapters with one line more; nothing else of the product is touched.
jest.mock('../../src/channels/adapters', () => {
  const { ADAPTERS } = jest.requireActual<{ ADAPTERS: unknown[] }>('../../src/channels/adapters');
  const sample = jest.requireActual<{ CourierChannel: unknown }>('../channel-kit/courier/courier.channel');
  return { ADAPTERS: [...ADAPTERS, sample.CourierChannel] };
});

/** An SMS provider that the product has never heard of, as docs/adding-a-channel.md builds it. */
describe('a new SMS provider', () => {
  let test: TestApp;
  let tenant: Tenant;
  let courier: CourierServer;
  let url: string;

  beforeAll(async () => {
    courier = new CourierServer();
    [test, url] = [await startTestApp(), await courier.listen()];
    tenant = await test.tenant();
  });
  afterAll(async () => {
    await test.close();
    await courier.close();
  });

  const sentTo = (to: string) => courier.sent.filter((one) => one.to === to);
  const send = async (recipientPhone: string, message = 'Hello'): Promise<string> =>
    (await tenant.post('/messages', { message, messageType: 'courier', recipientPhone }).expect(201)).body.message._id;
  const messageOf = async (id: string) => (await tenant.get(`/messages/${id}`).expect(200)).body;
  const call = (calledUrl: string, fields: Record<string, string>, secret?: string) => {
    const { body, headers } = signed(calledUrl, fields, secret);
    return request(test.url).post(new URL(calledUrl).pathname).set(headers).send(body);
  };

  async function lineOnAccount(): Promise<{ inboundUrl: string; lineId: string }> {
    const { settings, secrets } = courierLine(url).account;
    const account = (await tenant.post('/accounts', { channel: 'courier', name: 'Sales', settings, secrets }).expect(201)).body;
    expect(account).toMatchObject({ provider: 'courier', configuredSecrets: ['keySecret', 'signingSecret'] });
    const line = (await tenant.post('/lines', { accountId: account._id, phone: NUMBER }).expect(201)).body;
    return { inboundUrl: account.inboundUrl, lineId: line._id };
  }

  it('shows its form and explains its codes, from its own folder', async () => {
    const { channels } = (await tenant.get('/channels').expect(200)).body;
    const shown = channels.find(({ name }: { name: string }) => name === 'courier');
    expect(shown.accountFields.map(({ name }: { name: string }) => name)).toEqual([
      'keyId',
      'keySecret',
      'signingSecret',
      'apiUrl',
    ]);
    expect(shown.codes).toContainEqual({ code: 'COURIER_LANDLINE', meaning: 'the number is a landline' });
    const lacking = (await tenant.post('/accounts', { channel: 'courier', settings: {}, secrets: {} }).expect(400)).body;
    expect(lacking.details.map(({ field }: { field: string }) => field)).toEqual([
      'settings.keyId',
      'secrets.keySecret',
      'secrets.signingSecret',
    ]);
  });

  it('sends, waits where it is asked to, and takes in what it is told', async () => {
    const { inboundUrl, lineId } = await lineOnAccount();
    courier.tooFast = { times: 3, retryAfter: 1 };
    const people = Array.from({ length: 6 }, (_, index) => `+1202555016${index}`);
    const ids = await Promise.all(people.map((to) => send(to)));
    await eventually(async () => people.every((to) => sentTo(to).length === 1));
    expect(courier.refusedAsTooFast).toBeGreaterThanOrEqual(1);
    await eventually(async () => (await Promise.all(ids.map(messageOf))).every(({ status }) => status === 'sent'));
    // Who was too fast has only waited: no message has paid for it, and the line is well.
    await eventually(async () => (await tenant.get(`/lines/${lineId}`)).body.healthCheck?.status === 'healthy');

    const [first, second] = people.slice(0, 2).map((to) => sentTo(to)[0]!);
    await call(inboundUrl, { event: 'delivered', id: first!.id, ref: first!.ref }).expect(204);
    await call(inboundUrl, { event: 'failed', id: second!.id, error: 'landline' }).expect(204);
    await call(inboundUrl, { event: 'received', id: 'in-1', from: people[2]!, to: NUMBER, text: 'Yes' }).expect(204);
    await call(inboundUrl, { event: 'received', id: 'in-2', from: people[3]!, text: 'STOP' }, 'guessed').expect(403);
    await eventually(async () => (await messageOf(ids[0]!)).status === 'delivered');
    await eventually(async () => (await messageOf(ids[1]!)).code === 'BAD_ADDRESS');
    expect((await messageOf(ids[1]!)).attempts.at(-1).code).toBe('COURIER_LANDLINE');
    await eventually(async () => {
      const { replies } = (await tenant.get(`/replies?recipientPhone=${encodeURIComponent(people[2]!)}`).expect(200)).body;
      return replies.length === 1 && replies[0].message === 'Yes';
    });
    const { replies } = (await tenant.get(`/replies?recipientPhone=${encodeURIComponent(people[3]!)}`).expect(200)).body;
    expect(replies).toEqual([]);
  });

  it('who wants no texts gets none from it either: what waits is cancelled, and nothing new is taken', async () => {
    const [waiting, refused] = ['+12025550181', '+14152000003'];
    const scheduledDate = new Date(Date.now() + 3_600_000).toISOString();
    const later = { message: 'Hello', messageType: 'courier', recipientPhone: waiting, scheduledDate };
    const id = (await tenant.post('/messages', later).expect(201)).body.message._id;
    await tenant.post('/suppressions', { address: waiting, channel: 'sms' }).expect(201);
    expect(await messageOf(id)).toMatchObject({ status: 'cancelled', reason: 'opted_out' });
    const again = await tenant.post('/messages', { message: 'Hello', messageType: 'courier', recipientPhone: waiting });
    expect(again.body).toMatchObject({ code: 'RECIPIENT_SUPPRESSED' });
    // An opt-out that Courier knows of holds for texts, and not for other channels.
    await send(refused);
    const { suppressions } = await eventually(async () => {
      const { body } = await tenant.get(`/suppressions?address=${encodeURIComponent(refused)}`).expect(200);
      return body.suppressions.length > 0 && (body as { suppressions: object[] });
    });
    expect(suppressions).toEqual([expect.objectContaining({ address: refused, channel: 'sms', reason: 'provider' })]);
  });

  it('a lost answer is settled by the report that names the attempt', async () => {
    const to = '+12025550170';
    courier.mood = 'cuts-the-connection';
    const id = await send(to);
    await eventually(async () => sentTo(to).length === 1);
    courier.mood = null;
    const { ref, report, id: externalId } = sentTo(to)[0]!;
    await call(report, { event: 'delivered', id: externalId, ref }).expect(204);
    await eventually(async () => (await messageOf(id)).status === 'delivered');
    expect(sentTo(to)).toHaveLength(1);
  });
});
