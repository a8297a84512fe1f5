import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

/**
 * Where the library is compiled to for one test file: inside the repository, so that its packages are found.
 */
let compiled: string | undefined;

/**
 * The server's Lua is an ES module, which jest's sandbox cannot load: it runs as the process it is in
 * production.
 */
function compile(): string {
  if (compiled) return compiled;
  const library = dirname(dirname(expect.getState().testPath!));
  const dist = join(library, 'dist');
  mkdirSync(dist, { recursive: true });
  compiled = mkdtempSync(join(dist, 'embedded-redis-test-'));
  for (const file of readdirSync(library)) {
    if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
    const { code } = transformFileSync(join(library, file), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(compiled, file.replace(/\.ts$/, '.js')), code);
  }
  return compiled;
}

export function removeCompiled(): void {
  if (compiled) rmSync(compiled, { recursive: true, force: true });
  compiled = undefined;
}

export interface ServerProcess {
  uri: string;
  port: number;
  child: ChildProcess;
  /** Ends the process and gives its exit code, null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the command line program and waits until it says that it is ready. */
export async function startServerProcess(port = 0): Promise<ServerProcess> {
  const child = fork(join(compile(), 'main.js'), ['--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const uri = await new Promise<string>((ready, fail) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const match = /^ready (redis:\/\/\S+)\n/m.exec(said);
      if (match) ready(match[1]!);
    };
    child.stdout!.on('data', listen);
    child.stderr!.on('data', listen);
    void exited.then((code) => fail(new Error(`ended with ${code}: ${said}`)));
  });
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return exited;
  };
  return { uri, port: Number(new URL(uri).port), child, stop };
}
