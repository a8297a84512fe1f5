import * as fc from 'fast-check';
import { growthOf } from '../../test/support/growth';
import { plainCell, safeCell } from '.';

const units = ['a', 'é', '"', ',', ';', '\n', '\r', '\t', ' ', '\u00a0', "'", '=', '-', '+', '@', '＝', '＠'];
const cell = fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });

describe('cells', () => {
  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\nx', '＝1+1', '＋1', '－1', '＠x', ' =1', '\u00a0=1', "'x"])(
    'that begin like %j are no formula any more',
    (text) => {
      expect(safeCell(text)).toBe(`'${text}`);
    },
  );

  it.each([
    ['a;=1+1', "a;'=1+1"],
    [';=1+1', ";'=1+1"],
    ['a\t@x', "a\t'@x"],
    ['a\n=1', "a\n'=1"],
    ['a\r\n-1', "a\r\n'-1"],
    ['\n=1', "'\n'=1"],
    ['a;＋1;+1', "a;'＋1;'+1"],
    [";'=1", ";''=1"],
    ['a=b, c-d; e', 'a=b, c-d; e'],
    ['a@example.com;b@example.com', 'a@example.com;b@example.com'],
  ])('hold no formula to a spreadsheet that divides %j otherwise', (text, safe) => {
    expect(safeCell(text)).toBe(safe);
    expect(plainCell(safe)).toBe(text);
  });

  it('are no formula wherever a spreadsheet may begin a cell', () => {
    const formula = /(^|[;\t\r\n])[=+\-@＝＋－＠]/;
    fc.assert(fc.property(cell, (text) => !formula.test(safeCell(text)) && !/^\s*[=+\-@＝＋－＠]/.test(safeCell(text))));
  });

  it('cost a long text no more than a short one for each of its characters', () => {
    const work = (length: number) => {
      for (const unit of [' ', ';', '\n', "'", ';=', ' \n'])
        for (const end of ['', 'x', '=']) plainCell(safeCell(unit.repeat(length) + end));
    };
    expect(growthOf(work, 20_000)).toBeLessThan(40);
  });

  it('come back as they were', () => {
    fc.assert(fc.property(cell, (text) => plainCell(safeCell(text)) === text));
    expect(plainCell("'=x")).toBe('=x');
    expect(plainCell("'tis")).toBe("'tis");
  });
});
