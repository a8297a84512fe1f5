import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bridge } from './bridge';
import { ControlApi } from './control-api';
import type { Controls } from './controls';
import { Director } from './director';
import { Front, write, writeJson } from './front';
import { Ledger, type LedgerFilter } from './ledger';
import type { LedgerEntry } from './ledger-entries';
import type { Chosen, InboundRow, SendErrorOrder } from './orders';
import { Answered, unhandled } from './server/envelope';
import { REAL_TIMES, type Times } from './times';
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
  /** How long everything takes: `REAL_TIMES` by default, `QUICK_TIMES` for tests. */
  times?: Times;
  /** The clock, in ms since 1970; `Date.now` by default. */
  now?: () => number;
  /** Chance, 0 to below 1; `Math.random` by default. */
  random?: () => number;
}

export interface Simulator extends Pick<Director, 'calls' | 'controls' | 'event' | 'openChat' | 'receipt' | 'reply' | 'restart'> {
  /** `http://host:port`, what a line's bridge URL is. */
  url: string;
  port: number;
  ledger(filter?: LedgerFilter): LedgerEntry[];
  /** As POST /control. */
  control(changes: Partial<Controls> & Chosen & { reset?: boolean }): ReturnType<Director['control']>;
  /** As POST /inbound: one row, or several that appear at once. */
  inbound(rows: InboundRow | InboundRow[], chosen?: Chosen): ReturnType<Director['inbound']>;
  /** As POST /send-error. */
  sendError(guid: string, error?: number, event?: SendErrorOrder['event']): ReturnType<Director['sendError']>;
  /** Cuts every connection and frees the port. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a server that speaks BlueBubbles' API for any number of bridges, and keeps a ledger of what it was
 * asked.
 * @throws the error of the system when the address cannot be had, and when two bridges share a password
 */
export async function startBlueBubblesSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', ledgerFile, times = REAL_TIMES, now = Date.now, random = Math.random } = options;
  const passwords = options.bridges.map(({ password }) => password);
  if (passwords.length === 0 || passwords.includes('') || new Set(passwords).size < passwords.length) {
    throw new Error('The simulator needs at least one bridge, each with a password of its own');
  }
  const bridges = options.bridges.map(
    ({ password, controls }, number) => new Bridge(number, password, times, { controls, now: Date.now() }),
  );
  const ledger = new Ledger(ledgerFile);
  const world = new World(bridges, ledger, now, random);
  const director = new Director(world);
  const front = new Front(world);
  const controlApi = new ControlApi(director, ledger);
  const server = createServer((request, response) => void handle({ front, controlApi }, request, response));
  server.keepAliveTimeout = times.keepAliveMs;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch(async (error: unknown) => {
    await world.stop();
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
    ledger: (filter) => ledger.find(filter),
    calls: (filter) => director.calls(filter),
    controls: () => director.controls(),
    control: (changes) => director.control({ ...changes }),
    reply: (order) => director.reply(order),
    inbound: (rows, chosen) => director.inbound(Array.isArray(rows) ? rows : [rows], chosen),
    receipt: (order) => director.receipt(order),
    sendError: (guid, error, event) => director.sendError({ guid, error, event }),
    openChat: (order) => director.openChat(order),
    restart: (order) => director.restart(order),
    event: (order) => director.event(order),
    stop: () => (stopping ??= close()),
  };
}

async function handle(
  { front, controlApi }: { front: Front; controlApi: ControlApi },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
  if (pathname.startsWith(API)) {
    write(response, await front.answer(pathname.slice(API.length), request, searchParams));
    return;
  }
  try {
    writeJson(response, 200, await controlApi.answer(pathname.slice(1), request, searchParams));
  } catch (error) {
    if (error instanceof Answered) write(response, error.answer);
    else write(response, unhandled(error instanceof Error ? error.message : String(error)));
  }
}
