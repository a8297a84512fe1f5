import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../errors';
import type { Stopping } from '../stopping';

/** Another process, or this one's successor, takes the request. */
class ShuttingDown extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'SHUTTING_DOWN';
  override readonly retryAfter = 1;
  constructor() {
    super('This process is about to end; repeat the call');
  }
}

/**
 * On the way to the end of the process: answers close their connections, so that none is left in whose
 * middle the server would end; and requests that come after it has closed are refused in our own words.
 */
export function closeWhileLeaving(
  fastify: FastifyInstance,
  stopping: Stopping,
  answer: (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): void {
  fastify.addHook('preClose', (done) => {
    stopping.isClosing = true;
    done();
  });
  fastify.addHook('onRequest', async (request, reply) =>
    stopping.isClosing ? answer(new ShuttingDown(), request, reply) : undefined,
  );
  fastify.addHook('onSend', async (_request, reply) => {
    if (stopping.isLeaving) void reply.header('connection', 'close');
  });
}
