import type { Socket } from 'node:net';
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

/** How often connections that say nothing are looked for while the server closes, in milliseconds. */
const LOOK_EVERY_MS = 250;

/**
 * On the way to the end of the process: answers close their connections, so that none is left in whose
 * middle the server would end; requests that come after it has closed are refused in our own words; and
 * connections on which nobody has asked anything are ended, since Node waits for these as if they were busy.
 */
export function closeWhileLeaving(
  fastify: FastifyInstance,
  stopping: Stopping,
  answer: (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): void {
  const sockets = new Set<Socket>();
  fastify.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  fastify.addHook('preClose', (done) => {
    stopping.isClosing = true;
    const ending = setInterval(() => endSilent(sockets), LOOK_EVERY_MS);
    fastify.server.once('close', () => clearInterval(ending));
    done();
  });
  fastify.addHook('onRequest', async (request, reply) =>
    stopping.isClosing ? answer(new ShuttingDown(), request, reply) : undefined,
  );
  fastify.addHook('onSend', async (_request, reply) => {
    if (stopping.isLeaving) void reply.header('connection', 'close');
  });
}

/** Browsers and proxies open connections beforehand, and may never use them. */
function endSilent(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}
