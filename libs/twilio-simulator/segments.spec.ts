import { readFileSync } from 'node:fs';
import { segmentsOf } from './segments';

const { vectors } = JSON.parse(readFileSync('test/fixtures/sms/sms-segments.json', 'utf8')) as {
  vectors: { name: string; text: string; segments: number }[];
};

describe('segments', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, { text, segments }) => {
    expect(segmentsOf(text)).toBe(segments);
  });
});
