import type { Route } from './controllers';
import type { ErrorCode } from './error-codes';
import type { JsonSchema } from './json-schema';

/** What is said of the API as a whole. */
export interface About {
  info: JsonSchema;
  tags: { name: string; description: string }[];
  /** Codes that any operation may answer with, by the kind of operation. */
  common: { all: string[]; withBody: string[]; withKey: string[]; withIdempotencyKey: string[]; writing: string[] };
  /** Schemas that no controller names, such as that of errors. */
  schemas: Record<string, JsonSchema>;
  /** Examples by operation: a request's body, and answers by status. */
  examples: Record<string, { body?: unknown; answers?: Record<string, unknown> }>;
}

const WRITES = new Set(['post', 'patch', 'put', 'delete']);
const PHRASES: Record<number, string> = {
  200: 'Done',
  201: 'Created',
  204: 'Done, and there is nothing to say',
  202: 'Accepted: it goes on in the background',
};

/** The OpenAPI 3.1 document of the routes. @throws Error for an operation id that two routes have */
export function documentOf(
  routes: readonly Route[],
  components: ReadonlyMap<string, JsonSchema>,
  codes: readonly ErrorCode[],
  about: About,
): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  const byCode = new Map<string, ErrorCode[]>();
  for (const one of codes) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one]);
  const ids = new Set<string>();
  const sorted = [...routes].sort((one, other) => compare(one.path, other.path) || compare(one.method, other.method));
  for (const route of sorted) {
    if (ids.has(route.operationId)) throw new Error(`Two operations are called ${route.operationId}`);
    ids.add(route.operationId);
    (paths[route.path] ??= {})[route.method] = operationOf(route, byCode, about);
  }
  const responses = sharedResponses(paths);
  const schemas = { ...Object.fromEntries(components), ...about.schemas };
  return {
    openapi: '3.1.0',
    info: about.info,
    servers: [{ url: '/', description: 'The server that answers with this document' }],
    security: [{ bearer: [] }],
    tags: about.tags,
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A workspace key (`tuco_sk_…`), or a session token of Clerk' },
      },
      headers: HEADERS,
      responses,
      schemas: Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => compare(one, other))),
    },
  };
}

const HEADERS: JsonSchema = {
  CorrelationId: {
    description: 'Names the call; it also stands in the log. The caller’s own `x-correlation-id`, where there was one.',
    schema: { type: 'string', maxLength: 128 },
  },
  RetryAfter: { description: 'Seconds after which the same call may succeed', schema: { type: 'integer', minimum: 1 } },
  IdempotencyReplayed: {
    description: '`true` where this is the answer of an earlier call with the same Idempotency-Key',
    schema: { type: 'string', const: 'true' },
  },
};

const PROBLEM = { schema: { $ref: '#/components/schemas/Problem' } };

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request is done once, and answered the same again, for 24 hours.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

function operationOf(route: Route, codes: ReadonlyMap<string, ErrorCode[]>, about: About): JsonSchema {
  const example = about.examples[route.operationId];
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    ...(route.isPublic && { security: [] }),
    ...(!route.isPublic && { 'x-required-scope': route.scope }),
    parameters: [...route.parameters, ...(route.takesIdempotencyKey && !route.isPublic ? [IDEMPOTENCY_KEY] : [])],
    ...(route.body && {
      requestBody: {
        required: route.body.isRequired,
        content: {
          [route.body.contentType]: { schema: route.body.schema, ...(example?.body !== undefined && { example: example.body }) },
          ...(route.body.takesForms && { 'application/x-www-form-urlencoded': { schema: FORM } }),
        },
      },
    }),
    responses: { ...answersOf(route, example?.answers ?? {}), ...failuresOf(route, codes, about) },
  };
}

const FORM: JsonSchema = { type: 'object' };

