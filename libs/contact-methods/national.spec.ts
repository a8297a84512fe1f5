import { readFileSync } from 'node:fs';
import { parsePhoneNumber } from 'libphonenumber-js';
import { nationalDigits } from '.';

describe('nationalDigits', () => {
  const cases = JSON.parse(readFileSync('test/fixtures/phones.json', 'utf8')) as { expected: string | null }[];

  it('is what the phone library says, for every phone of the cases', () => {
    for (const phone of new Set(cases.flatMap(({ expected }) => expected ?? []))) {
      expect([phone, nationalDigits(phone)]).toEqual([phone, String(parsePhoneNumber(phone).nationalNumber)]);
    }
  });

  it('is everything for a number of no known country', () => {
    expect(nationalDigits('+99912345678')).toBe('99912345678');
  });
});
