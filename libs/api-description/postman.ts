import type { JsonSchema } from './json-schema';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description?: string;
}

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: object[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, Media> };
}

interface Media {
  schema: { properties?: Record<string, { contentMediaType?: string }>; required?: string[] };
  example?: unknown;
}

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/**
 * A collection for Postman (format v2.1): a folder for each tag, a request for each operation, with the body
 * that was recorded as its example. It has no ids, so that it changes only with the API.
 */
export function postmanCollection(document: JsonSchema): JsonSchema {
  const { info, paths, tags } = document as {
    info: { title: string; description: string };
    paths: Record<string, Record<string, Operation>>;
    tags: { name: string; description: string }[];
  };
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return {
    info: { name: info.title, description: info.description, schema: SCHEMA },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{key}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: 'http://localhost:3000', type: 'string' },
      { key: 'key', value: '', type: 'string' },
    ],
    item: tags.map(({ name, description }) => ({
      name,
      description,
      item: calls
        .filter(({ operation }) => operation.tags.includes(name))
        .map(({ path, method, operation }) => itemOf(path, method, operation)),
    })),
  };
}

function itemOf(path: string, method: string, operation: Operation): JsonSchema {
  const { operationId, summary, description, security, parameters, requestBody } = operation;
  const [given] = Object.entries(requestBody?.content ?? {});
  const type = given?.[0];
  const headers = parameters.filter(({ in: place }) => place === 'header').map(optional);
  return {
    name: operationId,
    request: {
      method: method.toUpperCase(),
      description: [summary, description].filter((text) => text !== undefined).join('\n\n'),
      ...(security?.length === 0 && { auth: { type: 'noauth' } }),
      // Postman writes the type of a form itself, with the boundary between its parts.
      header: type === 'application/json' ? [{ key: 'Content-Type', value: type }, ...headers] : headers,
      url: urlOf(path, parameters),
      ...(given && { body: bodyOf(...given) }),
    },
  };
}

function urlOf(path: string, parameters: readonly Parameter[]): JsonSchema {
  const segments = path
    .split('/')
    .slice(1)
    .map((segment) => segment.replace(/^\{(\w+)\}$/, ':$1'));
  const query = parameters.filter(({ in: place }) => place === 'query').map(optional);
  const variable = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => ({ key: name, value: '' }));
  return {
    raw: `{{baseUrl}}/${segments.join('/')}`,
    host: ['{{baseUrl}}'],
    path: segments,
    ...(query.length > 0 && { query }),
    ...(variable.length > 0 && { variable }),
  };
}

/** A parameter that Postman sends only once somebody has ticked it, unless the call needs it. */
const optional = ({ name, required, description }: Parameter): JsonSchema => ({
  key: name,
  value: '',
  ...(description !== undefined && { description }),
  ...(!required && { disabled: true }),
});

function bodyOf(type: string, { schema, example }: Media): JsonSchema {
  if (type === 'multipart/form-data') {
    const formdata = Object.entries(schema.properties ?? {}).map(([key, { contentMediaType }]) => ({
      key,
      ...(contentMediaType === undefined ? { value: '', type: 'text' } : { src: null, type: 'file' }),
      ...(!schema.required?.includes(key) && { disabled: true }),
    }));
    return { mode: 'formdata', formdata };
  }
  const raw = typeof example === 'string' ? example : JSON.stringify(example ?? {}, null, 2);
  return { mode: 'raw', raw, options: { raw: { language: 'json' } } };
}
