import { columnsOf } from './columns';
import { leadOf } from './row';

type Mapping = Parameters<typeof columnsOf>[1];
function columns(header: string[], mapping: Mapping = {}) {
  const found = columnsOf(header, mapping);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found.columns;
}
const read = (row: Record<string, string>, mapping: Mapping = {}) =>
  leadOf(Object.values(row), { columns: columns(Object.keys(row), mapping), delimiter: ',', onNull: 'keep' });
const x = (count: number) => 'x'.repeat(count);

describe('a field that is too long for a lead', () => {
  it.each([
    ['First Name', 'firstName', 200],
    ['Last Name', 'lastName', 200],
    ['Company', 'companyName', 300],
    ['Job Title', 'jobTitle', 300],
    ['Notes', 'notes', 10_000],
  ])('is cut: %s', (name, field, max) => {
    const { lead, warnings } = read({ Email: 'a@example.com', [name]: ` ${x(max + 1)} ` });
    expect(lead).toMatchObject({ email: 'a@example.com', [field]: x(max) });
    expect(warnings).toEqual([{ field, message: `is cut at ${max} characters`, text: ` ${x(max + 1)} ` }]);
    expect(read({ Email: 'a@example.com', [name]: `${x(max)} ` })).toMatchObject({ lead: { [field]: x(max) }, warnings: [] });
  });

  it.each([
    ['Phone', 'phone', 500],
    ['Email 2', 'altEmail1', 500],
    ['LinkedIn URL', 'linkedinUrl', 500],
    ['Id', 'externalId', 200],
  ])('is left out where a part of it is another: %s', (name, field, max) => {
    const mapping: Mapping = field === 'externalId' ? { Id: 'externalId' } : {};
    const { lead, warnings } = read({ Email: 'a@example.com', [name]: x(max + 1) }, mapping);
    expect(lead).not.toHaveProperty(field);
    expect(warnings).toEqual([{ field, message: `is longer than ${max} characters, and is left out`, text: x(max + 1) }]);
  });

  it('is never cut within a character', () => {
    const row = { Email: 'a@example.com', Notes: `${x(9_999)}😀`, Essay: `${x(4_095)}é`, Other: `${x(4_093)}😀` };
    expect(read(row).lead).toMatchObject({ notes: x(9_999), customFields: { Essay: x(4_095), Other: x(4_093) } });
  });
});

describe('custom fields', () => {
  it('are cut by their bytes', () => {
    const { lead, warnings } = read({ Email: 'a@example.com', a: 'é'.repeat(2_049), b: 'é'.repeat(2_048) });
    expect(lead.customFields).toEqual({ a: 'é'.repeat(2_048), b: 'é'.repeat(2_048) });
    expect(warnings).toEqual([{ field: 'customFields.a', message: 'is cut at 4096 bytes', text: 'é'.repeat(2_049) }]);
  });

  it('are the first hundred that a row has', () => {
    const cells = Object.fromEntries(
      Array.from({ length: 130 }, (_, index) => [`c${index}`, index % 4 === 0 ? '' : `v${index}`]),
    );
    const { lead, warnings } = read({ Email: 'a@example.com', ...cells, z1: 'z', z2: 'y', z3: 'w' });
    expect(Object.keys(lead.customFields as object)).toHaveLength(100);
    expect(lead.customFields).toMatchObject({ c1: 'v1', z1: 'z', z2: 'y', z3: 'w' });
    const wide = Object.fromEntries(Array.from({ length: 102 }, (_, index) => [`c${index}`, `v${index}`]));
    expect(read({ Email: 'a@example.com', ...wide }).warnings).toEqual(
      [100, 101].map((index) => ({
        field: `customFields.c${index}`,
        message: 'is left out: the row has 100 custom fields before it, and a lead holds no more',
        text: `v${index}`,
      })),
    );
    expect(warnings).toEqual([]);
  });

  it('have a size in all', () => {
    const cells = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`c${index}`, x(4_096)]));
    const { lead, warnings } = read({ Email: 'a@example.com', ...cells, small: 'kept' });
    expect(Object.keys(lead.customFields as object)).toHaveLength(16);
    expect(lead.customFields).toMatchObject({ small: 'kept' });
    expect(warnings.map(({ field }) => field)).toEqual([
      'customFields.c15',
      'customFields.c16',
      'customFields.c17',
      'customFields.c18',
      'customFields.c19',
    ]);
  });

  it('are trimmed, but in an export, which has them as they are', () => {
    expect(read({ Email: 'a@example.com', nickname: ' Addie\t' }).lead.customFields).toEqual({ nickname: 'Addie' });
    const exported = { email: 'a@example.com', 'custom:nickname': ' Addie', own: ' x ', 'tuco:typed': '' };
    expect(read(exported).lead.customFields).toEqual({ nickname: ' Addie', own: 'x' });
  });

  it('of an export that no lead may have are left out', () => {
    const row = { email: 'a@example.com', 'custom:a': '{"constructor":1}', 'custom:b': '[1]', 'tuco:typed': '["a","b"]' };
    expect(read(row)).toMatchObject({
      lead: { customFields: { b: [1] } },
      warnings: [{ field: 'customFields.a', text: '{"constructor":1}', message: expect.stringContaining('constructor') }],
    });
  });
});

