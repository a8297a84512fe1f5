import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FileServer {
  url: string;
  /** Paths asked for, oldest first. */
  asked: string[];
  /** What a path is answered with; others are 404. */
  files: Map<string, Buffer | ((request: IncomingMessage, response: ServerResponse) => void)>;
  close(): Promise<void>;
}

/** A tenant's web server with files on it. */
export async function startFileServer(): Promise<FileServer> {
  const asked: string[] = [];
  const files: FileServer['files'] = new Map();
  const server = createServer((request, response) => {
    const path = decodeURI(request.url!.split('?')[0]!);
    asked.push(path);
    const file = files.get(path);
    if (typeof file === 'function') return file(request, response);
    return void response.writeHead(file ? 200 : 404).end(file ?? 'no such file');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    files,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const from = (beginning: string, size = 64) => Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.alloc(size)]);
export const PNG = from('\x89PNG\r\n\x1a\n');
export const PDF = from('%PDF-1.7\n');
export const HTML = from('<!doctype html><title>Sign in');
