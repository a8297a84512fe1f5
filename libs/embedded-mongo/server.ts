import { type AddressInfo, createServer, type Server } from 'node:net';
import { Dispatcher } from './commands/dispatch';
import { REPLICA_SET } from './commands/server-commands';
import { Engine } from './engine';
import { Connection } from './wire/connection';
import { UnreadAnswers } from './wire/unread';

export interface EmbeddedMongoOptions {
  /** Where the data is kept; `:memory:` for none that stays. */
  dataDir: string;
  /** 0 or absent: a free one. */
  port?: number;
  /** The address to listen on; nobody is asked for a password, so only this machine's own by default. */
  host?: string;
}

export interface EmbeddedMongo {
  uri: string;
  port: number;
  stop(): Promise<void>;
}

const MOST_CONNECTIONS = 5_000;

/** Starts a server that speaks MongoDB's protocol to the official driver. */
export async function startEmbeddedMongo({
  dataDir,
  port = 0,
  host = '127.0.0.1',
}: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const engine = await Engine.open(dataDir);
  const server = createServer();
  server.maxConnections = MOST_CONNECTIONS;
  try {
    await listen(server, port, host);
  } catch (error) {
    await engine.close();
    throw error;
  }
  const { port: actual } = server.address() as AddressInfo;
  const address = `${host}:${actual}`;
  const dispatcher = new Dispatcher(engine, address);
  const unread = new UnreadAnswers();
  const connections = new Set<Connection>();
  server.on('connection', (socket) => {
    const connection = new Connection(socket, dispatcher, unread, (closed) => {
      connections.delete(closed);
      engine.transactions.connectionClosed(closed);
    });
    connections.add(connection);
  });
  return {
    uri: `mongodb://${address}/?replicaSet=${REPLICA_SET}&directConnection=true`,
    port: actual,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.close();
      await closed;
      await engine.close();
    },
  };
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
