import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface StoreProcess {
  uri: string;
  child: ChildProcess;
  /** Ends it in an orderly way. */
  stop(): Promise<void>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
}

const ROOT = resolve('.');

/** Waits until a child says `ready <uri>` on its first line. */
function readyLine(child: ChildProcess, name: string): Promise<string> {
  return new Promise((done, fail) => {
    let said = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const uri = /ready (\S+)/i.exec(said)?.[1];
      if (uri) done(uri);
    });
    child.once('exit', (code) => fail(new Error(`${name} ended with ${code}: ${said}`)));
  });
}

/** Runs one of the built packages that are servers, in a process of its own. */
export async function startStore(name: string, args: string[] = []): Promise<StoreProcess> {
  const script = resolve(ROOT, 'libs', name, 'dist', 'main.js');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const uri = await readyLine(child, name);
  const ended = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return { uri, child, stop: () => ended('SIGTERM'), kill: () => ended('SIGKILL') };
}
