import { pipeline } from 'node:stream/promises';
import { GridFSBucket, ObjectId } from 'mongodb';
import type { Connection } from 'mongoose';
import { eventually } from './eventually';
import type { Tenant } from './test-app';

/** A running product, in this process or in another. */
export interface Furnishable {
  connection: Connection;
  tenant(): Promise<Tenant>;
  session(workspace: string): string;
  line(tenant: Tenant, bridge?: number): Promise<{ id: string }>;
}

/** One thing of every kind in a workspace: ids by the name of the path parameter's owner. */
export interface Furnished {
  tenant: Tenant;
  lead: string;
  list: string;
  account: string;
  line: string;
  campaign: string;
  message: string;
  job: string;
  import: string;
  reply: string;
  /** One that came with the reply, and is kept. */
  replyFile: string;
  /** That of the reply. */
  conversation: string;
  webhook: string;
  delivery: string;
  suppression: string;
  suppressionImport: string;
  erasure: string;
  key: string;
  view: string;
  /** An admin's dashboard session. */
  session: string;
}

/** Makes a workspace with one thing of every kind, none of which does anything by itself. */
export async function furnish(test: Furnishable, bridge = 0): Promise<Furnished> {
  const tenant = await test.tenant();
  const { id: line } = await test.line(tenant, bridge);
  const server = { settings: { bridgeUrl: 'http://127.0.0.1:9' }, secrets: { bridgePassword: 'mine' } };
  const account = (await tenant.post('/accounts', { channel: 'imessage', ...server }).expect(201)).body._id as string;
  const list = (await tenant.post('/lists', { name: 'Mine' }).expect(201)).body._id as string;
  const row = { phone: '+12025550177', email: 'mine@example.com', externalId: 'mine', customFields: { secret: 'mine' } };
  const lead = (await tenant.post('/leads', { leads: [row], listId: list }).expect(201)).body.leadIds[0] as string;
  const steps = [{ template: 'Hi {firstName}', wait: { amount: 300, unit: 'days' } }];
  const campaign = (await tenant.post('/campaigns', { name: 'Mine', listId: list, steps }).expect(201)).body._id as string;
  const direct = { message: 'Mine', leadId: lead, scheduledDate: '2100-01-01T00:00:00Z' };
  const message = (await tenant.post('/messages', direct).expect(201)).body.message._id as string;
  const session = test.session(tenant.id);
  const key = (
    await tenant.call('post', '/api-keys').set('authorization', `Bearer ${session}`).send({ name: 'Mine' }).expect(201)
  ).body._id as string;
  const saved = { table: 'leads', name: 'Mine', filters: { q: 'mine' } };
  const view = (await tenant.post('/views', saved).expect(201)).body._id as string;
  const job = await finishedCheck(test, tenant);
  const { body } = await tenant.post('/suppressions', { address: 'mine@example.net' }).expect(201);
  const suppression = body.suppression._id as string;
  const erasure = await finishedErasure(test, tenant);
  const { reply, replyFile } = await replyUnderReview(test, tenant, line);
  const hook = { url: 'https://127.0.0.1:9/tuco', name: 'Mine', events: ['message.sent'] };
  const webhook = (await tenant.post('/webhooks', hook).expect(201)).body.id as string;
  return {
    tenant,
    lead,
    list,
    account,
    line,
    campaign,
    message,
    job,
    import: await finishedImport(tenant, '/leads/imports', { listId: list }),
    reply,
    replyFile,
    conversation: reply,
    webhook,
    delivery: await finishedDelivery(test, tenant, webhook),
    suppression,
    suppressionImport: await finishedImport(tenant, '/suppressions/imports'),
    erasure,
    key,
    view,
    session,
  };
}

/** An import that saved nobody. */
async function finishedImport(tenant: Tenant, path: string, query: object = {}): Promise<string> {
  const upload = tenant.call('post', path).query(query).attach('file', Buffer.from('Phone\nmine\n'), 'mine.csv');
  const { importId } = (await upload.expect(202)).body as { importId: string };
  await eventually(async () => (await tenant.get(`${path}/${importId}`).expect(200)).body.state === 'completed');
  return importId;
}

