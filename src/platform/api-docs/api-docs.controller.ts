import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { absolutePath } from 'swagger-ui-dist';
import openApi from '#openapi';
import { NotFound } from '../errors';
import { Public } from '../http';
import { PAGE, START_SCRIPT } from './page';

const SWAGGER_UI = absolutePath();

/** The page needs no more than its own files; Swagger UI sets styles by script. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };

/** The files of the page by name: read once, at the first call. */
const FILES: Record<string, { type: string; read: () => string }> = {
  'swagger-ui.css': { type: TYPES.css, read: () => readFileSync(join(SWAGGER_UI, 'swagger-ui.css'), 'utf8') },
  'swagger-ui-bundle.js': { type: TYPES.js, read: () => readFileSync(join(SWAGGER_UI, 'swagger-ui-bundle.js'), 'utf8') },
  'start.js': { type: TYPES.js, read: () => START_SCRIPT },
};

/** The description of the API, for programs and for people. It is open, since it holds nothing of anybody. */
@Controller('api')
export class ApiDocsController {
  private readonly read = new Map<string, string>();

  /**
   * This document.
   * @operation getOpenApi
   * @answer {"type": "object"}
   */
  @Public()
  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  @Header('cache-control', 'public, max-age=60')
  document(): string {
    return this.once('openapi.json', () => JSON.stringify(openApi));
  }

  /** @hidden */
  @Public()
  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  page(): string {
    return PAGE;
  }

  /** @hidden */
  @Public()
  @Get('docs/:file')
  file(@Param('file') name: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
    if (!file) throw new NotFound('Endpoint');
    void reply.header('content-type', file.type).header('cache-control', 'public, max-age=3600');
    return this.once(name, file.read);
  }

  private once(name: string, read: () => string): string {
    const known = this.read.get(name);
    if (known !== undefined) return known;
    const text = read();
    this.read.set(name, text);
    return text;
  }
}
