import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

/** The library compiled into a directory of its `dist`, for processes of their own. */
function compile(): string {
  const library = dirname(dirname(expect.getState().testPath!));
  const dist = join(library, 'dist');
  mkdirSync(dist, { recursive: true });
  const compiled = mkdtempSync(join(dist, 'simulator-test-'));
  for (const file of readdirSync(library, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts') || /^(?:dist|node_modules|test|bench)\b/.test(file)) continue;
    mkdirSync(dirname(join(compiled, file)), { recursive: true });
    const { code } = transformFileSync(join(library, file), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(compiled, file.replace(/\.ts$/, '.js')), code);
  }
  return compiled;
}

describe('the simulator as a process', () => {
  let compiled: string;
  const children: ChildProcess[] = [];

  beforeAll(() => {
    compiled = compile();
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(compiled, { recursive: true, force: true }));

  const start = async (...parameters: string[]) => {
    const child = fork(join(compiled, 'main.js'), parameters, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    children.push(child);
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      const listen = (chunk: Buffer) => {
        said += chunk.toString();
        const match = /^ready (http:\S+)\n/m.exec(said);
        if (match) resolve(match[1]!);
      };
      child.stdout!.on('data', listen);
      child.stderr!.on('data', listen);
      child.once('close', () => reject(new Error(said)));
    });
    return { child, exited, url };
  };

  it('serves the bridges it was given, and keeps the ledger over a SIGKILL', async () => {
    const file = join(compiled, 'ledger.jsonl');
    const parameters = ['--password', 'one', '--password', 'two', '--ledger', file, '--hold-ms', '100', '--times', 'quick'];
    const first = await start(...parameters);
    const sent = await fetch(`${first.url}/api/v1/chat/new?password=two`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ addresses: ['+12025550197'], message: 'Hi', method: 'private-api' }),
    });
    expect(sent.status).toBe(504);
    first.child.kill('SIGKILL');
    expect(await first.exited).toBeNull();
    expect(readFileSync(file, 'utf8')).toContain('+12025550197');
    const second = await start(...parameters);
    const ledger = (await (await fetch(`${second.url}/ledger?kind=send`)).json()) as unknown[];
    expect(ledger).toMatchObject([{ bridge: 1, address: '+12025550197', outcome: 'sent', answer: 'hang' }]);
  });

  it.each(['SIGTERM', 'SIGINT', 'disconnect'])('ends in order on %s', async (reason) => {
    const { child, exited } = await start('--password', 'one');
    if (reason === 'disconnect') child.disconnect();
    else child.kill(reason as NodeJS.Signals);
    expect(await exited).toBe(0);
  });

  it('says why it cannot start', async () => {
    await expect(start()).rejects.toThrow(/cannot start: .*at least one bridge/);
    await expect(start('--password', 'one', '--times', 'slow')).rejects.toThrow(/--times must be real or quick/);
    await expect(start('--password', 'one', '--port', 'x')).rejects.toThrow(/--port must be a number, not "x"/);
  });
});
