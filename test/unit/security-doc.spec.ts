import { existsSync, readFileSync } from 'node:fs';

const document = readFileSync('docs/security.md', 'utf8');
/** What stands in it as a path of this repository. */
const paths = [...document.matchAll(/`((?:src|test|bench|docs)\/[\w./-]+)`/g)].map(([, path]) => path!);

describe('docs/security.md', () => {
  it('names tests and files that there are', () => {
    expect(paths.length).toBeGreaterThan(15);
    const missing = paths.filter((path) => ![path, `${path}.spec.ts`, `${path}.apart.spec.ts`].some((name) => existsSync(name)));
    expect(missing).toEqual([]);
  });

  it('has each of the ten risks of OWASP, and each chapter of ASVS', () => {
    for (let risk = 1; risk <= 10; risk += 1) expect(document).toContain(`| API${risk} `);
    for (let chapter = 1; chapter <= 14; chapter += 1) expect(document).toMatch(new RegExp(`\\bV${chapter}\\b`));
  });
});
