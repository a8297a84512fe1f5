import { Readable } from 'node:stream';
import { START } from '#libs/spreadsheet-csv';
import { readChunk, type ReadingPlace, warningsOfReading } from './read-chunk';

async function read(bytes: Buffer, more: Partial<ReadingPlace> = {}, maxRows = 100) {
  const place = { size: bytes.length, encoding: 'utf-8' as const, delimiter: ',', place: START, record: 0, ...more };
  return readChunk(place, maxRows, (offset) => Readable.from([bytes.subarray(offset)]));
}

describe('a chunk of a file', () => {
  it('goes on where the last one ended, whatever the rows', async () => {
    const bytes = Buffer.from('a,b\n\n"x\ny",1\nlast,2');
    const first = await read(bytes, {}, 1);
    expect(first).toMatchObject({ rows: [{ row: 1, line: 1, cells: ['a', 'b'] }], end: 'more', record: 1 });
    const rest = await read(bytes, { place: first.place, record: first.record });
    expect(rest.rows).toEqual([
      { row: 3, line: 3, cells: ['x\ny', '1'] },
      { row: 4, line: 5, cells: ['last', '2'] },
    ]);
    expect(rest).toMatchObject({ end: 'done', warnings: [] });
  });

  it('of a file that an earlier version took in is read as before', async () => {
    const { rows } = await read(Buffer.from('a, "b"\n'));
    expect(rows).toEqual([{ row: 1, line: 1, cells: ['a', ' "b"'] }]);
  });

  it('ends the file at the mark of DOS, and says so where more would come', async () => {
    const ended = await read(Buffer.from('a,b\n\x1a\nc,d\n'));
    expect(ended).toMatchObject({ rows: [{ cells: ['a', 'b'] }], end: 'done' });
    expect(ended.warnings).toEqual([
      { row: 2, line: 2, field: 'file', message: expect.stringContaining('0x1A'), text: '', about: [] },
    ]);
    expect((await read(Buffer.from('a,b\n\x1a\r\n'))).warnings).toEqual([]);
  });

  it('knows the rows that have bytes which are no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('Zoë,1\nRen'), Buffer.from([0xe9]), Buffer.from(',x,ü\n')]);
    const { rows } = await read(bytes, { encoding: 'mended utf-8' });
    expect(rows.map(warningsOfReading)).toEqual([
      [],
      [{ field: 'row', message: 'has a byte that is no UTF-8, and was read as Windows-1252', text: 'René, ü' }],
    ]);
  });
});
