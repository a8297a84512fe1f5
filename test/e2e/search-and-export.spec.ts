import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Where a spreadsheet may begin a cell, whatever it divides by. */
const FORMULA = /(^\s*|[;\t\r\n])[=+\-@＝＋－＠]/;

describe('search', () => {
  let test: TestApp;
  let tenant: Tenant;
  let list: string;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    list = (await tenant.post('/lists', { name: 'Search' }).expect(201)).body._id as string;
    const leads = [
      { firstName: 'Zoë', lastName: 'Ulverberg', email: 'y.ulverberg@consulting.example.net', phone: '+16155550140' },
      { firstName: 'Maria', lastName: 'Lee', companyName: 'Tall Pines Bikes Co., Ltd.', email: 'maria@example.com' },
      { firstName: 'Marius', lastName: 'Zo', phone: '+447911123456' },
      { firstName: 'Иван', lastName: 'Øst', companyName: '東京 Straße', email: 'ivan@example.org' },
    ];
    await tenant.post('/leads', { leads, listId: list }).expect(201);
    await tenant.post('/leads', { leads: [{ firstName: 'Maria', lastName: 'Elsewhere', phone: '+12025550101' }] }).expect(201);
  });
  afterAll(() => test.close());

  const found = async (query: string) => {
    const { body } = await tenant.get(`/leads?${query}`).expect(200);
    return (body.leads as { lastName: string }[]).map(({ lastName }) => lastName).sort();
  };

  it.each([
    ['zoe', ['Ulverberg']],
    ['zo', ['Ulverberg', 'Zo']],
    ['MAR', ['Elsewhere', 'Lee', 'Zo']],
    ['mar pines', ['Lee']],
    ['maria@example.com', ['Lee']],
    ['(615) 555-0140', ['Ulverberg']],
    ['7911', ['Zo']],
    ['+44 7911', ['Zo']],
    ['ива', ['Øst']],
    ['ØS 東', ['Øst']],
    ['straß', ['Øst']],
    ['zoe zzz', []],
    ['ar', []],
    ['.*', []],
    ['maria $ne', []],
  ])('for %j finds %j', async (search, names) => {
    expect(await found(`search=${encodeURIComponent(search)}`)).toEqual(names);
  });

  it('goes with the other filters, pages and cursors', async () => {
    expect(await found(`search=mar&listId=${list}`)).toEqual(['Lee', 'Zo']);
    const { body: page } = await tenant.get('/leads?search=mar&limit=2').expect(200);
    expect(page.pagination).toEqual({ page: 1, limit: 2, totalCount: 3, totalPages: 2 });
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await tenant.get(`/leads?search=mar&limit=1&cursor=${cursor}`).expect(200);
      names.push(...(body.leads as { lastName: string }[]).map(({ lastName }) => lastName));
      cursor = body.pagination.nextCursor as string | null;
    }
    expect(names).toEqual(['Elsewhere', 'Zo', 'Lee']);
  });

  it('puts who has the very address first, however the pages are turned', async () => {
    const other = await test.tenant();
    const leads = [
      { firstName: 'Owner', email: 'jo@exact.example' },
      { firstName: 'Second', email: 'x@exact.example', altEmail1: 'jo@exact.example' },
      { firstName: 'Sam', email: 'sam.jo@exact.example' },
      { firstName: 'Jo', email: 'y@exact.example' },
    ];
    for (const lead of leads) await other.post('/leads', { leads: [lead] }).expect(201);
    const names = (body: { leads: { firstName: string }[] }) => body.leads.map(({ firstName }) => firstName);
    const search = `search=${encodeURIComponent('JO@Exact.example')}`;
    const { body: all } = await other.get(`/leads?${search}`).expect(200);
    expect(names(all)).toEqual(['Owner', 'Second', 'Jo', 'Sam']);
    expect(all.pagination.totalCount).toBe(4);
    for (const limit of [1, 2, 3]) {
      const pages: string[] = [];
      for (let page = 1; page <= 4; page += 1) {
        pages.push(...names((await other.get(`/leads?${search}&limit=${limit}&page=${page}`).expect(200)).body));
      }
      expect(pages.sort()).toEqual(['Jo', 'Owner', 'Sam', 'Second']);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await other.get(`/leads?${search}&limit=${limit}&cursor=${cursor}`).expect(200);
        seen.push(...names(body));
        cursor = body.pagination.nextCursor as string | null;
      }
      expect(seen.sort()).toEqual(['Jo', 'Owner', 'Sam', 'Second']);
    }
  });

  it('reads a number in each of its meanings, and counts every lead once', async () => {
    const other = await test.tenant();
    const leads = [
      { firstName: 'Fay', phone: '+33612345678' },
      { firstName: 'Ilse', phone: '+390612345678' },
      { firstName: 'Uma', phone: '+447911123456', altPhone1: '+12025550143' },
      { firstName: 'Una', phone: '+12025550144', companyName: 'Studio 202 55' },
    ];
    await other.post('/leads', { leads }).expect(201);
    const names = async (search: string) => {
      const { body } = await other.get(`/leads?search=${encodeURIComponent(search)}`).expect(200);
      expect(body.pagination.totalCount).toBe(body.leads.length);
      return (body.leads as { firstName: string }[]).map(({ firstName }) => firstName);
    };
    expect(await names('06 12 34 56 78')).toEqual(['Ilse', 'Fay']);
    expect(await names('07911 123456')).toEqual(['Uma']);
    expect(await names('(202) 55')).toEqual(['Una', 'Uma']);
    expect(await names('0143')).toEqual(['Uma']);
    expect(await names('+1 202 555 0143 una')).toEqual([]);
  });

  it('finds by custom fields whose keys have colons: the longest key that is known', async () => {
    const other = await test.tenant();
    const leads = [
      { email: 'a@example.com', customFields: { 'Deal: Size': 'big', 'E-Mail 2: Typ': 'x:y' } },
      { email: 'b@example.com', customFields: { Deal: ' Size:big' } },
      { email: 'c@example.com', customFields: { url: 'https://example.com:8080' } },
    ];
    await other.post('/leads', { leads }).expect(201);
    const emails = async (field: string) => {
      const { body } = await other.get(`/leads?customField=${encodeURIComponent(field)}`).expect(200);
      return (body.leads as { email: string }[]).map(({ email }) => email);
    };
    expect(await emails('Deal: Size:big')).toEqual(['a@example.com']);
    expect(await emails('E-Mail 2: Typ:x:y')).toEqual(['a@example.com']);
    expect(await emails('url:https://example.com:8080')).toEqual(['c@example.com']);
    expect(await emails('Deal: Size:small')).toEqual([]);
    expect(await emails('unknown: key:x')).toEqual([]);
    await other.get('/leads?customField=%3Avalue').expect(400);
  });

  it('follows what changes', async () => {
    const { body } = await tenant.post('/leads', { leads: [{ firstName: 'Before', email: 'changing@example.com' }] }).expect(201);
    await tenant.patch(`/leads/${body.leadIds[0]}`, { firstName: 'After', lastName: 'Changed' }).expect(200);
    expect(await found('search=before')).toEqual([]);
    expect(await found('search=after')).toEqual(['Changed']);
    await tenant.delete(`/leads/${body.leadIds[0]}`).expect(200);
    expect(await found('search=after')).toEqual([]);
  });

  it('finds the same by either index', async () => {
    const other = await test.tenant();
    const leads = Array.from({ length: 2_400 }, (_, index) => ({
      email: `common.n${index}@example.com`,
      firstName: `F${index % 7}`,
    }));
    await other.post('/leads', { leads }).expect(201);
    // "common" is had by many, "f3" by few.
    const all = await other.get('/leads?search=common&limit=3').expect(200);
    expect((all.body.leads as { email: string }[]).map(({ email }) => email)).toEqual(
      [2_399, 2_398, 2_397].map((n) => `common.n${n}@example.com`),
    );
    expect(all.body.pagination.totalCount).toBe(2_400);
    const some = await other.get('/leads?search=f3%20common&limit=200').expect(200);
    expect(some.body.pagination.totalCount).toBe(343);
    expect(some.body.leads[0].email).toBe('common.n2397@example.com');
  });
});

