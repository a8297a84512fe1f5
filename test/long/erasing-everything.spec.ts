import { pipeline } from 'node:stream/promises';
import { Logger } from '@nestjs/common';
import { GridFSBucket, ObjectId } from 'mongodb';
import { PersonalData } from '../../src/leads';
import { workspaceId } from '../../src/platform/ids';
import { KeyedHashes } from '../../src/platform/keyed-hashes';
import { SCHEMAS } from '../../src/schemas';
import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { CapturedLog } from '../support/captured-log';
import { eventually } from '../support/eventually';
import { ImportDesk } from '../support/import-desk';
import { PersonalScan } from '../support/personal-scan';
import { startTestApp, type TestApp } from '../support/test-app';

/**
 * What becomes of each collection when somebody is erased. Whoever adds a collection puts it here, and, if it
 * may hold anything of people, into the journey below.
 */
const FATES: Record<string, string> = {
  leads: 'erased',
  messages: 'erased',
  replies: 'erased',
  'replyMedia.files': 'kept: ids and sizes, which go with the bytes',
  'replyMedia.chunks': 'erased',
  suppressions: 'hashed',
  liftedSuppressions: 'hashed',
  recipients: 'hashed',
  recipientSends: 'hashed',
  campaignAnswers: 'hashed',
  conversations: 'erased',
  availabilityAnswers: 'erased',
  keptAnswers: 'erased',
  backgroundJobs: 'erased',
  webhookDeliveries: 'erased',
  savedViews: 'erased',
  events: 'erased',
  eventBatches: 'erased',
  eventPlaces: 'kept: counts',
  webhooks: "kept: the workspace's own",
  inboundCalls: 'kept: the body goes once it is worked off, which the erasure waits for; the id is a hash of it',
  enrollments: 'kept: ids and times',
  availabilityTargets: 'kept: ids of leads, until their check is over',
  availabilityUsage: 'kept: counts',
  accountReadings: 'kept: how far an account was read',
  accountWatches: 'kept: which worker watches an account',
  lineTurns: 'kept: ids and times',
  counters: 'kept: counts',
  leadWrites: 'kept: times of calls',
  changeWrites: 'kept: times of transactions',
  leadTombstones: 'kept: ids of leads and when they were deleted; the external id goes',
  leadLists: "kept: the workspace's own",
  campaigns: "kept: the workspace's own",
  accounts: "kept: the workspace's own",
  lines: "kept: the workspace's own",
  lineUsage: 'kept: counts',
  removedLines: "kept: the workspace's own",
  devices: "kept: the workspace's own",
  healthProbes: 'kept: ids of processes, for a day',
  auditEntries: 'kept: ids, and settings of the workspace',
  accessEnds: 'kept: ids of dashboard users and sessions',
  apiKeys: "kept: the workspace's own",
  workspaces: "kept: the workspace's own",
  workspaceSecrets: "kept: the workspace's own",
  importFiles: 'kept: until the import is over, which the erasure waits for; leftovers go',
  'imports.files': 'kept: as importFiles',
  'imports.chunks': 'kept: as importFiles',
  importRejects: 'erased',
  importWarnings: 'erased',
  importDuplicates: 'kept: numbers of rows, and ids of leads',
  importTurns: 'kept: ids of imports',
  settings: "kept: the installation's own",
  migrations: "kept: the installation's own",
};

const MARK = 'quimby7731';
/** In all the forms in which the number was written. */
const MARKERS = [MARK, '2062007731', '(206) 200-7731', '206-200-7731', '2062007732'];
const PHONE = '+12062007731';
const EMAIL = `${MARK}@example.com`;

