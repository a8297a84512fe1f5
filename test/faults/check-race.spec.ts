import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { Cluster } from '../support/cluster';

const PROCESSES = 8;
const CAP = 70;
const LAST = 10;
const WORKSPACE = 'org_race';

/**
 * Real processes, real HTTP: many ask at once for the last checks of the day, and the bridge's own ledger
 * says how many came.
 */
describe('eight processes and the last ten checks of the day', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = new Cluster({ DEVICE_GAP_SECONDS: '0', SEND_EDGE_SECONDS: '0', AVAILABILITY_DAILY_CAP: String(CAP) });
    await cluster.start(0);
    await cluster.startMoreApis(PROCESSES - 1);
  }, 180_000);
  afterAll(() => cluster.close());

  it('exactly ten reach the bridge, and all others get a true 429', async () => {
    const token = localSessionToken(cluster.dataDirectory, WORKSPACE, new Date());
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const call = async (url: string, path: string, body: object) => {
      const answer = await request(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.statusCode, retryAfter: Number(answer.headers['retry-after']), body: await answer.body.json() };
    };
    const [first] = cluster.apiUrls;
    expect(cluster.apiUrls).toHaveLength(PROCESSES);
    const bridge = { bridgeUrl: cluster.bridgeUrl, bridgePassword: 'one', phone: '+12025550180', deviceId: 'mac' };
    expect((await call(first!, '/lines', bridge)).status).toBe(201);
    const name = randomBytes(3).toString('hex');
    const check = (url: string, n: number) =>
      call(url, '/leads/check-availability', { address: `race.${name}.x${n}y@example.com` });
    const asked = async () => (await cluster.ledger('availability')).length;
    for (let n = 0; n < CAP - LAST; n += 1) expect((await check(first!, n)).status).toBe(200);
    expect(await asked()).toBe(CAP - LAST);
    const left = () => Math.ceil((new Date().setUTCHours(24, 0, 0, 0) - Date.now()) / 1_000);
    const before = left();
    // Each of the eight asks six times at once.
    const answers = await Promise.all(
      Array.from({ length: PROCESSES * 6 }, (_, n) => check(cluster.apiUrls[n % PROCESSES]!, CAP + n)),
    );
    const after = left();
    // A midnight in between would begin another day.
    if (after > before) return;
    expect(await asked()).toBe(CAP);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(LAST);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(PROCESSES * 6 - LAST);
    for (const { status, retryAfter, body } of refused) {
      expect([status, body]).toMatchObject([429, { code: 'AVAILABILITY_QUOTA_EXHAUSTED' }]);
      expect(retryAfter).toBeLessThanOrEqual(before);
      expect(retryAfter).toBeGreaterThanOrEqual(after);
    }
  }, 120_000);
});
