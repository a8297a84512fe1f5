import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { InboundService } from '../application/inbound.service';

/** What providers call. The secret in the path is the authentication and names the line; paths are never logged. */
@Controller('api/inbound')
export class InboundController {
  constructor(private readonly inbound: InboundService) {}

  @Post('bluebubbles/:secret')
  @HttpCode(HttpStatus.OK)
  async bluebubbles(@Param('secret') secret: string, @Body() body: unknown) {
    await this.inbound.receive('imessage', secret, body);
    return { success: true };
  }
}
