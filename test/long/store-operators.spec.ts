import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SendEntry } from '@tuco/bluebubbles-simulator';
import { type CommandStartedEvent, type CommandSucceededEvent, MongoClient } from 'mongodb';
import { CASES } from '../../libs/embedded-mongo/test/conformance/cases';
import { operatorsOf } from '../../libs/embedded-mongo/test/support/operators';
import { outcomeOf } from '../../libs/embedded-mongo/test/support/outcome';
import { embedded } from '../../libs/embedded-mongo/test/support/servers';
import { Ticks } from '../../src/platform/ticks';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { endpoints } from '../support/endpoints';
import { eventually } from '../support/eventually';
import { furnish } from '../support/furnished';
import { startTestApp, type TestApp } from '../support/test-app';

/**
 * What the product asks of MongoDB, read off its traffic, is what the embedded server is proven to answer
 * like MongoDB. A repository that begins to use an operator, an option or a command without a conformance
 * case fails here: add a case that uses it in `libs/embedded-mongo/test/conformance/cases`, with what a real
 * MongoDB answers (see the README there).
 */

/** What the commands of all clients that connect from now on have used, as far as it was answered. */
class Traffic {
  readonly used = new Set<string>();
  private readonly open = new Map<number, CommandStartedEvent>();
  private readonly spy: jest.SpyInstance;

  constructor() {
    const connect = MongoClient.prototype.connect;
    const begun = (event: CommandStartedEvent) => void this.open.set(event.requestId, event);
    const done = ({ requestId, commandName }: CommandSucceededEvent) => {
      operatorsOf(commandName, this.open.get(requestId)!.command).forEach((one) => this.used.add(one));
      this.open.delete(requestId);
    };
    this.spy = jest.spyOn(MongoClient.prototype, 'connect').mockImplementation(function (this: MongoClient) {
      (this as unknown as { monitorCommands: boolean }).monitorCommands = true;
      this.on('commandStarted', begun).on('commandSucceeded', done);
      return connect.call(this);
    });
  }

  stop(): void {
    this.spy.mockRestore();
  }
}

async function trafficOfCases(): Promise<Set<string>> {
  const traffic = new Traffic();
  const server = await embedded();
  try {
    for (const [number, run] of Object.values(CASES).entries()) await outcomeOf(server.client.db(`case_${number}`), run);
  } finally {
    await server.stop();
    traffic.stop();
  }
  return traffic.used;
}

