import type { Lead } from '../lead';
import { searchQuery } from './query';
import { SEARCHED_FIELDS, searchTokens } from './tokens';

const NOTHING = Object.fromEntries(SEARCHED_FIELDS.map((field) => [field, null])) as unknown as Lead;
const finds = (query: string, fields: Partial<Lead>): boolean => {
  const tokens = searchTokens({ ...NOTHING, ...fields });
  const { readings, otherwise } = searchQuery(query);
  return [...readings, ...otherwise].some((words) => words.every((word) => tokens.some((token) => token.startsWith(word))));
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
    // As people write numbers at home and abroad.
    ['07911 123456', { phone: '+447911123456' }],
    ['07911', { phone: '+447911123456' }],
    ['030 123456', { phone: '+4930123456' }],
    ['06 12 34 56 78', { phone: '+33612345678' }],
    ['06 12 34 56 78', { phone: '+390612345678' }],
    ['06 30 123 4567', { phone: '+36301234567' }],
    ['8 (912) 345-67-89', { phone: '+79123456789' }],
    ['+44 (0)7911 123456', { phone: '+447911123456' }],
    ['+44 (0) 7911', { phone: '+447911123456' }],
    ['0044 7911 123456', { phone: '+447911123456' }],
    ['011 44 7911 123456', { phone: '+447911123456' }],
    ['011 44 79', { phone: '+447911123456' }],
    ['(202) 555', { phone: '+12025550143' }],
    ['202-555', { phone: '+12025550143' }],
    ['202 55', { phone: '+12025550143' }],
    ['202.555.0143', { phone: '+12025550143' }],
    ['(202) 555-0143 x12', { phone: '+12025550143' }],
    ['202-555-0143 ext. 12', { phone: '+12025550143' }],
    ['tel:+1-202-555-0143', { phone: '+12025550143' }],
    ['+1 202 555‑0143', { phone: '+12025550143' }],
    ['２０２ ５５５', { phone: '+12025550143' }],
    ['٢٠٢٥٥٥', { phone: '+12025550143' }],
    ['0143', { phone: '+12025550143' }],
    ['555-0143', { phone: '+12025550143' }],
    ['555 0143', { phone: '+12025550143' }],
    ['lee 0143', { lastName: 'Lee', phone: '+12025550143' }],
    ['2025 55', { companyName: 'Plan 2025, Unit 55' }],
    ['54 2025', { companyName: 'Studio 54', lastName: '2025' }],
    ['+447911123457', { phone: '+12025550188', altPhone1: '+447911123457' }],
    ['0188', { phone: '+447911123457', altPhone3: '+12025550188' }],
    // Alternates.
    ['alma@second.example', { email: 'alma@example.com', altEmail2: 'alma@second.example' }],
    ['second', { altEmail3: 'alma@second.example' }],
    // Letters that have no decomposition, and those that have one.
    ['lukasik', { lastName: 'Łukasik' }],
    ['oystein', { firstName: 'Øystein' }],
    ['dang', { firstName: 'Đặng' }],
    ['strauss', { lastName: 'Strauß' }],
    ['STRAUẞ', { lastName: 'Strauss' }],
    ['yildiz', { lastName: 'Yıldız' }],
    ['gudmundsson', { lastName: 'Guðmundsson' }],
    ['thor', { firstName: 'Þór' }],
    ['aegir', { firstName: 'Ægir' }],
    ['oeuvre', { companyName: 'Œuvre' }],
    ['ilker', { firstName: 'İlker' }],
    ['ВИКТОР', { firstName: 'Ви́ктор' }],
    ['γιωργος', { firstName: 'Γιώργος' }],
    ['γιωργοσ', { firstName: 'Γιώργος' }],
    ['ﬁsher', { lastName: 'Fisher' }],
    // Names without spaces, the family name first or last.
    ['王伟岚', { firstName: '伟岚', lastName: '王' }],
    ['伟岚王', { firstName: '伟岚', lastName: '王' }],
    ['王 伟岚', { firstName: '伟岚', lastName: '王' }],
    ['岚', { firstName: '伟岚', lastName: '王' }],
    ['김민준', { firstName: '민준', lastName: '김' }],
    ['민', { firstName: '민준', lastName: '김' }],
    ['山田太郎', { firstName: '太郎', lastName: '山田' }],
    ['田太', { firstName: '太郎', lastName: '山田' }],
    ['タロウ', { firstName: 'タロウ' }],
    ['ーメン', { companyName: 'ラーメン屋' }],
    ['電力', { companyName: '東京電力' }],
    ['ชาย', { firstName: 'สมชาย' }],
    ['abc株式会社', { companyName: 'ABC株式会社' }],
    // Signs inside words.
    ['obrien', { lastName: "O'Brien" }],
    ['brien', { lastName: "O'Brien" }],
    ['o’brien', { lastName: "O'Brien" }],
    ["o'brien", { lastName: 'OBrien' }],
    ['mcdonalds', { companyName: "McDonald's" }],
    ['jeanluc', { firstName: 'Jean-Luc' }],
    ['jean luc', { firstName: 'Jean-Luc' }],
    ['luc', { firstName: 'Jean-Luc' }],
    ['7eleven', { companyName: '7-Eleven' }],
    ['7-eleven', { companyName: '7-Eleven' }],
    ['usa', { companyName: 'U.S.A. Imports' }],
    ['u.s', { companyName: 'U.S.A. Imports' }],
    ['at&t', { companyName: 'AT&T' }],
    ['att', { companyName: 'AT&T' }],
    // Addresses.
    ['example.com', { email: 'ann@example.com' }],
    ['@example.com', { email: 'ann@example.com' }],
    ['example.co', { email: 'ann@example.com' }],
    ['ann@example.c', { email: 'ann@example.com' }],
    ['mailto:ann@example.com', { email: 'ann@example.com' }],
    ['Ann <ann@example.com>', { firstName: 'Ann', email: 'ann@example.com' }],
    ['bücher.example', { email: 'jo@xn--bcher-kva.example' }],
    ['bucher', { email: 'jo@xn--bcher-kva.example' }],
  ])('for %j, as people write it, finds %j', (query, fields) => {
    expect(finds(query, fields)).toBe(true);
  });

  it.each<[string, Partial<Lead>]>([
    ['oe', { firstName: 'Zoe' }],
    ['maria smith', { firstName: 'Maria', lastName: 'Lee' }],
    ['555', { phone: '+12025550143' }],
    ['143', { phone: '+12025550143' }],
    ['5550', { phone: '+12025550143' }],
    ['07911 123456', { phone: '+12079111234' }],
    ['202 55', { phone: '+12025610143' }],
    ['ann@example.com', { email: 'ann@other.example' }],
    ['ann@example.com', { email: 'bob@example.com' }],
    ['伟王', { firstName: '伟岚', lastName: '王' }],
    ['(202) 555-0199', { phone: '+12025550143' }],
    ['title', { jobTitle: 'Title', notes: 'title' }],
  ])('for %j does not find %j', (query, fields) => {
    expect(finds(query, fields)).toBe(false);
  });

  it('has at most eight readings, whatever is typed', () => {
    const query = searchQuery("020 20 030 30 040 40 o'b c-d e.f g&h 050 50 060 60");
    expect(query.readings.length).toBeLessThanOrEqual(8);
    for (const words of query.readings) expect(words.length).toBeLessThanOrEqual(8);
  });

  it('has one reading of plain words', () => {
    expect(searchQuery('Ann Lee').readings).toEqual([['ann', 'lee']]);
  });

  it('knows an e-mail address that is all that was typed', () => {
    expect(searchQuery(' ANN@Example.com ').email).toBe('ann@example.com');
    expect(searchQuery('ann ann@example.com').email).toBeNull();
  });

  it('has tokens that mean nothing in a regular expression', () => {
    const tokens = searchTokens({
      ...NOTHING,
      email: "o'b+x@a-b.example.com",
      companyName: 'C++ (R&D) [x] \\d$',
      phone: '+12025550143',
    });
    for (const token of tokens) expect(token).toMatch(/^[@<]?[\p{L}\p{N}_]+$/u);
  });

  it('costs about eleven index entries a lead', () => {
    const tokens = searchTokens({
      ...NOTHING,
      firstName: 'Maria',
      lastName: 'Lee',
      companyName: 'Tall Pines Bikes',
      email: 'maria.lee@tallpines.example.com',
      phone: '+12025550143',
    });
    expect(tokens).toHaveLength(11);
  });

  it('for nothing but signs finds no words', () => {
    expect(searchQuery(' .*@ ').readings).toEqual([]);
  });
});
