import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docsOf } from '../../src/platform/http/error-shape';

const sources = readdirSync('src', { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'));
const found = (pattern: RegExp) => sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!));

describe('docs/errors.md', () => {
  it('has a place to link to for each error', () => {
    const text = readFileSync('docs/errors.md', 'utf8').split('## Codes on rows of leads')[0]!;
    const places = [...text.matchAll(/<a id="([A-Z_]+)"><\/a>/g)].map(([, id]) => `${docsOf(id!, '')}`);
    const codes = [...text.matchAll(/\| `?(?:<a id="[A-Z_]+"><\/a>)?`(…?[A-Z_]+)` +\|/g)].map(([, code]) =>
      code!.replace('…_', 'ANY_'),
    );
    expect(codes.length).toBeGreaterThan(50);
    expect([...new Set(codes.map((code) => docsOf(code, '')))].sort()).toEqual([...places].sort());
  });

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