describe('the export', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const exported = async (query = '') => {
    const { text, headers } = await tenant.get(`/leads/export${query}`).expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    return { text, rows: parse(text, { columns: true, bom: true }) as Record<string, string>[] };
  };
  const imported = async (csv: string, listId: string) => {
    const { body } = await request(test.url)
      .post('/api/leads/imports')
      .set('authorization', `Bearer ${tenant.key}`)
      .field('listId', listId)
      .attach('file', Buffer.from(csv), 'leads.csv')
      .expect(202);
    await eventually(async () => (await tenant.get(`/leads/imports/${body.importId}`)).body.state === 'completed');
  };
  const newList = async () => (await tenant.post('/lists', { name: 'L' }).expect(201)).body._id as string;

  it('has no cell that a spreadsheet takes for a formula, but phones', async () => {
    const texts = ['=1+1', '+cmd', '-2', '@sum', '\tx', "'quoted", 'plain', '\n=1', '＝1+1', 'a;=1', 'a\n@x', ' =1'];
    const leads = texts.map((text, index) => ({
      firstName: `n${index}`,
      companyName: text,
      phone: `+120255501${String(index).padStart(2, '0')}`,
      customFields: { [text]: text, '=key': text, 'a;=key': [text] },
    }));
    await tenant.post('/leads', { leads }).expect(201);
    const { rows } = await exported();
    expect(rows).toHaveLength(leads.length);
    for (const row of rows) {
      for (const [column, cell] of Object.entries(row)) {
        expect(column).not.toMatch(FORMULA);
        if (column !== 'phone') expect([column, cell]).toEqual([column, expect.not.stringMatching(FORMULA)]);
      }
    }
    expect(rows.map(({ phone }) => phone).sort()).toEqual(leads.map(({ phone }) => phone));
    expect(rows.find(({ firstName }) => firstName === 'n0')!.companyName).toBe("'=1+1");
  });

  it('goes by the filter, and takes no paging', async () => {
    const listId = await newList();
    await tenant.post('/leads', { leads: [{ firstName: 'In', email: 'in@example.com' }], listId }).expect(201);
    await tenant.post('/leads', { leads: [{ firstName: 'Out', email: 'out@example.com' }] }).expect(201);
    expect((await exported(`?listId=${listId}`)).rows.map(({ firstName }) => firstName)).toEqual(['In']);
    expect((await exported('?search=out')).rows.map(({ firstName }) => firstName)).toEqual(['Out']);
    expect((await exported('?search=nobody')).rows).toEqual([]);
    await tenant.get(`/leads/export?listId=${'0'.repeat(24)}`).expect(404);
    for (const field of ['page', 'limit', 'cursor', 'id']) {
      const value = field === 'id' ? '0'.repeat(24) : '1';
      const { body } = await tenant.get(`/leads/export?${field}=${value}`).expect(400);
      expect(body.details[0].field).toBe(field);
    }
  });

  it('shows nothing of another workspace', async () => {
    await tenant.post('/leads', { leads: [{ email: 'mine@example.com', customFields: { mine: 1 } }] }).expect(201);
    const other = await test.tenant();
    const { text } = await other.get('/leads/export').expect(200);
    expect(text).not.toContain('mine');
  });

  it('comes back as it was by an import, whatever the leads are', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'Z', '1', 'é', '😀', ' ', ',', ';', '"', '\n', '\r\n', '=', '-', '+', '@', "'", '\t', '＝'),
      minLength: 1,
      maxLength: 8,
    });
    const profile = text.map((value) => value.trim()).filter((value) => value !== '');
    const custom = fc.oneof(
      text,
      fc.constant(''),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.integer(), { maxLength: 2 }),
      fc.record({ a: text }),
    );
    const lead = fc.record(
      {
        firstName: profile,
        companyName: profile,
        notes: profile,
        customFields: fc.dictionary(fc.oneof(fc.constantFrom('Est. Deal Size', '$x', 'email', 'tuco:typed'), profile), custom, {
          maxKeys: 4,
        }),
      },
      { requiredKeys: ['customFields'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(lead, { minLength: 1, maxLength: 12 }), async (drawn) => {
        const [from, to] = [await newList(), await newList()];
        const leads = drawn.map((each, index) => ({ ...each, email: `p${index}@example.com` }));
        await tenant.post('/leads', { leads, listId: from }).expect(201);
        await imported((await exported(`?listId=${from}`)).text, to);
        const read = async (listId: string) => {
          const { body } = await tenant.get(`/leads?listId=${listId}&limit=200`).expect(200);
          return (body.leads as Record<string, unknown>[])
            .map(({ email, firstName, companyName, notes, source, customFields }) => ({
              email,
              firstName,
              companyName,
              notes,
              source: source ?? 'csv',
              customFields,
            }))
            .sort((a, b) => String(a.email).localeCompare(String(b.email)));
        };
        expect(await read(to)).toEqual(await read(from));
      }),
      { numRuns: runs(25) },
    );
  });
});
