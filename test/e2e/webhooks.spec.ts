import { createHmac } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { BridgeDesk, twoSteps } from '../support/bridge-desk';
import { MUCH_LATER } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { HookDesk } from '../support/hook-desk';
import { type Received, Receiver } from '../support/receiver';
import { startTestApp, type TestApp } from '../support/test-app';

const FIVE = ['message.sent', 'message.failed', 'message.fallback', 'message.reply', 'message.opened'];

/** As the public API's sample code does it: over the body alone, keyed by the secret's text. */
const publicSignature = (secret: string, { raw }: Received) => createHmac('sha256', secret).update(raw).digest('hex');

describe('webhooks', () => {
  let test: TestApp;
  let receiver: Receiver;
  let desk: BridgeDesk;
  let hooks: HookDesk;
  let next = 0;
  const phone = () => `+1207${4_000_040 + (next += 1) * 100}`;

  beforeAll(async () => {
    test = await startTestApp();
    receiver = await Receiver.start();
    desk = await BridgeDesk.at(test, 0);
    hooks = new HookDesk(desk.tenant, receiver);
    test.simulator.control({ receipts: false });
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('are made, listed, changed and removed as the public API has it; the secret is shown once', async () => {
    const tenant = await test.tenant();
    const given = { url: 'https://crm.example.com/tuco?a=1', name: 'CRM', events: FIVE, description: 'Ours' };
    const made = await tenant.post('/webhooks', given).expect(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      url: given.url,
      events: FIVE,
      name: 'CRM',
      createdAt: expect.any(String),
      warning: expect.any(String),
    });
    const second = await tenant.post('/webhooks', { ...given, description: null, events: ['message.sent'] }).expect(201);
    const { webhooks } = (await tenant.get('/webhooks').expect(200)).body;
    expect(webhooks.map(({ id }: { id: string }) => id)).toEqual([second.body.id, made.body.id]);
    expect(JSON.stringify(webhooks)).not.toContain('whsec_');
    expect(webhooks[1]).toMatchObject({
      ...given,
      isActive: true,
      lastTriggeredAt: null,
      lastSuccessAt: null,
      lastFailureAt: null,
      failureCount: 0,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const place = `/webhooks/${made.body.id}`;
    const changed = await tenant.patch(place, { events: ['message.reply'], isActive: false, name: 'New' }).expect(200);
    expect(changed.body).toEqual({ success: true });
    expect((await tenant.get(place).expect(200)).body).toMatchObject({ events: ['message.reply'], isActive: false, name: 'New' });
    // What a change leaves out stays.
    await tenant.patch(place, { isActive: true }).expect(200);
    const after = (await tenant.get(place).expect(200)).body;
    expect(after).toMatchObject({ events: ['message.reply'], isActive: true, name: 'New' });
    await tenant.patch(place, { isActive: false }).expect(200);
    expect((await tenant.delete(place).expect(200)).body).toEqual({ deletedCount: 1 });
    await tenant.get(place).expect(404);
    const other = await test.tenant();
    await other.get(`/webhooks/${second.body.id}`).expect(404);
    expect((await other.get('/webhooks').expect(200)).body).toEqual({ webhooks: [] });
  });

  it.each([
    ['url', { url: 'crm.example.com' }],
    ['url', { url: 'ftp://crm.example.com' }],
    ['url', { url: 'https://me:secret@crm.example.com' }],
    ['url', { url: undefined }],
    ['name', { name: ' ' }],
    ['events', { events: [] }],
    ['events', { events: ['message.sent', 'message.gone'] }],
    ['events', { events: 'message.sent' }],
  ])('are refused by name: %s, %j', async (field, wrong) => {
    const good = { url: 'https://crm.example.com', name: 'CRM', events: ['message.sent'] };
    const { body } = await desk.tenant.post('/webhooks', { ...good, ...wrong }).expect(400);
    expect(body.details[0].field).toContain(field);
  });

  it('tell of a message that was sent, with the signatures of the public API and of Standard Webhooks', async () => {
    const endpoint = await hooks.subscribe(FIVE);
    const id = await desk.direct({ recipientPhone: phone(), message: 'Grüß dich, Zoë ☕' });
    const [received] = await hooks.got(endpoint);
    const { headers, raw, body } = received!;
    expect(headers['x-tuco-event']).toBe('message.sent');
    expect(new Date(headers['x-tuco-timestamp'] as string).toISOString()).toBe(headers['x-tuco-timestamp']);
    expect(headers['x-tuco-signature']).toBe(publicSignature(endpoint.secret, received!));
    const verifier = new StandardWebhook(endpoint.secret);
    expect(verifier.verify(raw, headers as Record<string, string>)).toEqual(body);
    expect(() => verifier.verify(raw.replace('Zoë', 'Zoe'), headers as Record<string, string>)).toThrow();
    const message = await desk.message(id);
    expect(body).toMatchObject({
      id: headers['webhook-id'],
      event: 'message.sent',
      workspaceId: desk.tenant.id,
      messageId: id,
      leadId: message.leadId,
      message: { _id: id, status: 'sent', message: 'Grüß dich, Zoë ☕', recipientPhone: message.recipientPhone },
    });
    expect(Object.keys(body.message)).toEqual(Object.keys(message));
    await hooks.newest(endpoint, ({ state }) => state === 'delivered');
    // What it says of the endpoint is written a moment later.
    await eventually(async () => (await hooks.shown(endpoint)).lastSuccessAt !== null);
    expect(await hooks.shown(endpoint)).toMatchObject({
      failureCount: 0,
      lastSuccessAt: expect.any(String),
      lastFailureAt: null,
    });
  });

  it('tell of a receipt, of a reply, of nobody on the channel and of a failure, each to whom it concerns', async () => {
    const all = await hooks.subscribe([...FIVE, 'message.delivered']);
    const replies = await hooks.subscribe(['message.reply']);
    const number = phone();
    const [lead] = await desk.leads([{ phone: number, firstName: 'Ada', lastName: 'Lovelace' }]);
    const campaign = await desk.launched([twoSteps()[0]!, { template: 'Second', wait: MUCH_LATER }]);
    const { _id: sent, externalMessageId: guid } = (await desk.step(campaign, lead!, 0, 'sent')) as never as Record<
      string,
      string
    >;
    await test.simulator.receipt({ guid: guid!, delivered: true, read: true });
    await hooks.got(all, 3);
    // The last two are of one receipt, and are told at the same time.
    expect(receiver.events(all.path)[0]).toBe('message.sent');
    expect(receiver.events(all.path).slice(1).sort()).toEqual(['message.delivered', 'message.opened']);
    expect(receiver.at(all.path).find(({ body }) => body.event === 'message.opened')!.body).toMatchObject({
      messageId: sent,
      readAt: expect.any(String),
      message: { _id: sent, status: 'delivered', readAt: expect.any(String) },
    });
    await test.simulator.inbound({ address: number, text: 'Sounds good' }, { bridge: 0 });
    const [reply] = await hooks.got(replies);
    const { body } = await desk.tenant.get(`/replies?recipientPhone=${encodeURIComponent(number)}`).expect(200);
    expect(reply!.body).toMatchObject({
      event: 'message.reply',
      leadId: lead,
      messageId: body.replies[0].messageId,
      firstName: 'Ada',
      lastName: 'Lovelace',
      phone: number,
      listId: desk.listId,
      campaignId: campaign,
      message: 'Sounds good',
      parentMessages: [{ messageId: sent, stepIndex: 0 }],
      data: { reply: body.replies[0] },
    });

    const nobody = await desk.direct({ recipientPhone: '+12025550110', fromLineId: desk.line.id });
    await desk.become(nobody, 'fallback');
    const told = await eventually(() =>
      Promise.resolve(receiver.at(all.path).find((one) => one.body.event === 'message.fallback')),
    );
    expect(told!.body).toMatchObject({
      messageId: nobody,
      reason: expect.any(String),
      checkedAddresses: ['+12025550110'],
      message: { status: 'fallback' },
    });
    expect(receiver.events(replies.path)).toEqual(['message.reply']);
  });

  it('tell of nothing that happened in another workspace', async () => {
    const neighbour = new HookDesk(await test.tenant(), receiver);
    const theirs = await neighbour.subscribe(FIVE);
    const ours = await hooks.subscribe(FIVE);
    await desk.direct({ recipientPhone: phone() });
    await hooks.got(ours);
    await desk.tenant.get(`/webhooks/${theirs.id}/deliveries`).expect(404);
    expect(await neighbour.log(theirs)).toEqual([]);
    expect(receiver.at(theirs.path)).toEqual([]);
  });

  it('are checked by a signed trial, which is no delivery', async () => {
    const endpoint = await hooks.subscribe(['message.reply']);
    const good = await desk.tenant.post(`/webhooks/${endpoint.id}/health-check`).expect(200);
    expect(good.body).toMatchObject({ success: true, message: expect.any(String), statusCode: 200, response: 'noted' });
    const [trial] = receiver.at(endpoint.path);
    expect(trial!.body).toMatchObject({ event: 'message.reply', data: { test: true } });
    expect(trial!.headers['x-tuco-signature']).toBe(publicSignature(endpoint.secret, trial!));
    receiver.answer(endpoint.path, 503);
    const bad = await desk.tenant.post(`/webhooks/${endpoint.id}/health-check`).expect(200);
    expect(bad.body).toMatchObject({ success: false, statusCode: 503, error: expect.any(String), details: expect.any(String) });
    expect(await hooks.log(endpoint)).toEqual([]);
    expect(await hooks.shown(endpoint)).toMatchObject({ failureCount: 0, lastTriggeredAt: null });
  });
});
