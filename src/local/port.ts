import { type AddressInfo, createServer } from 'node:net';
import { InvalidConfig } from '../platform/config';

/**
 * Finds out before anything is made whether the port can be had.
 * @returns the port; of 0, one that is free
 * @throws InvalidConfig with the command that starts on another port
 */
export function availablePort(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is in use. Start on another: PORT=${port + 1} npm start`;
      reject(new InvalidConfig(code === 'EADDRINUSE' ? inUse : `Port ${port} of ${host} cannot be used: ${message}`));
    });
    server.listen(port, host, () => {
      const { port: found } = server.address() as AddressInfo;
      server.close(() => resolve(found));
    });
  });
}
