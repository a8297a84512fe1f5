import type { Lead } from './lead';
import { searchTokens, searchWords } from './search';

const lead = (fields: Partial<Lead>): Lead =>
  ({ firstName: null, lastName: null, companyName: null, email: null, phone: null, ...fields }) as Lead;
const finds = (query: string, fields: Partial<Lead>): boolean => {
  const tokens = searchTokens(lead(fields));
  const words = searchWords(query);
  return words.length > 0 && words.every((word) => tokens.some((token) => token.startsWith(word)));
};

describe('search', () => {
  it.each<[string, Partial<Lead>]>([
    ['zoe', { firstName: 'Zoë' }],
    ['ZOË', { firstName: 'Zoe' }],
    ['mar lee', { firstName: 'Maria', lastName: 'Lee' }],
    ['lee mar', { firstName: 'Maria', lastName: 'Lee' }],
    ["o'br", { lastName: "O'Brien" }],
    ['tall pines', { companyName: 'Tall Pines Bikes Co., Ltd.' }],
    ['ann@example.com', { email: 'ann@example.com' }],
    ['ann+crm@exam', { email: 'ann+crm@example.com' }],
    ['crm', { email: 'ann+crm@example.com' }],
    ['(202) 555-0143', { phone: '+12025550143' }],
    ['+1 202 555', { phone: '+12025550143' }],
    ['1202', { phone: '+12025550143' }],
    ['202', { phone: '+12025550143' }],
    ['2025550143', { phone: '+12025550143' }],
    ['7911', { phone: '+447911123456' }],
    ['studio 54', { companyName: 'Studio 54' }],
    ['伟', { firstName: '伟岚' }],
    ['ann 202-555-0143', { firstName: 'Ann', phone: '+12025550143' }],
  ])('for %j finds %j', (query, fields) => {
    expect(finds(query, fields)).toBe(true);
  });

  it.each<[string, Partial<Lead>]>([
    ['oe', { firstName: 'Zoe' }],
    ['maria smith', { firstName: 'Maria', lastName: 'Lee' }],
    ['0143', { phone: '+12025550143' }],
    ['(202) 555-0199', { phone: '+12025550143' }],
    ['title', { jobTitle: 'Title', notes: 'title' }],
  ])('for %j does not find %j', (query, fields) => {
    expect(finds(query, fields)).toBe(false);
  });

  it('for nothing but signs finds no words', () => {
    expect(searchWords(' .*@ ')).toEqual([]);
  });
});
