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
});
