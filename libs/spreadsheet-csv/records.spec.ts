import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import type { CsvPlace, CsvRecord, ReadingDialect } from '.';
import { BrokenCsv, readRecords, START } from '.';

const PLAIN = { spaced: false, backslash: false };
const dialect = (more: Partial<ReadingDialect> = {}): ReadingDialect => ({
  delimiter: ',',
  quotes: PLAIN,
  readAs: 'utf-8',
  maxRecordBytes: 10_000,
  maxColumns: 50,
  ...more,
});

const inPieces = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size)),
  );

async function readAll(bytes: Buffer, how = dialect(), place: CsvPlace = START, size = 7): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of readRecords(inPieces(bytes.subarray(place.offset), size), how, place)) records.push(record);
  return records;
}
const cellsOf = async (text: string | Buffer, more: Partial<ReadingDialect> = {}) =>
  (await readAll(Buffer.from(text as string), dialect(more))).map(({ cells }) => cells);

const UNITS = ['a', 'é', '😀', '"', ',', ';', '\n', '\r\n', '\t', ' ', "'", '=', '-', '\\'];
const text = (units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 6 });
const table = (cell: fc.Arbitrary<string>) =>
  fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

describe('records', () => {
  it('of more cells than anybody has columns are counted, and not kept', async () => {
    await expect(readAll(Buffer.from(`a,b\n${','.repeat(50)}`))).rejects.toThrow(
      'line 2: it has 51 columns; at most 50 are read',
    );
    const commas = Buffer.alloc(9_000, ',');
    await expect(readAll(commas)).rejects.toThrow('line 1: it has 9001 columns; at most 50 are read');
  });

  it('know the line they begin on, line breaks in cells and blank lines counted', async () => {
    const records = await readAll(Buffer.from('a,b\r\n"x\r\ny",1\r\n\r\n"p\rq\nr" s\rlast,2\r\n'));
    expect(records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'x\r\ny', '1'],
      [4, ''],
      [5, '"p\rq\nr" s'],
      [8, 'last', '2'],
    ]);
  });

  it('may have quotes inside plain cells, and too few or too many cells', async () => {
    expect(await cellsOf('a,b\n5" pipe,"x"\n1\n1,2,3\n"a" b,c\n,\n')).toEqual([
      ['a', 'b'],
      ['5" pipe', 'x'],
      ['1'],
      ['1', '2', '3'],
      ['"a" b', 'c'],
      ['', ''],
    ]);
  });

  it('are those that another parser finds', () => {
    // That one has its own mind about quotes which neither open nor close a cell.
    const plain = text(UNITS.filter((unit) => !'"\\'.includes(unit)));
    const written = fc.oneof(
      plain.filter((cell) => !/[,;\t\r\n]/.test(cell)),
      text(UNITS).map((cell) => `"${cell.replaceAll('"', '""')}"`),
    );
    return fc.assert(
      fc.asyncProperty(table(written), fc.constantFrom('\n', '\r\n'), async (rows, newline) => {
        const csv = rows.map((row) => row.join(',')).join(newline) + newline;
        const other = parse(csv, { relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] });
        expect(await cellsOf(csv)).toEqual(other);
      }),
    );
  });

  it.each([
    ['an unclosed quote', 'a,b\n1,"2\n3,4\n', 2, /never closed/],
    ['an unclosed quote in a long file', `a,b\n1,2\n"${'x,y\n'.repeat(4_000)}`, 3, /too long.*never closed/],
    ['a huge cell', `a\n${'x'.repeat(20_000)}\n`, 2, /too long/],
    ['too many columns', `a,b\n${','.repeat(60)}\n`, 2, /61 columns/],
    ['a NUL character', 'a,b\n1,2\n1,\0\n', 3, /NUL/],
  ])('stop at %s, naming the line', async (_, csv, line, why) => {
    const broken = await readAll(Buffer.from(csv), dialect(), START, 500).catch((error: unknown) => error);
    expect(broken).toBeInstanceOf(BrokenCsv);
    expect(broken).toMatchObject({ line, why: expect.stringMatching(why) });
  });

  it('let go of the file when nobody reads on', async () => {
    const source = inPieces(Buffer.from('a,b\n'.repeat(5_000)), 16);
    for await (const { line } of readRecords(source, dialect(), START)) if (line === 3) break;
    expect(source.destroyed).toBe(true);
  });
});

describe('quotes', () => {
  it.each([
    ['"Ada", "Acme, Inc", "x"', ['Ada', 'Acme, Inc', 'x']],
    ['"Ada" ,"Acme, Inc" ,"x" ', ['Ada', 'Acme, Inc', 'x']],
    [' "Ada"\t, "say ""hi"" , you" ,x', ['Ada', 'say "hi" , you', 'x']],
    ['"" , " kept ", plain ', ['', ' kept ', ' plain ']],
    [' "Ada" Byron , "x"', [' "Ada" Byron ', 'x']],
    [' "two\nlines" ,2', ['two\nlines', '2']],
  ])('with spaces around them are read in %j', async (csv, cells) => {
    expect(await cellsOf(csv, { quotes: { spaced: true, backslash: false } })).toEqual([cells]);
  });

  it.each([
    ['"Walt \\"Heis\\" White","Acme, Inc"', ['Walt "Heis" White', 'Acme, Inc']],
    ['"\\"","a\\\\b"', ['"', 'a\\b']],
    ['"C:\\dir\\file",x', ['C:\\dir\\file', 'x']],
    ['"both \\"ways\\" and ""that""",y', ['both "ways" and "that"', 'y']],
    ['plain \\"cell\\",z', ['plain \\"cell\\"', 'z']],
    ['"a, \\"b\\", c",d', ['a, "b", c', 'd']],
  ])('behind a backslash are read in %j', async (csv, cells) => {
    expect(await cellsOf(csv, { quotes: { spaced: false, backslash: true } })).toEqual([cells]);
  });

  it('that touch the delimiter mean no spaces, and a backslash means itself', async () => {
    expect(await cellsOf('a, "b", "c"\n"x\\",y\n')).toEqual([
      ['a', ' "b"', ' "c"'],
      ['x\\', 'y'],
    ]);
  });
});

