import fc from 'fast-check';
import { parseTemplate, renderTemplate, TemplateError } from './index';

describe('renderTemplate', () => {
  const lead = { firstName: 'Ana', 'Est. Deal Size': '$52,015', 'a.b': 'dotted', a: { b: 'nested' }, $cost: 5 };

  it.each([
    ['Hi {firstName}!', 'Hi Ana!'],
    ['Hi {firstName|there}!', 'Hi Ana!'],
    ['Hi {{firstName}}!', 'Hi Ana!'],
    ['Hi {{firstName|there}}!', 'Hi Ana!'],
    ['Hi {lastName}!', 'Hi !'],
    ['Hi {lastName|there}!', 'Hi there!'],
    ['Hi {{lastName|there}}!', 'Hi there!'],
    ['{Est. Deal Size}', '$52,015'],
    ['{a.b}', 'dotted'],
    ['{a|none}', 'none'],
    ['{$cost}', '5'],
    ['{FirstName|exact}', 'exact'],
    ['no placeholder', 'no placeholder'],
    ['', ''],
  ])('makes %j into %j', (template, text) => expect(renderTemplate(template, lead)).toBe(text));

  it.each([undefined, null, '', ' ', '\t\n\u00a0', NaN, Infinity, {}, [], ['x'], new Date(0), Symbol('x'), () => 'x'])(
    'takes %p for missing',
    (value) => expect(renderTemplate('[{key|fallback}][{key}]', { key: value })).toBe('[fallback][]'),
  );

  it.each([
    [0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    [false, 'false'],
    [true, 'true'],
    [10n, '10'],
    ['0', '0'],
    [' x ', ' x '],
  ])('writes %p as %j', (value, text) => expect(renderTemplate('{key|fallback}', { key: value })).toBe(text));

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'])(
    'finds nothing at %s',
    (key) => {
      expect(renderTemplate(`{${key}|none}`, {})).toBe('none');
      expect(renderTemplate(`{${key}.name|none}`, {})).toBe('none');
      expect(renderTemplate(`{${key}|none}`, Object.create({ [key]: 'inherited' }) as Record<string, unknown>)).toBe('none');
    },
  );

  it('asks nobody for names that reach past own fields, even where they are fields', () => {
    const asked: string[] = [];
    const lookup = (key: string) => {
      asked.push(key);
      return 'found';
    };
    expect(renderTemplate('{__proto__|a}{constructor|b}{prototype|c}{name}', lookup)).toBe('abcfound');
    expect(asked).toEqual(['name']);
    const own = JSON.parse('{"__proto__":"x","constructor":"x","prototype":"x"}') as Record<string, unknown>;
    expect(renderTemplate('{__proto__|a}{constructor|b}{prototype|c}', own)).toBe('abc');
  });

  it('takes objects without a prototype and own properties of any name', () => {
    const bare = Object.assign(Object.create(null) as Record<string, unknown>, { toString: 'own' });
    expect(renderTemplate('{toString|none}', bare)).toBe('own');
    expect(renderTemplate('{0|none}', { 0: 'zero' })).toBe('zero');
  });

  it('never reads a value or a fallback as a template', () => {
    const values = { a: '{b}', b: 'secret', c: '$& $1 \\1 {{b}}' };
    expect(renderTemplate('{a} {{c}}', values)).toBe('{b} $& $1 \\1 {{b}}');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '|', 'b', '$', '&', ' ') }), (value) => {
        expect(renderTemplate('<{a|none}>', { a: value, b: 'secret' })).toBe(value.trim() === '' ? '<none>' : `<${value}>`);
      }),
    );
  });

  it('looks up by a function', () => {
    expect(renderTemplate('{a}-{b|x}', (key) => (key === 'a' ? 1 : undefined))).toBe('1-x');
  });

  it('renders a parsed template any number of times, and refuses a broken text', () => {
    const parsed = parseTemplate('Hi {name|you}');
    expect([renderTemplate(parsed, { name: 'A' }), renderTemplate(parsed, {}), renderTemplate(parsed, { name: 'B' })]).toEqual([
      'Hi A',
      'Hi you',
      'Hi B',
    ]);
    expect(() => renderTemplate('Hi {name', { name: 'A' })).toThrow(TemplateError);
  });

  it('gives a text without braces back, whatever the values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.dictionary(fc.string(), fc.anything()), (text, values) => {
        const plain = text.replace(/[{}]/g, '');
        expect(renderTemplate(plain, values)).toBe(plain);
      }),
    );
  });

  it('is done with a hundred thousand placeholders', () => {
    expect(renderTemplate('{a|b}'.repeat(100_000), { a: '{a}' })).toBe('{a}'.repeat(100_000));
  });
});
