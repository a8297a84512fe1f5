import { setTimeout as pause } from 'node:timers/promises';
import Redis from 'ioredis';
import request from 'supertest';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { Cluster } from '../support/cluster';
import { eventually } from '../support/eventually';

const LEADS = Number(process.env.FAULT_LEADS ?? 300);
/** How long the sends may take once the trouble is over. */
const WITHIN_MS = 120_000 + LEADS * 250;
const LINES = 6;
const WORKERS = 3;
const WORKSPACE = 'org_faults';
const GENEROUS = {
  dailyNewConversationsLimit: 1_000_000,
  hourlyNewConversationsLimit: 1_000_000,
  dailyTotalMessagesLimit: 1_000_000,
};

/**
 * Real processes under real trouble: workers killed every second, Redis flushed and gone, MongoDB killed, a
 * bridge that sends and does not answer. The bridge's own ledger is the judge.
 */
describe('a campaign while everything breaks', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = new Cluster({
      DEVICE_GAP_SECONDS: '0',
      CONTACT_GAP_SECONDS: '0',
      SEND_EDGE_SECONDS: '0',
      PROVIDER_TIMEOUT_SECONDS: '4',
      OUTCOME_GIVE_UP_SECONDS: '30',
      CLAIM_LEASE_SECONDS: '5',
      TICK_MS: '200',
    });
    await cluster.start(WORKERS);
  }, 120_000);
  afterAll(() => cluster.close());

  it(
    'sends every step once or says why not',
    async () => {
      const token = localSessionToken(cluster.dataDirectory, WORKSPACE, new Date());
      const call = (method: 'get' | 'post', path: string, body?: object) => {
        const test = request(cluster.apiUrl)[method](`/api${path}`).set('authorization', `Bearer ${token}`);
        return body ? test.send(body) : test;
      };
      for (let index = 0; index < LINES; index += 1) {
        const bridge = { bridgeUrl: cluster.bridgeUrl, bridgePassword: 'one', deviceId: `mac-${index}` };
        await call('post', '/lines', { phone: `+1202555018${index}`, ...bridge, ...GENEROUS }).expect(201);
      }
      await cluster.control({ hangAfterSendRate: 0.02 });
      const listId = (await call('post', '/lists', { name: 'Faults' })).body._id;
      const leads = Array.from({ length: LEADS }, (_, index) => ({
        email: `person.x${index}y@example.com`,
        firstName: `N${index}`,
      }));
      await call('post', '/leads', { leads, listId }).expect(201);
      const now = { amount: 0, unit: 'seconds' };
      const steps = [
        { template: 'One for {firstName}', wait: now },
        { template: 'Two for {firstName}', wait: now },
      ];
      const campaign = (await call('post', '/campaigns', { name: 'Faults', listId, steps, settings: { contactGapSeconds: 0 } }))
        .body;
      await call('post', `/campaigns/${campaign._id}/launch`).expect(200);

      const trouble = new AbortController();
      const killing = killWorkers(cluster, trouble.signal);
      const breaking = breakStores(cluster);
      const open = async () => {
        // A report says of every message what it waits for: it is not to take the time that sending needs.
        await pause(LEADS / 2);
        const { body } = await call('get', `/campaigns/${campaign._id}/report`);
        const { scheduled, queued } = body.total;
        return body.finished === true && scheduled + queued === body.heldUnknown ? body : null;
      };
      await breaking;
      await pause(2_000);
      trouble.abort();
      await killing;
      const report = await eventually(() => open().catch(() => null), WITHIN_MS).catch(async (error: Error) => {
        const stuck = await Promise.all(OPEN.map((status) => messagesOf(call, campaign._id, status)));
        throw new Error(`${error.message}; still open: ${JSON.stringify(stuck.flat().slice(0, 5), null, 1)}`);
      });

      const sends = (await cluster.ledger()).filter(({ outcome }) => outcome === 'sent');
      const keys = sends.map(({ address, text }) => `${address} ${text}`);
      const unknown = (await messagesOf(call, campaign._id, 'failed')).filter(({ code }) => code === 'OUTCOME_UNKNOWN');
      process.stderr.write(
        `${JSON.stringify({ leads: LEADS, ledger: sends.length, counts: report.total, unknown: unknown.length })}\n`,
      );
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      const delivered = [
        ...(await messagesOf(call, campaign._id, 'sent')),
        ...(await messagesOf(call, campaign._id, 'delivered')),
      ];
      const ledger = new Set(keys);
      expect(delivered.filter(({ recipientEmail, message }) => !ledger.has(`${recipientEmail} ${message}`))).toEqual([]);
      // Behind a step of which nobody knows whether it was sent, the next waits for somebody to say.
      const over = delivered.length + report.total.failed + report.total.cancelled;
      expect(over + report.heldUnknown).toBe(LEADS * steps.length);
      expect(sends.length).toBeLessThanOrEqual(delivered.length + unknown.length);
      expect(report.total.failed).toBe(unknown.length);
    },
    WITHIN_MS + 280_000,
  );
});

const OPEN = ['scheduled', 'queued', 'pending', 'sending'];

interface Shown {
  _id: string;
  code: string | null;
  message: string;
  recipientEmail: string;
}

async function messagesOf(
  call: (method: 'get', path: string) => request.Test,
  campaignId: string,
  status: string,
): Promise<Shown[]> {
  const all: Shown[] = [];
  let cursor = '';
  for (;;) {
    const { body } = await call('get', `/messages?campaignId=${campaignId}&status=${status}&limit=200&cursor=${cursor}`);
    all.push(...(body.messages as Shown[]));
    if (!body.pagination.nextCursor) return all;
    cursor = body.pagination.nextCursor;
  }
}

async function killWorkers(cluster: Cluster, until: AbortSignal): Promise<void> {
  for (let round = 0; !until.aborted; round += 1) {
    await pause(1_000);
    const index = Math.floor(Math.random() * WORKERS);
    await cluster.killWorker(index);
    cluster.startWorker(index);
  }
  for (let index = 0; index < WORKERS; index += 1) if (cluster.workers[index]?.exitCode !== null) cluster.startWorker(index);
}

async function breakStores(cluster: Cluster): Promise<void> {
  const flush = async () => {
    const redis = new Redis(cluster.redisUrl);
    await redis.flushall();
    redis.disconnect();
  };
  await pause(3_000);
  await flush();
  await pause(2_000);
  await cluster.killMongo();
  await pause(1_500);
  await cluster.startMongo();
  await pause(3_000);
  await cluster.killRedis();
  await pause(Number(process.env.FAULT_REDIS_DOWN_MS ?? 5_000));
  await cluster.startRedis();
  await pause(2_000);
  await flush();
}