describe('erasing somebody, wherever something is kept about them', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let scan: PersonalScan;
  const log = new CapturedLog();

  beforeAll(async () => {
    log.start();
    test = await startTestApp({ LOG_LEVEL: 'trace' });
    desk = await BridgeDesk.at(test);
    scan = new PersonalScan(test, MARKERS);
  });
  afterAll(async () => {
    await desk.leave();
    await test.close();
    log.stop();
  });

  const { stringify } = JSON;
  const once = (path: string, key: string, body: object) => desk.tenant.call('post', path).set('Idempotency-Key', key).send(body);
  const answer = async (text: string, kind: string) => {
    await test.simulator.reply({ address: PHONE, text });
    const from = `/replies?recipientPhone=${encodeURIComponent(PHONE)}&limit=200`;
    await eventually(async () => {
      const { replies } = (await desk.tenant.get(from).expect(200)).body as { replies: { message: string; kind: string }[] };
      return replies.some((reply) => reply.message === text && reply.kind === kind);
    });
  };
  /** With the reply, and as it is kept. */
  const aFileThatCameIn = async () => {
    const replies = test.connection.collection('replies');
    const { _id: replyId } = (await replies.findOne({ workspaceId: desk.tenant.id, text: new RegExp(MARK) }))!;
    const [id, bytes] = [new ObjectId(), Buffer.from(`a picture of ${MARK}`)];
    const bucket = new GridFSBucket(test.connection.db as never, { bucketName: 'replyMedia' });
    await pipeline([bytes], bucket.openUploadStreamWithId(id, 'kept', { metadata: { workspaceId: desk.tenant.id, replyId } }));
    const about = { name: `${MARK}.png`, type: 'image/png', size: bytes.length, status: 'kept', detail: null };
    await replies.updateOne({ _id: replyId }, { $set: { files: [{ id, ref: `at_0_${MARK}`, ...about }] } });
  };
  const suppressed = (address: string) => desk.tenant.get(`/suppressions?address=${encodeURIComponent(address)}`);

  it('knows every collection that there is, and who sees to it', async () => {
    const stored = (await test.connection.db!.listCollections().toArray()).map(({ name }) => name);
    const named = SCHEMAS.map((schema) => schema.get('collection') as string);
    const unknown = [...new Set([...stored, ...named])].filter((name) => !(name in FATES));
    expect(unknown).toEqual([]);
    const modules = [...test.app.get(PersonalData).modules.values()];
    const seenTo = new Set(['leads', ...modules.flatMap(({ collections }) => collections)]);
    const changing = Object.keys(FATES).filter((name) => !FATES[name]!.startsWith('kept'));
    expect(changing.filter((name) => !seenTo.has(name))).toEqual([]);
    expect([...seenTo].filter((name) => !(name in FATES))).toEqual([]);
  });

  it('leaves nothing behind, in no collection, no file and no log, but the guards', async () => {
    const { tenant } = desk;
    await tenant.patch('/workspace', { maxMessagesPerPersonPerDay: 50 });
    await test.connection
      .collection('workspaces')
      .updateOne({ _id: tenant.id as never }, { $set: { 'settings.maxMessagesPerPersonPerDay': 50 } });

    // A file, with a row that was rejected, one that was a duplicate, and one with a warning.
    const imports = new ImportDesk(test, tenant);
    const csv = [
      'First name,Last name,Phone,Email,Alt email 1,Alt phone 1,Notes,externalId,Company name,Shoe size,Alt phone 2',
      `${MARK}-first,${MARK}-last,(206) 200-7731,${EMAIL},alt.${EMAIL},+1 206 200 7732,${MARK} likes,${MARK}-ext,${MARK} Inc,${MARK}-42,${MARK} at home`,
      `${MARK}-other,,12,nobody,,,,${MARK}-ext,,,`,
      `${MARK}-again,,(206) 200-7731,,,,,,,,`,
    ].join('\n');
    const { body: upload } = await imports
      .upload(csv, { mapping: stringify({ externalId: 'externalId' }) }, `?listId=${desk.listId}`)
      .expect(202);
    expect(await imports.over(upload.importId as string)).toMatchObject({ saved: 1, invalid: 1, duplicate: 1, warnings: 1 });
    const { body: found } = await tenant.get(`/leads?listId=${desk.listId}`).expect(200);
    const lead = found.leads[0]._id as string;

    // An endpoint that is told of everything, and cannot be reached.
    const events = ['message.sent', 'message.reply', 'message.failed', 'message.fallback'];
    await tenant.post('/webhooks', { url: 'http://127.0.0.1:9/hook', name: 'CRM', events }).expect(201);

    // Views by which somebody looks for them, or that are called after them.
    for (const [name, filters] of [
      ['By address', { search: `${MARK}@EXAMPLE.com`, 'custom.mail': EMAIL, listId: desk.listId }],
      ['By number', { search: '206-200-7731' }],
      [`What ${EMAIL} got`, {}],
    ])
      await tenant.post('/views', { table: 'leads', name, filters }).expect(201);

    // Calls whose answers are kept.
    // Among so many that what is told of them is kept together.
    const others = Array.from({ length: 21 }, (_, index) => ({ email: `other.${index}@example.net` }));
    const update = {
      leads: [{ phone: PHONE, email: EMAIL }, ...others],
      listId: desk.listId,
      onDuplicate: 'update',
    };
    await once('/leads', 'a-key', update).expect(201);
    const changed = update.leads.map((each, index) => ({ ...each, notes: index === 0 ? `${MARK} changed` : 'Changed' }));
    await tenant.post('/leads', { ...update, leads: changed }).expect(200);
    const direct = { message: `Hello ${MARK}`, recipientPhone: PHONE, recipientName: `${MARK} Q`, batchId: `${MARK}-batch` };
    const { body: sent } = await once('/messages', 'another-key', direct).expect(200);
    await desk.become(sent.message._id as string, ...ACCEPTED);
    const later = { ...direct, scheduledDate: new Date(Date.now() + 3_600_000).toISOString() };
    const scheduled = (await once('/messages', 'a-third-key', later).expect(200)).body.message._id as string;

    // A check, a campaign, answers of all kinds.
    await tenant.get(`/leads/check-availability?id=${lead}`).expect(200);
    const steps = [
      { template: 'Hi {firstName} of {companyName}', wait: NOW },
      { template: 'Again, {lastName}', wait: MUCH_LATER },
    ];
    const campaign = await desk.launched(steps);
    await desk.step(campaign, lead, 0, ...ACCEPTED);
    await answer(`This is ${MARK}, who is this?`, 'reply');
    await aFileThatCameIn();
    await answer(`STOP`, 'opt_out');
    await answer(`START`, 'opt_in');
    await tenant.post('/suppressions', { address: EMAIL, channel: 'email', note: `${MARK} called` }).expect(201);
    const { body: manual } = await tenant.post('/suppressions', { address: `alt.${EMAIL}`, note: MARK }).expect(201);
    await tenant.delete(`/suppressions/${manual.suppression._id}`).expect(200);
    await answer('STOP', 'opt_out');

    // What stands where only a great many or a crash leaves it.
    const now = new Date();
    await test.connection.collection('backgroundJobs').insertOne({
      kind: 'cancel-suppressed',
      workspaceId: tenant.id,
      subject: 'x',
      state: 'completed',
      reason: null,
      progress: { leadIds: [lead], addresses: [PHONE, EMAIL], channels: null, cancelled: 1_000 },
      unfinished: null,
      runAt: now,
      moves: 1,
      failures: 0,
      lease: null,
      createdAt: now,
      startedAt: now,
      finishedAt: now,
    });

    // An error of the store, which names the key that was there already.
    const stored = test.connection.collection<{ _id: string }>('settings');
    await stored.insertOne({ _id: EMAIL });
    const err = await stored.insertOne({ _id: EMAIL }).catch((error: unknown) => error);
    new Logger('test').error({ err }, 'It is there already');
    await stored.deleteOne({ _id: EMAIL });

    const before = await scan.found();
    const without = Object.keys(FATES).filter((name) => !FATES[name]!.startsWith('kept') && !(name in before));
    expect(without).toEqual([]);

    const exported = await tenant.get(`/leads/${lead}/export`).expect(200);
    expect(exported.headers['content-disposition']).toBe(`attachment; filename="person-${lead}.json"`);
    const shown = JSON.parse(exported.text);
    expect(shown.lead).toMatchObject({ phone: PHONE, email: EMAIL, customFields: { 'Shoe size': `${MARK}-42` } });
    expect(shown.messages.length).toBeGreaterThanOrEqual(4);
    expect(shown.replies.map(({ text }: { text: string }) => text)).toContain('STOP');
    for (const section of ['suppressions', 'liftedSuppressions', 'writtenTo', 'countedSends', 'enrollments', 'availability']) {
      expect([section, shown[section].length > 0]).toEqual([section, true]);
    }

    const { body: begun } = await tenant.delete(`/leads/${lead}?erase=true`).expect(202);
    expect(begun).toMatchObject({ success: true, leadId: lead, jobId: expect.stringMatching(/^[0-9a-f]{24}$/) });
    const over = await eventually(async () => {
      const { body } = await tenant.get(`/leads/erasures/${begun.jobId}`).expect(200);
      return body.state === 'completed' && body;
    });
    expect(over).toMatchObject({ leadId: lead, reason: null, stepsDone: over.steps });

    expect(await scan.found()).toEqual({});
    expect(log.said.length).toBeGreaterThan(1_000);
    expect(log.said).toContain('It is there already');
    expect(scan.in(log.said)).toEqual([]);

    // Ids, times, counts and outcomes are left.
    await tenant.get(`/leads/${lead}`).expect(404);
    expect(await desk.message(scheduled)).toMatchObject({ status: 'cancelled', reason: 'opted_out', message: null });
    expect(await desk.message(sent.message._id as string)).toMatchObject({ recipientPhone: null, leadId: lead });
    const repeated = await once('/messages', 'another-key', direct).expect(200);
    expect(repeated.body).toEqual({ isErased: true });

    // The guards hold for the same person.
    const hash = await test.app.get(KeyedHashes).of(workspaceId(tenant.id));
    const keys = (await test.connection.collection('suppressions').find({ workspaceId: tenant.id }).toArray()).map(
      ({ key }) => key,
    );
    expect(keys).toEqual(expect.arrayContaining([hash(PHONE), hash(EMAIL)]));
    const [again] = await desk.leads([{ phone: PHONE, email: EMAIL }]);
    const { body: enrolled } = await tenant.post(`/campaigns/${campaign}/leads`, { leadId: again }).expect(200);
    expect(enrolled).toMatchObject({ skipped: 'suppressed' });
    await tenant.post('/messages', { message: 'Hi', recipientPhone: PHONE }).expect(409);
    expect(stringify((await suppressed(PHONE).expect(200)).body)).not.toContain('2062007731');
  });
});
