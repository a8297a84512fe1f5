import type { Socket } from 'node:net';
import type { Dispatcher } from '../commands/dispatch';
import { CommandError } from '../errors';
import { announcedLength, answerBytes, HEADER, type Incoming, parseMessage, ProtocolError } from './messages';
import type { UnreadAnswers } from './unread';

/** A client that does not read its answer for this long is cut off: the answer takes memory. */
const SLOWEST_READER_MS = 60_000;

/** One client: takes its messages one after the other, and takes no more while one is being answered. */
export class Connection {
  private chunks: Buffer[] = [];
  private received = 0;
  private expected = 0;
  private busy = false;
  private closed = false;

  constructor(
    private readonly socket: Socket,
    private readonly dispatcher: Dispatcher,
    private readonly unread: UnreadAnswers,
    private readonly onClose: (connection: Connection) => void,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.closed = true;
      this.chunks = [];
      this.onClose(this);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (!this.busy) this.advance();
    else this.socket.pause();
  }

  /** Answers the next message, if all of it is there. */
  private advance(): void {
    const bytes = this.nextMessage();
    if (!bytes) {
      if (!this.closed) this.socket.resume();
      return;
    }
    this.busy = true;
    this.answer(bytes)
      .catch(() => this.close())
      .finally(() => {
        this.busy = false;
        if (!this.closed) this.advance();
      });
  }

  private nextMessage(): Buffer | undefined {
    if (this.received < HEADER) return undefined;
    try {
      if (this.expected === 0) this.expected = announcedLength(this.joined());
    } catch {
      this.close();
      return undefined;
    }
    if (this.received < this.expected) return undefined;
    const all = this.joined();
    const message = all.subarray(0, this.expected);
    const rest = all.subarray(this.expected);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.received = rest.length;
    this.expected = 0;
    return message;
  }

  private joined(): Buffer {
    if (this.chunks.length !== 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!;
  }

  private async answer(bytes: Buffer): Promise<void> {
    let incoming: Incoming;
    try {
      incoming = parseMessage(bytes);
    } catch (error) {
      if (error instanceof ProtocolError || error instanceof RangeError || !(error instanceof CommandError)) return this.close();
      const { code, codeName, message: errmsg } = error;
      const broken = {
        requestId: bytes.readInt32LE(4),
        legacy: false,
        wantsAnswer: true,
        message: { body: {}, sequences: new Map() },
      };
      return this.write(answerBytes(broken, { ok: 0, errmsg, code, codeName }));
    }
    const answer = await this.dispatcher.run(incoming.message, this);
    if (incoming.wantsAnswer && !this.closed) await this.write(answerBytes(incoming, answer));
  }

  private async write(parts: readonly Buffer[]): Promise<void> {
    let flushed = true;
    for (const part of parts) flushed = this.socket.write(part);
    if (flushed || this.closed) return;
    const read = this.unread.add(this.socket.writableLength, () => this.close());
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.close(), SLOWEST_READER_MS);
      const done = () => {
        clearTimeout(timer);
        read();
        this.socket.off('drain', done);
        this.socket.off('close', done);
        resolve();
      };
      this.socket.once('drain', done);
      this.socket.once('close', done);
    });
  }
}
