import { createServer, type Server } from 'node:net';
import type { AvailabilityEntry } from '@tuco/bluebubbles-simulator';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Answers of a bridge that no client should trust. */
const ANSWERS: Record<string, string> = {
  'an empty answer': 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
  'HTML in place of JSON': 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>',
  'a 200 without the answer': 'HTTP/1.1 200 OK\r\ncontent-length: 24\r\n\r\n{"status":200,"data":{}}',
  'a word in place of yes or no': 'HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{"data":{"available":"maybe"}}',
  'yes, in an envelope that says 500': 'HTTP/1.1 200 OK\r\ncontent-length: 41\r\n\r\n{"status":500,"data":{"available":true}}  ',
  'a redirect': 'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n',
  'half an answer': 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"status":200,',
  'no HTTP at all': 'SSH-2.0-OpenSSH_9.6\r\n',
  'a header without end': `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`,
  'an answer without end': `HTTP/1.1 200 OK\r\n\r\n${'z'.repeat(5_000_000)}`,
};

/**
 * A bridge that is slow, down, lying, or talks nonsense. What was asked is counted, what is not known is
 * said, and nobody waits for ever.
 */
describe('a bridge in trouble', () => {
  const clock = new ShiftedClock().aheadToNoon();
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp(
      { PROVIDER_TIMEOUT_SECONDS: '1', PROVIDER_CONNECT_SECONDS: '1', AVAILABILITY_SYNC_MAX: '3' },
      clock,
    );
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const phone = (ending: number) => `+1510${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const save = async (lead: object, of = tenant) =>
    (await of.post('/leads', { leads: [lead] }).expect(201)).body.leadIds[0] as string;
  const lead = async (id: string) => (await tenant.get(`/leads/${id}`).expect(200)).body;
  const check = (id: string) => tenant.get(`/leads/check-availability?id=${id}`);
  const asked = () =>
    (test.simulator.ledger({ kind: 'availability' }) as AvailabilityEntry[]).filter(({ address }) =>
      address.startsWith(phone(0).slice(0, -1)),
    );
  const used = async () => {
    const days = await test.connection.collection('availabilityUsage').find({ workspaceId: tenant.id }).toArray();
    return days.reduce((sum, day) => sum + (day.used as number), 0);
  };
  const line = (fields: object = {}, bridge = 0) => test.line(tenant, bridge, fields);
  /** A line that was set aside is asked by the workers whether it works again; no check is spent on that. */
  const recovered = () =>
    eventually(async () => {
      const { lines } = (await tenant.get('/lines').expect(200)).body as { lines: { healthCheck: { status: string } }[] };
      return lines.every(({ healthCheck }) => healthCheck.status !== 'unhealthy');
    });
  const healthOf = async (id: string) => (await tenant.get(`/lines/${id}`).expect(200)).body.healthCheck;

  it.each([
    ['slow', { latencyMs: 60_000 }, /did not answer in time/],
    ['down', { down: true }, /broke off/],
    ['without its helper', { helper: 'away' }, /Helper is not connected/],
    ['answering garbage', { proxy: { page: 'page-200', after: true } }, /bridge answered 200|cannot be understood/],
    ['dropping connections', { proxy: { page: 'cut', after: true } }, /broke off/],
    ['answering 500', { errorRate: 1 }, /told to fail/],
  ] as const)('%s: `error` on the lead with the reason, 503 for an address, counted as asked', async (_, controls, words) => {
    await line();
    const id = await save({ phone: phone(41) });
    test.simulator.control(controls);
    const { body } = await check(id).expect(200);
    expect(body).toMatchObject({ success: true, available: false, status: 'error', reason: expect.stringMatching(words) });
    expect(await lead(id)).toMatchObject({
      availabilityStatus: 'error',
      availabilityReason: body.reason,
      availableAddress: null,
    });
    const raw = await tenant.post('/leads/check-availability', { address: phone(42) }).expect(503);
    expect(raw.body).toMatchObject({ code: 'AVAILABILITY_UNKNOWN', error: expect.stringMatching(words) });
    expect(Number(raw.headers['retry-after'])).toBeGreaterThan(0);
    expect(await used()).toBe(2);
    if (!('down' in controls)) expect(asked()).toHaveLength(2);
    // Two in a row: the line rests, and that is said at once.
    const resting = await check(id).expect(409);
    expect(resting.body).toMatchObject({ code: 'NO_ACTIVE_LINES', error: expect.stringMatching(words) });
    await tenant.post('/check-availability-rr', { phones: [phone(43)] }).expect(409);
    expect(await used()).toBe(2);
    test.simulator.control({ reset: true });
    clock.ahead({ minutes: 1 });
    await recovered();
    expect((await check(id).expect(200)).body.status).toBe('available');
    expect(await lead(id)).toMatchObject({ availabilityStatus: 'available', availabilityReason: null });
  });

  it.each(Object.entries(ANSWERS))('%s is no answer', async (_, answer) => {
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => void socket.end(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as { port: number };
      await line({ bridgeUrl: `http://127.0.0.1:${port}` });
      const id = await save({ phone: phone(44) });
      const { body } = await check(id).expect(200);
      expect(body).toMatchObject({ status: 'error', available: false, reason: expect.stringMatching(/./) });
      expect(body.reason).not.toMatch(/<html>|SSH|zzz|yyy|http:|password/);
      expect(await used()).toBe(1);
    } finally {
      server.close();
    }
  });

  it('one address in trouble and another with iMessage: available; one in trouble and none: error', async () => {
    await line();
    const first = await save({ phone: phone(45), email: `t${serial}.x40y@example.com` });
    test.simulator.control({ errorRate: 1 });
    const once = check(first);
    await once.expect(200);
    expect((await lead(first)).availabilityStatus).toBe('error');
    test.simulator.control({ reset: true });
    clock.ahead({ minutes: 1 });
    await recovered();
    expect((await check(first).expect(200)).body.status).toBe('available');
  });

  it('several leads at once: each with its outcome and reason', async () => {
    await line();
    const ids = [await save({ phone: phone(46) }), await save({ phone: phone(12) })];
    test.simulator.control({ proxy: { page: 'page-200' } });
    const { body } = await tenant.post('/leads/check-availability', { leadIds: ids.slice(0, 1) }).expect(200);
    expect(body).toMatchObject({ checked: 1, successful: 0, errors: 1 });
    expect(body.results[0]).toMatchObject({ status: 'error', available: false, reason: expect.stringMatching(/./) });
    test.simulator.control({ reset: true });
    const good = (await tenant.post('/leads/check-availability', { leadIds: ids }).expect(200)).body;
    expect(good.results.map(({ status }: { status: string }) => status)).toEqual(['available', 'unavailable']);
  });

  it('a batch waits with the reason while no line is healthy, and goes on when one is', async () => {
    await line();
    const phones = Array.from({ length: 6 }, (_, n) => ({ phone: phone(50 + n) }));
    const { leadIds } = (await tenant.post('/leads', { leads: phones }).expect(201)).body;
    test.simulator.control({ down: true });
    const { jobId } = (await tenant.post('/leads/check-availability', { leadIds }).expect(202)).body;
    const job = async () => (await tenant.get(`/leads/check-availability/jobs/${jobId}`)).body;
    const waiting = await eventually(async () => {
      const now = await job();
      return now.reason && now;
    });
    expect(waiting).toMatchObject({ state: 'running', checked: 2, errors: 2 });
    expect(waiting.reason).toMatch(/none is healthy \(the connection to the bridge broke off\)/);
    test.simulator.control({ reset: true });
    clock.ahead({ minutes: 12 });
    await recovered();
    // Its job in Redis goes by the real clock; it may be lost, for all that matters.
    await test.connection.collection('backgroundJobs').updateOne({ workspaceId: tenant.id }, { $inc: { moves: 1 } });
    const done = await eventually(async () => {
      const now = await job();
      return now.state === 'completed' && now;
    });
    expect(done).toMatchObject({ total: 6, checked: 6, errors: 2, available: 4 });
  });

  it('is the trouble of a device: all lines on it rest, others are asked, and one success ends it for all', async () => {
    const [one, two] = [await line({ deviceId: 'mac' }, 0), await line({ deviceId: 'mac' }, 1)];
    const third = await line({ deviceId: 'another' }, 2);
    test.simulator.control({ bridge: 0, errorRate: 1 });
    test.simulator.control({ bridge: 1, errorRate: 1 });
    await tenant.patch(`/lines/${third.id}`, { isActive: false }).expect(200);
    for (const ending of [60, 61]) await tenant.post('/leads/check-availability', { address: phone(ending) }).expect(503);
    for (const { id } of [one, two]) {
      expect(await healthOf(id)).toMatchObject({ status: 'unhealthy', reason: 'The simulator was told to fail' });
    }
    expect((await healthOf(third.id)).status).toBe('unknown');
    await tenant.patch(`/lines/${third.id}`, { isActive: true }).expect(200);
    for (const ending of [62, 63]) await tenant.post('/leads/check-availability', { address: phone(ending) }).expect(200);
    expect(
      asked()
        .slice(2)
        .map(({ bridge }) => bridge),
    ).toEqual([2, 2]);
    await tenant.patch(`/lines/${third.id}`, { isActive: false }).expect(200);
    clock.ahead({ minutes: 1 });
    // A device that is still away costs no check, and rests for longer.
    const before = await used();
    await tenant.post('/leads/check-availability', { address: phone(64) }).expect(409);
    expect(await used()).toBe(before);
    test.simulator.control({ reset: true });
    await tenant.post('/leads/check-availability', { address: phone(64) }).expect(409);
    clock.ahead({ minutes: 12 });
    await recovered();
    await tenant.post('/leads/check-availability', { address: phone(64) }).expect(200);
    for (const { id } of [one, two]) expect(await healthOf(id)).toMatchObject({ status: 'healthy', reason: null });
  });

  it('a wrong password is the trouble of the line alone', async () => {
    const wrong = await line({ deviceId: 'mac', bridgePassword: 'wrong' }, 0);
    const right = await line({ deviceId: 'mac' }, 1);
    for (let n = 0; n < 6; n += 1) await tenant.post('/leads/check-availability', { address: phone(70 + n) });
    expect(await healthOf(wrong.id)).toMatchObject({ status: 'unhealthy', reason: expect.stringMatching(/authori/i) });
    expect(await healthOf(right.id)).toMatchObject({ status: 'healthy' });
    expect(JSON.stringify(await healthOf(wrong.id))).not.toContain('wrong');
  });

  it('a device set aside with checks left is waited for, not the next day: the Retry-After is true', async () => {
    const small = await startTestApp({
      AVAILABILITY_DAILY_CAP: '2',
      AVAILABILITY_WAIT_SECONDS: '0',
      PROVIDER_TIMEOUT_SECONDS: '1',
    });
    try {
      const mine = await small.tenant();
      await small.line(mine, 0);
      const ill = await small.line(mine, 1, { bridgeUrl: `http://127.0.0.1:${await freePort()}` });
      const raw = (n: number) => mine.post('/leads/check-availability', { address: phone(80 + n) });
      // Four checks in all; the ill line wastes two, which rests it.
      for (let n = 0; n < 8 && (await mine.get(`/lines/${ill.id}`)).body.healthCheck.status !== 'unhealthy'; n += 1) await raw(n);
      await small.connection.collection('availabilityUsage').updateOne({ _id: new RegExp(`^${ill.id}:`) }, { $set: { used: 1 } });
      for (let n = 0; n < 2; n += 1) await raw(n);
      const refused = await raw(9).expect(429);
      expect(refused.body.code).toBe('DEVICES_BUSY');
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(600);
    } finally {
      await small.close();
    }
  });
});
