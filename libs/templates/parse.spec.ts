import fc from 'fast-check';
import { parseTemplate, placeholdersOf, TemplateError } from './index';

/** The mutation test runs all of it hundreds of times; what shows only in the long run is left out there. */
const MUTATED = process.env.STRYKER_MUTATOR_WORKER !== undefined;
const LONG = MUTATED ? 1_000 : 1_000_000;

const problemOf = (text: string): TemplateError => {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error(`"${text}" was taken`);
};

describe('parseTemplate', () => {
  it.each([
    ['', []],
    ['Hello', ['Hello']],
    ['{a}', [{ key: 'a', fallback: '' }]],
    ['{{a}}', [{ key: 'a', fallback: '' }]],
    ['{a|b}', [{ key: 'a', fallback: 'b' }]],
    ['{{a|b}}', [{ key: 'a', fallback: 'b' }]],
    ['Hi {a}, bye', ['Hi ', { key: 'a', fallback: '' }, ', bye']],
    [
      '{a}{b}',
      [
        { key: 'a', fallback: '' },
        { key: 'b', fallback: '' },
      ],
    ],
    ['{a}{{b}}{c}', ['a', 'b', 'c'].map((key) => ({ key, fallback: '' }))],
    // Spaces around do not count, inside they do.
    ['{ first name | my friend }', [{ key: 'first name', fallback: 'my friend' }]],
    ['{{\ta\n|\tb\n}}', [{ key: 'a', fallback: 'b' }]],
    // Keys are any text.
    ['{Est. Deal Size ($)}', [{ key: 'Est. Deal Size ($)', fallback: '' }]],
    ['{a.b.c}', [{ key: 'a.b.c', fallback: '' }]],
    ['{名前|😀}', [{ key: '名前', fallback: '😀' }]],
    // The first bar divides.
    ['{a|b|c}', [{ key: 'a', fallback: 'b|c' }]],
    ['{a|}', [{ key: 'a', fallback: '' }]],
    ['{a||}', [{ key: 'a', fallback: '|' }]],
    // What closes nothing is text.
    ['}', ['}']],
    ['a}b', ['a}b']],
    ['{a}}', [{ key: 'a', fallback: '' }, '}']],
    ['{{a}}}', [{ key: 'a', fallback: '' }, '}']],
    ['}}{a}', ['}}', { key: 'a', fallback: '' }]],
    // The style sheets of HTML have braces of their own.
    ['<style>p{color:red}</style>{a}', ['<style>p{color:red}</style>', { key: 'a', fallback: '' }]],
    ['<STYLE type="text/css">@media (x){p{b:c}}</Style>', ['<STYLE type="text/css">@media (x){p{b:c}}</Style>']],
    ['<style>p{color:{{a|red}}}</style>', ['<style>p{color:', { key: 'a', fallback: 'red' }, '}</style>']],
    ['<style>p\\{b:c\\}</style>', ['<style>p{b:c}</style>']],
    ['<style>p{b:c}', ['<style>p{b:c}']],
    ['<style>{</style><style>}</style>{a}<style>{', ['<style>{</style><style>}</style>', { key: 'a', fallback: '' }, '<style>{']],
    ['{a}<style', [{ key: 'a', fallback: '' }, '<style']],
    ['<styled>{a}', ['<styled>', { key: 'a', fallback: '' }]],
    // A backslash makes a brace text.
    ['\\{SAVE20\\}', ['{SAVE20}']],
    ['\\{', ['{']],
    ['a\\{b}', ['a{b}']],
    ['{a}\\{b}', [{ key: 'a', fallback: '' }, '{b}']],
    ['\\{{a}', ['{', { key: 'a', fallback: '' }]],
    ['\\{\\{a', ['{{a']],
    ['\\\\{a', ['\\{a']],
    ['C:\\temp\\', ['C:\\temp\\']],
    // One closing brace inside double ones is theirs.
    ['{{a}b}}', [{ key: 'a}b', fallback: '' }]],
    ['{{a|:}}', [{ key: 'a', fallback: ':' }]],
  ])('takes %j apart', (text, parts) => expect(parseTemplate(text)).toEqual({ parts }));

  it.each([
    ['{', 'UNCLOSED_BRACE', 0],
    ['Hi {', 'UNCLOSED_BRACE', 3],
    ['Hi {a', 'UNCLOSED_BRACE', 3],
    ['{a} {b', 'UNCLOSED_BRACE', 4],
    ['{{a}', 'UNCLOSED_BRACE', 0],
    ['{{a} }', 'UNCLOSED_BRACE', 0],
    ['{{', 'UNCLOSED_BRACE', 0],
    ['{a|b', 'UNCLOSED_BRACE', 0],
    ['😀{a', 'UNCLOSED_BRACE', 2],
    ['{a{b}', 'NESTED_BRACE', 0],
    ['x{a|{b}}', 'NESTED_BRACE', 1],
    ['{{{a}}}', 'NESTED_BRACE', 0],
    ['{{a|{b}}}', 'NESTED_BRACE', 0],
    ['{{a {{b}}', 'NESTED_BRACE', 0],
    ['{}', 'NO_NAME', 0],
    ['Hi { }', 'NO_NAME', 3],
    ['{{}}', 'NO_NAME', 0],
    ['{|a}', 'NO_NAME', 0],
    ['{{ |a}}', 'NO_NAME', 0],
  ])('refuses %j: %s at %d', (text, code, position) => {
    const problem = problemOf(text);
    expect([problem.code, problem.position, problem.name]).toEqual([code, position, 'TemplateError']);
  });

  it('says what is wrong in words, counting from 1', () => {
    expect(problemOf('Hi {a').message).toBe('The brace at position 4 is never closed');
    expect(problemOf('{a{').message).toBe('The brace at position 1 holds another opening brace before it is closed');
    expect(problemOf('Hello {}').message).toBe('The brace at position 7 names no field');
  });

  it('finds again what a template was made of', () => {
    const plain = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[{}\\]/g, ''));
    const word = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => text.replace(/[{}|]/g, '').trim())
      .filter((text) => text !== '');
    const piece = fc.record({ before: plain, key: word, fallback: fc.option(word), double: fc.boolean() });
    fc.assert(
      fc.property(fc.array(piece), plain, (pieces, end) => {
        const text = pieces.map(({ before, key, fallback, double }) => {
          const inside = fallback === null ? key : `${key}|${fallback}`;
          return before + (double ? `{{${inside}}}` : `{${inside}}`);
        });
        const parts = pieces.flatMap(({ before, key, fallback }) => [before, { key, fallback: fallback ?? '' }]);
        expect(parseTemplate(text.join('') + end)).toEqual({ parts: [...parts, end].filter((part) => part !== '') });
      }),
    );
  });

  it('takes any text or throws a TemplateError at an opening brace', () => {
    const braces = fc.string({ unit: fc.constantFrom('{', '}', '|', 'a', ' ') });
    fc.assert(
      fc.property(fc.oneof(braces, fc.string({ unit: 'binary' })), (text) => {
        try {
          const { parts } = parseTemplate(text);
          expect(parts.length).toBeLessThanOrEqual(text.length);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
          expect(text[(error as TemplateError).position]).toBe('{');
        }
      }),
      { numRuns: MUTATED ? 200 : 2_000 },
    );
  });

  it.each([
    '{',
    '}',
    '{{',
    '{a}',
    '{{a}}',
    '{a|',
    '|',
    '{a}b',
    '}{',
    '{{a}',
    '{ ',
    ' {a|b}',
    '<style',
    '<style>{',
    '<style>{</style>{a}',
  ])('is done with a million times %j', (unit) => {
    const text = unit.repeat(LONG);
    try {
      expect(parseTemplate(text).parts.length).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
    }
  });

  it('says of a brace that is never closed what is wrong, however long the text is', () =>
    expect(problemOf(`{${'a'.repeat(LONG)}`).code).toBe('UNCLOSED_BRACE'));
});

describe('placeholdersOf', () => {
  it('names each key once, in order', () => {
    expect(placeholdersOf('{b} {a|x} {{b|y}} {c.d} text')).toEqual(['b', 'a', 'c.d']);
    expect(placeholdersOf('none')).toEqual([]);
  });

  it('refuses a broken template', () => expect(() => placeholdersOf('{a')).toThrow(TemplateError));
});
