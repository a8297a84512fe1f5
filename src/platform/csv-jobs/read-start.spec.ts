import { EncodingSniffer } from '#libs/spreadsheet-csv';
import { ValidationFailed } from '../errors';
import { type CsvColumns, headerOf, type Mapping } from './csv-columns';
import { readStart } from './read-start';

const rules = { isTarget: (to: string) => to === 'email', unknownTarget: 'must be email', mark: 'mark' };
const WORDS = /mail/i;

/** A column is one of e-mails if its name says "mail", or the mapping says so. */
function columnsOf(
  record: readonly string[],
  mapping: Mapping,
): { columns: CsvColumns } | { problems: { field: string; message: string }[] } {
  const header = headerOf(record, mapping, rules);
  if ('problems' in header) return header;
  const has = header.names.some(
    (name, index) => header.mapped[index] === 'email' || (header.mapped[index] !== null && WORDS.test(name)),
  );
  return has ? { columns: header } : { problems: [{ field: 'file', message: 'no column of e-mails' }] };
}

async function start(csv: string, more: { mapping?: Mapping; headerLine?: number; maxRows?: number } = {}) {
  const bytes = Buffer.from(csv);
  const sniffer = new EncodingSniffer();
  sniffer.take(bytes);
  const { maxRows = 2, mapping = {}, ...search } = more;
  return readStart({ start: bytes, size: bytes.length, found: sniffer.found() }, { columnsOf, mapping, ...search }, maxRows);
}
const headerOn = async (...given: Parameters<typeof start>) => {
  const { header, columns, rows } = await start(...given);
  return [header.line, header.by, columns.names.join('|'), rows[0]?.cells.join('|')];
};

