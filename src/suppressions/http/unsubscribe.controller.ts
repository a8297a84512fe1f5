import { Controller, Get, HttpStatus, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IgnoresBody, Public } from '../../platform/http';
import { UnsubscribesService } from '../application/unsubscribes.service';
import type { LinkHolder } from '../domain/unsubscribe-tokens';
import { askPage, donePage, invalidLinkPage, PAGE_HEADERS } from './unsubscribe-pages';

/**
 * Where `{unsubscribe_url}` leads. Whoever has the link needs no key, no login and no cookie: the token in
 * the path is the authentication, and paths are never logged. It is a wildcard, since the token of a long
 * address is longer than a parameter may be.
 */
@Controller('u')
export class UnsubscribeController {
  constructor(private readonly unsubscribes: UnsubscribesService) {}

  /** Asks, and does nothing: scanners of mail follow every link. */
  @Get('*')
  @Public()
  async ask(@Param('*') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return answer(reply, await this.unsubscribes.holderOf(token), askPage);
  }

  /** The page's button, or a mail program by itself (RFC 8058): acts at once, whatever the body says. */
  @Post('*')
  @Public()
  @IgnoresBody()
  async unsubscribe(@Param('*') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return answer(reply, await this.unsubscribes.unsubscribe(token), donePage);
  }
}

function answer(reply: FastifyReply, holder: LinkHolder | null, page: (holder: LinkHolder) => string): string {
  void reply.status(holder ? HttpStatus.OK : HttpStatus.NOT_FOUND).headers(PAGE_HEADERS);
  return holder ? page(holder) : invalidLinkPage();
}
