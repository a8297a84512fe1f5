import type { Tenant } from '../support/test-app';
import { type Answer, AttackedProduct, type Shot } from './attacked-product';

/** What is done many times at the same moment: once, within its limits, and without a 5xx. */
describe('races', () => {
  let product: AttackedProduct;
  let tenant: Tenant;
  let listId: string;

  beforeAll(async () => {
    product = await AttackedProduct.start();
    tenant = await product.tenant();
    await product.line(tenant);
    listId = (await tenant.post('/lists', { name: 'Races' }).expect(201)).body._id as string;
  });
  afterAll(async () => {
    await product?.close('races');
  });
  afterEach(async () => expect(await product.verdict()).toEqual([]));

  const shot = (method: string, path: string, body?: object, headers: Record<string, string> = {}, token = tenant.key): Shot => ({
    method,
    path: `/api${path}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
    as: tenant.id,
  });
  const together = async (shots: Shot[]): Promise<Answer[]> =>
    (await Promise.all(shots.map((one) => product.fire(one)))).filter((answer) => answer !== null);
  const times = (count: number, make: (n: number) => Shot) => Array.from({ length: count }, (_, n) => make(n));

  it('one idempotency key, fifty times: one message', async () => {
    const body = { message: 'once', recipientEmail: 'once@example.com', scheduledDate: '2100-01-01T00:00:00Z' };
    for (const round of [1, 2, 3]) {
      const answers = await together(times(50, () => shot('POST', '/messages', body, { 'idempotency-key': `race-${round}` })));
      const made = answers
        .filter(({ status }) => status < 300)
        .map(({ text }) => (JSON.parse(text) as { message: { _id: string } }).message._id);
      expect([...new Set(made)]).toHaveLength(1);
      // The others are told that the call is running, or get its answer.
      expect(answers.map(({ status }) => status).filter((status) => status >= 300 && status !== 409)).toEqual([]);
    }
  });

  it('the same person forty times: one lead', async () => {
    const leads = [{ phone: '+12025550142', email: 'race@example.com', externalId: 'race' }];
    await together(times(40, () => shot('POST', '/leads', { leads, listId })));
    const { body } = await tenant.get('/leads?externalId=race').expect(200);
    expect(body.leads).toHaveLength(1);
    const saved = (await together(times(20, () => shot('POST', '/leads', { leads: [{ email: 'race2@example.com' }] })))).map(
      ({ text }) => (JSON.parse(text) as { savedCount: number }).savedCount,
    );
    expect(saved.reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  it('a campaign that is launched, paused, changed, resumed, archived and deleted at the same time', async () => {
    const steps = [{ template: 'Hi', wait: { amount: 300, unit: 'days' } }];
    for (let round = 0; round < 5; round += 1) {
      const id = (await tenant.post('/campaigns', { name: `Race ${round}`, listId, steps }).expect(201)).body._id as string;
      const acts = ['launch', 'pause', 'resume', 'archive', 'launch', 'resume'];
      await together([
        ...acts.flatMap((act) => times(4, () => shot('POST', `/campaigns/${id}/${act}`))),
        ...times(4, (n) => shot('PATCH', `/campaigns/${id}`, { name: `Race ${round}.${n}` })),
        ...times(4, () => shot('DELETE', `/campaigns/${id}`)),
      ]);
      const { status, body } = await tenant.get(`/campaigns/${id}`);
      if (status !== 404) expect(['draft', 'active', 'paused', 'completed', 'archived']).toContain(body.status);
    }
  });

  it('keys that are made, changed, rotated and deleted while they call: none calls after it is gone', async () => {
    const session = product.session(tenant.id);
    const { key, _id: id } = JSON.parse((await product.fire(shot('POST', '/api-keys', { name: 'Race' }, {}, session)))!.text) as {
      key: string;
      _id: string;
    };
    await together([
      ...times(20, () => shot('GET', '/lists', undefined, {}, key)),
      ...times(5, () => shot('POST', `/api-keys/${id}/rotate`, { overlapHours: 0 }, {}, session)),
      ...times(5, () => shot('PATCH', `/api-keys/${id}`, { scopes: ['leads:read'] }, {}, session)),
      ...times(5, () => shot('DELETE', `/api-keys/${id}`, undefined, {}, session)),
      ...times(20, () => shot('GET', '/lists', undefined, {}, key)),
    ]);
    // A key that is good is remembered for a second.
    const until = Date.now() + 10_000;
    let status = 0;
    while (status !== 401 && Date.now() < until) status = (await product.fire(shot('GET', '/lists', undefined, {}, key)))!.status;
    expect(status).toBe(401);
  });

  it('roles: a key cannot give itself more than it has, however often it asks at the same time', async () => {
    const session = product.session(tenant.id);
    const weak = JSON.parse(
      (await product.fire(shot('POST', '/api-keys', { name: 'Weak', scopes: ['keys:manage', 'leads:read'] }, {}, session)))!.text,
    ) as { key: string; _id: string };
    const answers = await together([
      ...times(10, () => shot('POST', '/api-keys', { name: 'More', scopes: ['messages:send'] }, {}, weak.key)),
      ...times(10, () => shot('PATCH', `/api-keys/${weak._id}`, { scopes: ['keys:manage', 'messages:send'] }, {}, weak.key)),
      ...times(10, () => shot('POST', '/messages', { message: 'x', recipientEmail: 'x@example.com' }, {}, weak.key)),
      ...times(10, () => shot('GET', '/lines', undefined, {}, weak.key)),
    ]);
    expect(answers.filter(({ status }) => status < 400)).toEqual([]);
  });

  it('a limit of calls holds, however many come at once', async () => {
    const limited = await AttackedProduct.start({ RATE_LIMIT_PER_MINUTE: '20' });
    try {
      const other = await limited.tenant();
      const shots = times(300, () => ({ ...shot('GET', '/lists', undefined, {}, other.key), as: other.id }));
      const answers = await Promise.all(shots.map((one) => limited.fire(one)));
      const served = answers.filter((answer) => answer?.status === 200).length;
      // Twenty, and what came back while they were on their way.
      expect(served).toBeLessThanOrEqual(30);
      expect(answers.filter((answer) => answer?.status === 429).length).toBe(300 - served);
      expect(await limited.verdict()).toEqual([]);
    } finally {
      await limited.close('a limit of calls');
    }
  });
});
