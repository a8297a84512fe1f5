import * as fc from 'fast-check';
import { cutText, findIllFormed, mayBeIllFormed, wellFormedJson, wellFormedLongJson } from '.';

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
  it('is well formed after U+FFFD has been put for each, and is otherwise the same', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const text = escaped(value);
        const parsed: unknown = JSON.parse(wellFormedJson(text));
        expect(await wellFormedLongJson(text)).toBe(wellFormedJson(text));
        expect(await findIllFormed(parsed)).toBeNull();
        const isIll = (await findIllFormed(JSON.parse(text))) !== null;
        expect(wellFormedJson(text) !== text).toBe(isIll);
        if (isIll) expect(mayBeIllFormed(text)).toBe(true);
        else expect(parsed).toEqual(JSON.parse(text));
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
  ])('%j has one at %j', async (value, path) => {
    expect(await findIllFormed(value)).toBe(path);
  });

  it('costs a long text no more than a short one for each of its characters, no stack, and nobody else a turn', async () => {
    const hostile = ['\\ud83d'.repeat(200_000), '\\'.repeat(1_000_000), '\\u'.repeat(500_000), '\\ud8'.repeat(250_000)];
    // With more than linear work none of these would come to its end.
    for (const one of hostile) expect(wellFormedJson(`"${one}\\ud800"`)).toContain(one.slice(0, 2));
    const deep = JSON.parse(`${'['.repeat(5_000)}"\\ud800"${']'.repeat(5_000)}`) as unknown;
    expect(await findIllFormed(deep)).toHaveLength(200);
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 1);
    const wide = Array.from({ length: 2_000_000 }, () => 0);
    expect(await findIllFormed({ wide, last: ['fine', HALF] })).toBe('last[1]');
    await wellFormedLongJson(`"${'\\ud83d'.repeat(700_000)}"`);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('cutText', () => {
  it('leaves no half of a character', () => {
    expect(cutText('ab😀', 3)).toBe('ab');
    expect(cutText('ab😀', 4)).toBe('ab😀');
    expect(cutText('abc', 2)).toBe('ab');
  });
});
