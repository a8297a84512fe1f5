import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ValidationFailed } from '../errors';
import { correlation } from './correlation';

/** For the server: Node would answer a request without a host by itself, and with nothing. */
export const TAKES_ODD_REQUESTS = { requireHostHeader: false };

const EXPECTATION_FAILED = JSON.stringify({
  error: 'The header expect may say 100-continue, and nothing else',
  code: 'EXPECTATION_FAILED',
});

/** An `Expect` that nobody knows is refused before there is a request, in the form of all our errors. */
export function refuseExpectations(server: Server): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const headers = {
      [correlation.header]: correlation.of(undefined),
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(EXPECTATION_FAILED),
      'cache-control': 'no-store',
      connection: 'close',
    };
    response.writeHead(417, headers).end(EXPECTATION_FAILED);
  });
}

/**
 * Refuses what two servers on the way may read in two ways: no host or several (RFC 9112, 3.2), a transfer
 * coding beside `chunked` (6.1). Runs before anything is asked about the request.
 * @throws ValidationFailed naming the header
 */
export async function refuseOddRequest({ raw, headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const hosts = raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  const problem = problemOf(hosts, raw.httpVersion, headers['transfer-encoding']);
  if (!problem) return;
  // Where the next request would begin is not for this one to say.
  void reply.header('connection', 'close');
  throw new ValidationFailed([problem]);
}

function problemOf(hosts: number, version: string, coding: string | undefined) {
  if (hosts > 1) return { field: 'host', message: 'must not be given twice' };
  // HTTP/1.0 has none.
  if (hosts === 0 && version !== '1.0') return { field: 'host', message: 'is missing' };
  if (coding !== undefined && coding.trim().toLowerCase() !== 'chunked') {
    return { field: 'transfer-encoding', message: 'must be chunked' };
  }
  return null;
}
