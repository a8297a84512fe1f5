import request from 'supertest';
import { Workspaces } from '../../src/auth';
import { Ticks } from '../../src/platform/ticks';
import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { ImportDesk } from '../support/import-desk';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const PATH = '/suppressions/imports';

interface Row {
  _id: string;
  address: string | null;
  domain: string | null;
  channel: string;
  reason: string;
  source: string;
  text: string | null;
  note: string | null;
  createdAt: string;
  createdBy: string | null;
  via: string[];
}

/** Lists of people who must not be written to, as other products have them. */
describe('imports of suppressions', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ IMPORT_MAX_BYTES: '3000000' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const deskOf = (of: Tenant) => new ImportDesk(test, of, PATH);
  const upload: ImportDesk['upload'] = (...given) => deskOf(tenant).upload(...given);
  const over = async (id: string, of = tenant) => {
    const result = await deskOf(of).over(id);
    expect(result.saved + result.existing + result.invalid).toBe(result.rows);
    return result;
  };
  const importAll = async (csv: string | Buffer, fields: Record<string, string> = {}, of = tenant) => {
    const { body } = await deskOf(of).upload(csv, fields).expect(202);
    const id = body.importId as string;
    return { ...(await over(id, of)), id };
  };
  const listed = async (query = '', of = tenant) =>
    (await of.get(`/suppressions?limit=200${query}`).expect(200)).body.suppressions as Row[];
  const rejectedOf = async (id: string) => (await tenant.get(`${PATH}/${id}/rejected`).expect(200)).text;
  const filesLeft = async () =>
    (await test.connection.collection('imports.chunks').countDocuments()) +
    (await test.connection.collection('importFiles').countDocuments());
  const idle = () =>
    eventually(async () => (await test.connection.collection('backgroundJobs').countDocuments({ finishedAt: null })) === 0);
  const people = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of}${index}@example.com`);

  it('takes a list, says how it went, and has nobody twice', async () => {
    const csv =
      'Email Address,Mobile,Reason,Unsubscribed At,Notes,First Name\n' +
      'Ann@Example.com,,Unsubscribed,2024-05-01,by mail,Ann\n' +
      ',(202) 555-0101,opted out,2024-05-02 10:20,,Bob\n' +
      'ann@example.com,,unsubscribe,2025-01-01,,Ann\n' +
      'zoe@example.com,202-555-0102,,,,\n';
    const result = await importAll(csv, { reason: 'complained', channel: 'email' });
    expect(result).toMatchObject({
      state: 'completed',
      fileName: 'people.csv',
      channel: 'email',
      reason: 'complained',
      rows: 4,
      saved: 3,
      existing: 1,
      invalid: 0,
      percent: 100,
      secondsLeft: 0,
      error: null,
    });
    const rows = await listed();
    expect(rows.map(({ address, channel, reason, note, createdAt }) => [address, channel, reason, note, createdAt])).toEqual([
      ['+12025550102', 'email', 'complained', null, expect.any(String)],
      ['zoe@example.com', 'email', 'complained', null, expect.any(String)],
      ['+12025550101', 'email', 'opted_out', null, '2024-05-02T10:20:00.000Z'],
      ['ann@example.com', 'email', 'unsubscribed', 'by mail', '2024-05-01T00:00:00.000Z'],
    ]);
    for (const { source, createdBy } of rows) {
      expect([source, createdBy]).toEqual(['import', expect.stringMatching(/^key:[0-9a-f]{24}$/)]);
    }
    expect(await importAll(csv, { reason: 'complained', channel: 'email' })).toMatchObject({ saved: 0, existing: 4 });
    expect((await listed('&source=import&createdSince=2024-05-02T00:00:00Z')).length).toBe(3);
    expect(await filesLeft()).toBe(0);
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffE-mail,Note\nzoe@example.com,Zoë\n')],
    ['Windows-1252 with semicolons', Buffer.from('E-mail;Note\r\nzoe@example.com;Zoë\r\n', 'latin1')],
    ['UTF-16 with tabs', Buffer.from('\ufeffE-mail\tNote\r\nzoe@example.com\tZoë', 'utf16le')],
    ['line breaks in quotes, and blank lines', Buffer.from('\n\nE-mail|Note|Text\n\nzoe@example.com|"Zoë"|"a\nb"\n ||\n')],
  ])('reads %s', async (_, bytes) => {
    const { state, saved, rows } = await importAll(bytes);
    expect({ state, saved, rows }).toEqual({ state: 'completed', saved: 1, rows: 1 });
    expect(await listed()).toMatchObject([{ address: 'zoe@example.com', note: 'Zoë', reason: 'manual', channel: 'all' }]);
  });

  it.each<[string, string | Buffer, object, string[]]>([
    ['lines above the header', 'Unsubscribed people\n\nE-mail,Note\nzoe@example.com,x\n', { note: 'x' }, []],
    ['a sep= line', 'sep=^\nE-mail^Note\nzoe@example.com^x\n', { note: 'x' }, []],
    ['spaces around quotes', '"E-mail" , "Note"\n"zoe@example.com" , "x, y"\n', { note: 'x, y' }, []],
    [
      'more cells than the header',
      'E-mail,Note\nzoe@example.com,x, y\n',
      { note: 'x, y' },
      ['1,2,row,has 3 cells and the header has 2: the last ones are taken as one,"x, y"'],
    ],
    [
      'a wrong byte',
      Buffer.concat([Buffer.from('E-mail,Note\nzoe@example.com,Zoë Ren'), Buffer.from([0xe9, 0x0a])]),
      { note: 'Zoë René' },
      ['1,2,row,"has a byte that is no UTF-8, and was read as Windows-1252",Zoë René'],
    ],
    [
      'a date that is none',
      'E-mail,Unsubscribed At\nzoe@example.com,some day\n',
      {},
      [expect.stringMatching(/^1,2,createdAt,.*,some day$/) as never],
    ],
    [
      'a note that is cut',
      `E-mail,Note\nzoe@example.com,${'x'.repeat(1_001)}\n`,
      { note: 'x'.repeat(1_000) },
      [`1,2,note,"is cut at 1,000 characters",${'x'.repeat(1_001)}`],
    ],
    ['a mark of DOS at its end', 'E-mail\r\nzoe@example.com\r\n\x1a', {}, []],
  ])('reads %s, and tells what was not taken as it stood', async (_, bytes, row, told) => {
    const { id, state, saved, invalid, warnings } = await importAll(bytes);
    expect({ state, saved, invalid, warnings }).toEqual({ state: 'completed', saved: 1, invalid: 0, warnings: told.length });
    expect(await listed()).toMatchObject([{ address: 'zoe@example.com', ...row }]);
    const csv = (await tenant.get(`${PATH}/${id}/warnings`).expect(200)).text;
    expect(csv.trim().split('\n').slice(1)).toEqual(told);
    await (await test.tenant()).get(`${PATH}/${id}/warnings`).expect(404);
  });

  it('says beforehand what would become of a file', async () => {
    const csv = 'Whom,Why,City\nexample.org,bounce,Rome\nann@example.com,who knows,\n';
    const mapping = JSON.stringify({ Whom: 'address', Why: 'reason' });
    const { body } = await upload(csv, { mapping, channel: 'email' }, '?dryRun=true').expect(200);
    expect(body).toMatchObject({
      dryRun: true,
      encoding: 'utf-8',
      delimiter: ',',
      mapping: { Whom: 'address', Why: 'reason', City: null },
      rows: [
        {
          row: 1,
          suppressions: [{ address: null, domain: 'example.org', channel: 'email', reason: 'bounced' }],
          problem: null,
          warnings: [],
        },
        { row: 2, suppressions: [], problem: { field: 'reason' } },
      ],
    });
    expect(await listed()).toEqual([]);
    expect(await filesLeft()).toBe(0);
  });

  it.each([
    ['numbers', '+12025550181\n+12025550182\n', ['+12025550181', '+12025550182']],
    ['bare numbers, and dates', '2025550183;2026-05-31\n2025550184;2026-05-30\n', ['+12025550183', '+12025550184']],
    ['addresses', 'ann@example.com\r\nbob@example.com\r\n', ['ann@example.com', 'bob@example.com']],
    ['both, under a header of unknown words', 'Кто,Куда\nann@example.com,+12025550185\n', ['ann@example.com', '+12025550185']],
  ])('takes a mere list of %s', async (_, csv, addresses) => {
    expect(await importAll(csv)).toMatchObject({
      state: 'completed',
      invalid: 0,
      saved: csv.trim().split('\n').length - (csv.includes('Кто') ? 1 : 0),
    });
    expect((await listed()).map(({ address }) => address).sort()).toEqual([...addresses].sort());
  });

  it('gives the rejected rows with the field and the reason, as a file that can be mended and imported, twice', async () => {
    const csv =
      'reason,phone,email,note\n' +
      'whatever,202-555-0101,,=1+1\n' +
      'manual,none,ann@example.com,"a\nb"\n' +
      'manual,202-555-0103,,\n' +
      ',,,x\n';
    const { id, ...counts } = await importAll(csv);
    expect(counts).toMatchObject({ rows: 4, saved: 1, existing: 0, invalid: 3 });
    // Of two addresses the one that can be read is listed at once.
    expect((await listed()).map(({ address }) => address).sort()).toEqual(['+12025550103', 'ann@example.com']);
    const rejected = await rejectedOf(id);
    expect(rejected.split('\n')[0]).toBe('\ufeffrow,line,tuco:reason,tuco:derived,reason,phone,email,note');
    expect(rejected).toContain(
      '1,2,"reason: must be one of opted_out, unsubscribed, complained, bounced, invalid, manual, provider"',
    );
    expect(rejected).toContain('2,3,phone: must be a phone number that can be read; the other addresses of the row are listed,');
    expect(rejected).toContain('4,6,"address: is missing: the row has no phone number, e-mail address or domain",');
    const second = await importAll(rejected.replace('none', '202-555-0104'));
    expect(second).toMatchObject({ rows: 3, saved: 1, existing: 0, invalid: 2 });
    const again = await rejectedOf(second.id);
    expect(again.split('\n')[0]).toBe(rejected.split('\n')[0]);
    const third = await importAll(again.replace('whatever', 'complaint'));
    expect(third).toMatchObject({ rows: 2, saved: 1, existing: 0, invalid: 1 });
    expect(await listed('&reason=complained')).toMatchObject([{ address: '+12025550101', note: '=1+1' }]);
  });

  it('changes nothing about a person with a column that says that they are active', async () => {
    await tenant.post('/suppressions', { address: '+12025550101', reason: 'opted_out', channel: 'phone' }).expect(201);
    const [before] = await listed();
    await tenant.post('/leads', { leads: [{ phone: '+12025550101' }] }).expect(201);
    const csv = 'Phone,Status,Opted Out\n(202) 555-0101,active,false\n';
    const leads = new ImportDesk(test, tenant);
    const { body } = await leads.upload(csv, { onDuplicate: 'update' }).expect(202);
    await leads.over(body.importId as string);
    expect(await importAll(csv, { reason: 'opted_out', channel: 'phone' })).toMatchObject({ saved: 0, existing: 1 });
    expect(await listed()).toEqual([before]);
  });

  describe('of an export', () => {
    const exported = async (of: Tenant) => (await of.get('/suppressions/export').expect(200)).text;
    const asSaid = (rows: Row[]) =>
      rows
        .map(({ address, domain, channel, reason, text, note, createdAt }) =>
          JSON.stringify([address, domain, channel, reason, text, note, createdAt]),
        )
        .sort();

    it('gives the same rows in another workspace, with their dates', async () => {
      const suppressions = [
        { address: '+12025550101', channel: 'phone', reason: 'opted_out', note: '=HYPERLINK("x")' },
        { address: '+12025550101', channel: 'sms', reason: 'complained', note: "'quoted" },
        { address: "o'brien+x@example.com", channel: 'email', reason: 'bounced', note: '-1\n"two"; three, four' },
        { address: 'ann@bücher.example', reason: 'unsubscribed' },
        { domain: 'example.org', reason: 'manual' },
      ];
      await tenant.post('/suppressions', { suppressions }).expect(201);
      await test.connection
        .collection('suppressions')
        .updateMany({ workspaceId: tenant.id }, { $set: { createdAt: new Date('2019-03-04T05:06:07.089Z'), text: '=STOP' } });
      await test.connection
        .collection('suppressions')
        .updateOne({ workspaceId: tenant.id, reason: 'complained' }, { $set: { reason: 'provider', source: 'event' } });
      const other = await test.tenant();
      const file = await exported(tenant);
      expect(await importAll(file, {}, other)).toMatchObject({ rows: 5, saved: 5, existing: 0, invalid: 0 });
      const [mine, theirs] = [await listed(), await listed('', other)];
      expect(asSaid(theirs)).toEqual(asSaid(mine));
      expect(new Set(theirs.map(({ source }) => source))).toEqual(new Set(['import']));
      expect(await importAll(file, {}, other)).toMatchObject({ saved: 0, existing: 5 });
      expect(await importAll(file)).toMatchObject({ saved: 0, existing: 5 });
      expect(await listed()).toEqual(mine);
    });

    it('brings derived rows along elsewhere, and leaves them derived where they are', async () => {
      const leads = [{ phone: '+12025550101', altPhone1: '+12025550102' }];
      const [lead] = (await tenant.post('/leads', { leads }).expect(201)).body.leadIds as string[];
      const { body } = await tenant.post('/suppressions', { address: '+12025550101' }).expect(201);
      await tenant.delete(`/leads/${lead}`).expect(200);
      const file = await exported(tenant);
      expect(file).toMatch(/^\+12025550102,.*,true$/m);
      expect(await importAll(file)).toMatchObject({ rows: 2, saved: 0, existing: 2 });
      const other = await test.tenant();
      expect(await importAll(file, {}, other)).toMatchObject({ rows: 2, saved: 2 });
      expect((await listed('', other)).map(({ via }) => via)).toEqual([[], []]);
      // Lifting the first lifts what was derived from it.
      await tenant.delete(`/suppressions/${body.suppression._id}`).expect(200);
      expect(await listed()).toEqual([]);
      // What was lifted is in no export.
      expect((await exported(tenant)).trim().split('\n')).toHaveLength(1);
    });

    it('asks about a reply that was under review there: nobody can decide on it here', async () => {
      const row = '+12025550101,,phone,review,reply,please stop,,2024-05-01T00:00:00.000Z,,';
      const csv = `address,domain,channel,reason,source,text,note,createdAt,createdBy,tuco:derived\n${row}\n`;
      const { id, ...counts } = await importAll(csv);
      expect(counts).toMatchObject({ rows: 1, saved: 0, invalid: 1 });
      expect(await rejectedOf(id)).toContain('reason: must be one of opted_out,');
    });
  });

  it('acts at once: what waits is cancelled, and nobody is written to; in one workspace alone', async () => {
    const [mine, theirs] = [await BridgeDesk.at(test), await BridgeDesk.at(test, 1)];
    const phone = (ending: number) => `+1206557${String(1_000 + ending)}`;
    const scheduledDate = new Date(Date.now() + 3_600_000).toISOString();
    const leads = people(30, 'lead').map((email, index) => ({ email, phone: phone(index) }));
    await mine.leads(leads);
    const waiting = await Promise.all([0, 7, 29].map((n) => mine.direct({ recipientPhone: phone(n), scheduledDate })));
    const byEmail = await mine.direct({ recipientPhone: phone(50), scheduledDate });
    const untouched = await theirs.direct({ recipientPhone: phone(0), scheduledDate });
    // Listed by e-mail: they are the same people.
    const csv = `Email\n${leads.map(({ email }) => email).join('\n')}\n`;
    expect(await importAll(csv, {}, mine.tenant)).toMatchObject({ saved: 30 });
    for (const id of waiting) expect(await mine.become(id, 'cancelled')).toMatchObject({ reason: 'opted_out' });
    await mine.tenant.post('/messages', { message: 'Hi', recipientPhone: phone(7) }).expect(409);
    await idle();
    expect(await mine.message(byEmail)).toMatchObject({ status: 'scheduled' });
    expect(await theirs.message(untouched)).toMatchObject({ status: 'scheduled' });
    expect(await listed('', theirs.tenant)).toEqual([]);
    const sent = await theirs.direct({ recipientPhone: phone(7) });
    await theirs.become(sent, ...ACCEPTED);
    const campaign = await mine.launched([{ template: 'First', wait: NOW }]);
    await eventually(async () => (await mine.campaign(campaign)).enrolling?.suppressed === 30);
    await Promise.all([mine.leave(), theirs.leave()]);
  });

  // Of nine holders it is not told at one look whether they hide another's.
  it.each([5, 9])('counts an address that %i share for itself alone, beside one that is somebody’s own', async (holders) => {
    const desk = await BridgeDesk.at(test);
    const scheduledDate = new Date(Date.now() + 3_600_000).toISOString();
    const [shared, own] = ['+12065581000', '+12065581001'];
    const leads = Array.from({ length: holders }, (_, n) => ({ phone: `+1206558200${n}`, altPhone1: shared }));
    await desk.leads([...leads, { phone: '+12065583000', altPhone1: own }]);
    const [ofShared, ofOwn] = await Promise.all([
      desk.direct({ recipientPhone: leads[0]!.phone, scheduledDate }),
      desk.direct({ recipientPhone: '+12065583000', scheduledDate }),
    ]);
    await importAll(`Phone\n${shared}\n${own}\n`, {}, desk.tenant);
    expect(await desk.become(ofOwn, 'cancelled')).toMatchObject({ reason: 'opted_out' });
    await idle();
    expect(await desk.message(ofShared)).toMatchObject({ status: 'scheduled' });
    await desk.leave();
  });

  it('makes one row of one address in fifty imports at once', async () => {
    const spellings = ['+1 202 555 0101', '(202) 555-0101', '2025550101', '202.555.0101', '+12025550101'];
    const ids = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const { body } = await upload(`Phone,Note\n${spellings[index % 5]},${index}\n`).expect(202);
        return body.importId as string;
      }),
    );
    const results = await Promise.all(ids.map((id) => over(id)));
    expect(results.every(({ state }) => state === 'completed')).toBe(true);
    expect(results.reduce((sum, { saved }) => sum + saved, 0)).toBe(1);
    expect(results.reduce((sum, { existing }) => sum + existing, 0)).toBe(49);
    expect(await listed()).toHaveLength(1);
  });

  it('takes turns with imports of leads, two at a time, and no file is swept away meanwhile', async () => {
    const rows = runs(10_000);
    const leads = new ImportDesk(test, tenant);
    const csv = (of: number) => `email\n${people(rows, `p${of}.`).join('\n')}\n`;
    const desks = [deskOf(tenant), leads, deskOf(tenant), leads];
    const ids = await Promise.all(
      desks.map(async (desk, of) => (await desk.upload(csv(of)).expect(202)).body.importId as string),
    );
    await test.connection.collection('importFiles').updateMany({}, { $set: { createdAt: new Date(0) } });
    let most = 0;
    await eventually(async () => {
      await test.app.get(Ticks).now('sweep uploads');
      const states = await Promise.all(
        ids.map(async (id, of) => {
          const { body } = await tenant.get(`${of % 2 === 0 ? PATH : '/leads/imports'}/${id}`);
          return body.state as string;
        }),
      );
      most = Math.max(most, states.filter((state) => state === 'running').length);
      return states.every((state) => ['completed', 'failed'].includes(state));
    });
    expect(most).toBeLessThanOrEqual(2);
    const results = await Promise.all(ids.map((id, of) => desks[of]!.over(id)));
    expect(results.map(({ state, saved }) => [state, saved])).toEqual(desks.map(() => ['completed', rows]));
    expect(await filesLeft()).toBe(0);
  });

  it('can be cancelled; what was saved stays, and the file goes', async () => {
    const { body } = await upload(`email\n${people(60_000, 'p').join('\n')}\n`).expect(202);
    await eventually(async () => (await tenant.get(`${PATH}/${body.importId}`)).body.saved > 0);
    const cancelled = await tenant.delete(`${PATH}/${body.importId}`).expect(200);
    expect(cancelled.body.state).toBe('cancelled');
    expect(await filesLeft()).toBe(0);
    await idle();
    const settled = await tenant.get(`${PATH}/${body.importId}`).expect(200);
    const count = await test.connection.collection('suppressions').countDocuments({ workspaceId: tenant.id });
    expect(settled.body).toMatchObject({ state: 'cancelled', saved: count });
    expect(count).toBeLessThan(60_000);
  });

  it('fails at a line that is broken, and keeps what was before it', async () => {
    const result = await importAll(`email,note\n${people(3_000, 'p').join(',x\n')},x\nbroken@example.com,"never closed\n`);
    expect(result).toMatchObject({ state: 'failed', rows: 3_000, saved: 3_000 });
    expect(result.error).toMatch(/^line 3002: a quote is opened and never closed/);
    expect(await filesLeft()).toBe(0);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /line 1: the file is empty/],
    ['with a header only', 'email,phone\n', /line 2: there are no rows/],
    ['with nobody in it', 'name,city\nAnn,Rome\n', /line 1: no column holds phone numbers, e-mail addresses or domains/],
    ['binary', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 9, 7, 0, 1, 2, 3, 10, 10, 4]), /line 1: /],
  ])('refuses a file that is %s, naming line and reason', async (_, csv, why) => {
    const { body } = await upload(csv).expect(400);
    expect(body.details[0]).toMatchObject({ field: 'file', message: expect.stringMatching(why) });
    expect(await filesLeft()).toBe(0);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['reason', { reason: 'review' }, 400, 'reason'],
    ['channel', { channel: 'fax' }, 400, 'channel'],
    ['mapping', { mapping: '{"email":"firstName"}' }, 400, 'mapping.email'],
    ['defaultCountryCode', { defaultCountryCode: '+999' }, 400, 'defaultCountryCode'],
    ['dryRun', { dryRun: 'perhaps' }, 400, 'dryRun'],
    ['field of leads', { listId: '0'.repeat(24) }, 400, 'listId'],
  ])('refuses a wrong %s %j', async (_, fields, status, field) => {
    const { body } = await upload('email\na@example.com\n', fields).expect(status);
    expect(body.details[0].field).toBe(field);
    expect(await filesLeft()).toBe(0);
  });

  it('refuses what is no upload, and a file that is too large', async () => {
    await tenant.post(PATH, {}).expect(415);
    const without = await request(test.url)
      .post(`/api${PATH}`)
      .set('authorization', `Bearer ${tenant.key}`)
      .field('reason', 'manual')
      .expect(400);
    expect(without.body.details[0].field).toBe('file');
    expect((await upload(`email\n${'a@example.com\n'.repeat(300_000)}`).expect(413)).body.code).toBe('FILE_TOO_LARGE');
    expect(await filesLeft()).toBe(0);
  });

  it("shows nothing of another workspace's imports, nor an import of leads as one of suppressions", async () => {
    const { id } = await importAll('email\na@example.com\n');
    const other = await test.tenant();
    const leads = new ImportDesk(test, tenant);
    const ofLeads = (await leads.upload('email\na@example.com\n').expect(202)).body.importId as string;
    await leads.over(ofLeads);
    for (const call of [() => other.get(`${PATH}/${id}`), () => tenant.get(`${PATH}/${ofLeads}`)]) {
      expect((await call().expect(404)).body.code).toBe('IMPORT_NOT_FOUND');
    }
    await other.get(`${PATH}/${id}/rejected`).expect(404);
    await other.delete(`${PATH}/${id}`).expect(404);
    await tenant.get(`/leads/imports/${id}`).expect(404);
    await tenant.delete(`/leads/imports/${id}`).expect(404);
    expect(await listed('', other)).toEqual([]);
  });

  it('is taken in a workspace that may only read', async () => {
    await test.app.get(Workspaces).setReadOnly(tenant.id, 'past_due');
    await eventually(async () => (await tenant.post('/lists', {})).status === 402);
    const { id, ...result } = await importAll('email\na@example.com\n');
    expect(result).toMatchObject({ state: 'completed', saved: 1 });
    await tenant.delete(`${PATH}/${id}`).expect(200);
  });

  it('is done once with an Idempotency-Key', async () => {
    const csv = 'email\na@example.com\n';
    const first = await upload(csv).set('Idempotency-Key', 'list-1').expect(202);
    const again = await upload(csv).set('Idempotency-Key', 'list-1').expect(202);
    expect(again.body).toEqual(first.body);
    await upload(`${csv}b@example.com\n`).set('Idempotency-Key', 'list-1').expect(422);
    expect(await over(first.body.importId as string)).toMatchObject({ saved: 1 });
  });
});
