import { TemplateChecksService } from '../../src/campaigns/application/template-checks.service';
import { LeadFields } from '../../src/leads';
import { CampaignDesk, MUCH_LATER } from '../support/campaigns';
import { errorDocs } from '../support/error-docs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** What campaigns and messages say of templates that will not come out as they were meant. */
describe('template warnings', () => {
  let test: TestApp;
  let tenant: Tenant;
  let listId: string;

  beforeAll(async () => {
    test = await startTestApp();
    // However busy the machine is.
    jest.replaceProperty(test.app.get(TemplateChecksService), 'withinMs', 30_000);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await test.close();
  });
  beforeEach(async () => {
    tenant = await test.tenant();
    await test.line(tenant);
    ({ listId } = await new CampaignDesk(test, tenant).open());
  });

  const people = [
    { firstName: 'Ana', phone: '+12025550141', customFields: { 'Deal Size': 5, 'empty one': '' } },
    { phone: '+12025550142', customFields: { tier: 'gold' } },
  ];
  const save = (leads: object[], list = listId) => tenant.post('/leads', { listId: list, leads });
  const steps = (...templates: string[]) => templates.map((template) => ({ template, wait: MUCH_LATER }));
  const make = async (...templates: string[]) =>
    (await tenant.post('/campaigns', { name: 'C', listId, steps: steps(...templates) }).expect(201)).body;
  const launch = (id: string, body?: object) =>
    body ? tenant.post(`/campaigns/${id}/launch`, body) : tenant.call('post', `/campaigns/${id}/launch`);

  it('campaigns: when made, when changed, and in the preview', async () => {
    await save(people).expect(201);
    const made = await make(
      'Hi {firstName}, {Deal Size} {tier} {line_name} {unsubscribe_url}',
      'Hi {first_name} {companyName} {{x | default: "y"}} {SAVE20}',
    );
    const expected = [
      { field: 'steps.1.template', code: 'UNKNOWN_FIELD', key: 'first_name', suggestion: 'firstName' },
      { field: 'steps.1.template', code: 'UNKNOWN_FIELD', key: 'companyName', suggestion: null },
      { field: 'steps.1.template', code: 'OTHER_SYNTAX', key: 'x|default: "y"', suggestion: null },
      { field: 'steps.1.template', code: 'TEXT_IN_BRACES', key: 'SAVE20', suggestion: null },
    ];
    expect(made.warnings).toEqual(expected.map((warning) => ({ ...warning, message: expect.any(String) })));
    expect((await tenant.get(`/campaigns/${made._id}`).expect(200)).body.warnings).toEqual(made.warnings);
    const leadId = (await tenant.get(`/leads?listId=${listId}`)).body.leads[0]._id;
    const preview = (await tenant.post(`/campaigns/${made._id}/preview`, { leadId }).expect(200)).body;
    expect(preview.warnings).toEqual(made.warnings);
    const changed = (await tenant.patch(`/campaigns/${made._id}`, { steps: steps('Hi {deal size} \\{SAVE20\\}') }).expect(200))
      .body;
    expect(changed.warnings).toMatchObject([{ key: 'deal size', suggestion: 'Deal Size' }]);
    expect((await tenant.patch(`/campaigns/${made._id}`, { steps: steps('Hi {firstName}') }).expect(200)).body.warnings).toEqual(
      [],
    );
  });

  it('a brace after a backslash goes into the text', async () => {
    await save(people).expect(201);
    const { _id } = await make('Use \\{SAVE20\\}, {firstName|you}');
    const leadId = (await tenant.get(`/leads?listId=${listId}&search=ana`)).body.leads[0]._id;
    const { body } = await tenant.post(`/campaigns/${_id}/preview`, { leadId }).expect(200);
    expect(body).toMatchObject({ warnings: [], steps: [{ text: 'Use {SAVE20}, Ana' }] });
  });

  it('409 TEMPLATE_UNKNOWN_FIELD at the launch for a placeholder that is empty for everybody, unless allowEmpty', async () => {
    await save(people).expect(201);
    const { _id } = await make('Hi {firstName}', '{nickname} {companyName} {empty one} {lastName|friend}');
    const { body } = await launch(_id).expect(409);
    expect(body).toEqual({
      error:
        'No lead of the list has {nickname}, {companyName}, {empty one}: correct the name, give it a fallback, or launch with allowEmpty: true',
      code: 'TEMPLATE_UNKNOWN_FIELD',
      docs: errorDocs('TEMPLATE_UNKNOWN_FIELD'),
      details: ['nickname', 'companyName', 'empty one'].map((key) => ({
        field: 'steps.1.template',
        message: `{${key}} is empty for every lead of the list`,
      })),
    });
    expect((await tenant.get(`/campaigns/${_id}`)).body.status).toBe('draft');
    await launch(_id, { allowEmpty: 'yes' }).expect(400);
    await launch(_id, { allowAll: true }).expect(400);
    await launch(_id, { allowEmpty: false }).expect(409);
    expect((await launch(_id, { allowEmpty: true }).expect(200)).body.status).toBe('active');
  });

  it('launches where some lead has the field, even one that is only a member of the list', async () => {
    const other = (await tenant.post('/lists', { name: 'Other' }).expect(201)).body._id;
    await save([people[1]!]).expect(201);
    const { leadIds } = (await save([{ firstName: 'Ana', phone: '+12025550143', customFields: { plan: 'pro' } }], other)).body;
    const { _id, warnings } = await make('Hi {firstName} on {plan}');
    expect(warnings).toHaveLength(2);
    await launch(_id).expect(409);
    await launch(_id, { allowEmpty: true }).expect(200);
    await tenant.post(`/campaigns/${_id}/leads`, { leadId: leadIds[0] }).expect(200);
    const second = await make('Hi {firstName} on {plan}');
    expect(second.warnings).toEqual([]);
    await launch(second._id).expect(200);
  });

  it('an empty list is launched, and only names that the workspace does not know are warned of', async () => {
    const other = (await tenant.post('/lists', { name: 'Other' }).expect(201)).body._id;
    await save(people, other).expect(201);
    const { _id, warnings } = await make('Hi {companyName} {tier} {nickname}');
    expect(warnings).toMatchObject([{ code: 'UNKNOWN_FIELD', key: 'nickname' }]);
    await launch(_id).expect(200);
  });

  it('what could not be told in time is a warning, never 409', async () => {
    await save(people).expect(201);
    const asked = jest.spyOn(test.app.get(LeadFields), 'isUsed').mockResolvedValue(null);
    const { _id, warnings } = await make('Hi {nickname}');
    expect(warnings).toMatchObject([{ code: 'UNKNOWN_FIELD', message: expect.stringContaining('in time') }]);
    await launch(_id).expect(200);
    asked.mockRestore();
  });

  it('a list that cannot be read for the warnings does not undo the call', async () => {
    await save(people).expect(201);
    const asked = jest.spyOn(test.app.get(LeadFields), 'isUsed').mockRejectedValue(new Error('away'));
    expect((await make('Hi {nickname}')).warnings).toMatchObject([{ code: 'UNKNOWN_FIELD', key: 'nickname' }]);
    asked.mockRestore();
  });

  it('messages: judged by their lead', async () => {
    const [leadId] = (await save([people[0]!]).expect(201)).body.leadIds;
    const send = async (message: string, more: object = { leadId }) =>
      (await tenant.post('/messages', { message, ...more })).body;
    expect(await send('Hi {firstName}, {Deal Size} from {line_name} {unsubscribe_url}')).toMatchObject({
      success: true,
      warnings: [],
    });
    expect((await send('No braces')).warnings).toEqual([]);
    expect((await send('Hi {FirstName} {companyName} {a || b}')).warnings).toMatchObject([
      { code: 'UNKNOWN_FIELD', key: 'FirstName', suggestion: 'firstName' },
      { code: 'UNKNOWN_FIELD', key: 'companyName' },
      { code: 'OTHER_SYNTAX', key: 'a|| b' },
    ]);
    const stranger = { recipientPhone: '+12025550149', recipientName: 'Eve' };
    expect((await send('Hi {firstName} {lastName}', stranger)).warnings).toMatchObject([{ key: 'lastName' }]);
  });
});
