import { withoutTexts } from './without-texts';

const texts = new Set(['+12065550100', 'ann@example.com']);

describe('withoutTexts', () => {
  it('takes them out of lists, and leaves null in fields, however deep', () => {
    const at = new Date();
    const progress = {
      at,
      open: { leadId: 'l', asked: [{ address: '+12065550100', trouble: null }] },
      addresses: ['+12065550100', '+12065550199', 'ann@example.com'],
      cancelled: 3,
    };
    expect(withoutTexts(progress, texts)).toEqual({
      at,
      open: { leadId: 'l', asked: [{ address: null, trouble: null }] },
      addresses: ['+12065550199'],
      cancelled: 3,
    });
  });

  it('gives back what has none of them as it is', () => {
    for (const value of [null, 3, 'text', { a: [1, { b: 'c' }], d: new Date() }, []])
      expect(withoutTexts(value, texts)).toBe(value);
  });
});
