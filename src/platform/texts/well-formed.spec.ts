import * as fc from 'fast-check';
import { cutText, findIllFormed, wellFormedJson } from '.';

const HALF = '\ud83d';
const unit = fc.constantFrom(HALF, '\ude00', '\ud800', '\udfff', '\\', '"', 'u', 'd800', 'a', '\n', '{', '😀');
const text = fc.string({ unit, maxLength: 8 });
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    text,
    fc.integer(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** In full, as JSON.stringify writes it: with every surrogate as an escape, alone or in a pair. */
const escaped = (value: unknown): string =>
  JSON.stringify(value).replace(/[\ud800-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`);

describe('JSON with lone surrogates', () => {
  it('is well formed after U+FFFD has been put for each, and is otherwise the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        const parsed: unknown = JSON.parse(wellFormedJson(escaped(value)));
        expect(findIllFormed(parsed)).toBeNull();
        const kept: unknown = JSON.parse(Buffer.from(escaped(value).replace(/\\\\/g, '\\\\')).toString());
        if (findIllFormed(kept) === null) expect(parsed).toEqual(kept);
      }),
    );
  });

  it.each([
    ['"a\\ud800b"', 'a\ufffdb'],
    ['"\\uD83D\\uDE00"', '😀'],
    ['"\\ud83d\\ud83d\\ude00"', '\ufffd😀'],
    ['"\\ude00\\ud83d"', '\ufffd\ufffd'],
    ['"\\\\ud800"', '\\ud800'],
    ['"\\\\\\ud800"', '\\\ufffd'],
    ['"\\ud83d\\\\ude00"', '\ufffd\\ude00'],
    ['"\\ud83d\\n"', '\ufffd\n'],
    ['"ed\\u00e9"', 'edé'],
  ])('%s says %j', (given, said) => {
    expect(JSON.parse(wellFormedJson(given))).toBe(said);
  });

  it.each([
    [{ name: `x${HALF}` }, 'name'],
    [{ leads: [{ a: 'b' }, { customFields: { note: HALF } }] }, 'leads[1].customFields.note'],
    [{ leads: [{ customFields: { [`k${HALF}`]: 'a' } }] }, 'leads[0].customFields.k\ufffd'],
    [[[HALF]], '[0][0]'],
    [{ fine: '😀', list: ['😀', 1, null] }, null],
    ['', null],
  ])('%j has one at %j', (value, path) => {
    expect(findIllFormed(value)).toBe(path);
  });

  it('costs a long text no more than a short one for each of its characters, and no stack', () => {
    const hostile = ['\\ud83d'.repeat(200_000), '\\'.repeat(1_000_000), '\\u'.repeat(500_000), '\\ud8'.repeat(250_000)];
    const from = performance.now();
    for (const one of hostile) wellFormedJson(`"${one}\\ud800"`);
    expect(performance.now() - from).toBeLessThan(2_000);
    const deep = JSON.parse(`${'['.repeat(5_000)}"\\ud800"${']'.repeat(5_000)}`) as unknown;
    expect(findIllFormed(deep)).toHaveLength(200);
  });
});

describe('cutText', () => {
  it('leaves no half of a character', () => {
    expect(cutText('ab😀', 3)).toBe('ab');
    expect(cutText('ab😀', 4)).toBe('ab😀');
    expect(cutText('abc', 2)).toBe('ab');
  });
});
