import { Body, Controller, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BodyLimit, Public } from '../../platform/http';
import { InboundService } from '../application/inbound.service';

/** Far more than a provider says of one message. */
const EVENT_BYTES = 256_000;

/**
 * What providers call. The secret in the path is the authentication and names the line (InboundSecretHook);
 * paths are never logged.
 */
@Controller('api/inbound')
export class InboundController {
  constructor(private readonly inboundService: InboundService) {}

  @Post(':provider/:secret')
  @Public()
  @BodyLimit(EVENT_BYTES)
  @HttpCode(HttpStatus.OK)
  async receive(@Req() request: FastifyRequest, @Body() body: unknown) {
    await this.inboundService.receive(request.inboundLine!, body);
    return { success: true };
  }
}
