import { importTools } from '../support/import-tools';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

type Lead = Record<string, unknown>;

/** Files in the forms that people and programs give them. */
describe('a file of leads', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const { importAll, leadsIn, fileOf, preview, refusal, taken } = importTools(() => ({ test, tenant }));

  describe('with lines above the header', () => {
    const rows = 'Name,E-mail\nAda Byron,ada@example.com\n';

    it.each([
      ['a title', `Contacts of the fair\n${rows}`, 2],
      ['a title in quotes, with commas', `"Contacts, of the fair, 2026"\n\n${rows}`, 3],
      ['a filter', `Report,Leads\nOwner,Bob\nFrom,2026-01-01\n,\n${rows}`, 5],
      ['a title that names phones', `Phone list\n${rows}`, 2],
      ['blank rows of a spreadsheet', `,\n,\n${rows}`, 3],
      ['a sep= line and a title', `sep=,\nContacts\n${rows}`, 3],
      ['a mark and a title', `\ufeffContacts\r\n${rows.replaceAll('\n', '\r\n')}`, 2],
    ])('as %s', async (_, csv, line) => {
      expect(await preview(csv)).toMatchObject({ headerLine: line, mapping: { Name: 'fullName', 'E-mail': 'email' } });
      expect(await taken(csv)).toMatchObject({ saved: 1, leads: [{ firstName: 'Ada', email: 'ada@example.com' }] });
    });

    it('more than ten of them, where the caller names the line', async () => {
      const csv = `${'note\n'.repeat(14)}${rows}`;
      expect(await refusal(csv)).toMatchObject([
        { field: 'file', message: expect.stringMatching(/^line 1: no column .* headerLine$/) },
      ]);
      expect(await preview(csv, { headerLine: '15' })).toMatchObject({
        headerLine: 15,
        why: { headerLine: 'the field headerLine says so' },
      });
      expect(await taken(csv, { headerLine: '15' })).toMatchObject({ saved: 1 });
      expect(await refusal(csv, { headerLine: '0' })).toMatchObject([{ field: 'headerLine' }]);
      expect(await refusal(csv, { headerLine: '99' })).toMatchObject([{ field: 'headerLine' }]);
    });
  });

  describe('whose columns have no known name', () => {
    it.each<[string, string, Lead[], Record<string, string | null>]>([
      [
        'addresses alone',
        'ada@example.com\nbob@example.com\n',
        [{ email: 'ada@example.com' }, { email: 'bob@example.com' }],
        { 'Column 1': 'email' },
      ],
      [
        'numbers alone',
        '+12025550101\n+12025550102\n',
        [{ phone: '+12025550101' }, { phone: '+12025550102' }],
        { 'Column 1': 'phone' },
      ],
      [
        'names and bare numbers',
        'Ada Byron;2025550101\nBob Example;2025550102\n',
        [
          { firstName: 'Ada', lastName: 'Byron', phone: '+12025550101' },
          { firstName: 'Bob', phone: '+12025550102' },
        ],
        { 'Column 1': 'fullName', 'Column 2': 'phone' },
      ],
      [
        'a mark, blank lines, and an address behind several words',
        '\ufeff\r\n\r\n(202) 555-0101,vip,Ada,Byron,ada@example.com\r\n',
        [
          {
            phone: '+12025550101',
            email: 'ada@example.com',
            customFields: { 'Column 2': 'vip', 'Column 3': 'Ada', 'Column 4': 'Byron' },
          },
        ],
        { 'Column 1': 'phone', 'Column 2': 'customFields.Column 2', 'Column 5': 'email' },
      ],
    ])('without a header: %s', async (_, csv, leads, mapping) => {
      expect(await preview(csv)).toMatchObject({
        headerLine: null,
        mapping,
        why: { headerLine: expect.stringContaining('no header') },
      });
      expect(await taken(csv)).toMatchObject({ saved: leads.length, invalid: 0, leads });
    });

    it('without a header: what stands above the first address is told of', async () => {
      const csv = 'Bob,\nAda,ada@example.com\nCy,cy@example.com\n';
      expect(await preview(csv)).toMatchObject({ headerLine: null, warnings: [{ field: 'file', text: 'Bob, ' }] });
      expect(await taken(csv)).toMatchObject({ saved: 2, told: [['0', 'file', 'Bob, ']] });
    });

    it('without a header, mapped by number: the first row is one', async () => {
      const csv = 'Ada,+12025550101,Acme\nBob,+12025550102,Acme\n';
      const mapping = JSON.stringify({ 1: 'firstName', 2: 'phone', 'Column 3': 'companyName' });
      expect(await taken(csv, { mapping })).toMatchObject({
        saved: 2,
        leads: [
          { firstName: 'Ada', phone: '+12025550101', companyName: 'Acme' },
          { firstName: 'Bob', phone: '+12025550102' },
        ],
      });
      expect(await refusal(csv, { mapping: JSON.stringify({ 4: 'email' }) })).toMatchObject([{ field: 'mapping.4' }]);
    });

    it.each<[string, string, Lead, Record<string, string | null>]>([
      [
        'another language',
        '姓名,电话,邮箱\n林爱东,+86 138 1234 5678,lin@example.com\n',
        { phone: '+8613812345678', email: 'lin@example.com' },
        { 电话: 'phone', 邮箱: 'email' },
      ],
      [
        'words of its own',
        'Who;Where to\nAda;ada@example.com\nBob;bob@example.com\n',
        { email: 'ada@example.com' },
        { Who: 'customFields.Who', 'Where to': 'email' },
      ],
    ])('with a header of %s', async (_, csv, lead, mapping) => {
      const shown = await preview(csv);
      expect(shown).toMatchObject({
        headerLine: 1,
        mapping,
        why: { headerLine: expect.stringContaining('no name of a column is known') },
      });
      expect(shown.warnings).toMatchObject([
        { field: 'file', message: expect.stringContaining('line 1 is taken for the header') },
      ]);
      expect((await taken(csv)).leads).toMatchObject([lead, ...(csv.includes('Bob') ? [{ email: 'bob@example.com' }] : [])]);
    });

    it('but one: names in other letters are left to their cells', async () => {
      const csv =
        'Фамилия,Телефон,E-mail,Регион,Номер\nИванов,+7 912 345-67-89,,Тула,912345678\nПетров,+7 912 345-67-90,petrov@example.com,Тула,912345679\n';
      const mapping = { Фамилия: 'customFields.Фамилия', Телефон: 'phone', 'E-mail': 'email', Номер: 'customFields.Номер' };
      expect(await preview(csv)).toMatchObject({
        headerLine: 1,
        mapping,
        why: { headerLine: 'it is the first row' },
        warnings: [],
      });
      expect(await taken(csv)).toMatchObject({ saved: 2, leads: [{ phone: '+79123456789' }, { email: 'petrov@example.com' }] });
      // A name that can be read and says nothing stays what it was.
      expect((await preview('Email,Switchboard\na@example.com,+12025550101\n')).mapping).toMatchObject({
        Switchboard: 'customFields.Switchboard',
      });
    });

    it('with empty columns between: half of the columns that are used make a header', async () => {
      const csv = ';NOMBRES;;;;CELULARES\n;Ana;;;;+5491155551234\n;Juan;;;;+5491155551235\n';
      expect(await taken(csv)).toMatchObject({
        saved: 2,
        leads: [{ firstName: 'Ana', phone: '+5491155551234' }, { firstName: 'Juan' }],
      });
    });

    it.each([
      ['ids', 'Order,Total\n2025550101,12\n2025550102,14\n'],
      ["an owner's address", 'Name,Lead Owner\nAda,ann@example.com\n'],
      ['numbers of faxes', 'Name,Fax\nAda,+12025550101\n'],
      ['coordinates', '45.4641943,9.1896346\n44.4938203,11.3426327\n'],
      ['words', 'Ada,Acme\nBob,Acme\n'],
    ])('are no contacts where they hold %s', async (_, csv) => {
      expect(await refusal(csv)).toMatchObject([{ field: 'file', message: expect.stringMatching(/^line 1: no column holds/) }]);
    });
  });

  describe('with two columns of one name', () => {
    it.each<[string, string, Lead, Record<string, string>?]>([
      [
        'three e-mails',
        'Email,Email,Email\na@example.com,,c@example.com\n',
        { email: 'a@example.com', altEmail1: 'c@example.com' },
      ],
      ['of the caller', 'Email,Tag,Tag\na@example.com,x,y\n', { customFields: { Tag: 'x', 'Tag (2)': 'y' } }],
      [
        'mapped by name',
        'Email,Tag,Tag\na@example.com,x,Boss\n',
        { jobTitle: 'Boss', customFields: { Tag: 'x' } },
        { 'Tag (2)': 'jobTitle' },
      ],
      [
        'mapped by number',
        'Tag,Email,Tag\nBoss,a@example.com,x\n',
        { jobTitle: 'Boss', customFields: {} },
        { 1: 'jobTitle', 3: null as never },
      ],
      [
        'beside one that is called so',
        'Email,Tag,Tag,Tag (2)\na@example.com,x,y,z\n',
        { customFields: { Tag: 'x', 'Tag (3)': 'y', 'Tag (2)': 'z' } },
      ],
      ['without any name', 'Email,,\na@example.com,x,y\n', { email: 'a@example.com', customFields: {} }],
    ])('%s', async (_, csv, lead, mapping = {}) => {
      expect(await taken(csv, { mapping: JSON.stringify(mapping) })).toMatchObject({ saved: 1, leads: [lead] });
    });

    it('is refused only where the caller maps both to one field', async () => {
      const csv = 'Email,Tag,Tag\na@example.com,x,y\n';
      expect(await refusal(csv, { mapping: '{"2":"jobTitle","Tag (2)":"jobTitle"}' })).toMatchObject([{ field: 'mapping' }]);
      expect(await refusal(csv, { mapping: '{"2":"jobTitle","Tag":"notes"}' })).toMatchObject([
        { field: 'mapping.Tag', message: 'is the column "Tag", which is mapped already' },
      ]);
      expect(await refusal(csv, { mapping: '{"4":"jobTitle"}' })).toMatchObject([{ field: 'mapping.4' }]);
    });
  });

  describe('with more cells than the header', () => {
    it.each<[string, string, Lead, string[][]]>([
      ['that are empty', 'Email,Name\na@example.com,Ada,,\n', { firstName: 'Ada' }, []],
      [
        'of notes',
        'Email,Notes\na@example.com,tea, milk, cake\n',
        { notes: 'tea, milk, cake' },
        [['1', 'row', 'tea, milk, cake']],
      ],
      ['of a field of its own', 'Email;Size\na@example.com;4;5\n', { customFields: { Size: '4;5' } }, [['1', 'row', '4;5']]],
      [
        'behind a phone',
        'Email\tPhone\na@example.com\t202-555-0101\tcall at noon\n',
        { phone: '+12025550101' },
        [['1', 'row', 'call at noon']],
      ],
      ['and formulas in them', 'Name,Email\nAda,a@example.com,=1+1\n', { email: 'a@example.com' }, [['1', 'row', "'=1+1"]]],
    ])('%s', async (_, csv, lead, told) => {
      expect(await taken(csv)).toMatchObject({ saved: 1, leads: [lead], told });
    });

    it('has rejected rows whole, which are rejected again until they are mended', async () => {
      const csv = 'Name,Company,Email,Phone\nAda,Acme, Inc,ada@example,,left, over\nBob,Bolt,none,\n';
      const { id, invalid, warnings } = await importAll(csv);
      expect({ invalid, warnings }).toEqual({ invalid: 2, warnings: 0 });
      const rejected = await fileOf(id, 'rejected');
      expect(rejected).toMatch(/^1,2,".*",,Ada,Acme, Inc,ada@example,,left, over$/m);
      const again = await importAll(rejected);
      expect(again).toMatchObject({ rows: 2, invalid: 2 });
      const twice = await fileOf(again.id, 'rejected');
      expect(twice).toBe(rejected);
      const mended = twice.replace('Acme, Inc,ada@example,,left, over', '"Acme, Inc",ada@example.com,');
      expect(await taken(mended)).toMatchObject({
        saved: 1,
        invalid: 1,
        leads: [{ companyName: 'Acme, Inc', email: 'ada@example.com' }],
        told: [],
      });
    });
  });

  describe('with quotes of its own kind', () => {
    it.each<[string, string, Lead]>([
      ['spaces before them', 'Name; "E-mail"; "Notes"\n"Ada"; "a@example.com"; "x; y"\n', { firstName: 'Ada', notes: 'x; y' }],
      ['spaces behind them', '"Name" |"E-mail"\n"Ada" |"a@example.com"\n', { firstName: 'Ada' }],
      [
        'spaces on both sides, and doubled ones',
        '"Name" , "E-mail" , "Notes"\n"Ada" , "a@example.com" , "say ""hi"" , now"\n',
        { notes: 'say "hi" , now' },
      ],
      ['a backslash before them', 'Name,E-mail,Notes\n"Ada","a@example.com","say \\"hi, you\\""\n', { notes: 'say "hi, you"' }],
      [
        'backslashes that escape themselves',
        'Name,E-mail,Path,Notes\n"Ada","a@example.com","C:\\\\dir","\\"x\\""\n',
        { customFields: { Path: 'C:\\dir' }, notes: '"x"' },
      ],
      ['backslashes that are none of it', 'Name,E-mail,Path\n"Ada","a@example.com","C:\\"\n', { customFields: { Path: 'C:\\' } }],
      ['both', '"Name" , "E-mail" , "Notes"\n"Ada \\"A\\" Byron" , "a@example.com" , "x, y"\n', { notes: 'x, y' }],
    ])('%s', async (_, csv, lead) => {
      expect(await taken(csv)).toMatchObject({ saved: 1, invalid: 0, leads: [lead], told: [] });
    });
  });

  it('clears by empty cells where it is told to, and never all ways to reach somebody', async () => {
    const header = 'external_id,First name,Email,Phone,Company,Shirt';
    const { listId } = await importAll(`${header}\n7,Ada,ada@example.com,202-555-0101,Acme,L\n8,Bob,bob@example.com,,Bolt,M\n`, {
      mapping: '{"external_id":"externalId"}',
    });
    const update = { listId, onDuplicate: 'update', mapping: '{"external_id":"externalId"}' };
    const rows = '7,Ada,ada@example.com,,,\n8,,,,Bolt,\n';
    const before = await leadsIn(listId);
    expect(await importAll(`${header}\n${rows}`, update)).toMatchObject({ updated: 2 });
    expect(await leadsIn(listId)).toEqual(before);

    const { id } = await importAll(`${header}\n${rows}`, { ...update, onNull: 'clear' });
    expect(await fileOf(id, 'rejected')).toContain('\n2,3,phone: the lead would be left without');
    expect(await leadsIn(listId)).toMatchObject([
      { firstName: 'Ada', email: 'ada@example.com', phone: null, companyName: null, customFields: {} },
      { firstName: 'Bob', email: 'bob@example.com', companyName: 'Bolt', customFields: { Shirt: 'M' } },
    ]);
    expect(await refusal(`${header}\n${rows}`, { ...update, onNull: 'empty' })).toMatchObject([{ field: 'onNull' }]);
  });
});
