import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Account, accountOf, type AccountOptions } from './accounts';
import { answerOrder, type Orders } from './control-api';
import { DEFAULT_CONTROLS, REAL_TIMES, type Times } from './controls';
import { Front, write } from './front';
import type { LedgerEntry, LedgerFilter } from './ledger';
import type { SimulatedMessage } from './messages';
import { type Listed, World } from './world';

export interface TwilioSimulatorOptions {
  /** The TCP port; 0, the default, takes a free one. */
  port?: number;
  /** The address to listen on, 127.0.0.1 by default. */
  host?: string;
  accounts: AccountOptions[];
  /** How long everything takes: `REAL_TIMES` by default, `QUICK_TIMES` for tests. */
  times?: Times;
  /** The clock, in ms since 1970; `Date.now` by default. */
  now?: () => number;
}

export interface TwilioSimulator extends Orders {
  /** `http://host:port`: what an account's API URL is. */
  url: string;
  port: number;
  /** What truly happened. */
  ledger(filter?: LedgerFilter): LedgerEntry[];
  /** Messages both ways, as they are by now, oldest first. */
  messages(): readonly Readonly<SimulatedMessage>[];
  /** Every page of messages that was asked for, oldest first. */
  listed(): readonly Readonly<Listed>[];
  /** An account is suspended, closed, or works again. */
  setStatus(accountSid: string, status: Account['status']): void;
  /** Cuts every connection and frees the port. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a server that speaks Twilio's messaging API, and keeps a ledger of what it was asked. It never
 * contacts anybody but the URLs that it is given for callbacks.
 * @throws the error of the system when the address cannot be had
 */
export async function startTwilioSimulator(options: TwilioSimulatorOptions): Promise<TwilioSimulator> {
  const { port = 0, host = '127.0.0.1', times = REAL_TIMES, now = Date.now } = options;
  const controls = { ...DEFAULT_CONTROLS };
  const world = new World(options.accounts.map(accountOf), times, controls, now);
  const front = new Front(world);
  const accountWith = (is: (account: Account) => boolean): Account => {
    const account = world.accounts.find(is);
    if (!account) throw new Error('No account of the simulator has that id, or that number');
    return account;
  };
  const orders: Orders = {
    ledger: (filter) => world.ledger.find(filter),
    control: (changes) => Object.assign(controls, changes),
    fail: (faults) => world.faults.set(faults),
    inbound: (order) =>
      world.inbound(
        accountWith(({ numbers }) => numbers.includes(order.to)),
        order,
      ),
    callAt: (sid, url) => {
      accountWith(({ accountSid }) => accountSid === sid).inboundUrl = url;
    },
  };
  const server = createServer((request, response) => void handle({ front, orders }, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  let stopping: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await world.callbacks.stop();
    await closed;
  };
  return {
    ...orders,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    ledger: (filter) => world.ledger.find(filter),
    messages: () => world.messages,
    listed: () => world.listed,
    setStatus: (sid, status) => {
      accountWith(({ accountSid }) => accountSid === sid).status = status;
    },
    stop: () => (stopping ??= close()),
  };
}

async function handle(
  { front, orders }: { front: Front; orders: Orders },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  try {
    if (front.serves(url.pathname)) await front.serve(request, response, url);
    else write(response, await answerOrder(orders, request, url));
  } catch (error) {
    write(response, { status: 400, body: { error: error instanceof Error ? error.message : String(error) } });
  }
}
