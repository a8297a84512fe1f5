import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from './describe-api';

// Writes docs/openapi.json; with --check it only says whether the file is what the code says.
const root = process.cwd();
const file = join(root, 'docs/openapi.json');
const text = `${JSON.stringify(describeApi(root), null, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('docs/openapi.json is not what the code says: run `npm run openapi`, and look at what changes\n');
  process.exitCode = 1;
}
