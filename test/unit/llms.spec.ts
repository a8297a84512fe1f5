import { readdirSync, readFileSync } from 'node:fs';
import openApi from '#openapi';
import { GUIDES } from '../../libs/api-description/llms-txt';

const { paths, components } = openApi as {
  paths: Record<
    string,
    Record<string, { operationId: string; requestBody?: { content: Record<string, { schema: { $ref?: string } }> } }>
  >;
  components: { schemas: Record<string, object> };
};
const operationIds = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));

/** What is made for language models; that it is what the code says, `npm run check` sees to. */
describe('docs/llms.txt', () => {
  const text = readFileSync('docs/llms.txt', 'utf8');

  it('names every operation once', () => {
    expect([...text.matchAll(/^- `[A-Z]+ \S+` \((\w+)\)/gm)].map(([, id]) => id!).sort()).toEqual([...operationIds].sort());
  });

  it('links to files that are there', () => {
    const linked = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file!);
    expect(readdirSync('docs')).toEqual(expect.arrayContaining(linked));
    expect(linked).toContain('llms-full.txt');
  });
});

describe('docs/llms-full.txt', () => {
  const text = readFileSync('docs/llms-full.txt', 'utf8');
  const [guides, afterGuides] = text.split('\n# Operations\n') as [string, string];
  const [operations, types] = afterGuides.split('\n# Types\n') as [string, string];
  const headings = (of: string) => [...of.matchAll(/^## (\w+)/gm)].map(([, name]) => name!);

  it('has the guides that llms.txt names, whole', () => {
    for (const [file] of GUIDES) {
      expect(guides).toContain(`<!-- ${file} -->\n\n${readFileSync(`docs/${file}`, 'utf8').trim()}\n`);
    }
  });

  it('has every operation once', () => {
    expect(headings(operations).sort()).toEqual([...operationIds].sort());
  });

  it('explains every type once, but for bodies, whose fields stand with their operation', () => {
    expect(afterGuides).not.toMatch(/\$ref|#\/components|undefined|\[object/);
    const bodies = Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ requestBody }) =>
        Object.values(requestBody?.content ?? {}).map(({ schema }) => schema.$ref?.split('/').at(-1)),
      );
    const explained = headings(types);
    expect(new Set(explained).size).toBe(explained.length);
    const others = Object.keys(components.schemas).filter((name) => !bodies.includes(name));
    expect(others.filter((name) => !explained.includes(name))).toEqual([]);
  });

  it('says of a call what it takes, answers, and refuses', () => {
    const [, call] = /^(## saveLeads: POST \/api\/leads\n.*?)\n## /ms.exec(operations)!;
    expect(call).toContain('It needs the scope `leads:write`.');
    expect(call).toContain('- `Idempotency-Key` (header): string, ');
    expect(call).toContain('  - `onDuplicate`: "skip" or "update", default `"skip"`. ');
    expect(call).toContain('- Answer 201: SavedLeads\n');
    expect(call).toMatch(/^- Errors: 400 .*VALIDATION_FAILED.*; 409 .*DUPLICATE_LEAD.*; 429 RATE_LIMIT_EXCEEDED/m);
    expect(operations).toContain('- `id` (path, required): string, an id of 24 hex digits');
    expect(operations).toMatch(/ {2}- `template` \(required\): |`name` \(required\): string/);
  });
});
