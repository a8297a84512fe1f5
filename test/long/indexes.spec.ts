import { type Document, ObjectId } from 'mongodb';
import request from 'supertest';
import { MessageRetention } from '../../src/campaigns/application/message-retention';
import { Ticks } from '../../src/platform/ticks';
import { AccountReadings } from '../../src/replies/domain/account-reading';
import { AccountWatches } from '../../src/replies/domain/account-watch';
import { SCHEMAS } from '../../src/schemas';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { CommandLog } from '../support/commands';
import { endpoints } from '../support/endpoints';
import { eventually } from '../support/eventually';
import { furnish, type Furnished } from '../support/furnished';
import { questions, shapeOf, stagesOf } from '../support/questions';
import { MOST_OF_A_TICK, names, RARE, shardKeys, TICKS } from '../support/shard-keys';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Where reading a whole collection is meant, and why. */
const WHOLE_READS: Record<string, string> = {
  'aggregate counters [{"$group":{"_id":{"workspaceId":"?","subject":"?","key":"?"},"rows":{"$sum":"?"}}},{"$match":{"rows":{"$gte":"?"}}}]':
    'Counts.foldAll looks for crowded counts once in a while; folding keeps the collection at a few rows a count',
  'find migrations {}': 'a document for each migration; asked at the start, and by /health/ready?deep=1',
  'find imports.files {}': 'the GridFS driver takes one file, to see whether there is any',
  'find replyMedia.files {}': 'the same',
};
/** Where sorting what was found is meant, and why it is little. */
const SORTED_READS: Record<string, string> = {
  'find leads {"workspaceId":"?","externalId":"?"} {"_id":-1}': 'one lead a list at most',
  'find leads {"workspaceId":"?","updatedAt":{"$gte":"?"}} {"_id":-1}':
    'by page; syncing goes by cursor, in the order of the index',
  'find messages {"workspaceId":"?","changedAt":{"$gte":"?"}} {"_id":-1}': 'the same',
  'find replies {"workspaceId":"?","updatedAt":{"$gte":"?"}} {"_id":-1}': 'the same',
  'find replies {"workspaceId":"?","leadIds":{"$in":["?"]},"receivedAt":{"$lte":"?"}} {"receivedAt":-1,"_id":-1}':
    'what one person wrote',
  'find replies {"workspaceId":"?","address":{"$in":["?"]},"receivedAt":{"$lte":"?"}} {"receivedAt":-1,"_id":-1}': 'the same',
  'find replies {"workspaceId":"?","inbox.of":{"$in":["?"],"$gt":"?"}} {"_id":-1}':
    'a conversation of a lead and one of an address',
  'find enrollments {"campaignId":"?","workspaceId":"?","updatedAt":{"$gte":"?"}} {"_id":-1}': 'the same',
  'find suppressions {"workspaceId":"?","updatedAt":{"$gte":"?"}} {"_id":-1}': 'the same',
  'find messages {"workspaceId":"?","leadId":"?","changedAt":{"$gte":"?"}} {"changedAt":1,"_id":1}': 'of one lead',
  'find leads {"workspaceId":"?","listIds":"?","updatedAt":{"$gte":"?"}} {"_id":-1}': 'by page, as above',
  'find leads {"workspaceId":"?","listIds":"?","externalId":"?"} {"_id":-1}': 'one lead at most',
  'find enrollments {"campaignId":"?","workspaceId":"?","leadId":{"$in":["?"]}} {"_id":-1}': 'one for each lead',
  'find suppressions {"workspaceId":"?","key":{"$in":["?"]}} {"_id":-1}': 'a few reasons for one address at most',
  'find messages {"workspaceId":"?","address":{"$in":["?"],"$gt":"?"},"lineId":{"$ne":"?"}} {"_id":-1}':
    'what one person was sent',
  'find messages {"workspaceId":"?","address":{"$in":["?"],"$gt":"?"},"sentAt":{"$gt":"?","$lte":"?"}} {"sentAt":-1}': 'the same',
};

