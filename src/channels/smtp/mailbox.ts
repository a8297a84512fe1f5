import type { Socket } from 'node:net';
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { GuardedSocket } from '../infrastructure/guarded-socket';
import type { MailServer } from './account';
import { advanced, type Listed, type Place, unread } from './place';

/** Of a longer mail the beginning is read: what a person wrote, and what a report says, stand there. */
const MAX_BYTES = 1_048_576;
/** So many mails are read at once. */
const MAX_MAILS = 100;
/** No mail is begun after this, in milliseconds: the rest is read the next time. */
const READ_FOR_MS = 30_000;
/** A mailbox with more is looked through from its end, where its numbers have changed. */
const MAX_LISTED = 100_000;

/** A mail as it came over the wire, or the beginning of it. */
interface RawMail extends Listed {
  source: Buffer;
  /** Of the mailbox in which it has its number. */
  validity: string;
}

/** A mailbox, and for how many milliseconds it may be looked into. */
export interface MailboxAccess {
  server: MailServer;
  guardedSocket: GuardedSocket;
  within: number;
}

/** What is done with each mail, one after the other: never more than one is held. */
type Take = (mail: RawMail) => Promise<void>;

/** The server let nobody in. */
export class MailboxClosed extends Error {
  constructor(
    message: string,
    /** It is the account that is not right, and not the server that is away. */
    readonly isRefused: boolean,
  ) {
    super(message);
  }
}

/** Tests whether the account gets in. @throws NeverConnected, MailboxClosed */
export async function checkMailbox(server: MailServer, guardedSocket: GuardedSocket, within: number): Promise<void> {
  await withClient({ server, guardedSocket, within }, async (client) => {
    await client.mailboxOpen('INBOX', { readOnly: true });
  });
}

/**
 * Reads what has come since the place, at most `MAX_MAILS` mails. It changes nothing in the mailbox.
 * @param place `null`: all that the server got since `since`
 * @throws NeverConnected, MailboxClosed
 */
export async function readMailbox(
  { server, guardedSocket, within }: MailboxAccess,
  place: Place | null,
  since: Date,
  take: Take,
): Promise<{ place: Place; more: boolean }> {
  return withClient({ server, guardedSocket, within }, async (client) => {
    const { uidValidity, uidNext } = await client.mailboxOpen('INBOX', { readOnly: true });
    const validity = String(uidValidity);
    const last = Math.max(0, uidNext - 1);
    if (place && place.validity !== validity) return readAnew(client, { ...place, validity }, since, take);
    if (place) {
      const fresh = (await search(client, { uid: `${place.uid + 1}:*` })).filter((uid) => uid > place.uid);
      return readThese(client, { uids: fresh }, place, take);
    }
    const begin: Place = { validity, uid: last, latest: null, last: [] };
    const young = await search(client, { since });
    return readThese(client, { uids: young, since }, young.length > 0 ? { ...begin, uid: 0 } : begin, take);
  });
}

/** All numbers have changed: the place is found by what was read last. */
async function readAnew(client: ImapFlow, place: Place, since: Date, take: Take): Promise<{ place: Place; more: boolean }> {
  const all = await list(client);
  const fresh = unread(place, all, since).map(({ uid }) => uid);
  const greatest = Math.max(0, ...all.map(({ uid }) => uid));
  const read = await readThese(client, { uids: fresh }, { ...place, uid: 0 }, take);
  // What is left is behind the last one that was read; what is known of it is known by its Message-ID.
  return read.more ? read : { ...read, place: { ...read.place, uid: greatest } };
}

/** All mails of the mailbox, without what they say. */
async function list(client: ImapFlow): Promise<Listed[]> {
  const all: Listed[] = [];
  const query = { uid: true, internalDate: true, headers: ['message-id'] };
  const { exists } = client.mailbox as { exists: number };
  const first = Math.max(1, exists - MAX_LISTED + 1);
  if (exists > 0) for await (const one of client.fetch(`${first}:*`, query)) all.push(listed(one));
  return all;
}

/**
 * One mail, as far as `maxBytes`. Where the mailbox has other numbers by now, it is found by its Message-ID.
 * @returns `null` when it is not there any more
 * @throws NeverConnected, MailboxClosed
 */
export function readOneMail(
  { server, guardedSocket, within }: MailboxAccess,
  { validity, uid, messageId }: { validity: string; uid: number; messageId: string | null },
  maxBytes: number,
): Promise<Buffer | null> {
  return withClient({ server, guardedSocket, within, maxBytes }, async (client) => {
    const { uidValidity } = await client.mailboxOpen('INBOX', { readOnly: true });
    const isSame = String(uidValidity) === validity;
    const place = isSame ? uid : messageId && (await list(client)).find((one) => one.messageId === messageId)?.uid;
    if (!place) return null;
    const found = await client.fetchOne(String(place), { uid: true, source: { maxLength: maxBytes } }, { uid: true });
    if (!client.usable) throw new MailboxClosed('the connection to the mailbox broke off', false);
    return (found && found.source) || null;
  });
}

