import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import * as os from 'node:os';
import { join, resolve } from 'node:path';
import { serialize } from 'bson';
import * as fc from 'fast-check';
import { MongoClient } from 'mongodb';

const MESSAGES = Number(process.env.FUZZ_MESSAGES ?? 100_000);
const CONNECTIONS = 200;
const PACKAGE = resolve(expect.getState().testPath!, '../../..');
const MAIN = join(PACKAGE, 'dist/main.js');
/** Far above what the server needs, far below what an announced length could make it take. */
const MOST_MEGABYTES = 400;

const OP_MSG = 2013;

const message = (opcode: number, body: Buffer, length = body.length + 16): Buffer => {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opcode, 12);
  return Buffer.concat([header, body]);
};

const opMsg = (document: object, flags = 0): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(flags, 0);
  return message(OP_MSG, Buffer.concat([head, serialize(document)]));
};

const anyValue = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 5 }),
  fc.constant(null),
  fc.boolean(),
  fc.constant([]),
  fc.constant({}),
  fc.constant({ $gt: {} }),
  fc.constant([{ $x: 1 }, []]),
  fc.double(),
);
const commandName = fc.constantFrom(
  'find',
  'insert',
  'update',
  'delete',
  'aggregate',
  'count',
  'distinct',
  'findAndModify',
  'getMore',
  'killCursors',
  'create',
  'drop',
  'createIndexes',
  'dropIndexes',
  'listIndexes',
  'listCollections',
  'hello',
  'ping',
  'explain',
  'commitTransaction',
  'abortTransaction',
  'endSessions',
  'nonsense',
  '__proto__',
  'constructor',
);
const option = fc.constantFrom(
  'filter',
  'query',
  'documents',
  'updates',
  'deletes',
  'pipeline',
  'cursor',
  'key',
  'sort',
  'limit',
  'batchSize',
  'indexes',
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'update',
  'readConcern',
  'hint',
  'projection',
  'let',
  'maxTimeMS',
  'collection',
  'cursors',
);
const wrongCommand = fc
  .tuple(commandName, fc.oneof(fc.constant('things'), anyValue), fc.array(fc.tuple(option, anyValue), { maxLength: 4 }))
  .map(([name, target, options]) => opMsg({ [name]: target, ...Object.fromEntries(options), $db: 'fuzz' }));

const valid = opMsg({ find: 'things', filter: { a: { $in: [1, 'x'] } }, $db: 'fuzz' });
const flipped = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }).map((changes) => {
  const copy = Buffer.from(valid);
  for (const [at, byte] of changes) copy[at] = byte;
  return copy;
});
const bytes = (length: number) => fc.uint8Array({ maxLength: length }).map((array) => Buffer.from(array));
const packet: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 5, arbitrary: wrongCommand },
  { weight: 4, arbitrary: flipped },
  { weight: 2, arbitrary: bytes(60) },
  { weight: 2, arbitrary: bytes(60).map((body) => message(OP_MSG, body)) },
  { weight: 1, arbitrary: fc.tuple(fc.integer(), bytes(40)).map(([length, body]) => message(OP_MSG, body, length)) },
  { weight: 1, arbitrary: fc.tuple(fc.integer(), bytes(40)).map(([opcode, body]) => message(opcode, body)) },
  { weight: 1, arbitrary: fc.nat(valid.length - 1).map((length) => valid.subarray(0, length)) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((flags) => opMsg({ ping: 1, $db: 'fuzz' }, flags)) },
  { weight: 1, arbitrary: bytes(40).map((body) => message(2004, body)) },
  { weight: 1, arbitrary: fc.constant(message(OP_MSG, Buffer.alloc(4), 47_999_999)) },
);

const seed = process.env.SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SEED);
const megabytes = (child: ChildProcess): number =>
  Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

describe('what is no message', () => {
  let child: ChildProcess;
  let uri: string;
  let port: number;

  beforeAll(async () => {
    if (!existsSync(MAIN)) throw new Error('Build first: the server is the built one');
    child = fork(MAIN, [], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    uri = /^ready (\S+)/.exec(line.toString())![1]!;
    port = Number(/:(\d+)\//.exec(uri)![1]);
  });
  afterAll(() => child.kill('SIGTERM'));

  /** Still there, and still answers at once. */
  async function healthy(): Promise<void> {
    expect(child.exitCode).toBeNull();
    const client = await MongoClient.connect(uri, {
      runtimeAdapters: { os },
      serverSelectionTimeoutMS: 5_000,
      retryWrites: false,
    });
    expect(await client.db('fuzz').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
  }

  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  it(`is answered by an error or a closed connection: ${MESSAGES} messages (seed ${seed})`, async () => {
    const sockets: Socket[] = [];
    for (let i = 0; i < CONNECTIONS; i += 1) sockets.push((await open()).resume());
    const packets = fc.sample(packet, { seed, numRuns: 2_000 });
    for (let sent = 0; sent < MESSAGES; sent += 1) {
      const at = sent % CONNECTIONS;
      if (sockets[at]!.destroyed || sockets[at]!.readyState !== 'open') sockets[at] = (await open()).resume();
      // Cut at some place, so that parts of messages meet.
      const bytesToSend = packets[(sent * 7919) % packets.length]!;
      sockets[at]!.write(bytesToSend);
      if (sent % 2_000 === 0) {
        await healthy();
        expect(megabytes(child)).toBeLessThan(MOST_MEGABYTES);
      }
      if (sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    sockets.forEach((socket) => socket.destroy());
    await healthy();
    process.stdout.write(
      `${JSON.stringify({ figure: 'fuzz messages', seed, messages: MESSAGES, crashes: 0, megabytes: Math.round(megabytes(child)) })}\n`,
    );
  }, 900_000);

  it('does not take memory for readers that do not read', async () => {
    const client = await MongoClient.connect(uri, { runtimeAdapters: { os } });
    await client
      .db('fuzz')
      .collection('large')
      .insertMany(Array.from({ length: 100 }, () => ({ s: 'x'.repeat(20_000) })));
    await client.close();
    const sockets: Socket[] = [];
    for (let i = 0; i < CONNECTIONS; i += 1) {
      const socket = (await open()).pause();
      // Every one asks a hundred times for eight megabytes and never reads.
      for (let n = 0; n < 100; n += 1) socket.write(opMsg({ find: 'large', $db: 'fuzz' }));
      sockets.push(socket);
    }
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await healthy();
    // Two hundred answers would be 1,600 MB.
    expect(megabytes(child)).toBeLessThan(MOST_MEGABYTES + 300);
    sockets.forEach((socket) => socket.destroy());
    await healthy();
  });

  it('is not waited for: a message that never ends leaves others alone', async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, open));
    sockets.forEach((socket) => socket.write(message(OP_MSG, Buffer.alloc(100), 40_000_000)));
    await healthy();
    sockets.forEach((socket) => socket.destroy());
  });

  it('closes the connection on lengths that lie', async () => {
    for (const length of [-1, 0, 15, 16, 20, 48_000_001, 0x7fffffff]) {
      const socket = await open();
      const closed = once(socket, 'close');
      socket.resume().write(message(OP_MSG, Buffer.alloc(20), length));
      await closed;
    }
    await healthy();
  });
});
