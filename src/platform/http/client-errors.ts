import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { correlation } from './correlation';

const TOO_LONG = { status: 431, error: 'The headers are too large', code: 'HEADERS_TOO_LARGE' };
const TOO_SLOW = { status: 408, error: 'The request did not arrive in time', code: 'REQUEST_TIMEOUT' };
const NOT_HTTP = { status: 400, error: 'The request could not be understood', code: 'BAD_REQUEST' };

/** Node's own name for it. */
const TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT';

const REFUSALS: Partial<Record<string, typeof NOT_HTTP>> = {
  HPE_HEADER_OVERFLOW: TOO_LONG,
  [TIMEOUT]: TOO_SLOW,
};

/** Answers what the HTTP parser refuses, before there is a request, in the form of all our errors. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const { status, ...refusal } = REFUSALS[error.code ?? ''] ?? NOT_HTTP;
    const body = JSON.stringify(refusal);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `${correlation.header}: ${correlation.of(undefined)}`,
      'content-type: application/json; charset=utf-8',
      'cache-control: no-store',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}

/** Ends a request whose body is not there after `milliseconds`, with 408. */
export function limitTime(request: IncomingMessage, milliseconds: number): void {
  const late = () => refuseUnreadable(Object.assign(new Error('slow'), { code: TIMEOUT }), request.socket);
  const timer = setTimeout(late, milliseconds).unref();
  request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
}
