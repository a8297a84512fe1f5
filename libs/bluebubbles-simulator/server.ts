import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bridge } from './bridge';
import { answerBridgeCall } from './bridge-api';
import { ControlApi, type LedgerFilter, type ReceiptOrder, type ReplyOrder } from './control-api';
import type { Controls } from './controls';
import { BadRequest, failure, Missing } from './envelope';
import { Ledger, type LedgerEntry } from './ledger';
import type { Answer } from './sends';
import { World } from './world';

const API = '/api/v1/';

export interface SimulatorOptions {
  /** The TCP port; 0, the default, takes a free one. */
  port?: number;
  /** The address to listen on, 127.0.0.1 by default. */
  host?: string;
  /** Where sends are written down; null keeps them in memory. */
  ledgerFile: string | null;
  /** One for each Mac, told apart by their passwords. */
  bridges: { password: string; controls?: Partial<Controls> }[];
  /** The clock, in ms since 1970; `Date.now` by default. */
  now?: () => number;
  /** Chance, 0 to below 1; `Math.random` by default. */
  random?: () => number;
}

export interface Simulator {
  /** `http://host:port`, what a line's bridge URL is. */
  url: string;
  port: number;
  ledger(filter?: LedgerFilter): LedgerEntry[];
  /** As POST /control. */
  control(
    changes: Partial<Controls> & { password?: string; bridge?: number; reset?: boolean },
  ): ReturnType<ControlApi['control']>;
  /** As POST /reply. */
  reply(order: ReplyOrder): ReturnType<ControlApi['reply']>;
  /** As POST /receipt. */
  receipt(order: ReceiptOrder): ReturnType<ControlApi['receipt']>;
  /** As POST /send-error. */
  sendError(guid: string, error: number): ReturnType<ControlApi['sendError']>;
  /** Cuts every connection and frees the port. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a server that speaks BlueBubbles' API for any number of bridges, and keeps a ledger of what it was
 * asked.
 * @throws the error of the system when the address cannot be had, and when two bridges share a password
 */
export async function startBlueBubblesSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', ledgerFile, now = Date.now, random = Math.random } = options;
  const passwords = options.bridges.map(({ password }) => password);
  if (passwords.length === 0 || passwords.includes('') || new Set(passwords).size < passwords.length) {
    throw new Error('The simulator needs at least one bridge, each with a password of its own');
  }
  const bridges = options.bridges.map(({ password, controls }, number) => new Bridge(number, password, controls));
  const world = new World(bridges, new Ledger(ledgerFile), now, random);
  const controlApi = new ControlApi(world);
  const server = createServer((request, response) => void handle(world, controlApi, request, response));
  server.keepAliveTimeout = 60_000;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    world.ledger.close();
    throw error;
  });

  const taken = (server.address() as AddressInfo).port;
  let stopping: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await world.stop();
    await closed;
  };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    ledger: (filter) => controlApi.ledger(filter),
    control: (changes) => controlApi.control({ ...changes }),
    reply: (order) => controlApi.reply(order),
    receipt: (order) => controlApi.receipt(order),
    sendError: (guid, error) => controlApi.sendError(guid, error),
    stop: () => (stopping ??= close()),
  };
}

async function handle(world: World, controlApi: ControlApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = world.now();
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
    if (pathname.startsWith(API)) {
      write(response, await bridgeAnswer(world, pathname.slice(API.length), { request, query: searchParams, at }));
    } else {
      writeJson(response, 200, await controlApi.answer(pathname.slice(1), request, searchParams));
    }
  } catch (error) {
    if (error instanceof BadRequest || error instanceof URIError) write(response, failure(400, error.message));
    else if (error instanceof Missing) write(response, failure(404, error.message));
    else write(response, failure(500, error instanceof Error ? error.message : String(error)));
  }
}

async function bridgeAnswer(
  world: World,
  path: string,
  call: { request: IncomingMessage; query: URLSearchParams; at: number },
): Promise<Answer> {
  const { query } = call;
  const password = query.get('password') ?? query.get('guid') ?? query.get('token');
  const bridge = world.bridges.find((each) => each.password === password);
  if (bridge ? bridge.controls.down : world.bridges.every(({ controls }) => controls.down)) return 'drop';
  if (!bridge) return failure(401, password === null ? 'Missing server password!' : 'Unauthorized');
  return answerBridgeCall(path, { world, bridge, ...call });
}

function write(response: ServerResponse, answer: Answer): void {
  if (answer === 'drop') response.destroy();
  else if (answer === 'garbage') response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Bad gateway');
  else writeJson(response, answer.status, answer);
}

function writeJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
