import { setTimeout as pause } from 'node:timers/promises';
import { type MailSimulator, startMailSimulator } from '@tuco/mail-simulator';
import { type MessageEntry, QUICK_TIMES, startTwilioSimulator, type TwilioSimulator } from '@tuco/twilio-simulator';
import Redis from 'ioredis';
import request from 'supertest';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { Cluster } from '../support/cluster';
import { eventually } from '../support/eventually';
import { type PublicDoor, publicDoor } from '../support/public-door';

const PEOPLE = Number(process.env.FAULT_PEOPLE ?? 96);
const WORKERS = 3;
const WORKSPACE = 'org_faults';
const ACCOUNT = { accountSid: `AC${'1'.repeat(32)}`, authToken: '0123456789abcdef0123456789abcdef' };
const NUMBERS = ['+12025550190', '+12025550191'];
const SENDERS = ['sam@acme.example', 'kim@acme.example'];
const NO_LIMITS = {
  dailyNewConversationsLimit: 1_000_000,
  hourlyNewConversationsLimit: 1_000_000,
  dailyTotalMessagesLimit: 1_000_000,
};
const FAST = { perSecond: 50, burst: 20, inFlight: 4 };
/** From the first step to the second: whoever answers the first has been heard by then, if they can be. */
const BETWEEN_SECONDS = 25;
const SETTLED_WITHIN_MS = 240_000;

/**
 * Where somebody is reached: on iMessage; by SMS, since they are not there; by e-mail, since their number is
 * a landline; by e-mail that comes back; by e-mail alone, since they told Twilio that they want no texts,
 * which holds for SMS (docs/consent.md).
 */
const KINDS = ['imessage', 'sms', 'email', 'bounces', 'opted-out'] as const;
type Kind = (typeof KINDS)[number];

interface Person {
  name: string;
  kind: Kind;
  phone: string | null;
  email: string | null;
  /** Answers the first step with STOP. */
  says: string | null;
}

/** The last digits of a number say what the bridge and Twilio do with it. */
const ENDS: Record<Exclude<Kind, 'imessage'>, string> = { sms: '00011', email: '21614', bounces: '21614', 'opted-out': '21610' };

const AREAS = [202, 212, 305, 312, 415, 503, 617, 646, 702, 713, 718, 773];

const people: Person[] = Array.from({ length: PEOPLE }, (_, index) => {
  const kind = KINDS[index % KINDS.length]!;
  const says = index % 3 === 0 && kind !== 'bounces' && kind !== 'opted-out' ? 'STOP' : null;
  // No number is another's, though they end alike.
  const [area, office] = [AREAS[index % AREAS.length], 20 + Math.floor(index / AREAS.length)];
  const phone = kind === 'imessage' ? null : `+1${area}${office}${ENDS[kind]}`;
  // By its last digits, only the first kind's is on iMessage.
  const local = kind === 'bounces' ? 'bounce+5.1.10' : `person.x${index}${kind === 'imessage' ? 'y' : '.11'}`;
  const email = kind === 'sms' ? null : `${local}@lake${index}.example`;
  return { name: `N${index}`, kind, phone, email, says };
});

/**
 * One campaign over three channels, each falling back to the next, while workers are killed, stores go away
 * and every provider makes trouble of its own. Who got what stands in the books of the three simulators.
 */
