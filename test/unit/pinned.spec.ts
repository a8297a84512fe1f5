import { readFileSync } from 'node:fs';

const VERSION = /^v?\d+\.\d+\.\d+(-[\w.-]+)?$/;
/** What this repository builds itself. */
const OWN = ['tuco'];

const found = (file: string, pattern: RegExp) => [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name!);

/** Somebody else's next release must not change what is built, tested or run. */
describe('images and actions', () => {
  it.each([
    ['docker-compose.yml', /^\s*image: (\S+)/gm, 3],
    ['Dockerfile', /^FROM (\S+)/gm, 3],
    ['.github/workflows/ci.yml', /^\s*image: (\S+)/gm, 1],
    ['.github/workflows/ci.yml', / (mongo:\S+) --replSet/g, 1],
    ['.github/workflows/ci.yml', /uses: (\S+)/g, 8],
  ] as const)('of %s (%s) are named by an exact version', (file, pattern, atLeast) => {
    const names = found(file, pattern).filter((name) => !OWN.includes(name));
    expect(names.length).toBeGreaterThanOrEqual(atLeast);
    expect(names.filter((name) => !VERSION.test(name.split(/[:@]/)[1] ?? ''))).toEqual([]);
  });

  it('of the tests are those that run', () => {
    const versionOf = (name: string, file: string) => new Set(found(file, new RegExp(`\\b${name}:(\\d+\\.\\d+\\.\\d+)`, 'g')));
    for (const name of ['mongo', 'redis']) {
      expect(versionOf(name, '.github/workflows/ci.yml')).toEqual(versionOf(name, 'docker-compose.yml'));
    }
  });
});
