import type { Response } from 'supertest';
import { Workspaces } from '../../src/auth';
import { errorDocs } from '../support/error-docs';
import { eventually } from '../support/eventually';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Checks, lists, and a workspace that may only read, as clients of the public API know them. */
describe('the public API: checks and lists', () => {
  const clock = new ShiftedClock().aheadToNoon();
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_DAILY_CAP: '1', AVAILABILITY_SYNC_MAX: '3' }, clock);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });

  const phone = (ending: number) => `+1646${String(4_000_000 + serial * 100 + ending)}`;
  const inRotation = (body: object, of = tenant) => of.post('/check-availability-rr', body);
  const save = async (leads: object[], listId?: string) =>
    (await tenant.post('/leads', { leads, listId }).expect(201)).body.leadIds as string[];

  it('row 25: unusable addresses of a check in rotation are passed over and listed', async () => {
    await test.line(tenant);
    const { body } = await inRotation({ phones: ['garbage', phone(41)], emails: ['x@y'] }).expect(200);
    expect(body).toEqual({ available: true, ignored: ['garbage', 'x@y'] });
    expect((await inRotation({ phones: [phone(41)] }).expect(200)).body).toEqual({ available: true });
    const none = (await inRotation({ phones: ['garbage'], emails: ['x@y'] }).expect(400)).body;
    expect(none).toMatchObject({ available: false, reason: none.error, ignored: ['garbage', 'x@y'] });
  });

  it('row 26: unknown leads are not_found in the results, and the others are checked', async () => {
    await test.line(tenant);
    const [good] = await save([{ phone: phone(42) }]);
    const unknown = '0'.repeat(24);
    const theirs = (await (await test.tenant()).post('/leads', { leads: [{ phone: phone(43) }] })).body.leadIds[0];
    const { body } = await tenant.post('/leads/check-availability', { leadIds: [good, unknown, theirs] }).expect(200);
    expect(body).toMatchObject({ checked: 1, successful: 1, errors: 0 });
    expect(body.results).toEqual([
      { leadId: good, externalId: null, available: true, status: 'available' },
      { leadId: unknown, externalId: null, available: false, status: 'not_found' },
      { leadId: theirs, externalId: null, available: false, status: 'not_found' },
    ]);
    const job = (await tenant.post('/leads/check-availability', { leadIds: [good, unknown, theirs, '1'.repeat(24)] }).expect(202))
      .body;
    // Row 35: `checked` of a background answer is the number of leads.
    expect(job).toMatchObject({ checked: 4, processingMode: 'background' });
  });

  it('row 10: with all devices busy it is 429 with the text of the public API', async () => {
    const slow = await startTestApp({ DEVICE_GAP_SECONDS: '600', AVAILABILITY_WAIT_SECONDS: '0' });
    try {
      const mine = await slow.tenant();
      await slow.line(mine);
      const check = (ending: number) => mine.post('/leads/check-availability', { address: phone(ending) });
      await check(44).expect(200);
      const busy = await check(45).expect(429);
      expect(busy.body).toEqual({ error: 'Rate limit exceeded', code: 'DEVICES_BUSY', docs: errorDocs('DEVICES_BUSY') });
      expect(Number(busy.headers['retry-after'])).toBeGreaterThan(0);
      const rotating = await inRotation({ phones: [phone(45)] }, mine).expect(429);
      expect(rotating.body).toMatchObject({ available: false, reason: 'Rate limit exceeded', code: 'DEVICES_BUSY' });
      expect(Number(rotating.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await slow.close();
    }
  });

  it('row 11: every refusal of a check in rotation has available and reason', async () => {
    const refusals: [Response, number, string][] = [
      [await inRotation({ phones: [phone(46)] }), 409, 'NO_ACTIVE_LINES'],
      [await inRotation({}), 400, 'VALIDATION_FAILED'],
      [await inRotation({ phones: 'x' }), 400, 'VALIDATION_FAILED'],
      [await inRotation({ nonsense: 1 }), 400, 'VALIDATION_FAILED'],
    ];
    await test.line(tenant);
    test.simulator.control({ errorRate: 1 });
    refusals.push([await inRotation({ phones: [phone(52)] }), 503, 'AVAILABILITY_UNKNOWN']);
    test.simulator.control({ reset: true });
    for (const [{ status, body }, expected, code] of refusals) {
      expect({ status, ...body }).toMatchObject({ status: expected, code, available: false, reason: body.error });
    }
  });

  it('row 34: Retry-After of a spent quota is an hour at most, in rotation', async () => {
    await test.line(tenant);
    await inRotation({ phones: [phone(47)] }).expect(200);
    const { body, headers } = await inRotation({ phones: [phone(48)] }).expect(429);
    expect(body).toMatchObject({ available: false, reason: 'Daily availability check quota exhausted' });
    const untilMidnight = (new Date(clock.now()).setUTCHours(24, 0, 0, 0) - clock.now().getTime()) / 1_000;
    expect(Math.abs(Number(headers['retry-after']) - Math.min(3_600, untilMidnight))).toBeLessThan(60);
  });

  it('row 12: lists are all lists of the workspace, or those of the page where there are too many', async () => {
    const names = ['Full', 'Empty', 'Other'];
    const ids: string[] = [];
    for (const name of names) ids.push((await tenant.post('/lists', { name }).expect(201)).body._id as string);
    await save([{ phone: phone(49) }], ids[0]);
    const lists = async () => (await tenant.get('/leads').expect(200)).body.lists as { name: string; leadCount: number }[];
    expect((await lists()).map(({ name, leadCount }) => [name, leadCount])).toEqual([
      ['Full', 1],
      ['Empty', 0],
      ['Other', 0],
    ]);
    for (let n = names.length; n < 201; n += 1) await tenant.post('/lists', { name: `List ${n}` }).expect(201);
    expect((await lists()).map(({ name }) => name)).toEqual(['Full']);
  });

  it('row 31: a read-only workspace still stops and protects', async () => {
    await test.line(tenant);
    const [lead] = await save([{ phone: phone(50) }]);
    const later = { message: 'Later', leadId: lead, scheduledDate: '2100-01-01T00:00:00Z' };
    const { _id: first } = (await tenant.post('/messages', later).expect(201)).body.message;
    await tenant.post('/messages', later).expect(201);
    const listId = (await tenant.post('/lists', { name: 'Campaign' })).body._id;
    const steps = [{ template: 'Hi', wait: { amount: 1, unit: 'days' } }];
    const campaign = (await tenant.post('/campaigns', { name: 'Spring', listId, steps }).expect(201)).body._id;
    await tenant.post(`/campaigns/${campaign}/launch`).expect(200);
    const admin = { authorization: `Bearer ${test.session(tenant.id, 'admin')}` };
    const key = (await tenant.call('post', '/api-keys').set(admin).send({ name: 'Old' }).expect(201)).body._id as string;
    await test.app.get(Workspaces).setReadOnly(tenant.id, 'past_due');
    await eventually(async () => (await tenant.post('/lists', {})).status === 402);
    await tenant.post('/messages', later).expect(402);
    await tenant.post(`/messages/${first}/cancel`).expect(200);
    expect((await tenant.post('/messages/cancel-for-lead', { leadId: lead }).expect(200)).body.cancelledCount).toBe(1);
    await tenant.post('/suppressions', { address: phone(51) }).expect(201);
    await tenant.post(`/campaigns/${campaign}/pause`).expect(200);
    await tenant.call('delete', `/api-keys/${key}`).set(admin).expect(200);
    await tenant.get('/leads').expect(200);
  });
});
