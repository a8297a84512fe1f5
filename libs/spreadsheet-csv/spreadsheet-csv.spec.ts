import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import type { CsvPlace, CsvRecord, Dialect } from '.';
import { BrokenCsv, EncodingSniffer, plainCell, readRecords, safeCell, sniffDelimiter, START, utf16ToUtf8 } from '.';

const dialect = (more: Partial<Dialect> = {}): Dialect => ({
  delimiter: ',',
  encoding: 'utf-8',
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

const cell = fc
  .string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', ';', '\n', '\r\n', '\t', ' ', "'", '=', '-'), maxLength: 6 })
  .map((text) => text.trim());
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('records', () => {
  it('are read the same from any of their places on, in pieces of any size', async () => {
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (cells, delimiter, newline, mark, size) => {
          const text = cells.map((row) => row.map(quoted).join(delimiter)).join(newline);
          const bytes = Buffer.from((mark ? '\ufeff' : '') + text);
          const how = dialect({ delimiter });
          const whole = await readAll(bytes, how, START, size);
          expect(whole.map((record) => record.cells)).toEqual(cells);
          for (const [index, { next }] of whole.entries()) {
            expect(await readAll(bytes, how, next, size)).toEqual(whole.slice(index + 1));
          }
        },
      ),
    );
  });

  it('know the line they begin on, line breaks in cells and blank lines counted', async () => {
    const records = await readAll(Buffer.from('a,b\r\n"x\r\ny",1\r\n\r\nlast,2\r\n'));
    expect(records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'x\r\ny', '1'],
      [4, ''],
      [5, 'last', '2'],
    ]);
  });

  it('may have quotes inside plain cells, and too few or too many cells', async () => {
    const records = await readAll(Buffer.from('a,b\n5" pipe,"x"\n1\n1,2,3\n'));
    expect(records.map(({ cells }) => cells)).toEqual([['a', 'b'], ['5" pipe', 'x'], ['1'], ['1', '2', '3']]);
  });

  it('are read as Windows-1252', async () => {
    const records = await readAll(Buffer.from([0x80, 0x2c, 0xe9, 0x2c, 0x93, 0x94]), dialect({ encoding: 'windows-1252' }));
    expect(records[0]!.cells).toEqual(['€', 'é', '“”']);
  });

  it.each([
    ['an unclosed quote', 'a,b\n1,"2\n3,4\n', 2, /never closed/],
    ['an unclosed quote in a long file', `a,b\n1,2\n"${'x,y\n'.repeat(4_000)}`, 3, /never closed/],
    ['a huge cell', `a\n${'x'.repeat(20_000)}\n`, 2, /too long/],
    ['too many columns', `a,b\n${','.repeat(60)}\n`, 2, /61 columns/],
    ['a NUL character', 'a,b\n1,2\n1,\0\n', 3, /NUL/],
  ])('stop at %s, naming the line', async (_, text, line, why) => {
    const broken = await readAll(Buffer.from(text), dialect(), START, 500).catch((error: unknown) => error);
    expect(broken).toBeInstanceOf(BrokenCsv);
    expect(broken).toMatchObject({ line, why: expect.stringMatching(why) });
  });

  it('let go of the file when nobody reads on', async () => {
    const source = inPieces(Buffer.from('a,b\n'.repeat(5_000)), 16);
    for await (const { line } of readRecords(source, dialect(), START)) if (line === 3) break;
    expect(source.destroyed).toBe(true);
  });
});

describe('the delimiter', () => {
  it.each([
    ['a,b,c\n1;2;3', ','],
    ['"a,b";"c";d\n', ';'],
    ['a\tb\n', '\t'],
    ['a|b|c', '|'],
    ['email\nx,y\n', ','],
    ['\r\n\r\n"x";"y"\r\n', ';'],
  ])('of %j is %j', (text, delimiter) => {
    expect(sniffDelimiter(text)).toBe(delimiter);
  });
});

describe('the encoding', () => {
  const sniff = (bytes: Buffer, size = 5) => {
    const sniffer = new EncodingSniffer();
    for (let from = 0; from < bytes.length; from += size) sniffer.take(bytes.subarray(from, from + size));
    return sniffer.encoding(true);
  };
  const utf16 = (text: string, big = false) => (big ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le'));

  it.each([
    ['utf-8', Buffer.from('Zoë 😀')],
    ['utf-8', Buffer.from('\ufeffa,b')],
    ['windows-1252', Buffer.from('Zoë', 'latin1')],
    ['windows-1252', Buffer.concat([Buffer.from('Zoë 😀 '), Buffer.from([0xe9])])],
    ['utf-16le', utf16('\ufeffa,b')],
    ['utf-16be', utf16('\ufeffa,b', true)],
    ['utf-16le', utf16('name,email')],
    ['utf-16be', utf16('name,email', true)],
  ])('is %s', (encoding, bytes) => {
    expect(sniff(bytes, 8)).toBe(encoding);
  });

  it('is turned from UTF-16 to UTF-8, surrogates on the edge of a piece included', async () => {
    for (const big of [false, true]) {
      const pieces = inPieces(utf16('\ufeffZoë 😀,x', big), 3);
      expect((await buffer(pieces.pipe(utf16ToUtf8(big ? 'utf-16be' : 'utf-16le')))).toString()).toBe('Zoë 😀,x');
    }
  });
});

describe('cells', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('that begin like %j are no formula any more', (text) => {
    expect(safeCell(text)).toBe(`'${text}`);
  });

  it('come back as they were', () => {
    fc.assert(fc.property(cell, (text) => plainCell(safeCell(text)) === text));
    expect(plainCell("'=x")).toBe('=x');
    expect(plainCell("'tis")).toBe("'tis");
  });
});