function answersOf(route: Route, examples: Record<string, unknown>): JsonSchema {
  const answers = route.statuses.map((status) => {
    const media = { schema: route.answer, ...(examples[status] !== undefined && { example: examples[status] }) };
    const headers = {
      'x-correlation-id': { $ref: '#/components/headers/CorrelationId' },
      ...(route.takesIdempotencyKey && { 'idempotency-replayed': { $ref: '#/components/headers/IdempotencyReplayed' } }),
    };
    const description = PHRASES[status] ?? 'The answer';
    if (status === 204) return [String(status), { description, headers }];
    const content = { [route.contentType]: media, ...(route.orType && { [route.orType]: { schema: { type: 'string' } } }) };
    return [String(status), { description, headers, content }];
  });
  return Object.fromEntries(answers) as JsonSchema;
}

function failuresOf(route: Route, codes: ReadonlyMap<string, ErrorCode[]>, { common }: About): JsonSchema {
  const names = [
    ...common.all,
    ...(route.isPublic ? [] : common.withKey),
    // A body that nothing is wanted of is read all the same.
    ...(WRITES.has(route.method) ? common.withBody : []),
    ...(WRITES.has(route.method) && !route.isPublic ? common.writing : []),
    ...(route.takesIdempotencyKey && !route.isPublic ? common.withIdempotencyKey : []),
    ...route.fails,
  ];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const name of [...new Set(names)]) {
    const [plainName, status] = name.split(':');
    const code = codes.get(plainName!)?.find((one) => status === undefined || one.status === Number(status));
    if (!code) throw new Error(`${route.operationId} fails with ${name}, which no error has`);
    byStatus.set(code.status, [...(byStatus.get(code.status) ?? []), code]);
  }
  const failures = [...byStatus]
    .sort(([one], [other]) => one - other)
    .map(([status, found]) => {
      const description = found.map(({ code, description: why }) => `- \`${code}\`: ${why}`).join('\n');
      const headers = {
        'x-correlation-id': { $ref: '#/components/headers/CorrelationId' },
        ...([409, 429, 503].includes(status) && { 'retry-after': { $ref: '#/components/headers/RetryAfter' } }),
      };
      const ofCodes = { properties: { code: { enum: found.map(({ code }) => code) } }, additionalProperties: true };
      const schema = route.unshaped.includes(status)
        ? { type: 'object', additionalProperties: true }
        : { allOf: [{ $ref: '#/components/schemas/Error' }, ofCodes] };
      return [
        String(status),
        { description, headers, content: { 'application/json': { schema }, 'application/problem+json': PROBLEM } },
      ];
    });
  return Object.fromEntries(failures) as JsonSchema;
}

/** Refusals that many operations have in the same words: said once, under the name of their status. */
const NAMES: Record<string, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  402: 'ReadOnly',
  403: 'Forbidden',
  404: 'NotFound',
  408: 'TimedOut',
  409: 'Conflict',
  410: 'Gone',
  413: 'TooLarge',
  415: 'UnsupportedType',
  422: 'Unprocessable',
  429: 'TooMany',
  500: 'Internal',
  503: 'Unavailable',
};
const MANY = 3;

/** Moves responses that three operations share into components, and puts references in their place. */
function sharedResponses(paths: Record<string, Record<string, unknown>>): JsonSchema {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods) as { responses: JsonSchema }[]);
  const uses = new Map<string, number>();
  for (const { responses } of operations) {
    for (const response of Object.values(responses))
      uses.set(JSON.stringify(response), (uses.get(JSON.stringify(response)) ?? 0) + 1);
  }
  const names = new Map<string, string>();
  const shared: JsonSchema = {};
  for (const { responses } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      const text = JSON.stringify(response);
      if ((uses.get(text) ?? 0) < MANY || NAMES[status] === undefined) continue;
      let name = names.get(text);
      if (name === undefined) {
        const count = Object.keys(shared).filter((one) => one.replace(/\d+$/, '') === NAMES[status]).length;
        name = `${NAMES[status]}${count > 0 ? count + 1 : ''}`;
        names.set(text, name);
        shared[name] = response;
      }
      responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  return shared;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
