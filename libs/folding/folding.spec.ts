import * as fc from 'fast-check';
import { fold, lettersOf } from '.';

describe('folding', () => {
  it.each([
    ['Łukasik', 'lukasik'],
    ['STRAUẞ', 'strauss'],
    ['Yıldız', 'yildiz'],
    ['İlker', 'ilker'],
    ['Þór Ægir', 'thor aegir'],
    ['Ｆｕｌｌ', 'full'],
    ['Γιώργος', 'γιωργοσ'],
    ['김민준', '김민준'],
    ['Ёлка', 'елка'],
    ['plain', 'plain'],
  ])('makes %j %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('is done once: what is folded stays as it is', () => {
    const units = ['a', 'É', 'ß', 'ẞ', 'İ', 'ı', 'Ø', 'Ǽ', '김', 'ガ', 'ﬁ', '\u0301', 'Σ', 'ς', 'ŉ', ' ', '-'];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...units), maxLength: 12 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it('knows letters alone', () => {
    expect([lettersOf('E-Mail 2'), lettersOf('Prénom')]).toEqual(['email', 'prenom']);
  });
});
