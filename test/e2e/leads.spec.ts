import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** POST /api/leads: what is saved, what is a duplicate, what is refused. */
describe('saving leads', () => {
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

  const save = (leads: unknown[], more: object = {}) => tenant.post('/leads', { leads, listId, ...more });
  const lead = async (id: string) => (await tenant.get(`/leads/${id}`).expect(200)).body;
  const leadCount = async (id = listId) => (await tenant.get(`/lists/${id}`).expect(200)).body.leadCount as number;
  const phone = (n: number) => `+1202555${String(n).padStart(4, '0')}`;

  it('saves many, answers ids in row order, and normalises contacts by the country code', async () => {
    const { body } = await save([{ phone: '020 7946 0018' }, { email: '  Ada@Example.COM ' }, { phone: '+12025550001' }], {
      defaultCountryCode: '+44',
    }).expect(201);
    expect(body).toMatchObject({ savedCount: 3, duplicateCount: 0, totalProcessed: 3, listId });
    const [london, ada, washington] = await Promise.all(body.leadIds.map(lead));
    expect(london).toMatchObject({ phone: '+442079460018', original: { phone: '020 7946 0018' } });
    expect(ada).toMatchObject({ email: 'ada@example.com', original: { email: '  Ada@Example.COM ' } });
    expect(washington).toMatchObject({ phone: '+12025550001' });
    expect(await leadCount()).toBe(3);
  });

  it('answers every field, null where there is none', async () => {
    const { body } = await save([{ phone: phone(1), firstName: '   ' }]).expect(201);
    const fields =
      'firstName lastName email altPhone1 altPhone2 altPhone3 altEmail1 altEmail2 altEmail3 companyName jobTitle linkedinUrl notes externalId availabilityStatus availabilityCheckedAt availableAddress availabilityReason';
    const found = await lead(body.leadIds[0]);
    for (const field of fields.split(' ')) expect([field, found[field]]).toEqual([field, null]);
    expect(found).toMatchObject({ source: 'csv', customFields: {}, listId, listIds: [listId] });
    expect(new Date(found.createdAt).toISOString()).toBe(found.createdAt);
  });

  it('takes `body` as another name of `leads`', async () => {
    const { body } = await tenant.post('/leads', { body: [{ phone: phone(1) }], listId }).expect(201);
    expect(body.savedCount).toBe(1);
    // With both, one of the two would be lost without a word.
    const both = { leads: [{ phone: phone(2) }], body: [{ phone: phone(3) }], listId };
    expect((await tenant.post('/leads', both).expect(400)).body.details).toMatchObject([{ field: 'body' }]);
    await tenant.post('/leads', { ...both, body: null }).expect(201);
    expect((await tenant.get(`/leads?listId=${listId}`)).body.pagination.totalCount).toBe(2);
  });

  it('makes the first usable contact the primary one and closes up the alternates, with warnings', async () => {
    const row = {
      phone: 'n/a',
      altPhone1: phone(1),
      altPhone2: phone(1),
      altPhone3: phone(2),
      email: 'nobody',
      altEmail2: 'a@b.co',
    };
    const { body } = await save([{ phone: phone(9) }, row]).expect(201);
    expect(body.warnings).toEqual([
      { index: 1, field: 'phone', code: 'UNUSABLE_CONTACT', message: expect.stringContaining('original.phone') },
      { index: 1, field: 'email', code: 'UNUSABLE_CONTACT', message: expect.stringContaining('original.email') },
    ]);
    expect(await lead(body.leadIds[1])).toMatchObject({
      phone: phone(1),
      altPhone1: phone(2),
      altPhone2: null,
      email: 'a@b.co',
      altEmail2: null,
      original: row,
    });
  });

  it('lets one bad row refuse the call: details by row, and nothing is saved', async () => {
    const rows = [{ phone: phone(1) }, { firstName: 'No contact' }, { phone: phone(2), firstName: 5 }, 'text', null, []];
    const { body } = await save(rows).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', invalidCount: 5 });
    expect(body.details.map(({ index, field }: { index: number; field: string }) => [index, field])).toEqual([
      [1, 'phone'],
      [2, 'firstName'],
      [3, 'lead'],
      [4, 'lead'],
      [5, 'lead'],
    ]);
    expect(await leadCount()).toBe(0);
    expect((await tenant.get(`/leads?listId=${listId}`)).body.leads).toEqual([]);
  });

  it('lists at most 100 details, and counts all', async () => {
    const { body } = await save(Array.from({ length: 150 }, () => ({}))).expect(400);
    expect(body.details).toHaveLength(100);
    expect(body.invalidCount).toBe(150);
  });

  it('with onInvalid skip saves the good rows and reports the bad ones', async () => {
    const { body } = await save([{ phone: phone(1) }, { phone: 'none' }, { phone: phone(1) }], { onInvalid: 'skip' }).expect(201);
    expect(body).toMatchObject({ savedCount: 1, duplicateCount: 1, invalidCount: 1, totalProcessed: 3 });
    expect(body.invalid).toMatchObject([{ index: 1, field: 'phone' }]);
    expect(body.leadIds).toEqual([expect.any(String), null, body.leadIds[0]]);
  });

  it('with onInvalid skip and only bad rows: 200, nothing saved, and it is not called a duplicate', async () => {
    const { body } = await save([{}], { onInvalid: 'skip' }).expect(200);
    expect(body).toMatchObject({ savedCount: 0, invalidCount: 1, leadIds: [null] });
    expect(body.duplicateOnly).toBeUndefined();
  });

  it.each([
    ['phone', { phone: '+1 (202) 555-0001' }],
    ['email', { email: 'ADA@example.com' }],
    ['externalId', { externalId: 'crm-1', phone: '+12025550777' }],
  ])('counts a row with the same %s as a duplicate, inside the call and in the list', async (_, same) => {
    const first = { phone: phone(1), email: 'ada@example.com', externalId: 'crm-1' };
    const { body } = await save([first, same]).expect(201);
    expect(body).toMatchObject({ savedCount: 1, duplicateCount: 1 });
    expect(body.leadIds).toEqual([body.leadIds[0], body.leadIds[0]]);
    const again = (await save([same, same]).expect(200)).body;
    expect(again).toMatchObject({ savedCount: 0, duplicateCount: 2, duplicateOnly: true, leadId: body.leadIds[0] });
    expect(again.existingLeadIds).toEqual([body.leadIds[0]]);
    expect(await leadCount()).toBe(1);
  });

  it('takes no notice of alternates, nor of the contacts of rows that were duplicates themselves', async () => {
    const { body } = await save([
      { phone: phone(1), altPhone1: phone(2), altEmail1: 'alt@example.com', email: 'a@example.com' },
      { phone: phone(2) },
      { email: 'alt@example.com' },
      { phone: phone(1), email: 'only@example.com' },
      { email: 'only@example.com' },
    ]).expect(201);
    expect(body).toMatchObject({ savedCount: 4, duplicateCount: 1 });
  });

  it('judges duplicates inside one list alone', async () => {
    const other = (await tenant.post('/lists', { name: 'Other' })).body._id;
    await save([{ phone: phone(1) }]).expect(201);
    await save([{ phone: phone(1) }], { listId: other }).expect(201);
  });

  it('puts leads without a list into "Quick Sends", made once', async () => {
    const fresh = await test.tenant();
    const calls = [1, 2, 3].map((n) => fresh.post('/leads', { leads: [{ phone: phone(n) }] }).expect(201));
    const lists = new Set((await Promise.all(calls)).map(({ body }) => body.listId));
    expect(lists.size).toBe(1);
    const { body } = await fresh.get('/lists').expect(200);
    expect(body.lists).toMatchObject([{ _id: [...lists][0], name: 'Quick Sends', leadCount: 3 }]);
  });

  it('saves nothing for an unknown list, or that of another workspace', async () => {
    const stranger = await test.tenant();
    const theirs = (await stranger.post('/lists', { name: 'Theirs' })).body._id;
    for (const unknown of [theirs, '0'.repeat(24)]) {
      expect((await save([{ phone: phone(1) }], { listId: unknown }).expect(404)).body.code).toBe('LIST_NOT_FOUND');
    }
    expect((await stranger.get(`/lists/${theirs}`)).body.leadCount).toBe(0);
  });

  it('takes as many leads as it says, and no more', async () => {
    const small = await startTestApp({ BULK_MAX_LEADS: '3' });
    try {
      const mine = await small.tenant();
      const rows = [1, 2, 3, 4].map((n) => ({ phone: phone(n) }));
      await mine.post('/leads', { leads: rows }).expect(400);
      await mine.post('/leads', { leads: rows.slice(1) }).expect(201);
    } finally {
      await small.close();
    }
  });

  it('keeps custom fields to the letter: dots, dollars, spaces, any JSON; null ones are left out', async () => {
    const customFields = {
      'a.b': 1,
      $set: { $gt: [1, { 'x.y': null }] },
      'Est. Deal Size': '$1',
      länge: '⚡',
      gone: null,
      t: true,
    };
    const { body } = await save([{ phone: phone(1), customFields }]).expect(201);
    const { gone: _, ...kept } = customFields;
    expect((await lead(body.leadIds[0])).customFields).toEqual(kept);
  });

  it.each([
    ['an empty key', { ' ': 1 }],
    ['a NUL in a key', { 'a\0b': 1 }],
    ['a NUL in a key further in', { a: [{ 'b\0c': 1 }] }],
    ['a key that reads like a stored type', { a: { _bsontype: 'ObjectId', id: 1 } }],
    ['a key "constructor"', { constructor: 1 }],
    ['a value that is too long', { a: 'x'.repeat(5_000) }],
    ['too many keys', Object.fromEntries(Array.from({ length: 101 }, (__, n) => [`k${n}`, n]))],
    ['an array', []],
    ['a text', 'text'],
    ['nesting', { a: JSON.parse('['.repeat(30) + ']'.repeat(30)) }],
    ['much nesting', { a: JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) }],
  ])('refuses custom fields with %s, and saves nothing', async (_, customFields) => {
    // Built as text: serialising such depth would overflow the test's own stack.
    const text = flat({ leads: [{ phone: phone(1), customFields }], listId });
    const { body } = await tenant.call('post', '/leads').set('content-type', 'application/json').send(text).expect(400);
    expect(body.code).toBe('VALIDATION_FAILED');
    expect(await leadCount()).toBe(0);
  });
});

/** JSON without recursion on arrays of one element. */
function flat(value: unknown): string {
  let depth = 0;
  return JSON.stringify(value, (_, inner: unknown) => {
    let deepest = inner;
    let levels = 0;
    while (Array.isArray(deepest) && deepest.length <= 1 && Array.isArray(deepest[0])) {
      deepest = deepest[0];
      levels += 1;
    }
    if (levels < 100) return inner;
    depth = levels + 1;
    return '@deep@';
  }).replace('"@deep@"', () => '['.repeat(depth) + ']'.repeat(depth));
}
