import type { Furnished } from '../support/furnished';
import { type Operation, OPERATIONS } from './document';
import type { Random } from './random';
import { broken, type IdSource, junk, valid } from './values';

/** What a request is: as the document wants it, broken, about somebody else's, or wrong as a request. */
export const KINDS = ['valid', 'broken', 'foreign', 'protocol'] as const;
type Kind = (typeof KINDS)[number];

export interface FuzzedRequest {
  kind: Kind;
  operation: Operation;
  method: string;
  /** Path and query, as they go over the wire. */
  url: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

/** Whose request it is. */
export interface Callers {
  own: Furnished;
  foreign: Furnished;
  /** A session of a member of the own workspace. */
  member: string;
}

type Things = Omit<Furnished, 'tenant' | 'session'>;

/** By the last word of a path or the name of a field: which of a workspace's things it may name. */
const THINGS: [RegExp, keyof Things][] = [
  [/line/i, 'line'],
  [/list/i, 'list'],
  [/campaign/i, 'campaign'],
  [/message/i, 'message'],
  [/deliver/i, 'delivery'],
  [/repl(y|ies)/i, 'reply'],
  [/webhook/i, 'webhook'],
  [/suppressions\/imports/i, 'suppressionImport'],
  [/suppression/i, 'suppression'],
  [/erasure/i, 'erasure'],
  [/import/i, 'import'],
  [/api-keys/i, 'key'],
  [/job/i, 'job'],
  [/lead/i, 'lead'],
];

const idFrom =
  (things: Furnished, random: Random): IdSource =>
  (name) => {
    if (random.percent(10)) return random.of(['0'.repeat(24), 'f'.repeat(24)]);
    const kind = THINGS.find(([pattern]) => pattern.test(name))?.[1];
    return things[kind ?? random.of(THINGS)[1]];
  };

/** One request, about the things of a workspace. */
export function fuzzed(random: Random, callers: Callers): FuzzedRequest {
  const operation = random.of(OPERATIONS);
  const kind = random.of(KINDS);
  const idOf = idFrom(kind === 'foreign' ? callers.foreign : callers.own, random);
  const request: FuzzedRequest = {
    kind,
    operation,
    method: operation.method,
    url: pathOf(operation, kind, random, idOf) + queryOf(operation, kind, random, idOf),
    headers: { authorization: callerOf(kind, random, callers) },
    body: undefined,
  };
  putBody(request, random, idOf);
  if (random.percent(5)) request.headers['idempotency-key'] = `k${random.below(50)}`;
  return kind === 'protocol' ? misused(request, random) : request;
}

function callerOf(kind: Kind, random: Random, { own, foreign, member }: Callers): string {
  // Whoever asks about another's things is always somebody who may do the same with their own.
  if (kind === 'foreign' || random.percent(70)) return `Bearer ${random.of([own.tenant.key, own.session])}`;
  if (random.percent(50)) return `Bearer ${member}`;
  const key = foreign.tenant.key;
  return random.of([
    '',
    'Bearer',
    'Basic x:y',
    `Bearer ${key.slice(0, -1)}`,
    `Bearer ${member.slice(0, -3)}`,
    `Bearer ${'x'.repeat(9_000)}`,
  ]);
}

const BROKEN_SEGMENTS = [
  '%00',
  '..%2f..',
  '%',
  '%zz',
  'x'.repeat(300),
  '1',
  'null',
  '{id}',
  '%F0%9F%99%82',
  'A'.repeat(24),
  "'--",
];

function pathOf({ path }: Operation, kind: Kind, random: Random, idOf: IdSource): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string, offset: number) => {
    if (kind === 'broken' && random.percent(20)) return random.of(BROKEN_SEGMENTS);
    if (name === 'provider') return random.of(['bluebubbles', 'clerk', 'none']);
    if (name === 'secret' || name === 'token') return random.of(['x', 'a'.repeat(43), '0'.repeat(64)]);
    if (name === 'file') return random.of(['swagger-ui.css', 'none.js']);
    return idOf(name === 'id' ? path.slice(0, offset) : name);
  });
}

