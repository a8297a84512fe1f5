import { TypeWords } from './type-words';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const words = () =>
  new TypeWords({
    Pet: {
      description: 'Somebody\nwith fur.',
      type: 'object',
      properties: { name: { type: 'string', maxLength: 9 }, owner: { anyOf: [ref('Person'), { type: 'null' }] } },
      required: ['name'],
    },
    Person: {
      type: 'object',
      properties: { _id: { type: 'string', pattern: '^[0-9a-fA-F]{24}$' }, pets: { type: 'array', items: ref('Pet') } },
    },
    Unnamed: { type: 'object', properties: {} },
  });

describe('TypeWords', () => {
  it.each([
    [{ type: 'string', format: 'date-time' }, 'string (date-time)'],
    [{ type: ['string', 'null'], format: 'date-time' }, 'string (date-time) or null'],
    [{ type: 'string', enum: ['a', 'b'] }, '"a" or "b"'],
    [{ const: true }, 'true'],
    [{ type: 'array', items: { type: 'integer', minimum: 1, maximum: 6 } }, 'list of (integer, at least 1, at most 6)'],
    [{ type: 'array', items: ref('Pet') }, 'list of Pet'],
    [{ anyOf: [ref('Pet'), { type: 'null' }] }, 'Pet or null'],
    [{ allOf: [ref('Pet'), ref('Person')] }, 'Pet and Person'],
    [{ type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] }, '{ a: string, b?: anything }'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [key]: number }'],
    [{ type: 'object', additionalProperties: true }, '{ … }'],
  ])('says %j', (schema, text) => {
    expect(words().typeOf(schema)).toBe(text);
  });

  it('says a field in a line, with its limits', () => {
    const schema = { type: 'integer', minimum: 0, maximum: 168, default: 24, description: 'Hours\nof both.' };
    expect(words().field({ name: 'overlapHours', schema, marks: ['query', 'required'] })).toBe(
      '- `overlapHours` (query, required): integer, at least 0, at most 168, default `24`. Hours of both.',
    );
  });

  it('explains each type that was named once, with those that it names in turn, and no others', () => {
    const made = words();
    made.typeOf(ref('Pet'));
    expect(made.named()).toEqual([
      ['Person', ['- `_id?`: string, an id of 24 hex digits', '- `pets?`: list of Pet']],
      ['Pet', ['Somebody with fur.', '', '- `name`: string, at most 9 characters', '- `owner?`: Person or null']],
    ]);
  });

  it('refuses a reference that leads nowhere', () => {
    expect(() => words().typeOf(ref('Nobody'))).toThrow('No schema is called Nobody');
  });
});