/** Where more is read than was looked for, and why. */
const WIDE_READS: Record<string, string> = {
  'find leads {"workspaceId":"?","updatedAt":{"$gte":"?"}} {"_id":-1}': 'by page, as above',
  'find messages {"workspaceId":"?","changedAt":{"$gte":"?"}} {"_id":-1}': 'by page, as above',
  'find leads {"workspaceId":"?","addresses":{}}': 'those of a listed domain, by the ends of their addresses',
  'find messages {"workspaceId":"?","campaignId":"?","status":{"$in":["?"]}}': 'archiving, in chunks, in the background',
};
/** So many documents of each kind are about. */
const CROWD = 500;
const KINDS = ['find', 'aggregate', 'count', 'distinct', 'update', 'delete', 'findAndModify'];

/** Whatever the product asks its store, there is an index for it. */
describe('indexes', () => {
  let test: TestApp;
  let mine: Furnished;
  let patient: TestApp;
  let logs: CommandLog[];
  const seen = new Map<string, Document>();

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_SYNC_MAX: '2', RETENTION_DAYS_MESSAGES: '30' });
    // Devices are kept only where they need a pause.
    patient = await startTestApp({ APP_ROLE: 'api', DEVICE_GAP_SECONDS: '1' }, undefined, test);
    logs = [test, patient].map((app) => new CommandLog(app));
    mine = await furnish(test);
  });
  afterAll(async () => {
    await patient.close();
    await test.close();
  });

  const remember = () => {
    for (const command of logs.flatMap((log) => log.take()).filter(({ name }) => KINDS.includes(name))) {
      for (const question of questions(command)) {
        const kind = command.name === 'aggregate' && question.find ? 'find' : command.name;
        seen.set(`${kind} ${shapeOf(question)}`, question);
      }
    }
  };

  it('every question of every endpoint and of the workers is answered by one', async () => {
    await callEverything(test, mine);
    const worker = await test.tenant();
    const line = await workEverything(test, worker);
    for (const address of ['+16465550135', '+16465550136']) {
      const answer = await request(patient.url)
        .get(`/api/check-availability`)
        .query({ address })
        .auth(worker.key, { type: 'bearer' });
      expect(answer.body).toMatchObject({ available: true });
    }
    await worker.delete(`/lines/${line}`).expect(200);
    // Somebody answers the line that is gone.
    await test.simulator.reply({ address: '+16465550131', text: 'Late', bridge: 1 });
    await request(test.url).get('/health/ready?deep=1').expect(200);
    // An account that could be watched was used by it.
    const account = { key: 'an account', workspaceId: worker.id, lineId: line, channel: 'email' };
    const inAnHour = new Date(Date.now() + 3_600_000);
    await test.app.get(AccountReadings, { strict: false }).activate(account, inAnHour, new Date());
    await test.app.get(Ticks).now('watch accounts');
    expect(await test.app.get(AccountWatches, { strict: false }).nextAt(new Date())).not.toBeNull();
    remember();
    for (const tenant of [worker, mine.tenant]) await crowd(test, tenant);
    const [whole, sorted, wide]: [string[], string[], string[]] = [[], [], []];
    for (const [shape, question] of seen) {
      const command = { explain: question, verbosity: 'executionStats' };
      const answer = await test.connection.db!.command(command);
      // A real server explains a pipeline that goes on after its cursor one step further in.
      const { queryPlanner, executionStats, explainVersion } = { ...answer, ...answer.stages?.[0]?.$cursor };
      const { nReturned = 0, totalKeysExamined = 0 } = executionStats ?? {};
      if (totalKeysExamined - nReturned > CROWD / 2) wide.push(shape);
      const stages = stagesOf(queryPlanner.winningPlan);
      expect([shape, stages]).toEqual([shape, expect.arrayContaining([expect.any(String)])]);
      if (stages.includes('COLLSCAN')) whole.push(shape);
      // A real server tries plans out, and with so few documents any of them may win.
      if (stages.includes('SORT') && !explainVersion) sorted.push(shape);
    }
    expect(whole.sort()).toEqual(Object.keys(WHOLE_READS).sort());
    expect(sorted.filter((shape) => !SORTED_READS[shape])).toEqual([]);
    expect(wide.filter((shape) => !WIDE_READS[shape])).toEqual([]);
    // A collection that nobody asks was left out here.
    const collections = new Set([...seen.values()].map((question) => String(question.find ?? question.aggregate)));
    const all = (await test.connection.db!.listCollections().toArray()).map(({ name }) => String(name));
    expect([...collections].sort()).toEqual(all.sort());
    expect([...shardKeys().keys()].sort()).toEqual(all.sort());
  });

  it('each names the shard that it is for, or is a bounded look of a tick', () => {
    expect(seen.size).toBeGreaterThan(300);
    const keys = shardKeys();
    const across = [...seen].filter(([, question]) => {
      const key = keys.get(String(question.find ?? question.aggregate));
      return key && !names(key, question);
    });
    expect(across.map(([shape]) => shape).filter((shape) => !TICKS.includes(shape) && !RARE[shape])).toEqual([]);
    const unbounded = across.filter(([shape, { limit }]) => TICKS.includes(shape) && !(limit > 0 && limit <= MOST_OF_A_TICK));
    expect(unbounded.map(([shape]) => shape)).toEqual([]);
  });

  it('whatever is unique is so within a shard', () => {
    const keys = shardKeys();
    const first = SCHEMAS.flatMap((schema) =>
      schema.indexes().map(([fields, { unique }]) => [String(schema.get('collection')), Object.keys(fields)[0], unique] as const),
    );
    const wrong = first.filter(([collection, field, unique]) => unique && keys.get(collection) && keys.get(collection) !== field);
    expect(wrong).toEqual([]);
  });
});

