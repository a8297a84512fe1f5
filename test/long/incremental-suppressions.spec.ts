import { type ChangedRow, follow, times, whole } from '../support/change-reader';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Row extends ChangedRow {
  address: string | null;
  isErased?: boolean;
}

/** GET /suppressions with `updatedSince` and a cursor. */
describe('reading the changes of suppressions', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const list = { path: '/suppressions', name: 'suppressions' };
  const add = async (address: string, of = tenant) =>
    (await of.post('/suppressions', { address }).expect(201)).body.suppression._id as string;

  it('misses none and repeats none while they are added, derived, lifted and erased', async () => {
    const since = new Date().toISOString();
    let isWriting = true;
    const lifted: string[] = [];
    const bulk = async () => {
      for (let round = 0; round < 3; round += 1) {
        const suppressions = Array.from({ length: 400 }, (_, n) => ({ address: `bulk${round}x${n}@example.com` }));
        await tenant.post('/suppressions', { suppressions }).expect(201);
      }
    };
    const singles = async () => {
      const made: string[] = [];
      for (let round = 0; round < 40; round += 1) {
        made.push(await add(`single${round}@example.com`));
        if (round % 4 !== 3) continue;
        lifted.push(made[round - 3]!);
        await tenant.delete(`/suppressions/${made[round - 3]}`).expect(200);
      }
    };
    const people = async () => {
      for (let round = 0; round < 8; round += 1) {
        const lead = { email: `person${round}@example.com`, phone: `+1202555${String(1_200 + round)}` };
        const { leadIds } = (await tenant.post('/leads', { leads: [lead] }).expect(201)).body as { leadIds: string[] };
        await add(lead.email);
        // What was covered through the lead is written down; or the row becomes a hash.
        await tenant.delete(`/leads/${leadIds[0]}${round % 2 ? '?erase=true' : ''}`).expect(round % 2 ? 202 : 200);
      }
      await eventually(async () => {
        const rows = [...(await whole<Row>(tenant, list.path, list.name)).values()];
        return rows.filter(({ isErased }) => isErased).length >= 4;
      });
    };
    const writers = Promise.all([bulk(), singles(), people()]).finally(() => (isWriting = false));
    const seen = await follow<Row>(tenant, { ...list, since, limit: 100 }, () => !isWriting);
    await writers;
    const rest = await follow<Row>(tenant, { ...list, since }, () => true);
    const now = await whole<Row>(tenant, list.path, list.name);
    expect(times(rest.rows)).toEqual(times(now));
    expect(seen.repeated).toEqual([]);
    expect(seen.pages).toBeGreaterThan(10);
    const missed = [...now].filter(([id, { updatedAt }]) => seen.rows.get(id)?.updatedAt !== updatedAt);
    // An erasure may have ended behind the last look.
    expect(missed.filter(([, { isErased }]) => !isErased)).toEqual([]);
    expect([...seen.deleted.keys()]).toEqual(expect.arrayContaining(lifted));
    expect([...seen.rows.keys()].filter((id) => !now.has(id))).toEqual([]);
  });

  it('tells of those that were lifted, by the same filters, unless they are not wanted, and to nobody else', async () => {
    const since = new Date().toISOString();
    const [mine, other] = [await add('a@example.com'), await add('b@example.com')];
    await tenant.post('/suppressions', { address: '+12025550123', channel: 'phone' }).expect(201);
    for (const id of [mine, other]) await tenant.delete(`/suppressions/${id}`).expect(200);
    const of = async (more: string, by = tenant) => {
      const { rows, deleted } = await follow<Row>(by, { ...list, path: `/suppressions${more}`, since }, () => true);
      return [rows.size, [...deleted.keys()]];
    };
    expect(await of('')).toEqual([1, [mine, other]]);
    expect(await of('?address=a@example.com')).toEqual([0, [mine]]);
    expect(await of('?channel=phone')).toEqual([1, []]);
    expect(await of('?channel=all')).toEqual([0, [mine, other]]);
    expect(await of('', await test.tenant())).toEqual([0, []]);
    const { body } = await tenant.get(`/suppressions?updatedSince=${since}&cursor=&includeDeleted=false`).expect(200);
    expect(body).not.toHaveProperty('deleted');
    const { details } = (await tenant.get('/suppressions?includeDeleted=true').expect(400)).body;
    expect(details).toEqual([{ field: 'includeDeleted', message: 'needs updatedSince and cursor' }]);
    const answer = await tenant.get(`/suppressions?updatedSince=${since}&cursor=`).expect(200);
    expect(answer.body.deleted[0]).toEqual({
      _id: mine,
      address: 'a@example.com',
      domain: null,
      channel: 'all',
      deletedAt: expect.any(String),
    });
  });
});
