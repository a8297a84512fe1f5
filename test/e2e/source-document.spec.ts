import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/**
 * Every example of the source document, byte for byte but for ids. The e-mails there are a page's
 * obfuscation: unusable ones.
 */
describe('the examples of the Leads API document', () => {
  let test: TestApp;
  let tenant: Tenant;
  let listId: string;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    await test.line(tenant, 0);
  });
  afterAll(() => test.close());

  beforeEach(async () => {
    listId = (await tenant.post('/lists', { name: 'Example' }).expect(201)).body._id;
  });

  const john = `{
  "leads": [
    {
      "firstName": "John",
      "lastName": "Doe",
      "email": "[email protected]",
      "phone": "+12025551234",
      "companyName": "Acme Corp",
      "jobTitle": "CEO",
      "notes": "Warm intro from Sarah",
      "customFields": {
        "industry": "Technology",
        "segment": "Mid-market"
      }
    }
  ],
  "listId": "507f1f77bcf86cd799439011",
  "source": "api",
  "defaultCountryCode": "+1"
}`;

  const upload = () =>
    tenant.call('post', '/leads').set('content-type', 'application/json').send(john.replace('507f1f77bcf86cd799439011', listId));

  it('Upload One or Many Contacts', async () => {
    const { body } = await upload().expect(201);
    expect(body).toMatchObject({
      message: 'Leads saved successfully',
      savedCount: 1,
      duplicateCount: 0,
      totalProcessed: 1,
      listId,
    });
    const lead = (await tenant.get(`/leads/${body.leadIds[0]}`).expect(200)).body;
    expect(lead).toMatchObject({
      firstName: 'John',
      lastName: 'Doe',
      email: null,
      phone: '+12025551234',
      companyName: 'Acme Corp',
      jobTitle: 'CEO',
      notes: 'Warm intro from Sarah',
      customFields: { industry: 'Technology', segment: 'Mid-market' },
      source: 'api',
      listId,
      original: { email: '[email protected]', phone: '+12025551234' },
    });
  });

  it('Duplicates within the same list are skipped and reported; they do not cause the call to fail', async () => {
    await upload().expect(201);
    const { body } = await upload().expect(200);
    expect(body).toMatchObject({ savedCount: 0, duplicateCount: 1, totalProcessed: 1, listId, duplicateOnly: true });
    expect(body.message).toBe('Lead was a duplicate; existing lead ID returned.');
    expect(body.existingLeadIds).toEqual([body.leadId]);
  });

  it('Check a Specific Lead', async () => {
    const leadId = (await upload().expect(201)).body.leadIds[0];
    const { body } = await tenant.get(`/leads/check-availability?id=${leadId}`).expect(200);
    expect(body).toMatchObject({ success: true, leadId, available: true, status: 'available' });
    expect((await tenant.get(`/leads/${leadId}`)).body.availabilityStatus).toBe('available');
  });

  it('Check a Raw Phone or Email Address', async () => {
    const { body } = await tenant
      .call('post', '/leads/check-availability')
      .set('content-type', 'application/json')
      .send('{\n  "address": "+12025551234"\n}')
      .expect(200);
    expect(body).toMatchObject({ success: true, available: true, address: '+12025551234' });
  });

  const threeSteps = async () => {
    const wait = { amount: 1, unit: 'days' };
    const steps = ['Hi {firstName}', 'Still there?', 'Bye'].map((template) => ({ template, wait }));
    const campaign = (await tenant.post('/campaigns', { name: 'Three steps', listId, steps }).expect(201)).body;
    await tenant.post(`/campaigns/${campaign._id}/launch`).expect(200);
    return campaign._id as string;
  };

  it('Add a Contact to an iMessage Campaign: Existing Lead', async () => {
    const campaignId = await threeSteps();
    const leadId = (await tenant.post('/leads', { leads: [{ phone: '+12025550000' }] }).expect(201)).body.leadIds[0];
    const { body } = await tenant.post(`/campaigns/${campaignId}/leads`, { leadId }).expect(200);
    expect(body).toMatchObject({
      success: true,
      leadId,
      campaignId,
      messageCount: 3,
      message: 'Lead added to campaign and sequence started',
    });
    expect((await tenant.get(`/leads/${leadId}`)).body.listIds).toContain(listId);
    const again = (await tenant.post(`/campaigns/${campaignId}/leads`, { leadId }).expect(200)).body;
    expect(again).toMatchObject({
      success: true,
      leadId,
      messageCount: 0,
      alreadyInCampaign: true,
      message: 'Lead already in campaign (re-entry not allowed).',
    });
  });

  it('Add a Contact to an iMessage Campaign: Create & Add Lead', async () => {
    const campaignId = await threeSteps();
    const { body } = await tenant
      .call('post', `/campaigns/${campaignId}/leads`)
      .set('content-type', 'application/json')
      .send(
        '{\n  "lead": {\n    "firstName": "Jane",\n    "lastName": "Smith",\n    "email": "[email protected]",\n    "phone": "+12025550000"\n  }\n}',
      )
      .expect(200);
    expect(body).toMatchObject({
      success: true,
      campaignId,
      messageCount: 3,
      message: 'Lead added to campaign and sequence started',
    });
    expect((await tenant.get(`/leads/${body.leadId}`)).body).toMatchObject({ firstName: 'Jane', phone: '+12025550000', listId });
  });
});
