import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from './describe-api';
import type { JsonSchema } from './json-schema';
import { type Guide, llmsFull } from './llms-full';
import { GUIDES, llmsTxt } from './llms-txt';
import { postmanCollection } from './postman';

/** Writes what is made from the code; with `--check` it only says which of these files are not up to date. */
async function main(): Promise<void> {
  const root = process.cwd();
  const document = describeApi(root);
  const files: Record<string, string> = {
    'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'libs/client/api.ts': await clientTypes(document),
    'docs/postman.json': `${JSON.stringify(postmanCollection(document), null, 2)}\n`,
    'docs/llms.txt': llmsTxt(document),
    'docs/llms-full.txt': llmsFull(document, guidesOf(root)),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    if (!process.argv.includes('--check')) {
      writeFileSync(path, text);
    } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
      process.stderr.write(`${name} is not what the code says: run \`npm run openapi\`, and look at what changes\n`);
      process.exitCode = 1;
    }
  }
}

function guidesOf(root: string): Guide[] {
  return GUIDES.map(([file]) => ({ file, text: readFileSync(join(root, 'docs', file), 'utf8') }));
}

async function clientTypes(document: JsonSchema): Promise<string> {
  const { default: openApiTypes, astToString } = await import('openapi-typescript');
  // Recorded answers would be most of the file.
  const withoutExamples = JSON.stringify(document, (name, value: unknown) => (name === 'example' ? undefined : value));
  // What has a default may be left out.
  const nodes = await openApiTypes(withoutExamples, { defaultNonNullable: false });
  return `// Made by \`npm run openapi\` from docs/openapi.json: do not edit.\n\n${astToString(nodes)}`;
}

void main();
