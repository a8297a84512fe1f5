import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One id, or several, at the beginning of a test's name: `it('B22: …')`, `it('B01, B03: …')`. */
const NAMED = /['"`]((?:[BRT]\d{2}[a-z]?, )*[BRT]\d{2}[a-z]?)[:,'"`]/g;

const specs = ['test', 'src', 'libs'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => file.endsWith('.spec.ts') && !/(^|\/)(dist|node_modules)\//.test(file))
    .filter((file) => basename(file) !== 'sending-cases.spec.ts'),
);
const named = new Set(
  specs.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(NAMED)].flatMap((match) => match[1]!.split(', '))),
);
const cases = JSON.parse(readFileSync('test/fixtures/sending-cases.json', 'utf8')) as { id: string; kind: string }[];

describe('test/fixtures/sending-cases.json', () => {
  it('has every case once', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it.each(cases.map(({ id, kind }) => [id, kind]))('%s (%s) has a test', (id) => {
    expect(named).toContain(id);
  });
});
