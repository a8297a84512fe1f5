import type { JsonSchema } from './json-schema';

/** A field of a body or a type, or a parameter. */
interface Field {
  name: string;
  schema: JsonSchema;
  /** What is said of it in brackets, such as `required`. */
  marks?: readonly string[];
}

const ID = '^[0-9a-fA-F]{24}$';

/** What limits a value, in words. */
const LIMITS: Record<string, (value: unknown) => string> = {
  minLength: (value) => `at least ${String(value)} characters`,
  maxLength: (value) => `at most ${String(value)} characters`,
  minimum: (value) => `at least ${String(value)}`,
  maximum: (value) => `at most ${String(value)}`,
  minItems: (value) => `at least ${String(value)} of them`,
  maxItems: (value) => `at most ${String(value)} of them`,
  uniqueItems: () => 'none twice',
  pattern: (value) => (value === ID ? 'an id of 24 hex digits' : `pattern \`${String(value)}\``),
  default: (value) => `default \`${JSON.stringify(value)}\``,
  examples: (value) => `such as ${(value as unknown[]).map((one) => `\`${JSON.stringify(one)}\``).join(', ')}`,
};

/** Schemas in words: a reference becomes the name of its type, and the type is remembered to be explained. */
export class TypeWords {
  private readonly names = new Set<string>();

  constructor(private readonly schemas: Readonly<Record<string, JsonSchema>>) {}

  /** A field in one line: its name, its type, its limits, and what it is. */
  field({ name, schema, marks = [] }: Field): string {
    const { description } = schema as { description?: string };
    const about = [this.typeOf(schema), ...limitsOf(schema)].join(', ');
    const brackets = marks.length > 0 ? ` (${marks.join(', ')})` : '';
    return `- \`${name}\`${brackets}: ${about}${description ? `. ${description.replaceAll('\n', ' ')}` : ''}`;
  }

  /** The fields of an object, also of one that is named; `null` for what is no object with known fields. */
  fieldsOf(schema: JsonSchema): (Field & { isRequired: boolean })[] | null {
    const {
      $ref,
      properties,
      required = [],
    } = schema as {
      $ref?: string;
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    if ($ref !== undefined) return this.fieldsOf(this.schemas[nameOf($ref)]!);
    if (properties === undefined) return null;
    return Object.entries(properties).map(([name, one]) => ({ name, schema: one, isRequired: required.includes(name) }));
  }

  /** The type of a value: names of types, `string`, `{ … }`, with `or` between alternatives. */
  typeOf(schema: JsonSchema): string {
    const { $ref, anyOf, oneOf, allOf, type, items } = schema as Record<string, unknown> & Alternatives;
    if ($ref !== undefined) return this.remembered(nameOf($ref));
    const choices = anyOf ?? oneOf;
    if (choices !== undefined) return choices.map((one) => this.withLimits(one)).join(' or ');
    if (allOf !== undefined) return allOf.map((one) => this.typeOf(one)).join(' and ');
    if ('const' in schema) return JSON.stringify(schema.const);
    if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' or ');
    if (Array.isArray(type)) return type.map((one: string) => this.typeOf({ ...schema, type: one })).join(' or ');
    if (type === 'array') return items === undefined ? 'list' : `list of (${this.withLimits(items)})`.replace(/\((\w+)\)$/, '$1');
    if (type === 'object' || 'properties' in schema) return this.objectWords(schema);
    if (typeof type !== 'string') return 'anything';
    return type === 'string' && typeof schema.format === 'string' ? `string (${schema.format})` : type;
  }

  /** Every type that was named, by its name, with its lines; those that these name, too. */
  named(): [string, string[]][] {
    const done = new Map<string, string[]>();
    for (let open = [...this.names]; open.length > 0; open = [...this.names].filter((name) => !done.has(name))) {
      for (const name of open) done.set(name, this.linesOf(name));
    }
    return [...done].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  private linesOf(name: string): string[] {
    const schema = this.schemas[name]!;
    const { description } = schema as { description?: string };
    const fields = this.fieldsOf(schema);
    const lines = fields
      ? fields.map(({ isRequired, ...field }) => this.field({ ...field, name: `${field.name}${isRequired ? '' : '?'}` }))
      : [`- ${this.withLimits(schema)}`];
    return [...(description ? [description.replaceAll('\n', ' '), ''] : []), ...lines];
  }

  private objectWords(schema: JsonSchema): string {
    const fields = this.fieldsOf(schema) ?? [];
    const more = schema.additionalProperties;
    const texts = fields.map(({ name, schema: one, isRequired }) => `${name}${isRequired ? '' : '?'}: ${this.withLimits(one)}`);
    if (typeof more === 'object' && more !== null) texts.push(`[key]: ${this.withLimits(more as JsonSchema)}`);
    if (more === true || texts.length === 0) texts.push('…');
    return `{ ${texts.join(', ')} }`;
  }

  private withLimits(schema: JsonSchema): string {
    return [this.typeOf(schema), ...limitsOf(schema)].join(', ');
  }

  private remembered(name: string): string {
    if (this.schemas[name] === undefined) throw new Error(`No schema is called ${name}`);
    this.names.add(name);
    return name;
  }
}

interface Alternatives {
  $ref?: string;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  type?: unknown;
  items?: JsonSchema;
}

const nameOf = (reference: string): string => reference.split('/').at(-1)!;

function limitsOf(schema: JsonSchema): string[] {
  return Object.entries(LIMITS).flatMap(([keyword, words]) => (keyword in schema ? [words(schema[keyword])] : []));
}
