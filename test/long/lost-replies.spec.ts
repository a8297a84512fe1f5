import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { startTestApp, type TestApp } from '../support/test-app';

describe('a reply whose event was lost', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  it('is found in the chat before the follow-up, which is not sent', async () => {
    const tenant = await test.tenant();
    await test.line(tenant, 0);
    test.simulator.control({ receipts: false });
    const desk = await new CampaignDesk(test, tenant).open();
    const [one, two] = ['+12025550131', '+12025550132'] as const;
    const ids = await desk.leads([{ phone: one }, { phone: two }]);
    const campaign = await desk.launched([
      { template: 'First', wait: NOW },
      { template: 'Second', wait: MUCH_LATER },
    ]);
    for (const id of ids) await desk.step(campaign, id, 0, 'sent');
    await test.simulator.reply({ address: one, text: 'Please stop', deliveries: 0 });
    expect((await tenant.get('/replies').expect(200)).body.replies).toEqual([]);
    for (const id of ids) await desk.endWait(campaign, id);

    await desk.finished(campaign);
    expect(desk.arrived(one).map(({ text }) => text)).toEqual(['First']);
    expect(desk.arrived(two).map(({ text }) => text)).toEqual(['First', 'Second']);
    expect((await tenant.get('/replies').expect(200)).body.replies).toMatchObject([{ message: 'Please stop' }]);
    const { body } = await tenant.get(`/messages?campaignId=${campaign}&status=cancelled`);
    expect(body.messages).toMatchObject([{ reason: 'opted_out', stepIndex: 1 }]);
  });
});
