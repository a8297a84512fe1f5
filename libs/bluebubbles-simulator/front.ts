import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Bridge } from './bridge';
import { pageOf } from './proxy';
import { readCallBody } from './server/body';
import type { Call } from './server/call';
import { type Answer, Answered, Failure, gatewayTimeout, unauthorized, unhandled } from './server/envelope';
import { routeOf } from './server/routes';
import { ServerEnded } from './server/server-process';
import type { CallRecord, World } from './world';

const CREDENTIALS = ['guid', 'password', 'token'];

/** The way of a call of BlueBubbles' API to a server and back: through a proxy, past the password. */
export class Front {
  constructor(private readonly world: World) {}

  async answer(path: string, request: IncomingMessage, query: URLSearchParams): Promise<Answer> {
    const at = this.world.now();
    const bridge = this.bridgeOf(query);
    const record: CallRecord = {
      at,
      bridge: bridge?.number ?? null,
      method: request.method ?? '',
      path,
      status: null,
      words: null,
    };
    this.world.noteCall(record);
    const answer = await this.behindProxy({ path, request, query, at }, bridge);
    if (answer !== 'cut') record.status = answer.status;
    if (answer !== 'cut' && 'error' in answer) record.words = answer.error?.message ?? null;
    return answer;
  }

  private async behindProxy(incoming: Incoming, bridge: Bridge | undefined): Promise<Answer> {
    const proxy = bridge?.takeProxy(incoming.path) ?? null;
    const instead = proxy && (proxy.page === 'cut' ? 'cut' : pageOf(proxy.page));
    if (instead && !proxy.isAfter) {
      await this.world.sleep(bridge!.controls.latencyMs);
      return instead;
    }
    const isDown = (bridge ? [bridge] : this.world.bridges).every((each) => !this.world.serverOf(each));
    if (isDown) return 'cut';
    const answer = await this.atServer(incoming, bridge, instead !== null);
    return instead ?? answer;
  }

  private async atServer(incoming: Incoming, bridge: Bridge | undefined, isAnswerLost: boolean): Promise<Answer> {
    const { world } = this;
    const { path, request, query, at } = incoming;
    const server = bridge && world.serverOf(bridge);
    const work = async (): Promise<Answer> => {
      const route = routeOf(request.method ?? '', path);
      const body = await readCallBody(request);
      if (!('handler' in route)) return route;
      if (!server) throw wrongPassword(query);
      checkPassword(query, bridge);
      await server.whileStalled();
      const call: Call = { world, bridge: bridge, server, query, body, at, parts: route.parts, isAnswerLost };
      return route.handler(call);
    };
    try {
      const worked = work().catch(answerOf);
      const held = server && timeLimit(bridge.controls.holdMs);
      const answer = await (held ? server.orEnd(Promise.race([worked, held.over])).finally(held.clear) : worked);
      const latencyMs = bridge?.controls.latencyMs ?? 0;
      if (server && latencyMs > 0) await server.sleep(latencyMs);
      return answer;
    } catch (error) {
      return answerOf(error);
    }
  }

  /** Bridges share a port here and are told apart by their passwords; one alone is always meant. */
  private bridgeOf(query: URLSearchParams): Bridge | undefined {
    const { bridges } = this.world;
    const given = CREDENTIALS.flatMap((name) => query.getAll(name).map((each) => each.trim()));
    const found = bridges.find((bridge) => given.includes(storedPassword(bridge.password)));
    return found ?? (bridges.length === 1 ? bridges[0] : undefined);
  }
}

interface Incoming {
  path: string;
  request: IncomingMessage;
  query: URLSearchParams;
  at: number;
}

function timeLimit(ms: number): { over: Promise<Answer>; clear: () => void } {
  let timer: NodeJS.Timeout;
  const over = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(gatewayTimeout(ms)), ms);
  });
  return { over, clear: () => clearTimeout(timer) };
}

function answerOf(error: unknown): Answer {
  if (error instanceof Answered) return error.answer;
  if (error instanceof ServerEnded) return 'cut';
  return unhandled(error instanceof Error ? error.message : String(error));
}

/** The settings of the server turn digits into a number, and 0 and 1 into a truth. */
function storedPassword(password: string): string {
  const trimmed = password.trim();
  if (trimmed === '1' || trimmed === '0') return String(trimmed === '1');
  return /^\d+$/.test(trimmed) ? String(Number(trimmed)) : trimmed;
}

/** The first name that is there counts, also where another one is right. */
function checkPassword(query: URLSearchParams, bridge: Bridge): void {
  const name = CREDENTIALS.find((each) => query.has(each));
  if (name === undefined || bridge.controls.passwordChanged) throw wrongPassword(query);
  const given = query.getAll(name);
  if (given.length > 1) throw new Failure('(value ?? "").trim is not a function');
  if (given[0]!.trim() !== storedPassword(bridge.password)) throw wrongPassword(query);
}

function wrongPassword(query: URLSearchParams): Answered {
  const name = CREDENTIALS.find((each) => query.has(each));
  return unauthorized(name === undefined || query.get(name) === '' ? 'Missing server password!' : 'Unauthorized');
}

export function write(response: ServerResponse, answer: Answer): void {
  if (answer === 'cut') response.destroy();
  else if ('html' in answer) response.writeHead(answer.status, answer.headers).end(answer.html);
  else if ('text' in answer) {
    response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers }).end(answer.text);
  } else writeJson(response, answer.status, answer);
}

export function writeJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
