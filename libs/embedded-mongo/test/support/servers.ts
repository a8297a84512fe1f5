import * as os from 'node:os';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../index';

export interface TestServer {
  name: string;
  uri: string;
  client: MongoClient;
  stop(): Promise<void>;
}

/**
 * Numbers as the server sent them, so that a comparison sees their types. The driver imports `os`
 * dynamically, which fails in the test runner, and a real server refuses the greeting that lacks it.
 */
const OPTIONS: MongoClientOptions = { promoteValues: false, serverSelectionTimeoutMS: 10_000, runtimeAdapters: { os } };

export async function embedded(options = OPTIONS): Promise<TestServer> {
  const server: EmbeddedMongo = await startEmbeddedMongo({ dataDir: ':memory:' });
  const client = await MongoClient.connect(server.uri, options);
  return {
    name: 'embedded',
    uri: server.uri,
    client,
    async stop() {
      await client.close();
      await server.stop();
    },
  };
}

/** The real MongoDB that `MONGODB_URI` names, if it does. */
export async function real(options = OPTIONS): Promise<TestServer | null> {
  const uri = process.env.MONGODB_URI;
  if (!uri) return null;
  const client = await MongoClient.connect(uri, options);
  return { name: 'MongoDB', uri, client, stop: () => client.close() };
}
