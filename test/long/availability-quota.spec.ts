import type { AvailabilityEntry } from '@tuco/bluebubbles-simulator';
import request from 'supertest';
import { nextUtcDay } from '../../src/platform/clock';
import { errorDocs } from '../support/error-docs';
import { eventually } from '../support/eventually';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const CAP = 10;
const GAP_SECONDS = 1;

/** The quota of checks is the lines', whoever asks, by whichever process. */
describe('the quota of availability checks', () => {
  const clock = new ShiftedClock().aheadToNoon();
  let test: TestApp;
  let instances: TestApp[];
  let patient: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    const settings = { AVAILABILITY_DAILY_CAP: String(CAP), APP_ROLE: 'api' };
    test = await startTestApp(settings, clock);
    patient = await startTestApp({ ...settings, DEVICE_GAP_SECONDS: String(GAP_SECONDS) }, clock, test);
    instances = [test, await startTestApp(settings, clock, test), await startTestApp(settings, clock, test)];
  });
  afterAll(async () => {
    for (const app of [...instances.slice(1), patient, test]) await app.close();
  });
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });

  const address = (n: number) => `quota${serial}.x${n}y@example.com`;
  const check = (n: number, { url } = instances[n % instances.length]!) =>
    request(url)
      .get('/api/check-availability')
      .query({ address: address(n) })
      .auth(tenant.key, { type: 'bearer' });
  const asked = () =>
    (test.simulator.ledger({ kind: 'availability' }) as AvailabilityEntry[]).filter((entry) =>
      entry.address.startsWith(`quota${serial}.`),
    );
  const secondsLeft = () => (nextUtcDay(clock.now()).getTime() - clock.now().getTime()) / 1_000;

  it.each([
    ['one line', 1],
    ['three lines', 3],
  ])(
    '%s: of many checks at once for the last of the day, just these are asked; the others get 429 until midnight',
    async (_, lines) => {
      for (let bridge = 0; bridge < lines; bridge += 1) await test.line(tenant, bridge);
      const used = lines * CAP - 4;
      for (let n = 0; n < used; n += 1) await check(n).expect(200);
      const atMost = Math.ceil(secondsLeft());
      const answers = await Promise.all(Array.from({ length: 40 }, (__, n) => check(used + n)));
      const atLeast = Math.ceil(secondsLeft());
      const refused = answers.filter(({ status }) => status === 429);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
      expect(refused).toHaveLength(36);
      for (const { body, headers } of refused) {
        expect(body).toEqual({
          error: 'Daily availability check quota exhausted',
          code: 'AVAILABILITY_QUOTA_EXHAUSTED',
          docs: errorDocs('AVAILABILITY_QUOTA_EXHAUSTED'),
        });
        expect(Number(headers['retry-after'])).toBeLessThanOrEqual(atMost);
        expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(atLeast);
      }
      const byBridge = Array.from({ length: lines }, (__, bridge) => asked().filter((entry) => entry.bridge === bridge).length);
      expect(byBridge).toEqual(Array(lines).fill(CAP));
    },
  );

  it('with a gap on the device: the last of the day are asked one by one, the gap apart', async () => {
    await test.line(tenant, 0);
    for (let n = 0; n < CAP - 3; n += 1) await check(n).expect(200);
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => check(CAP + n, patient)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ body }) => body.code === 'AVAILABILITY_QUOTA_EXHAUSTED')).toHaveLength(9);
    expect(asked()).toHaveLength(CAP);
    const times = asked()
      .slice(-3)
      .map(({ at }) => at);
    for (const [index, at] of times.slice(1).entries()) expect(at - times[index]!).toBeGreaterThanOrEqual(GAP_SECONDS * 1_000);
  });

  it('just before midnight nobody is asked: the bridge might get the question on the next day, whose quota it would not be counted in', async () => {
    const late = new ShiftedClock().aheadToNoon();
    late.ahead({ minutes: 11 * 60 + 49 });
    // Noon and ten, and 11:49: one minute to midnight; and the seconds until the edge.
    const edged = await startTestApp(
      { APP_ROLE: 'api', AVAILABILITY_DAILY_CAP: String(CAP), SEND_EDGE_SECONDS: '59' },
      late,
      test,
    );
    try {
      await test.line(tenant, 0);
      const usage = () => test.connection.collection('availabilityUsage').find({ workspaceId: tenant.id }).toArray();
      const midnight = nextUtcDay(late.now());
      expect(midnight.getTime() - late.now().getTime()).toBeLessThanOrEqual(60_000);
      await eventually(async () => midnight.getTime() - late.now().getTime() < 58_000);
      const refused = await check(0, edged);
      expect([refused.status, refused.body.code]).toEqual([429, 'DEVICES_BUSY']);
      const left = Math.ceil((midnight.getTime() - late.now().getTime()) / 1_000);
      expect(Math.abs(Number(refused.headers['retry-after']) - left)).toBeLessThanOrEqual(12);
      expect([asked(), await usage()]).toEqual([[], []]);
      late.ahead({ minutes: 1 });
      await check(0, edged).then(({ status }) => expect(status).toBe(200));
      expect((await usage()).map(({ _id }) => String(_id).split(':')[1])).toEqual([late.now().toISOString().slice(0, 10)]);
    } finally {
      await edged.close();
    }
  });

  it('checks whose answer is known cost nothing, also when the quota is spent', async () => {
    await test.line(tenant, 0);
    for (let n = 0; n < CAP; n += 1) await check(n).expect(200);
    await check(CAP).expect(429);
    const again = await Promise.all(Array.from({ length: 30 }, (_, n) => check(n % CAP)));
    expect(again.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(asked()).toHaveLength(CAP);
  });
});
