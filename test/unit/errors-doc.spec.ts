import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = readdirSync('src', { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'));
const found = (pattern: RegExp) => sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!));

describe('docs/errors.md', () => {
  const documented = new Set(
    readFileSync('docs/errors.md', 'utf8')
      .match(/`[A-Z][A-Z_]+`/g)!
      .map((code) => code.slice(1, -1)),
  );

  it.each([...new Set(found(/\bcode(?: =|:) '([A-Z_]+)'/g))])('explains %s', (code) => {
    expect(documented).toContain(code);
  });

  it.each([...new Set(found(/NotFound\('([A-Za-z ]+)'/g))])('explains what is answered when a %s is not found', (subject) => {
    expect(documented).toContain(`${subject.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`);
  });
});