/** A reply on which nobody has decided, put there as it would stand. */
async function replyUnderReview(
  { connection }: Pick<Furnishable, 'connection'>,
  { id: workspaceId }: Tenant,
  line: string,
): Promise<{ reply: string; replyFile: string }> {
  const [_id, fileId] = [new ObjectId(), new ObjectId()];
  const bytes = Buffer.from('mine');
  const bucket = new GridFSBucket(connection.db as never, { bucketName: 'replyMedia' });
  await pipeline([bytes], bucket.openUploadStreamWithId(fileId, 'kept', { metadata: { workspaceId, replyId: _id } }));
  const file = {
    id: fileId,
    ref: 'mine',
    name: 'mine.txt',
    type: 'text/plain',
    size: bytes.length,
    status: 'kept',
    detail: null,
  };
  const inbox = { of: [_id.toHexString()], isLast: true, unread: 1, isUnread: true, assignedTo: null };
  const { insertedId } = await connection.collection('replies').insertOne({
    _id,
    conversation: _id,
    inbox,
    workspaceId,
    lineId: new ObjectId(line),
    channel: 'imessage',
    address: '+12025550177',
    text: 'mine',
    externalId: 'mine',
    key: 'imessage:mine',
    leadIds: [],
    kind: 'review',
    personId: null,
    answeredId: null,
    campaignId: null,
    reviewedAs: null,
    files: [file],
    receivedAt: new Date(),
  });
  return { reply: insertedId.toString(), replyFile: fileId.toString() };
}

/** What an endpoint was told, put there as it would stand. */
async function finishedDelivery(
  { connection }: Pick<Furnishable, 'connection'>,
  { id: workspaceId }: Tenant,
  webhook: string,
): Promise<string> {
  const now = new Date();
  const { insertedId } = await connection.collection('webhookDeliveries').insertOne({
    workspaceId,
    webhookId: new ObjectId(webhook),
    eventId: 'evt_mine',
    event: 'message.sent',
    body: '{}',
    state: 'delivered',
    attempts: 1,
    dueAt: now,
    claim: null,
    statusCode: 200,
    error: null,
    durationMs: 1,
    response: '',
    replayOf: null,
    leadIds: [],
    addresses: [],
    createdAt: now,
    endedAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  return insertedId.toString();
}

/** A finished erasure, put there as it would stand after its run. */
function finishedErasure(test: Furnishable, tenant: Tenant): Promise<string> {
  const progress = { requestedAt: new Date(), done: [], total: 0, person: null, leadUpdatedAt: null };
  return finishedJob(test, tenant, { kind: 'erase-person', progress });
}

/** A finished background check, put there as it would stand after its run. */
function finishedCheck(test: Furnishable, tenant: Tenant): Promise<string> {
  const progress = { listId: null, refresh: false, total: 0, checked: 0, available: 0, unavailable: 0, errors: 0, missing: 0 };
  return finishedJob(test, tenant, { kind: 'availability-batch', progress: { ...progress, after: null, upTo: null } });
}

async function finishedJob(
  { connection }: Pick<Furnishable, 'connection'>,
  { id: workspaceId }: Tenant,
  what: object,
): Promise<string> {
  const now = new Date();
  const { insertedId } = await connection.collection('backgroundJobs').insertOne({
    ...what,
    workspaceId,
    subject: 'test',
    state: 'completed',
    reason: null,
    unfinished: null,
    runAt: now,
    moves: 0,
    failures: 0,
    lease: null,
    createdAt: now,
    startedAt: now,
    finishedAt: now,
  });
  return insertedId.toHexString();
}

/** What changes by itself, without anybody's doing. */
const RESTLESS = new Set(['lastUsedAt', 'health', 'lookAt']);

/** Everything in the database, to be compared with itself later; events have been given their places. */
export async function everything({ connection }: Pick<Furnishable, 'connection'>): Promise<Record<string, string[]>> {
  await eventually(async () => (await connection.collection('events').countDocuments({ place: 0 })) === 0);
  const content: Record<string, string[]> = {};
  for (const { name } of await connection.db!.listCollections().toArray()) {
    const documents = await connection.collection(name).find({}).toArray();
    content[name] = documents
      .map((document) => JSON.stringify(document, (field, value: unknown) => (RESTLESS.has(field) ? undefined : value)))
      .sort();
  }
  return content;
}
