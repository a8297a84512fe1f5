import { ImapFlow } from 'imapflow';
import type { WatchEnd } from '../domain/channel';
import { type MailboxAccess, optionsOf } from './mailbox';

/** The system looks so often whether a quiet connection is still there, in milliseconds. */
const KEEP_ALIVE_MS = 60_000;

export interface WatchAccess extends MailboxAccess {
  /** A server that has said nothing for so many milliseconds is asked whether it is still there. */
  checkEvery: number;
}

/**
 * Waits with IDLE for mails to come into the mailbox. It changes nothing there.
 * @returns once the server is not there any more, answers nothing, or has no IDLE, or the signal ends it
 */
export async function watchMailbox(access: WatchAccess, onNews: () => void, signal: AbortSignal): Promise<WatchEnd> {
  const { server, guardedSocket, within, checkEvery } = access;
  const socket = await guardedSocket.connect(server).catch(() => null);
  if (!socket) return 'lost';
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  const options = { ...optionsOf(server, guardedSocket, socket, within), socketTimeout: checkEvery + 2 * within };
  const client = new ImapFlow({ ...options, disableAutoIdle: true });
  // Without somebody who listens, a dropped connection would end the process.
  client.on('error', () => undefined);
  const end = () => {
    client.close();
    socket.destroy();
  };
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(end, within);
  try {
    if (signal.aborted) return 'lost';
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    clearTimeout(timer);
    if (!client.capabilities.has('IDLE')) return 'unavailable';
    client.on('exists', onNews);
    onNews();
    return await idleOn(client, access, end);
  } catch {
    return 'lost';
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    end();
  }
}

/** IDLE after IDLE, each as long as the server may be silent. */
async function idleOn(client: ImapFlow, { checkEvery, within }: WatchAccess, end: () => void): Promise<WatchEnd> {
  for (;;) {
    let isAsked = false;
    // A command ends IDLE. Where it is not answered, the connection is dead, although nobody has said so.
    const asking = setTimeout(() => {
      isAsked = true;
      void client.noop().catch(() => undefined);
    }, checkEvery);
    const waiting = setTimeout(end, checkEvery + within);
    try {
      const result = await client.idle();
      if (!client.usable) return 'lost';
      if (result === false) return 'unavailable';
      // A server that ends IDLE by itself is not asked again and again.
      if (!isAsked) return 'lost';
    } finally {
      clearTimeout(asking);
      clearTimeout(waiting);
    }
  }
}
