import { isAbout } from './is-about';

const ann = { addresses: ['+12065550100', '+491712345678', 'ann@example.com'], marks: ['crm-4711'] };

describe('isAbout', () => {
  it.each([
    '+12065550100',
    '(206) 555-0100',
    '555-0100',
    'tel: 001 206 555 0100',
    '0171 2345678',
    'Ann@Example.com',
    'Ann <ann@example.com>',
    'CRM-4711',
  ])('%s', (cell) => expect(isAbout(['', 'x', cell], ann)).toBe(true));

  it.each(['+12065550101', '0100', '', 'ann@example.co', 'crm-471', '206', 'Ann'])('not %s', (cell) =>
    expect(isAbout([cell, ''], ann)).toBe(false),
  );

  it('nothing is about somebody of whom nothing is known', () => {
    expect(isAbout(['', '0', '+12065550100'], { addresses: [], marks: [] })).toBe(false);
  });
});
