import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { DuplicateRow, ImportWarning, RejectedRow } from './import-reports';
import { duplicatesCsv, rejectedCsv, warningsCsv } from './report-csv';

const MARK = 'tuco:mark';

async function* rows(...cells: string[][]): AsyncGenerator<RejectedRow> {
  for (const [index, row] of cells.entries()) yield { row: index + 1, line: index + 2, cells: row, reason: 'email: is wrong' };
}
const csvOf = (names: string[], ours: boolean, ...cells: string[][]) =>
  text(rejectedCsv({ columns: { names, ours }, rows: rows(...cells) }, MARK));

describe('a list of rejected rows', () => {
  it('has the reasons, the rows as they came, and a mark', async () => {
    expect(await csvOf(['name', 'email', 'phone'], false, ['=1+1', 'none', '+1 (202) 555'], ['-2', 'n'])).toBe(
      `row,line,reason,${MARK},name,email,phone\n` +
        "1,2,email: is wrong,,'=1+1,none,+1 (202) 555\n" +
        "2,3,email: is wrong,,'-2,n,\n",
    );
  });

  it('has all cells of a row, also where the header has fewer', async () => {
    expect(await csvOf(['name', 'email'], false, ['Ada', 'none', '', '=x'])).toBe(
      `row,line,reason,${MARK},name,email\n1,2,email: is wrong,,Ada,none,,'=x\n`,
    );
  });

  it('gives its columns other names than those of the file', async () => {
    const [header] = (await csvOf(['reason', 'row', 'email'], false)).split('\n');
    expect(header).toBe(`tuco:row,line,tuco:reason,${MARK},reason,row,email`);
  });

  it('of such a list leaves the earlier reasons out, and makes no cell safe twice', async () => {
    const names = ['row', 'line', 'tuco:reason', 'reason', 'email', MARK];
    expect(await csvOf(names, true, ['9', '9', 'old', "'=1", 'none', 'x'])).toBe(
      `row,line,tuco:reason,reason,email,${MARK}\n1,2,email: is wrong,'=1,none,x\n`,
    );
  });

  it('of an export keeps the mark where it stands', async () => {
    expect(await csvOf(['reason', MARK, 'email'], true, ['manual', 'x', 'none'])).toBe(
      `row,line,tuco:reason,reason,${MARK},email\n1,2,email: is wrong,manual,x,none\n`,
    );
  });
});

describe('the files of an import', () => {
  async function* all<T>(...given: T[]): AsyncGenerator<T> {
    yield* given;
  }
  const whole = async (file: Readable) => (await buffer(file)).toString();
  const ada: ImportWarning = {
    row: 1,
    line: 2,
    field: 'phone',
    message: 'is not usable',
    text: '=1+1',
    about: ['ada@example.com'],
  };
  const like: DuplicateRow = { row: 2, line: 3, leadId: '0'.repeat(24), field: 'email' };

  it('begin with the mark of UTF-8, also where they have no rows', async () => {
    const files = [
      warningsCsv(all()),
      duplicatesCsv(all()),
      rejectedCsv({ columns: { names: ['é'], ours: false }, rows: all() }, MARK),
    ];
    for (const file of files) expect((await buffer(file)).subarray(0, 3).toString('hex')).toBe('efbbbf');
  });

  it('say what was not taken, which no spreadsheet takes for a formula', async () => {
    const notes = { ...ada, field: '=customFields', text: '+1 202 555' };
    expect(await whole(warningsCsv(all(ada, notes)))).toBe(
      "\ufeffrow,line,field,warning,text\n1,2,phone,is not usable,'=1+1\n1,2,'=customFields,is not usable,+1 202 555\n",
    );
  });

  it('say which leads rows are like', async () => {
    expect(await whole(duplicatesCsv(all(like)))).toBe(`\ufeffrow,line,leadId,field\n2,3,${'0'.repeat(24)},email\n`);
  });

  it('have one mark, however long they are', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => ({ ...like, row: index }));
    const csv = await whole(duplicatesCsv(all(...many)));
    expect(csv.match(/\ufeff/g)).toHaveLength(1);
    expect(csv.trim().split('\n')).toHaveLength(1_201);
  });
});
