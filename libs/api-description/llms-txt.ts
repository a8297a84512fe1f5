import type { JsonSchema } from './json-schema';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
}

/** The pages of the documentation that an integrator needs, and what each is about. */
export const GUIDES: readonly (readonly [file: string, about: string])[] = [
  ['api.md', 'a guide: the first call, syncing a CRM, campaigns, opt-outs, webhooks, and being a good client'],
  ['api-reference.md', 'how to call the API: keys, scopes, limits, paging, following changes, and what each call takes'],
  ['errors.md', 'every error code, and what to do about it'],
  ['accounts.md', 'credentials at providers, what channels need of them, and how lines are put on them'],
  ['webhooks.md', 'events, signatures, retries'],
  ['leads.md', 'leads: contacts, duplicates, updates, search'],
  ['imports.md', 'files: encodings, headers, columns, reports'],
  ['consent.md', 'opt-outs, quiet hours, erasure'],
  ['sending.md', 'when a message goes out, and why one waits'],
];

/** A short guide for language models (llmstxt.org): where the documentation is, and every call in a line. */
export function llmsTxt(document: JsonSchema): string {
  const { info, paths, tags } = document as {
    info: { title: string; description: string };
    paths: Record<string, Record<string, Operation>>;
    tags: { name: string; description: string }[];
  };
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const own = calls.filter((one) => one.tags.includes(name));
    return [
      `## ${name}: ${description}`,
      '',
      ...own.map(({ method, path, operationId, summary }) => `- \`${method} ${path}\` (${operationId}): ${summary}`),
    ];
  });
  return [
    `# ${info.title}`,
    '',
    `> ${info.description.split('\n')[0]}`,
    '',
    ...info.description.split('\n').slice(2),
    '',
    '## Documentation',
    '',
    '- [llms-full.txt](llms-full.txt): these guides in full, every operation and every type, in one file',
    '- [openapi.json](openapi.json): every request, answer and code as OpenAPI 3.1',
    ...GUIDES.map(([file, what]) => `- [${file}](${file}): ${what}`),
    '',
    ...sections.flatMap((lines) => [...lines, '']),
  ].join('\n');
}
