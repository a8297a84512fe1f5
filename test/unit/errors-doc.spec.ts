import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelCode } from '../../src/channels';
import { docsOf } from '../../src/platform/http/error-shape';

const files = readdirSync('src', { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
const PAGES: Readonly<Record<string, string>> = { smtp: 'email' };
/** What all channels say alike stands in docs/errors.md. */
const SHARED = new Set(['TOO_LARGE', 'ATTACHMENT_TOO_LARGE', 'THROTTLED']);
/** Folders of adapters: `channels/<provider>/`. */
const ADAPTER = /^channels\/(?!domain\/|infrastructure\/)([\w-]+)\//;
const sourcesOf = (isOurs: (file: string) => boolean) =>
  files.filter(isOurs).map((file) => readFileSync(join('src', file), 'utf8'));
const foundIn = (sources: readonly string[], pattern: RegExp) =>
  sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!));
const sources = sourcesOf((file) => !ADAPTER.test(file));
const found = (pattern: RegExp) => foundIn(sources, pattern);

describe('codes of channels', () => {
  const providers = [...new Set(files.flatMap((file) => ADAPTER.exec(file)?.[1] ?? []))];
  const declaredBy = (provider: string) =>
    (jest.requireActual(`../../src/channels/${provider}/codes`) as { CODES: readonly ChannelCode[] }).CODES;

  it.each(providers)('%s explains in its own folder every code that it writes', (provider) => {
    const written = foundIn(
      sourcesOf((file) => ADAPTER.exec(file)?.[1] === provider),
      /\bcode(?: =|:) '([A-Z_]+)'/g,
    );
    expect(written.length).toBeGreaterThan(3);
    expect(declaredBy(provider).map(({ code }) => code)).toEqual(expect.arrayContaining(written));
  });

  it.each(providers)('the page about %s knows every code that is its own', (provider) => {
    const page = readFileSync(`docs/channels/${PAGES[provider] ?? provider}.md`, 'utf8');
    const own = declaredBy(provider).filter(({ code }) => !SHARED.has(code));
    expect(own.map(({ code }) => code).filter((code) => !page.includes(`\`${code.replace(/_?<n>/, '')}`))).toEqual([]);
  });
});

describe('docs/errors.md', () => {
  it('has a place to link to for each error', () => {
    const text = readFileSync('docs/errors.md', 'utf8').split('## Codes on rows of leads')[0]!;
    const places = [...text.matchAll(/<a id="([A-Z_]+)"><\/a>/g)].map(([, id]) => `${docsOf(id!, '')}`);
    const codes = [...text.matchAll(/\| `?(?:<a id="[A-Z_]+"><\/a>)?`(…?[A-Z_]+)` +\|/g)].map(([, code]) =>
      code!.replace('…_', 'ANY_'),
    );
    expect(codes.length).toBeGreaterThan(50);
    expect([...new Set(codes.map((code) => docsOf(code, '')))].sort()).toEqual([...places].sort());
  });

  const documented = new Set(
    readFileSync('docs/errors.md', 'utf8')
      .match(/`[A-Z][A-Z_]+`/g)!
      .map((code) => code.slice(1, -1)),
  );

  it.each([...new Set(found(/\bcode(?: =|:) '([A-Z_]+)'/g))])('explains %s', (code) => {
    expect(documented).toContain(code);
  });

  it.each([...new Set(found(/NotFound\('([A-Za-z ]+)'/g))])('explains what is answered when a %s is not found', (subject) => {
    expect(documented).toContain(`${subject.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`);
  });
});
