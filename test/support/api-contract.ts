import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import document from '#openapi';
import { SCREENS } from '../../src/dashboard/http/screens';

interface Media {
  schema: object;
}
interface Operation {
  operationId: string;
  parameters: { name: string; in: string; schema: object }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, ApiResponse | { $ref: string }>;
}
interface ApiResponse {
  /** Not there where nothing is said, as with 204. */
  content?: Record<string, Media>;
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; responses: Record<string, ApiResponse> };
}

/** The description of the API as it is committed. */
const openApi = document as OpenApi;

/** What an operation answers with a status, as the document has it. */
function responseOf(operation: Operation, status: number): ApiResponse | undefined {
  const response = operation.responses[String(status)];
  if (!response || !('$ref' in response)) return response;
  return openApi.components.responses[response.$ref.split('/').at(-1)!];
}

/** `/api/leads/:id` as the document writes it. */
const documentPath = (url: string): string =>
  (url.replace(/:(\w+)/g, '{$1}').replace('*', '{token}') || '/').replace(/(.)\/$/, '$1');

/**
 * For clients, objects may have fields that the document does not name, so that fields can be added. The
 * product's own answers must have none: here objects are closed, and those that are put together of several
 * are closed as a whole.
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === 'properties'
        ? [key, Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, closed(one)]))]
        : [key, ['enum', 'const', 'default', 'example'].includes(key) ? value : closed(value)],
    ),
  );
  const isOpen = 'additionalProperties' in inner;
  return 'properties' in inner && !isOpen ? { ...inner, additionalProperties: false } : inner;
}

const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats(ajv);
ajv.addSchema({ $id: 'openapi', components: closed(openApi.components) as object });

const compiled = new Map<object, ValidateFunction>();
function validatorOf(schema: object): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const text = JSON.stringify(closed(schema)).replaceAll('"#/components/', '"openapi#/components/');
  const validator = ajv.compile(JSON.parse(text) as object);
  compiled.set(schema, validator);
  return validator;
}

/** The first way in which a value does not fit, or `null`. */
function misfit(schema: object, value: unknown): string | null {
  const validate = validatorOf(schema);
  if (validate(value)) return null;
  const [error] = validate.errors!;
  return `${error!.instancePath || '/'} ${error!.message} ${JSON.stringify(error!.params)}`;
}

const mediaOf = (content: Record<string, Media>, type: string | undefined): Media | undefined =>
  content[(type ?? '').split(';')[0]!.trim()];

/** A query as the document's types have it: in the URL everything is a string. */
function queryMisfit({ parameters }: Operation, query: Record<string, unknown>): string | null {
  // An operation that wants nothing of the query does not read it.
  if (!parameters.some((one) => one.in === 'query')) return null;
  for (const [name, value] of Object.entries(query)) {
    if (value === '' || name === 'workspaceId') continue;
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name);
    if (!parameter) return `the query parameter ${name} is not in the document`;
    const { type } = parameter.schema as { type?: string };
    const problem = misfit(parameter.schema, readAs(type, value));
    if (problem) return `the query parameter ${name}: ${problem}`;
  }
  return null;
}

function readAs(type: string | undefined, value: unknown): unknown {
  if (type === 'boolean') return ['true', '1'].includes(String(value));
  if (type === 'integer') return Number(value);
  // Once with commas, or the same name again and again.
  return type === 'array' ? [value].flat().flatMap((one) => String(one).split(',')) : value;
}

/** Its files, its page, and its way in without Clerk, which are no part of the contract. */
const isOfDashboard = (url: string): boolean =>
  url === '/' || /^\/(assets\/|mail-frame\b)/.test(url) || (SCREENS as readonly string[]).includes(url.split('/')[1]!);

/** How a request and its answer depart from the document, or `null`. */
function departure(request: FastifyRequest, status: number, type: string | undefined, payload: unknown): string | null {
  const { url } = request.routeOptions;
  if (!url || request.is404 || request.method === 'OPTIONS' || request.method === 'HEAD') return null;
  if (url.startsWith('/api/docs') || url === '/api/openapi.json' || isOfDashboard(url)) return null;
  const operation = openApi.paths[documentPath(url)]?.[request.method.toLowerCase()];
  if (!operation) return `${request.method} ${url} is not in the document`;
  const name = operation.operationId;
  const answer = responseOf(operation, status);
  const body = typeof payload === 'string' && type?.includes('json') ? (JSON.parse(payload) as unknown) : undefined;
  if (!answer)
    return `${name} answered ${status} ${JSON.stringify((body as { code?: string })?.code)}, which is not in the document`;
  // A kept answer about somebody who was erased holds nothing any more.
  if ((body as { isErased?: boolean } | undefined)?.isErased && Object.keys(body as object).length === 1) return null;
  const media = answer.content && mediaOf(answer.content, type);
  const isAsSaid = answer.content ? media !== undefined : !payload;
  if (!isAsSaid) return `${name} answered ${status} as ${type}, which is not in the document`;
  const problem = body === undefined || !media ? null : misfit(media.schema, body);
  if (problem) return `${name} answered ${status}, and ${problem}: ${JSON.stringify(body).slice(0, 600)}`;
  if (status >= 300) return null;
  const query = queryMisfit(operation, request.query as Record<string, unknown>);
  if (query) return `${name} took what the document does not know: ${query}`;
  const sent = operation.requestBody && mediaOf(operation.requestBody.content, request.headers['content-type']);
  // Rows that are named as invalid were not taken.
  if ((body as { invalidCount?: number } | undefined)?.invalidCount) return null;
  if (
    !sent ||
    typeof request.body !== 'object' ||
    request.body === null ||
    request.headers['content-type']?.includes('multipart')
  )
    return null;
  // `""` in an optional field is as good as leaving it out, which no schema can say.
  const asked = Object.entries(request.body as object).filter(([, value]) => value !== '');
  const given = misfit(sent.schema, JSON.parse(JSON.stringify(Object.fromEntries(asked))));
  return given && `${name} took a body that the document does not know: ${given}: ${JSON.stringify(request.body).slice(0, 400)}`;
}

/** The departures of this process since they were last asked for. */
const found: string[] = [];

/** Compares everything that the application is asked and answers with the document. */
export function watchContract(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request: FastifyRequest, reply: FastifyReply, payload: unknown, done) => {
    try {
      const problem = departure(request, reply.statusCode, reply.getHeader('content-type') as string | undefined, payload);
      if (problem && found.length < 20) found.push(problem);
    } catch (error) {
      found.push(`${request.method} ${request.url}: ${String(error)}`);
    }
    done(null, payload);
  });
}

/** What departed from the document, once. */
export const departures = (): string[] => found.splice(0);
