import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import openApi from '#openapi';

interface Operation {
  operationId: string;
  security?: object[];
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
}
interface Item {
  name: string;
  request: {
    method: string;
    auth?: { type: string };
    header: { key: string }[];
    url: { raw: string; path: string[]; query?: { key: string; disabled?: boolean }[]; variable?: { key: string }[] };
    body?: { mode: string; raw?: string };
  };
}

const { paths } = openApi as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);
const collection = JSON.parse(readFileSync('docs/postman.json', 'utf8')) as { item: { item: Item[] }[] };
const items = collection.item.flatMap(({ item }) => item);

const pairs = {
  type: 'array',
  items: {
    type: 'object',
    required: ['key', 'value'],
    properties: {
      key: { type: 'string' },
      value: { type: ['string', 'null'] },
      disabled: { type: 'boolean' },
      description: { type: 'string' },
      type: { type: 'string' },
    },
    additionalProperties: false,
  },
};
const form = {
  type: 'array',
  minItems: 1,
  items: { type: 'object', required: ['key', 'type'], properties: { type: { enum: ['text', 'file'] } } },
};
const auth = { type: 'object', required: ['type'], properties: { type: { enum: ['bearer', 'noauth'] } } };
/** The parts of Postman's own schema (collection v2.1.0) that a collection of ours uses, and no others. */
const FORM = {
  type: 'object',
  required: ['info', 'item'],
  additionalProperties: false,
  properties: {
    info: {
      type: 'object',
      required: ['name', 'schema'],
      properties: { schema: { const: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' } },
    },
    auth,
    variable: pairs,
    item: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'item'],
        additionalProperties: false,
        properties: {
          name: { type: 'string' },
          description: { type: 'string' },
          item: { type: 'array', minItems: 1, items: { $ref: '#/$defs/request' } },
        },
      },
    },
  },
  $defs: {
    request: {
      type: 'object',
      required: ['name', 'request'],
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        request: {
          type: 'object',
          required: ['method', 'header', 'url'],
          additionalProperties: false,
          properties: {
            method: { enum: ['GET', 'POST', 'PATCH', 'DELETE'] },
            description: { type: 'string' },
            auth,
            header: pairs,
            url: {
              type: 'object',
              required: ['raw', 'host', 'path'],
              additionalProperties: false,
              properties: {
                raw: { type: 'string' },
                host: { type: 'array', items: { type: 'string' } },
                path: { type: 'array', items: { type: 'string' } },
                query: pairs,
                variable: pairs,
              },
            },
            body: {
              type: 'object',
              required: ['mode'],
              properties: { mode: { enum: ['raw', 'formdata'] }, raw: { type: 'string' }, formdata: form },
            },
          },
        },
      },
    },
  },
};

/** Made from docs/openapi.json; that it is up to date, `npm run check` sees to. */
describe('docs/postman.json', () => {
  it('has the form that Postman asks for', () => {
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    expect([ajv.validate(FORM, collection), ajv.errors]).toEqual([true, null]);
  });

  it('has a request of each operation, once, to where it is', () => {
    const asked = items.map(({ name, request: { method, url } }) => `${name}: ${method} ${url.raw}`);
    const wanted = operations.map(
      ({ method, path, operation }) => `${operation.operationId}: ${method} {{baseUrl}}${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    expect(asked.sort()).toEqual(wanted.sort());
  });

  it('has the parameters, the recorded body, and no key where none is needed', () => {
    for (const { operation } of operations) {
      const { request } = items.find(({ name }) => name === operation.operationId)!;
      const names = (place: string) => operation.parameters.filter((one) => one.in === place).map(({ name }) => name);
      expect((request.url.query ?? []).map(({ key }) => key)).toEqual(names('query'));
      expect((request.url.variable ?? []).map(({ key }) => key)).toEqual(names('path'));
      expect(request.header.map(({ key }) => key)).toEqual(expect.arrayContaining(names('header')));
      expect(request.auth?.type).toBe(operation.security?.length === 0 ? 'noauth' : undefined);
      const example = operation.requestBody?.content['application/json']?.example;
      if (example !== undefined) expect(JSON.parse(request.body!.raw!)).toEqual(example);
    }
  });
});
