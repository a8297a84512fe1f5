import { eventually } from '../support/eventually';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Changed {
  _id: string;
  updatedAt: string;
}

/**
 * What an integration does to keep up: it reads what changed since the last change that it saw, page by page.
 */
describe('reading changes while others write', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  it('misses nothing and repeats nothing', async () => {
    const start = new Date().toISOString();
    const { body: first } = await tenant
      .post('/leads', { leads: Array.from({ length: 60 }, (_, index) => ({ email: `old${index}@example.com` })) })
      .expect(201);
    let writing = true;
    const expected = new Set<string>(first.leadIds as string[]);
    const save = async (count: number, name: string) => {
      const leads = Array.from({ length: count }, (_, index) => ({ email: `${name}x${index}@example.com` }));
      const { body } = await tenant.post('/leads', { leads }).expect(201);
      for (const id of body.leadIds as string[]) expected.add(id);
    };
    // A call with many rows takes its time early and commits late: single ones get in front of it.
    const many = (async () => {
      for (let round = 0; round < runs(6); round += 1) await save(2_000, `bulk${round}`);
      writing = false;
    })();
    const few = (async () => {
      for (let round = 0; writing; round += 1) {
        await save(1, `single${round}`);
        await tenant.patch(`/leads/${first.leadIds[round % 60]}`, { firstName: `R${round}` }).expect(200);
      }
    })();
    const writers = Promise.all([many, few]);
    const seen = new Map<string, string>();
    let cursor = '';
    let since = start;
    let pages = 0;
    for (;;) {
      const over = !writing;
      const { body } = await tenant.get(`/leads?updatedSince=${since}&limit=200&cursor=${cursor}`).expect(200);
      pages += 1;
      for (const { _id, updatedAt } of body.leads as Changed[]) {
        // The change that the last reading ended with comes first in the next one; no other comes twice.
        if (seen.get(_id) === updatedAt) expect(updatedAt).toBe(since);
        seen.set(_id, updatedAt);
      }
      const next = body.pagination.nextCursor as string | null;
      if (next !== null) {
        cursor = next;
        continue;
      }
      if (over) break;
      since = [...seen.values()].sort().at(-1)!;
      cursor = '';
    }
    await writers;
    expect(pages).toBeGreaterThan(10);
    expect([...expected].filter((id) => !seen.has(id))).toEqual([]);
    const { body } = await tenant.get(`/leads/${first.leadIds[3]}`).expect(200);
    expect(seen.get(body._id as string)).toBe(body.updatedAt);
  });

  describe('of leads that are deleted', () => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, 5));
    const feed = async (of: Tenant, since: string, more = '') => {
      const seen: { leads: string[]; deleted: { _id: string; externalId: string | null; deletedAt: string }[] } = {
        leads: [],
        deleted: [],
      };
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await of.get(`/leads?updatedSince=${since}&limit=3&cursor=${cursor}${more}`).expect(200);
        expect(body.leads.length + body.deleted.length).toBeLessThanOrEqual(3);
        seen.leads.push(...(body.leads as { _id: string }[]).map(({ _id }) => _id));
        seen.deleted.push(...body.deleted);
        cursor = body.pagination.nextCursor as string | null;
      }
      return seen;
    };

    it('tells of them in their place, by id and external id, each once, and to nobody else', async () => {
      const [own, other] = [await test.tenant(), await test.tenant()];
      const since = new Date().toISOString();
      const leads = Array.from({ length: 10 }, (_, n) => ({ email: `d${n}@example.com`, externalId: `X${n}` }));
      const ids = (await own.post('/leads', { leads }).expect(201)).body.leadIds as string[];
      await wait();
      await own.delete(`/leads/${ids[3]}`).expect(200);
      await own.delete('/leads', { ids: [ids[5], ids[6]] }).expect(200);
      await own.patch(`/leads/${ids[0]}`, { firstName: 'Late' }).expect(200);
      const seen = await feed(own, since);
      expect(seen.leads.at(-1)).toBe(ids[0]);
      expect([...seen.leads].sort()).toEqual(ids.filter((id) => ![ids[3], ids[5], ids[6]].includes(id)).sort());
      expect(seen.deleted).toHaveLength(3);
      expect(seen.deleted[0]).toEqual({ _id: ids[3], externalId: 'X3', deletedAt: expect.any(String) });
      expect(seen.deleted.map(({ externalId }) => externalId).sort()).toEqual(['X3', 'X5', 'X6']);
      expect((await feed(other, since)).deleted).toEqual([]);
      expect((await feed(own, new Date(Date.now() + 1).toISOString())).deleted).toEqual([]);
    });

    it('goes by list and external id, and by no filter that only the living have', async () => {
      const own = await test.tenant();
      const since = new Date().toISOString();
      const listId = (await own.post('/lists', { name: 'Going' }).expect(201)).body._id as string;
      const { body } = await own.post('/leads', { listId, leads: [{ email: 'a@example.com', externalId: 'A' }] }).expect(201);
      const { body: elsewhere } = await own.post('/leads', { leads: [{ email: 'b@example.com' }] }).expect(201);
      await own.delete('/leads', { ids: [body.leadIds[0], elsewhere.leadIds[0]] }).expect(200);
      const deleted = async (more: string) => (await feed(own, since, more)).deleted.map(({ _id }) => _id);
      expect((await deleted('')).sort()).toEqual([body.leadIds[0], elsewhere.leadIds[0]].sort());
      expect(await deleted(`&listId=${listId}&includeDeleted=true`)).toEqual(body.leadIds);
      expect(await deleted('&externalId=A')).toEqual(body.leadIds);
      const of = (query: string) => own.get(`/leads?updatedSince=${since}&cursor=&${query}`);
      expect((await of('includeDeleted=false').expect(200)).body).not.toHaveProperty('deleted');
      expect((await of('search=a').expect(200)).body).not.toHaveProperty('deleted');
      expect((await of('search=a&includeDeleted=true').expect(400)).body.details[0].field).toBe('includeDeleted');
      expect((await own.get('/leads?includeDeleted=true').expect(400)).body.details[0].field).toBe('includeDeleted');
    });

    it('tells of the leads of a list that was deleted', async () => {
      const own = await test.tenant();
      const since = new Date().toISOString();
      const listId = (await own.post('/lists', { name: 'Going' }).expect(201)).body._id as string;
      const { body } = await own
        .post('/leads', { listId, leads: Array.from({ length: 7 }, (_, n) => ({ email: `l${n}@example.com` })) })
        .expect(201);
      await own.delete(`/lists/${listId}?deleteLeads=true`).expect(200);
      const seen = await eventually(async () => {
        const { deleted } = await feed(own, since);
        return deleted.length === 7 && deleted;
      });
      expect(seen.map(({ _id }) => _id).sort()).toEqual([...(body.leadIds as string[])].sort());
    });

    it('names nobody who was erased, deleted before or not', async () => {
      const own = await test.tenant();
      const since = new Date().toISOString();
      const leads = ['E1', 'E2'].map((externalId) => ({ email: `${externalId}@example.com`, externalId }));
      const ids = (await own.post('/leads', { leads }).expect(201)).body.leadIds as string[];
      await own.delete(`/leads/${ids[0]}`).expect(200);
      for (const id of ids) await own.delete(`/leads/${id}?erase=true`).expect(202);
      await eventually(async () => {
        const { deleted } = await feed(own, since);
        return deleted.length === 2 && deleted.every(({ externalId }) => externalId === null);
      });
    });
  });
});
