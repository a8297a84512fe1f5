import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { Channels } from '../../channels';
import { InboundService } from '../application/inbound.service';

/**
 * What providers call. The secret in the path is the authentication and names the line; paths are never
 * logged.
 */
@Controller('api/inbound')
export class InboundController {
  constructor(
    private readonly inbound: InboundService,
    private readonly channels: Channels,
  ) {}

  @Post(':provider/:secret')
  @HttpCode(HttpStatus.OK)
  async receive(@Param('provider') provider: string, @Param('secret') secret: string, @Body() body: unknown) {
    await this.inbound.receive(this.channels.ofProvider(provider)?.name ?? null, secret, body);
    return { success: true };
  }
}
