import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Keeps a second process out of a data folder. The lock is a listening socket, since the system ends it with
 * the process, however that dies; a file with a process id would stay, and ids are used again.
 */
export class DataFolderLock {
  private constructor(
    private readonly server: Server,
    private readonly address: string,
  ) {}

  static async take(folder: string): Promise<DataFolderLock> {
    const address = addressFor(folder);
    if (await answers(address))
      throw new Error(`Another process uses the data folder ${folder}. Stop it, or choose another folder.`);
    if (!address.startsWith('\\\\')) rmSync(address, { force: true });
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    server.unref();
    return new DataFolderLock(server, address);
  }

  async release(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    if (!this.address.startsWith('\\\\')) rmSync(this.address, { force: true });
  }
}

/** The path of a socket may have only about a hundred bytes, so it is not in the folder itself. */
function addressFor(folder: string): string {
  const name = `embedded-mongo-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
