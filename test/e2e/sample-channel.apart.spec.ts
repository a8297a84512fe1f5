import request from 'supertest';
import { ProviderNews } from '../../src/replies/application/provider-news';
import { callback, type Loft, openLoft } from '../channel-kit/pigeon/loft';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

// The list of adapters with one line more; nothing else of the product is touched.
jest.mock('../../src/channels/adapters', () => {
  const { ADAPTERS } = jest.requireActual<{ ADAPTERS: unknown[] }>('../../src/channels/adapters');
  const sample = jest.requireActual<{ PigeonChannel: unknown }>('../channel-kit/pigeon/pigeon.channel');
  return { ADAPTERS: [...ADAPTERS, sample.PigeonChannel] };
});

/**
 * A channel that the product has never heard of works everywhere once it is in the list
 * (docs/adding-a-channel.md).
 */
describe('a new channel', () => {
  let test: TestApp;
  let tenant: Tenant;
  let loft: Loft;

  beforeAll(async () => {
    [test, loft] = [await startTestApp(), await openLoft()];
    tenant = await test.tenant();
  });
  afterAll(async () => {
    await test.close();
    await loft.close();
  });

  const line = () => ({ channel: 'pigeon', phone: '+12025550155', bridgeUrl: loft.url, bridgePassword: loft.whistle });
  const flownTo = (to: string) => loft.flown.filter((one) => one.to === to).map(({ text }) => text);

  it('is offered by name, says what its lines lack, and gives them an inbound URL of its own', async () => {
    const lacking = (await tenant.post('/lines', { channel: 'pigeon', phone: '+12025550155' }).expect(400)).body;
    expect(lacking.details.map(({ field }: { field: string }) => field)).toEqual(['bridgeUrl', 'bridgePassword']);
    const unknown = (await tenant.post('/lines', { ...line(), channel: 'owl' }).expect(400)).body;
    expect(unknown.details).toEqual([{ field: 'channel', message: 'must be one of imessage, sms, email, pigeon' }]);
    const words = (await tenant.post('/messages', { message: 'x', messageType: 'owl', recipientPhone: '+12025550150' })).body;
    expect(words.error).toBe('Invalid messageType. Must be email, sms, pigeon, or imessage');
    const made = (await tenant.post('/lines', line()).expect(201)).body;
    expect(made.inboundUrl).toMatch(/\/api\/inbound\/loft\/[^/]+$/);
    const health = (await tenant.get(`/lines/check-availability?id=${made._id}`).expect(200)).body;
    expect(health).toMatchObject({ available: true, healthCheck: { status: 'healthy' } });
  });

  it('carries direct messages and campaigns, to phones alone, and brings replies back that stop them', async () => {
    const { inboundUrl } = (await tenant.post('/lines', line()).expect(201)).body;
    await tenant.post('/messages', { message: 'Coo', messageType: 'pigeon', recipientPhone: '+12025550160' }).expect(201);
    await eventually(async () => flownTo('+12025550160').length === 1);
    const byMail = { message: 'Coo', messageType: 'pigeon', recipientEmail: 'a@example.com' };
    await tenant.post('/messages', byMail).expect(400);
    const listId = (await tenant.post('/lists', { name: 'Birds' })).body._id;
    await tenant.post('/leads', { leads: [{ phone: '+12025550170', firstName: 'Ada' }], listId }).expect(201);
    const steps = [
      { template: 'One, {firstName}', wait: { amount: 0, unit: 'seconds' } },
      { template: 'Two', wait: { amount: 1, unit: 'hours' } },
    ];
    const campaign = (await tenant.post('/campaigns', { name: 'Birds', listId, channel: 'pigeon', steps }).expect(201)).body;
    await tenant.post(`/campaigns/${campaign._id}/launch`).expect(200);
    await eventually(async () => flownTo('+12025550170').length === 1);
    expect(flownTo('+12025550170')).toEqual(['One, Ada']);
    const inbound = new URL(inboundUrl).pathname;
    const said = callback(inboundUrl, loft.whistle, { came: 'true', from: '+12025550170', ring: 'r1', note: 'Yes' });
    const call = (path: string, { body, headers } = said) => request(test.url).post(path).set(headers).send(body);
    await call(inbound.replace('/loft/', '/bluebubbles/')).expect(404);
    // Not as the loft calls: another type, another method, another signature.
    await request(test.url).post(inbound).send({ came: true }).expect(415);
    await request(test.url).get(inbound).expect(404);
    await request(test.url).head(inbound).expect(404);
    expect(await test.connection.collection('inboundCalls').countDocuments({ workspaceId: tenant.id })).toBe(0);
    const forged = callback(inboundUrl, 'another whistle', { came: 'true', from: '+12025550170', ring: 'r2', note: 'STOP' });
    expect((await call(inbound, forged).expect(403)).body.code).toBe('FORGED_CALLBACK');
    const changed = { ...said, body: said.body.replace('Yes', 'STOP') };
    expect((await call(inbound, changed).expect(403)).body.code).toBe('FORGED_CALLBACK');
    for (let turn = 0; turn < 2; turn += 1) {
      const { text, headers } = await call(inbound).expect(200);
      expect([text, headers['content-type']]).toEqual(['<Coo/>', 'text/xml; charset=utf-8']);
    }
    await eventually(async () => {
      const { replies } = (await tenant.get('/replies?recipientPhone=%2B12025550170').expect(200)).body;
      return replies.length === 1;
    });
    await eventually(async () => (await tenant.get(`/campaigns/${campaign._id}/report`)).body.total.cancelled === 1);
  });

  it('has accounts with one inbound URL for all lines: events say which line they are for, else it is the one that wrote', async () => {
    const server = { settings: { bridgeUrl: loft.url }, secrets: { bridgePassword: loft.whistle } };
    const account = (await tenant.post('/accounts', { channel: 'pigeon', ...server }).expect(201)).body;
    expect(account).toMatchObject({ provider: 'loft', deviceId: new URL(loft.url).host, isImplicit: false });
    const phones = ['+12025550111', '+12025550112', '+12025550113'];
    const make = async (phone: string) =>
      (await tenant.post('/lines', { accountId: account._id, phone }).expect(201)).body._id as string;
    const [first, second, third] = [await make(phones[0]!), await make(phones[1]!), await make(phones[2]!)];
    await tenant
      .post('/messages', { message: 'Coo', messageType: 'pigeon', recipientPhone: '+12025550182', fromLineId: third })
      .expect(201);
    await eventually(async () => flownTo('+12025550182').length === 1);
    const call = (ring: string, fields: Record<string, string>, whistle = loft.whistle, url: string = account.inboundUrl) => {
      const { body, headers } = callback(url, whistle, { came: 'true', ring, note: `Note ${ring}`, ...fields });
      return request(test.url).post(new URL(url).pathname).set(headers).send(body);
    };
    const lineOfReply = async (from: string, ring: string) => {
      let lineId: string | undefined;
      await eventually(async () => {
        const { replies } = (await tenant.get(`/replies?recipientPhone=${encodeURIComponent(from)}`).expect(200)).body;
        lineId = replies.find(({ message }: { message: string }) => message === `Note ${ring}`)?.lineId;
        return lineId !== undefined;
      });
      return lineId;
    };
    await call('a1', { from: '+12025550181', to: '(202) 555-0112' }).expect(200, '<Coo/>');
    expect(await lineOfReply('+12025550181', 'a1')).toBe(second);
    await call('a2', { from: '+12025550182' }).expect(200);
    expect(await lineOfReply('+12025550182', 'a2')).toBe(third);
    await call('a3', { from: '+12025550183' }).expect(200);
    expect(await lineOfReply('+12025550183', 'a3')).toBe(first);
    // A line of another account is none of its business; nor is a call that it has not signed.
    const other = (await tenant.post('/lines', { ...line(), phone: '+12025550114' }).expect(201)).body;
    await call('a4', { from: '+12025550184', to: other.phone }).expect(200);
    expect(await lineOfReply('+12025550184', 'a4')).toBe(first);
    await call('a5', { from: '+12025550185' }, 'another whistle').expect(403);
    // The URL of a line is answered as well; the provider may name another line of its account.
    const { inboundUrl } = (await tenant.get(`/lines/${first}`)).body;
    await call('a6', { from: '+12025550186', to: phones[1]! }, loft.whistle, inboundUrl).expect(200);
    expect(await lineOfReply('+12025550186', 'a6')).toBe(second);
    // People may answer a line that is gone.
    await tenant.delete(`/lines/${second}`).expect(200);
    await call('a7', { from: '+12025550187', to: phones[1]! }).expect(200);
    expect(await lineOfReply('+12025550187', 'a7')).toBe(second);
    const { inboundUrl: rotated } = (await tenant.post(`/accounts/${account._id}/rotate-inbound-url`, { overlapHours: 0 })).body;
    await call('a8', { from: '+12025550188' }).expect(404);
    await call('a9', { from: '+12025550189' }, loft.whistle, rotated).expect(200);
    expect(await lineOfReply('+12025550189', 'a9')).toBe(first);
  });

  it('a form that could not be worked off behind its answer is worked off later, as it came', async () => {
    const { inboundUrl } = (await tenant.post('/lines', line()).expect(201)).body;
    const take = jest.spyOn(test.app.get(ProviderNews, { strict: false }), 'take').mockRejectedValueOnce(new Error('not now'));
    const said = { came: 'true', from: '+12025550180', ring: 'r3', note: 'Ça & là = 100 %' };
    const { body, headers } = callback(inboundUrl, loft.whistle, said);
    await request(test.url).post(new URL(inboundUrl).pathname).set(headers).send(body).expect(200);
    await eventually(async () => {
      const { replies } = (await tenant.get('/replies?recipientPhone=%2B12025550180').expect(200)).body;
      return replies.length === 1 && replies[0].message === said.note;
    });
    expect(take.mock.calls.length).toBeGreaterThan(1);
    // The call is done a moment after its reply is there.
    const calls = test.connection.collection('inboundCalls');
    await eventually(async () => (await calls.countDocuments({ workspaceId: tenant.id, body: { $ne: null } })) === 0);
    const kept = await calls.find({ workspaceId: tenant.id }).toArray();
    expect(kept.map(({ body: json, fields, tryAt }) => ({ json, fields, tryAt }))).toEqual(
      kept.map(() => ({ json: null, fields: undefined, tryAt: undefined })),
    );
  });
});
