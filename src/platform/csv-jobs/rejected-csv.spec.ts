import { text } from 'node:stream/consumers';
import type { RejectedRow } from './import-files';
import { rejectedCsv } from './rejected-csv';

const MARK = 'tuco:mark';

async function* rows(...cells: string[][]): AsyncGenerator<RejectedRow> {
  for (const [index, row] of cells.entries()) yield { row: index + 1, line: index + 2, cells: row, reason: 'email: is wrong' };
}
const csvOf = (names: string[], ours: boolean, ...cells: string[][]) =>
  text(rejectedCsv({ columns: { names, ours }, rows: rows(...cells) }, MARK));

describe('a list of rejected rows', () => {
  it('has the reasons, the rows as they came, and a mark', async () => {
    expect(await csvOf(['name', 'email', 'phone'], false, ['=1+1', 'none', '+1 (202) 555'], ['-2', 'n'])).toBe(
      `row,line,reason,name,email,phone,${MARK}\n` +
        "1,2,email: is wrong,'=1+1,none,+1 (202) 555,\n" +
        "2,3,email: is wrong,'-2,n,,\n",
    );
  });

  it('gives its columns other names than those of the file', async () => {
    const [header] = (await csvOf(['reason', 'row', 'email'], false)).split('\n');
    expect(header).toBe(`tuco:row,line,tuco:reason,reason,row,email,${MARK}`);
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
