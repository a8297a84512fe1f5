import { setTimeout as pause } from 'node:timers/promises';
import request from 'supertest';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { Cluster, type LedgerSend } from '../support/cluster';
import { eventually } from '../support/eventually';

const LEADS = Number(process.env.FAULT_LEADS ?? 60);
const KILLS = 10;
/** How long the sends may take once the trouble is over. */
const WITHIN_MS = 180_000 + LEADS * 600;
const LINES = 3;
const WORKERS = 2;
const WORKSPACE = 'org_first_contacts';
const GENEROUS = {
  dailyNewConversationsLimit: 1_000_000,
  hourlyNewConversationsLimit: 1_000_000,
  dailyTotalMessagesLimit: 1_000_000,
};

interface Shown {
  _id: string;
  status: string;
  code: string | null;
  recipientPhone: string;
  externalMessageId: string | null;
  attempts: { startedAt: string; outcome: string }[];
}

/**
 * A campaign to people without chats, while ten workers are killed and the bridge is away twice: its helper
 * first, then a proxy answers in its place. The bridge's own book is the judge.
 */
describe('first contacts while workers die and the bridge is away', () => {
  let cluster: Cluster;
  /** When something may have left an outcome open. */
  const cuts: number[] = [];

  beforeAll(async () => {
    cluster = new Cluster({
      DEVICE_GAP_SECONDS: '0',
      CONTACT_GAP_SECONDS: '0',
      SEND_EDGE_SECONDS: '0',
      PROVIDER_TIMEOUT_SECONDS: '4',
      OUTCOME_GIVE_UP_SECONDS: '10',
      CLAIM_LEASE_SECONDS: '5',
      TICK_MS: '200',
    });
    await cluster.start(WORKERS);
    // Long enough for a kill to meet a send on its way.
    await cluster.control({ latencyMs: 300 });
  }, 180_000);
  afterAll(() => cluster.close());

  const call = (method: 'get' | 'post', path: string, body?: object) => {
    const token = localSessionToken(cluster.dataDirectory, WORKSPACE, new Date());
    const test = request(cluster.apiUrl)[method](`/api${path}`).set('authorization', `Bearer ${token}`);
    return body ? test.send(body) : test;
  };
  const phone = (index: number) => `+1209${2_000_000 + index * 100 + 40}`;
  const messages = async (campaign: string): Promise<Shown[]> => {
    const all: Shown[] = [];
    for (let cursor = ''; ;) {
      const { body } = await call('get', `/messages?campaignId=${campaign}&limit=200&cursor=${cursor}`).expect(200);
      all.push(...(body.messages as Shown[]));
      if (!body.pagination.nextCursor) return all;
      cursor = body.pagination.nextCursor;
    }
  };
  const launched = async (): Promise<string> => {
    for (let index = 0; index < LINES; index += 1) {
      const bridge = { bridgeUrl: cluster.bridgeUrl, bridgePassword: 'one', deviceId: `mac-${index}` };
      await call('post', '/lines', { phone: `+1202555018${index}`, ...bridge, ...GENEROUS }).expect(201);
    }
    const listId = (await call('post', '/lists', { name: 'Strangers' })).body._id;
    const leads = Array.from({ length: LEADS }, (_, index) => ({ phone: phone(index), firstName: `N${index}` }));
    await call('post', '/leads', { leads, listId }).expect(201);
    const steps = [{ template: 'Hello {firstName}', wait: { amount: 0, unit: 'seconds' } }];
    const body = { name: 'Strangers', listId, steps, settings: { contactGapSeconds: 0 } };
    const campaign = (await call('post', '/campaigns', body).expect(201)).body._id;
    await call('post', `/campaigns/${campaign}/launch`).expect(200);
    return campaign;
  };
  /** Waits until texts go out, again. */
  const flowing = async () => {
    const before = (await cluster.ledger()).length;
    await eventually(async () => (await cluster.ledger()).length > before + 2, 90_000);
  };
  const kills = async (count: number) => {
    for (let done = 0; done < count; done += 1) {
      await pause(700 + Math.random() * 900);
      const index = done % WORKERS;
      cuts.push(Date.now());
      await cluster.killWorker(index);
      cluster.startWorker(index);
    }
  };
  /** @returns the moments at which it cut what was on its way */
  const outage = async (controls: object, back: object): Promise<number[]> => {
    const begun = Date.now();
    await cluster.control(controls);
    await pause(4_000);
    await cluster.control(back);
    return Array.from({ length: 10 }, (_, index) => begun + index * 500);
  };

  it(
    'sends to everybody once, or says why nobody knows',
    async () => {
      const campaign = await launched();
      await flowing();
      await kills(KILLS / 2);
      // Where the helper is away it is proven that nothing was sent: that explains no open outcome.
      await outage({ helper: 'away' }, { helper: 'ok' });
      await flowing();
      const killing = kills(KILLS / 2);
      await pause(1_000);
      cuts.push(...(await outage({ proxy: { page: 'bad-gateway-502' } }, { proxy: null })));
      await killing;
      const open = ['scheduled', 'queued', 'pending', 'sending'];
      const all = await eventually(async () => {
        const now = await messages(campaign).catch(() => []);
        return now.length === LEADS && now.every(({ status }) => !open.includes(status)) && now;
      }, WITHIN_MS);

      const book = (await cluster.ledger()).filter(({ outcome }) => outcome === 'sent');
      const inBook = new Map<string, LedgerSend>(book.map((entry) => [entry.address, entry]));
      const sent = all.filter(({ status }) => status === 'sent' || status === 'delivered');
      const unknown = all.filter(({ code }) => code === 'OUTCOME_UNKNOWN');
      const figures = { leads: LEADS, kills: KILLS, outages: 2, book: book.length, sent: sent.length, unknown: unknown.length };
      process.stderr.write(`${JSON.stringify(figures)}\n`);
      expect(sent.length + unknown.length).toBe(LEADS);
      // Nobody twice.
      expect(inBook.size).toBe(book.length);
      // Whoever is said to have it has it, and whoever has it is said to.
      const isBound = ({ recipientPhone, externalMessageId }: Shown) => inBook.get(recipientPhone)?.guid === externalMessageId;
      expect(sent.filter((message) => !isBound(message))).toEqual([]);
      expect(unknown.filter(({ recipientPhone }) => inBook.has(recipientPhone))).toEqual([]);
      // What is open was on its way when something was cut: a worker, or the way to the bridge.
      const isExplained = ({ attempts }: Shown) => {
        const startedAt = new Date(attempts.at(-1)!.startedAt).getTime();
        return cuts.some((cut) => cut >= startedAt - 200 && cut - startedAt < 5_000);
      };
      expect(unknown.filter((message) => !isExplained(message))).toEqual([]);
    },
    WITHIN_MS + 240_000,
  );
});