async function readThese(
  client: ImapFlow,
  { uids, since = null }: { uids: readonly number[]; since?: Date | null },
  from: Place,
  take: Take,
): Promise<{ place: Place; more: boolean }> {
  const sorted = [...uids].sort((a, b) => a - b);
  const until = Date.now() + READ_FOR_MS;
  let place = from;
  let done = 0;
  for (const uid of sorted.slice(0, MAX_MAILS)) {
    if (done > 0 && Date.now() > until) break;
    const query = { uid: true, internalDate: true, headers: ['message-id'], source: { maxLength: MAX_BYTES } };
    const found = await client.fetchOne(String(uid), query, { uid: true });
    if (!client.usable) throw new MailboxClosed('the connection to the mailbox broke off', false);
    done += 1;
    // It was deleted meanwhile.
    if (!found) {
      place = { ...place, uid: Math.max(place.uid, uid) };
      continue;
    }
    const one = listed(found);
    // The server's times are to the second.
    if (found.source && (since === null || one.at >= Math.floor(since.getTime() / 1_000) * 1_000))
      await take({ ...one, source: found.source, validity: place.validity });
    place = advanced(place, [one]);
  }
  return { place, more: done < sorted.length };
}

/** After a connection has broken off, a search says nothing, which does not mean that nothing was found. */
async function search(client: ImapFlow, query: { uid?: string; since?: Date }): Promise<number[]> {
  const found = await client.search(query, { uid: true });
  if (!Array.isArray(found)) throw new MailboxClosed('the mailbox cannot be searched', false);
  return found;
}

function listed({ uid, internalDate, headers }: { uid: number; internalDate?: Date | string; headers?: Buffer }): Listed {
  const messageId = /^message-id:\s*<([^<>\s]{1,400})>/im.exec(headers?.toString('latin1') ?? '')?.[1] ?? null;
  const at = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime();
  return { uid, messageId, at: Number.isNaN(at) ? Date.now() : at };
}

/** A connection for one piece of work, given up when its time is over. */
async function withClient<T>(
  { server, guardedSocket, within, maxBytes = MAX_BYTES }: MailboxAccess & { maxBytes?: number },
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const socket = await guardedSocket.connect(server);
  const client = new ImapFlow({ ...optionsOf(server, guardedSocket, socket, within), maxLiteralSize: 4 * maxBytes });
  // Without somebody who listens, a dropped connection would end the process.
  client.on('error', () => undefined);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    client.close();
    socket.destroy();
  }, within);
  try {
    await client.connect();
    const result = await work(client);
    await client.logout().catch(() => undefined);
    return result;
  } catch (error) {
    if (error instanceof MailboxClosed) throw error;
    if (isLate) throw new MailboxClosed('the mailbox did not answer in time', false);
    throw closedBy(error);
  } finally {
    clearTimeout(timer);
    client.close();
    socket.destroy();
  }
}

/** What a client at the server is made of; it talks over `socket`. */
export function optionsOf(server: MailServer, guardedSocket: GuardedSocket, socket: Socket, within: number): ImapFlowOptions {
  const { host, port, security, login } = server;
  return {
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls' ? true : security === 'none' ? false : undefined,
    auth: { user: login!.user, pass: login!.password },
    logger: false,
    greetingTimeout: within,
    connectionTimeout: within,
    socketTimeout: within,
    transport: {
      connect: ({ secure }, ready) => {
        if (secure) return guardedSocket.secure(socket, host, ready);
        setImmediate(ready);
        return socket;
      },
      upgrade: (_socket, _options, ready) => guardedSocket.secure(socket, host, ready),
    },
  };
}

function closedBy(error: unknown): MailboxClosed {
  const {
    authenticationFailed,
    code,
    message = '',
  } = error as { authenticationFailed?: boolean; code?: string; message?: string };
  if (authenticationFailed) return new MailboxClosed('the user or the password of the mailbox is refused', true);
  if (/certificate|altnames|self-signed/i.test(message)) {
    return new MailboxClosed("the mailbox's certificate is not valid", false);
  }
  const isLate = /TIMEOUT/i.test(code ?? '');
  return new MailboxClosed(isLate ? 'the mailbox did not answer in time' : 'the connection to the mailbox broke off', false);
}
