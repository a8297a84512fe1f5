import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

/** How many messages one person gets, over all campaigns. */
describe('frequency', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    desk = await BridgeDesk.at(test);
  });
  afterEach(() => desk.leave());

  const phone = (ending: number) => `+1206${String(4_000_000 + serial * 100 + ending)}`;
  const decide = (settings: object) => desk.tenant.patch('/workspace', settings).expect(200);
  const held = (id: string) =>
    eventually(async () => {
      const { waitingFor } = await desk.message(id);
      return waitingFor?.reason === 'frequency' && waitingFor;
    });
  const one = [{ template: 'First', wait: NOW }];
  const settings = { contactGapSeconds: 0 };
  const first = async (campaign: string, lead: string) => (await desk.messages(campaign, lead))[0]!._id;

  it('holds the next message of the day until midnight where the person is, and says which rule', async () => {
    await decide({ maxMessagesPerPersonPerDay: 2 });
    const [lead] = await desk.leads([{ phone: phone(1), customFields: { timezone: 'Asia/Tokyo' } }]);
    const [a, b] = [await desk.launched(one, { settings }), await desk.launched(one, { settings })];
    await desk.step(a, lead!, 0, ...ACCEPTED);
    await desk.step(b, lead!, 0, ...ACCEPTED);
    const third = await desk.launched(one, { settings });
    const waiting = await held(await first(third, lead!));
    expect(waiting.rule).toBe('2 messages a day');
    // Midnight in Tokyo, at most a day away.
    expect(waiting.until.slice(11)).toBe('15:00:00.000Z');
    expect(new Date(waiting.until).getTime() - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
    const direct = await desk.direct({ recipientPhone: phone(1) });
    await held(direct);
    // Nobody else waits for it.
    const other = await desk.direct({ recipientPhone: phone(2) });
    await desk.become(other, ...ACCEPTED);
    expect(desk.arrived(phone(1))).toHaveLength(2);
  });

  it('counts an address for all leads that hold it, and nothing that was not sent', async () => {
    await decide({ maxMessagesPerPersonPerDay: 1 });
    test.simulator.control({ bridge: desk.bridge, down: true });
    const first = await desk.direct({ recipientPhone: phone(3) });
    await eventually(async () => (await desk.health()).status === 'unhealthy');
    await desk.tenant.post(`/messages/${first}/cancel`, {}).expect(200);
    test.simulator.control({ reset: true });
    await desk.probed();
    await desk.become(await desk.direct({ recipientPhone: phone(3) }), ...ACCEPTED);
    const { body } = await desk.tenant.post('/lists', { name: 'Other' }).expect(201);
    await desk.tenant.post('/leads', { leads: [{ phone: phone(3) }], listId: body._id }).expect(201);
    await held(await desk.direct({ recipientPhone: phone(3) }));
    expect(desk.arrived(phone(3))).toHaveLength(1);
  });

  it('leaves hours between campaigns, but not within one, nor for direct messages', async () => {
    await decide({ minHoursBetweenCampaigns: 48 });
    const [lead] = await desk.leads([{ phone: phone(1) }]);
    const two = [...one, { template: 'Second', wait: MUCH_LATER }];
    const a = await desk.launched(two, { settings });
    await desk.step(a, lead!, 0, ...ACCEPTED);
    const b = await desk.launched(one, { settings });
    const waiting = await held(await first(b, lead!));
    expect(waiting.rule).toBe('48 hours between campaigns');
    await desk.endWait(a, lead!);
    await desk.step(a, lead!, 1, ...ACCEPTED);
    await desk.become(await desk.direct({ leadId: lead! }), ...ACCEPTED);
    expect(new Date(waiting.until).getTime() - Date.now()).toBeGreaterThan(47 * 3_600_000);
    expect(desk.texts(phone(1))).toEqual(['First', 'Second', 'Hi']);
  });

  it('never exceeds the limit when many messages want to go at once', async () => {
    await decide({ maxMessagesPerPersonPerDay: 3 });
    const lines = [desk.line, await test.line(desk.tenant, 1)];
    expect(lines).toHaveLength(2);
    const ids: string[] = [];
    for (let index = 0; index < 8; index += 1) ids.push(await desk.direct({ recipientPhone: phone(1), message: `No. ${index}` }));
    await eventually(async () => {
      const statuses = await Promise.all(ids.map(async (id) => (await desk.message(id)).waitingFor?.reason ?? 'gone'));
      // Those that count are counted before they are handed over.
      const count = (what: string) => statuses.filter((reason) => reason === what).length;
      return count('frequency') === 5 && count('gone') === 3;
    });
    expect(desk.arrived(phone(1))).toHaveLength(3);
  });

  it('warns at launch where the law has a number for a day, and the workspace has none', async () => {
    await desk.leads([{ phone: '+13055550123' }]);
    const fields = async () => {
      const { body } = await desk.tenant.post(`/campaigns/${await desk.create(one)}/launch`, {}).expect(200);
      return (body.warnings ?? []).map(({ field }: { field: string }) => field);
    };
    await decide({ quietHours: 'federal' });
    expect(await fields()).toEqual(['maxMessagesPerPersonPerDay']);
    await decide({ maxMessagesPerPersonPerDay: 3 });
    expect(await fields()).toEqual([]);
  });

  it.each([
    [{ maxMessagesPerPersonPerDay: 0 }, 'maxMessagesPerPersonPerDay'],
    [{ maxMessagesPerPersonPerDay: 1.5 }, 'maxMessagesPerPersonPerDay'],
    [{ minHoursBetweenCampaigns: -1 }, 'minHoursBetweenCampaigns'],
    [{ minHoursBetweenCampaigns: null }, 'minHoursBetweenCampaigns'],
    [{ guessZoneFromAreaCode: 'yes' }, 'guessZoneFromAreaCode'],
  ])('refuses %j, and changes nothing', async (wrong, field) => {
    const { body } = await desk.tenant.patch('/workspace', { ...wrong, reviewDays: 7 }).expect(400);
    expect(body.details).toMatchObject([{ field }]);
    expect((await desk.tenant.get('/workspace').expect(200)).body).toMatchObject({ reviewDays: 5 });
  });
});
