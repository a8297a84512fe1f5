import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import * as os from 'node:os';
import { MongoClient } from 'mongodb';
import { endWaitsForLostSockets } from '../../src/platform/mongo';

/**
 * A connection breaks, and something is written to it before anybody has been told: it is told, and does not
 * wait for ever.
 */
describe('a connection that is lost in the moment it is used', () => {
  const sockets: Socket[] = [];
  const seen = (message: unknown) => void sockets.push((message as { socket: Socket }).socket);
  let client: MongoClient;

  beforeAll(async () => {
    endWaitsForLostSockets();
    subscribe('net.client.socket', seen);
    client = await MongoClient.connect(process.env.MONGODB_URI!, {
      runtimeAdapters: { os },
      maxPoolSize: 1,
      serverSelectionTimeoutMS: 5_000,
      connectTimeoutMS: 5_000,
      serverMonitoringMode: 'poll',
    });
    await client.db('lost').command({ ping: 1 });
  });
  afterAll(async () => {
    unsubscribe('net.client.socket', seen);
    await client.close();
  });

  /** A read, which the driver tries again on a new connection. */
  const read = () =>
    client
      .db('lost')
      .collection('things')
      .findOne({ _id: 'nobody' as never });

  it('of a request and of the look for the server alike: the next one gets through', async () => {
    const heartbeats: string[] = [];
    client.on('serverHeartbeatSucceeded', () => heartbeats.push('succeeded'));
    for (let round = 0; round < 5; round += 1) {
      sockets.splice(0).forEach((socket) => socket.destroy());
      expect(await read()).toBeNull();
    }
    expect(heartbeats).toContain('succeeded');
  });
});
