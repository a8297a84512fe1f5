import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTools } from '../support/import-tools';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

type Lead = Record<string, unknown>;

/** Files as people have them, of bug reports and of the exports of products (test/fixtures/import-cases). */
describe('a file that was refused or misread once', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const { importAll, taken } = importTools(() => ({ test, tenant }));
  const fixture = (name: string) => readFileSync(join('test/fixtures/import-cases', `${name}.csv`));

  it.each<[string, Lead[], object?, string[][]?]>([
    ['c01-sep-line', [{ firstName: 'Ada', email: 'ada@example.com', phone: '+12025550143' }]],
    [
      'c03-linkedin-connections',
      [{ firstName: 'Ada', email: 'ada@example.com', companyName: 'Acme', jobTitle: 'Engineer' }],
      { invalid: 1 },
    ],
    ['c05-same-name-twice-phones', [{ firstName: 'Bob', phone: '+12025550101', altPhone1: '+12025550102' }]],
    ['c07-same-name-twice-civicrm', [{ firstName: 'Susie', lastName: 'Jones', email: 'susie@example.com' }]],
    ['c08-one-cell-more', [{ firstName: 'Ada', email: 'ada@example.com' }, { firstName: 'Bob' }], {}, [['1', 'row', 'work']]],
    [
      'c11-space-before-quote',
      [
        { firstName: 'Ada', companyName: 'Acme, Inc', email: 'ada@example.com' },
        { firstName: 'Bob', companyName: 'Bolt' },
      ],
    ],
    ['c13-space-after-quote', [{ firstName: 'Ada', companyName: 'Acme, Inc', email: 'ada@example.com' }]],
    [
      'c14-backslash-quotes',
      [{ firstName: 'Walt "Heis" White', companyName: 'Acme, Inc', email: 'walt@example.com' }, { firstName: 'Ann' }],
    ],
    [
      'c16-one-bad-byte',
      [
        { firstName: 'Zoë', lastName: 'Müller' },
        { firstName: 'René', email: 'rene@example.com' },
        { firstName: '李', lastName: '雷' },
      ],
      {},
      [['2', 'row', 'René']],
    ],
    ['c18-cut-off-character', [{ firstName: 'Zoë' }, { firstName: 'Ann' }], { invalid: 1 }],
    ['c19-mac-roman', [{ firstName: 'Zoë' }, { firstName: 'Müller' }]],
    ['c20-windows-1251', [{ firstName: 'Иван' }]],
    ['c21-end-of-file-mark', [{ firstName: 'Ada', email: 'ada@example.com' }]],
    [
      'c22-delimiter-by-the-header-alone',
      [{ email: 'ada@example.com', customFields: { 'Interests (a;b;c)': 'x' } }, { email: 'bob@example.com' }],
    ],
    ['c23-spaces-kept-in-custom-fields', [{ email: 'ada@example.com', customFields: { nickname: 'Addie' } }]],
    [
      'h18-long-cell',
      [{ email: 'ada@example.com' }, { email: 'bob@example.com' }],
      {},
      [['1', expect.stringMatching(/^customFields\./) as never, expect.stringMatching(/^.{4097,}$/) as never]],
    ],
    [
      'w01-warnings-of-an-import',
      [
        { phone: '+12025550188', email: null },
        { email: 'bob@example.com', phone: null },
      ],
      {},
      [
        ['1', 'email', 'ada at example.com'],
        ['2', 'phone', 'call me'],
      ],
    ],
  ])('%s is taken', async (name, leads, counts = {}, told = []) => {
    expect(await taken(fixture(name))).toMatchObject({ saved: leads.length, invalid: 0, leads, told, ...counts });
  });

  it('h15-mapping-two-columns-one-field fills the alternates', async () => {
    const { leads } = await taken(fixture('h15-mapping-two-columns-one-field'), { mapping: '{"A":"phone","B":"phone"}' });
    expect(leads).toMatchObject([{ phone: '+12025550101', altPhone1: '+12025550102' }]);
  });

  it('h16-survey-header keeps the answers, under the beginning of the question', async () => {
    const { leads, told } = await taken(fixture('h16-survey-header'));
    expect(leads).toMatchObject([{ email: 'ada@example.com' }, { email: 'bob@example.com' }]);
    const question = Object.keys(leads[0]!.customFields as object).find((key) => key.startsWith('On a scale'))!;
    expect(question.length).toBeLessThanOrEqual(100);
    expect(leads.map(({ customFields }) => (customFields as Lead)[question])).toEqual(['9', '10']);
    expect(told).toEqual([['0', 'column 3', expect.stringMatching(/^On a scale .* \(required\)$/)]]);
  });

  it('h19-long-notes are cut, and the whole of them is in the warnings', async () => {
    const { leads, told } = await taken(fixture('h19-long-notes'));
    expect(leads.map(({ email }) => email)).toEqual(['ada@example.com', 'bob@example.com']);
    const lengths = told.map(([, field, text]) => [field, text!.length]);
    expect(lengths).toEqual(
      expect.arrayContaining([
        ['notes', expect.any(Number)],
        ['jobTitle', expect.any(Number)],
      ]),
    );
    for (const [field, length] of lengths) expect(length).toBeGreaterThan(field === 'notes' ? 10_000 : 300);
  });

  it('h20-column-called-constructor leaves it out, and says so once', async () => {
    const { leads, told } = await taken(fixture('h20-column-called-constructor'));
    expect(leads).toMatchObject([{ email: 'ada@example.com', customFields: {} }]);
    expect(told).toEqual([['0', 'column 2', 'constructor']]);
  });

  it('c10-rejected-row-comes-back-wrong has the whole text, at once', async () => {
    const { leads, told } = await taken(fixture('c10-rejected-row-comes-back-wrong'));
    expect(leads).toMatchObject([{ email: 'ada@example.com', notes: 'likes tea, coffee and cake' }]);
    expect(told).toEqual([['1', 'row', 'likes tea, coffee and cake']]);
  });

  it('x01-rejected-file-in-excel has a mark, and comes back as it was', async () => {
    const { id } = await importAll(fixture('x01-rejected-file-in-excel'));
    const bytes = (await tenant.get(`/leads/imports/${id}/rejected`).buffer(true).expect(200)).text;
    expect(Buffer.from(bytes).subarray(0, 3).toString('hex')).toBe('efbbbf');
    const mended = await taken(bytes.replace('nope@', 'zoe@example.com'));
    expect(mended).toMatchObject({ saved: 1, leads: [{ firstName: 'Zoë', email: 'zoe@example.com' }] });
    // With another program, which writes a byte of its own code page into it.
    const spoilt = Buffer.concat([
      Buffer.from(bytes.replace('nope@', 'zoe2@example.com')),
      Buffer.from('9,9,,,Ren'),
      Buffer.from([0xe9]),
      Buffer.from(',r@example.com\n'),
    ]);
    expect((await taken(spoilt)).leads.slice(1)).toMatchObject([{ firstName: 'Zoë' }, { firstName: 'René' }]);
  });
});
