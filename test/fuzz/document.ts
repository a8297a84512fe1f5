import document from '#openapi';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  examples?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Operation {
  id: string;
  method: string;
  /** With `{name}` for what stands there. */
  path: string;
  query: { name: string; required?: boolean; schema: Schema }[];
  /** The body's schema by its type. */
  bodies: Record<string, Schema>;
  /** The statuses that it may answer with. */
  statuses: ReadonlySet<number>;
}

interface Described {
  operationId: string;
  parameters: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, unknown>;
}

const { paths, components } = document as unknown as {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
};

/** Every operation of the document. */
export const OPERATIONS: readonly Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, parameters, requestBody, responses }]) => ({
    id: operationId,
    method: method.toUpperCase(),
    path,
    query: parameters.filter((parameter) => parameter.in === 'query'),
    bodies: Object.fromEntries(Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema])),
    statuses: new Set(Object.keys(responses).map(Number)),
  })),
);

/** The schema itself, where it is a reference. */
export function resolved(schema: Schema): Schema {
  return schema.$ref ? resolved(components.schemas[schema.$ref.split('/').at(-1)!]!) : schema;
}
