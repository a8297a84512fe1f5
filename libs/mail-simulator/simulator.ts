import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { AccountOptions } from './accounts';
import type { Fault } from './faults';
import { answer } from './front';
import { imapServer } from './imap-server';
import type { Mailbox } from './mailbox';
import { smtpServer } from './smtp';
import { type MailEntry, type Order, World } from './world';

export interface MailSimulatorOptions {
  accounts: AccountOptions[];
  /** The address to listen on, 127.0.0.1 by default. */
  host?: string;
  /** The TCP ports; 0, the default, takes free ones. */
  ports?: { smtp?: number; imap?: number; http?: number };
  /** Nobody sends without a login, unless this is false. */
  needsLogin?: boolean;
  /** Do mailboxes offer IDLE? They do unless this is false. */
  idle?: boolean;
  /** The clock, in ms since 1970; `Date.now` by default. */
  now?: () => number;
}

export interface MailSimulator {
  host: string;
  smtpPort: number;
  imapPort: number;
  /** `http://host:port`: the page, and orders. */
  url: string;
  /** Mails that were taken, oldest first. */
  ledger(to?: string): readonly MailEntry[];
  fail(faults: readonly Fault[]): void;
  /** Before each answer to a mail, in milliseconds. */
  slowDown(latencyMs: number): void;
  /** Somebody does something about the last mail that they got. */
  order(order: Order): Promise<void>;
  /** Puts a mail into the mailbox of whoever has the address. */
  put(address: string, raw: Buffer): void;
  mailbox(user: string): Mailbox;
  /** Ends all connections to the mailboxes. */
  dropImap(): void;
  /** The mailboxes answer nothing any more, or again. */
  freezeImap(isFrozen: boolean): void;
  /** Cuts every connection and frees the ports. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a mail server that reaches nobody: what is sent is kept in a ledger, what comes back lies in the
 * mailboxes.
 * @throws the error of the system when an address cannot be had
 */
export async function startMailSimulator(options: MailSimulatorOptions): Promise<MailSimulator> {
  const { accounts, host = '127.0.0.1', ports = {}, needsLogin = true, idle = true, now = Date.now } = options;
  const world = new World(accounts, now);
  const smtp = smtpServer(world, { needsLogin });
  const imap = imapServer(world, idle);
  const http = createServer((request, response) => void answer(world, request, response));
  const smtpPort = await listening(smtp.server, () => smtp.listen(ports.smtp ?? 0, host));
  const imapPort = await listening(imap.server, () => imap.server.listen(ports.imap ?? 0, host));
  const httpPort = await listening(http, () => http.listen(ports.http ?? 0, host));
  let stopping: Promise<unknown> | undefined;
  const close = async (): Promise<void> => {
    imap.drop();
    http.closeAllConnections();
    for (const { _socket } of smtp.connections) _socket.destroy();
    await Promise.all([
      new Promise<void>((resolve) => smtp.close(() => resolve())),
      new Promise<void>((resolve) => imap.server.close(() => resolve())),
      new Promise<void>((resolve) => http.close(() => resolve())),
    ]);
  };
  return {
    host,
    smtpPort,
    imapPort,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${httpPort}`,
    ledger: (to) => world.ledger.filter(({ envelope }) => to === undefined || envelope.to === to),
    fail: (faults) => world.faults.set(faults),
    slowDown: (latencyMs) => void (world.latencyMs = latencyMs),
    order: (order) => world.order(order),
    put: (address, raw) => world.put(address, raw),
    mailbox: (user) => world.mailbox(user),
    dropImap: () => imap.drop(),
    freezeImap: (isFrozen) => imap.freeze(isFrozen),
    stop: async () => void (await (stopping ??= close())),
  };
}

function listening(server: Server, listen: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => resolve((server.address() as AddressInfo).port));
    listen();
  });
}
