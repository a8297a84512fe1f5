import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { StoresReady } from './local-settings';

const READY_WITHIN_MS = 60_000;
const RESTART_AFTER_MS = 500;

/** The stores said why. */
export class StoresNotStarted extends Error {
  override readonly name = 'StoresNotStarted';
}

/** Runs the stores in a child process, and starts it again, on the same ports, when it dies. */
export class StoresProcess {
  private child: ChildProcess | undefined;
  private ending = false;
  private ports: string[] = ['0', '0', '0', '0', '0', '0', '0'];

  constructor(private readonly dataDir: string) {}

  /**
   * @throws Error in the stores' own words when they cannot start, such as when another process uses the data
   * folder
   */
  async start(): Promise<StoresReady> {
    const script = fileURLToPath(new URL('./stores.js', pathToFileURL(process.argv[1]!)));
    // In a group of its own, so that a signal to the whole group leaves the stores there until the server has
    // finished its work. They end when their parent lets go of them, or is gone.
    const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc'];
    const child = fork(script, [this.dataDir, ...this.ports], { stdio, detached: true });
    this.child = child;
    const ready = await new Promise<StoresReady>((resolve, reject) => {
      const timer = setTimeout(() => reject(new StoresNotStarted('The stores did not start in time')), READY_WITHIN_MS);
      child.once('message', (message) => {
        clearTimeout(timer);
        resolve(message as StoresReady);
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new StoresNotStarted(`The stores could not start (exit code ${code}); the reason stands above`));
      });
    });
    const { mongo, redis, bridge, twilio, mail } = ready;
    const ofUrls = [mongo, redis, bridge, twilio, mail.url].map((uri) => /:(\d+)(?=[/?]|$)/.exec(uri)![1]!);
    this.ports = [...ofUrls, String(mail.smtpPort), String(mail.imapPort)];
    child.once('exit', (code, signal) => void this.died(code ?? signal));
    return ready;
  }

  async stop(): Promise<void> {
    this.ending = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    await gone;
  }

  private async died(how: unknown): Promise<void> {
    if (this.ending) return;
    process.stderr.write(`The stores ended (${String(how)}); starting them again\n`);
    await new Promise((resolve) => setTimeout(resolve, RESTART_AFTER_MS));
    if (this.ending) return;
    await this.start().catch((error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    });
  }
}
