import { ObjectId } from 'mongodb';
import type { Line } from '../../src/lines';
import { type ChangedRow, follow, times, whole } from '../support/change-reader';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Row extends ChangedRow {
  messageId: string;
  message: string;
  externalId: string | null;
  reviewedAs: string | null;
}

/** GET /replies with `updatedSince` and a cursor. */
describe('reading the changes of replies', () => {
  let test: TestApp;
  let tenant: Tenant;
  let line: Line;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    line = await test.line(tenant);
  });
  afterAll(() => test.close());

  const list = { path: '/replies', name: 'replies' };
  const phone = (n: number) => `+1347555${String(1_000 + n)}`;
  /** Puts a reply under review there, as it would stand. */
  const underReview = async (n: number) => {
    const { insertedId } = await test.connection.collection('replies').insertOne({
      ...{ workspaceId: tenant.id, lineId: new ObjectId(line.id), channel: 'imessage', address: phone(n), text: 'Hm' },
      ...{ externalId: `hm${n}`, key: `imessage:hm${n}`, leadIds: [], kind: 'review', personId: null, answeredId: null },
      ...{ campaignId: null, reviewedAs: null, receivedAt: new Date() },
    });
    return insertedId.toString();
  };

  it('misses none and repeats none while people answer, are reviewed and are erased', async () => {
    const since = new Date().toISOString();
    const { leadIds } = (
      await tenant
        .post('/leads', { leads: Array.from({ length: 30 }, (_, n) => ({ phone: phone(n), externalId: `X${n}` })) })
        .expect(201)
    ).body as { leadIds: string[] };
    const reviews = await Promise.all(Array.from({ length: 10 }, (_, n) => underReview(100 + n)));
    let isWriting = true;
    const answer = async (from: number) => {
      for (let n = from; n < 30; n += 2) {
        await test.simulator.reply({ address: phone(n), text: `Answer ${n}` });
        await eventually(async () => (await tenant.get(`/replies?externalId=X${n}`)).body.replies.length === 1);
      }
    };
    const decide = async () => {
      for (const [n, id] of reviews.entries()) {
        await tenant.post(`/replies/${id}/review`, { as: n % 2 ? 'reply' : 'opt_out' }).expect(200);
      }
    };
    const erase = async () => {
      for (const n of [0, 1]) {
        await eventually(async () => (await tenant.get(`/replies?externalId=X${n}`)).body.replies.length === 1);
        const { jobId } = (await tenant.delete(`/leads/${leadIds[n]}?erase=true`).expect(202)).body;
        await eventually(async () => (await tenant.get(`/leads/erasures/${jobId}`)).body.state === 'completed');
      }
    };
    const first = answer(0);
    const writers = Promise.all([first, answer(1), decide(), erase()]).finally(() => (isWriting = false));
    const seen = await follow<Row>(tenant, { ...list, since, limit: 5 }, () => !isWriting);
    await writers;
    const now = await whole<Row>(tenant, list.path, list.name);
    expect(now.size).toBe(40);
    expect(times(seen.rows)).toEqual(times(now));
    expect(seen.repeated).toEqual([]);
    for (const id of reviews) expect(seen.rows.get(id)!.reviewedAs).toEqual(expect.any(String));
    expect([...seen.rows.values()].filter(({ message }) => message === '')).toHaveLength(2);
    expect([...seen.rows.values()].filter(({ externalId }) => externalId !== null)).toHaveLength(28);
  });

  it('takes external ids and lines as filters', async () => {
    const of = async (query: string) => (await tenant.get(`/replies?${query}`).expect(200)).body.replies as Row[];
    expect((await of('externalId=X7')).map(({ message, externalId }) => [message, externalId])).toEqual([['Answer 7', 'X7']]);
    expect(await of('externalId=unknown')).toEqual([]);
    expect(await of(`lineId=${line.id}&limit=200`)).toHaveLength(40);
    expect(await of('lineId=0123456789abcdef01234567')).toEqual([]);
    const { leadId } = (await of('externalId=X7'))[0] as unknown as { leadId: string };
    expect(await of(`externalId=X8&leadId=${leadId}`)).toEqual([]);
    const { details } = (await tenant.get('/replies?updatedSince=yesterday').expect(400)).body;
    expect(details[0].field).toBe('updatedSince');
  });
});
