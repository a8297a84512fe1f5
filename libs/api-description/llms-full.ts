import type { JsonSchema } from './json-schema';
import { TypeWords } from './type-words';

/** A page of the documentation, as it stands. */
export interface Guide {
  /** Its path in `docs`. */
  file: string;
  text: string;
}

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  security?: object[];
  'x-required-scope'?: string | null;
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, JsonSchema>;
}

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

type Content = Record<string, { schema: JsonSchema }>;

interface Answer {
  description: string;
  content?: Content;
}

/**
 * All of the documentation in one file, for language models that cannot follow links (llmstxt.org): the
 * guides, every operation with what it takes and answers, and every type that these name.
 */
export function llmsFull(document: JsonSchema, guides: readonly Guide[]): string {
  const { info, paths, components } = document as {
    info: { title: string; description: string };
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, JsonSchema>; responses: Record<string, JsonSchema> };
  };
  const words = new TypeWords(components.schemas);
  const answerOf = (response: JsonSchema): Answer => {
    const name = typeof response.$ref === 'string' ? response.$ref.split('/').at(-1)! : null;
    return (name === null ? response : components.responses[name]) as unknown as Answer;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => operationText(`${method.toUpperCase()} ${path}`, one, words, answerOf)),
  );
  return [
    `# ${info.title}: all of its documentation`,
    `> ${info.description.split('\n')[0]}`,
    ...info.description.split('\n').slice(2).join('\n').split('\n\n'),
    `This file has the guides (${guides.map(({ file }) => file).join(', ')}), then every operation, then every type that an operation names.`,
    ...guides.map(({ file, text }) => `<!-- ${file} -->\n\n${text.trim()}`),
    '# Operations',
    `Every answer of 400 and more is an \`${words.typeOf({ $ref: 'Error' })}\`, or a \`${words.typeOf({ $ref: 'Problem' })}\` where the call accepts \`application/problem+json\`; its \`code\` is one of those listed, which errors.md explains.`,
    ...operations,
    '# Types',
    'A field with `?` may be absent.',
    ...words.named().map(([name, lines]) => [`## ${name}`, '', ...lines].join('\n')),
    '',
  ].join('\n\n');
}

function operationText(call: string, operation: Operation, words: TypeWords, answerOf: (response: JsonSchema) => Answer): string {
  const { operationId, summary, description, parameters, requestBody } = operation;
  const answers = Object.entries(operation.responses).map(([status, response]) => ({ status, ...answerOf(response) }));
  const successes = answers.filter(({ status }) => Number(status) < 400);
  const failures = answers.filter(({ status }) => Number(status) >= 400);
  return [
    `## ${operationId}: ${call}`,
    '',
    [summary, description].flatMap((text) => (text === undefined ? [] : [asSentence(text)])).join(' '),
    accessOf(operation),
    '',
    ...parameters.map(({ name, in: place, required, description: what, schema }) =>
      words.field({ name, marks: [place, ...(required ? ['required'] : [])], schema: { description: what, ...schema } }),
    ),
    ...(requestBody ? bodyLines(requestBody, words) : []),
    ...successes.map(({ status, content }) => `- Answer ${status}: ${mediaWords(content, words)}`),
    `- Errors: ${failures.map((answer) => `${answer.status} ${codesOf(answer).join(' ')}`.trim()).join('; ')}`,
  ].join('\n');
}

function accessOf({ security, 'x-required-scope': scope }: Operation): string {
  if (security?.length === 0) return 'It needs no key.';
  return scope ? `It needs the scope \`${scope}\`.` : 'It needs a key or a session; any will do.';
}

function bodyLines({ required, content }: NonNullable<Operation['requestBody']>, words: TypeWords): string[] {
  return Object.entries(content).flatMap(([type, { schema }]) => {
    const fields = words.fieldsOf(schema);
    const what = `- Body (${type}${required ? ', required' : ''})`;
    if (fields === null) return [`${what}: ${words.typeOf(schema)}`];
    return [
      `${what}:`,
      ...fields.map(({ isRequired, ...field }) => `  ${words.field({ ...field, marks: isRequired ? ['required'] : [] })}`),
    ];
  });
}

function mediaWords(content: Content | undefined, words: TypeWords): string {
  const media = Object.entries(content ?? {}).map(([type, { schema }]) =>
    type === 'application/json' ? words.typeOf(schema) : `${type}`,
  );
  return media.length > 0 ? media.join(', or ') : 'no body';
}

/** The codes of a refusal stand in its schema; where its body is not that of errors, there are none. */
function codesOf({ content }: Answer): string[] {
  const parts = (content?.['application/json']?.schema.allOf ?? []) as { properties?: { code?: { enum: string[] } } }[];
  return parts.flatMap(({ properties }) => properties?.code?.enum ?? []);
}

const asSentence = (text: string): string => `${text.replaceAll('\n', ' ').replace(/\.$/, '')}.`;
