import { parse } from 'csv-parse/sync';
import { importTools } from '../support/import-tools';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

type Lead = Record<string, unknown>;

/** How a file is read, and what is reported of it. */
describe('what is told of a file of leads', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
  });

  const { importAll, leadsIn, fileOf, warningsOf, preview, refusal, taken } = importTools(() => ({ test, tenant }));

  describe('in an encoding of its own', () => {
    const encoded = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)));

    it.each<[string, Buffer, string | undefined, string, Lead]>([
      [
        'Windows-1251 by its words',
        encoded('Name,Email\n', [0xcc, 0xe0, 0xf0, 0xe8, 0xff], ',m@example.com\n'),
        undefined,
        'windows-1251',
        { firstName: 'Мария' },
      ],
      [
        'Windows-1251 as the caller says',
        encoded('Name,Email\n', [0xde], ',m@example.com\n'),
        'cp1251',
        'windows-1251',
        { firstName: 'Ю' },
      ],
      [
        'Mac Roman as the caller says',
        encoded('Name,Email\nGarc', [0x92], 'a,m@example.com\n'),
        'macintosh',
        'macintosh',
        { firstName: 'García' },
      ],
      [
        'Windows-1250 by its words',
        encoded('Name,Email\nWa', [0xb3], [0xea], 'sa ', [0xa3], 'ukasz,m@example.com\n'),
        undefined,
        'windows-1250',
        { firstName: 'Wałęsa', lastName: 'Łukasz' },
      ],
      [
        'Windows-1254 as the caller says',
        encoded('Name,Email\nI', [0xfe], [0xfd], 'k,m@example.com\n'),
        'windows-1254',
        'windows-1254',
        { firstName: 'Işık' },
      ],
      [
        'Shift JIS, with signs of ASCII in its characters',
        encoded('Name|Email\n', [0x83, 0x7c, 0x83, 0x5c], '|m@example.com\n'),
        'shift_jis',
        'shift_jis',
        { firstName: 'ポソ' },
      ],
      [
        'GBK',
        encoded('Name,Email\n', [0xc0, 0xee, 0x20, 0xc0, 0xd7], ',m@example.com\n'),
        'gb2312',
        'gbk',
        { firstName: '李', lastName: '雷' },
      ],
      [
        'UTF-16 without a mark, which its bytes do not show',
        Buffer.from(
          '姓名,電郵地址,Email\n李雷韓梅,北京上海廣州深圳北京上海廣州深圳北京上海廣州深圳北京上海,m@example.com\n',
          'utf16le',
        ),
        'utf-16le',
        'utf-16le',
        { email: 'm@example.com' },
      ],
      [
        'UTF-8 that is mostly wrong, as the caller says',
        encoded('Name,Email\nRen', [0xe9], ' Fran', [0xe7], 'ois,m@example.com\n'),
        'utf-8',
        'utf-8',
        { firstName: 'René', lastName: 'François' },
      ],
      [
        'UTF-8 behind a mark',
        encoded('\ufeffName,Email\nRen', [0xe9], ',m@example.com\n'),
        undefined,
        'utf-8',
        { firstName: 'René' },
      ],
    ])('%s', async (_, csv, encoding, shown, lead) => {
      const fields: Record<string, string> = encoding ? { encoding } : {};
      expect(await preview(csv, fields)).toMatchObject({ encoding: shown, rows: [{ lead }] });
      expect(await taken(csv, fields)).toMatchObject({ saved: 1, leads: [lead] });
    });

    it('cannot be said to be in another than its start shows', async () => {
      const csv = Buffer.from('\ufeffName,Email\nAda,a@example.com\n', 'utf16le');
      expect(await refusal(csv, { encoding: 'windows-1252' })).toEqual([
        { field: 'encoding', message: 'must be utf-16le, as the start of the file shows, or left out' },
      ]);
      expect(await refusal(csv, { encoding: 'klingon' })).toMatchObject([
        { field: 'encoding', message: expect.stringMatching(/^must be one of utf-8, /) },
      ]);
      expect(await taken(csv, { encoding: 'utf-16' })).toMatchObject({ saved: 1 });
      expect(await test.connection.collection('imports.chunks').countDocuments()).toBe(0);
    });

    it('is told of row by row where bytes of it are wrong', async () => {
      const csv = encoded(
        'Name,Email\nZoë,z@example.com\nRen',
        [0xe9],
        ',r@example.com\nAnn,a@example.com\nJos',
        [0xe9],
        ' ',
        [0x93],
        'Pepe',
        [0x94],
        ',j@example.com\nÅse Øre,o@example.com\nÄnn,i@example.com\n',
      );
      expect(await preview(csv)).toMatchObject({
        encoding: 'utf-8',
        why: { encoding: 'its characters beyond ASCII are written so; 4 bytes are no UTF-8 and are read as Windows-1252' },
      });
      const { leads, told } = await taken(csv);
      expect(leads.map(({ firstName, lastName }) => [firstName, lastName])).toEqual([
        ['Zoë', null],
        ['René', null],
        ['Ann', null],
        ['José', '“Pepe”'],
        ['Åse', 'Øre'],
        ['Änn', null],
      ]);
      expect(told).toEqual([
        ['2', 'row', 'René'],
        ['4', 'row', 'José “Pepe”'],
      ]);
    });
  });

  describe('is reported', () => {
    it('with what was not taken as it stood, of rows that were saved, and of columns', async () => {
      const long = 'x'.repeat(400);
      const csv = `Email,Phone,Job Title,Notes,prototype\na@example.com,call me,${long},,x\nnobody,nothing,,,\nb@example.com,202-555-0101,,,\na@example.com,call her,,,\n`;
      const { id, saved, duplicate, invalid, warnings } = await importAll(csv);
      expect({ saved, duplicate, invalid, warnings }).toEqual({ saved: 2, duplicate: 1, invalid: 1, warnings: 3 });
      const told = await warningsOf(id);
      expect(told).toEqual([
        {
          row: '0',
          line: '1',
          field: 'column 5',
          warning: 'the column is left out: customFields may not have a key "prototype"',
          text: 'prototype',
        },
        { row: '1', line: '2', field: 'jobTitle', warning: 'is cut at 300 characters', text: long },
        {
          row: '1',
          line: '2',
          field: 'phone',
          warning: expect.stringContaining('is not a usable phone number'),
          text: 'call me',
        },
      ]);
    });

    it('with the rows that were duplicates, the leads that they are like, and by which field', async () => {
      const seed = [{ email: 'a@example.com' }, { phone: '+12025550101' }, { externalId: 'x1', email: 'c@example.com' }];
      const { listId, leadIds } = (await tenant.post('/leads', { leads: seed }).expect(201)).body as {
        listId: string;
        leadIds: string[];
      };
      const csv = 'Email,Phone,Id\nA@example.com,,\n,202 555 0101,\n,202 555 0102,x1\nnew@example.com,,\n\nNEW@example.com,,\n';
      const { id, saved, duplicate } = await importAll(csv, { listId, mapping: '{"Id":"externalId"}' });
      expect({ saved, duplicate }).toEqual({ saved: 1, duplicate: 4 });
      const own = (await leadsIn(listId)).find(({ email }) => email === 'new@example.com')!._id;
      const duplicates = parse(await fileOf(id, 'duplicates'), { bom: true }) as unknown as string[][];
      expect(duplicates).toEqual([
        ['row', 'line', 'leadId', 'field'],
        ['1', '2', leadIds[0], 'email'],
        ['2', '3', leadIds[1], 'phone'],
        ['3', '4', leadIds[2], 'externalId'],
        ['6', '7', own, 'email'],
      ]);
    });

    it('where it goes on behind the mark by which DOS ends a file', async () => {
      const { saved, told } = await taken('Email\na@example.com\n\x1a\nb@example.com\n');
      expect({ saved, told }).toEqual({ saved: 1, told: [['2', 'file', '']] });
    });

    it('to its own workspace only', async () => {
      const { id } = await importAll('Email,Phone\na@example.com,call me\n');
      const other = await test.tenant();
      for (const what of ['warnings', 'duplicates', 'rejected']) await other.get(`/leads/imports/${id}/${what}`).expect(404);
      expect(await fileOf(id, 'duplicates')).toBe('\ufeffrow,line,leadId,field\n');
    });
  });

  it('has every choice explained beforehand', async () => {
    const csv =
      'sep=;\nContacts\nPhone 1 - Value;Phone 1 - Type; "E-mail";Shoe size;constructor\n202-555-0101;Mobile; "a@example.com";42;x\n';
    expect(await preview(csv, { mapping: '{"4":"customFields.shoes"}' })).toEqual({
      dryRun: true,
      encoding: 'utf-8',
      delimiter: ';',
      headerLine: 3,
      why: {
        encoding: 'the file has nothing beyond ASCII',
        delimiter: 'the first line says so',
        spaces: 'there are spaces around quotes in the first rows',
        headerLine: 'it is the first row that has a column for phones or e-mails',
      },
      mapping: {
        'Phone 1 - Value': 'phone',
        'Phone 1 - Type': 'customFields.Phone 1 - Type',
        'E-mail': 'email',
        'Shoe size': 'customFields.shoes',
        constructor: null,
      },
      columns: [
        {
          number: 1,
          column: 'Phone 1 - Value',
          to: 'phone',
          certainty: expect.any(Number),
          why: expect.stringContaining('"phone"'),
        },
        {
          number: 2,
          column: 'Phone 1 - Type',
          to: 'customFields.Phone 1 - Type',
          certainty: 0.95,
          why: 'it says what kind of contact "Phone 1 - Value" holds',
        },
        { number: 3, column: 'E-mail', to: 'email', certainty: expect.any(Number), why: expect.any(String) },
        { number: 4, column: 'Shoe size', to: 'customFields.shoes', certainty: 1, why: 'mapping says so' },
        { number: 5, column: 'constructor', to: null, certainty: 0, why: 'no word of it names a field of a lead' },
      ],
      warnings: [{ field: 'column 5', message: expect.stringContaining('"constructor"'), text: 'constructor' }],
      rows: [
        { row: 1, lead: expect.objectContaining({ phone: '+12025550101', email: 'a@example.com' }), problem: null, warnings: [] },
      ],
    });
  });
});