describe('the header of a file', () => {
  it.each<[string, string, unknown[]]>([
    ['the first row', 'Name,E-mail\nAda,a@b.co\n', [1, 'first', 'Name|E-mail', 'Ada|a@b.co']],
    ['behind blank lines', '\n , \nName,E-mail\nAda,a@b.co\n', [3, 'first', 'Name|E-mail', 'Ada|a@b.co']],
    ['behind a title', 'People of May\nName,E-mail\nAda,a@b.co\n', [2, 'search', 'Name|E-mail', 'Ada|a@b.co']],
    ['behind a title that names mail', 'Mailing list\n\nName,E-mail\nAda,a@b.co\n', [3, 'search', 'Name|E-mail', 'Ada|a@b.co']],
    [
      'behind a title that fills few cells',
      'Mailing,list,,,\nA,B,C,D,E-mail\n1,2,3,4,a@b.co\n',
      [2, 'search', 'A|B|C|D|E-mail', '1|2|3|4|a@b.co'],
    ],
    ['behind who made it', 'Made by,mail@b.co\nName,E-mail\nAda,a@b.co\n', [2, 'search', 'Name|E-mail', 'Ada|a@b.co']],
    [
      'behind a filter',
      'Report,x\nFrom:,2026-01-01\nTo:,2026-02-01\n\nName,E-mail\nAda,a@b.co\n',
      [5, 'search', 'Name|E-mail', 'Ada|a@b.co'],
    ],
    ['of a single column', 'E-mail\na@b.co\n', [1, 'first', 'E-mail', 'a@b.co']],
    ['of a single column behind a title', 'People\nE-mail\na@b.co\n', [2, 'search', 'E-mail', 'a@b.co']],
    ['narrower than its rows', 'E-mail\na@b.co,x,y,z\n', [1, 'first', 'E-mail', 'a@b.co|x|y|z']],
    [
      'behind a title, of a table with a row that is much too long',
      'Title\nName,E-mail\nAda,a@b.co\nBob,b@b.co,1,2,3,4\nCy,c@b.co\n',
      [2, 'search', 'Name|E-mail', 'Ada|a@b.co'],
    ],
    [
      'that has an address in a name',
      'Name,E-mail (you@b.co)\nAda,a@b.co\n',
      [1, 'first', 'Name|E-mail (you@b.co)', 'Ada|a@b.co'],
    ],
    ['not a row that says mail', 'E-mail,Way\na@b.co,mail\n', [1, 'first', 'E-mail|Way', 'a@b.co|mail']],
    ['behind a line break in a title', '"Two\nlines"\nName,E-mail\nAda,a@b.co\n', [3, 'search', 'Name|E-mail', 'Ada|a@b.co']],
    ['behind a sep= line', 'sep=;\nTitle\nName;E-mail\nAda;a@b.co\n', [3, 'search', 'Name|E-mail', 'Ada|a@b.co']],
  ])('is found: %s', async (_, csv, expected) => {
    expect(await headerOn(csv)).toEqual(expected);
  });

  it('may be where the caller says', async () => {
    const csv = 'E-mail,x\nName,E-mail\nAda,a@b.co\n';
    expect(await headerOn(csv, { headerLine: 2 })).toEqual([2, 'named', 'Name|E-mail', 'Ada|a@b.co']);
    expect(await headerOn(`${'title\n'.repeat(40)}Name,E-mail\nAda,a@b.co\n`, { headerLine: 41 })).toEqual([
      41,
      'named',
      'Name|E-mail',
      'Ada|a@b.co',
    ]);
    const missing = await start('"E-mail\nx"\na@b.co\n', { headerLine: 2 }).catch((error: unknown) => error);
    expect(missing).toMatchObject({
      details: [{ field: 'headerLine', message: 'no row of the first megabytes begins on line 2' }],
    });
    expect(await start(csv, { headerLine: 3 }).catch((error: unknown) => error)).toMatchObject({ details: [{ field: 'file' }] });
  });

  it('may be known by the mapping alone, by names or by numbers', async () => {
    const csv = 'A title\nName,To\nAda,a@b.co\n';
    expect(await headerOn(csv, { mapping: { To: 'email' } })).toEqual([2, 'search', 'Name|To', 'Ada|a@b.co']);
    expect(await headerOn(csv, { mapping: { 2: 'email' } })).toEqual([2, 'search', 'Name|To', 'Ada|a@b.co']);
  });

  it.each<[string, string, Mapping, object]>([
    ['the mapping, where a row is one', 'Title\nName,E-mail\nAda,a@b.co\n', { Nam: null }, { field: 'mapping.Nam' }],
    ['the mapping, where none is one', 'Name,To\nAda,x\n', { Whom: 'email' }, { field: 'mapping.Whom' }],
    ['the first row', 'Name,City\nAda,Rome\n', {}, { field: 'file', message: 'line 1: no column of e-mails' }],
    ['the first row, where the eleventh is one', `${'x,y\n'.repeat(10)}Name,E-mail\nAda,a@b.co\n`, {}, { field: 'file' }],
    ['the line of a quote', 'x,y\n"never closed\n', {}, { message: 'line 2: a quote is opened and never closed' }],
    ['the line behind it', 'Title\nName,E-mail\n', {}, { message: 'line 3: there are no rows after the header' }],
    [
      'the first row, where a row behind others says mail',
      'Name,To,Way\nAda,a@b.co,fax\nBob,b@b.co,fax\nCy,,mail\nDi,d@b.co,fax\n',
      {},
      { field: 'file' },
    ],
    ['an empty file', ' \n\n', {}, { message: 'line 1: the file is empty' }],
  ])('is refused, naming what is wrong with %s', async (_, csv, mapping, detail) => {
    const refused = await start(csv, { mapping }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ValidationFailed);
    expect(refused).toMatchObject({ details: [detail] });
  });

  it('shows that another delimiter than the likeliest divides the file', async () => {
    const csv = 'Name;E-mail;To\nAda, Byron;a@b.co\nBob, Ray;b@b.co;x\nCy, Fox;c@b.co\n';
    expect((await start(csv)).dialect.delimiter).toBe(';');
  });

  it('is behind the mark by which DOS ends a file never', async () => {
    const ended = await start('E-mail\na@b.co\n\x1a').then(({ rows }) => rows.map(({ cells }) => cells));
    expect(ended).toEqual([['a@b.co']]);
    expect(await start('E-mail\n\x1a\r\n').catch((error: unknown) => error)).toMatchObject({
      details: [{ message: 'line 2: there are no rows after the header' }],
    });
  });
});
