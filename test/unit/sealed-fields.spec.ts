import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEALED_FIELDS } from '../../src/sealed-fields';

describe('SEALED_FIELDS', () => {
  it('names every field that is sealed anywhere', () => {
    const lines = readdirSync('src', { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.startsWith(join('platform', 'secrets')))
      .flatMap((file) => readFileSync(join('src', file), 'utf8').split('\n'))
      .filter((line) => /secrets\.seal\(/.test(line));
    const known = SEALED_FIELDS.flatMap(({ fields }) => fields);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const line of lines) expect(known).toContain(/(\w+)(?::| =) [^:=]*secrets\.seal\(/.exec(line)?.[1]);
  });
});
