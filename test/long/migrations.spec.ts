import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { type Db, type Document, MongoClient, ObjectId } from 'mongodb';
import request from 'supertest';
import { MIGRATIONS } from '../../migrations';
import { DEFAULT_SETTINGS } from '../../src/auth/domain/workspace';
import { migrate } from '../../src/migrate';
import { readConfig } from '../../src/platform/config';
import { DatabaseNotMigrated, type Migration, MigrationLockLost, Migrator } from '../../src/platform/migrations';
import { declaredBy, IndexNotBuildable } from '../../src/platform/mongo';
import { SCHEMAS } from '../../src/schemas';
import { createApp } from '../../src/server';
import { loadRecorded, recorded, recordedDump, recordedEncryptionKey, recordedPeople } from '../support/recorded';
import { startTestApp, type TestApp } from '../support/test-app';

/** What answers lacked, since the documents did. */
const FILLED_IN: Record<string, object> = { workspace: { ...DEFAULT_SETTINGS } };
const quiet = { say: () => undefined };
const DECLARED = declaredBy(SCHEMAS);

describe('migrations', () => {
  const client = new MongoClient(process.env.MONGODB_URI!);
  const made: Db[] = [];

  /** A database of its own, empty. */
  const database = (): { db: Db; uri: string } => {
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/m${randomBytes(6).toString('hex')}`;
    const db = client.db(uri.pathname.slice(1));
    made.push(db);
    return { db, uri: uri.toString() };
  };
  const recordedDatabase = async () => {
    const [place, dump] = [database(), recordedDump()];
    await loadRecorded(place.db, dump);
    return { ...place, dump };
  };
  afterAll(async () => {
    for (const db of made) await db.dropDatabase();
    await client.close();
  });

  describe('of what version 0.1.0 wrote', () => {
    let place: Awaited<ReturnType<typeof recordedDatabase>>;
    let test: TestApp;
    const { key, ids, answers } = recorded();
    const get = (path: string) => request(test.url).get(`/api${path}`).auth(key, { type: 'bearer' });

    beforeAll(async () => {
      place = await recordedDatabase();
      await migrate(place.uri, 'run', quiet);
      test = await startTestApp({ APP_ROLE: 'api', MONGODB_URI: place.uri, ENCRYPTION_KEY: recordedEncryptionKey() });
    });
    afterAll(() => test.close());

    it('loses no document, and changes none in what it said', async () => {
      const former = ['recipientClaims', 'lineContacts'];
      const dump = place.dump;
      for (const [name, { documents }] of Object.entries(dump)) {
        const now = await place.db.collection(name).find().toArray();
        const more = name === 'recipients' ? former.flatMap((one) => dump[one]!.documents) : [];
        const wanted = [...documents, ...more];
        expect([name, now.length]).toEqual([name, wanted.length]);
        const byId = new Map(now.map((document) => [String(document._id), document]));
        for (const document of wanted) expect(byId.get(String(document._id))).toMatchObject(said(document));
      }
    });

    it.each([
      ['leads', '/leads?limit=200'],
      ['lists', '/lists'],
      ['campaigns', '/campaigns'],
      ['messages', '/messages?limit=200'],
      ['replies', '/replies'],
      ['import', `/leads/imports/${ids.importId}`],
      ['job', `/leads/check-availability/jobs/${ids.jobId}`],
      ['enrollments', `/campaigns/${ids.campaigns[0]}/leads?limit=200`],
      ['workspace', '/workspace'],
    ])('the API answers as it did about %s', async (name, path) => {
      const { body } = await get(path).expect(200);
      // Answers have gained fields since; what they said they still say.
      expect(lasting(body)).toMatchObject({ ...(decided(lasting(answers[name]!)) as object), ...FILLED_IN[name] });
    });

    it('the API answers as it did about lines, and can read their passwords', async () => {
      const { body } = await get('/lines').expect(200);
      const names = ({ lines }: Document) => lines.map(({ _id, phone, deviceId }: Document) => ({ _id, phone, deviceId }));
      expect(names(body)).toEqual(names(answers.lines!));
      const answer = await get(`/lines/check-availability?id=${body.lines[0]._id}`);
      expect(JSON.stringify(answer.body)).not.toMatch(/decrypt|authenticate/i);
    });

    it('replays the call with an idempotency key that was answered before', async () => {
      const { status, body, headers } = await request(test.url)
        .post('/api/leads')
        .auth(key, { type: 'bearer' })
        .set('idempotency-key', 'recorded-leads')
        .send({ leads: recordedPeople(), listId: ids.list });
      expect([status, body.savedCount, headers['idempotency-replayed']]).toEqual([201, 35, 'true']);
    });

    it('completes what lacked fields, and finds all leads by their names', async () => {
      const { db } = place;
      const lacking = await db.collection('messages').countDocuments({
        $or: ['attachments', 'part', 'recipients', 'recipientName', 'window', 'batchId'].map((field) => ({
          [field]: { $exists: false },
        })),
      });
      const attempts = await db
        .collection('messages')
        .countDocuments({ attempts: { $elemMatch: { attachment: { $exists: false } } } });
      const leads = await db.collection('leads').countDocuments({
        $or: ['importId', 'availabilityReason', 'search'].map((field) => ({ [field]: { $exists: false } })),
      });
      expect([lacking, attempts, leads]).toEqual([0, 0, 0]);
      const { body } = await get('/leads?search=recorded&limit=200').expect(200);
      expect(body.leads).toHaveLength(30);
      expect(answers.search!.pagination.totalCount).toBe(28);
    });

    it('drops the indexes that nobody uses, and has all that are declared', async () => {
      const names = async (collection: string) =>
        (await place.db.collection(collection).listIndexes().toArray()).map(({ name }) => String(name));
      expect(await names('leads')).not.toContain('workspaceId_1_search_1');
      expect(await names('leads')).toContain('workspaceId_1_search_1__id_1');
      expect(await names('availabilityTargets')).not.toContain('workspaceId_1_batch_1_lastId_1');
      for (const { collection, name } of DECLARED.indexes) expect(await names(collection)).toContain(name);
    });

    it('has nothing to do the second time', async () => {
      const lines: string[] = [];
      await migrate(place.uri, 'dry-run', { say: (line) => lines.push(line) });
      expect(lines).toEqual(['The database is up to date.']);
    });
  });

  it('a dry run says what would be done, and changes nothing', async () => {
    const { db, uri } = await recordedDatabase();
    const before = await snapshot(db);
    const lines: string[] = [];
    await migrate(uri, 'dry-run', { say: (line) => lines.push(line) });
    expect(await snapshot(db)).toEqual(before);
    const text = lines.join('\n');
    for (const { id } of MIGRATIONS) expect(text).toContain(`${id} would run`);
    expect(text).toContain('The index workspaceId_1_search_1 of leads is dropped');
    expect(text).toMatch(/81 of messages get attachments, part/);
    expect(text).toContain('2 of leads become searchable');
    expect(lines.at(-1)).toBe('This was a dry run: nothing was changed.');
  });

  describe('run by two processes at once', () => {
    it('do each step once', async () => {
      const { db, uri } = database();
      const migrations = ['0001-a', '0002-b', '0003-c'].map((id): Migration => ({
        id,
        plan: async () => ['There is something to do.'],
        run: async () => {
          await db.collection('trace').insertOne({ id });
          await new Promise((done) => setTimeout(done, 30));
        },
      }));
      const said: string[] = [];
      const options = { migrations, declared: { collections: [], indexes: [] }, say: (line: string) => void said.push(line) };
      const migrators = await Promise.all([1, 2, 3].map(() => Migrator.connect(uri, options)));
      await Promise.all(migrators.map((migrator) => migrator.migrate()));
      await Promise.all(migrators.map((migrator) => migrator.close()));
      expect((await db.collection('trace').find().toArray()).map(({ id }) => id)).toEqual(['0001-a', '0002-b', '0003-c']);
      expect(said.filter((line) => line.includes('waiting until it is done'))).toHaveLength(2);
    });

    it('both end well on recorded data', async () => {
      const { db, uri } = await recordedDatabase();
      await Promise.all([migrate(uri, 'run', quiet), migrate(uri, 'run', quiet)]);
      const ran = await db.collection<{ _id: string }>('migrations').find().toArray();
      expect(ran.map(({ _id }) => _id).sort()).toEqual(MIGRATIONS.map(({ id }) => id));
    });
  });

  it('killed in the middle, another run ends what was begun', async () => {
    const { db, uri } = await recordedDatabase();
    const old = (await db.collection('messages').findOne({ attachments: { $exists: false } }))!;
    const many = Array.from({ length: 6_000 }, () => ({ ...old, _id: new ObjectId(), externalMessageId: null }));
    await db.collection('messages').insertMany(many);
    const script = `
      const { Migrator } = require('./dist/src/platform/migrations');
      const { MIGRATIONS } = require('./dist/migrations');
      let batches = 0;
      const dies = (one) => ({ ...one, run: (context) => one.run({ ...context, goOn: () => {
        batches += 1;
        if (batches === 3) process.kill(process.pid, 'SIGKILL');
        context.goOn();
      } }) });
      const migrations = MIGRATIONS.map((one) => (one.id === '0002-complete-messages' ? dies(one) : one));
      const options = { migrations, declared: { collections: [], indexes: [] }, say: console.log, leaseMs: 1_000 };
      Migrator.connect(process.argv[1], options).then((migrator) => migrator.migrate());`;
    const child = spawn(process.execPath, ['-e', script, uri], { stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const isComplete = { attachments: { $exists: true } };
    expect(await db.collection('messages').countDocuments(isComplete)).toBeLessThan(many.length);
    expect(await db.collection('messages').countDocuments(isComplete)).toBeGreaterThan(1_000);
    const ran = () => db.collection<{ _id: string }>('migrations').find().toArray();
    expect((await ran()).map(({ _id }) => _id)).toEqual(expect.arrayContaining(['0001-drop-indexes-nobody-uses', 'lock']));
    expect((await ran()).map(({ _id }) => _id)).not.toContain('0002-complete-messages');
    await migrate(uri, 'run', quiet);
    expect((await ran()).map(({ _id }) => _id).sort()).toEqual(MIGRATIONS.map(({ id }) => id));
    expect(await db.collection('messages').countDocuments({ attachments: { $exists: true }, batchId: { $exists: true } })).toBe(
      6_081,
    );
  });

  it('a process that was not heard of for too long stops before its next step', async () => {
    const { db, uri } = database();
    const slow: Migration = {
      id: '0001-slow',
      plan: async () => [],
      run: async ({ goOn }) => {
        await db.collection<{ _id: string }>('migrations').deleteOne({ _id: 'lock' });
        await new Promise((done) => setTimeout(done, 400));
        goOn();
        await db.collection('trace').insertOne({});
      },
    };
    const options = { migrations: [slow], declared: { collections: [], indexes: [] }, say: () => undefined, leaseMs: 300 };
    const migrator = await Migrator.connect(uri, options);
    await expect(migrator.migrate()).rejects.toThrow(MigrationLockLost);
    await migrator.close();
    expect(await db.collection('trace').countDocuments()).toBe(0);
  });

  it('a unique index that the data violates is a sentence', async () => {
    const { db, uri } = await recordedDatabase();
    await db.collection('leads').dropIndex('workspaceId_1_listIds_1_phone_1');
    const lead = (await db.collection('leads').findOne({ phone: '+12025551234' }))!;
    const twin = { ...lead, _id: new ObjectId(), externalId: null, email: null };
    await db.collection('leads').insertOne(twin);
    const failing = migrate(uri, 'run', quiet);
    await expect(failing).rejects.toThrow(IndexNotBuildable);
    await expect(failing).rejects.toThrow(
      /^The unique index workspaceId_1_listIds_1_phone_1 of leads cannot be built: several documents have .*\+12025551234/,
    );
    await expect(failing).rejects.toThrow(new RegExp(`${lead._id.toHexString()}.*${twin._id.toHexString()}`));
    await db.collection('leads').deleteOne({ _id: twin._id });
    await migrate(uri, 'run', quiet);
  });

  it('an index that is there with other options is a sentence', async () => {
    const { db, uri } = await recordedDatabase();
    await db.collection('keptAnswers').dropIndex('createdAt_1');
    await db.collection('keptAnswers').createIndex({ createdAt: 1 }, { expireAfterSeconds: 5 });
    await expect(migrate(uri, 'run', quiet)).rejects.toThrow(/^An index of keptAnswers cannot be built, since another one/);
  });

  describe('that did not run', () => {
    const start = (uri: string) => {
      const { REDIS_URL } = process.env;
      const stores = { MONGODB_URI: uri, REDIS_URL, REDIS_PREFIX: 'migrations' };
      const more = { NODE_ENV: 'test', LOG_LEVEL: 'silent', ENCRYPTION_KEY: '0'.repeat(64), LOCAL_ISSUER: 'true' };
      return createApp(readConfig({ ...stores, ...more }));
    };

    it('keep a process from starting, which names them and the command', async () => {
      const { db, uri } = database();
      await expect(start(uri)).rejects.toThrow(DatabaseNotMigrated);
      await migrate(uri, 'run', quiet);
      await db.collection<{ _id: string }>('migrations').deleteOne({ _id: '0003-complete-leads' });
      await db.collection('messages').dropIndex('workspaceId_1_address_1');
      await expect(start(uri)).rejects.toThrow(
        'The database is not ready for this version. It lacks:\n- the migration 0003-complete-leads\n' +
          '- the index workspaceId_1_address_1 of messages\nRun the migrations, then start again: APP_ROLE=migrate',
      );
    });

    it('those of a newer version do not', async () => {
      const { db, uri } = database();
      await migrate(uri, 'run', quiet);
      await db.collection<{ _id: string }>('migrations').insertOne({ _id: '9999-of-a-newer-version' });
      await db.collection('leads').createIndex({ newer: 1 });
      await (await start(uri)).close();
    });
  });

  describe('as the role of the image', () => {
    const run = async (uri: string, ...args: string[]) => {
      const script = resolve('dist', 'src', 'main.js');
      const env = { PATH: process.env.PATH, APP_ROLE: 'migrate', MONGODB_URI: uri };
      const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let [out, err] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      return { code, out, err };
    };

    it('needs MongoDB alone, tells how far it is, and ends with 0; a dry run too', async () => {
      const { db, uri } = await recordedDatabase();
      const dry = await run(uri, '--dry-run');
      expect([dry.code, dry.err]).toEqual([0, '']);
      expect(dry.out).toContain('nothing was changed');
      expect(await db.collection('migrations').countDocuments()).toBe(0);
      const { code, out, err } = await run(uri);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^The database is up to date: 14 migrations of 14 run now, .* in \d+\.\d s\.$/m);
    });

    it('ends with 1 and one sentence when it cannot go on', async () => {
      const { db, uri } = database();
      await db.collection('lines').insertMany([{ secretFingerprint: 'same' }, { secretFingerprint: 'same' }]);
      const { code, err } = await run(uri);
      expect(code).toBe(1);
      expect(err).toMatch(/^The unique index secretFingerprint_1 of lines cannot be built: .*\n$/);
    });
  });

  it('know every schema that the modules register, and each has the name of its file', async () => {
    const test = await startTestApp({ APP_ROLE: 'api' });
    const registered = declaredBy(Object.values(test.connection.models).map(({ schema }) => schema));
    await test.close();
    expect([...DECLARED.collections].sort()).toEqual([...registered.collections].sort());
    expect(DECLARED.indexes).toHaveLength(registered.indexes.length);
    expect(MIGRATIONS.map(({ id }) => id)).toEqual([...MIGRATIONS.map(({ id }) => id)].sort());
  });
});

/** What a document said; an absent field says what its migration fills in. */
const said = (document: Document): Document => {
  const { health, ...rest } = document;
  return health ? { ...rest, health: expect.objectContaining(health as object) as unknown } : rest;
};

/** Without what depends on the moment of the question. */
function lasting(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(lasting);
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([name]) => !['waitingFor', 'rowsPerSecond', 'secondsLeft'].includes(name))
      .map(([name, value]) => [name, lasting(value)]),
  );
}

/** Messages show before they are sent, too, what they say and to whom: then, they left it open. */
const LEFT_OPEN = ['message', 'recipientPhone', 'recipientEmail', 'recipientName'];

/** An earlier answer without what it left open. */
function decided(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(decided);
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([name, value]) => value !== null || !LEFT_OPEN.includes(name))
      .map(([name, value]) => [name, decided(value)]),
  );
}

async function snapshot(db: Db): Promise<Document> {
  const collections = (await db.listCollections().toArray()).map(({ name }) => name).sort();
  const all = collections.map(async (name) => [
    name,
    await db.collection(name).find().toArray(),
    await db.collection(name).listIndexes().toArray(),
  ]);
  return Promise.all(all);
}