/** Each endpoint once as it is, and each of its filters and pagings. */
async function callEverything(test: TestApp, mine: Furnished): Promise<void> {
  const { tenant } = mine;
  const values: Record<string, string> = {
    id: mine.lead,
    action: 'campaign.launched',
    actor: 'system',
    since: '2024-01-01T00:00:00Z',
    listId: mine.list,
    leadId: mine.lead,
    campaignId: mine.campaign,
    messageId: mine.message,
    lineId: mine.line,
    externalId: 'mine',
    updatedSince: '2024-01-01T00:00:00Z',
    availabilityStatus: 'available',
    suppressed: 'false',
    includeDeleted: 'false',
    customField: 'secret:mine',
    recipientPhone: '%2B12025550177',
    recipientEmail: 'mine@example.com',
    address: '%2B12025550177',
    cursor: '',
    page: '2',
    limit: '1',
    status: 'active',
    refresh: 'true',
    kind: 'review',
    state: 'pending',
    event: 'message.sent',
    needsReview: 'true',
    unread: 'true',
    assignedTo: 'none',
    before: '2030-01-01T00:00:00Z',
    channel: 'all',
    reason: 'manual',
    source: 'api',
    createdSince: '2024-01-01T00:00:00Z',
    batchId: 'mine',
    code: 'OUTCOME_UNKNOWN',
    confirm: 'person-asked',
    types: 'message.sent,lead.created',
    table: 'leads',
  };
  const all = endpoints(mine);
  for (const { method, path, query, body, admin } of [
    ...all.filter(reads),
    ...all.filter((one) => !reads(one) && one.method !== 'delete'),
  ]) {
    const filled = path.replace(/:(\w+)/g, (_, name: string) => String(mine[name as keyof Furnished]));
    const call = (rest: string) => {
      const sent = tenant.call(method, `${filled}${rest}`);
      if (admin) sent.set('authorization', `Bearer ${mine.session}`);
      return body ? sent.send(body) : sent;
    };
    expect((await call('')).status).toBeLessThan(500);
    for (const name of Object.keys(query ?? {})) {
      const value = values[name];
      if (value === undefined) throw new Error(`There is no value for ${name}`);
      for (const one of valuesOf(name, path) ?? [value]) {
        for (const more of name === 'cursor' ? [''] : ['', '&cursor=']) {
          expect((await call(`?${name}=${one}${query?.cursor ? more : ''}`)).status).toBeLessThan(500);
        }
      }
    }
  }
}

