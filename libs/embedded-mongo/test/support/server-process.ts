import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface ServerProcess {
  uri: string;
  child: ChildProcess;
  /** Ends the process, when it has not ended yet. */
  stop(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Runs the built server in a process of its own, with the arguments of its command line, and waits until it
 * says that it is ready.
 */
export async function startServerProcess(args: readonly string[]): Promise<ServerProcess> {
  const main = resolve(expect.getState().testPath!, '../../../dist/main.js');
  const child = fork(main, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const uri = await new Promise<string>((ready, fail) => {
    let said = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^ready (\S+)\n/m.exec(said);
      if (found) ready(found[1]!);
    });
    child.once('exit', (code) => fail(new Error(`The server ended with ${code}: ${said}`)));
  });
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return { uri, child, stop };
}
