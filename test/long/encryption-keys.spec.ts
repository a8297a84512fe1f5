import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Line, LinesService } from '../../src/lines';
import { migrate } from '../../src/migrate';
import { readConfig } from '../../src/platform/config';
import { KeyRing, NotResealed, WrongEncryptionKey } from '../../src/platform/secrets';
import { resealAll } from '../../src/reseal';
import { SEALED_FIELDS } from '../../src/sealed-fields';
import { BRIDGE_PASSWORDS, startTestApp, type Tenant, type TestApp } from '../support/test-app';

const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);
const OTHER = 'c'.repeat(64);
const LINES = 3;
const run = promisify(execFile);

interface StoredLine {
  inboundSecret: string;
  bridgePassword: string | null;
}

describe('the keys that secrets are sealed with', () => {
  let test: TestApp;
  let tenant: Tenant;
  let line: Line;

  beforeAll(async () => {
    test = await startTestApp({ ENCRYPTION_KEY: OLD });
    tenant = await test.tenant();
    line = await test.line(tenant);
    for (let more = 1; more < LINES; more++) await test.line(tenant, more);
    const last = (await stored()).at(-1)!;
    // As lines on other channels are.
    await test.connection.collection('lines').updateOne({ _id: last._id }, { $set: { bridgePassword: null } });
  });
  afterAll(() => test.close());

  const stored = () => test.connection.collection<StoredLine>('lines').find().sort({ _id: 1 }).toArray();
  const storedAccounts = () => test.connection.collection<{ secrets: string }>('accounts').find().sort({ _id: 1 }).toArray();
  const settings = () => test.connection.collection<{ _id: string; value: string; form: string }>('settings');
  const check = () => settings().findOne({ _id: 'encryptionKey' });
  const environment = (keys: object) => {
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/${test.place.name}`;
    return { MONGODB_URI: uri.toString(), ...keys };
  };
  const startWith = (keys: Record<string, string>) => startTestApp({ APP_ROLE: 'api', ...keys }, undefined, test);
  const passwordWith = async (keys: Record<string, string>) => {
    const beside = await startWith(keys);
    try {
      const lines = beside.app.get(LinesService);
      return lines.channelLine(await lines.get(tenant.id, line.id)).bridgePassword;
    } finally {
      await beside.close();
    }
  };
  const reseal = async (keys: object, mode: 'run' | 'dry-run' = 'run') => {
    const said: string[] = [];
    await resealAll(readConfig({ APP_ROLE: 'reseal', ...environment(keys) }), mode, (text) => said.push(text));
    return said;
  };
  /** The built product, as an operator starts it. */
  const runBuilt = (keys: object, ...args: string[]) =>
    run(process.execPath, ['dist/src/main.js', ...args], {
      env: { PATH: process.env.PATH, REDIS_URL: process.env.REDIS_URL, LOCAL_ISSUER: 'true', ...environment(keys) },
    });

  it('the first start writes down what it takes to recognise the key, and the key nowhere', async () => {
    expect(await check()).toEqual({ _id: 'encryptionKey', value: expect.stringMatching(/^[0-9a-f]{64}$/), form: 'v1' });
    expect(JSON.stringify(await settings().find().toArray())).not.toContain(OLD);
    expect((await stored()).every(({ inboundSecret }) => inboundSecret.startsWith('v1.'))).toBe(true);
  });

  it('a process with another key does not start, and says so without the key', async () => {
    await expect(startWith({ ENCRYPTION_KEY: NEW })).rejects.toThrow(WrongEncryptionKey);
    await expect(startWith({ ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_OLD: OTHER })).rejects.toThrow(WrongEncryptionKey);
    const failed = await runBuilt({ APP_ROLE: 'worker', PORT: '0', ENCRYPTION_KEY: NEW, LOG_LEVEL: 'silent' }).then(
      () => undefined,
      (error: unknown) => error as { code: number; stderr: string; stdout: string },
    );
    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^ENCRYPTION_KEY is not the key .* ENCRYPTION_KEYS_OLD/),
    });
    expect(`${failed!.stderr}${failed!.stdout}`).not.toMatch(new RegExp(`${NEW}|${OLD}|\\n\\s+at `));
  });

  it('nor on secrets of a version that wrote down nothing', async () => {
    const known = await check();
    await settings().deleteOne({ _id: 'encryptionKey' });
    await expect(startWith({ ENCRYPTION_KEY: NEW })).rejects.toThrow(WrongEncryptionKey);
    expect(await check()).toBeNull();
    expect(await passwordWith({ ENCRYPTION_KEY: OLD })).toBe('one');
    expect(await check()).toEqual(known);
  });

  it('after a rotation a process starts with the earlier key beside the new one, and reads everything', async () => {
    expect(await passwordWith({ ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_OLD: `${OTHER},${OLD}` })).toBe('one');
    expect(await passwordWith({ ENCRYPTION_KEY: OLD })).toBe('one');
  });

  it('a dry run of sealing anew counts, and changes nothing', async () => {
    const before = await stored();
    expect(await reseal({ ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_OLD: OLD }, 'dry-run')).toEqual([
      '8 secrets would be sealed anew. This was a dry run: nothing was changed.',
    ]);
    expect(await stored()).toEqual(before);
    expect(await check()).toMatchObject({ form: 'v1' });
    await expect(reseal({ ENCRYPTION_KEY: NEW })).rejects.toThrow(WrongEncryptionKey);
  });

  it('what no key opens is named, and the earlier keys stay needed', async () => {
    const known = await check();
    const removed = test.connection.collection('removedLines');
    await removed.insertOne({ inboundSecret: 'v1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.AAAA' });
    const failed = reseal({ ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_OLD: OLD });
    await expect(failed).rejects.toThrow(NotResealed);
    await expect(failed).rejects.toThrow(
      /^None of the keys opens these secrets:\n- inboundSecret of removedLines [0-9a-f]{24}\n/,
    );
    expect(await check()).toEqual(known);
    await removed.deleteMany({});
  });

  it('sealing anew makes the earlier key needless', async () => {
    const { stdout } = await runBuilt({ APP_ROLE: 'reseal', ENCRYPTION_KEY: NEW, ENCRYPTION_KEYS_OLD: OLD });
    expect(stdout).toMatch(/Every secret is sealed under ENCRYPTION_KEY\. ENCRYPTION_KEYS_OLD is needed only for .+\.\n$/);
    const lines = await stored();
    const ids = lines.flatMap(({ inboundSecret, bridgePassword }) => [inboundSecret, bridgePassword ?? []].flat());
    expect(ids).toHaveLength(5);
    const bags = (await storedAccounts()).map(({ secrets }) => secrets);
    expect(bags).toHaveLength(LINES);
    expect(new Set([...ids, ...bags].map((sealed) => sealed.split('.').slice(0, 2).join('.'))).size).toBe(1);
    const ring = new KeyRing(NEW);
    expect(bags.map((sealed) => JSON.parse(ring.open(sealed)))).toEqual(
      BRIDGE_PASSWORDS.map((bridgePassword) => ({ bridgePassword })),
    );
    expect(ids[0]).toMatch(/^v2\.[0-9a-f]{8}\./);
    expect(await passwordWith({ ENCRYPTION_KEY: NEW })).toBe('one');
    await expect(startWith({ ENCRYPTION_KEY: OLD })).rejects.toThrow(WrongEncryptionKey);
    expect(await reseal({ ENCRYPTION_KEY: NEW })).toEqual([
      'Every secret is sealed under ENCRYPTION_KEY. ENCRYPTION_KEYS_OLD is needed only for the unsubscribe links of messages that were sent before.',
    ]);
    expect(await stored()).toEqual(lines);
  });

  it('from then on what is sealed names its key, and lies where sealing anew looks', async () => {
    const beside = await startWith({ ENCRYPTION_KEY: NEW });
    await beside.app.get(LinesService).change(tenant.id, line.id, { bridgePassword: 'changed' });
    await beside.close();
    expect((await stored())[0]!.bridgePassword).toMatch(/^v2\./);
    expect(await passwordWith({ ENCRYPTION_KEY: NEW })).toBe('changed');
    const sealed = new Set<string>();
    for (const { name } of await test.connection.db!.listCollections().toArray()) {
      for (const document of await test.connection.db!.collection(name).find().toArray()) {
        for (const [field, value] of Object.entries(document))
          if (/^v[12]\.[\w-]+\./.test(String(value))) sealed.add(`${name}.${field}`);
      }
    }
    const known = SEALED_FIELDS.flatMap(({ collection, fields }) => fields.map((field) => `${collection}.${field}`));
    expect(known).toEqual(expect.arrayContaining([...sealed]));
    expect([...sealed].sort()).toEqual(['accounts.secrets', 'lines.bridgePassword', 'lines.inboundSecret']);
  });

  it('two first starts at once with different keys: one of them goes on', async () => {
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/${test.place.name}race`;
    const MONGODB_URI = uri.toString();
    await migrate(MONGODB_URI, 'run', { say: () => undefined });
    const starts = await Promise.allSettled([OLD, NEW].map((key) => startWith({ MONGODB_URI, ENCRYPTION_KEY: key })));
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const refused = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason as Error] : []));
    await started[0]?.connection.dropDatabase();
    await Promise.all(started.map((each) => each.close()));
    expect(started).toHaveLength(1);
    expect(refused).toEqual([expect.any(WrongEncryptionKey)]);
  });
});
