import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ABOUT, OWN_CODES } from './about';
import { Controllers, type Route } from './controllers';
import { type About, documentOf } from './document';
import { type ErrorCode, errorCodesOf, statusesOf } from './error-codes';
import type { JsonSchema } from './json-schema';
import { TypeSchemas } from './type-schemas';

const FILTER = 'src/platform/http/error-filter.ts';

/**
 * The OpenAPI 3.1 document of the product, read from the types, decorators and docstrings of its controllers.
 * @param root the repository
 * @throws NotJson, Error for what the code does not say: an answer of an unknown type, an operation without a
 * name, a decorator of a DTO without a rule
 */
export function describeApi(root: string): JsonSchema {
  const { options, fileNames } = configOf(root);
  const program = ts.createProgram(fileNames, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const schemas = new TypeSchemas(checker);
  const controllers = new Controllers(checker, schemas);
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(root, 'src/')));
  const statuses = statusesOf(files.find(({ fileName }) => fileName === join(root, FILTER))!);
  const routes: Route[] = [];
  const codes: ErrorCode[] = [...OWN_CODES];
  for (const file of files) {
    if (file.fileName.endsWith('.controller.ts')) routes.push(...controllers.routesOf(file));
    codes.push(...errorCodesOf(file, statuses));
  }
  if (controllers.problems.length > 0) throw new Error(controllers.problems.join('\n'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const about: About = { ...ABOUT, info: { ...ABOUT.info, version }, examples: examplesOf(root) };
  return documentOf(routes, schemas.components, codes, about);
}

function configOf(root: string): ts.ParsedCommandLine {
  const read = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  return ts.parseJsonConfigFileContent({ ...(read.config as object), include: ['src'] }, ts.sys, root);
}

/** Real answers, which a run of the end-to-end tests has recorded. */
function examplesOf(root: string): About['examples'] {
  try {
    return JSON.parse(readFileSync(join(root, 'docs/openapi-examples.json'), 'utf8')) as About['examples'];
  } catch {
    return {};
  }
}
