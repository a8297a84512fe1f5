import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { ShiftedClock } from '../support/shifted-clock';
import type { Tenant } from '../support/test-app';
import { NUMBER, TwilioDesk } from '../support/twilio-desk';

/** Texts that Twilio took and did not deliver, for a reason that may pass. */
describe('an sms that goes once more', () => {
  const clock = new ShiftedClock();
  let desk: TwilioDesk;
  let tenant: Tenant;
  let serial = 700;

  beforeAll(async () => {
    desk = await TwilioDesk.open({}, clock);
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    tenant = await desk.test.tenant();
    serial += 1;
    await desk.line(tenant);
  });
  afterEach(() => void desk.simulator.control({ lateErrors: 'always', callbacks: 'in-order' }));

  const phone = (ending: string) => `+1${serial}55${ending}`;
  const shown = async (id: string) => (await tenant.get(`/messages/${id}`).expect(200)).body;
  /** Waits until the message waits to go once more. */
  const waits = (id: string) =>
    eventually(async () => {
      const message = await shown(id);
      return message.status === 'queued' && message.waitingFor?.reason === 'retry' && message;
    });
  const codes = (message: { attempts: { outcome: string; code: string | null }[] }) =>
    message.attempts.map(({ outcome, code }) => [outcome, code]);

  it.each(['in-order', 'twice', 'reversed'] as const)('goes half an hour later, and arrives (reports %s)', async (callbacks) => {
    desk.simulator.control({ lateErrors: 'first', callbacks });
    const id = await desk.direct(tenant, phone('30003'));
    const { waitingFor, attempts } = await waits(id);
    expect(waitingFor.words).toContain('TWILIO_30003');
    const minutes = (Date.parse(waitingFor.until) - clock.now().getTime()) / 60_000;
    expect([minutes > 29, minutes <= 30, codes({ attempts })]).toEqual([true, true, [['accepted', 'TWILIO_30003']]]);
    clock.ahead({ minutes: 20 });
    await desk.settled();
    expect(desk.taken(phone('30003'))).toHaveLength(1);
    clock.ahead({ minutes: 11 });
    const arrived = await desk.until(tenant, id, 'delivered');
    expect([arrived.code, codes(arrived)]).toEqual([
      null,
      [
        ['accepted', 'TWILIO_30003'],
        ['accepted', null],
      ],
    ]);
    expect(desk.taken(phone('30003'))).toHaveLength(2);
  });

  it('goes no third time, and what follows it waits for it until then', async () => {
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const [lead] = await campaigns.leads([{ phone: phone('30008') }]);
    const steps = [
      { template: 'Hello', wait: NOW },
      { template: 'More', wait: MUCH_LATER },
    ];
    const id = await campaigns.launched(steps, { channel: 'sms' });
    const { _id } = await campaigns.step(id, lead!, 0, 'queued');
    await waits(_id);
    expect(await campaigns.step(id, lead!, 1, 'scheduled')).toMatchObject({ dueAt: null });
    clock.ahead({ minutes: 31 });
    expect((await campaigns.step(id, lead!, 0, 'failed')).code).toBe('TWILIO_30008');
    expect((await campaigns.step(id, lead!, 1, 'cancelled')).reason).toBe('previous_step_failed');
    expect(desk.taken(phone('30008'))).toHaveLength(2);
    clock.ahead({ minutes: 31 });
    await desk.settled();
    expect(desk.taken(phone('30008'))).toHaveLength(2);
  });

  it.each([
    ['answered', 'Thanks', 'replied'],
    ['opted out', 'STOP', 'opted_out'],
  ])('does not go to somebody who has %s meanwhile', async (_what, words, reason) => {
    const id = await desk.direct(tenant, phone('30017'));
    await waits(id);
    await desk.simulator.inbound({ from: phone('30017'), to: NUMBER, body: words });
    await desk.settled();
    clock.ahead({ minutes: 31 });
    expect((await desk.until(tenant, id, 'cancelled')).reason).toBe(reason);
    expect(desk.taken(phone('30017'))).toHaveLength(1);
  });

  it('does not go when its receipt comes after its error, and counts for the line again', async () => {
    const used = async () => (await tenant.get('/lines/by-user').expect(200)).body.lines[0].usage.totalMessagesCount as number;
    const campaigns = await new CampaignDesk(desk.test, tenant).open();
    const [lead] = await campaigns.leads([{ phone: phone('30035') }]);
    const steps = [
      { template: 'Hello', wait: NOW },
      { template: 'More', wait: MUCH_LATER },
    ];
    const campaign = await campaigns.launched(steps, { channel: 'sms' });
    const { _id } = await campaigns.step(campaign, lead!, 0, 'queued');
    await waits(_id);
    expect(await used()).toBe(0);
    const { sid, callback } = desk.taken(phone('30035'))[0]!;
    for (const status of ['sent', 'delivered', 'undelivered', 'delivered']) {
      const error: Record<string, string> = status === 'undelivered' ? { ErrorCode: '30035' } : {};
      await desk.report(callback!, { MessageSid: sid, MessageStatus: status, To: phone('30035'), ...error }).expect(204);
      await desk.settled();
    }
    const arrived = await desk.until(tenant, _id, 'delivered');
    expect([arrived.externalMessageId, arrived.deliveredAt]).toEqual([sid, expect.any(String)]);
    expect(await used()).toBe(1);
    expect((await campaigns.step(campaign, lead!, 1, 'scheduled')).dueAt).not.toBeNull();
    clock.ahead({ minutes: 31 });
    await desk.until(tenant, await desk.direct(tenant, phone('55131')), 'delivered');
    expect(desk.taken(phone('30035'))).toHaveLength(1);
  });

  it('is none of which nobody can say whether it arrived', async () => {
    const id = await desk.direct(tenant, phone('30410'));
    await eventually(() => Promise.resolve(desk.isOver(phone('30410'))));
    await desk.settled();
    expect(await shown(id)).toMatchObject({ status: 'sent', waitingFor: null });
    clock.ahead({ minutes: 31 });
    await desk.until(tenant, await desk.direct(tenant, phone('55131')), 'delivered');
    expect(desk.taken(phone('30410'))).toHaveLength(1);
  });
});
