import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { recorded, unpackRecorded } from '../support/recorded';

interface Started {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
}

/** `npm start` as a person runs it: what it says, and what it leaves behind. */
describe('npm start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuco-local-'));
  const running: ChildProcess[] = [];

  const start = (settings: Record<string, string> = {}, script = 'start.js', args: string[] = []): Started => {
    const env = { PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir, ...settings };
    const file = resolve('dist', 'src', 'local', script);
    // A group of its own, to which a signal can be sent.
    const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return { child, said: () => text, ended: once(child, 'close').then(([code]) => code as number | null) };
  };
  const isReady = ({ said, child }: Started) =>
    eventually(async () => {
      if (child.exitCode !== null) throw new Error(`It ended: ${said()}`);
      return said().includes('Sample data:');
    });
  const file = () =>
    JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as { url: string; port: number; pid: number };

  afterAll(() => {
    running.forEach((child) => child.kill('SIGKILL'));
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('opens what version 0.1.0 left, with everything kept', async () => {
    unpackRecorded(dataDir);
    const { key, ids, answers } = recorded();
    const server = start();
    await isReady(server);
    const get = async (path: string) =>
      (await request(file().url).get(`/api${path}`).auth(key, { type: 'bearer' }).expect(200)).body;
    for (const [name, path] of [
      ['lists', '/lists'],
      ['leads', '/leads?limit=200'],
      ['campaigns', '/campaigns'],
      ['replies', '/replies'],
      ['enrollments', `/campaigns/${ids.campaigns[0]}/leads?limit=200`],
    ] as const) {
      // Answers have gained fields since; what they said they still say.
      expect([name, await get(path)]).toMatchObject([name, answers[name] as object]);
    }
    const states = ({ messages }: { messages: Record<string, unknown>[] }) =>
      messages.map(({ _id, status, message, leadId }) => ({ _id, status, message, leadId }));
    // Of what was not sent yet, the version before left the text open.
    const now = states(await get('/messages?limit=200'));
    const then = states(answers.messages as never);
    expect(now).toEqual(then.map((was, index) => ({ ...was, message: was.message ?? now[index]?.message })));
    expect(server.said()).toContain('No new API key was made');
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(0);
    expect(server.said()).toContain(`Stopped; your data is kept in ${dataDir}`);
    expect(existsSync(join(dataDir, 'running.json'))).toBe(false);
  });

  it('says where it runs and what happens, and a signal to its whole group ends all of it', async () => {
    const server = start({ BOOTSTRAP_API_KEY: `tuco_sk_${'l'.repeat(43)}` });
    await isReady(server);
    const { url, port, pid } = file();
    expect([pid, server.said()]).toEqual([server.child.pid, expect.stringContaining(`Ready: http://localhost:${port}/api`)]);
    const leads = [{ phone: '+12025569901' }];
    await request(url)
      .post('/api/leads')
      .auth(`tuco_sk_${'l'.repeat(43)}`, { type: 'bearer' })
      .send({ leads })
      .expect(201);
    await eventually(async () => server.said().includes('\n1 lead was saved.\n'));
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said()).toBe(`Tuco runs already on ${dataDir}: ${url}/api (process ${pid})\n`);
    const token = start({}, 'session-token.js', ['--env']);
    expect(await token.ended).toBe(0);
    expect(token.said()).toMatch(new RegExp(`^API=${url}/api\nKEY=\\S+\nBRIDGE=http://127\\.0\\.0\\.1:\\d+\n$`));
    process.kill(-server.child.pid!, 'SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.said()).not.toContain('starting them again');
  });

  it('keeps what it stores from other users of the machine, also what an earlier version left open to them', async () => {
    const modeOf = (file: string) => (statSync(join(dataDir, file)).mode & 0o777).toString(8);
    const own = join(dataDir, 'own', 'data');
    const portIn = (folder: string) => (JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as { port: number }).port;
    const otherAddresses = () =>
      Object.values(networkInterfaces())
        .flatMap((ones) => ones ?? [])
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
        .map(({ address }) => address);
    chmodSync(join(dataDir, 'mongo'), 0o755);
    chmodSync(join(dataDir, 'bluebubbles-ledger.jsonl'), 0o644);
    for (const folder of [dataDir, own]) {
      const server = start({ DATA_DIR: folder });
      await eventually(async () => server.said().includes('Sample data:'));
      expect(server.said()).not.toContain('other machines may reach it');
      await Promise.all(
        otherAddresses().map((host) => expect(fetch(`http://${host}:${portIn(folder)}/health/live`)).rejects.toThrow()),
      );
      server.child.kill('SIGINT');
      expect(await server.ended).toBe(0);
    }
    expect([modeOf('mongo'), modeOf('bluebubbles-ledger.jsonl')]).toEqual(['700', '600']);
    const isOpen = (file: string) => (statSync(file).mode & 0o077) !== 0;
    const made = [own, ...readdirSync(own, { recursive: true }).map((name) => join(own, String(name)))];
    expect(made.length).toBeGreaterThan(4);
    expect(made.filter(isOpen)).toEqual([]);
  });

  it('a file that a killed server left is not taken for a server', async () => {
    writeFileSync(
      join(dataDir, 'running.json'),
      JSON.stringify({ pid: 999_999_999, port: 1, url: 'http://127.0.0.1:1', bridge: null, mongo: null }),
    );
    const demo = start({}, 'demo.js');
    expect(await demo.ended).toBe(1);
    expect(demo.said()).toContain(`No server runs on ${dataDir}`);
  });

  it('a port that is taken is a sentence, before anything is made', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const fresh = join(dataDir, 'fresh');
    const server = start({ PORT: String(port), DATA_DIR: fresh });
    expect(await server.ended).toBe(1);
    expect(server.said()).toBe(`Port ${port} is in use. Start on another: PORT=${port + 1} npm start\n`);
    expect(existsSync(fresh)).toBe(false);
    other.close();
  });
});
