import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { type ServerProcess, startServerProcess } from '../support/server-process';

const FEW = 20_000;
const MANY = 200_000;
const LOTS = 10_000;
/** What may come and go with the garbage collector. */
const SWING_MB = 96;

const megabytes = ({ child }: ServerProcess): number =>
  Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024;

/**
 * The data is LMDB's mapping, which the kernel takes back as it likes; what the process itself holds does not
 * grow with it.
 */
(existsSync('/proc/self/status') ? describe : describe.skip)('the memory of the server', () => {
  const dataDir = mkdtempSync(join(os.tmpdir(), 'embedded-mongo-memory-'));
  let server: ServerProcess;
  let client: MongoClient;
  const start = async () => {
    server = await startServerProcess(['--data', dataDir]);
    client = await MongoClient.connect(server.uri, { runtimeAdapters: { os } });
  };
  afterAll(async () => {
    await client.close();
    await server.stop('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('does not grow with the data, nor do a start, a scan and a sort bring it in', async () => {
    await start();
    const things = () => client.db('memory').collection('things');
    await things().createIndex({ a: 1 }, { unique: true });
    await things().createIndex({ list: 1, b: 1 });
    const seen: number[] = [];
    for (let from = 0; from < MANY; from += LOTS) {
      if (from === FEW) seen.push(megabytes(server));
      const lot = Array.from({ length: LOTS }, (_, i) => ({ a: from + i, b: -i, list: [1, 2], text: 'x'.repeat(800) }));
      await things().insertMany(lot);
    }
    seen.push(megabytes(server));
    await client.close();
    await server.stop('SIGTERM');
    await start();
    seen.push(megabytes(server));
    expect(await things().countDocuments({ text: /y/ })).toBe(0);
    expect(
      await things()
        .find({}, { sort: { text: 1, b: 1 }, limit: 10 })
        .toArray(),
    ).toHaveLength(10);
    seen.push(megabytes(server));
    process.stdout.write(`${JSON.stringify({ figure: 'memory in MB with few, many, after a start, after scans', seen })}\n`);
    expect(Math.max(...seen)).toBeLessThan(seen[0]! + SWING_MB);
  }, 300_000);
});