/** All of the product: every endpoint, and what goes on behind them. */
async function tour(test: TestApp): Promise<void> {
  await everyEndpoint(test);
  const tenant = await test.tenant();
  const [line, second] = [await test.line(tenant, 0), await test.line(tenant, 1)];
  const desk = await new CampaignDesk(test, tenant).open();
  const other = (await tenant.post('/lists', { name: 'Other' }).expect(201)).body._id as string;

  const rows = Array.from({ length: 70 }, (_, n) => ({ phone: `+14155551${String(100 + n)}`, email: `p${n}@example.com` }));
  const ids = await desk.leads(rows);
  const mixed = { leads: [...rows.slice(0, 3), { phone: 'none' }, { externalId: 'x-1', phone: '+14155559131' }] };
  for (const onDuplicate of [undefined, 'skip', 'update']) {
    await tenant.post('/leads', { ...mixed, listId: desk.listId, onInvalid: 'skip', onDuplicate }).set('idempotency-key', 'tour');
  }
  const since = new Date(0).toISOString();
  for (const query of [
    'page=2&limit=10',
    'limit=10&cursor=',
    `updatedSince=${since}`,
    'externalId=x-1',
    `listId=${desk.listId}`,
  ]) {
    const { body } = await tenant.get(`/leads?${query}`).expect(200);
    const next = body.pagination.nextCursor as string | undefined;
    if (next) await tenant.get(`/leads?limit=10&cursor=${next}`).expect(200);
  }
  await tenant.patch(`/leads/${ids[0]}`, { firstName: 'Ada', phone: '+14155559132', customFields: { tier: 'gold' } }).expect(200);
  await tenant.patch(`/leads/${ids[1]}`, { listId: other }).expect(200);
  await tenant.patch(`/leads/${ids[2]}`, { phone: rows[3]!.phone }).expect(409);
  await tenant.delete('/leads', { ids: ids.slice(60) }).expect(200);

  await tenant.get(`/leads/check-availability?id=${ids[0]}&refresh=true`).expect(200);
  await tenant.post('/leads/check-availability', { address: '+14155559133' }).expect(200);
  await tenant.post('/check-availability-rr', { phones: ['+14155559134'], emails: ['a@example.com'] }).expect(200);
  const { jobId } = (await tenant.post('/leads/check-availability', { listId: desk.listId }).expect(202)).body;
  await eventually(async () => (await tenant.get(`/leads/check-availability/jobs/${jobId}`)).body.checked > 10);
  await tenant.delete(`/leads/check-availability/jobs/${jobId}`).expect(200);

  // A campaign of a few: seventy on one line would take longer than anything waits here.
  const few = await new CampaignDesk(test, tenant).open();
  const [replier, quiet] = await few.leads([
    { phone: '+14155558131' },
    { phone: '+14155558132' },
    { phone: '+14155558110', altPhone1: '+14155558111' },
  ]);
  const steps = [
    { template: 'One {firstName|there}', wait: NOW },
    { template: 'Two', wait: MUCH_LATER },
  ];
  const campaign = await few.launched(steps, { lineIds: [line.id] });
  await few.step(campaign, replier!, 0, 'sent', 'delivered');
  await few.step(campaign, quiet!, 0, 'delivered');
  const [sent] = test.simulator.ledger({ kind: 'send', address: '+14155558132' }) as SendEntry[];
  await test.simulator.receipt({ guid: sent!.guid!, delivered: true, read: true });
  await test.simulator.reply({ address: '+14155558131', text: 'Stop', deliveries: 2 });
  await few.step(campaign, replier!, 1, 'cancelled');
  const guest = (await tenant.post('/leads', { leads: [{ phone: '+14155558133' }] }).expect(201)).body.leadIds[0] as string;
  await tenant.post(`/campaigns/${campaign}/leads`, { leadId: guest }).expect(200);
  await tenant.post(`/campaigns/${campaign}/pause`).expect(200);
  await tenant.patch(`/campaigns/${campaign}`, { steps: steps.slice(1), lineIds: [second.id] }).expect(200);
  await eventually(async () => (await tenant.post(`/campaigns/${campaign}/resume`)).status === 200);
  await tenant.delete(`/campaigns/${campaign}/leads/${guest}`).expect(200);
  for (const query of ['leads?limit=2&cursor=', 'leads?page=2&limit=2', 'report']) {
    await tenant.get(`/campaigns/${campaign}/${query}`).expect(200);
  }
  const waiting = await desk.launched([{ template: 'Later', wait: MUCH_LATER }]);
  for (const query of [`campaignId=${waiting}&status=scheduled`, `lineId=${line.id}&limit=2&cursor=`, `leadId=${replier}`]) {
    await tenant.get(`/messages?${query}`).expect(200);
  }
  await tenant.delete(`/campaigns/${waiting}`).expect(200);

  const refused = (await tenant.post('/messages', { message: 'Hi', recipientPhone: '+14155558110' })).body.message._id as string;
  await eventually(async () => (await tenant.get(`/messages/${refused}`)).body.status === 'fallback');
  await tenant.post(`/messages/${refused}/retry`);
  const direct = { message: 'Hi', leadId: quiet, scheduledDate: '2100-01-01T00:00:00Z', fromLineId: line.id };
  const { _id } = (await tenant.post('/messages', direct).expect(201)).body.message;
  await tenant.post(`/messages/${_id}/cancel`).expect(200);
  await tenant.post('/messages', direct).expect(201);
  await tenant.post('/messages/cancel-for-lead', { leadId: quiet }).expect(200);
  await tenant.get(`/replies?leadId=${replier}`).expect(200);

  const csv = 'Phone,Email\n+14155557131,\nnonsense,\n,row@example.com\n';
  const upload = tenant.call('post', '/leads/imports').query({ listId: few.listId, campaignId: campaign });
  const { importId } = (await upload.attach('file', Buffer.from(csv), 'tour.csv').expect(202)).body;
  await eventually(async () => (await tenant.get(`/leads/imports/${importId}`)).body.state === 'completed');
  await tenant.get(`/leads/imports/${importId}/rejected`).expect(200);

  await tenant.post(`/campaigns/${campaign}/archive`).expect(200);
  await tenant.delete(`/lists/${desk.listId}?deleteLeads=true`).expect(200);
  await eventually(async () => (await tenant.get(`/leads/${ids[5]}`)).status === 404);
  for (const name of ['dispatch', 'recover sends', 'fold all counts', 'wake background work'])
    await test.app.get(Ticks).now(name);
}

async function everyEndpoint(test: TestApp): Promise<void> {
  const mine = await furnish(test);
  const idOf = (name: string) => mine[name as 'lead'];
  const all = endpoints(mine);
  // What is deleted is asked for before.
  for (const { method, path, body, admin } of [...all].sort((a, b) => +(a.method === 'delete') - +(b.method === 'delete'))) {
    const call = mine.tenant.call(
      method,
      path.replace(/:(\w+)/g, (_, name: string) => idOf(name)),
    );
    if (admin) void call.set('authorization', `Bearer ${mine.session}`);
    expect({ method, path, status: (await call.send(body)).status < 500 }).toEqual({ method, path, status: true });
  }
}

/** The operators that stand in the sources, for those that the tour happens to pass by. */
function written(folder = 'src'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return written(path);
    if (!entry.name.endsWith('.ts') || entry.name.endsWith('.spec.ts')) return [];
    const found = readFileSync(path, 'utf8').matchAll(/(?<=[{,\s(])(\$[a-z]\w*)\s*(?=[:},])/g);
    return [...found].map((match) => match[1]!);
  });
}

describe('what the product asks of MongoDB', () => {
  let proven: Set<string>;
  let used: Set<string>;

  beforeAll(async () => {
    proven = await trafficOfCases();
    const traffic = new Traffic();
    const test = await startTestApp({ AVAILABILITY_SYNC_MAX: '5' });
    try {
      await tour(test);
    } finally {
      await test.close();
      traffic.stop();
    }
    used = traffic.used;
  }, 180_000);

  it('was seen: all kinds of commands, stages and operators', () => {
    expect([...used]).toEqual(
      expect.arrayContaining([
        ...['command insert', 'command commitTransaction', 'findAndModify new', 'createIndexes writeConcern'],
        ...['stage $group', 'accumulator $sum', 'filter $in', 'update $push', 'update $setOnInsert', 'partial index $gt'],
      ]),
    );
  });

  it('has a conformance case, each of it', () => {
    expect([...used].filter((one) => !proven.has(one)).sort()).toEqual([]);
  });

  it('has a conformance case also where the sources alone show it', () => {
    const names = new Set([...proven].flatMap((one) => one.split(' ').filter((word) => word.startsWith('$'))));
    expect([...new Set(written())].filter((name) => !names.has(name)).sort()).toEqual([]);
  });
});
