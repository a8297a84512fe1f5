import { type Db, type Document, MongoClient, ObjectId } from 'mongodb';
import request from 'supertest';
import { accountsOfLines } from '../../migrations/0012-accounts-of-lines';
import { LinesService } from '../../src/lines';
import { migrate } from '../../src/migrate';
import { workspaceId } from '../../src/platform/ids';
import { KeyRing } from '../../src/platform/secrets';
import { eventually } from '../support/eventually';
import { loadRecorded, recorded, recordedDump, recordedEncryptionKey } from '../support/recorded';
import { startTestApp, type TestApp } from '../support/test-app';

const WORKSPACE = 'org_local';
const BRIDGE = 'https://mac.example.com';
const quiet = { say: () => undefined };

/** What version 0.1.0 wrote, and lines as the versions after it have made them. */
describe('the accounts of lines that the version before has made', () => {
  const client = new MongoClient(process.env.MONGODB_URI!);
  const { key, answers } = recorded();
  const keys = new KeyRing(recordedEncryptionKey());
  const sealed = (password: string) => keys.seal(password, 'v1');
  let db: Db;
  let uri: string;
  let before: Document[];
  let test: TestApp;

  const model = (recordedDump().lines!.documents as Document[])[0]!;
  const line = (more: Document): Document => ({
    ...model,
    _id: new ObjectId(),
    secretFingerprint: new ObjectId().toHexString(),
    deviceId: 'mac',
    bridgeUrl: BRIDGE,
    ...more,
  });
  const MADE = {
    oldest: line({ bridgePassword: sealed('changed since'), health: { ...model.health, status: 'unhealthy' } }),
    well: line({ bridgePassword: sealed('right') }),
    also: line({ bridgePassword: sealed('right') }),
    elsewhere: line({ bridgePassword: sealed('other'), deviceId: 'other-mac' }),
    theirs: line({ bridgePassword: sealed('theirs'), workspaceId: 'org_other' }),
    withoutPassword: line({ bridgePassword: null, deviceId: 'third-mac' }),
    withoutAdapter: line({ channel: 'sms', bridgeUrl: null, bridgePassword: null, deviceId: 'sms' }),
  };
  const stored = () => db.collection('lines').find().sort({ _id: 1 }).toArray();
  const accounts = () => db.collection('accounts').find().sort({ _id: 1 }).toArray();
  const accountOf = async ({ _id }: Document) =>
    (await db.collection('lines').findOne({ _id: _id as ObjectId }))!.accountId as ObjectId;
  const get = (path: string) => request(test.url).get(`/api${path}`).auth(key, { type: 'bearer' });
  const opened = async ({ _id }: Document) => {
    const lines = test.app.get(LinesService);
    return lines.channelLine(await lines.get(workspaceId(WORKSPACE), String(_id)));
  };

  beforeAll(async () => {
    const place = new URL(process.env.MONGODB_URI!);
    place.pathname = `/m${new ObjectId().toHexString()}`;
    [uri, db] = [place.toString(), client.db(place.pathname.slice(1))];
    await loadRecorded(db, recordedDump());
    await db.collection('lines').insertMany(Object.values(MADE));
    before = await stored();
    await migrate(uri, 'run', quiet);
    test = await startTestApp({ APP_ROLE: 'api', MONGODB_URI: uri, ENCRYPTION_KEY: recordedEncryptionKey() });
  });
  afterAll(async () => {
    await test.close();
    await db.dropDatabase();
    await client.close();
  });

  it('are one for each bridge and device of a workspace, and none without a bridge', async () => {
    expect(await accounts()).toHaveLength(6);
    const shared = await accountOf(MADE.well);
    expect([await accountOf(MADE.oldest), await accountOf(MADE.also)]).toEqual([shared, shared]);
    const others = [MADE.elsewhere, MADE.theirs, MADE.withoutPassword, ...recordedDump().lines!.documents];
    const ids = await Promise.all(others.map(accountOf));
    expect(new Set([shared, ...ids].map(String)).size).toBe(6);
    expect(await accountOf(MADE.withoutAdapter)).toBeUndefined();
  });

  it('have the password of a line that works, sealed as it was', async () => {
    const account = await db.collection('accounts').findOne({ _id: await accountOf(MADE.oldest) });
    expect(account).toMatchObject({ bridgePassword: MADE.well.bridgePassword, secrets: null, secretNames: ['bridgePassword'] });
    const without = await db.collection('accounts').findOne({ _id: await accountOf(MADE.withoutPassword) });
    expect(without).toMatchObject({ bridgePassword: null, secretNames: [] });
  });

  it('leave lines as the version before reads them', async () => {
    const now = await stored();
    for (const [index, document] of before.entries()) {
      const { accountId: _, accountSettings: __, accountSecrets: ___, accountPace: ____, ...rest } = now[index]!;
      // The migrations before this one complete what is known of health.
      expect(rest).toEqual({ ...document, health: expect.objectContaining(document.health as object) });
    }
  });

  it('are shown, and lines answer as they did, with their inbound URLs and their own passwords', async () => {
    const { body } = await get('/accounts?limit=200').expect(200);
    expect(body.accounts).toHaveLength(5);
    expect(body.accounts[0]).toMatchObject({
      channel: 'imessage',
      provider: 'bluebubbles',
      configuredSecrets: ['bridgePassword'],
    });
    const lines = (await get('/lines?limit=200').expect(200)).body.lines as Document[];
    const paths = (all: Document[]) => all.map(({ inboundUrl }) => new URL(inboundUrl as string).pathname);
    const shown = answers.lines!.lines as Document[];
    expect(paths(lines.slice(0, 2))).toEqual(paths(shown));
    for (const path of paths(shown)) await request(test.url).post(path).send({ type: 'typing-indicator', data: {} }).expect(200);
    expect((await opened(MADE.oldest)).bridgePassword).toBe('changed since');
    const id = (await accountOf(MADE.well)).toHexString();
    expect((await opened(MADE.well)).account).toEqual({
      id,
      settings: { bridgeUrl: BRIDGE },
      secrets: { bridgePassword: 'right' },
    });
  });

  it('are found by lines that are made on the same bridge, and change for all', async () => {
    const call = (method: 'post' | 'patch', path: string, body: object) =>
      request(test.url)[method](`/api${path}`).auth(key, { type: 'bearer' }).send(body);
    const id = (await accountOf(MADE.well)).toHexString();
    const same = { phone: '+12025550155', deviceId: 'mac', bridgeUrl: BRIDGE, bridgePassword: 'right' };
    expect((await call('post', '/lines', same).expect(201)).body.accountId).toBe(id);
    await call('patch', `/accounts/${id}`, { secrets: { bridgePassword: 'new' } }).expect(200);
    for (const each of [MADE.oldest, MADE.well, MADE.also]) expect((await opened(each)).bridgePassword).toBe('new');
    expect(await db.collection('accounts').findOne({ _id: new ObjectId(id) })).toMatchObject({ bridgePassword: null });
  });

  it('are found again when it runs again, also by two processes at once', async () => {
    const ids = (await accounts()).map(({ _id }) => _id);
    const late = line({ bridgePassword: sealed('right') });
    await db.collection('lines').insertOne(late);
    await db.collection('lines').updateOne({ _id: MADE.elsewhere._id as ObjectId }, { $unset: { accountId: '' } });
    await db.collection<{ _id: string }>('migrations').deleteOne({ _id: accountsOfLines.id });
    const said: string[] = [];
    await migrate(uri, 'dry-run', { say: (one) => void said.push(one) });
    expect(said.join('\n')).toContain('2 lines get accounts, one for each bridge and device.');
    await Promise.all([migrate(uri, 'run', quiet), migrate(uri, 'run', quiet)]);
    expect((await accounts()).map(({ _id }) => _id)).toEqual(ids);
    expect(await accountOf(late)).toEqual(await accountOf(MADE.well));
    await eventually(async () => (await get(`/lines/${String(late._id)}`)).body.accountId !== null);
  });
});
