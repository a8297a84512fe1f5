import { LinesService } from '../../src/lines';
import { BridgeDesk } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { HookDesk } from '../support/hook-desk';
import { Receiver } from '../support/receiver';
import { startTestApp, type TestApp } from '../support/test-app';

describe('webhooks about what comes to an end', () => {
  let test: TestApp;
  let receiver: Receiver;
  let desk: BridgeDesk;
  let hooks: HookDesk;
  let next = 0;
  const phone = () => `+1207${7_000_040 + (next += 1) * 100}`;
  const waiting = (lead: string) => [
    { template: 'First', wait: NOW },
    { template: `Second to ${lead}`, wait: MUCH_LATER },
  ];

  beforeAll(async () => {
    test = await startTestApp();
    receiver = await Receiver.start();
    desk = await BridgeDesk.at(test, 0);
    hooks = new HookDesk(desk.tenant, receiver);
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('tell of each message that is cancelled, by whatever road, those that name the event', async () => {
    const endpoint = await hooks.subscribe(['message.cancelled']);
    const others = await hooks.subscribe(['message.sent', 'message.failed', 'message.fallback']);
    const later = async (body: object) => desk.direct({ ...body, scheduledDate: new Date(Date.now() + 86_400_000) });
    const [alone, ofPerson, optedOut] = [phone(), phone(), phone()];
    const single = await later({ recipientPhone: alone });
    await desk.tenant.post(`/messages/${single}/cancel`).expect(200);
    const [first] = await hooks.got(endpoint);
    expect(first!.body).toMatchObject({
      event: 'message.cancelled',
      messageId: single,
      reason: 'cancelled',
      message: { _id: single, status: 'cancelled', reason: 'cancelled' },
    });
    expect(first!.body.message).toEqual(await desk.message(single));

    const [one, two] = [await later({ recipientPhone: ofPerson }), await later({ recipientPhone: ofPerson })];
    await desk.tenant.post('/messages/cancel-for-lead', { recipientPhone: ofPerson }).expect(200);
    const third = await later({ recipientPhone: optedOut });
    await desk.tenant.post('/suppressions', { suppressions: [{ address: optedOut }] }).expect(201);
    const got = (await hooks.got(endpoint, 4)).slice(1).map(({ body }) => [body.messageId, body.reason]);
    expect(got.sort()).toEqual(
      [
        [one, 'cancelled'],
        [two, 'cancelled'],
        [third, 'opted_out'],
      ].sort(),
    );
    expect(hooks.count(others)).toBe(0);
  });

  it('tell of what an edit, an archived campaign and a lead that goes cancel in the background', async () => {
    await desk.open();
    const leads = await desk.leads([{ phone: phone() }, { phone: phone() }, { phone: phone() }]);
    const campaign = await desk.launched(waiting('them'));
    for (const lead of leads) await desk.step(campaign, lead, 0, 'sent', 'delivered');
    const endpoint = await hooks.subscribe(['message.cancelled']);
    await desk.tenant.delete(`/leads/${leads[0]}`).expect(200);
    const [gone] = await hooks.got(endpoint);
    expect(gone!.body).toMatchObject({ leadId: leads[0], reason: 'lead_deleted', campaignId: campaign });

    await desk.tenant.post(`/campaigns/${campaign}/pause`).expect(200);
    const { steps } = await desk.campaign(campaign);
    const kept = { ...steps[0], stepIndex: undefined };
    const added = { template: 'Third', wait: MUCH_LATER };
    await desk.tenant.patch(`/campaigns/${campaign}`, { steps: [kept, added] }).expect(200);
    const removed = (await hooks.got(endpoint, 3)).slice(1).map(({ body }) => [body.leadId, body.reason]);
    expect(removed.sort()).toEqual(
      leads
        .slice(1)
        .map((lead) => [lead, 'step_removed'])
        .sort(),
    );

    await desk.tenant.post(`/campaigns/${campaign}/archive`).expect(200);
    const archived = (await hooks.got(endpoint, 5)).slice(3).map(({ body }) => [body.leadId, body.reason]);
    expect(archived.sort()).toEqual(
      leads
        .slice(1)
        .map((lead) => [lead, 'archived'])
        .sort(),
    );
    expect(new Set(receiver.at(endpoint.path).map(({ body }) => body.id)).size).toBe(5);
  });

  it('tell of a line that fails and works again, once each, with the lines on its device', async () => {
    const endpoint = await hooks.subscribe(['line.health_changed']);
    const service = test.app.get(LinesService);
    const line = await service.get(desk.tenant.id as never, desk.line.id);
    const failure = { message: 'the bridge does not answer', scope: 'device' } as const;
    const later = new Date(Date.now() + 3_600_000);
    await Promise.all([service.setAside(line, failure, later), service.setAside(line, failure, later)]);
    const [failed] = await hooks.got(endpoint);
    expect(failed!.body).toMatchObject({
      event: 'line.health_changed',
      lineId: desk.line.id,
      previousStatus: 'healthy',
      line: { _id: desk.line.id, healthCheck: { status: 'unhealthy', reason: 'the bridge does not answer' } },
    });
    expect(JSON.stringify(failed!.body)).not.toContain('assword');
    await service.called(await service.get(desk.tenant.id as never, desk.line.id), null);
    const [, well] = await hooks.got(endpoint, 2);
    expect(well!.body).toMatchObject({ previousStatus: 'unhealthy', line: { healthCheck: { status: 'healthy' } } });
    await service.called(await service.get(desk.tenant.id as never, desk.line.id), null);
    expect(hooks.count(endpoint)).toBe(2);
  });

  it('tell of a campaign in which nothing waits any more, and again when more leads came and went', async () => {
    await desk.open();
    const endpoint = await hooks.subscribe(['campaign.finished']);
    await desk.leads([{ phone: phone() }, { phone: phone() }]);
    const campaign = await desk.launched([{ template: 'Only one', wait: NOW }]);
    const [finished] = await hooks.got(endpoint);
    expect(await desk.campaign(campaign)).toMatchObject({ finished: true });
    expect(finished!.body).toMatchObject({
      event: 'campaign.finished',
      campaignId: campaign,
      campaign: { _id: campaign, name: 'Spring', status: 'active', listId: desk.listId, finishedAt: finished!.body.timestamp },
    });
    const { sent, delivered } = finished!.body.campaign.messageCounts;
    expect(sent + delivered).toBe(2);
    await desk.tenant.post(`/campaigns/${campaign}/leads`, { lead: { phone: phone() } }).expect(200);
    const [, again] = await hooks.got(endpoint, 2);
    expect(again!.body.id).not.toBe(finished!.body.id);
    expect(again!.body.campaignId).toBe(campaign);
  });

  it.each(['answers 410', 'is switched off', 'is deleted'])('are not called any more once their endpoint %s', async (how) => {
    const endpoint = await hooks.subscribe(['lead.created']);
    const held: (() => void)[] = [];
    receiver.answer(endpoint.path, (response) => held.push(() => response.writeHead(200).end()));
    const leads = Array.from({ length: 30 }, () => ({ phone: phone() }));
    await desk.tenant.post('/leads', { leads }).expect(201);
    // Eight are being told, and as many again were taken with them.
    await eventually(() => Promise.resolve(held.length === 8));
    if (how === 'answers 410') {
      receiver.answer(endpoint.path, 410);
      // The call that takes the place of this one is the first that is answered so.
      held.shift()!();
      await eventually(async () => !(await hooks.shown(endpoint)).isActive);
      // The worker that was told so knows of it once it has given up what waits.
      await eventually(async () => (await hooks.log(endpoint, '&state=pending')).length === 0);
    } else if (how === 'is switched off') {
      await desk.tenant.patch(`/webhooks/${endpoint.id}`, { isActive: false }).expect(200);
    } else {
      await desk.tenant.delete(`/webhooks/${endpoint.id}`).expect(200);
    }
    const before = hooks.count(endpoint);
    for (const release of held) release();
    // What a worker had taken was called at once; another endpoint is told all of it meanwhile.
    const other = await hooks.subscribe(['lead.created']);
    await desk.tenant.post('/leads', { leads: leads.map(() => ({ phone: phone() })) }).expect(201);
    await hooks.got(other, 30);
    expect(hooks.count(endpoint)).toBe(before);
    if (how === 'is deleted') return;
    await eventually(async () => (await hooks.log(endpoint, '&state=pending')).length === 0);
  });
});
