import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config';

type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

/** What is shown is for nobody's cache, frame or script. A page says which scripts of its own it runs. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * The port of those who run the product (`METRICS_PORT`), which is not to be reached from outside. Whoever
 * has something to show there serves it here.
 */
@Injectable()
export class OperationsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OperationsServer.name);
  private readonly answers = new Map<string, Answer>();
  private server: Server | null = null;

  constructor(private readonly config: Config) {}

  /** Where it listens; `null` when it is off. */
  get port(): number | null {
    return (this.server?.address() as AddressInfo | null | undefined)?.port ?? null;
  }

  /** Whether there is such a port at all. */
  get isOn(): boolean {
    return this.config.METRICS_PORT !== undefined;
  }

  /**
   * Gives a path to somebody who answers it.
   * @param path without what may follow: `/queues` also stands for `/queues/…`
   */
  serve(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { METRICS_PORT: port, METRICS_HOST: host } = this.config;
    if (port === undefined) return;
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.server = server;
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const [path = '/'] = request.url!.split('?');
    const answer = this.answers.get(`/${path.split('/')[1]}`);
    if (!answer) return notFound(response);
    try {
      await answer(request, response, path);
    } catch (error) {
      this.logger.error({ err: error }, 'What was asked of the operations port could not be answered');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('It could not be answered; the log says why.\n');
    }
  }
}

/** @returns nothing, so that whoever has found nothing can return it */
export function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
}
