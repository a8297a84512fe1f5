import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm start` writes down while it runs, so that the demo and the session token find it. */
export interface Running {
  pid: number;
  port: number;
  /** Of the API, without `/api`. */
  url: string;
  /** The URL of the simulated bridge; `null` on given stores. */
  bridge: string | null;
  /** The URL of the simulated Twilio; `null` on given stores. */
  twilio: string | null;
  /** The URL of the simulated mail server's page; `null` on given stores. */
  mail: string | null;
  /** The URI of its MongoDB; `null` on given stores, whose URI may hold a password. */
  mongo: string | null;
}

const fileIn = (dataDir: string): string => join(dataDir, 'running.json');

export function writeRunning(dataDir: string, running: Running): void {
  writeFileSync(fileIn(dataDir), `${JSON.stringify(running, null, 2)}\n`);
}

export function removeRunning(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** The server that runs on this data folder; `null` where none does, also when one died and left its file. */
export function readRunning(dataDir: string): Running | null {
  const file = fileIn(dataDir);
  if (!existsSync(file)) return null;
  try {
    const running = JSON.parse(readFileSync(file, 'utf8')) as Running;
    return isAlive(running.pid) ? running : null;
  } catch {
    // Half written by a server that was killed just then.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
