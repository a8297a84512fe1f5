import { readFileSync } from 'node:fs';
import { measureOf, segmentsOf } from './segments';

const { vectors } = JSON.parse(readFileSync('test/fixtures/sms/sms-segments.json', 'utf8')) as {
  vectors: { name: string; text: string; segments: number; library: 'same' | { segments: number } }[];
};

describe('segments', () => {
  it('has all the vectors, in all but one of which the library is exact', () => {
    expect(vectors).toHaveLength(74);
    expect(vectors.filter(({ library }) => library !== 'same')).toHaveLength(1);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, { text, segments, library }) => {
    // Where the library differs, it counts more: of characters that are made of several it cuts none.
    const counted = library === 'same' ? segments : library.segments;
    expect(counted).toBeGreaterThanOrEqual(segments);
    expect([segmentsOf(text), segmentsOf(text)]).toEqual([counted, counted]);
  });

  it('forgets texts that nobody has asked for long', () => {
    for (let n = 0; n < 1_200; n += 1) segmentsOf(`Text ${n}`);
    expect(segmentsOf('Text 0')).toBe(1);
  });

  it.each([
    ['Hi Ann', { units: 1, encoding: 'GSM-7', hint: null }],
    ['é'.repeat(200), { units: 2, encoding: 'GSM-7', hint: null }],
    [
      'It’s',
      {
        units: 1,
        encoding: 'UCS-2',
        hint: '’ is no character of GSM-7: a segment holds 70 characters of this text instead of 160',
      },
    ],
    ['“αβγδ”', { units: 1, encoding: 'UCS-2', hint: expect.stringMatching(/^“ α β γ δ … are no characters of GSM-7/) }],
  ])('says how %j is counted, and why', (text, expected) => expect(measureOf(text)).toEqual(expected));
});
