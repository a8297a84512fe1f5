import { eventually } from '../support/eventually';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Checks of one address and of one lead: order, statuses, what is kept, quotas. */
describe('availability', () => {
  const clock = new ShiftedClock().aheadToNoon();
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_DAILY_CAP: '12' }, clock);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  /** A number of this test alone; `ending` says what it does. */
  const phone = (ending: string) => `+1415${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const save = async (lead: object) => (await tenant.post('/leads', { leads: [lead] }).expect(201)).body.leadIds[0] as string;
  const lead = async (id: string) => (await tenant.get(`/leads/${id}`).expect(200)).body;
  const check = (id: string, more = '') => tenant.get(`/leads/check-availability?id=${id}${more}`);
  const asked = (addresses: readonly string[]) =>
    test.simulator
      .ledger({ kind: 'availability' })
      .map((entry) => (entry as { address: string }).address)
      .filter((address) => addresses.includes(address));

  it('asks phone, e-mail, alternate phones, alternate e-mails, and stops at the first with iMessage', async () => {
    await test.line(tenant);
    const addresses = [phone('10'), `a${serial}.12@example.com`, phone('11'), phone('31'), phone('32')];
    const [main, email, altPhone1, altPhone2, altPhone3] = addresses;
    const id = await save({ phone: main, email, altPhone1, altPhone2, altPhone3, altEmail1: 'x@example.com' });
    const { body } = await check(id).expect(200);
    const noCrm = { ghlContactId: null, ghlLocationId: null, hsContactId: null, hsPortalId: null };
    expect(body).toEqual({ success: true, leadId: id, externalId: null, available: true, status: 'available', ...noCrm });
    expect(asked(addresses)).toEqual(addresses.slice(0, 4));
    expect(await lead(id)).toMatchObject({ availabilityStatus: 'available', availableAddress: altPhone2 });
    expect((await lead(id)).availabilityCheckedAt).toEqual(expect.any(String));
  });

  it.each(['10', '19', '29'])('a phone ending in %s has no iMessage', async (ending) => {
    await test.line(tenant);
    const id = await save({ phone: phone(ending) });
    expect((await check(id).expect(200)).body).toMatchObject({ available: false, status: 'unavailable' });
    expect(await lead(id)).toMatchObject({ availabilityStatus: 'unavailable', availableAddress: null });
  });

  it.each(['09', '30', '97', '98', '99'])('a phone ending in %s has iMessage', async (ending) => {
    await test.line(tenant);
    const { body } = await tenant.post('/leads/check-availability', { address: phone(ending) }).expect(200);
    expect(body).toEqual({ success: true, available: true, address: phone(ending) });
  });

  it('technical trouble: `error` on a lead, 503 for a raw address, and it is asked again the next time', async () => {
    await test.line(tenant, 2);
    test.simulator.control({ bridge: 2, helper: 'away' });
    const id = await save({ phone: phone('41') });
    expect((await check(id).expect(200)).body).toMatchObject({ success: true, available: false, status: 'error' });
    expect((await lead(id)).availabilityStatus).toBe('error');
    const raw = await tenant.post('/leads/check-availability', { address: phone('42') }).expect(503);
    expect(raw.body.code).toBe('AVAILABILITY_UNKNOWN');
    expect(Number(raw.headers['retry-after'])).toBeGreaterThan(0);
    const resting = await check(id).expect(409);
    expect(resting.body.error).toMatch(/^No active lines in workspace: none is healthy/);
    test.simulator.control({ bridge: 2, helper: 'ok' });
    clock.ahead({ minutes: 5 });
    await eventually(async () => (await check(id)).body.status === 'available');
  });

  it('uses an answer again for a day; refresh asks anew, but not within ten minutes; other workspaces ask for themselves', async () => {
    await test.line(tenant);
    const address = phone('43');
    const raw = (more = '') => tenant.get(`/check-availability?address=${encodeURIComponent(address)}${more}`).expect(200);
    await raw();
    await raw();
    await raw('&refresh=true');
    const id = await save({ phone: address });
    await check(id, '&refresh=true').expect(200);
    expect(asked([address])).toHaveLength(1);
    clock.ahead({ minutes: 11 });
    await raw();
    expect(asked([address])).toHaveLength(1);
    await raw('&refresh=true');
    expect(asked([address])).toHaveLength(2);
    clock.ahead({ hours: 25 });
    await raw();
    expect(asked([address])).toHaveLength(3);
    const other = await test.tenant();
    await test.line(other, 1);
    await other.post('/leads/check-availability', { address }).expect(200);
    expect(asked([address])).toHaveLength(4);
  });

  it('spends the least used line first, and 429 until midnight when nothing is left anywhere', async () => {
    await test.line(tenant, 0);
    await test.line(tenant, 1);
    const addresses = Array.from({ length: 25 }, (_, n) => phone(String(30 + n)));
    for (const address of addresses.slice(0, 24)) await tenant.post('/leads/check-availability', { address }).expect(200);
    const entries = test.simulator.ledger({ kind: 'availability' }) as { address: string; bridge: number }[];
    const bridges = entries.filter(({ address }) => addresses.includes(address)).map(({ bridge }) => bridge);
    expect([0, 1].map((bridge) => bridges.filter((one) => one === bridge).length)).toEqual([12, 12]);
    const spent = await tenant.post('/leads/check-availability', { address: addresses[24] }).expect(429);
    expect(spent.body).toMatchObject({ error: 'Daily availability check quota exhausted', code: 'AVAILABILITY_QUOTA_EXHAUSTED' });
    const left = Number(spent.headers['retry-after']);
    const midnight = new Date(clock.now()).setUTCHours(24, 0, 0, 0);
    expect(Math.abs(left - (midnight - clock.now().getTime()) / 1_000)).toBeLessThan(60);
    const roundRobin = await tenant.post('/check-availability-rr', { phones: [addresses[24]] }).expect(429);
    expect(roundRobin.body).toMatchObject({ available: false, reason: 'Daily availability check quota exhausted' });
    await tenant.post('/leads/check-availability', { address: addresses[0] }).expect(200);
    expect(asked([addresses[24]!])).toEqual([]);
    clock.ahead({ hours: 24 });
    await tenant.post('/leads/check-availability', { address: addresses[24] }).expect(200);
  });

  it('409 without a line: none, inactive ones, ones of another channel', async () => {
    const id = await save({ phone: phone('44') });
    const refused = (await check(id).expect(409)).body;
    expect(refused).toMatchObject({ error: 'No active lines in workspace', code: 'NO_ACTIVE_LINES' });
    const { id: line } = await test.line(tenant);
    await tenant.patch(`/lines/${line}`, { isActive: false }).expect(200);
    const account = { channel: 'email', settings: { smtpHost: '127.0.0.1' }, secrets: {} };
    const { _id: accountId } = (await tenant.post('/accounts', account).expect(201)).body;
    await tenant.post('/lines', { channel: 'email', email: 'sam@example.com', accountId }).expect(201);
    await check(id).expect(409);
    await tenant.post('/leads/check-availability', { leadIds: [id] }).expect(409);
    expect((await lead(id)).availabilityStatus).toBeNull();
    await tenant.patch(`/lines/${line}`, { isActive: true }).expect(200);
    await check(id).expect(200);
  });

  it('says what is missing or wrong', async () => {
    await test.line(tenant);
    expect((await tenant.get('/leads/check-availability').expect(400)).body.error).toBe('Lead ID is required');
    expect((await check('0'.repeat(24)).expect(404)).body.error).toBe('Lead not found');
    for (const address of ['nonsense', '123', 'a@b@c', '555-0143', 'x'.repeat(400)]) {
      const { body } = await tenant.post('/leads/check-availability', { address }).expect(400);
      expect(body.details[0].field).toBe('address');
      await tenant.get(`/check-availability?address=${encodeURIComponent(address)}`).expect(400);
    }
    await tenant.post('/leads/check-availability', { leadIds: ['0'.repeat(24)], listId: '0'.repeat(24) }).expect(400);
  });

  it('normalises raw addresses before it asks', async () => {
    await test.line(tenant);
    const { body } = await tenant.post('/leads/check-availability', { address: `${serial}Ada@Example.COM ` }).expect(200);
    expect(body).toEqual({ success: true, available: true, address: `${serial}ada@example.com` });
    const national = phone('45').replace('+1', '');
    expect((await tenant.post('/leads/check-availability', { address: national }).expect(200)).body.address).toBe(phone('45'));
  });

  it('round robin: phones in order, then e-mails, until one has iMessage', async () => {
    await test.line(tenant);
    const [one, two, three] = [phone('10'), phone('46'), phone('47')];
    expect((await tenant.post('/check-availability-rr', { phones: [one, two, three] }).expect(200)).body).toEqual({
      available: true,
    });
    expect(asked([one, two, three])).toEqual([one, two]);
    const none = (await tenant.post('/check-availability-rr', { phones: [one], emails: ['b10@example.com'] }).expect(200)).body;
    expect(none).toEqual({ available: false, reason: 'Contact not available on iMessage' });
    await tenant.post('/check-availability-rr', { phones: ['', ' '], emails: [] }).expect(400);
    await tenant.post('/check-availability-rr', { phones: ['nonsense'] }).expect(400);
    expect(asked([three])).toEqual([]);
  });

  it('waits for the device of a direct check, then 429 with Retry-After', async () => {
    const slow = await startTestApp({ DEVICE_GAP_SECONDS: '600', AVAILABILITY_WAIT_SECONDS: '0' });
    try {
      const mine = await slow.tenant();
      await slow.line(mine);
      await mine.post('/leads/check-availability', { address: phone('48') }).expect(200);
      const busy = await mine.post('/leads/check-availability', { address: phone('49') }).expect(429);
      expect(busy.body.code).toBe('DEVICES_BUSY');
      expect(Number(busy.headers['retry-after'])).toBeGreaterThan(0);
      expect(slow.simulator.ledger({ kind: 'availability' })).toHaveLength(1);
      await eventually(async () => (await mine.post('/leads/check-availability', { address: phone('48') })).status === 200);
    } finally {
      await slow.close();
    }
  });
});
