import { Ticks } from '../../src/platform/ticks';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { Receiver } from '../support/receiver';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const KEPT_DAYS = 30;
const DAY_HOURS = 24;

/** What is removed after its time, and what must stay for ever. */
describe('retention', () => {
  let test: TestApp;
  let clock: ShiftedClock;
  let tenant: Tenant;
  let desk: CampaignDesk;
  let serial = 0;

  beforeEach(async () => {
    clock = new ShiftedClock();
    test = await startTestApp(
      { RETENTION_DAYS_MESSAGES: String(KEPT_DAYS), RETENTION_DAYS_UPLOADS: '2', RETENTION_DAYS_DELIVERIES: '3' },
      clock,
    );
    tenant = await test.tenant();
    desk = await new CampaignDesk(test, tenant).open();
  });
  afterEach(() => test.close());

  const phone = () => `+1206555${String(2000 + (serial += 1))}`;
  const stored = (name: string, filter: object = {}) =>
    test.connection.collection(name).countDocuments({ ...(name === 'recipients' ? {} : { workspaceId: tenant.id }), ...filter });
  const sweep = () => test.app.get(Ticks).now('remove old messages');

  it('removes messages that ended long ago, and nobody gets a step twice for it', async () => {
    await test.line(tenant);
    const [over, going] = [phone(), phone()];
    const [overId] = await desk.leads([{ phone: over }]);
    const steps = [{ template: 'One step', wait: NOW }];
    const short = await desk.launched(steps);
    await desk.step(short, overId!, 0, 'delivered');
    await eventually(async () => (await desk.campaign(short)).finished);
    const { body: list } = await tenant.post('/lists', { name: 'Long' }).expect(201);
    const { body: two } = await tenant.post('/leads', { leads: [{ phone: going }], listId: list._id }).expect(201);
    const long = await desk.launched([...steps, { template: 'Later', wait: MUCH_LATER }], { listId: list._id });
    await desk.step(long, two.leadIds[0], 0, 'delivered');
    const direct = (await tenant.post('/messages', { message: 'Hi', recipientPhone: phone() }).expect(201)).body.message._id;
    await eventually(async () => (await tenant.get(`/messages/${direct}`)).body.status === 'delivered');
    const [claims, counts] = [await stored('recipients'), (await desk.campaign(short)).counts];

    clock.ahead({ hours: (KEPT_DAYS - 1) * DAY_HOURS });
    await sweep();
    expect(await stored('messages')).toBe(4);
    clock.ahead({ hours: 2 * DAY_HOURS });
    await sweep();
    // Those of the enrollment that goes on stay, also the one that ended.
    expect((await desk.messages(long)).map(({ status }) => status)).toEqual(['delivered', 'scheduled']);
    await tenant.get(`/messages/${direct}`).expect(404);
    expect(await stored('messages')).toBe(2);

    // What keeps anybody from a second send is all there, whoever tries what.
    expect([await stored('recipients'), (await desk.campaign(short)).counts]).toEqual([claims, counts]);
    await tenant.patch(`/campaigns/${short}`, { steps: [{ ...(await desk.campaign(short)).steps[0], template: 'Anew' }] });
    const { body } = await tenant.post(`/campaigns/${short}/leads`, { lead: { phone: over } });
    expect(body).toMatchObject({ alreadyInCampaign: true, messageCount: 0 });
    await test.app.get(Ticks).now('dispatch');
    expect(await stored('messages', { status: { $in: ['queued', 'scheduled', 'pending'] } })).toBe(1);
    expect(desk.arrived(over)).toHaveLength(1);

    // An opt-out that comes so late still holds.
    await test.simulator.reply({ address: over, text: 'STOP', bridge: 0 });
    await eventually(async () => (await stored('suppressions')) === 1);
    const refused = await tenant.post('/messages', { message: 'Hi', recipientPhone: over });
    expect(refused.body.code).toBe('RECIPIENT_SUPPRESSED');
  });

  it('removes none that waits, was changed since, or is of an enrollment that moves', async () => {
    await test.line(tenant);
    const [id] = await desk.leads([{ phone: phone() }]);
    const campaign = await desk.launched([{ template: 'One', wait: NOW }]);
    await desk.step(campaign, id!, 0, 'delivered');
    const changedAt = new Date(Date.now() + 5 * DAY_HOURS * 3_600_000);
    await test.connection.collection('messages').updateMany({ workspaceId: tenant.id }, { $set: { changedAt } });
    const scheduledDate = new Date(Date.now() + 100 * DAY_HOURS * 3_600_000).toISOString();
    await tenant.post('/messages', { message: 'Hi', recipientPhone: phone(), scheduledDate }).expect(201);
    clock.ahead({ hours: (KEPT_DAYS + 1) * DAY_HOURS });
    await sweep();
    expect(await stored('messages')).toBe(2);
    clock.ahead({ hours: 10 * DAY_HOURS });
    await sweep();
    expect(await stored('messages')).toBe(1);
  });

  it('looks at more than a batch, and begins anew when it has come to the end', async () => {
    const made = Array.from({ length: 1_200 }, () => ({
      status: 'cancelled',
      changedAt: new Date(),
      workspaceId: tenant.id,
      kind: null,
    }));
    await test.connection.collection('messages').insertMany(made);
    clock.ahead({ hours: (KEPT_DAYS + 1) * DAY_HOURS });
    await sweep();
    expect(await stored('messages')).toBe(700);
    await sweep();
    await sweep();
    expect(await stored('messages')).toBe(0);
    await test.connection
      .collection('messages')
      .insertMany(made.slice(0, 5).map(({ _id, ...one }: Record<string, unknown>) => one));
    await sweep();
    expect(await stored('messages')).toBe(5);
    clock.ahead({ hours: 2 });
    await sweep();
    expect(await stored('messages')).toBe(0);
  });

  it('removes reports of imports after two days, and deliveries three days after their end', async () => {
    const receiver = await Receiver.start();
    await tenant.post('/webhooks', { url: `${receiver.url}/hook`, name: 'X', events: ['import.finished'] }).expect(201);
    const csv = 'Phone\n+12065552900\nnonsense\n';
    const { body } = await tenant.call('post', '/leads/imports').attach('file', Buffer.from(csv), 'a.csv').expect(202);
    await eventually(async () => (await tenant.get(`/leads/imports/${body.importId}`)).body.state === 'completed');
    expect(await stored('importRejects')).toBe(1);
    const sweepUploads = () => test.app.get(Ticks).now('sweep uploads');
    clock.ahead({ hours: 47 });
    await sweepUploads();
    expect(await stored('importRejects')).toBe(1);
    clock.ahead({ hours: 2 });
    await sweepUploads();
    expect(await stored('importRejects')).toBe(0);

    const ended = await eventually(() =>
      test.connection.collection('webhookDeliveries').findOne({ workspaceId: tenant.id, state: 'delivered' }),
    );
    await receiver.close();
    expect(ended.expiresAt - ended.endedAt).toBe(3 * DAY_HOURS * 3_600_000);
  });
});
