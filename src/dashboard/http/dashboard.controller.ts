import { Controller, Get, Header, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/http';
import { DashboardService } from '../application/dashboard.service';
import { framePolicy } from '../domain/page-policy';
import { SCREENS } from './screens';

/** Empty: the page puts an e-mail into it. */
const FRAME = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>E-mail</title></head><body></body></html>';

const PAGES = ['/', ...SCREENS.flatMap((screen) => [screen, `${screen}/*`])];

/** The dashboard's files. They are open, since they hold nothing of anybody. */
@Controller()
export class DashboardController {
  constructor(private readonly dashboard: DashboardService) {}

  /** @hidden */
  @Public()
  @Get(PAGES)
  @Header('content-type', 'text/html; charset=utf-8')
  page(@Res({ passthrough: true }) reply: FastifyReply): string {
    const { html, policy } = this.dashboard.page();
    void reply.header('content-security-policy', policy);
    return html;
  }

  /** @hidden */
  @Public()
  @Get('mail-frame')
  @Header('content-type', 'text/html; charset=utf-8')
  mailFrame(@Query('images') images: unknown, @Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('content-security-policy', framePolicy(images === 'remote' ? 'remote' : 'none'));
    return FRAME;
  }

  /** @hidden */
  @Public()
  @Get('assets/:file')
  asset(
    @Param('file') name: string,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Buffer {
    const { type, bytes, brotli } = this.dashboard.asset(name);
    // The name changes with the contents.
    void reply
      .header('content-type', type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding');
    if (!brotli || !/\bbr\b/.test(encodings ?? '')) return bytes;
    void reply.header('content-encoding', 'br');
    return brotli;
  }
}
