import { BridgeDesk, twoSteps } from '../support/bridge-desk';
import { MUCH_LATER } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type TestApp } from '../support/test-app';

const PEOPLE = 150;
const MANY = { dailyNewConversationsLimit: 1_000, hourlyNewConversationsLimit: 1_000, dailyTotalMessagesLimit: 1_000 };

/** The server looks at the newest 100 rows: what comes behind them at once is told by no event. */
describe('a burst of replies', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  const clock = new ShiftedClock();

  beforeAll(async () => {
    test = await startTestApp({}, clock);
    desk = await BridgeDesk.at(test, 0, MANY);
  });
  afterAll(() => test.close());

  it('counts all of them within a minute, each once, though a third raise no event', async () => {
    const phones = Array.from({ length: PEOPLE }, (_, index) => `+1207${2_000_000 + index * 100 + 40}`);
    await desk.leads(phones.map((phone) => ({ phone })));
    const campaign = await desk.launched([twoSteps()[0]!, { template: 'Second', wait: MUCH_LATER }]);
    await eventually(
      async () => (await desk.campaign(campaign)) && phones.every((phone) => desk.texts(phone).length > 0),
      240_000,
    );
    await eventually(async () => (await report(desk, campaign)).sent + (await report(desk, campaign)).delivered === PEOPLE);

    const happened = await test.simulator.inbound(
      phones.map((address) => ({ address, text: 'Please stop' })),
      { bridge: 0 },
    );
    expect(happened.filter(({ webhooks }) => webhooks.length === 0)).toHaveLength(PEOPLE / 3);
    await eventually(async () => (await desk.replies()).length >= (PEOPLE / 3) * 2);
    // The account is read every minute: once one has passed, a reading is due, or comes after one under way.
    clock.ahead({ minutes: 1 });
    const replies = await eventually(async () => {
      const found = await desk.replies();
      return found.length >= PEOPLE && found;
    }, 240_000);
    expect(replies).toHaveLength(PEOPLE);
    expect(new Set(replies.flatMap(({ leadIds }) => leadIds)).size).toBe(PEOPLE);
    expect((await report(desk, campaign)).cancelled).toBe(PEOPLE);
    // Read once more, nothing is counted again.
    await test.simulator.restart({ bridge: 0, repeat: 100 });
    await test.simulator.inbound({ address: phones[0]!, text: 'As I said' }, { bridge: 0 });
    await eventually(async () => (await desk.replies()).length > PEOPLE);
    expect(await desk.replies()).toHaveLength(PEOPLE + 1);
  }, 600_000);
});

const report = async (desk: BridgeDesk, campaign: string) =>
  (await desk.tenant.get(`/campaigns/${campaign}/report`).expect(200)).body.total as Record<string, number> & {
    sent: number;
    delivered: number;
  };
