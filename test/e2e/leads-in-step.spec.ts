import { CONTACT_FIELDS } from '../../src/leads/domain/lead';
import { ImportDesk } from '../support/import-desk';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

type Body = Record<string, never>;
interface Answer {
  status: number;
  body: {
    savedCount: number;
    updatedCount?: number;
    invalidCount?: number;
    invalid?: { index: number; field: string; code: string; message: string }[];
    warnings?: { index: number; field: string; code: string; message: string }[];
    duplicates?: { index: number; leadId: string; field: string }[];
    leadIds: (string | null)[];
    message: string;
    error?: string;
    details?: { index: number; field: string; code: string }[];
  };
}

/** What somebody needs who keeps the people of another system in step with Tuco. */
describe('keeping leads in step with another system', () => {
  let test: TestApp;
  let tenant: Tenant;
  let listId: string;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    listId = (await tenant.post('/lists', { name: 'People' }).expect(201)).body._id;
  });

  const phone = (n: number) => `+1202555${String(n).padStart(4, '0')}`;
  const save = (leads: unknown[], more: object = {}) => tenant.post('/leads', { leads, listId, ...more }) as PromiseLike<Answer>;
  const update = (leads: unknown[], more: object = {}) => save(leads, { onDuplicate: 'update', ...more });
  const saved = async (row: object) => {
    const { body } = await save([row]);
    expect(body.savedCount).toBe(1);
    return body.leadIds[0]!;
  };
  const lead = async (id: string) => (await tenant.get(`/leads/${id}`).expect(200)).body;
  const addressesOf = (one: Record<string, unknown>) => CONTACT_FIELDS.flatMap((field) => one[field] ?? []);
  const feed = async (since: string) => {
    const { body } = await tenant.get(`/leads?updatedSince=${since}&limit=200&listId=${listId}`).expect(200);
    return (body.leads as { _id: string }[]).map(({ _id }) => _id);
  };

  describe('an update loses no address', () => {
    it.each<[string, object, object, Record<string, string>]>([
      [
        'of two e-mails the second is given',
        { externalId: 'x', email: 'john@x.example', altEmail1: 'jane@x.example' },
        { externalId: 'x', email: 'jane@x.example' },
        { email: 'jane@x.example', altEmail1: 'john@x.example' },
      ],
      [
        'a new mobile number',
        { externalId: 'x', phone: phone(1), email: 'a@x.example' },
        { externalId: 'x', phone: phone(2) },
        { phone: phone(2), altPhone1: phone(1), email: 'a@x.example' },
      ],
      [
        'a new number of somebody who is known by e-mail',
        { email: 'a@x.example', phone: phone(1), altPhone1: phone(2) },
        { email: 'A@x.example', phone: phone(3) },
        { phone: phone(3), altPhone1: phone(2), altPhone2: phone(1) },
      ],
      [
        'an office number in the place of another',
        { externalId: 'x', phone: phone(1), altPhone1: phone(2) },
        { externalId: 'x', phone: phone(1), altPhone1: phone(3) },
        { phone: phone(1), altPhone1: phone(3), altPhone2: phone(2) },
      ],
      [
        'the numbers have changed places',
        { externalId: 'x', phone: phone(1), altPhone1: phone(2), altPhone2: phone(3) },
        { externalId: 'x', phone: phone(3), altPhone1: phone(1) },
        { phone: phone(3), altPhone1: phone(1), altPhone2: phone(2) },
      ],
      [
        'several values in a cell',
        { externalId: 'x', email: 'a@x.example', phone: phone(1) },
        { externalId: 'x', email: 'b@x.example; c@x.example' },
        { email: 'b@x.example', altEmail1: 'c@x.example', altEmail2: 'a@x.example' },
      ],
      [
        'an unusable number',
        { email: 'a@x.example', phone: '(202) 555-0001' },
        { email: 'a@x.example', phone: 'n/a' },
        { phone: phone(1), email: 'a@x.example' },
      ],
    ])('%s', async (_, known, row, expected) => {
      const id = await saved(known);
      const before = addressesOf(await lead(id));
      const { body } = await update([row]);
      expect(body).toMatchObject({ updatedCount: 1, leadIds: [id] });
      const after = await lead(id);
      expect(after).toMatchObject(expected);
      expect(addressesOf(after)).toEqual(expect.arrayContaining(before));
    });

    it('and says what it has no room for', async () => {
      const id = await saved({ externalId: 'x', phone: phone(1), altPhone1: phone(2), altPhone2: phone(3), altPhone3: phone(4) });
      const { body } = await update([{ externalId: 'x', phone: phone(5) }]);
      expect(body.warnings).toEqual([
        { index: 0, field: 'altPhone3', code: 'CONTACT_DROPPED', message: expect.stringContaining(phone(4)) },
      ]);
      expect(addressesOf(await lead(id))).toEqual([phone(5), phone(2), phone(3), phone(1)]);
    });

    it('keeps the text beside the number that it belongs to, and says so', async () => {
      const id = await saved({ email: 'a@x.example', phone: '(202) 555-0001' });
      const { body } = await update([{ email: 'a@x.example', phone: 'n/a' }]);
      expect(body.warnings).toMatchObject([
        { index: 0, field: 'phone', code: 'UNUSABLE_CONTACT', message: expect.stringContaining('keeps') },
      ]);
      expect((await lead(id)).original).toMatchObject({ phone: '(202) 555-0001' });
    });
  });

  describe('an update turns nobody into somebody else', () => {
    it.each<[string, object, object, string]>([
      [
        'colleagues with one number',
        { phone: phone(1), email: 'ann@x.example' },
        { phone: phone(1), email: 'bob@x.example', firstName: 'Bob' },
        'email',
      ],
      [
        'a number with extensions',
        { phone: '202-555-0001 x12', email: 'ann@x.example' },
        { phone: '202-555-0001 x13', email: 'bob@x.example' },
        'email',
      ],
      ['two ids with one number', { phone: phone(1), externalId: '1' }, { phone: phone(1), externalId: '2' }, 'externalId'],
      [
        'two ids with info@',
        { email: 'info@x.example', externalId: '1' },
        { email: 'info@x.example', externalId: '2' },
        'externalId',
      ],
      [
        'a family, each with two addresses',
        { phone: phone(1), email: 'ann@x.example', altEmail1: 'ann@y.example' },
        { phone: phone(1), email: 'cy@x.example', altEmail1: 'cy@y.example' },
        'email',
      ],
    ])('%s', async (_, known, row, field) => {
      const id = await saved(known);
      const before = await lead(id);
      const { status, body } = await update([row, { phone: phone(99), firstName: 'Good' }]);
      expect([status, body.savedCount, body.invalidCount]).toEqual([201, 1, 1]);
      expect(body.invalid).toMatchObject([{ index: 0, field, code: 'IDENTITY_CONFLICT' }]);
      expect(body.leadIds).toEqual([null, expect.any(String)]);
      expect(await lead(id)).toEqual(before);
    });

    it('is a call that saved nothing, and says so', async () => {
      await saved({ phone: phone(1), email: 'ann@x.example' });
      const { status, body } = await update([{ phone: phone(1), email: 'bob@x.example' }]);
      expect([status, body.message]).toEqual([200, 'No lead was saved; invalid says why']);
    });

    it('but finds a person again by an alternate e-mail', async () => {
      const id = await saved({ phone: phone(1), email: 'ann@x.example', altEmail1: 'ann@home.example' });
      const { body } = await update([{ phone: phone(1), email: 'ann@home.example', firstName: 'Ann' }]);
      expect(body).toMatchObject({ updatedCount: 1, leadIds: [id] });
      expect(await lead(id)).toMatchObject({ firstName: 'Ann', email: 'ann@home.example', altEmail1: 'ann@x.example' });
    });
  });

  describe('an update that changes nothing moves nothing', () => {
    it.each<[string, object]>([
      [
        'all of it',
        {
          externalId: 'x',
          email: 'ann@x.example',
          phone: phone(1),
          firstName: 'Ann',
          customFields: { a: 1, deep: { b: [1, 2] } },
        },
      ],
      ['other spellings', { email: ' ANN@X.example', phone: '(202) 555-0001', firstName: 'Ann ' }],
      ['a part', { externalId: 'x', customFields: { deep: { b: [1, 2] } } }],
      ['nothing at all', { externalId: 'x' }],
      ['null', { externalId: 'x', notes: null, lastName: null, customFields: { gone: null } }],
      ['what cannot be used', { externalId: 'x', phone: 'none' }],
    ])('by POST: %s', async (_, row) => {
      const id = await saved({
        externalId: 'x',
        email: 'ann@x.example',
        phone: phone(1),
        firstName: 'Ann',
        customFields: { a: 1, deep: { b: [1, 2] } },
      });
      const before = await lead(id);
      const since = new Date().toISOString();
      const { body } = await update([row]);
      expect(body).toMatchObject({ updatedCount: 1, leadIds: [id] });
      expect(await lead(id)).toEqual(before);
      expect(await feed(since)).toEqual([]);
    });

    it.each<[string, object]>([
      ['the same name', { firstName: 'Ann' }],
      ['an address in another spelling', { phone: '202.555.0001' }],
      ['a custom field', { customFields: { a: 1 } }],
      ['null where there is nothing', { notes: null, altPhone3: null, customFields: { gone: null } }],
      ['nothing', {}],
    ])('by PATCH: %s', async (_, change) => {
      const id = await saved({ phone: phone(1), firstName: 'Ann', customFields: { a: 1 } });
      const before = await lead(id);
      const since = new Date().toISOString();
      await tenant.patch(`/leads/${id}`, change).expect(200);
      await tenant.patch('/leads', { leads: [{ _id: id, ...change }] }).expect(200);
      expect(await lead(id)).toEqual(before);
      expect(await feed(since)).toEqual([]);
      await tenant.patch(`/leads/${id}`, { firstName: 'Eve' }).expect(200);
      expect(await feed(since)).toEqual([id]);
    });
  });

  describe('a row with nothing but an external id', () => {
    it('updates the lead that has it; of an unknown one the row is bad', async () => {
      const id = await saved({ externalId: 'x', phone: phone(1) });
      const rows = [
        { externalId: 'x', lastName: 'Lee' },
        { externalId: 'unknown', lastName: 'Nobody' },
      ];
      const refused = await update(rows);
      expect([refused.status, refused.body.details]).toMatchObject([400, [{ index: 1, code: 'NO_CONTACT' }]]);
      expect((await lead(id)).lastName).toBeNull();
      const { status, body } = await update(rows, { onInvalid: 'skip' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ savedCount: 0, updatedCount: 1, invalidCount: 1, leadIds: [id, null] });
      expect(body.invalid).toMatchObject([{ index: 1, field: 'phone', code: 'NO_CONTACT' }]);
      expect((await lead(id)).lastName).toBe('Lee');
      await tenant.post('/leads', { listId, leads: [{ externalId: 'x', lastName: 'Ray' }] }).expect(400);
    });

    it('is one of another list there', async () => {
      await saved({ externalId: 'x', phone: phone(1) });
      const other = (await tenant.post('/lists', { name: 'Other' })).body._id as string;
      const { status } = await update([{ externalId: 'x', lastName: 'Lee' }], { listId: other });
      expect(status).toBe(400);
    });
  });

  it('is the same for the rows of a file', async () => {
    const id = await saved({ externalId: 'x', phone: phone(1), email: 'ann@x.example', firstName: 'Ann' });
    const shared = await saved({ phone: phone(2), email: 'bob@x.example' });
    const imports = new ImportDesk(test, tenant);
    const csv = [
      'First name,Phone,Email,Id',
      `Anna,,,x`,
      `Cy,${phone(2)},cy@x.example,`,
      `Dee,,,unknown`,
      `Eve,${phone(3)},,`,
    ].join('\n');
    const options = { listId, onDuplicate: 'update', mapping: JSON.stringify({ Id: 'externalId' }) };
    const { body } = await imports.upload(csv, options).expect(202);
    expect(await imports.over(body.importId as string)).toMatchObject({ saved: 1, updated: 1, invalid: 2, duplicate: 0 });
    expect(await lead(id)).toMatchObject({ firstName: 'Anna', phone: phone(1), email: 'ann@x.example' });
    expect((await lead(shared)).firstName).toBeNull();
    const { text } = await tenant.get(`/leads/imports/${body.importId}/rejected`).expect(200);
    expect(text).toContain('may be about somebody else');
    expect(text).toContain('needs a usable phone number or e-mail address');
  });

  it('clears what is null, where it is asked to', async () => {
    const id = await saved({
      externalId: 'x',
      phone: phone(1),
      altPhone1: phone(2),
      companyName: 'Acme',
      customFields: { score: 5, tier: 'a' },
    });
    const row = { externalId: 'x', companyName: null, phone: null, customFields: { score: null } };
    await update([row]);
    expect(await lead(id)).toMatchObject({ companyName: 'Acme', phone: phone(1), customFields: { score: 5 } });
    const { body } = await update([row], { onNull: 'clear' });
    expect(body.updatedCount).toBe(1);
    const after = await lead(id);
    expect(after).toMatchObject({ companyName: null, phone: phone(2), altPhone1: null, externalId: 'x' });
    expect(after.customFields).toEqual({ tier: 'a' });
    const refused = await update([{ externalId: 'x', phone: null }], { onNull: 'clear' });
    expect([refused.status, refused.body.details]).toMatchObject([400, [{ index: 0, field: 'phone', code: 'NO_CONTACT' }]]);
    await saved({ phone: phone(7) });
    await tenant.patch(`/leads/${id}`, { phone: phone(3), altPhone1: phone(7) }).expect(200);
    const clash = await update([{ externalId: 'x', phone: null }], { onNull: 'clear' });
    expect(clash.body.invalid).toMatchObject([{ index: 0, field: 'phone', code: 'MATCHES_TWO_LEADS' }]);
    await tenant.post('/leads', { leads: [], onNull: 'drop' }).expect(400);
  });

  it('says which row is a duplicate of which lead, and gives every bad row a code', async () => {
    const id = await saved({ externalId: 'x', phone: phone(1), email: 'ann@x.example' });
    const rows = [
      { phone: phone(1) },
      { email: 'ANN@x.example' },
      { externalId: 'x', phone: phone(2) },
      { phone: phone(3) },
      { phone: phone(3) },
      5,
      { phone: 5 },
      { firstName: 'x'.repeat(201), phone: phone(4) },
      { nick: 'A', phone: phone(4) },
      { customFields: [], phone: phone(4) },
      { phone: 'none' },
    ];
    const { body } = await save(rows, { onInvalid: 'skip' });
    const fresh = body.leadIds[3]!;
    expect(body.duplicates).toEqual([
      { index: 0, leadId: id, field: 'phone' },
      { index: 1, leadId: id, field: 'email' },
      { index: 2, leadId: id, field: 'externalId' },
      { index: 4, leadId: fresh, field: 'phone' },
    ]);
    expect(body.leadIds).toEqual([id, id, id, fresh, fresh, null, null, null, null, null, null]);
    expect(body.invalid!.map(({ index, code }) => [index, code])).toEqual([
      [5, 'NOT_AN_OBJECT'],
      [6, 'WRONG_TYPE'],
      [7, 'TOO_LONG'],
      [8, 'UNKNOWN_FIELD'],
      [9, 'BAD_CUSTOM_FIELDS'],
      [10, 'NO_CONTACT'],
    ]);
  });

  describe('PATCH /leads', () => {
    const patch = (leads: unknown[], more: object = {}) => tenant.patch('/leads', { leads, ...more }) as PromiseLike<Answer>;

    it('changes many leads by _id or externalId, each as one is changed', async () => {
      const one = await saved({ phone: phone(1), firstName: 'Ann', notes: 'x', customFields: { a: 1 } });
      const two = await saved({ phone: phone(2), externalId: 'b', email: 'b@x.example' });
      const three = await saved({ phone: phone(3), externalId: 'c' });
      const { status, body } = await patch([
        { _id: one.toUpperCase(), notes: null, customFields: { a: null, b: 2 }, externalId: 'a' },
        { externalId: 'b', phone: null },
        { externalId: 'c', phone: '030 1234567', lastName: 'Cy' },
      ]);
      expect(status).toBe(200);
      expect(body).toMatchObject({ updatedCount: 3, totalProcessed: 3, leadIds: [one, two, three] });
      expect(body.warnings).toBeUndefined();
      expect(await lead(one)).toMatchObject({ firstName: 'Ann', notes: null, externalId: 'a', customFields: { b: 2 } });
      expect(await lead(two)).toMatchObject({ phone: null, email: 'b@x.example' });
      expect(await lead(three)).toMatchObject({ phone: '+10301234567', lastName: 'Cy' });
      await patch([{ externalId: 'c', phone: '030 1234567' }], { defaultCountryCode: '+49' });
      expect(await lead(three)).toMatchObject({ phone: '+49301234567' });
    });

    it('lists the rows that the data of the moment refuses, and does the others', async () => {
      const one = await saved({ phone: phone(1), externalId: 'a' });
      const two = await saved({ phone: phone(2), email: 'b@x.example' });
      const other = (await tenant.post('/lists', { name: 'Other' })).body._id as string;
      await save([{ phone: phone(1), externalId: 'a' }], { listId: other });
      const rows = [
        { _id: '0'.repeat(24), firstName: 'Nobody' },
        { externalId: 'unknown', firstName: 'Nobody' },
        { externalId: 'a', firstName: 'Which' },
        { _id: one, firstName: 'First' },
        { _id: one, firstName: 'Second' },
        { _id: two, phone: phone(1), firstName: 'Clash' },
      ];
      const { status, body } = await patch(rows);
      expect(status).toBe(200);
      expect(body.invalid!.map(({ index, field, code }) => [index, field, code])).toEqual([
        [0, '_id', 'LEAD_NOT_FOUND'],
        [1, 'externalId', 'LEAD_NOT_FOUND'],
        [2, 'externalId', 'MATCHES_TWO_LEADS'],
        [4, '_id', 'REPEATED_LEAD'],
        [5, 'phone', 'DUPLICATE_LEAD'],
      ]);
      expect(body).toMatchObject({ updatedCount: 1, invalidCount: 5, leadIds: [null, null, null, one, null, null] });
      expect([(await lead(one)).firstName, (await lead(two)).firstName]).toEqual(['First', null]);
      const inList = await patch([{ externalId: 'a', lastName: 'Here' }], { listId });
      expect(inList.body.leadIds).toEqual([one]);
    });

    it('refuses a call with a bad row, and changes nothing, unless bad rows are to be skipped', async () => {
      const one = await saved({ phone: phone(1) });
      const rows = [
        { _id: one, firstName: 'Ann' },
        { _id: 'x', firstName: 'Ann' },
        { firstName: 'Ann' },
        { _id: one, nick: 'A' },
        'row',
        { externalId: 5 },
        { _id: one, listId },
      ];
      const refused = await patch(rows);
      expect(refused.status).toBe(400);
      expect(refused.body.details!.map(({ index, code }) => [index, code])).toEqual([
        [1, 'WRONG_TYPE'],
        [2, 'LEAD_NOT_NAMED'],
        [3, 'UNKNOWN_FIELD'],
        [4, 'NOT_AN_OBJECT'],
        [5, 'WRONG_TYPE'],
        [6, 'UNKNOWN_FIELD'],
      ]);
      expect((await lead(one)).firstName).toBeNull();
      const { body } = await patch(rows, { onInvalid: 'skip' });
      expect(body).toMatchObject({ updatedCount: 1, invalidCount: 6 });
      expect((await patch([{ _id: one, phone: null }])).body.details).toMatchObject([
        { index: 0, field: 'phone', code: 'NO_CONTACT' },
      ]);
      expect((await lead(one)).firstName).toBe('Ann');
    });

    it('takes between one and a thousand changes, of the workspace alone', async () => {
      const rows = Array.from({ length: 1_000 }, (_, n) => ({ phone: `+1202${5_551_000 + n}`, externalId: `n${n}` }));
      await save(rows);
      const changes = rows.map(({ externalId }, n) => ({ externalId, firstName: `Name ${n}`, notes: 'n'.repeat(900) }));
      const { status, body } = await patch(changes);
      expect([status, body.updatedCount]).toEqual([200, 1_000]);
      expect((await lead(body.leadIds[999]!)).firstName).toBe('Name 999');
      expect((await patch([...changes, { externalId: 'one more' }])).status).toBe(400);
      expect((await patch([])).status).toBe(400);
      expect(((await tenant.patch('/leads', { leads: {} })) as unknown as Answer).status).toBe(400);
      expect((await patch([{ externalId: 'n1' }], { listId: '0'.repeat(24) })).status).toBe(404);
      const stranger = await test.tenant();
      const theirs = await stranger.patch('/leads', {
        leads: [{ _id: body.leadIds[0], firstName: 'Mine' }, { externalId: 'n1' }],
      });
      expect((theirs.body as Body).invalid).toMatchObject([{ code: 'LEAD_NOT_FOUND' }, { code: 'LEAD_NOT_FOUND' }]);
    });

    it('passes identities on along its rows', async () => {
      const [a, b] = [await saved({ phone: phone(1) }), await saved({ phone: phone(2) })];
      const { body } = await patch([
        { _id: b, phone: phone(3) },
        { _id: a, phone: phone(2) },
      ]);
      expect(body.updatedCount).toBe(2);
      expect([(await lead(a)).phone, (await lead(b)).phone]).toEqual([phone(2), phone(3)]);
      const swapped = await patch([
        { _id: b, phone: phone(2) },
        { _id: a, phone: phone(3) },
      ]);
      expect(swapped.body.invalid!.map(({ code }) => code)).toEqual(['DUPLICATE_LEAD', 'DUPLICATE_LEAD']);
    });

    it('keeps a person suppressed who loses the address that was', async () => {
      const id = await saved({ phone: phone(9001), email: 'suppressed@x.example' });
      await tenant.post('/suppressions', { address: phone(9001) }).expect(201);
      await patch([{ _id: id, phone: phone(9002) }]);
      expect((await lead(id)).suppressions).not.toEqual([]);
    });
  });

  it('calls at once on the same leads leave no two with one number', async () => {
    const count = 12;
    await save(Array.from({ length: count }, (_, n) => ({ externalId: `x${n}`, phone: phone(100 + n) })));
    const rows = (from: number) => Array.from({ length: count }, (_, n) => ({ externalId: `x${n}`, phone: phone(from + n) }));
    const numbers = (from: number) => rows(from).map((row) => row.phone);
    const swap = numbers(400).map((one, n) => ({ externalId: `x${(n + 1) % count}`, phone: one }));
    const answers = await Promise.all([
      update(rows(200)),
      update(rows(300)),
      update(rows(400)),
      tenant.patch('/leads', { leads: swap }) as PromiseLike<Answer>,
      ...rows(500).map((row) => update([row])),
    ]);
    for (const { status } of answers) expect(status).toBe(200);
    const { body } = await tenant.get(`/leads?listId=${listId}&limit=200`).expect(200);
    expect(body.leads).toHaveLength(count);
    const primaries = (body.leads as { phone: string }[]).map((one) => one.phone);
    expect(new Set(primaries).size).toBe(count);
    for (const one of body.leads as Record<string, unknown>[])
      expect(new Set(addressesOf(one)).size).toBe(addressesOf(one).length);
  });
});
