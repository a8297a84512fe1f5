import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  /** As it came over the wire. */
  raw: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test says what it expects of it
  body: any;
}

type Answer = number | ((response: ServerResponse, received: Received) => void);

/** Somebody else's server that takes webhooks, and keeps a book of its own. */
export class Receiver {
  readonly book: Received[] = [];
  private readonly answers = new Map<string, Answer>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    let receiver: Receiver | null = null;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const received = { path: request.url!, headers: request.headers, raw, body: JSON.parse(raw) as unknown };
        receiver!.book.push(received);
        const answer = receiver!.answers.get(received.path) ?? 200;
        if (typeof answer === 'function') answer(response, received);
        else response.writeHead(answer).end('noted');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return receiver;
  }

  /** What the path is answered with from now on; 200 otherwise. */
  answer(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  at(path: string): Received[] {
    return this.book.filter((one) => one.path === path);
  }

  events(path: string): string[] {
    return this.at(path).map(({ body }) => body.event);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
