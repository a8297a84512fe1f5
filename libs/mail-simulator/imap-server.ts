import { createServer, type Server, type Socket } from 'node:net';
import { ImapSession } from './imap-session';
import type { World } from './world';

/** The IMAP side. No kept package has such a server; the tests drive it with `imapflow`. */
export interface ImapServer {
  server: Server;
  /** Ends all connections, as a server does that is killed. */
  drop(): void;
  /** Answers nothing any more on the connections that there are, and takes no other ones up. */
  freeze(isFrozen: boolean): void;
}

export function imapServer(world: World, hasIdle: boolean): ImapServer {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (!isFrozen) void new ImapSession(socket, world, hasIdle);
  });
  return {
    server,
    drop: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    freeze: (frozen) => {
      isFrozen = frozen;
      for (const socket of sockets) if (frozen) socket.pause();
    },
  };
}