describe('a column whose name is no key of custom fields', () => {
  it.each([
    ['constructor', 'the column is left out: customFields may not have a key "constructor"'],
    ['__proto__', 'the column is left out: customFields may not have a key "__proto__"'],
    ['prototype', 'the column is left out: customFields may not have a key "prototype"'],
  ])('is left out: %s', (name, message) => {
    const found = columns(['Email', name]);
    expect(found.warnings).toEqual([{ field: 'column 2', message, text: name }]);
    const { lead, warnings } = leadOf(['a@example.com', 'Bolt'], { columns: found, delimiter: ',', onNull: 'keep' });
    expect(Object.keys(lead.customFields as object)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('has a part of it, where it is a question; those that begin alike have numbers', () => {
    const question = `Why ${x(110)}`;
    const found = columns(['Email', question, `${question}?`, 'Short']);
    const keys = [`Why ${x(96)}`, `Why ${x(92)} (2)`];
    expect(found.warnings).toEqual(
      keys.map((key, index) => ({
        field: `column ${index + 2}`,
        message: `the name is too long for a custom field, which is called "${key}" now`,
        text: question + '?'.repeat(index),
      })),
    );
    expect(
      leadOf(['a@example.com', '1', '2', '3'], { columns: found, delimiter: ',', onNull: 'keep' }).lead.customFields,
    ).toEqual({
      [keys[0]!]: '1',
      [keys[1]!]: '2',
      Short: '3',
    });
  });

  it('is refused in a mapping, whose writer can choose another', () => {
    for (const key of ['constructor', x(101)]) {
      expect(columnsOf(['Email', 'A'], { A: `customFields.${key}` })).toMatchObject({ problems: [{ field: 'mapping.A' }] });
    }
  });
});

describe('a row with more cells than the header', () => {
  it.each([
    [
      'a column of an address',
      ['First Name', 'Email'],
      ['Ada', 'a@example.com', 'work'],
      { email: 'a@example.com', customFields: {} },
      'work',
    ],
    ['notes', ['Email', 'Notes'], ['a@example.com', 'tea', ' coffee', ''], { notes: 'tea, coffee' }, 'tea, coffee'],
    [
      'a custom field',
      ['Email', 'Likes'],
      ['a@example.com', 'tea', '', ' milk'],
      { customFields: { Likes: 'tea,, milk' } },
      'tea,, milk',
    ],
    ['a name', ['Email', 'Last Name'], ['a@example.com', 'Byron', 'Jr.'], { lastName: 'Byron' }, 'Jr.'],
    ['a column without a name', ['Email', ''], ['a@example.com', 'x', 'y'], { email: 'a@example.com', customFields: {} }, 'y'],
  ])('behind %s is kept, and told of', (_, header, row, lead, text) => {
    const kept = leadOf(row, { columns: columns(header), delimiter: ',', onNull: 'keep' });
    expect(kept).toMatchObject({ lead, warnings: [{ field: 'row', text }] });
  });
});