describe('a campaign over three channels while everything breaks', () => {
  let cluster: Cluster;
  let mail: MailSimulator;
  let twilio: TwilioSimulator;
  let door: PublicDoor;
  let call: (method: 'get' | 'post', path: string, body?: object) => request.Test;

  beforeAll(async () => {
    door = await publicDoor();
    mail = await startMailSimulator({ accounts: [{ user: 'sales', password: 'pw', addresses: SENDERS }] });
    twilio = await startTwilioSimulator({ times: QUICK_TIMES, accounts: [{ ...ACCOUNT, numbers: NUMBERS }] });
    cluster = new Cluster({
      PUBLIC_URL: door.url,
      DEVICE_GAP_SECONDS: '0',
      CONTACT_GAP_SECONDS: '0',
      SEND_EDGE_SECONDS: '0',
      PROVIDER_TIMEOUT_SECONDS: '4',
      OUTCOME_GIVE_UP_SECONDS: '20',
      CLAIM_LEASE_SECONDS: '5',
      TICK_MS: '200',
    });
    await cluster.start(WORKERS);
    door.leadTo(cluster.apiUrl);
    const token = localSessionToken(cluster.dataDirectory, WORKSPACE, new Date());
    call = (method, path, body) => {
      const test = request(cluster.apiUrl)[method](`/api${path}`).set('authorization', `Bearer ${token}`);
      return body ? test.send(body) : test;
    };
    await lines();
  }, 120_000);
  afterAll(async () => {
    await cluster?.close();
    await mail?.stop();
    await twilio?.stop();
    await door?.close();
  });

  async function lines(): Promise<void> {
    for (let index = 0; index < 3; index += 1) {
      const bridge = { bridgeUrl: cluster.bridgeUrl, bridgePassword: 'one', deviceId: `mac-${index}` };
      await call('post', '/lines', { phone: `+1202555018${index}`, ...bridge, ...NO_LIMITS }).expect(201);
    }
    const settings = { accountSid: ACCOUNT.accountSid, apiUrl: twilio.url };
    const sms = { channel: 'sms', settings, secrets: { authToken: ACCOUNT.authToken } };
    const { _id: smsId, inboundUrl } = (await call('post', '/accounts', sms).expect(201)).body;
    twilio.callAt(ACCOUNT.accountSid, inboundUrl);
    for (const phone of NUMBERS)
      await call('post', '/lines', { channel: 'sms', phone, pace: FAST, accountId: smsId }).expect(201);
    const { host, smtpPort, imapPort } = mail;
    const servers = { smtpHost: host, smtpPort, smtpSecurity: 'none', imapHost: host, imapPort, imapSecurity: 'none' };
    const email = { channel: 'email', settings: { ...servers, smtpUser: 'sales' }, secrets: { smtpPassword: 'pw' } };
    const { _id: emailId } = (await call('post', '/accounts', email).expect(201)).body;
    for (const sender of SENDERS)
      await call('post', '/lines', { channel: 'email', email: sender, pace: FAST, accountId: emailId }).expect(201);
  }

  /** What went out so far, by the books of the three: which step, to whom. */
  async function books(): Promise<{ channel: string; person: Person; step: string }[]> {
    const said = (text: string) => /(One|Two) for (N\d+)\./.exec(text);
    const went = (channel: string, texts: readonly string[]) =>
      texts.flatMap((text) => {
        const [, step, name] = said(text) ?? [];
        return step ? [{ channel, step, person: people.find((one) => one.name === name)! }] : [];
      });
    const bridge = (await cluster.ledger()).filter(({ outcome }) => outcome === 'sent');
    return [
      ...went(
        'imessage',
        bridge.map(({ text }) => text),
      ),
      ...went(
        'sms',
        twilio.ledger({ kind: 'message' }).map((entry) => (entry as MessageEntry).body),
      ),
      ...went(
        'email',
        mail.ledger().map(({ text }) => text),
      ),
    ];
  }

  /** Whoever says STOP does so as soon as the first step has reached them, where they were reached. */
  async function answerUntil(over: AbortSignal): Promise<Set<string>> {
    const answered = new Set<string>();
    while (!over.aborted) {
      for (const { channel, person } of await books()) {
        if (!person.says || answered.has(person.name)) continue;
        answered.add(person.name);
        if (channel === 'imessage') await bridgeReply(cluster, person.email!, person.says);
        if (channel === 'sms') void twilio.inbound({ from: person.phone!, to: senderOf(person), body: person.says });
        if (channel === 'email') await mail.order({ from: person.email!, kind: 'reply', text: person.says });
      }
      await pause(500);
    }
    return answered;
  }

  const senderOf = ({ phone }: Person) => (twilio.ledger({ kind: 'message', to: phone! })[0] as MessageEntry).from!;

  it(
    'sends every step once, by the channel that reaches the person, and nothing to those who have said STOP',
    async () => {
      const listId = (await call('post', '/lists', { name: 'Three channels' })).body._id;
      const leads = people.map(({ name, phone, email }) => ({ firstName: name, phone, email }));
      const { body: saved } = await call('post', '/leads', { leads, listId }).expect(201);
      expect(saved.savedCount).toBe(PEOPLE);
      const steps = ['One', 'Two'].map((word, index) => ({
        template: `${word} for {firstName}.`,
        subject: `${word} for you`,
        wait: { amount: index * BETWEEN_SECONDS, unit: 'seconds' },
      }));
      const settings = { contactGapSeconds: 0, fallbackChannels: ['sms', 'email'] };
      const campaign = (await call('post', '/campaigns', { name: 'Three', listId, steps, settings }).expect(201)).body;
      await call('post', `/campaigns/${campaign._id}/launch`).expect(200);

      const over = new AbortController();
      const answering = answerUntil(over.signal);
      await trouble();
      const open = async () => {
        await pause(2_000);
        const { body } = await call('get', `/campaigns/${campaign._id}/report`);
        return body.finished === true && body.total.scheduled + body.total.queued === body.heldUnknown ? body : null;
      };
      const report = await eventually(() => open().catch(() => null), SETTLED_WITHIN_MS);
      over.abort();
      const answered = await answering;
      const went = await books();
      const byPerson = (step: string) => went.filter((one) => one.step === step).map(({ person }) => person.name);
      process.stderr.write(
        `${JSON.stringify({ people: PEOPLE, went: counted(went), answered: answered.size, total: report.total })}\n`,
      );

      for (const step of ['One', 'Two']) {
        const names = byPerson(step);
        expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
      }
      // By the channel that reaches them, and by no other.
      const reachedBy: Record<Kind, string> = {
        imessage: 'imessage',
        sms: 'sms',
        email: 'email',
        bounces: 'email',
        'opted-out': 'email',
      };
      expect(went.filter(({ channel, person }) => channel !== reachedBy[person.kind])).toEqual([]);
      // Of some nobody can tell what became of them: their sequence waits for somebody to say.
      const { body: page } = await call('get', `/messages?campaignId=${campaign._id}&code=OUTCOME_UNKNOWN&limit=200`);
      const unknown = new Set((page.messages as { leadId: string }[]).map(({ leadId }) => leadId));
      const known = people.filter((_, index) => !unknown.has(saved.leadIds[index]));
      expect(known.length).toBeGreaterThan(PEOPLE / 2);
      const first = new Set(byPerson('One'));
      expect(known.filter(({ kind, name }) => kind !== 'opted-out' && !first.has(name))).toEqual([]);
      // STOP by every road, an opt-out that Twilio knew of, and an address that does not exist.
      expect(answered.size).toBeGreaterThan(PEOPLE / 10);
      expect(byPerson('Two').filter((name) => answered.has(name))).toEqual([]);
      expect(went.filter(({ step, person }) => step === 'Two' && person.kind === 'bounces')).toEqual([]);
      const { body: listed } = await call('get', '/suppressions?limit=200').expect(200);
      const addresses = new Set((listed.suppressions as { address: string }[]).map(({ address }) => address));
      const saidNo = known.filter(({ kind, name }) => answered.has(name) || kind === 'opted-out');
      const unlisted = saidNo.filter(({ phone, email }) => ![phone, email].some((one) => addresses.has(one!)));
      expect(unlisted).toEqual([]);
    },
    SETTLED_WITHIN_MS + 200_000,
  );

  /** Each provider's troubles and the stores', while workers are killed. */
  async function trouble(): Promise<void> {
    const until = new AbortController();
    const killing = killWorkers(cluster, until.signal);
    await cluster.control({ hangAfterSendRate: 0.05 });
    twilio.fail([
      { name: 'too-many-requests', times: 4, retryAfter: 1 },
      { name: 'server-error', times: 2 },
      { name: 'cut', taken: true, times: 2 },
      { name: 'garbage', taken: true, times: 1 },
    ]);
    mail.fail([
      { name: 'reply', stage: 'recipient', reply: '451 4.7.1 Greylisted, try again later', times: 3 },
      { name: 'rst', stage: 'message', taken: true, after: 2, times: 1 },
      { name: 'reply', stage: 'sender', reply: '421 4.7.0 Try again later', after: 6, times: 2 },
    ]);
    twilio.control({ callbacks: 'twice' });
    await pause(4_000);
    await flush(cluster);
    await cluster.killMongo();
    await pause(1_500);
    await cluster.startMongo();
    twilio.control({ callbacks: 'reversed' });
    await pause(4_000);
    await cluster.killRedis();
    await pause(2_000);
    await cluster.startRedis();
    await pause(3_000);
    twilio.control({ callbacks: 'in-order' });
    until.abort();
    await killing;
  }
});

async function killWorkers(cluster: Cluster, until: AbortSignal): Promise<void> {
  for (let round = 0; !until.aborted; round += 1) {
    await pause(1_500);
    const index = round % WORKERS;
    await cluster.killWorker(index);
    cluster.startWorker(index);
  }
}

async function bridgeReply(cluster: Cluster, address: string, text: string): Promise<void> {
  await request(cluster.bridgeUrl).post('/reply').send({ password: 'one', address, text }).expect(200);
}

async function flush(cluster: Cluster): Promise<void> {
  const redis = new Redis(cluster.redisUrl);
  await redis.flushall();
  redis.disconnect();
}

const counted = (went: readonly { channel: string; step: string }[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(went.map(({ channel, step }) => `${channel} ${step}`))].map((key) => [
      key,
      went.filter(({ channel, step }) => `${channel} ${step}` === key).length,
    ]),
  );
