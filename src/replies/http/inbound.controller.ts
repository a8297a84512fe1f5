import { Body, Controller, Get, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InboundCallRequest } from '../../channels';
import { Config } from '../../platform/config';
import { BodyLimit, FormBody, KeepsRawBody, Public, rawBodyOf, TakesForms } from '../../platform/http';
import { InboundService } from '../application/inbound.service';

/** Far more than a provider says of one message. */
const EVENT_BYTES = 256_000;

/**
 * What providers call. The secret in the path is the authentication and names the line or the account
 * (InboundSecretHook); paths are never logged. A provider that signs its calls is held to it.
 */
@Controller('api/inbound')
export class InboundController {
  constructor(
    private readonly inboundService: InboundService,
    private readonly config: Config,
  ) {}

  /**
   * Takes a callback of a provider in; the secret in its path names the line or the account.
   * @operation receiveCallback
   * @answers 200 204
   * @alsoproduces text/xml
   * @answer {"type":"object","properties":{"success":{"type":"boolean"}},"required":["success"]}
   * @fails ENDPOINT_NOT_FOUND FORGED_CALLBACK
   */
  @Post(':provider/:secret')
  @Public()
  @TakesForms()
  @KeepsRawBody()
  @BodyLimit(EVENT_BYTES)
  @HttpCode(HttpStatus.OK)
  async receive(@Req() request: FastifyRequest, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, body, reply);
  }

  /**
   * Takes a callback in that a provider makes by GET; the secret in its path names the line or the account.
   * @operation receiveCallbackByGet
   * @answers 200 204
   * @alsoproduces text/xml
   * @answer {"type":"object","properties":{"success":{"type":"boolean"}},"required":["success"]}
   * @fails ENDPOINT_NOT_FOUND FORGED_CALLBACK
   */
  @Get(':provider/:secret')
  @Public()
  async receiveByGet(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.take(request, undefined, reply);
  }

  private async take(request: FastifyRequest, body: unknown, reply: FastifyReply) {
    const answer = await this.inboundService.receive(request.inboundPlace!, this.callOf(request, body));
    if (!answer) return { success: true };
    void reply.status(answer.status);
    if (answer.xml === undefined) return undefined;
    void reply.header('content-type', 'text/xml; charset=utf-8');
    return answer.xml;
  }

  private callOf(request: FastifyRequest, body: unknown): InboundCallRequest {
    const { raw, method, headers } = request;
    // A proxy may name the whole URL (RFC 9112, 3.2.2): its host is not ours to believe.
    const path = (raw.url ?? '').replace(/^[a-z]+:\/\/[^/]*/i, '');
    const url = `${this.config.PUBLIC_URL.replace(/\/$/, '')}${path}`;
    const isForm = body instanceof FormBody;
    return {
      method: method === 'GET' ? 'GET' : 'POST',
      url,
      headers,
      query: [...new URL(url).searchParams],
      form: isForm ? body.fields : [],
      json: isForm ? undefined : body,
      rawBody: rawBodyOf(request),
    };
  }
}
