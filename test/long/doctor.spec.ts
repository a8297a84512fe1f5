import os from 'node:os';
import { startEmbeddedRedis } from '@tuco/embedded-redis';
import Redis from 'ioredis';
import { MongoClient, ObjectId } from 'mongodb';
import { examineLocales } from '../../src/commands/doctor/database';
import { examine } from '../../src/commands/doctor/examine';
import { KeyRing } from '../../src/platform/secrets';
import { Workers } from '../../src/platform/workers';
import { runScript } from '../support/commands-of-operators';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const HOUR_MS = 3_600_000;
const READS = /^(hello|ping|find|getMore|listCollections|listIndexes|aggregate|endSessions|killCursors)$/;

/** `npm run doctor` on installations that are broken in one way each, and on one that is not. */
describe('the doctor', () => {
  let test: TestApp;
  let tenant: Tenant;
  let environment: Record<string, string>;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/${test.place.name}`;
    environment = {
      NODE_ENV: 'test',
      MONGODB_URI: uri.toString(),
      REDIS_URL: process.env.REDIS_URL!,
      REDIS_PREFIX: test.place.name,
      ENCRYPTION_KEY: '0'.repeat(64),
      LOCAL_ISSUER: 'true',
      STORE_TIMEOUT_MS: '2000',
    };
    await test.line(tenant);
    await tenant.post('/webhooks', { url: 'http://127.0.0.1:9/hook', name: 'X', events: ['message.sent'] }).expect(201);
    await eventually(async () => (await test.app.get(Workers).seen()).length > 0);
  });
  afterAll(() => test.close());

  const look = (settings: Record<string, string> = {}, now = Date.now) =>
    examine({ environment: { ...environment, ...settings }, now });
  const problems = async (settings?: Record<string, string>, now?: () => number) =>
    (await look(settings, now)).map(({ problem }) => problem);
  const collection = (name: string) => test.connection.collection(name);
  /** Changes one document, and changes it back when the look is over. */
  async function changed(name: string, change: object): Promise<string[]> {
    const document = (await collection(name).findOne({ workspaceId: tenant.id }))!;
    await collection(name).updateOne({ _id: document._id }, { $set: change });
    try {
      const found = await problems();
      expect(found.join()).toContain(String(document._id));
      return found;
    } finally {
      await collection(name).replaceOne({ _id: document._id }, document);
    }
  }

  it('finds nothing where nothing is wrong, prints nothing, and ends with 0', async () => {
    expect(await runScript('doctor', [], environment)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('prints each finding with its cure, and ends with 1', async () => {
    const { code, stdout, stderr } = await runScript('doctor', [], {
      ...environment,
      TICK_MS: 'often',
      REDIS_PREFIX: 'elsewhere',
    });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(
      /^- TICK_MS must be [^\n]+\n {2}Change the setting[^\n]+\n- No worker is alive[^\n]+\n {2}Start a [^\n]+\n$/,
    );
  });

  it('says what the DNS records of mail domains lack, each once', async () => {
    const lines = ['sam@acme.dev', 'kim@acme.dev', 'ann@fine.dev', 'off@inactive.dev'].map((email) => ({
      ...{ _id: new ObjectId(), workspaceId: tenant.id, channel: 'email', email, isActive: email !== 'off@inactive.dev' },
      secretFingerprint: `fingerprint of ${email}`,
    }));
    const settings = { dkimDomain: 'acme.dev', dkimSelector: 's1' };
    const account = { _id: new ObjectId(), workspaceId: tenant.id, channel: 'email', settings };
    const records: Record<string, string[]> = {
      ...{ 'fine.dev': ['v=spf1 -all'], '_dmarc.fine.dev': ['v=DMARC1; p=none'], 's1._domainkey.acme.dev': [] },
      '_dmarc.acme.dev': ['v=DMARC1; p=none'],
    };
    const lookUp = (name: string) => Promise.resolve(records[name] ?? []);
    try {
      await collection('accounts').insertOne(account);
      await collection('lines').insertMany(lines.map((line) => ({ ...line, accountId: account._id })));
      expect(await examine({ environment, now: Date.now, lookUp })).toEqual([
        {
          problem: 'DNS of mail domains: acme.dev has no SPF record',
          cure: 'Set a TXT record at acme.dev: "v=spf1 include:YOUR-RELAY -all", with all that send mails for it',
        },
        {
          problem: 'DNS of mail domains: There is no DKIM key at s1._domainkey.acme.dev',
          cure: 'Set a TXT record at s1._domainkey.acme.dev: the public key of the account',
        },
      ]);
    } finally {
      await collection('accounts').deleteOne({ _id: account._id });
      await collection('lines').deleteMany({ _id: { $in: lines.map(({ _id }) => _id) } });
    }
  });

  it('only reads', async () => {
    const mongo = new MongoClient(environment.MONGODB_URI!, { monitorCommands: true, runtimeAdapters: { os } });
    const asked = new Set<string>();
    mongo.on('commandStarted', ({ commandName }) => void asked.add(commandName));
    const before = await new Redis(environment.REDIS_URL!).keys(`{${test.place.name}}:worker*`);
    expect(await examine({ environment, now: Date.now, mongo })).toEqual([]);
    await mongo.close();
    expect([...asked].filter((name) => !READS.test(name))).toEqual([]);
    expect(asked.has('find')).toBe(true);
    expect((await new Redis(environment.REDIS_URL!).keys(`{${test.place.name}}:worker*`)).sort()).toEqual(before.sort());
  });

  it.each([
    [{ ENCRYPTION_KEY: 'short' }, /^ENCRYPTION_KEY must be 32 bytes/],
    [{ LOCAL_ISSUER: 'false' }, /^CLERK_ISSUER/],
    [{ NODE_ENV: 'production' }, /^LOCAL_ISSUER must not be on in production/],
    [{ PORT: '9464', METRICS_PORT: '9464' }, /^METRICS_PORT and PORT are both 9464$/],
    [{ OPERATOR_PASSWORD: 'o'.repeat(24) }, /^OPERATOR_PASSWORD is set, and METRICS_PORT is not/],
    [{ MONGODB_URI: 'here' }, /^MONGODB_URI must be a MongoDB URI/],
  ])('settings that cannot work: %j', async (settings, words) => {
    const found = await problems(settings as unknown as Record<string, string>);
    expect(found).toContainEqual(expect.stringMatching(words));
  });

  it('stores that do not answer, without naming who signs in there', async () => {
    const port = await freePort();
    const found = await look({
      MONGODB_URI: `mongodb://root:geheim@127.0.0.1:${port}/tuco`,
      REDIS_URL: `redis://:geheim@127.0.0.1:${port}`,
    });
    expect(found.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^MongoDB could not be examined/),
      expect.stringMatching(/^Redis could not be examined \(ECONNREFUSED\)/),
    ]);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });

  it('a migration and an index that are missing', async () => {
    const migration = (await collection('migrations').findOne({}))!;
    await collection('migrations').deleteOne({ _id: migration._id });
    await collection('leads').dropIndex('workspaceId_1__id_1');
    const found = await problems();
    await collection('leads').createIndex({ workspaceId: 1, _id: 1 });
    await collection('migrations').insertOne(migration);
    expect(found).toEqual([`The database lacks the migration ${String(migration._id)}, the index workspaceId_1__id_1 of leads`]);
    expect(await problems()).toEqual([]);
  });

  it('a clock that is off', async () => {
    const ahead = () => Date.now() + 5_000;
    expect(await problems({}, ahead)).toEqual([
      expect.stringMatching(/^This machine's clock is off from MongoDB's by [45]\.\d seconds/),
    ]);
    expect(await problems({ CLOCK_TOLERANCE_MS: '0' }, ahead)).toEqual([]);
    expect(await problems({ CLOCK_TOLERANCE_MS: '6000' }, ahead)).toEqual([]);
  });

  it('zone data of years ago, and a Node without ICU', () => {
    const now = () => Date.parse('2026-11-30T00:00:00Z');
    expect(examineLocales(now, '2025a')).toEqual([]);
    expect(examineLocales(now, '2024b')).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('release 2024b') }),
    ]);
    const segmenter = Object.getOwnPropertyDescriptor(Intl, 'Segmenter')!;
    Object.defineProperty(Intl, 'Segmenter', { ...segmenter, value: undefined });
    try {
      expect(examineLocales(now, '2026f')).toEqual([
        expect.objectContaining({ problem: expect.stringContaining('no ICU data') }),
      ]);
    } finally {
      Object.defineProperty(Intl, 'Segmenter', segmenter);
    }
  });

  it('another key, and single values that no key opens', async () => {
    const other = 'a'.repeat(64);
    expect(await problems({ ENCRYPTION_KEY: other })).toEqual([expect.stringMatching(/^ENCRYPTION_KEY is not the key/)]);
    expect(await problems({ ENCRYPTION_KEY: other, ENCRYPTION_KEYS_OLD: '0'.repeat(64) })).toEqual([]);
    const sealed = new KeyRing('b'.repeat(64)).seal('geheim', 'v2');
    const found = await changed('lines', { bridgePassword: sealed });
    expect(found).toEqual([
      expect.stringMatching(/^None of the keys opens 1 value of bridgePassword of lines \(sealed under the key [0-9a-f]{8}\): /),
    ]);
  });

  it('lines that are unhealthy for long, or have no password', async () => {
    const unhealthy = (ms: number) => ({
      'health.status': 'unhealthy',
      'health.unhealthySince': new Date(Date.now() - ms),
      'health.tryAgainAt': new Date(Date.now() + HOUR_MS),
    });
    expect(await changed('lines', unhealthy(2 * HOUR_MS))).toEqual([
      expect.stringMatching(/unhealthy for more than an hour: 1: /),
    ]);
    await expect(changed('lines', unhealthy(HOUR_MS / 2))).rejects.toThrow('toContain');
    expect(await changed('lines', { bridgePassword: null })).toEqual([
      expect.stringMatching(/^Active lines without the password/),
    ]);
  });

  it('webhooks that are off because of their answers, or fail for long', async () => {
    const gone = { isActive: false, disabledReason: 'gone' };
    expect(await changed('webhooks', gone)).toEqual([expect.stringMatching(/^Webhooks that were switched off .* gone$/)]);
    await expect(changed('webhooks', { ...gone, disabledReason: 'by_user' })).rejects.toThrow('toContain');
    const failing = { failingSince: new Date(Date.now() - 2 * HOUR_MS) };
    expect(await changed('webhooks', failing)).toEqual([
      expect.stringMatching(/^Webhooks that have failed for more than an hour/),
    ]);
  });

  it('names some of many', async () => {
    const made = Array.from({ length: 7 }, () => ({
      _id: new ObjectId(),
      workspaceId: 'w',
      isActive: false,
      disabledReason: 'failing',
    }));
    await collection('webhooks').insertMany(made);
    const [found] = await problems();
    await collection('webhooks').deleteMany({ _id: { $in: made.map(({ _id }) => _id) } });
    expect(found).toMatch(/answers: 7: .* and 2 more$/);
  });

  it('a Redis that throws keys away', async () => {
    const own = await startEmbeddedRedis();
    const redis = new Redis(own.uri);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await redis.set(`{${test.place.name}}:worker:1`, JSON.stringify({ version: '1', role: 'worker', host: 'h' }), 'PX', 20_000);
    await redis.sadd(`{${test.place.name}}:workers`, '1');
    const found = await problems({ REDIS_URL: own.uri });
    redis.disconnect();
    await own.stop();
    expect(found).toEqual([expect.stringMatching(/^Redis throws keys away .*maxmemory-policy is allkeys-lru/)]);
  });
});
