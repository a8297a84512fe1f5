import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

describe('a reply whose event was lost', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    await test.line(tenant, 0);
  });
  afterAll(() => test.close());

  it('is found in the chat before the follow-up, which is not sent', async () => {
    test.simulator.control({ receipts: false });
    const listId = (await tenant.post('/lists', { name: 'Lost' }).expect(201)).body._id;
    const leads = [{ phone: '+12025550131' }, { phone: '+12025550132' }];
    await tenant.post('/leads', { leads, listId }).expect(201);
    const steps = [
      { template: 'First', wait: { amount: 0, unit: 'seconds' } },
      { template: 'Second', wait: { amount: 3, unit: 'seconds' } },
    ];
    const campaign = (await tenant.post('/campaigns', { name: 'Lost', listId, steps }).expect(201)).body;
    await tenant.post(`/campaigns/${campaign._id}/launch`).expect(200);
    const sends = (address: string) => test.simulator.ledger({ kind: 'send', address });
    await eventually(async () => sends('+12025550131').length > 0 && sends('+12025550132').length > 0);
    await test.simulator.reply({ address: '+12025550131', text: 'Please stop', deliveries: 0 });
    expect((await tenant.get('/replies').expect(200)).body.replies).toEqual([]);

    await eventually(async () => (await tenant.get(`/campaigns/${campaign._id}`)).body.finished);
    expect(sends('+12025550131')).toHaveLength(1);
    expect(sends('+12025550132')).toHaveLength(2);
    expect((await tenant.get('/replies').expect(200)).body.replies).toMatchObject([{ message: 'Please stop' }]);
    const { body } = await tenant.get(`/messages?campaignId=${campaign._id}&status=cancelled`);
    expect(body.messages).toMatchObject([{ reason: 'opted_out', stepIndex: 1 }]);
  });
});
