import * as fc from 'fast-check';
import { plainCell, safeCell } from '.';

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\t', ' ', "'", '=', '-', '+', '@'), maxLength: 6 });

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
