import { parse } from 'csv-parse/sync';
import { RunImportsService } from '../../src/imports/application/run-imports.service';
import { CampaignDesk, MUCH_LATER } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { ImportDesk } from '../support/import-desk';
import { importTools } from '../support/import-tools';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** With `onInvalid=reject`, one bad row keeps all the others of a file from being saved. */
describe('a file that is taken whole or not at all', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ IMPORT_CHUNK_ROWS: '2' });
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const { importAll, leadsIn, fileOf, warningsOf } = importTools(() => ({ test, tenant }));
  const whole = { onInvalid: 'reject' };
  const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@example.com,Person ${index}`);
  /** With a column about which there is a warning, too. */
  const csvOf = (rows: readonly string[]) => `email,firstName,${'q'.repeat(120)}\n${rows.join('\n')}\n`;
  const noLeads = async () => expect((await tenant.get('/leads').expect(200)).body.leads).toEqual([]);

  it.each([
    ['first', ['none,Bad', ...people(6)], [1]],
    ['last', [...people(6), 'none,Bad'], [7]],
    ['everywhere', ['none,Bad', ...people(3), '@,Worse', ...people(2), ',Worst'], [1, 5, 8]],
  ])('is refused where a bad row is %s: nothing is saved, and the bad rows are told of', async (_, rows, bad) => {
    const result = await importAll(csvOf(rows), whole);
    expect(result).toMatchObject({
      state: 'failed',
      rows: bad.length,
      invalid: bad.length,
      saved: 0,
      warnings: 0,
      checked: rows.length,
      error: `${bad.length} of ${rows.length} rows cannot be taken, so none was saved, as onInvalid: "reject" asks for`,
    });
    await noLeads();
    const rejected = parse(await fileOf(result.id, 'rejected'), { columns: true, bom: true }) as Record<string, string>[];
    expect(rejected.map(({ firstName }) => firstName)).toEqual(bad.map((row) => rows[row - 1]!.split(',')[1]));
    expect(await warningsOf(result.id)).toEqual([]);
  });

  it('is saved once all of it is right, with its duplicates and warnings told of once', async () => {
    const rows = [...people(5), 'p1@example.com,Again', `p9@example.com,${'x'.repeat(300)}`];
    const result = await importAll(csvOf(rows), whole);
    expect(result).toMatchObject({ state: 'completed', rows: 7, saved: 6, duplicate: 1, invalid: 0, checked: 7, percent: 100 });
    expect(await leadsIn(result.listId)).toHaveLength(6);
    expect(await warningsOf(result.id)).toMatchObject([{ row: '0' }, { row: '7', field: 'firstName' }]);
    expect((await fileOf(result.id, 'duplicates')).trim().split('\n')).toHaveLength(2);
  });

  it('enrolls nobody of a file that is refused, and everybody of one that is right', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const campaign = await desk.launched([{ template: 'Hi', wait: MUCH_LATER }]);
    const fields = { ...whole, campaignId: campaign };
    expect(await importAll(csvOf([...people(3), 'none,Bad']), fields)).toMatchObject({ state: 'failed', enrolled: 0 });
    expect(await importAll(csvOf(people(3)), fields)).toMatchObject({ state: 'completed', saved: 3, enrolled: 3 });
  });

  it('does not refuse a file for rows of which only the lead that they meet can say whether they are right', async () => {
    const mapping = '{"externalId":"externalId"}';
    const fields = { ...whole, onDuplicate: 'update', mapping };
    const first = await importAll('externalId,email,firstName\na,ann@example.com,Ann\n', fields);
    const again = { ...fields, listId: first.listId };
    const result = await importAll('externalId,email,firstName\na,,Anna\nunknown,,Nobody\nb,bob@example.com,Bob\n', again);
    expect(result).toMatchObject({ state: 'completed', checked: 3, updated: 1, invalid: 1, saved: 1 });
    expect((await leadsIn(first.listId)).map(({ firstName }) => firstName)).toEqual(['Anna', 'Bob']);
  });

  it.each([
    ['is right', people(5), { state: 'completed', saved: 5, rows: 5, checked: 5 }],
    ['is not', [...people(4), 'none,Bad'], { state: 'failed', saved: 0, invalid: 1, rows: 1, checked: 5 }],
  ])('is judged once more after a crash between checking and saving a file that %s', async (_, rows, expected) => {
    const refusal = jest.spyOn(test.app.get(RunImportsService), 'refusal').mockImplementationOnce(() => {
      throw new Error('The worker died');
    });
    expect(await importAll(csvOf(rows), whole)).toMatchObject(expected);
    expect(refusal).toHaveBeenCalledTimes(2);
  });

  it('shows that half is done once all is checked, and is cancelled with nothing saved', async () => {
    const service = test.app.get(RunImportsService);
    let go = () => undefined as void;
    const held = new Promise<void>((resolve) => (go = resolve));
    const save = service.saveRows.bind(service);
    jest.spyOn(service, 'saveRows').mockImplementation(async (...chunk) => {
      await held;
      return save(...chunk);
    });
    const desk = new ImportDesk(test, tenant);
    const { body } = await desk.upload(csvOf(people(6)), whole).expect(202);
    try {
      const shown = await eventually(async () => {
        const view = (await tenant.get(`/leads/imports/${body.importId}`).expect(200)).body;
        return view.percent >= 50 && view;
      });
      expect(shown).toMatchObject({ state: 'running', checked: 6, rows: 0, saved: 0 });
      await tenant.delete(`/leads/imports/${body.importId}`).expect(200);
    } finally {
      go();
    }
    await eventually(async () => (await tenant.get(`/leads/imports/${body.importId}`)).body.state === 'cancelled');
    await noLeads();
  });

  it('refuses another word for onInvalid', async () => {
    const { body } = await new ImportDesk(test, tenant).upload(csvOf(people(1)), { onInvalid: 'maybe' }).expect(400);
    expect(body.details).toMatchObject([{ field: 'onInvalid' }]);
  });
});
