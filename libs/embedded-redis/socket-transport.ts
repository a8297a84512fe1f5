import type { Socket } from 'node:net';
import type { ConnectionTransport, ConnectionTransportEvent, ConnectionTransportListener } from 'js-redis-server/core';

/** Above this many bytes waiting to be read the client is made to wait. */
const READ_AHEAD_BYTES = 1_048_576;

/**
 * One client's connection. Unlike the transport that comes with the server it reads ahead, so that the end of
 * a connection is seen at once, also while a command waits: a job must not be handed to a waiting client
 * whose process is gone.
 */
export class SocketTransport implements ConnectionTransport {
  private static made = 0;
  readonly id = `client-${++SocketTransport.made}`;
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly chunks: Buffer[] = [];
  private waitingBytes = 0;
  private wake: (() => void) | undefined;

  /** @param gone is called once, when the connection has ended for whatever reason */
  constructor(
    private readonly socket: Socket,
    private readonly gone: () => void,
  ) {
    this.signal = this.controller.signal;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk));
    for (const end of ['end', 'close', 'error']) socket.on(end, () => this.finish());
  }

  async *read(): AsyncGenerator<Buffer> {
    while (!this.signal.aborted) {
      const chunk = this.chunks.shift();
      if (!chunk) {
        await new Promise<void>((resolve) => (this.wake = resolve));
        continue;
      }
      this.waitingBytes -= chunk.length;
      if (this.socket.isPaused() && this.waitingBytes < READ_AHEAD_BYTES) this.socket.resume();
      yield chunk;
    }
  }

  /** Waits only when the client reads more slowly than the server writes. */
  write(chunk: Buffer): void | Promise<void> {
    if (this.signal.aborted || this.socket.write(chunk)) return;
    return new Promise((resolve) => {
      const go = () => {
        this.socket.off('drain', go);
        this.signal.removeEventListener('abort', go);
        resolve();
      };
      this.socket.on('drain', go);
      this.signal.addEventListener('abort', go);
    });
  }

  /** Ends the connection after what has been written. */
  close(): void {
    this.finish();
    this.socket.destroySoon();
  }

  on(event: ConnectionTransportEvent, listener: ConnectionTransportListener): () => void {
    const wrapped = (error?: unknown) => listener(error instanceof Error ? error : undefined);
    this.socket.on(event, wrapped);
    return () => this.socket.off(event, wrapped);
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.waitingBytes += chunk.length;
    if (this.waitingBytes >= READ_AHEAD_BYTES) this.socket.pause();
    this.wake?.();
  }

  private finish(): void {
    if (this.signal.aborted) return;
    this.controller.abort();
    this.wake?.();
    this.gone();
  }
}