/** Where one value is not enough. */
function valuesOf(name: string, path: string): string[] | null {
  if (name === 'status') return statusesOf(path);
  return name === 'cursor' && path === '/events' ? ['', 'latest'] : null;
}

/** What `status` may be: one, and several where a list takes them. */
function statusesOf(path: string): string[] {
  if (path.endsWith('/messages')) return ['queued', 'queued,sent'];
  return path === '/campaigns' ? ['active'] : ['active', 'active,stopped'];
}

const reads = ({ method }: { method: string }) => method === 'get';

/** What workers do: sends, follow-ups, receipts, replies, refusals, edits, checks, deletions, ticks. */
async function workEverything(test: TestApp, tenant: Tenant): Promise<string> {
  const line = await test.line(tenant, 1);
  const desk = await new CampaignDesk(test, tenant).open();
  const rows = [31, 32, 10, 98].map((ending) => ({
    phone: `+16465550${ending}1`.slice(0, 10) + ending,
    email: `index.x${ending}@example.com`,
    externalId: `x${ending}`,
  }));
  const leads = await desk.leads(rows);
  const changed = rows.map((row) => ({ ...row, notes: 'changed', altPhone1: null }));
  await tenant.post('/leads', { leads: changed, listId: desk.listId, onDuplicate: 'update', onNull: 'clear' }).expect(200);
  const named = rows.map(({ externalId }) => ({ externalId, notes: 'changed again' }));
  await tenant.patch('/leads', { leads: named, listId: desk.listId }).expect(200);
  await tenant.patch('/leads', { leads: [...named, { _id: leads[0], phone: rows[0]!.phone }] }).expect(200);
  const steps = [
    { template: 'One', wait: NOW },
    { template: 'Two', wait: NOW },
    { template: 'Three', wait: MUCH_LATER },
  ];
  const id = await desk.launched(steps, { settings: { useLeadTimezone: true } });
  await desk.step(id, leads[0]!, 1, 'delivered');
  await test.simulator.reply({ address: rows[0]!.phone, text: 'Yes', bridge: 1 });
  await desk.step(id, leads[0]!, 2, 'cancelled');
  const [, second] = await desk.messages(id, leads[1]);
  await eventually(async () => (await tenant.get(`/messages/${second!._id}`)).body.status === 'delivered');
  await test.simulator.sendError((await tenant.get(`/messages/${second!._id}`)).body.externalMessageId, 25);
  await tenant.post(`/campaigns/${id}/pause`).expect(200);
  const { steps: saved } = await desk.campaign(id);
  await tenant.patch(`/campaigns/${id}`, { steps: [saved[0], { template: 'New', wait: MUCH_LATER }, saved[2]] }).expect(200);
  await eventually(async () => (await tenant.post(`/campaigns/${id}/resume`)).status === 200);
  await tenant.post(`/campaigns/${id}/leads`, { lead: { phone: '+16465550134' } }).expect(200);
  await tenant.post(`/campaigns/${id}/leads`, { leadId: leads[0] }).expect(200);
  await tenant.get(`/campaigns/${id}/report`).expect(200);
  await tenant.post(`/campaigns/${id}/preview`, { leadId: leads[1] }).expect(200);
  await tenant.delete(`/campaigns/${id}/leads/${leads[1]}`).expect(200);
  await tenant.post('/messages/cancel-for-lead', { recipientPhone: rows[2]!.phone }).expect(200);
  await tenant.patch('/workspace', { helpText: 'Ask us' }).expect(200);
  await test.simulator.reply({ address: rows[1]!.phone, text: 'HELP', bridge: 1 });
  await test.app.get(Ticks).now('end late answers');
  await tenant.post('/suppressions', { domain: 'else.example', channel: 'email', reason: 'manual' }).expect(201);
  await tenant.get('/leads?suppressed=true').expect(200);
  await tenant.post('/lists', { name: 'Once' }).set('idempotency-key', 'indexes').expect(201);
  const direct = (await tenant.post('/messages', { message: 'x', leadId: leads[1], scheduledDate: '2100-01-01T00:00:00Z' })).body;
  await tenant.post(`/messages/${direct.message._id}/cancel`).expect(200);
  const { jobId } = (await tenant.post('/leads/check-availability', { listId: desk.listId }).expect(202)).body;
  await eventually(async () => (await tenant.get(`/leads/check-availability/jobs/${jobId}`)).body.state === 'completed');
  const csv = 'Phone,Email\n+16465550139,\nnonsense,\n,index.csv@example.com\n';
  const upload = tenant.call('post', '/leads/imports').query({ listId: desk.listId, campaignId: id });
  const { importId } = (await upload.attach('file', Buffer.from(csv), 'index.csv').expect(202)).body;
  await eventually(async () => (await tenant.get(`/leads/imports/${importId}`)).body.state === 'completed');
  expect((await tenant.get(`/leads/imports/${importId}/rejected`).expect(200)).text).toContain('nonsense');
  const other = (await tenant.post('/lists', { name: 'Other' }).expect(201)).body._id;
  await tenant.patch(`/leads/${leads[3]}`, { listId: other }).expect(200);
  await tenant.delete('/leads', { ids: [leads[2]] }).expect(200);
  await tenant.delete(`/lists/${other}?deleteLeads=true`).expect(200);
  await eventually(async () => (await tenant.get(`/leads?externalId=x98`)).body.leads.length === 0);
  const { jobId: erasure } = (await tenant.delete(`/leads/${leads[0]}?erase=true`).expect(202)).body;
  await eventually(async () => (await tenant.get(`/leads/erasures/${erasure}`)).body.state === 'completed');
  await tenant.post(`/campaigns/${id}/archive`).expect(200);
  // One that ended years ago, of an enrollment.
  const messages = test.connection.collection('messages');
  const ended = (await messages.findOne({ workspaceId: tenant.id, status: 'delivered', enrollmentId: { $type: 'objectId' } }))!;
  const long = {
    _id: ObjectId.createFromTime(1_577_836_800),
    enrollmentId: new ObjectId(),
    changedAt: new Date(0),
    externalMessageId: null,
  };
  await messages.insertOne({ ...ended, ...long });
  // It has looked a moment ago, and would rest for an hour.
  Object.assign(test.app.get(MessageRetention, { strict: false }), { restsUntil: new Date(0) });
  await test.app.get(Ticks).now('remove old messages');
  expect(await messages.findOne({ _id: long._id, workspaceId: tenant.id })).toBeNull();
  for (const name of ['dispatch', 'recover sends', 'fold all counts', 'wake background work'])
    await test.app.get(Ticks).now(name);
  return line.id;
}

/** Many leads, enrollments and waiting messages that none of the questions was about. */
async function crowd(test: TestApp, tenant: Tenant): Promise<void> {
  await test.line(tenant, 2);
  const desk = await new CampaignDesk(test, tenant).open();
  await desk.leads(Array.from({ length: CROWD }, (_, index) => ({ email: `crowd.${index}@example.org` })));
  await desk.launched([{ template: 'Hi', wait: MUCH_LATER }]);
}
