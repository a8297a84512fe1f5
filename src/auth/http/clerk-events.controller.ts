import { Body, Controller, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BodyLimit, KeepsRawBody, Public, rawBodyOf } from '../../platform/http';
import { WithdrawalsService } from '../application/withdrawals.service';

/** Far more than Clerk says of one user. */
const EVENT_BYTES = 256_000;

/** What Clerk calls when a session, a membership or an organization ends. */
@Controller('api/inbound/clerk')
export class ClerkEventsController {
  constructor(private readonly withdrawalsService: WithdrawalsService) {}

  /**
   * Takes an event of Clerk's in, signed with `CLERK_WEBHOOK_SECRET`. Sessions, members and users whose
   * access has ended are refused from then on; the workspace of a deleted organization becomes read-only.
   * Other events are taken, and nothing comes of them.
   * @operation receiveClerkEvent
   * @fails UNAUTHORIZED ENDPOINT_NOT_FOUND
   */
  @Post('events')
  @Public()
  @KeepsRawBody()
  @BodyLimit(EVENT_BYTES)
  @HttpCode(HttpStatus.OK)
  async receive(@Req() request: FastifyRequest, @Body() _body: unknown) {
    await this.withdrawalsService.take({ headers: request.headers, body: rawBodyOf(request) });
    return { success: true };
  }
}
