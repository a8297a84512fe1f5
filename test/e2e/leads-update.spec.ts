import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** `onDuplicate: "update"`: a row that is known writes its fields to the lead. */
describe('updating leads by saving them again', () => {
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
  const update = (leads: unknown[], more: object = {}) => save(leads, { onDuplicate: 'update', ...more });
  const lead = async (id: string) => (await tenant.get(`/leads/${id}`).expect(200)).body;
  const saved = async (row: object) => (await save([row]).expect(201)).body.leadIds[0] as string;
  const phone = (n: number) => `+1202555${String(n).padStart(4, '0')}`;

  it('writes the fields that are given, keeps the others, and merges custom fields by key', async () => {
    const id = await saved({ phone: phone(1), firstName: 'Ada', notes: 'old', customFields: { a: 1, b: 2 } });
    const row = { phone: phone(1), firstName: null, notes: 'new', customFields: { b: 3, c: 4, a: null } };
    const { body } = await update([row]).expect(200);
    expect(body).toMatchObject({ savedCount: 0, updatedCount: 1, duplicateCount: 0, totalProcessed: 1, leadIds: [id] });
    const found = await lead(id);
    expect(found).toMatchObject({ firstName: 'Ada', notes: 'new' });
    expect(found.customFields).toMatchObject({ b: 3, c: 4 });
  });

  it('matches by externalId before phone before e-mail', async () => {
    const byId = await saved({ phone: phone(1), externalId: 'x' });
    const { body } = await update([{ externalId: 'x', phone: phone(2), firstName: 'Moved' }]).expect(200);
    expect(body.leadIds).toEqual([byId]);
    expect(await lead(byId)).toMatchObject({ phone: phone(2), firstName: 'Moved' });
  });

  it('refuses a row that belongs to two leads', async () => {
    const one = await saved({ phone: phone(1) });
    await saved({ email: 'two@example.com' });
    const row = { phone: phone(1), email: 'two@example.com', firstName: 'Both' };
    const { body } = await update([row, { phone: phone(3) }]).expect(201);
    expect(body).toMatchObject({ savedCount: 1, duplicateCount: 0, invalidCount: 1, totalProcessed: 2 });
    expect(body.invalid).toMatchObject([{ index: 0, field: 'email', code: 'MATCHES_TWO_LEADS' }]);
    expect(body.updatedCount ?? 0).toBe(0);
    expect(body.leadIds[0]).toBeNull();
    expect((await lead(one)).firstName).toBeNull();
  });

  it('counts a repeat of an earlier row as a duplicate, never as an update', async () => {
    const id = await saved({ phone: phone(1), firstName: 'Old' });
    const { body } = await update([
      { phone: phone(1), firstName: 'First' },
      { phone: phone(1), firstName: 'Second' },
      { phone: phone(2), firstName: 'New' },
      { phone: phone(2), firstName: 'Newer' },
    ]).expect(201);
    expect(body).toMatchObject({ savedCount: 1, updatedCount: 1, duplicateCount: 2, totalProcessed: 4 });
    expect((await lead(id)).firstName).toBe('First');
    expect((await lead(body.leadIds[2])).firstName).toBe('New');
  });

  it('lets a later row have the phone that an earlier row took from its lead', async () => {
    const id = await saved({ phone: phone(1), externalId: 'x' });
    const { body } = await update([
      { externalId: 'x', phone: phone(2) },
      { phone: phone(1), firstName: 'Heir' },
    ]).expect(201);
    expect(body).toMatchObject({ savedCount: 1, updatedCount: 1, duplicateCount: 0 });
    expect((await lead(id)).phone).toBe(phone(2));
    expect(await lead(body.leadIds[1])).toMatchObject({ phone: phone(1), firstName: 'Heir' });
  });

  it('passes phones on along a chain of updates', async () => {
    const [a, b] = [await saved({ phone: phone(1), externalId: 'a' }), await saved({ phone: phone(2), externalId: 'b' })];
    const { body } = await update([
      { externalId: 'b', phone: phone(3) },
      { externalId: 'a', phone: phone(2) },
    ]).expect(200);
    expect(body.updatedCount).toBe(2);
    expect([(await lead(a)).phone, (await lead(b)).phone]).toEqual([phone(2), phone(3)]);
  });

  it('keeps the sum: saved + updated + duplicate + invalid = totalProcessed', async () => {
    await saved({ phone: phone(1) });
    const rows = Array.from({ length: 200 }, (_, n) =>
      n % 7 === 0 ? {} : { phone: phone((n * n) % 60), email: `${n % 45}@example.com` },
    );
    const { body } = await update(rows, { onInvalid: 'skip' }).expect(201);
    expect(body.savedCount + body.updatedCount + body.duplicateCount + body.invalidCount).toBe(200);
    expect((await tenant.get(`/lists/${listId}`)).body.leadCount).toBe(body.savedCount + 1);
    expect(body.leadIds).toHaveLength(200);
  });

  describe('PATCH', () => {
    const patch = (id: string, body: object) => tenant.patch(`/leads/${id}`, body);

    it('writes given fields, clears with null, merges custom fields, removes one with null', async () => {
      const id = await saved({ phone: phone(1), firstName: 'Ada', notes: 'x', customFields: { a: 1, b: 2 } });
      const { body } = await patch(id, { firstName: 'Eve', notes: null, customFields: { a: null, c: 3 } }).expect(200);
      expect(body).toMatchObject({ _id: id, firstName: 'Eve', notes: null, phone: phone(1), customFields: { b: 2, c: 3 } });
      expect(body.customFields).toEqual({ b: 2, c: 3 });
      expect(await lead(id)).toEqual({ ...body, suppressions: [] });
    });

    it('lets an alternate take the place of a cleared primary', async () => {
      const id = await saved({ phone: phone(1), altPhone1: phone(2), altPhone2: phone(3) });
      const { body } = await patch(id, { phone: null }).expect(200);
      expect(body).toMatchObject({ phone: phone(2), altPhone1: phone(3), altPhone2: null });
    });

    it('refuses to leave a lead without a contact, unknown fields and wrong types; nothing changes', async () => {
      const id = await saved({ phone: phone(1), firstName: 'Ada' });
      const before = await lead(id);
      for (const [field, value] of [
        ['phone', null],
        ['phone', 'none'],
        ['nick', 'A'],
        ['firstName', 1],
        ['_id', '0'.repeat(24)],
        ['workspaceId', 'org_x'],
        ['availabilityStatus', 'available'],
        ['listIds', []],
        ['listId', null],
        ['customFields', []],
        ['defaultCountryCode', 'toString'],
      ] as const) {
        const { body } = await patch(id, { notes: 'changed', [field]: value }).expect(400);
        expect(body.details[0].field).toBe(field);
      }
      expect(await lead(id)).toEqual(before);
    });

    it('409 when the list has the new identity already', async () => {
      const id = await saved({ phone: phone(1) });
      await saved({ phone: phone(2), email: 'b@example.com', externalId: 'b' });
      for (const change of [{ phone: phone(2) }, { email: 'b@example.com' }, { externalId: 'b' }]) {
        expect((await patch(id, { ...change, firstName: 'No' }).expect(409)).body.code).toBe('DUPLICATE_LEAD');
      }
      expect((await lead(id)).firstName).toBeNull();
    });

    it('moves home and membership with listId; 409 on a duplicate there; counts follow', async () => {
      const other = (await tenant.post('/lists', { name: 'Other' })).body._id as string;
      const id = await saved({ phone: phone(1) });
      const twin = await saved({ phone: phone(2) });
      await save([{ phone: phone(2) }], { listId: other }).expect(201);
      const { body } = await patch(id, { listId: other, firstName: 'Moved' }).expect(200);
      expect(body).toMatchObject({ listId: other, listIds: [other], firstName: 'Moved' });
      expect(await lead(id)).toMatchObject({ listId: other, listIds: [other], firstName: 'Moved' });
      await patch(twin, { listId: other, firstName: 'Stuck' }).expect(409);
      expect(await lead(twin)).toMatchObject({ listId, firstName: null });
      await patch(twin, { listId: '0'.repeat(24) }).expect(404);
      const counts = await Promise.all([listId, other].map(async (list) => (await tenant.get(`/lists/${list}`)).body.leadCount));
      expect(counts).toEqual([1, 2]);
    });

    it('clears what is known of the availability when a contact changes, and only then', async () => {
      await test.line(tenant, 0);
      const id = await saved({ phone: phone(31) });
      await tenant.get(`/leads/check-availability?id=${id}`).expect(200);
      const { body } = await patch(id, { firstName: 'Ada', phone: phone(31) }).expect(200);
      expect(body).toMatchObject({ availabilityStatus: 'available', availableAddress: phone(31) });
      const changed = (await patch(id, { phone: phone(32) }).expect(200)).body;
      expect(changed).toMatchObject({ availabilityStatus: null, availabilityCheckedAt: null, availableAddress: null });
      await tenant.get(`/leads/check-availability?id=${id}`).expect(200);
      await update([{ phone: phone(32), email: 'new@example.com' }]).expect(200);
      expect(await lead(id)).toMatchObject({ email: 'new@example.com', availabilityStatus: null });
    });
  });
});
