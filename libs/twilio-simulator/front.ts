import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Api, type ApiRequest, failure, readBody, TOO_MANY } from './api';
import type { Fault } from './faults';
import type { World } from './world';

const API = '/2010-04-01/Accounts/';

const PAGE = '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';

/** What a fault answers in place of the API; `null`: nothing at all. */
function answerOf({ name, retryAfter }: Fault): Answer | null {
  switch (name) {
    case 'too-many-requests':
      return failure({ ...TOO_MANY, ...(retryAfter !== undefined && { retryAfter }) });
    case 'refused':
      return failure({ code: 21619, status: 400, message: 'A text message body or media urls must be specified.' });
    case 'server-error':
      return failure({ code: 20500, status: 500, message: 'An internal server error has occurred' });
    case 'bad-gateway':
      return { status: 502, body: PAGE };
    case 'garbage':
      return { status: 201, body: '<created>' };
    case 'ok-with-error':
      return { status: 200, body: { code: 20500, message: 'An internal server error has occurred', status: 500 } };
    case 'hang':
    case 'cut':
      return null;
  }
}

const NEVER_TAKEN = new Set(['too-many-requests', 'refused']);

/** What stands before the API: latency, faults, and what is answered how. */
export class Front {
  private readonly api: Api;

  constructor(private readonly world: World) {
    this.api = new Api(world);
  }

  serves = (path: string): boolean => path.startsWith(API);

  async serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const call: ApiRequest = {
      method: request.method ?? 'GET',
      path: decodeURIComponent(url.pathname.slice(API.length)),
      query: url.searchParams,
      form: new URLSearchParams(await readBody(request)),
      authorization: request.headers.authorization,
    };
    const { latencyMs } = this.world.controls;
    if (latencyMs > 0) await sleep(latencyMs);
    const account = this.api.authenticate(call);
    if ('body' in account) return write(response, account);
    const creates = call.method === 'POST' && call.path.endsWith('/Messages.json');
    const fault = this.world.faults.next(creates ? (call.form.get('To') ?? '') : null);
    if (!fault) return write(response, this.api.answer(account, call));
    if (creates && fault.taken && !NEVER_TAKEN.has(fault.name)) this.api.answer(account, call);
    if (fault.name === 'cut') return void response.destroy();
    if (fault.name === 'hang') return hang(response, this.world.times.holdMs);
    return write(response, answerOf(fault)!);
  }
}

function hang(response: ServerResponse, ms: number): void {
  const timer = setTimeout(() => response.destroy(), ms);
  timer.unref();
  response.once('close', () => clearTimeout(timer));
}

export function write(response: ServerResponse, { status, body, headers }: Answer): void {
  const isPage = typeof body === 'string';
  const type = isPage ? 'text/html' : 'application/json;charset=utf-8';
  response.writeHead(status, { 'content-type': type, ...headers }).end(isPage ? body : JSON.stringify(body));
}
