import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { TypeSchemas } from './type-schemas';

/** The schema of what the function `answer` of a source returns, and the components that it needs. */
function schemaOf(source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'types-'));
  const path = join(folder, 'source.ts');
  writeFileSync(path, `${source}\n`);
  try {
    const program = ts.createProgram([path], { strict: true, target: ts.ScriptTarget.ES2022, types: [] });
    const checker = program.getTypeChecker();
    const [answer] = program
      .getSourceFile(path)!
      .statements.filter(ts.isFunctionDeclaration)
      .filter(({ name }) => name?.text === 'answer');
    const type = checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(answer!)!);
    const schemas = new TypeSchemas(checker);
    return { schema: schemas.of(type, 'answer'), components: Object.fromEntries(schemas.components) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('TypeSchemas', () => {
  it('says what JSON makes of a value', () => {
    const { schema } = schemaOf(`
      type Id = string & { readonly brand: unique symbol };
      declare const it: { id: Id; at: Date; n: number | null; on: boolean; kind: 'a' | 'b' | null; tags: string[]; left?: string; more: unknown };
      export function answer() { return { ...it }; }
    `);
    expect(schema).toEqual({
      type: 'object',
      properties: {
        id: { type: 'string' },
        at: { type: 'string', format: 'date-time' },
        n: { type: ['number', 'null'] },
        on: { type: 'boolean' },
        kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
        tags: { type: 'array', items: { type: 'string' } },
        left: { type: 'string' },
        more: {},
      },
      required: ['id', 'at', 'n', 'on', 'kind', 'tags'],
    });
  });

  it('makes a component of whatever has a name, also of one that holds itself', () => {
    const { schema, components } = schemaOf(`
      /** A twig. */
      interface Twig {
        /** What grows on it. */
        twigs: Twig[];
      }
      declare const twig: Twig;
      /** One tree. */
      export const treeDocument = ({ twigs }: Twig) => ({ twigs });
      export function answer() { return { tree: treeDocument(twig), twig }; }
    `);
    const twigs = { type: 'array', items: { $ref: '#/components/schemas/Twig' }, description: 'What grows on it.' };
    expect(schema).toMatchObject({ properties: { tree: { $ref: '#/components/schemas/Tree' } } });
    expect(components).toEqual({
      Twig: { type: 'object', properties: { twigs }, required: ['twigs'], description: 'A twig.' },
      Tree: { type: 'object', properties: { twigs }, required: ['twigs'], description: 'One tree.' },
    });
  });

  it('refuses two types of one name, and what has no form in JSON', () => {
    const two = `
      export const thingDocument = () => ({ a: 1 as number });
      namespace inner { export interface Thing { b: string } }
      declare const other: inner.Thing;
      export function answer() { return { one: thingDocument(), other }; }
    `;
    expect(() => schemaOf(two)).toThrow('two types of the name Thing');
    expect(() => schemaOf('export function answer() { return { a: new Map<string, string>() }; }')).toThrow(
      'Map has no form in JSON',
    );
    expect(() => schemaOf('export function answer() { return { a: () => 1 }; }')).toThrow('is a function');
  });

  it('reads keywords and descriptions from docstrings', () => {
    const { components } = schemaOf(`
      interface Row {
        /**
         * Of the file.
         * @maxLength 7
         * @default "x"
         */
        name?: string;
        /** @pattern ^a$ */
        code: string;
      }
      declare const row: Row;
      export function answer() { return { row }; }
    `);
    expect(components.Row).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 7, default: 'x', description: 'Of the file.' },
        code: { type: 'string', pattern: '^a$' },
      },
      required: ['code'],
    });
  });
});