describe('the mark by which DOS ends a file', () => {
  const ends = async (csv: string) =>
    (await readAll(Buffer.from(csv))).map(({ cells, endsFile }) => (endsFile ? 'end' : cells.join()));

  it.each([
    ['on a line of its own', 'a\r\nb\r\n\x1a', ['a', 'b', 'end']],
    ['with a line break behind it', 'a\r\nb\r\n\x1a\r\n', ['a', 'b', 'end']],
    ['many times, to fill a block', `a\nb\n${'\x1a'.repeat(128)}`, ['a', 'b', 'end']],
    ['with zeros behind it', 'a\nb\n\x1a\0\0\0\0', ['a', 'b', 'end']],
    ['right behind the last cell', 'a,b\nc,d\x1a', ['a,b', 'c,d']],
    ['right behind the last cell, with more', 'a,b\nc,d\x1a\x1a\0\0', ['a,b', 'c,d']],
    ['before other bytes', 'a\nb\n\x1a\nc\n', ['a', 'b', 'end']],
  ])('is found %s', async (_, csv, records) => {
    expect(await ends(csv)).toEqual(records);
  });

  it('is a character within a cell', async () => {
    expect(await ends('\x1aukasz,x\na\x1ab,c\n')).toEqual(['\x1aukasz,x', 'a\x1ab,c']);
  });
});

describe('a table', () => {
  const ENCODED: [ReadingDialect['readAs'], string[], (csv: string) => Buffer][] = [
    ['utf-8', ['a', 'é', 'ß', '李', '😀', 'Ж'], (csv) => Buffer.from(csv)],
    ['utf-8', ['a', 'é', '😀'], (csv) => Buffer.from(`\ufeff${csv}`)],
    ['mended utf-8', ['a', 'é', '李', '😀'], (csv) => Buffer.from(csv)],
    ['windows-1252', ['a', 'é', '€', '“', 'Ÿ'], (csv) => byBytes(csv, { '€': 0x80, '“': 0x93, Ÿ: 0x9f })],
    ['macintosh', ['a', 'é', 'ü', '€'], (csv) => byBytes(csv, { é: 0x8e, ü: 0x9f, '€': 0xdb })],
    ['windows-1251', ['a', 'И', 'ж'], (csv) => byBytes(csv, { И: 0xc8, ж: 0xe6 })],
  ];
  const byBytes = (csv: string, bytes: Record<string, number>) =>
    Buffer.from([...csv].map((character) => bytes[character] ?? character.charCodeAt(0)));
  const SIGNS = ['"', ',', ';', '|', '\n', '\r\n', '\t', ' ', "'", '=', '\\'];
  const doubled = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const WRITTEN: [string, ReadingDialect['quotes'], (cell: string) => string][] = [
    ['doubled quotes', PLAIN, doubled],
    ['spaces around quotes', { spaced: true, backslash: false }, (cell) => `  ${doubled(cell)} `],
    ['backslashes', { spaced: false, backslash: true }, (cell) => `"${cell.replace(/["\\]/g, '\\$&')}"`],
    ['both', { spaced: true, backslash: true }, (cell) => ` "${cell.replace(/["\\]/g, '\\$&')}"  `],
  ];
  const cases = ENCODED.flatMap((encoded) => WRITTEN.map((written) => ({ encoded, written })));

  it.each(cases.map((one) => [one.encoded[0], one.written[0], one] as const))(
    'in %s with %s is read back, from any of its records on, in pieces of any size',
    async (_, __, { encoded: [readAs, letters, encode], written: [, quotes, write] }) => {
      await fc.assert(
        fc.asyncProperty(
          table(text([...letters, ...SIGNS])),
          fc.constantFrom(',', ';', '\t', '|'),
          fc.constantFrom('\n', '\r\n', '\r'),
          fc.integer({ min: 1, max: 40 }),
          async (rows, delimiter, newline, size) => {
            const bytes = encode(rows.map((row) => row.map(write).join(delimiter)).join(newline));
            const how = dialect({ delimiter, quotes, readAs });
            const whole = await readAll(bytes, how, START, size);
            expect(whole.map(({ cells }) => cells)).toEqual(rows);
            for (const [index, { next }] of whole.entries()) {
              expect(await readAll(bytes, how, next, size)).toEqual(whole.slice(index + 1));
            }
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it('in UTF-8 with wrong bytes has these as Windows-1252, and knows in which records', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Zoë,1\nRen'),
      Buffer.from([0xe9]),
      Buffer.from(',\ufffd\n李'),
      Buffer.from([0x93, 0xc3]),
      Buffer.from(',x'),
    ]);
    for (const size of [1, 2, 3, 5, 100]) {
      const records = await readAll(bytes, dialect({ readAs: 'mended utf-8' }), START, size);
      expect(records.map(({ cells, wrongBytes }) => [...cells, wrongBytes])).toEqual([
        ['Zoë', '1', 0],
        ['René', '\ufffd', 1],
        ['李“Ã', 'x', 2],
      ]);
    }
  });
});
