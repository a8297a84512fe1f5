import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors';

class NotUtf8 extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'MALFORMED_JSON';
  constructor() {
    super('The body is not valid UTF-8');
  }
}

class EncodedBody extends DomainError {
  readonly kind = 'unsupported-type';
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
  constructor() {
    super('The body must be sent as it is, without content-encoding');
  }
}

/**
 * Parses JSON bodies. Fastify's own parser would put U+FFFD for what is no UTF-8, and a name that nobody has
 * given would be saved.
 */
export function takeJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') return done(new EncodedBody());
    if (!isUtf8(body)) return done(new NotUtf8());
    return void parse(request, body.toString('utf8'), done);
  });
}
