import { isDeepStrictEqual } from 'node:util';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Shown {
  _id: string;
  suppressions?: unknown[];
}

/** Which leads must not be written to, in lists of leads: as each of them says when it is shown. */
describe('leads by whether they are suppressed', () => {
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    tenant = await test.tenant();
  });

  const phone = (ending: number) => `+1206${String(3_000_000 + serial * 100 + ending)}`;
  const saved = async (leads: object[], listId?: string): Promise<string[]> =>
    (await tenant.post('/leads', { leads, listId }).expect(201)).body.leadIds;
  const suppress = (body: object) => tenant.post('/suppressions', body).expect(201);
  const listed = async (query: string): Promise<string[]> =>
    (await tenant.get(`/leads?limit=100&${query}`).expect(200)).body.leads.map(({ _id }: Shown) => _id);
  /** As each lead says of itself. */
  const byOne = async (ids: readonly string[]) => {
    const shown = await Promise.all(ids.map(async (id) => (await tenant.get(`/leads/${id}`).expect(200)).body as Shown));
    const of = (isSuppressed: boolean) =>
      shown.filter(({ suppressions }) => suppressions!.length > 0 === isSuppressed).map(({ _id }) => _id);
    return { yes: of(true), no: of(false) };
  };
  const newestFirst = (ids: readonly string[]) => [...ids].sort().reverse();

  it('gives those that one is listed for: an address, in any form, its domain, or another address of the person', async () => {
    const ids = await saved([
      { firstName: 'Ann', phone: phone(1), altPhone1: phone(2) },
      // Holds another address of Ann's.
      { firstName: 'Bob', phone: phone(3), altPhone1: phone(2) },
      { firstName: 'Cy', phone: phone(4) },
      { firstName: 'Dee', email: 'dee@listed.example' },
      { firstName: 'Eve', email: 'eve@sub.listed.example' },
      { firstName: 'Fay', phone: '+5511987654321' },
      // A bad address covers that address alone, so its neighbour is free.
      { firstName: 'Gus', phone: phone(5), email: 'gus@bad.example' },
      { firstName: 'Hal', phone: phone(6), altPhone1: phone(5), email: 'hal@good.example' },
    ]);
    await suppress({ address: phone(1), channel: 'phone', reason: 'opted_out' });
    await suppress({ domain: 'listed.example', channel: 'email', reason: 'manual' });
    await suppress({ address: '+551187654321', channel: 'all', reason: 'manual' });
    await suppress({ address: 'gus@bad.example', channel: 'email', reason: 'bounced' });
    const { yes, no } = await byOne(ids);
    expect([yes.length, no.length]).toEqual([5, 3]);
    expect(await listed('suppressed=true')).toEqual(newestFirst(yes));
    expect(await listed('suppressed=false')).toEqual(newestFirst(no));
  });

  it('an address that many hold counts for the leads that have it, and for no others of theirs', async () => {
    const ids = await saved([
      ...[1, 2, 3, 4].map((n) => ({ phone: phone(10 + n), altPhone1: phone(1) })),
      { phone: phone(20), altPhone1: phone(11) },
    ]);
    await suppress({ address: phone(1), channel: 'phone', reason: 'opted_out' });
    const { yes, no } = await byOne(ids);
    expect([yes.length, no.length]).toEqual([4, 1]);
    expect(await listed('suppressed=true')).toEqual(newestFirst(yes));
    expect(await listed('suppressed=false')).toEqual(newestFirst(no));
  });

  it('goes with the other filters, pages, cursors, counts and the export; nobody is listed: nobody is suppressed', async () => {
    const { body: list } = await tenant.post('/lists', { name: 'Some' }).expect(201);
    const others = await saved([1, 2, 3, 4].map((n) => ({ firstName: 'Anna', phone: phone(n) })));
    const own = await saved(
      [5, 6, 7].map((n) => ({ firstName: 'Anna', phone: phone(n) })),
      list._id,
    );
    expect(await listed('suppressed=true')).toEqual([]);
    expect(await listed('suppressed=false')).toEqual(newestFirst([...others, ...own]));
    for (const n of [1, 2, 5]) await suppress({ address: phone(n), channel: 'phone', reason: 'manual' });
    const yes = newestFirst([others[0]!, others[1]!, own[0]!]);
    const no = newestFirst([others[2]!, others[3]!, own[1]!, own[2]!]);
    expect(await listed(`suppressed=true&listId=${list._id}`)).toEqual([own[0]]);
    expect(await listed(`suppressed=false&listId=${list._id}`)).toEqual(newestFirst(own.slice(1)));
    expect(await listed('suppressed=true&search=ann')).toEqual(yes);
    expect(await listed('suppressed=false&search=ann')).toEqual(no);
    const { body: page } = await tenant.get('/leads?suppressed=false&page=2&limit=3').expect(200);
    expect(page.leads.map(({ _id }: Shown) => _id)).toEqual(no.slice(3));
    expect(page.pagination).toMatchObject({ totalCount: 4, totalPages: 2 });
    const { body: first } = await tenant.get('/leads?suppressed=true&cursor=&limit=2').expect(200);
    const { body: rest } = await tenant.get(`/leads?suppressed=true&cursor=${first.pagination.nextCursor}&limit=2`).expect(200);
    expect([...first.leads, ...rest.leads].map(({ _id }: Shown) => _id)).toEqual(yes);
    expect(rest.pagination.nextCursor).toBeNull();
    // The newest changes are withheld for a moment, until no earlier one can come.
    await eventually(async () => {
      const { body } = await tenant.get('/leads?suppressed=true&cursor=&limit=9&updatedSince=2020-01-01T00:00:00Z').expect(200);
      return isDeepStrictEqual(newestFirst(body.leads.map(({ _id }: Shown) => _id)), yes);
    });
    const { text } = await tenant.get('/leads/export?suppressed=true').expect(200);
    expect(text.trim().split('\n')).toHaveLength(1 + yes.length);
  });

  it('knows those of the workspace alone, and takes nothing but true and false', async () => {
    const [id] = await saved([{ phone: phone(1) }]);
    const other = await test.tenant();
    await other.post('/leads', { leads: [{ phone: phone(1) }] }).expect(201);
    await other.post('/suppressions', { address: phone(1), channel: 'all', reason: 'manual' }).expect(201);
    expect(await listed('suppressed=true')).toEqual([]);
    expect(await listed('suppressed=false')).toEqual([id]);
    const { body } = await tenant.get('/leads?suppressed=yes').expect(400);
    expect(body.details).toMatchObject([{ field: 'suppressed' }]);
  });
});
