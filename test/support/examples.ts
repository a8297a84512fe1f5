import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openApi from '#openapi';
import type { Tenant } from './test-app';

interface Example {
  body?: unknown;
  answers: Record<string, unknown>;
}

const FILE = join(process.cwd(), 'docs/openapi-examples.json');
const { paths } = openApi as { paths: Record<string, Record<string, { operationId: string }>> };
const PATTERNS = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId }]) => ({
    operationId,
    method,
    // What is written out comes before what stands for an id.
    parameters: path.split('{').length,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  })),
);

/** A number of the story stands for one that nobody has; a key or a secret is none that opens anything. */
const DISGUISES: [RegExp, string][] = [
  [/http:\/\/127\.0\.0\.1:\d+\/api\/inbound/g, 'https://tuco.example.com/api/inbound'],
  [/http:\/\/127\.0\.0\.1:\d+\/hooks/g, 'https://crm.example.com/hooks'],
  [/http:\/\/127\.0\.0\.1:\d+/g, 'https://mac.example.com'],
  [/whsec_[A-Za-z0-9+/=_-]+/g, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  [/"(key|secret)":"(?!whsec_)[^"]+"/g, '"$1":"shown-once"'],
  [/\/api\/inbound\/(\w+)\/[A-Za-z0-9_-]+/g, '/api/inbound/$1/shown-once'],
];

/** Calls the API as an integrator does, and keeps the first request and answer of each operation. */
export class ExampleBook {
  private readonly examples: Record<string, Example> = {};

  constructor(private readonly tenant: Tenant) {}

  /** @returns the answer's body @throws when the call was refused */
  async call(method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object, token?: string) {
    const call = this.tenant.call(method, path);
    if (token) void call.set('authorization', `Bearer ${token}`);
    const answer = await (body ? call.send(body) : call);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    this.note(method, path, answer.status, answer.type.includes('json') ? answer.body : answer.text, body);
    return answer.body;
  }

  note(method: string, path: string, status: number, answer: unknown, body?: object): void {
    const [place] = `/api${path}`.split('?');
    const operation = PATTERNS.filter((one) => one.method === method && one.pattern.test(place!)).sort(
      (one, other) => one.parameters - other.parameters,
    )[0];
    if (!operation) throw new Error(`${method} ${path} is not in the document`);
    const example = (this.examples[operation.operationId] ??= { ...(body && { body }), answers: {} });
    example.answers[status] ??= answer;
  }

  /** The operations of which there is an example. */
  get told(): string[] {
    return Object.keys(this.examples);
  }

  /** Writes the examples where the description of the API takes them from: then `npm run openapi`. */
  write(): void {
    const sorted = Object.fromEntries(Object.entries(this.examples).sort(([one], [other]) => one.localeCompare(other)));
    let text = JSON.stringify(sorted).replaceAll(this.tenant.id, 'org_2c9kXyz7example');
    for (const [real, shown] of DISGUISES) text = text.replace(real, shown);
    writeFileSync(FILE, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  }
}

/** Every operation of the document. */
export const operationIds: readonly string[] = PATTERNS.map(({ operationId }) => operationId);

/** What is called by others, never ends, is a page for people, or tells how the process is. */
export const WITHOUT_EXAMPLE: ReadonlySet<string> = new Set([
  'checkLive',
  'checkReady',
  'checkWorkers',
  'getOpenApi',
  'getReplyFile',
  'receiveCallback',
  'receiveCallbackByGet',
  'receiveClerkEvent',
  'showUnsubscribePage',
  'streamEvents',
  'unsubscribe',
]);
