import { type AddressInfo, createServer, type Socket } from 'node:net';
import { attachSession, createRedisCommandExecutor, RedisServerState } from 'js-redis-server/core';
import { brpoplpush } from './brpoplpush';
import { makeLean } from './lean-keyspace';
import { SocketTransport } from './socket-transport';

const DATABASES = 16;
/**
 * How often, in ms, all keys are gone through for expired ones; one that is asked for is found expired at
 * once.
 */
const EXPIRY_EVERY_MS = 2_000;

export interface EmbeddedRedisOptions {
  /** The TCP port; 0, the default, takes a free one. */
  port?: number;
  /** The address to listen on; the default, 127.0.0.1, is reachable from this machine alone. */
  host?: string;
}

export interface EmbeddedRedis {
  /** What a client connects to: `redis://host:port`. */
  uri: string;
  port: number;
  /** Cuts every connection, frees the port and forgets the data. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a Redis-compatible server in this process. It holds its data in memory only: what must last has to
 * stand elsewhere.
 * @throws the error of the system when the address cannot be had (`EADDRINUSE`, `EACCES`)
 */
export async function startEmbeddedRedis({ port = 0, host = '127.0.0.1' }: EmbeddedRedisOptions = {}): Promise<EmbeddedRedis> {
  const state = new RedisServerState({ databaseCount: DATABASES, activeExpiryIntervalMs: EXPIRY_EVERY_MS });
  state.databases.forEach(makeLean);
  const executor = createRedisCommandExecutor({ extraCommands: [brpoplpush] });
  const sockets = new Set<Socket>();

  const server = createServer({ keepAlive: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const transport = new SocketTransport(socket, () => attached.session.close());
    const attached = attachSession(transport, { state, executor, clientAddress: `${socket.remoteAddress}:${socket.remotePort}` });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    state.close();
    throw error;
  });

  const taken = (server.address() as AddressInfo).port;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
      state.close();
    }));
  return { uri: `redis://${host.includes(':') ? `[${host}]` : host}:${taken}`, port: taken, stop };
}
