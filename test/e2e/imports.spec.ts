import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { ImportDesk } from '../support/import-desk';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Expected {
  totalRows: number;
  savedCount: number;
  duplicateCount: number;
  invalidCount: number;
  invalidRowNumbers: number[];
  duplicateRowNumbers: number[];
  sampleSaved: ({ row: number; phone: string | null; email: string | null } & Record<string, unknown>)[];
}

describe('CSV imports', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ IMPORT_MAX_BYTES: '3000000' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const upload: ImportDesk['upload'] = (...given) => new ImportDesk(test, tenant).upload(...given);
  const over = (id: string) => new ImportDesk(test, tenant).over(id);
  const importAll = async (csv: string | Buffer, fields: Record<string, string> = {}) => {
    const { body } = await upload(csv, fields).expect(202);
    const result = await over(body.importId as string);
    expect(result.saved + result.updated + result.duplicate + result.invalid).toBe(result.rows);
    return { ...result, id: body.importId as string };
  };
  const newList = async () => (await tenant.post('/lists', { name: 'Import' }).expect(201)).body._id as string;
  const leadsIn = async (listId: string) =>
    (await tenant.get(`/leads?listId=${listId}&limit=200`).expect(200)).body.leads as Record<string, never>[];
  const rejectedOf = async (id: string) => (await tenant.get(`/leads/imports/${id}/rejected`).expect(200)).text;
  const filesLeft = async () =>
    (await test.connection.collection('imports.chunks').countDocuments()) +
    (await test.connection.collection('importFiles').countDocuments());

  // The longer one is a run more.
  it.each(['crm-salesforce-2k', 'crm-hubspot-10k'].slice(0, runs(2)))(
    '%s gives what is expected, and nothing new the second time',
    async (name) => {
      const file = (ending: string) => readFileSync(join('test/fixtures', `${name}${ending}`));
      const expected = JSON.parse(file('.expected.json').toString()) as Expected;
      const listId = await newList();
      const first = await importAll(file('.csv'), { listId });
      expect(first).toMatchObject({
        state: 'completed',
        percent: 100,
        error: null,
        rows: expected.totalRows,
        saved: expected.savedCount,
        duplicate: expected.duplicateCount,
        invalid: expected.invalidCount,
      });
      const rejected = (await rejectedOf(first.id)).match(/^\d+(?=,\d+,"?\w+: )/gm)!.map(Number);
      expect(rejected).toEqual(expected.invalidRowNumbers);
      const { text: duplicates } = await tenant.get(`/leads/imports/${first.id}/duplicates`).expect(200);
      expect(duplicates.match(/^\d+(?=,)/gm)!.map(Number)).toEqual(expected.duplicateRowNumbers);
      for (const { row, ...lead } of expected.sampleSaved) {
        const search = encodeURIComponent(String(lead.phone ?? lead.email));
        const { body } = await tenant.get(`/leads?listId=${listId}&search=${search}`).expect(200);
        expect({ row, leads: body.leads }).toMatchObject({ row, leads: expect.arrayContaining([expect.objectContaining(lead)]) });
      }
      const again = await importAll(file('.csv'), { listId });
      expect(again).toMatchObject({ saved: 0, invalid: expected.invalidCount, rows: expected.totalRows });
      expect((await tenant.get(`/lists/${listId}`).expect(200)).body.leadCount).toBe(expected.savedCount);
      expect(await filesLeft()).toBe(0);
    },
  );

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffFirst Name,E-mail\nZoë,zoe@example.com\n')],
    ['Windows-1252 with semicolons', Buffer.from('First Name;E-mail\r\nZoë;zoe@example.com\r\n', 'latin1')],
    ['UTF-16 with tabs', Buffer.from('\ufeffFirst Name\tE-mail\r\nZoë\tzoe@example.com', 'utf16le')],
    ['big-endian UTF-16', Buffer.from('\ufeffFirst Name,E-mail\nZoë,zoe@example.com', 'utf16le').swap16()],
    ['pipes and blank lines', Buffer.from('\n\nFirst Name|E-mail\n\n"Zoë"|zoe@example.com\n ||\n')],
  ])('reads %s', async (_, bytes) => {
    const { state, saved, rows, listId } = await importAll(bytes);
    expect({ state, saved, rows }).toEqual({ state: 'completed', saved: 1, rows: 1 });
    expect((await leadsIn(listId))[0]).toMatchObject({ firstName: 'Zoë', email: 'zoe@example.com', source: 'csv' });
  });

  it('maps columns by their names, by the mapping, and the rest into custom fields', async () => {
    const csv =
      'Given Name,Work Email,Mobile,Phone,Record ID,Est. Deal Size,Secret,Deal $.x\nAnn,ann@example.com,202-555-0102,202-555-0101,77,5 000,x,\n';
    const mapping = JSON.stringify({ 'Record ID': 'externalId', Secret: null, 'Deal $.x': 'customFields.deal' });
    const preview = await upload(csv, { mapping }, '?dryRun=true').expect(200);
    expect(preview.body).toMatchObject({
      dryRun: true,
      encoding: 'utf-8',
      delimiter: ',',
      mapping: {
        'Given Name': 'firstName',
        'Work Email': 'email',
        Mobile: 'altPhone1',
        Phone: 'phone',
        'Record ID': 'externalId',
        'Est. Deal Size': 'customFields.Est. Deal Size',
        Secret: null,
        'Deal $.x': 'customFields.deal',
      },
      columns: expect.arrayContaining([
        { number: 3, column: 'Mobile', to: 'altPhone1', certainty: 0.95, why: '"mobile" names a phone number' },
        { number: 7, column: 'Secret', to: null, certainty: 1, why: 'mapping says so' },
      ]),
      rows: [{ row: 1, lead: { firstName: 'Ann', phone: '+12025550101' }, problem: null }],
    });
    expect((await tenant.get('/leads').expect(200)).body.leads).toEqual([]);
    expect(await filesLeft()).toBe(0);
    const { listId } = await importAll(csv, { mapping });
    expect((await leadsIn(listId))[0]).toMatchObject({
      firstName: 'Ann',
      email: 'ann@example.com',
      phone: '+12025550101',
      altPhone1: '+12025550102',
      externalId: '77',
      customFields: { 'Est. Deal Size': '5 000' },
    });
  });

  it.each([
    [
      'Pipedrive',
      'Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Phone - Mobile,Person - Job title\n' +
        'Ada Byron,Acme,ada@example.com,202 555 0101,202 555 0102,Engineer\n',
      {
        firstName: 'Ada',
        lastName: 'Byron',
        companyName: 'Acme',
        phone: '+12025550102',
        altPhone1: '+12025550101',
        jobTitle: 'Engineer',
      },
    ],
    [
      'Google Contacts',
      'Given Name,Family Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Phone 3 - Type,Phone 3 - Value\n' +
        'Ada,Byron,Work Fax,202 555 0101,Work,202 555 0103,Mobile,202 555 0104\n',
      { firstName: 'Ada', phone: '+12025550104', altPhone1: '+12025550103', altPhone2: null },
    ],
    [
      'Outlook',
      'Title,First Name,Last Name,Suffix,E-mail Address,E-mail 2 Address,Job Title,Business Phone,Business Phone 2,Home Phone,Home Phone 2,Mobile Phone\n' +
        'Ms.,Ada,Byron,,,ada@example.com,Engineer,,202 555 0102,,202 555 0104,\n',
      { email: 'ada@example.com', jobTitle: 'Engineer', phone: '+12025550102', altPhone1: '+12025550104' },
    ],
  ])('reads the export of %s as it is', async (_, csv, expected) => {
    const { state, saved, listId } = await importAll(csv);
    expect({ state, saved }).toEqual({ state: 'completed', saved: 1 });
    expect((await leadsIn(listId))[0]).toMatchObject(expected);
  });

  it('never takes a column for externalId by itself', async () => {
    const { listId } = await importAll('externalId,Record ID,email\n1,2,a@example.com\n');
    expect((await leadsIn(listId))[0]).toMatchObject({ externalId: null, customFields: { externalId: '1', 'Record ID': '2' } });
  });

  it('gives the rejected rows with their reasons, as a file that can be mended and imported', async () => {
    const csv = 'nickname,first name,phone,note\n=1+1,Ann,none,"a\nb"\nBob,Bob,202-555-0101,x\n,,,\nToo,Many,nobody,y,z\n';
    const { id, listId, saved, invalid, rows } = await importAll(csv);
    expect({ saved, invalid, rows }).toEqual({ saved: 1, invalid: 2, rows: 3 });
    const rejected = await rejectedOf(id);
    expect(rejected.split('\n')[0]).toBe('\ufeffrow,line,reason,tuco:typed,nickname,first name,phone,note');
    expect(rejected).toContain(
      '1,2,"phone: a lead needs a usable phone number or e-mail address, but phone is not usable",,\'=1+1,Ann,none,',
    );
    expect(rejected).toMatch(/^4,6,"phone: .*",,Too,Many,nobody,y,z$/m);
    expect(await importAll(rejected, { listId })).toMatchObject({ rows: 2, saved: 0, invalid: 2 });
    const mended = await importAll(rejected.replace('none', '202-555-0103').replace('nobody', '202-555-0102'), { listId });
    expect(mended).toMatchObject({ rows: 2, saved: 2, warnings: 1 });
    const ann = (await leadsIn(listId)).find(({ firstName }) => firstName === 'Ann')!;
    expect(ann).toMatchObject({ notes: 'a\nb', customFields: { nickname: '=1+1' } });
    expect(Object.keys(ann.customFields!)).toEqual(['nickname']);
    expect((await leadsIn(listId)).find(({ firstName }) => firstName === 'Many')).toMatchObject({ notes: 'y,z' });
  });

  it('gives rejected rows that can be imported also where the file has a column called reason, and again after that', async () => {
    const csv = 'reason,row,phone\nhot lead,7,none\ncold,8,nobody\n';
    const { id, listId } = await importAll(csv);
    const rejected = await rejectedOf(id);
    expect(rejected.split('\n')[0]).toBe('\ufefftuco:row,line,tuco:reason,tuco:typed,reason,row,phone');
    const second = await importAll(rejected.replace('none', '202-555-0105'), { listId });
    expect(second).toMatchObject({ saved: 1, invalid: 1 });
    const again = await rejectedOf(second.id);
    expect(await importAll(again.replace('nobody', '202-555-0106'), { listId })).toMatchObject({ saved: 1, invalid: 0 });
    const custom = (await leadsIn(listId)).map(({ customFields }) => customFields);
    expect(custom).toEqual([
      { reason: 'cold', row: '8' },
      { reason: 'hot lead', row: '7' },
    ]);
  });

  it('updates those it finds, once a file: a repeat is a duplicate', async () => {
    const listId = await newList();
    await importAll('email,first name\na@example.com,Ann\n', { listId });
    const csv = 'email,last name\na@example.com,Lee\nb@example.com,Ray\nA@example.com,Other\nb@example.com,Other\n';
    // Chunks of a row each would do the same: what this file touched is marked on the lead.
    const result = await importAll(csv, { listId, onDuplicate: 'update' });
    expect(result).toMatchObject({ saved: 1, updated: 1, duplicate: 2 });
    const names = (await leadsIn(listId)).map(({ firstName, lastName }) => [firstName, lastName]);
    expect(names).toHaveLength(2);
    expect(names).toEqual(
      expect.arrayContaining([
        ['Ann', 'Lee'],
        [null, 'Ray'],
      ]),
    );
    expect(await importAll(csv, { listId, onDuplicate: 'update' })).toMatchObject({ saved: 0, updated: 2, duplicate: 2 });
  });

  it('enrols into a campaign as it goes', async () => {
    await test.line(tenant);
    const listId = await newList();
    const steps = [{ template: 'Hi', wait: { amount: 9, unit: 'days' } }];
    const campaign = (await tenant.post('/campaigns', { name: 'C', listId, steps }).expect(201)).body._id as string;
    const csv = 'email\na@example.com\nb@example.com\na@example.com\nbroken\n';
    const refused = await upload(csv, { campaignId: campaign }).expect(409);
    expect(refused.body.code).toBe('WRONG_CAMPAIGN_STATUS');
    await tenant.post(`/campaigns/${campaign}/launch`).expect(200);
    const wrongList = await upload(csv, { campaignId: campaign, listId: await newList() }).expect(400);
    expect(wrongList.body.details[0].field).toBe('listId');
    expect(await importAll(csv, { campaignId: campaign })).toMatchObject({
      listId,
      saved: 2,
      duplicate: 1,
      invalid: 1,
      enrolled: 2,
    });
    expect((await tenant.get(`/messages?campaignId=${campaign}`).expect(200)).body.pagination.totalCount).toBe(2);
    expect(await filesLeft()).toBe(0);
  });

  it('can be cancelled; what was saved stays, the file goes', async () => {
    const csv = `email\n${Array.from({ length: 60_000 }, (_, index) => `p${index}@example.com`).join('\n')}\n`;
    const { body } = await upload(csv).expect(202);
    await eventually(async () => (await tenant.get(`/leads/imports/${body.importId}`)).body.saved > 0);
    const cancelled = await tenant.delete(`/leads/imports/${body.importId}`).expect(200);
    expect(cancelled.body.state).toBe('cancelled');
    expect(await filesLeft()).toBe(0);
    const settled = await eventually(async () => {
      const [one, two] = [
        await tenant.get(`/leads/imports/${body.importId}`),
        await tenant.get(`/lists/${cancelled.body.listId}`),
      ];
      return one.body.saved === two.body.leadCount ? one.body : null;
    });
    expect(settled.saved).toBeLessThan(60_000);
    expect(settled.state).toBe('cancelled');
  });

  it('runs two at a time in a workspace; the others wait for their turn, and all end', async () => {
    const rows = runs(6_000);
    const csv = (of: number) =>
      `email\n${Array.from({ length: rows }, (_, index) => `p${of}.${index}@example.com`).join('\n')}\n`;
    const listId = await newList();
    const ids = await Promise.all(
      [1, 2, 3, 4].map(async (of) => (await upload(csv(of), { listId }).expect(202)).body.importId as string),
    );
    let most = 0;
    await eventually(async () => {
      const states = await Promise.all(ids.map(async (id) => (await tenant.get(`/leads/imports/${id}`)).body.state as string));
      most = Math.max(most, states.filter((state) => state === 'running').length);
      return states.every((state) => state === 'completed');
    });
    expect(most).toBeLessThanOrEqual(2);
    expect((await tenant.get(`/lists/${listId}`).expect(200)).body.leadCount).toBe(4 * rows);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /line 1: the file is empty/],
    ['blank', '\n\n \n', /line 1: the file is empty/],
    ['with a header only', 'email,phone\n', /line 2: there are no rows/],
    ['with nobody to reach', 'name,city\nAnn,Rome\n', /line 1: no column holds phone numbers or e-mail addresses/],
    ['with 100,000 columns', `email,${'x,'.repeat(100_000)}\n1\n`, /line 1: it has 100002 columns/],
    ['of one huge cell', `email,note\na@example.com,${'x'.repeat(2_000_000)}\n`, /line 2: the record is too long/],
    ['with an unclosed quote', 'email\n"a@example.com\nb@example.com\n', /line 2: a quote is opened and never closed/],
    ['binary', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 9, 7, 0, 1, 2, 3, 10, 10, 4]), /line 1: /],
    ['with NUL characters', 'email\na\0@example.com\n', /line 2: it has a NUL character/],
  ])('refuses a file that is %s, naming line and reason', async (_, csv, why) => {
    const { body } = await upload(csv).expect(400);
    expect(body.details[0].field).toBe('file');
    expect(body.details[0].message).toMatch(why);
    expect((await tenant.get('/lists').expect(200)).body.lists).toEqual([]);
    expect(await filesLeft()).toBe(0);
  });

  it('fails at a line that is broken, keeps what was before it, and says so', async () => {
    const before = runs(25_000);
    const rows = Array.from({ length: before + 5_000 }, (_, index) => `p${index}@example.com,x`);
    rows[before] = 'broken@example.com,"never closed';
    const result = await importAll(`email,note\n${rows.join('\n')}\n`);
    expect(result).toMatchObject({ state: 'failed', rows: before, saved: before });
    expect(result.error).toMatch(new RegExp(`^line ${before + 2}: a quote is opened and never closed`));
    expect(await filesLeft()).toBe(0);
  });

  it('refuses a file that is too large, with 413', async () => {
    const { body } = await upload(`email\n${'a@example.com\n'.repeat(300_000)}`).expect(413);
    expect(body.code).toBe('FILE_TOO_LARGE');
    expect(await filesLeft()).toBe(0);
  });

  it.each<[string, (call: ReturnType<typeof upload>) => unknown]>([
    ['more fields than are taken', (call) => Array.from({ length: 30 }, (_, index) => call.field(`more${index}`, 'x'))],
    ['more files than are taken', (call) => Array.from({ length: 4 }, () => call.attach('file', Buffer.from('x'), 'y.csv'))],
    ['a field of JSON that is none', (call) => call.field('mapping', '{', { contentType: 'application/json' } as never)],
  ])('refuses %s', async (_, add) => {
    const call = upload('email\na@example.com\n');
    add(call);
    const { body } = await call.expect(400);
    expect([body.code, body.details[0].field]).toEqual(['VALIDATION_FAILED', 'file']);
    expect(await filesLeft()).toBe(0);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['listId', { listId: 'x' }, 400, 'listId'],
    ['mapping', { mapping: '{' }, 400, 'mapping'],
    ['mapping', { mapping: '["a"]' }, 400, 'mapping'],
    ['mapping', { mapping: '{"nobody":"phone"}' }, 400, 'mapping.nobody'],
    ['mapping', { mapping: '{"email":"password"}' }, 400, 'mapping.email'],
    ['onDuplicate', { onDuplicate: 'both' }, 400, 'onDuplicate'],
    ['dryRun', { dryRun: 'perhaps' }, 400, 'dryRun'],
    ['defaultCountryCode', { defaultCountryCode: '+999' }, 400, 'defaultCountryCode'],
    ['an unknown field', { other: '1' }, 400, 'other'],
    ['an unknown list', { listId: '0'.repeat(24) }, 404, ''],
    ['an unknown campaign', { campaignId: '0'.repeat(24) }, 404, ''],
  ])('refuses a wrong %s %j', async (_, fields, status, field) => {
    const { body } = await upload('email\na@example.com\n', fields).expect(status);
    if (field) expect(body.details[0].field).toBe(field);
    expect(await filesLeft()).toBe(0);
  });

  it('refuses what is no upload, and uploads elsewhere', async () => {
    await tenant.post('/leads/imports', {}).expect(415);
    const without = await request(test.url)
      .post('/api/leads/imports')
      .set('authorization', `Bearer ${tenant.key}`)
      .field('listId', '0'.repeat(24))
      .expect(400);
    expect(without.body.details[0].field).toBe('file');
    await tenant.call('post', '/leads').attach('file', Buffer.from('x'), 'x.csv').expect(415);
    const broken = await tenant
      .call('post', '/leads/imports')
      .set('content-type', 'multipart/form-data; boundary=x')
      .send('--x\r\nbroken');
    expect(broken.status).toBe(400);
    await upload('email\na@example.com\n').attach('file', Buffer.from('x'), 'y.csv').expect(400);
    expect(await filesLeft()).toBe(0);
  });

  it("shows nothing of another workspace's imports", async () => {
    const { id } = await importAll('email\na@example.com\n');
    const other = await test.tenant();
    await other.get(`/leads/imports/${id}`).expect(404);
    await other.get(`/leads/imports/${id}/rejected`).expect(404);
    await other.delete(`/leads/imports/${id}`).expect(404);
  });

  it('is done once with an Idempotency-Key, however the upload is written', async () => {
    const csv = 'email\na@example.com\n';
    const first = await upload(csv, { onDuplicate: 'skip' }).set('Idempotency-Key', 'file-1').expect(202);
    const again = await upload(csv, { onDuplicate: 'skip' }).set('Idempotency-Key', 'file-1').expect(202);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    await upload(`${csv}b@example.com\n`, { onDuplicate: 'skip' }).set('Idempotency-Key', 'file-1').expect(422);
    await upload(csv).set('Idempotency-Key', 'file-1').expect(422);
    await over(first.body.importId as string);
    await eventually(async () => (await filesLeft()) === 0);
  });
});
