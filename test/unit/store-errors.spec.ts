import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What only the store and its adapters say: `isDuplicateKey`, and the fields of the driver's errors. */
const STORE_ERROR = /\b(isDuplicateKey|keyPattern|keyValue|hasErrorLabel)\b/;
const ADAPTER = /^src\/(platform|[^/]+\/infrastructure)\//;

/** Do domain, use cases and controllers know only what ports throw? @returns the files that know more */
const knowing = (files: readonly [path: string, text: string][]): string[] =>
  files.filter(([path, text]) => !ADAPTER.test(path) && STORE_ERROR.test(text)).map(([path]) => path);

function sources(): [path: string, text: string][] {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return paths.map((path) => join('src', path)).map((path) => [path, readFileSync(path, 'utf8')]);
}

describe("the store's errors", () => {
  it('stay behind the ports', () => {
    expect(knowing(sources())).toEqual([]);
  });

  it('are found where they do not', () => {
    const text = "import { isDuplicateKey } from '../../platform/mongo';";
    const planted = ['domain', 'application', 'infrastructure', 'http'].map((room) => [`src/leads/${room}/a.ts`, text] as const);
    expect(knowing(planted.map(([path, code]) => [path, code]))).toEqual([
      'src/leads/domain/a.ts',
      'src/leads/application/a.ts',
      'src/leads/http/a.ts',
    ]);
  });
});