function queryOf({ query }: Operation, kind: Kind, random: Random, idOf: IdSource): string {
  const chosen = query.filter(({ required }) => required === true || random.percent(20));
  const pairs = chosen.map(({ name, schema }): [string, string] => {
    const value = valid(schema, name, random, idOf);
    return [name, asText(kind === 'broken' && random.percent(40) ? junk(random, value) : value)];
  });
  if (kind === 'broken' && random.percent(15))
    pairs.push([random.of(['unknown', '__proto__', 'limit[]', 'page[$gt]', 'limit']), '1']);
  const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${escaped(value)}`).join('&');
  return text && `?${text}`;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 4_000);

/** A lone half of a character cannot be encoded, and is sent as nobody should. */
function escaped(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return '%ed%a0%80';
  }
}

function putBody(request: FuzzedRequest, random: Random, idOf: IdSource): void {
  const { operation, kind } = request;
  const [type] = Object.keys(operation.bodies);
  if (!type) return;
  const made = valid(operation.bodies[type]!, '', random, idOf);
  const value = kind === 'broken' && random.percent(80) ? broken(made, random) : made;
  if (type.startsWith('multipart/')) return putForm(request, value, random);
  request.headers['content-type'] = type;
  request.body = JSON.stringify(value) ?? 'null';
}

const FILES = [
  'Phone,Email\n+12025550140,p1@example.com\n',
  'Phone\n"unclosed\n',
  '\u0000\u0001\u0002',
  '',
  'a;b;c\n1;2\n',
  `${'x,'.repeat(2_000)}\n`,
  '\uFEFFphone\tname\r\n+442079460958\tÉmile\r\n',
];

function putForm(request: FuzzedRequest, value: unknown, random: Random): void {
  const boundary = 'fuzzed-boundary';
  const fields = Object.entries((value ?? {}) as object).filter(([name]) => name !== 'file');
  const parts = fields.map(
    ([name, one]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, '')}"\r\n\r\n${asText(one)}\r\n`,
  );
  const file = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="f.csv"\r\ncontent-type: text/csv\r\n\r\n${random.of(FILES)}\r\n`;
  const isWhole = request.kind !== 'broken' || random.percent(50);
  request.headers['content-type'] = `multipart/form-data; boundary=${boundary}`;
  request.body = Buffer.from(
    [...parts, isWhole || random.percent(50) ? file : '', isWhole ? `--${boundary}--\r\n` : ''].join(''),
  );
}

const TYPES = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'multipart/form-data',
  'x',
  'application/x-www-form-urlencoded',
];
const BODIES = [
  '{',
  '{"a":',
  '[1,',
  'null',
  '""',
  '[]',
  '{"a":1}{"b":2}',
  '\u0000',
  '['.repeat(5_000),
  '{"a":'.repeat(500),
  '{"__proto__":{"x":1}}',
];

/** Wrong as a request, whatever it is about. */
function misused(request: FuzzedRequest, random: Random): FuzzedRequest {
  switch (random.below(5)) {
    case 0:
      return { ...request, method: random.of(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) };
    case 1:
      return { ...request, headers: { ...request.headers, 'content-type': random.of(TYPES) }, body: request.body ?? 'a=1' };
    case 2:
      return { ...request, headers: { ...request.headers, 'content-type': 'application/json' }, body: random.of(BODIES) };
    case 3:
      return { ...request, body: undefined };
    default: {
      const odd = random.of<Record<string, string>>([
        { accept: random.of(['application/problem+json', 'text/html', '*/*;q=0', ',,']) },
        { 'x-correlation-id': random.of(['x'.repeat(500), 'a b', '-']) },
        { 'idempotency-key': random.of(['', ' ', 'x'.repeat(300), 'é']) },
        { 'x-forwarded-for': random.of(['1.2.3.4', 'x', '::1, 9.9.9.9']) },
        { 'content-encoding': random.of(['gzip', 'br', 'x']) },
        { origin: 'https://evil.example' },
      ]);
      return { ...request, headers: { ...request.headers, ...odd } };
    }
  }
}
