import { resolved, type Schema } from './document';
import type { Random } from './random';

/** Where ids come from: by the field or path parameter that they stand in, as far as that is known. */
export type IdSource = (name: string) => string;

const WORDS = ['Ada', 'Zoë O’Neil', '李雷', '', ' ', '🙂', 'a{firstName}b', '=1+1', '<b>x</b>', 'x'.repeat(50), 'null', '0'];
/** What field names promise; targets are ports where nobody listens. */
const BY_NAME: [RegExp, (random: Random) => unknown][] = [
  [/phone/i, (random) => `+1${202 + random.below(700)}555${String(random.below(10_000)).padStart(4, '0')}`],
  [/recipientEmail|^(alt)?e-?mail\d?$/i, (random) => `p${random.below(5_000)}@example.com`],
  [/^address$/, (random) => random.of(['+12025550140', 'p1@example.com', 'example.com', 'nobody'])],
  [/^domain$/, (random) => `d${random.below(100)}.example`],
  [/url$/i, (random) => random.of(['https://127.0.0.1:9/x', 'http://127.0.0.1:9/', 'https://127.0.0.1:9/a.png'])],
  [/urls$/i, (random) => random.of([['https://127.0.0.1:9/a.png'], []])],
  [/timezone|zone$/i, (random) => random.of(['Europe/Berlin', 'America/New_York', 'UTC', 'lead'])],
  [/window(start|end)$|^(start|end)$/i, (random) => `${String(random.below(24)).padStart(2, '0')}:00`],
  [/date|since|until|At$/, (random) => new Date(1.7e12 + random.below(1e6) * 86_400).toISOString()],
  [/countryCode/i, (random) => random.of(['+1', '44', '+49', 'US'])],
  [/template|message|text/i, (random) => random.of(['Hi {firstName}', 'Hello', 'Bye {{ lastName | "there" }}', '{unsubscribe}'])],
  [/cursor/, (random) => random.of(['', '', 'AAAA', 'eyJhIjoxfQ'])],
  [/customField$/, (random) => random.of(['size:5', 'a:b:c', 'none'])],
];

/** A value that the schema takes, as a rule: names say what no schema does. */
export function valid(given: Schema, name: string, random: Random, idOf: IdSource, depth = 0): unknown {
  const schema = resolved(given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.of(schema.enum);
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return valid(random.of(choice), name, random, idOf, depth);
  if (schema.allOf) {
    const parts = schema.allOf.map((one) => valid(one, name, random, idOf, depth));
    return Object.assign({}, ...(parts as object[])) as unknown;
  }
  const types = [schema.type ?? []].flat();
  if (types.length === 0 && !schema.properties) return random.of<unknown>(['x', 1, null, true, { a: [1] }]);
  // `null` is rarer than what it stands for.
  const type = types.includes('null') && random.percent(15) ? 'null' : random.of(types.filter((one) => one !== 'null'));
  if (type === 'null') return null;
  if (type === 'boolean') return random.percent(50);
  if (type === 'integer' || type === 'number') return numberOf(schema, random);
  if (type === 'array') return arrayOf(schema, name, random, idOf, depth);
  if (type === 'object' || schema.properties) return objectOf(schema, random, idOf, depth);
  return textOf(schema, name, random, idOf);
}

function numberOf({ minimum = 0, maximum = 1_000 }: Schema, random: Random): number {
  return random.of([minimum, Math.min(maximum, minimum + 1), Math.min(maximum, minimum + random.below(50)), maximum]);
}

function arrayOf(schema: Schema, name: string, random: Random, idOf: IdSource, depth: number): unknown[] {
  const { items = {}, minItems = 0, maxItems = 3 } = schema;
  const count = Math.min(maxItems, Math.max(minItems, random.below(4)));
  return Array.from({ length: depth > 5 ? minItems : count }, () =>
    valid(items, name.replace(/s$/, ''), random, idOf, depth + 1),
  );
}

function objectOf(
  { properties = {}, required = [], additionalProperties }: Schema,
  random: Random,
  idOf: IdSource,
  depth: number,
) {
  const chosen = Object.entries(properties).filter(([name]) => required.includes(name) || random.percent(depth > 5 ? 0 : 30));
  const object = Object.fromEntries(chosen.map(([name, schema]) => [name, valid(schema, name, random, idOf, depth + 1)]));
  if (typeof additionalProperties === 'object' && random.percent(50)) {
    object[`own ${random.below(5)}`] = valid(additionalProperties, '', random, idOf, depth + 1);
  }
  return object;
}

function textOf(schema: Schema, name: string, random: Random, idOf: IdSource): unknown {
  if (schema.pattern === '^[0-9a-fA-F]{24}$' || /(^|[a-z])Ids?$|^_?ids?$/.test(name)) return idOf(name);
  const made = BY_NAME.find(([pattern]) => pattern.test(name))?.[1](random);
  if (typeof made === 'string') return made;
  if (schema.examples?.length && random.percent(60)) return random.of(schema.examples);
  return random.of(WORDS).slice(0, schema.maxLength ?? Infinity);
}

/** What nobody should send, and somebody does. */
const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  2 ** 53,
  -0,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '../../etc/passwd',
  '$where',
  'x'.repeat(20_000),
  '9'.repeat(400),
  '2024-02-30T00:00:00Z',
  '+275760-09-14T00:00:00Z',
  '-271821-04-19T00:00:00Z',
  '0'.repeat(24),
  'g'.repeat(24),
  [],
  [null],
  [[]],
  [[[[[[[[]]]]]]]],
  {},
  { $gt: '' },
  { $ne: null },
  { length: 1e9 },
  { toString: 1 },
  { constructor: { prototype: {} } },
  Array.from({ length: 300 }, (_, index) => index),
];

/** A junk value; one in two is of the kind that was there, so that it gets further. */
export function junk(random: Random, was: unknown): unknown {
  if (random.percent(50)) {
    const alike = JUNK.filter((value) => typeof value === typeof was && Array.isArray(value) === Array.isArray(was));
    if (alike.length > 0) return random.of(alike);
  }
  return random.of(JUNK);
}

const STRANGE_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '$set',
  'a.b',
  '',
  'unknown',
  'workspaceId',
  '_id',
  '\u0000',
];

/** The same value with one place in it broken: another value, a field less, or one that nobody knows. */
export function broken(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.percent(70)) {
    const at = random.below(value.length);
    return value.map((one, index) => (index === at ? broken(one, random) : (one as unknown)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return junk(random, value);
  const names = Object.keys(value);
  const way = random.below(10);
  if (way === 0) return junk(random, value);
  if (way === 1) {
    const more = JSON.parse(
      `{${JSON.stringify(random.of(STRANGE_NAMES))}: ${JSON.stringify(junk(random, 'x')) ?? 'null'}}`,
    ) as object;
    return Object.defineProperties({ ...value }, Object.getOwnPropertyDescriptors(more));
  }
  if (names.length === 0) return { [random.of(STRANGE_NAMES)]: junk(random, 'x') };
  const name = random.of(names);
  const rest = Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  if (way === 2) return rest;
  return { ...rest, [name]: broken((value as Record<string, unknown>)[name], random) };
}
