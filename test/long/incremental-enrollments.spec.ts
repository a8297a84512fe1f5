import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { type ChangedRow, follow, times, whole } from '../support/change-reader';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Row extends ChangedRow {
  leadId: string;
  externalId: string | null;
  status: string;
  repliedAt: string | null;
  lastSentAt: string | null;
}

/** GET /campaigns/:id/leads with `updatedSince` and a cursor. */
describe('reading the changes of enrollments', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  /** Of those that the simulator answers as any phone (libs/bluebubbles-simulator/magic.ts). */
  const phone = (n: number) => `+121255${String(5_010 + Math.floor(n / 10)).slice(1)}${String(30 + (n % 10))}`;

  it('misses none and repeats none while leads are enrolled, written to, answer, and are taken out', async () => {
    const line = await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const leads = await desk.leads(Array.from({ length: 24 }, (_, n) => ({ phone: phone(n), externalId: `X${n}` })));
    const steps = [
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ];
    const id = await desk.create(steps);
    const path = `/campaigns/${id}/leads`;
    const list = { path, name: 'enrollments' };
    const since = new Date().toISOString();
    let isWriting = true;
    const launch = async () => {
      await tenant.post(`/campaigns/${id}/launch`).expect(200);
      for (const lead of leads.slice(0, 12)) await desk.step(id, lead, 0, 'delivered');
    };
    const answers = async () => {
      for (const n of [0, 1, 2]) {
        await desk.step(id, leads[n]!, 0, 'delivered');
        await test.simulator.reply({ address: phone(n), text: 'Yes' });
        await eventually(async () => (await tenant.get(`${path}?leadId=${leads[n]}`)).body.enrollments[0].status === 'stopped');
      }
    };
    const singles = async () => {
      await eventually(async () => (await desk.campaign(id)).status === 'active');
      for (let n = 100; n < 112; n += 1) {
        const { leadId } = (await tenant.post(path, { lead: { phone: phone(n) } }).expect(200)).body as { leadId: string };
        if (n % 3 === 0) await tenant.delete(`${path}/${leadId}`).expect(200);
        if (n % 3 === 1) await tenant.delete(`/leads/${leadId}`).expect(200);
      }
    };
    const writers = Promise.all([launch(), answers(), singles()]).finally(() => (isWriting = false));
    const seen = await follow<Row>(tenant, { ...list, since, limit: 5 }, () => !isWriting);
    await writers;
    // What is on its way still arrives.
    const underway = `/messages?campaignId=${id}&status=queued,pending,sending,sent`;
    await eventually(async () => (await tenant.get(underway).expect(200)).body.messages.length === 0);
    const last = [...seen.rows.values()]
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1)!;
    const rest = await follow<Row>(tenant, { ...list, since: last }, () => true);
    const now = await whole<Row>(tenant, path, 'enrollments');
    expect(now.size).toBe(36);
    expect(times(new Map([...seen.rows, ...rest.rows]))).toEqual(times(now));
    expect(seen.repeated).toEqual([]);

    // Of one that every reader has seen long ago.
    const known = [...now.values()]
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1)!;
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    await tenant.delete(`${path}/${leads[20]}`).expect(200);
    const { rows: news } = await follow<Row>(tenant, { ...list, since: known }, () => true);
    const told = [...news.values()].filter(({ updatedAt }) => updatedAt > known);
    expect(told.map(({ leadId, status }) => [leadId, status])).toEqual([[leads[20], 'stopped']]);
    now.set(told[0]!._id!, told[0]!);

    const of = async (query: string) => (await tenant.get(`${path}?limit=200&${query}`).expect(200)).body.enrollments as Row[];
    const among = [...now.values()];
    const stopped = among.filter(({ status }) => status === 'stopped');
    expect((await of('status=stopped')).length).toBe(stopped.length);
    expect(stopped.length).toBe(3 + 8 + 1);
    expect((await of('status=active,stopped')).length).toBe(36);
    expect((await of('status=active&status=stopped')).length).toBe(36);
    expect((await of('status=completed')).length).toBe(0);
    expect((await of('externalId=X5')).map(({ leadId, externalId }) => [leadId, externalId])).toEqual([[leads[5], 'X5']]);
    expect((await of(`leadId=${leads[7]}`)).map(({ leadId }) => leadId)).toEqual([leads[7]]);
    const sent = among.filter(({ lastSentAt }) => lastSentAt !== null);
    expect((await of(`lineId=${line.id}`)).length).toBe(sent.length);
    expect(await of('lineId=0123456789abcdef01234567')).toEqual([]);
    const { details } = (await tenant.get(`${path}?status=active,other`).expect(400)).body;
    expect(details[0].field).toBe('status');
    await (await test.tenant()).get(`${path}?updatedSince=${since}&cursor=`).expect(404);
  });
});
