import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Db, type Document, ObjectId } from 'mongodb';
import { readAddressesAgain } from '../../migrations/0009-read-addresses-again';
import { CONTACT_FIELDS } from '../../src/leads/domain/lead';
import { migrate } from '../../src/migrate';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const ID = readAddressesAgain.id;
const LONG_AGO = new Date('2026-01-01');
const LATER = new Date(Date.now() + 86_400_000);
const LINE = new ObjectId();
const STEP = new ObjectId().toHexString();
const COLLECTIONS = [
  ...['leads', 'suppressions', 'liftedSuppressions', 'replies', 'messages', 'recipients', 'recipientSends'],
  ...['campaignAnswers', 'conversations', 'availabilityAnswers', 'backgroundJobs'],
];

describe('reading addresses again that the version before has written', () => {
  let test: TestApp;
  let db: Db;
  let uri: string;
  let tenant: Tenant;
  let list: ObjectId;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
    db = test.connection.db! as unknown as Db;
    const place = new URL(process.env.MONGODB_URI!);
    place.pathname = `/${test.place.name}`;
    uri = place.toString();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    for (const name of COLLECTIONS) await db.collection(name).deleteMany({});
    tenant = await test.tenant();
    const { body } = await tenant.post('/lists', { name: 'Old' }).expect(201);
    list = new ObjectId(body._id as string);
  });

  /** A lead as version 0.1.0 and those after it have stored it. */
  const lead = (contacts: Document, more: Document = {}): Document => ({
    _id: new ObjectId(),
    workspaceId: tenant.id,
    search: Object.values(contacts).map((one: string) => one.replace(/^\+/, '')),
    ...Object.fromEntries(
      ['firstName', 'lastName', 'companyName', 'jobTitle', 'linkedinUrl', 'notes', 'source'].map((one) => [one, null]),
    ),
    externalId: null,
    ...Object.fromEntries(CONTACT_FIELDS.map((field) => [field, null])),
    ...contacts,
    original: contacts,
    customFields: [{ k: 'Est. Deal Size', v: 5 }],
    listId: list,
    listIds: [list],
    addresses: Object.values(contacts),
    availabilityStatus: null,
    availabilityCheckedAt: null,
    availableAddress: null,
    availabilityReason: null,
    importId: null,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    ...more,
  });
  const suppression = (address: string | null, more: Document = {}): Document => ({
    _id: new ObjectId(),
    workspaceId: tenant.id,
    key: address,
    address,
    domain: null,
    channel: 'all',
    reason: 'opted_out',
    source: 'reply',
    text: null,
    byWord: false,
    reviewUntil: null,
    note: null,
    createdBy: null,
    leadIds: [],
    via: [],
    isOwn: true,
    createdAt: LONG_AGO,
    ...more,
  });
  const message = (more: Document): Document => ({
    _id: new ObjectId(),
    workspaceId: tenant.id,
    group: 'direct',
    channel: 'imessage',
    status: 'queued',
    ready: false,
    recipients: [],
    tried: [],
    attempts: [],
    attachments: [],
    externalMessageId: null,
    moves: 0,
    part: 0,
    refusals: 0,
    troubles: 0,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    ...more,
  });
  const insert = (name: string, documents: Document[]) => db.collection(name).insertMany(documents);
  const stored = async (name: string, _id: unknown): Promise<Document> =>
    (await db.collection(name).findOne({ _id: _id as never }))!;
  const ids = async (name: string) => (await db.collection(name).find().toArray()).map(({ _id }) => String(_id)).sort();
  const all = async () =>
    Promise.all(
      COLLECTIONS.map(async (name) =>
        db
          .collection(name)
          .find({}, { sort: { _id: 1 } })
          .toArray(),
      ),
    );
  const forgetItRan = () => db.collection<{ _id: string }>('migrations').deleteOne({ _id: ID });
  const run = async (how: 'run' | 'dry-run' = 'run'): Promise<string[]> => {
    await forgetItRan();
    const lines: string[] = [];
    await migrate(uri, how, { say: (line) => lines.push(line) });
    return lines;
  };

  it('gives leads the form of today, and takes placeholders from them', async () => {
    const checked = { availabilityStatus: 'available', availabilityCheckedAt: LONG_AGO };
    const one = lead({ email: "'ada@example.com", phone: '+12025550101' }, { ...checked, availableAddress: '+12025550101' });
    const two = lead({ email: 'none@none.com', phone: '+12025550102' }, { ...checked, availableAddress: '+12025550102' });
    const three = lead({ phone: '+10000000000' }, { original: { phone: '000-000-0000', email: 'Cy <cy@example.com>' } });
    const four = lead({ email: 'test@test.com' });
    const five = lead({ phone: '+551187654321', altPhone1: '+5215512345678' }, { ...checked, availableAddress: '+551187654321' });
    const six = lead({ email: 'bob@example.com', phone: '+12025550106' }, checked);
    await insert('leads', [one, two, three, four, five, six]);
    const lines = await run();

    expect(await stored('leads', one._id)).toMatchObject({
      email: 'ada@example.com',
      addresses: ['+12025550101', 'ada@example.com'],
      original: { email: "'ada@example.com" },
      customFields: [{ k: 'Est. Deal Size', v: 5 }],
      availabilityStatus: null,
      availableAddress: null,
      createdAt: LONG_AGO,
    });
    expect((await stored('leads', one._id)).updatedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(await stored('leads', two._id)).toMatchObject({
      email: null,
      addresses: ['+12025550102'],
      original: { email: 'none@none.com' },
      availabilityStatus: 'available',
      availableAddress: '+12025550102',
    });
    expect(await stored('leads', three._id)).toMatchObject({
      phone: null,
      email: 'cy@example.com',
      addresses: ['cy@example.com'],
    });
    expect(await stored('leads', four._id)).toMatchObject({
      email: null,
      addresses: [],
      original: { email: 'test@test.com' },
      search: [],
    });
    expect(await stored('leads', five._id)).toMatchObject({
      phone: '+5511987654321',
      altPhone1: '+525512345678',
      availabilityStatus: null,
    });
    expect(await stored('leads', six._id)).toEqual(six);
    const text = lines.join('\n');
    expect(text).toContain('5 of leads have phones or e-mail addresses that are read in another way today.');
    expect(text).toContain('3 of them have some that are not usable');
    expect(text).toContain('1 of them have no other, and stay leads without any.');
    expect(text).toContain('5 of leads are changed.');

    const found = async (query: string) =>
      ((await tenant.get(`/leads?search=${query}`).expect(200)).body.leads as Document[]).length;
    expect([await found('cy@example.com'), await found('5511987654321'), await found('none')]).toEqual([1, 1, 0]);
    await tenant.post('/messages/cancel-for-lead', { recipientEmail: 'none@none.com' }).expect(200);
  });

  it('merges nobody: of two leads of a list with one address the second stays, and is named by its id', async () => {
    const other = new ObjectId();
    const ada = lead({ email: 'ada@example.com' });
    const again = lead({ email: "'ada@example.com", phone: '+551187654321', altEmail1: 'noemail@x.example' });
    const elsewhere = lead({ email: "'ada@example.com" }, { listId: other, listIds: [other] });
    const [first, second] = [lead({ phone: '+5215512345678' }), lead({ phone: '+52015512345678', email: '=bob@example.com' })];
    await insert('leads', [ada, again, elsewhere, first, second]);
    const lines = await run();

    expect(await stored('leads', ada._id)).toEqual(ada);
    expect(await stored('leads', again._id)).toMatchObject({
      email: "'ada@example.com",
      altEmail1: 'noemail@x.example',
      phone: '+5511987654321',
      addresses: ['+5511987654321', "'ada@example.com", 'noemail@x.example'],
    });
    expect(await stored('leads', elsewhere._id)).toMatchObject({ email: 'ada@example.com' });
    expect(await stored('leads', first._id)).toMatchObject({ phone: '+525512345678' });
    expect(await stored('leads', second._id)).toMatchObject({ phone: '+52015512345678', email: 'bob@example.com' });

    const said = lines.join('\n');
    expect(said).toContain(
      `Workspace ${tenant.id}: the lead ${again._id} keeps its email, since the lead ${ada._id} of its list has the new form.`,
    );
    expect(said).toContain(`the lead ${second._id} keeps its phone, since the lead ${first._id} of its list has the new form.`);
    expect(said).toContain('2 of leads keep contacts that another lead of their list has in the new form.');
    expect(said).not.toMatch(/@|\+\d|5512345678|87654321/);

    const waiting = message({ recipients: ["'ada@example.com", 'noemail@x.example'] });
    await insert('messages', [waiting]);
    const { body } = await tenant.post('/messages/cancel-for-lead', { recipientEmail: 'noemail@x.example' }).expect(200);
    expect(body).toMatchObject({ success: true });
    expect(await stored('messages', waiting._id)).toMatchObject({ status: 'cancelled' });
  });

  it('keeps suppressed who is suppressed, through addresses that go too', async () => {
    const hashed = suppression(null, { key: '~Zm9v' });
    const ada = suppression("'ada@example.com");
    const twice = [suppression('bob@example.com'), suppression('=bob@example.com')];
    const brazil = suppression('+551187654321');
    const domain = suppression(null, { key: '@bücher.example', domain: 'bücher.example', reason: 'manual' });
    const shared = suppression('none@none.com', { reason: 'manual' });
    const own = suppression('+13100143');
    const person = lead({ phone: '+13100143', email: 'cy@example.com' });
    const crowd = [1, 2, 3, 4, 5].map((n) => lead({ phone: `+1202555020${n}`, altEmail1: 'none@none.com' }));
    await insert('suppressions', [hashed, ada, ...twice, brazil, domain, shared, own]);
    await insert('liftedSuppressions', [
      { ...suppression('=dee@example.com'), suppressionId: new ObjectId(), liftedAt: LONG_AGO },
    ]);
    await insert('leads', [person, ...crowd, lead({ email: "'ada@example.com" })]);
    const lines = await run();

    expect(await stored('suppressions', hashed._id)).toEqual(hashed);
    expect(await stored('suppressions', ada._id)).toMatchObject({ key: 'ada@example.com', address: 'ada@example.com' });
    expect(await stored('suppressions', twice[1]!._id)).toEqual(twice[1]);
    expect(await stored('suppressions', brazil._id)).toMatchObject({ key: '+551187654321', address: '+5511987654321' });
    expect(await stored('suppressions', domain._id)).toMatchObject({
      key: '@xn--bcher-kva.example',
      domain: 'xn--bcher-kva.example',
    });
    expect(await stored('suppressions', shared._id)).toEqual(shared);
    expect(await db.collection('liftedSuppressions').findOne({})).toMatchObject({
      key: 'dee@example.com',
      address: 'dee@example.com',
    });
    const derived = await db.collection('suppressions').find({ isOwn: false }).toArray();
    expect(derived).toMatchObject([{ address: 'cy@example.com', key: 'cy@example.com', via: [own._id], reason: 'opted_out' }]);
    expect(lines.join('\n')).toContain(`the suppression ${twice[1]!._id} stays as it is, since another has its new form.`);

    const { body } = await tenant.get('/leads?suppressed=true').expect(200);
    expect((body.leads as Document[]).map(({ email }) => email).sort()).toEqual(['ada@example.com', 'cy@example.com']);
    const named = await tenant.get('/suppressions?address=none%40none.com').expect(200);
    expect(named.body.suppressions).toHaveLength(1);
  });

  it('gives guards, replies and messages the form of today, and forgets what can be asked for again', async () => {
    const line = LINE.toHexString();
    const keyed = (_id: string, more: Document = {}): Document => ({ _id, messageId: 'm1', token: 't', kept: true, ...more });
    await insert('recipients', [
      keyed(`${line}:${STEP}:'ada@example.com`),
      keyed(`${line}:+551187654321`),
      keyed(`${line}:=bob@example.com`),
      keyed(`${line}:bob@example.com`, { messageId: 'm2' }),
      keyed(`${line}:=open@example.com`, { kept: false }),
      keyed(`${line}:lead:${line}`),
      keyed(`${line}:~Zm9v`),
      keyed(`${line}:none@none.com`),
    ]);
    await insert('recipientSends', [
      {
        _id: `${tenant.id}:+5215512345678` as never,
        workspaceId: tenant.id,
        sends: [{ at: LONG_AGO }],
        revision: 1,
        expiresAt: LATER,
      },
    ]);
    await insert('campaignAnswers', [
      { _id: `${line}:=ada@example.com` as never, workspaceId: tenant.id, campaignId: line, at: LONG_AGO },
    ]);
    await insert('conversations', [
      { _id: `${line}:+551187654321` as never, conversation: 'x', usedAt: new Date() },
      { _id: `${line}:+12025550101` as never, conversation: 'y', usedAt: new Date() },
    ]);
    await insert('availabilityAnswers', [
      { _id: `${tenant.id} 'ada@example.com` as never, available: true, checkedAt: LONG_AGO, expiresAt: LATER },
    ]);
    const reply = {
      _id: new ObjectId(),
      workspaceId: tenant.id,
      lineId: LINE,
      channel: 'imessage',
      address: '+5215512345678',
      text: 'Hi',
    };
    await insert('replies', [reply]);
    const sent = message({
      status: 'sent',
      address: '+551187654321',
      recipients: ['+551187654321', 'none@none.com'],
      tried: ["imessage 'ada@example.com"],
      attempts: [{ address: '+551187654321', text: 'x' }],
    });
    await insert('messages', [sent]);
    const job = {
      kind: 'cancel-suppressed',
      workspaceId: tenant.id,
      subject: 's',
      state: 'completed',
      unfinished: null,
      createdAt: LONG_AGO,
    };
    await insert('backgroundJobs', [{ ...job, progress: { leadIds: [], addresses: ["'ada@example.com"] } }]);
    const lines = await run();

    expect(await ids('recipients')).toEqual(
      [
        `${line}:${STEP}:ada@example.com`,
        `${line}:+5511987654321`,
        `${line}:=bob@example.com`,
        `${line}:bob@example.com`,
        `${line}:=open@example.com`,
        `${line}:lead:${line}`,
        `${line}:~Zm9v`,
        `${line}:none@none.com`,
      ].sort(),
    );
    expect(lines.join('\n')).toContain('1 of recipients stay beside a record of the new form.');
    expect(await stored('recipients', `${line}:+5511987654321`)).toMatchObject({ messageId: 'm1', kept: true });
    expect(await ids('recipientSends')).toEqual([`${tenant.id}:+525512345678`]);
    expect(await ids('campaignAnswers')).toEqual([`${line}:ada@example.com`]);
    expect(await ids('conversations')).toEqual([`${line}:+12025550101`]);
    expect(await ids('availabilityAnswers')).toEqual([]);
    expect(await stored('replies', reply._id)).toEqual({ ...reply, address: '+525512345678' });
    expect(await stored('messages', sent._id)).toEqual({
      ...sent,
      address: '+5511987654321',
      recipients: ['+5511987654321', 'none@none.com'],
      tried: ['imessage ada@example.com'],
      attempts: [{ address: '+5511987654321', text: 'x' }],
    });
    expect(await db.collection('backgroundJobs').findOne({})).toMatchObject({ progress: { addresses: ['ada@example.com'] } });
  });

  it('only says in a dry run what it would do, and changes nothing the second time', async () => {
    await insert('leads', [
      lead({ email: "'ada@example.com" }),
      lead({ email: 'ada@example.com' }),
      lead({ phone: '+10000000000' }),
    ]);
    await insert('suppressions', [suppression('=ada@example.com')]);
    await insert('recipients', [{ _id: `x:'ada@example.com` as never, messageId: 'm', token: 't', kept: true }]);
    const before = await all();
    const dry = (await run('dry-run')).join('\n');
    expect(await all()).toEqual(before);
    expect(dry).toContain(`${ID} would run`);
    for (const text of ['1 of suppressions get', '1 of recipients get', '2 of leads have']) expect(dry).toContain(text);
    await run();
    const once = await all();
    await run();
    expect(await all()).toEqual(once);
    expect(once).not.toEqual(before);
  });

  it('goes on where it was killed', async () => {
    const count = 5_000;
    const leads = Array.from({ length: count }, (_, n) =>
      lead({ email: `'jo${n}@example.com`, altEmail1: 'none@none.com', phone: `+5511${70_000_000 + n}` }),
    );
    for (let from = 0; from < count; from += 1_000) await insert('leads', leads.slice(from, from + 1_000));
    await insert('suppressions', [suppression("'jo7@example.com")]);
    await insert('replies', [{ workspaceId: tenant.id, address: '+5215512345678' }]);
    await forgetItRan();
    const changed = () =>
      db.collection('leads').countDocuments({ workspaceId: tenant.id, 'addresses.1': /^jo/, altEmail1: null });
    const child = start(uri);
    await eventually(async () => (await stored('leads', leads[0]!._id)).altEmail1 === null);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const done = await changed();
    expect(done).toBeLessThan(count);
    expect(await db.collection<{ _id: string }>('migrations').findOne({ _id: ID })).toBeNull();
    await migrate(uri, 'run', { say: () => undefined });
    expect(await changed()).toBe(count);
    for (const { _id, phone } of [leads[0]!, leads[3_333]!, leads.at(-1)!]) {
      expect(await stored('leads', _id)).toMatchObject({
        phone: `+55119${(phone as string).slice(5)}`,
        original: { altEmail1: 'none@none.com' },
      });
    }
    expect(await db.collection('suppressions').findOne({})).toMatchObject({ key: 'jo7@example.com' });
    expect(await db.collection('replies').findOne({})).toMatchObject({ address: '+525512345678' });
  });

  it('does not undo what somebody else changes meanwhile', async () => {
    const leads = Array.from({ length: 3_000 }, (_, n) => lead({ email: `'jo${n}@example.com`, phone: `+1202${5_550_000 + n}` }));
    await insert('leads', leads);
    const changes = (async () => {
      for (let n = 0; n < 40; n++) {
        const { _id } = leads[n * 70]!;
        await tenant.patch(`/leads/${_id}`, { firstName: `Name ${n}`, altPhone1: `+1202${6_660_000 + n}` }).expect(200);
      }
    })();
    await Promise.all([changes, run()]);
    for (let n = 0; n < 40; n++) {
      const { _id } = leads[n * 70]!;
      const now = await stored('leads', _id);
      expect(now).toMatchObject({ firstName: `Name ${n}`, altPhone1: `+1202${6_660_000 + n}`, email: `jo${n * 70}@example.com` });
      expect(now.addresses).toHaveLength(3);
    }
  });
});

/** The migrations in a process of their own, which may be killed. */
function start(uri: string): ChildProcess {
  const script = `
    const { Migrator } = require('./dist/src/platform/migrations');
    const { MIGRATIONS } = require('./dist/migrations');
    const options = { migrations: MIGRATIONS, declared: { collections: [], indexes: [] }, say: () => undefined, leaseMs: 1_000 };
    Migrator.connect(process.argv[1], options).then((migrator) => migrator.migrate());`;
  return spawn(process.execPath, ['-e', script, uri], { stdio: ['ignore', 'ignore', 'inherit'] });
}
