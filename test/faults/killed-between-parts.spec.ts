import { setTimeout as pause } from 'node:timers/promises';
import request from 'supertest';
import { request as http } from 'undici';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { Cluster } from '../support/cluster';
import { eventually } from '../support/eventually';
import { type FileServer, PNG, startFileServer } from '../support/file-server';

const MESSAGES = Number(process.env.FAULT_FILES ?? 40);
const LINES = 4;
const WORKERS = 2;
const WORKSPACE = 'org_parts';
const MANY = {
  dailyNewConversationsLimit: 1_000_000,
  hourlyNewConversationsLimit: 1_000_000,
  dailyTotalMessagesLimit: 1_000_000,
};

interface Sent {
  address: string;
  text: string;
  outcome: string;
  attachment: { name: string } | null;
}

/**
 * Messages with a text and a file each, while their workers are killed and the bridge now and then sends
 * without saying so.
 */
describe('messages with files while workers die', () => {
  let cluster: Cluster;
  let web: FileServer;

  beforeAll(async () => {
    web = await startFileServer();
    web.files.set('/cat.png', PNG);
    cluster = new Cluster({
      ALLOW_PRIVATE_TARGETS: 'true',
      DEVICE_GAP_SECONDS: '0',
      CONTACT_GAP_SECONDS: '0',
      SEND_EDGE_SECONDS: '0',
      PROVIDER_TIMEOUT_SECONDS: '3',
      OUTCOME_GIVE_UP_SECONDS: '30',
      CLAIM_LEASE_SECONDS: '5',
      TICK_MS: '200',
    });
    await cluster.start(WORKERS);
  }, 120_000);
  afterAll(async () => {
    await cluster.close();
    await web.close();
  });

  it('gives no part twice, in order, and says of each message what became of it', async () => {
    const token = localSessionToken(cluster.dataDirectory, WORKSPACE, new Date());
    const call = (method: 'get' | 'post', path: string, body?: object) => {
      const test = request(cluster.apiUrl)[method](`/api${path}`).set('authorization', `Bearer ${token}`);
      return body ? test.send(body) : test;
    };
    for (let index = 0; index < LINES; index += 1) {
      const bridge = { bridgeUrl: cluster.bridgeUrl, bridgePassword: 'one', deviceId: `mac-${index}` };
      await call('post', '/lines', { phone: `+1202555018${index}`, ...bridge, ...MANY }).expect(201);
    }
    await cluster.control({ hangAfterSendRate: 0.03 });
    const ids: string[] = [];
    for (let index = 0; index < MESSAGES; index += 1) {
      const to = { recipientEmail: `parts.x${index}y@example.com`, attachmentUrls: [`${web.url}/cat.png`] };
      ids.push((await call('post', '/messages', { message: `Look ${index}`, ...to }).expect(201)).body.message._id);
    }
    const over = async () => {
      const { body } = await call('get', '/messages?limit=200');
      const open = (body.messages as { status: string }[]).filter(({ status }) =>
        ['scheduled', 'queued', 'pending', 'sending'].includes(status),
      );
      return open.length === 0;
    };
    for (let round = 0; round < 12 && !(await over()); round += 1) {
      await pause(900);
      await cluster.killWorker(round % WORKERS);
      cluster.startWorker(round % WORKERS);
    }
    await eventually(() => over().catch(() => false), 200_000);
    const ledger = (await (await http(`${cluster.bridgeUrl}/ledger?kind=send`)).body.json()) as Sent[];
    const arrivedAt = (address: string) =>
      ledger
        .filter((one) => one.address === address && one.outcome === 'sent')
        .map(({ text, attachment }) => attachment?.name ?? text);
    const counts: Record<string, number> = {};
    for (const [index, id] of ids.entries()) {
      const { status, code, partsSent, errorMessage } = (await call('get', `/messages/${id}`).expect(200)).body;
      const parts = arrivedAt(`parts.x${index}y@example.com`);
      const whole = [`Look ${index}`, 'cat.png'];
      // Each part at most once, none before the one before it.
      expect(parts).toEqual(whole.slice(0, parts.length));
      counts[`${status} ${code ?? ''}`] = (counts[`${status} ${code ?? ''}`] ?? 0) + 1;
      if (status === 'sent' || status === 'delivered') expect(parts).toEqual(whole);
      else {
        expect([status, code]).toEqual(['failed', 'OUTCOME_UNKNOWN']);
        expect(errorMessage).toMatch(new RegExp(`^Part ${partsSent + 1} of 2: `));
        // Of the part in question nobody can tell; all before it arrived, none after it did.
        expect([partsSent, partsSent + 1]).toContain(parts.length);
      }
    }
    process.stderr.write(`${JSON.stringify({ messages: MESSAGES, sends: ledger.length, counts })}\n`);
  }, 300_000);
});
