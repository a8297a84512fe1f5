import { Injectable } from '@nestjs/common';
import { errorCodes as fastifyErrors, type FastifyReply, type FastifyRequest } from 'fastify';
import { Channels } from '../../channels';
import { NotFound } from '../../platform/errors';
import { ErrorFilter, isForm } from '../../platform/http';
import { type InboundPlace, InboundService } from '../application/inbound.service';

declare module 'fastify' {
  interface FastifyRequest {
    /** The line or the account whose secret stands in the path of a provider's call. */
    inboundPlace?: InboundPlace;
  }
}

const INBOUND_ROUTE = '/api/inbound/:provider/:secret';

/** Runs before a body is read: a call without the secret of a line or an account is answered at once. */
@Injectable()
export class InboundSecretHook {
  constructor(
    private readonly inboundService: InboundService,
    private readonly channels: Channels,
    private readonly errorFilter: ErrorFilter,
  ) {}

  readonly onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (request.routeOptions.url !== INBOUND_ROUTE) return undefined;
    const { provider, secret } = request.params as { provider: string; secret: string };
    try {
      const channel = this.channels.ofProvider(provider);
      request.inboundPlace = await this.inboundService.placeOf(channel?.name ?? null, secret);
      const types = channel?.inboundTypes ?? ['json'];
      const type = request.method !== 'POST' ? 'query' : isForm(request) ? 'form' : 'json';
      // The framework gives each GET a HEAD, which nobody means as a callback.
      if (types.includes(type) && request.method !== 'HEAD') return undefined;
      throw type === 'query' ? new NotFound('Endpoint') : new fastifyErrors.FST_ERR_CTP_INVALID_MEDIA_TYPE(type);
    } catch (error) {
      const { status, body, retryAfter } = this.errorFilter.answer(error, request);
      if (retryAfter) void reply.header('retry-after', retryAfter);
      return reply.status(status).header('connection', 'close').send(body);
    }
  };
}
